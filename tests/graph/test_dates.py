from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.graph.dates import ALWAYS, FIRST_DAY, LAST_DAY, When, day_after, day_before, parse_day
from comity.graph.errors import DateError


def bounds_of(text: str) -> tuple[str, str, str, str]:
    when = When.parse(text)
    return tuple(  # type: ignore[return-value]
        {FIRST_DAY: "first", LAST_DAY: "last"}.get(day, day.isoformat())
        for day in (when.earliest_begin, when.latest_begin, when.earliest_end, when.latest_end)
    )


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("2016", ("2016-01-01", "2016-12-31", "2016-01-01", "2016-12-31")),
        ("2016-02", ("2016-02-01", "2016-02-29", "2016-02-01", "2016-02-29")),
        ("2016-10-24", ("2016-10-24",) * 4),
        ("2016-10-22/2016-11-06", ("2016-10-22", "2016-10-22", "2016-11-06", "2016-11-06")),
        ("2016-10/2017", ("2016-10-01", "2016-10-31", "2017-01-01", "2017-12-31")),
        ("2016-10-22/..", ("2016-10-22", "2016-10-22", "last", "last")),
        ("2016-10-22/", ("2016-10-22", "2016-10-22", "2016-10-22", "last")),
        ("../2016-10-22", ("first", "first", "2016-10-22", "2016-10-22")),
        ("/2016-10-22", ("first", "2016-10-22", "2016-10-22", "2016-10-22")),
        ("../..", ("first", "first", "last", "last")),
        ("2016-21", ("2016-03-01", "2016-05-31", "2016-03-01", "2016-05-31")),
        ("201X", ("2010-01-01", "2019-12-31", "2010-01-01", "2019-12-31")),
        ("2016-XX", ("2016-01-01", "2016-12-31", "2016-01-01", "2016-12-31")),
        ("[2016-10-21,2016-10-23]", ("2016-10-21", "2016-10-23", "2016-10-21", "2016-10-23")),
        ("[..]/..", ("first", "last", "last", "last")),
        ("[..2017-01]", ("first", "2017-01-31", "first", "2017-01-31")),
        ("[2017-01..]/..", ("2017-01-01", "last", "last", "last")),
        ("2015-01-21~", ("2015-01-20", "2015-01-22", "2015-01-20", "2015-01-22")),
        ("2015-01?", ("2014-12-01", "2015-03-03", "2014-12-01", "2015-03-03")),
    ],
)  # fmt: skip
def test_bounds_are_what_the_text_leaves_open(text: str, bounds: tuple[str, str, str, str]) -> None:
    assert bounds_of(text) == bounds


@pytest.mark.parametrize(
    "text",
    ["", " ", "/", "../", "/..", "yesterday", "2016-13", "2016-02-30", "2016/2017/2018", "2017/2016", "０016",
     "2016-10-24T25:00", "x" * 10_000, "2016\n", "[2017..2016]", "65438/KLOC-0"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(DateError, match="write EDTF"):
        When.parse(text)


def test_open_and_unknown_ends_differ() -> None:
    day = date(2020, 1, 1)
    assert When.parse("2016-10-24/..").certainly_on(day)
    assert not When.parse("2016-10-24/").certainly_on(day)
    assert When.parse("2016-10-24/").possibly_on(day)


def test_an_approximate_day_is_never_certain() -> None:
    around = When.parse("2015-01-21~")
    assert not any(around.certainly_on(date(2015, 1, day)) for day in range(1, 32))
    assert around.possibly_on(date(2015, 1, 21))


@given(st.text(max_size=30))
def test_any_text_gives_a_date_or_a_date_error(text: str) -> None:
    try:
        when = When.parse(text)
    except DateError:
        return
    assert when.earliest_begin <= when.latest_begin
    assert when.earliest_end <= when.latest_end
    assert when.earliest_begin <= when.earliest_end
    assert when.latest_begin <= when.latest_end


NARROW = st.dates(date(2016, 1, 1), date(2016, 1, 12))
"""So few days that all sorts of coincidences come up."""


@st.composite
def times(draw: st.DrawFn, days: st.SearchStrategy[date] = NARROW) -> When:
    begin = draw(
        st.one_of(
            st.tuples(days, days).map(sorted),
            st.just([FIRST_DAY, FIRST_DAY]),
            days.map(lambda day: [FIRST_DAY, day]),
        )
    )
    end = draw(
        st.one_of(
            st.tuples(days, days).map(sorted),
            st.just([LAST_DAY, LAST_DAY]),
            days.map(lambda day: [day, LAST_DAY]),
        )
    )
    assume(begin[0] <= end[1])
    return When.of((begin[0], begin[1]), (end[0], end[1]))


def settlements(when: When) -> list[tuple[date, date]]:
    """Every begin and end within the bounds, on the few days looked at."""
    window = [FIRST_DAY, *(date(2015, 12, 31) + timedelta(days=n) for n in range(15)), LAST_DAY]
    return [
        (begin, end)
        for begin in window
        for end in window
        if when.earliest_begin <= begin <= when.latest_begin
        and when.earliest_end <= end <= when.latest_end
        and begin <= end
    ]


@given(times())
def test_the_text_of_bounds_reads_back_to_the_same_bounds(when: When) -> None:
    again = When.parse(when.text)
    assert (again.begin, again.end) == (when.begin, when.end)


@given(times(), NARROW, st.tuples(NARROW, NARROW).map(sorted))
def test_certain_is_every_settlement_and_possible_is_some(when: When, day: date, span: list[date]) -> None:
    lives = settlements(when)
    assert when.certainly_on(day) == all(begin <= day <= end for begin, end in lives)
    assert when.possibly_on(day) == any(begin <= day <= end for begin, end in lives)
    assert when.certainly_within(*span) == all(begin <= span[1] and end >= span[0] for begin, end in lives)
    assert when.possibly_within(*span) == any(begin <= span[1] and end >= span[0] for begin, end in lives)


@given(times(), times(), NARROW, st.tuples(NARROW, NARROW).map(sorted))
def test_meeting_is_exact_for_days(one: When, other: When, day: date, span: list[date]) -> None:
    both = one.meet(other)
    lives = [(max(a[0], b[0]), min(a[1], b[1])) for a in settlements(one) for b in settlements(other)]
    certain = all(begin <= day <= end for begin, end in lives)
    possible = any(begin <= day <= end for begin, end in lives)
    assert (both is not None and both.certainly_on(day)) == certain
    assert (both is not None and both.possibly_on(day)) == possible
    if both is not None and both.certainly_within(*span):
        assert all(begin <= end and begin <= span[1] and end >= span[0] for begin, end in lives)


@given(times())
def test_always_changes_nothing(when: When) -> None:
    met = when.meet(ALWAYS)
    assert met is not None
    assert (met.begin, met.end) == (when.begin, when.end)


@given(times(), st.tuples(NARROW, NARROW).map(sorted))
def test_any_day_in_a_span_is_at_least_each_day_in_it(when: When, span: list[date]) -> None:
    first, last = span
    inside = [first + timedelta(days=n) for n in range(min((last - first).days, 40) + 1)]
    if any(when.certainly_on(day) for day in inside):
        assert when.certainly_within(first, last)
    if any(when.possibly_on(day) for day in inside):
        assert when.possibly_within(first, last)


def test_a_day_is_exactly_one_day() -> None:
    assert parse_day("2016-12-31") == date(2016, 12, 31)
    for text in ("2016", "2016-12", "2016-12-31~", "2016-12-3", "31.12.2016"):
        with pytest.raises(DateError):
            parse_day(text)


def test_the_bounds_of_time_have_no_neighbours() -> None:
    assert day_after(LAST_DAY) == LAST_DAY
    assert day_before(FIRST_DAY) == FIRST_DAY
    assert day_before(day_after(date(2016, 2, 28))) == date(2016, 2, 28)
