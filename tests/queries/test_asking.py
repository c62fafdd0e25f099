"""What is written becomes the question that is meant, by the defaults of the command line."""

from datetime import date

import pytest

from comity.graph.accounts import Policy
from comity.graph.dates import When
from comity.graph.errors import DateError, InputError, UnknownName
from comity.graph.slices import Question, today
from comity.queries.asking import changes_of, question_of, varied


def test_what_nobody_says_is_as_on_the_command_line() -> None:
    assert question_of() == Question(types=("defence",), as_of=today())
    assert question_of("2016", layers="drill") == Question(layers=("drill",), as_of=When.parse("2016"))
    assert question_of(layers=["agreement", "talks"]).types == ()


def test_one_name_or_several_and_texts_or_values() -> None:
    told = question_of(
        date(1914, 7, 28), layers="agreement", types=["defence", "entente", "defence"], sources="cow",
        policy="trusted:cow", known_on="2026-01-01", certainty="possible", convention="first-day", rule="pledger-pledged",
    )  # fmt: skip
    assert told == Question(
        types=("defence", "entente"), sources=("cow",), as_of=When.parse("1914-07-28"),
        policy=Policy("trusted", ("cow",)), known_on=date(2026, 1, 1), certainty="possible", convention="first-day",
        rule="pledger-pledged",
    )  # fmt: skip
    assert question_of(When.parse("2016-10"), policy=Policy("majority")).policy == Policy("majority")


def test_all_is_every_type_and_hides_no_slip() -> None:
    assert question_of(types="all").types == ()
    with pytest.raises(UnknownName, match="defense"):
        question_of(types=["all", "defense"])
    with pytest.raises(DateError):
        question_of("yesterday")


def test_a_side_is_a_date_or_what_it_has_of_its_own() -> None:
    asked = question_of("1938", sources="gw")
    assert varied(asked, changes_of("1914-07-28")) == question_of("1914-07-28", sources="gw")
    assert varied(asked, changes_of("as-of=1914, certainty = possible")) == question_of(
        "1914", sources="gw", certainty="possible"
    )
    assert varied(asked, changes_of("known-on=2026-01-01,rule=pledger-pledged")) == question_of(
        "1938", sources="gw", known_on="2026-01-01", rule="pledger-pledged"
    )


def test_several_sources_and_types_of_a_side_add_up() -> None:
    asked = question_of("1938")
    assert varied(asked, changes_of("source=atop,source=cow,source=atop")).sources == ("atop", "cow")
    assert varied(asked, changes_of("type=defence,type=entente")).types == ("defence", "entente")
    assert varied(asked, changes_of("type=defence,type=all")).types == ()
    with pytest.raises(UnknownName, match="defense"):
        varied(asked, changes_of("type=all,type=defense"))


def test_a_comma_parts_only_before_a_name() -> None:
    changes = changes_of("policy=trusted:atop,cow,source=atop")
    assert changes == {"policy": Policy("trusted", ("atop", "cow")), "sources": ("atop",)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rule=every-pair,rule=host-guest", "has rule twice"),
        ("1914,as-of=1915", "has as-of twice"),
        ("colour=red", "two networks can differ in as-of, source, known-on"),
        ("", "an empty date"),
        ("certainty=possible,1914", "there is no slice 'possible,1914'"),
    ],
)
def test_a_side_that_cannot_be_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        varied(question_of("1938"), changes_of(text))
