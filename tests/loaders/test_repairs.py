"""The named repairs: the garbled dates of the article, refusals, and what must hold for any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.loaders.parts import MONTHS, Refused
from comity.loaders.reading.context import NAME_CASE
from comity.loaders.reading.mending import TEXT_RULES
from comity.loaders.repairs import (
    CONFIDENCE,
    GAP,
    RULES,
    Repaired,
    confidence,
    propose,
    repair,
)

ARTICLE = [
    ("June 4th, 65438/KLOC-0", "kloc-digits+month-first+year-from-publication", "2017-01-04"),
    ("October 5th, 65438/KLOC-0", "kloc-digits+month-first+year-from-publication", "2017-01-05"),
    (
        "October 5th, 65438/KLOC-0 … On the 6th",
        "kloc-digits+month-first+same-month+year-from-publication",
        "2017-01-06",
    ),
    (
        "October 5th, 65438/KLOC-0 … 9th",
        "kloc-digits+month-first+same-month+year-from-publication",
        "2017-01-09",
    ),
    (
        "October 5th, 65438/KLOC-0 … 10",
        "kloc-digits+month-first+same-month+year-from-publication",
        "2017-01-10",
    ),
    ("In 20 14", "split-digits", "2014"),
    ("in March 20 16", "split-digits", "2016-03"),
    ("2065438+In March 2005", "cut-year", "2015-03"),
    ("2065438+In July 2006", "cut-year", "2016-07"),
    ("2065438+06161On October 24th", "kloc-digits+joined-digits", "2016-10-24"),
    ("2065438+06161On October 24th … the 22nd", "kloc-digits+joined-digits+same-month", "2016-10-22"),
    ("On April 2065438+06165438+1October", "kloc-digits+joined-digits+month-first", "2016-11"),
]
PUBLISHED = "2017-01~"

# Other damage of the same kind.
OTHERS = [
    ("In \uff12\uff10\uff11\uff16", "full-width", "2016"),
    ("In June 5438+0986", "false-june+kloc-digits", "1986"),
    ("On June 5438+October 5th, 2065438+07", "false-june+kloc-month+kloc-digits", "2017-01-05"),
    ("In 65438+February 2065438+08", "kloc-month+kloc-digits", "2018-12"),
    ("1973,165438+1October 8", "kloc-month", "1973-11-08"),
    ("February 4th, 65438+, 2016", "kloc-month", "2016-12-04"),
    ("In June 2003, 165438+ 10", "kloc-month+month-first", "2003-11"),
    ("On May /KLOC-0/5th, 2065438+06", "kloc-digits", "2016-05-15"),
    ("20165438+0", "kloc-digits", "2011"),
    ("2065438+On May 3rd, 2008", "cut-year", "2018-05-03"),
    ("2065438+0811On May 2nd", "kloc-digits+joined-digits+month-first", "2018-11-02"),
    ("2 0 1 5", "split-digits", "2015"),
    ("May 2 2nd, 201 6", "split-digits", "2016-05-22"),
    ("20 16 … September of the same year", "split-digits+same-year", "2016-09"),
    ("2065438+In May 2008 … two months earlier", "cut-year+counted", "2018-03"),
    ("On May 3rd, 20 18 … the following day", "split-digits+counted", "2018-05-04"),
    ("On May 3rd, 20 18 … two weeks later", "split-digits+counted", "2018-05-17~"),
    ("65438+00 to 65438+05 May 20 18", "kloc-digits+split-digits", "2018-05-10/2018-05-15"),
    ("May 20 18 to June 20 18", "split-digits", "2018-05/2018-06"),
    (
        "June 5438+October 5th to 65438+00, 2065438+09",
        "false-june+kloc-month+kloc-digits",
        "2019-01-05/2019-01-10",
    ),
    ("20 18 … three years before", "split-digits+counted", "2015"),
]

DOCS = Path(__file__).parents[2] / "docs" / "repairs.md"

garbled = st.text(alphabet="0123456789 +/-,…KLOC" + "JanuryMchOtobedhs", max_size=40)
pieces = st.lists(
    st.sampled_from(
        [
            *MONTHS,
            "65438+0",
            "165438+1",
            "65438/KLOC-0",
            "20",
            "2016",
            "200",
            "6",
            "14",
            "1",
            "th",
            ",",
            " ",
            GAP,
            "-",
            "99",
        ]
    ),
    max_size=8,
).map("".join)
any_text = st.one_of(st.text(max_size=60), garbled, pieces)
clean_dates = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
    st.sampled_from(
        ["2016-10-24~", "2016-10-22/2016-11-06", "2016-10-24/..", "2016-10-24/", "[..2017-01-06]"]
    ),
)
chains = st.lists(st.sampled_from(list(RULES)), min_size=1, max_size=4).map("+".join)
published_dates = st.one_of(st.just(""), clean_dates, st.text(max_size=10))


@pytest.mark.parametrize(("was", "rule", "date"), ARTICLE + OTHERS)
def test_each_garbled_date_is_repaired_by_its_rules(was: str, rule: str, date: str) -> None:
    assert repair(was, rule, PUBLISHED) == date


@pytest.mark.parametrize(("was", "rule", "date"), ARTICLE + OTHERS)
def test_the_same_rules_are_proposed_to_a_reader(was: str, rule: str, date: str) -> None:
    assert propose(was, PUBLISHED) == Repaired(date, rule)


@pytest.mark.parametrize(
    ("was", "date"),
    [
        ("24 October 2016", "2016-10-24"),
        ("on October 4th, 2016", "2016-10-04"),
        ("in 2014", "2014"),
        ("2016-10", "2016-10"),
    ],
)
def test_sound_words_need_no_rule(was: str, date: str) -> None:
    assert propose(was) == Repaired(date, "")


@pytest.mark.parametrize(
    ("was", "rule", "published", "reason"),
    [
        ("June 4th, 65438/KLOC-0", "kloc-digits+month-first", "", "there is no year"),
        ("4 January", "year-from-publication", "", "year and month of the document are not known"),
        ("4 January", "year-from-publication", "2017", "year and month of the document are not known"),
        ("4 October", "year-from-publication", "2017-01", "may be last year's, or a plan"),
        ("4 January 2016", "year-from-publication", "2017-01", "lacks its year only"),
        ("June 4th, 65438/KLOC-0", "month-first", "2017-01", "no month's number"),
        ("June 4th, 13", "month-first", "2017-01", "13 is no month's number"),
        ("2016161On 24th", "joined-digits", "", "no month is named"),
        ("20161024", "joined-digits", "", "no year with other digits"),
        ("the 6th", "same-month", "", "no earlier date"),
        ("2014 … the 6th", "same-month", "", "the earlier date has no month"),
        ("5 January … in 2016", "same-month", "", "not a day alone"),
        ("30 20 14", "split-digits", "", "a day but no month"),
        ("31 April 20 14", "split-digits", "", "not in the calendar"),
        ("March and April 20 14", "split-digits", "", "several months"),
        ("In 2014", "split-digits", "", "no year that a space divides"),
        ("In 20 14", "cut-year", "", "no year that the debris"),
        ("In 2014", "full-width", "", "no full-width digits"),
        ("June 5", "false-june", "", "no debris that begins as June"),
        ("65438+January", "kloc-month", "", "there is no year"),
        ("165438+February", "kloc-month", "", "no debris that took"),
        ("2016 … March", "same-year", "", "not said to be of the same year"),
        ("May … March of the same year", "same-year", "", "the earlier date has no year"),
        ("6 to 5 May 20 16", "split-digits", "", "ends before it begins"),
        ("5 to 31 April 20 16", "split-digits", "", "not in the calendar"),
        ("two days later", "counted", "", "no earlier date"),
        ("2016 … two days later", "counted", "", "days cannot be counted from '2016'"),
        ("In 20 14", "guess", "", "there is no rule 'guess'; choose from: full-width"),
    ],
)
def test_what_cannot_be_repaired_is_refused_with_the_reason(
    was: str, rule: str, published: str, reason: str
) -> None:
    refused = repair(was, rule, published)
    assert isinstance(refused, Refused)
    assert reason in refused.reason


def test_a_year_by_a_document_whose_date_was_inferred_is_marked() -> None:
    assert repair("4 January", "year-from-publication", "2017-01?") == "2017-01-04?"
    assert repair("5 January … the 6th", "same-month+year-from-publication", "2017-01?") == "2017-01-06?"


def test_more_steps_are_trusted_less() -> None:
    assert set(CONFIDENCE) == set(RULES)
    assert all(0 < trusted < 1 for trusted in CONFIDENCE.values())
    assert confidence("") == 1
    assert confidence("kloc-digits+month-first") < min(CONFIDENCE["kloc-digits"], CONFIDENCE["month-first"])


def test_two_days_of_sound_text_are_not_taken_for_month_and_day() -> None:
    assert isinstance(propose("January 5, 6", PUBLISHED), Refused)


def test_words_that_are_no_month_are_left_alone() -> None:
    assert propose("it may march on in 2014") == Repaired("2014", "")


@given(any_text, st.one_of(chains, st.text(max_size=20)), published_dates)
def test_no_text_makes_a_rule_fail(was: str, rule: str, published: str) -> None:
    result = repair(was, rule, published)
    assert isinstance(result, Refused) or When.parse(result)


@given(any_text, published_dates)
def test_what_is_proposed_can_be_reproduced(was: str, published: str) -> None:
    proposed = propose(was, published)
    if isinstance(proposed, Repaired):
        assert When.parse(proposed.date)
        if proposed.rule:
            assert repair(was, proposed.rule, published) == proposed.date


@given(clean_dates, chains, published_dates)
def test_a_date_is_left_as_it_is(date: str, rule: str, published: str) -> None:
    assert repair(date, rule, published) == date
    assert propose(date, published) == Repaired(date, "")


@given(any_text, chains, published_dates)
def test_repairing_again_changes_nothing(was: str, rule: str, published: str) -> None:
    result = repair(was, rule, published)
    if isinstance(result, str):
        assert repair(result, rule, published) == result


def test_the_documentation_lists_every_rule_and_its_dates_are_right() -> None:
    text = DOCS.read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted([*RULES, *TEXT_RULES, NAME_CASE])
    dates = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| ([\d/-]+) \|$", text, re.MULTILINE)
    assert len(dates) > len(RULES)
    for was, rule, date in dates:
        assert repair(was, rule, PUBLISHED) == date
