"""Which passages of a document are about one thing."""

from itertools import count
from typing import Any

import pytest

from comity.graph.model import Party
from comity.loaders.reading.candidate import Assertion
from comity.loaders.reading.draft import Dating, Mention, ReadFact
from comity.loaders.reading.merging import Claim, facts_of

PLACES = count(step=100)


def claim(
    kind: str = "talks",
    actors: str = "PRT NOR",
    status: str = "held",
    date: str = "",
    types: tuple[str, ...] = (),
    assertion: Assertion = Assertion.ASSERTED,
    name: str = "",
    confidence: float = 0.5,
    **more: Any,
) -> Claim:
    """A claim in a sentence of its own."""
    start = next(PLACES)
    mention = Mention(
        start, start + 50, f"{start:064}", assertion, status, Dating(date), confidence=confidence, name=name
    )
    role = "party" if kind == "agreement" else "participant"
    return Claim(
        kind,
        types,
        tuple(Party(actor, role) for actor in actors.split()),
        mention,
        **{"sentence": start, **more},
    )


def ids(*claims: Claim) -> list[str]:
    return [fact.id for fact in facts_of(claims)]


def only(*claims: Claim) -> ReadFact:
    [fact] = facts_of(claims)
    return fact


def test_an_id_can_be_read() -> None:
    assert ids(claim(date="2031-03-04")) == ["talks-nor-prt-2031-03-04"]
    assert ids(claim("agreement", status="signed")) == ["agreement-nor-prt"]
    assert ids(claim(date="2031-03-04?")) == ["talks-nor-prt-2031-03-04"]
    assert ids(claim("drill", date="2031-05-12/2031-05-23")) == ["drill-nor-prt-2031-05-12"]


def test_a_second_fact_of_that_id_is_numbered() -> None:
    assert ids(claim("agreement", types=("trade",), status="signed"), claim("agreement", types=("defence",), status="signed")) == [
        "agreement-nor-prt", "agreement-nor-prt-2",
    ]  # fmt: skip


def test_the_same_day_told_twice_is_one_fact() -> None:
    fact = only(claim(date="2031-03-04"), claim(date="2031-03"))
    assert len(fact.mentions) == 2
    assert fact.date == "2031-03-04"


def test_what_is_told_again_without_a_date_is_the_same() -> None:
    assert len(only(claim(date="2031-03-04"), claim(definite=True)).mentions) == 2


def test_an_undated_passage_joins_the_latest_that_fits() -> None:
    first, second = facts_of([claim(date="2030"), claim(date="2031"), claim()])
    assert [len(first.mentions), len(second.mentions)] == [1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim(date="2031-03"), claim(date="2031-04")),
        (claim(actors="PRT NOR"), claim(actors="PRT DNK")),
        (claim("drill"), claim("talks")),
        (claim("agreement", types=("trade",), status="signed"), claim("agreement", types=("defence",), status="signed")),
        (claim("drill", name="Grey Gull"), claim("drill", name="Blue Whale")),
        (claim(date="2031"), claim(another=True)),
        (claim(general=True), claim(date="2031")),
        (claim(date="2031"), claim(status="planned")),
        (claim("drill", status="held"), claim("drill", status="cancelled")),
        (claim("agreement", status="signed", date="2031"), claim("agreement", status="announced", date="2032")),
        (claim(), claim(assertion=Assertion.NEGATED)),
    ],
)  # fmt: skip
def test_what_speaks_against_one_thing(one: Claim, other: Claim) -> None:
    assert len(facts_of([one, other])) == 2


def test_the_steps_of_a_life_are_one_agreement() -> None:
    fact = only(
        claim("agreement", status="signed", date="2014", types=("trade",)),
        claim("agreement", status="in_force", date="2016", types=("other",), definite=True),
    )
    assert (fact.status, fact.date, fact.types) == ("in_force", "2016", ("trade",))


def test_a_plan_that_was_called_off_is_one_cancelled_drill() -> None:
    fact = only(claim("drill", status="planned", date="2031-06"), claim("drill", status="cancelled"))
    assert (fact.status, fact.date) == ("cancelled", "2031-06")


def test_a_plan_that_came_about_is_one_fact() -> None:
    fact = only(
        claim(status="planned", date="2031-06", assertion=Assertion.PROPOSED), claim(date="2031-06-03")
    )
    assert (fact.status, fact.assertion, fact.date) == ("held", Assertion.ASSERTED, "2031-06-03")


def test_one_sentence_tells_of_one_thing_in_two_ways() -> None:
    fact = only(claim(types=("visit",), sentence=1), claim(types=("ministerial",), sentence=1))
    assert fact.types == ("ministerial", "visit")


def test_what_is_denied_has_no_status() -> None:
    assert only(claim("agreement", status="signed", assertion=Assertion.NEGATED)).status == ""


def test_the_roles_are_those_of_the_surest_passage() -> None:
    sure = claim(confidence=0.9)
    hosted = Claim(sure.kind, (), (Party("PRT", "host"), Party("NOR", "guest")), sure.mention)
    assert [party.role for party in only(claim(confidence=0.4), hosted).parties] == ["host", "guest"]
