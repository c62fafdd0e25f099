import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.graph.model import Party, Place, Source, Statement, Step
from tests.graph.facts import stated

PARTIES = [
    Party("A", "party"),
    Party("B", "party", ("defence",)),
    Party("B", "party", (), When.parse("1950/1960")),
]
STEPS = [Step("signed", When.parse("1949")), Step("in_force", When.parse("1950/.."))]


@given(st.permutations(PARTIES), st.permutations(STEPS), st.permutations(["defence", "consultation"]))
def test_the_order_in_which_a_statement_is_written_does_not_matter(
    parties: list[Party], steps: list[Step], types: list[str]
) -> None:
    fields = {"fact": "test:pact", "kind": "agreement", "source": "test:a", "place": Place("Article 5")}
    one = Statement(**fields, parties=tuple(parties), steps=tuple(steps), types=tuple(types))  # type: ignore[arg-type]
    other = Statement(**fields, parties=tuple(PARTIES), steps=tuple(STEPS), types=("consultation", "defence"))  # type: ignore[arg-type]
    assert one == other
    assert Statement.from_dict(one.to_dict()) == one


def test_every_part_of_the_content_counts_for_the_id() -> None:
    pact = stated("pact", "A B", ["signed 1949"])
    others = [
        stated("pact", "A B", ["signed 1950"]),
        stated("pact", "A C", ["signed 1949"]),
        stated("pact", "A B", ["signed 1949"], source="b"),
        stated("pact", "A B", ["signed 1949"], types=["offence"]),
        stated("pact", "A B", ["signed 1949"], location="Paris"),
        Statement.from_dict({**pact.to_dict(), "place": {"text": "elsewhere"}}),
        Statement.from_dict({**pact.to_dict(), "confidence": 0.5}),
    ]
    assert len({statement.id for statement in (pact, *others)}) == len(others) + 1


def test_no_pledge_and_no_word_on_pledges_differ() -> None:
    silent, nothing = Party("A", "party"), Party("A", "party", ())
    fields = {"fact": "test:pact", "kind": "agreement", "source": "test:a", "place": Place()}
    statements = [Statement(**fields, parties=(party,)) for party in (silent, nothing)]  # type: ignore[arg-type]
    assert statements[0].id != statements[1].id
    assert [Statement.from_dict(statement.to_dict()) for statement in statements] == statements


def test_a_source_is_cited_by_what_is_known_of_it() -> None:
    source = Source(
        "test:a", "Treaty text", publisher="Depositary", date="1949", url="https://example.org/treaty"
    )
    assert source.cite() == "Depositary, “Treaty text”, 1949, https://example.org/treaty"
    assert Source("test:a", "T", citation="As they wish").cite() == "As they wish"
    assert unicodedata.is_normalized("NFC", source.cite())
