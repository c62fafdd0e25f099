"""What is written becomes the question that is meant, by the defaults of the command line."""

from datetime import date

import pytest

from comity.graph.accounts import Policy
from comity.graph.dates import When
from comity.graph.errors import DateError, UnknownName
from comity.graph.slices import Question, today
from comity.queries.asking import question_of


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
