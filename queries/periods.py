"""Time cut into periods: the years, the months, or from change to change."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Literal, get_args

from comity.graph.dates import When
from comity.graph.errors import InputError, UnknownName
from comity.graph.slices import History, Question

Every = Literal["year", "month", "change"]
"""year, month: a period each; change: one from each day on which the network changes to the eve of the next."""


FIRST_YEAR, LAST_YEAR = 1, 9998
"""The years that can be asked about: a day before and a day after them still have a date."""


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

    The questions differ in certainty only. By `change` the network that answers each of them is the same on all days of a period, and
    what sources tell of begins or ends with a period, too.
    """
    if every not in get_args(Every):
        raise UnknownName("way to cut time into periods", every, get_args(Every))
    check_years(first, last)
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
    return tuple(period for period in found if history.tells(period.of(questions[0])))


def check_years(first: int, last: int) -> None:
    """`InputError` unless these are the first and the last year of a span that can be asked about."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise InputError(
            f"the years {first} to {last} are no span: give the earlier one first, from {FIRST_YEAR} to {LAST_YEAR}"
        )


def _between_changes(
    history: History, questions: Sequence[Question], first: date, last: date
) -> Iterable[Period]:
    spans = [question.days_of(tie) for tie, question in product(history.ties, questions)]
    spans += [
        (told.earliest_begin, told.latest_end)
        for layer in questions[0].layers
        for told in map(When.parse, filter(None, history.coverage.get(layer, {}).values()))
    ]
    changes = {
        day
        for span in spans
        if span is not None and span[0] <= span[1]
        for day in (span[0], _following(span[1]))
        if first < day <= last
    }
    begins = [first, *sorted(changes)]
    ends = [day - timedelta(days=1) for day in begins[1:]] + [last]
    return (
        Period(begin.isoformat(), begin, end, unchanged=True) for begin, end in zip(begins, ends, strict=True)
    )


def _following(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
