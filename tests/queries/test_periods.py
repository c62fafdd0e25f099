"""Periods and their networks: equal to the slices of the same questions, taken one by one."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.graph.errors import InputError, UnknownName
from comity.graph.model import Statement
from comity.graph.slices import Question
from comity.queries.fast.times import networks_at
from comity.queries.networks import to_networkx
from comity.queries.periods import Period, periods
from tests.graph.facts import stated
from tests.queries.alliances import alliances
from tests.queries.histories import history_of

TIMES = (
    "1899/..", "1899-06/1900-02", "1900-02-29/1900-03-01", "1900/1901", "1900-03/", "1898/1899~", "[1900-01-15..1900-02-15]/1901-05",
)  # fmt: skip


def facts() -> st.SearchStrategy[list[Statement]]:
    one = st.tuples(
        st.lists(st.sampled_from(("DEU", "FRA", "GBR", "ITA", "RUS")), min_size=2, max_size=3, unique=True),
        st.sampled_from([time for time in TIMES if "02-29" not in time]),
        st.sampled_from(("defence", "entente")),
    )
    return st.lists(one, min_size=1, max_size=8).map(
        lambda drawn: [
            stated(f"fact-{number}", " ".join(parties), [f"in_force {time}"], types=[sort])
            for number, (parties, time, sort) in enumerate(drawn)
        ]
    )


@pytest.mark.parametrize("every", ["year", "month", "change"])
@pytest.mark.parametrize("certainty", ["certain", "possible"])
@pytest.mark.parametrize("convention", ["any-day", "first-day", "last-day"])
@given(told=facts())
@settings(max_examples=15)
def test_the_networks_are_those_of_the_slices(
    every: str, certainty: str, convention: str, told: list[Statement]
) -> None:
    history = history_of(told)
    question = Question(types=("defence",), certainty=certainty, convention=convention)  # type: ignore[arg-type]
    found = periods(history, [question], every, 1899, 1901)
    networks = networks_at(history.ties, [period.of(question) for period in found])
    for row, period in enumerate(found):
        graph = to_networkx(history.at(period.of(question)))
        tied = {
            (networks.actors[left], networks.actors[right]): int(weight)
            for (left, right), weight in zip(networks.pairs, networks.weights[row], strict=True)
            if weight
        }
        assert tied == {(left, right): data["weight"] for left, right, data in graph.edges(data=True)}
        assert {networks.actors[place] for place in np.flatnonzero(networks.members()[row])} == set(graph)


@pytest.mark.parametrize("certainty", ["certain", "possible"])
@given(told=facts())
@settings(max_examples=30)
def test_between_changes_every_day_has_the_same_network(certainty: str, told: list[Statement]) -> None:
    history = history_of(told)
    question = Question(certainty=certainty)  # type: ignore[arg-type]
    found = periods(history, [question], "change", 1899, 1900)
    assert (found[0].first, found[-1].last) == (date(1899, 1, 1), date(1900, 12, 31))
    networks = networks_at(history.ties, [period.of(question) for period in found])
    for row, period in enumerate(found):
        for day in (period.first, period.last):
            ties = history.at(question.within(day, day)).ties
            assert len({(tie.left, tie.right) for tie in ties}) == np.count_nonzero(networks.weights[row])


def test_changes_of_1914() -> None:
    history = history_of(alliances())
    found = periods(history, [Question(types=("defence",))], "change", 1914, 1914)
    assert [period.name for period in found] == [
        "1914-01-01", "1914-08-02", "1914-08-19", "1914-09-06", "1914-10-01",
    ]  # fmt: skip
    assert found[0].last == date(1914, 8, 1)


def test_what_is_only_possible_changes_too_where_doubt_is_asked_for() -> None:
    history = history_of([stated("pact", "FRA GBR", ["in_force 1900-06/1901-06-30"])])
    certain = Question()
    possible = Question(certainty="possible")
    assert [p.name for p in periods(history, [certain], "change", 1900, 1900)] == ["1900-01-01", "1900-06-30"]
    assert [p.name for p in periods(history, [certain, possible], "change", 1900, 1900)] == [
        "1900-01-01", "1900-06-01", "1900-06-30",
    ]  # fmt: skip


def test_times_of_which_nobody_tells_are_no_periods() -> None:
    history = history_of([stated("pact", "FRA GBR", ["in_force 1900/.."])], a="1900/1902")
    assert [period.name for period in periods(history, [Question()], "year", 1898, 1904)] == [
        "1900",
        "1901",
        "1902",
    ]


def test_a_period_is_asked_of_by_the_convention() -> None:
    period = Period("1900", date(1900, 1, 1), date(1900, 12, 31))
    asked = period.of(Question(convention="last-day"))
    assert (asked.first, asked.last) == (date(1900, 12, 31), date(1900, 12, 31))
    assert period.of(Question()).as_of == When.parse("1900-01-01/1900-12-31")


def test_what_is_no_time_is_refused() -> None:
    history = history_of(alliances())
    with pytest.raises(UnknownName, match="year, month, change"):
        periods(history, [Question()], "week", 1900, 1901)
    with pytest.raises(InputError, match="give the earlier one first"):
        periods(history, [Question()], "year", 1901, 1900)
