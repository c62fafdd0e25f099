"""Codes and names in tables: one actor, or the reason why nobody can say."""

import pytest

from comity.graph.dates import When
from comity.graph.mappings import key_of
from comity.loaders.codes import Codes, Found, Unknown


@pytest.mark.parametrize(
    ("value", "system", "when", "actor"),
    [
        ("255", "cow", "1914", "DEU"),
        ("200", "cow", "1815", "GBR"),
        ("816", "gw", "1990", "VNM"),
        ("JPN", "cameo", "2016-10-24", "JPN"),
        ("United Kingdom", "", "2016", "GBR"),
    ],
)
def test_a_code_means_one_actor_at_its_date(value: str, system: str, when: str, actor: str) -> None:
    assert Codes().find(value, system, When.parse(when)) == Found(actor)


def test_what_fits_several_goes_with_its_candidates() -> None:
    found = Codes().find("Germany", "", When.parse("1990"))
    assert isinstance(found, Unknown)
    assert found.candidates == ("COW-GFR", "DDR", "DEU")
    rejected = found.rejected("row 7", "Germany,1990")
    assert (rejected.place, rejected.value, rejected.record, rejected.part) == (
        "row 7",
        "Germany",
        "Germany,1990",
        False,
    )


@pytest.mark.parametrize(
    ("value", "said"), [("", "no name is given"), ("Atlantis", "nobody has the name 'Atlantis'")]
)
def test_what_means_nobody_says_so(value: str, said: str) -> None:
    found = Codes().find(value)
    assert isinstance(found, Unknown)
    assert found.reason == said


def test_a_mapping_goes_first_and_stays_visible() -> None:
    codes = Codes({key_of("", "The Atlantis"): "JPN", key_of("cow", "002"): "CAN"})
    found = codes.find("atlantis")
    assert isinstance(found, Found)
    assert found.actor == "JPN"
    assert [(repair.property, repair.was, repair.rule) for repair in found.repairs] == [
        ("parties", "atlantis", "mapping")
    ]
    assert isinstance(mapped := codes.find("2", "cow"), Found)
    assert mapped.actor == "CAN"
    codes.learn({})
    assert codes.find("2", "cow") == Found("USA")
