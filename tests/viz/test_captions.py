"""Captions: what is told of a question, and how two questions share it out."""

from comity.graph.accounts import Policy
from comity.graph.dates import When, parse_day
from comity.graph.slices import Question
from comity.viz.captions import caption, compared, facets, side_label

ASKED = Question(types=("defence",), sources=("atop",), as_of=When.parse("1914/1918"))


def test_everything_that_was_asked_is_told() -> None:
    assert list(facets(ASKED, "0123456789abcdef").values()) == [
        "1914 to 1918", "agreement (defence)", "certain ties", "rule every-pair", "sources atop", "convention any-day",
        "policy strict", "same from 0.9", "latest record", "revision 0123456789ab",
    ]  # fmt: skip
    other = Question(layers=("drill", "talks"), as_of=When.parse("2016"), certainty="possible", policy=Policy("latest"),
                     known_on=parse_day("2026-01-01"))  # fmt: skip
    told = facets(other, "")
    assert (told["layers"], told["certainty"], told["sources"], told["policy"], told["record"]) == (
        "drill+talks (all types)", "possible ties", "sources none", "policy latest", "record of 2026-01-01",
    )  # fmt: skip


def test_what_two_questions_share_is_told_once() -> None:
    other = Question(types=("defence",), sources=("cow",), as_of=ASKED.as_of, certainty="possible")
    common, (before, after) = compared(facets(ASKED, "a"), facets(other, "a"))
    assert (before, after) == (["certain ties", "sources atop"], ["possible ties", "sources cow"])
    assert common == [
        "1914 to 1918", "agreement (defence)", "rule every-pair", "convention any-day", "policy strict", "same from 0.9",
        "latest record", "revision a",
    ]  # fmt: skip


def test_equal_questions_are_told_apart_by_nothing_but_have_a_time() -> None:
    common, sides = compared(facets(ASKED, "a"), facets(ASKED, "a"))
    assert sides == (["1914 to 1918"], ["1914 to 1918"])
    assert "1914 to 1918" not in common


def test_long_texts_become_lines() -> None:
    # So much goes into an inch that a date of a span stands on the second line, and is not parted at its hyphens.
    assert caption(["agreement (defence)", "1914-07-28 to 1914-12-31"], width=2) == [
        "agreement (defence); 1914-07-28 to", "1914-12-31",
    ]  # fmt: skip
    assert side_label(["certain ties", "sources japan-europe, nordic-baltic, treaties"]) == [
        "certain ties", "sources japan-europe,", "nordic-baltic, treaties",
    ]  # fmt: skip
