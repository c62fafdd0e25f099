"""Time cut into periods, and the networks of a history in each of them: the years, the months, or from change to change."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from comity.graph.errors import InputError, UnknownName
from comity.graph.slices import History, Question
from comity.queries.fast.networks import Networks

Every = Literal["year", "month", "change"]
"""year, month: a period each; change: one from each day on which the network changes to the eve of the next."""


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both ends among them; `name` says in EDTF which: a year, a month, or the first day of an `unchanged` time."""

    name: str
    first: date
    last: date
    unchanged: bool = False

    def of(self, question: Question) -> Question:
        """The question asked of this period; of an unchanged time that is of its first day, which any other is like."""
        return question.within(self.first, self.first if self.unchanged else self.last)


def periods(
    history: History, questions: Sequence[Question], every: str, first: int, last: int
) -> tuple[Period, ...]:
    """The periods of the years from `first` to `last`, those among them left out of which no source of the history tells.

    By `change` the network that answers each of the questions is the same on all days of a period.
    """
    if every not in get_args(Every):
        raise UnknownName("way to cut time into periods", every, get_args(Every))
    if not 1 <= first <= last <= 9998:
        raise InputError(f"the years {first} to {last} are no span: give the earlier one first")
    if every == "year":
        found: Iterable[Period] = (
            Period(f"{year:04}", date(year, 1, 1), date(year, 12, 31)) for year in range(first, last + 1)
        )
    elif every == "month":
        found = (
            Period(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, days))
            for year in range(first, last + 1)
            for month in range(1, 13)
            for days in [calendar.monthrange(year, month)[1]]
        )
    else:
        found = _between_changes(history, questions, date(first, 1, 1), date(last, 12, 31))
    return tuple(period for period in found if history.covers(period.first, period.last))


def _between_changes(
    history: History, questions: Sequence[Question], first: date, last: date
) -> Iterable[Period]:
    changes = {first}
    for tie, question in product(history.ties, questions):
        days = question.days_of(tie)
        if days is not None and days[0] <= days[1]:
            changes.update(day for day in (days[0], _following(days[1])) if first < day <= last)
    begins = sorted(changes)
    ends = [day - timedelta(days=1) for day in begins[1:]] + [last]
    return (
        Period(begin.isoformat(), begin, end, unchanged=True) for begin, end in zip(begins, ends, strict=True)
    )


def _following(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def networks_in(history: History, question: Question, periods: Sequence[Period]) -> Networks:
    """The networks that answer the question in each of the periods, which stand in the order of time.

    The work grows with the ties and with what changes, not with periods times ties.
    """
    asked = [period.of(question) for period in periods]
    firsts = np.array([each.first.toordinal() for each in asked], dtype=np.int64)
    lasts = np.array([each.last.toordinal() for each in asked], dtype=np.int64)
    spans = _spans(history, question, firsts, lasts)
    actors = tuple(sorted({actor for left, right, _ in spans for actor in (left, right)}))
    places = {actor: place for place, actor in enumerate(actors)}
    pairs = sorted({(places[left], places[right]) for left, right, _ in spans})
    columns = {pair: column for column, pair in enumerate(pairs)}
    # What begins in a period is added in it, what has ended before is taken away: the weights are the sums.
    steps = np.zeros((len(periods) + 1, len(pairs)), dtype=np.int64)
    for (left, right, _), rows in spans.items():
        column = columns[places[left], places[right]]
        for begin, end in _united(rows):
            steps[begin, column] += 1
            steps[end, column] -= 1
    weights: NDArray[np.int64] = np.cumsum(steps[:-1], axis=0)
    return Networks(actors, np.array(pairs, dtype=np.int64).reshape(-1, 2), weights)


_Rows = tuple[int, int]
"""The first period, and the one after the last."""


def _spans(
    history: History, question: Question, firsts: NDArray[np.int64], lasts: NDArray[np.int64]
) -> dict[tuple[str, str, str], list[_Rows]]:
    """In which periods each fact ties each pair."""
    ties, days = [], []
    for tie in history.ties:
        span = question.days_of(tie)
        if span is not None:
            ties.append(tie)
            days.append((span[0].toordinal(), span[1].toordinal()))
    bounds = np.array(days, dtype=np.int64).reshape(-1, 2)
    begins = np.searchsorted(lasts, bounds[:, 0], side="left").tolist()
    ends = np.searchsorted(firsts, bounds[:, 1], side="right").tolist()
    found: defaultdict[tuple[str, str, str], list[_Rows]] = defaultdict(list)
    for tie, begin, end in zip(ties, begins, ends, strict=True):
        if begin < end:
            found[min(tie.left, tie.right), max(tie.left, tie.right), tie.fact].append((begin, end))
    return found


def _united(rows: list[_Rows]) -> list[_Rows]:
    """The same periods without any of them twice: a fact ties a pair once, by however many of its phases."""
    united: list[_Rows] = []
    for begin, end in sorted(rows):
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((begin, end))
    return united
