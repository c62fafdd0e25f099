"""What a statement says, in words."""

from dataclasses import replace

import pytest

from comity.graph.dates import When
from comity.graph.model import Party
from comity.queries.evidence import said
from tests.graph.facts import stated


@pytest.mark.parametrize(
    ("party", "text"),
    [
        (Party("ITA", "party", (), When.parse("1955/.."), "2"), "ITA party pledges nothing 1955/.. phase 2"),
        (Party("ITA", "party", ("defence", "offence")), "ITA party defence,offence"),
        (Party("ITA", "party"), "ITA party"),
    ],
)
def test_what_is_said_of_a_party_tells_no_pledge_from_none_told(party: Party, text: str) -> None:
    assert dict(said(replace(stated("pact", "FRA", []), parties=(party,))))["party"] == text
