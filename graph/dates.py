"""Dates as sources give them: Extended Date/Time Format (EDTF, ISO 8601-2:2019) texts and the four bounds they leave.

A `When` never says more than its text does. What is known of a beginning and an end is kept as four days: the earliest
and latest day on which it can have begun, and the earliest and latest on which it can have ended. All are inclusive.
"""

import calendar
import contextlib
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Self

from comity.graph.errors import DateError

FIRST_DAY = date.min
"""Stands for "no bound": it may have begun at any time before."""

LAST_DAY = date.max
"""Stands for "no bound": it may end, or is going on, for ever."""

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_RANGE = re.compile(r"\[([^,\[\]]*)\.\.([^,\[\]]*)\]")  # on or after, on or before, between
_FIRST_SEASON = 21  # EDTF gives seasons the months 21 to 41
_MAX_TEXT = 200
_REMEDY = "write EDTF, such as 2016, 2016-10, 2016-10-24, 2016-10-24/2016-11-06, 2016-10-24/.. (still going on) or 2016-10-24/ (end unknown)"

SPAN_REMEDY = "ask for a day (2016-12-31), a month, a year or a closed span (2014-01-01/2016-12-31)"

Bounds = tuple[date, date]
"""The earliest and the latest day that one end of a time can fall on."""


@dataclass(frozen=True, slots=True)
class When:
    """An EDTF text and its four bounds.

    A closed text (`2016`, `2016-10-24/2016-11-06`) bounds both ends; `2016-10-24/..` is open (still going on, both end
    bounds are `LAST_DAY`); `2016-10-24/` has an unknown end (anything from the beginning on). A single date of less
    than day precision means: at some time within it.
    """

    text: str
    earliest_begin: date
    latest_begin: date
    earliest_end: date
    latest_end: date
    sure: bool = True
    """False where two times meet that may not meet at all: then it is possible on some days and certain on none or few."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an EDTF date, interval, season, set or unspecified date; `DateError` names what is wrong with it."""
        begin, end, _ = _parse(text)
        return cls(text, *begin, *end)

    @classmethod
    def of(cls, begin: Bounds, end: Bounds) -> Self:
        """The time between two bounded ends, with the EDTF text that says the same.

        An end that cannot lie before the beginning's earliest day is held to it.
        """
        return cls(*_held_to_each_other(begin, end))

    @property
    def begin(self) -> Bounds:
        """Earliest and latest beginning."""
        return self.earliest_begin, self.latest_begin

    @property
    def end(self) -> Bounds:
        """Earliest and latest end."""
        return self.earliest_end, self.latest_end

    @property
    def is_interval(self) -> bool:
        """Whether the text names a beginning and an end of its own (`a/b`) and not one date."""
        return "/" in self.text

    def certainly_on(self, day: date) -> bool:
        """Whether the day lies inside, however the doubtful ends are settled."""
        return self.latest_begin <= day <= self.earliest_end

    def possibly_on(self, day: date) -> bool:
        """Whether the day lies inside for some settlement of the doubtful ends."""
        return self.earliest_begin <= day <= self.latest_end

    def certainly_within(self, first: date, last: date) -> bool:
        """Whether some day of the span lies inside, however the doubtful ends are settled."""
        return self.sure and self.latest_begin <= last and self.earliest_end >= first

    def possibly_within(self, first: date, last: date) -> bool:
        """Whether some day of the span lies inside for some settlement of the doubtful ends."""
        return self.earliest_begin <= last and self.latest_end >= first

    def meet(self, other: Self) -> Self | None:
        """The time during which both hold (later beginning, earlier end); None where they surely never meet.

        A day is certain in it where it is certain in both, and possible where it is possible in both. The bounds are therefore
        not held to each other as those of one time are: an end may lie before the latest beginning, and then no day is certain.
        """
        begin = (max(self.earliest_begin, other.earliest_begin), max(self.latest_begin, other.latest_begin))
        end = (min(self.earliest_end, other.earliest_end), min(self.latest_end, other.latest_end))
        if begin[0] > end[1]:
            return None
        surely = self.latest_begin <= other.earliest_end and other.latest_begin <= self.earliest_end
        return type(self)(_interval_text(begin, end), *begin, *end, self.sure and other.sure and surely)

    def __str__(self) -> str:
        return self.text


ALWAYS = When("../..", FIRST_DAY, FIRST_DAY, LAST_DAY, LAST_DAY)
"""The time without beginning or end."""


def parse_day(text: str) -> date:
    """One exact day, `YYYY-MM-DD`; `DateError` otherwise."""
    if len(text) == len("2016-10-24"):
        begin, end, _ = _parse(text)
        if begin == end and begin[0] == begin[1]:
            return begin[0]
    raise DateError(f"{text!r} is not one day: write it as YYYY-MM-DD, such as 2016-12-31")


def parse_span(text: str) -> When:
    """A day or a closed span that is asked about; `DateError` names what is wrong with it, and what can be asked."""
    try:
        when = When.parse(text)
    except DateError as error:
        raise DateError(f"{str(error).removesuffix(_REMEDY)}{SPAN_REMEDY}") from None
    check_span(when)
    return when


def check_span(when: When) -> None:
    """That it is a time that can be asked about: with a beginning, an end, and no doubt about either; `DateError` otherwise."""
    if when.latest_end == LAST_DAY:
        raise DateError(f"{when} has no end: {SPAN_REMEDY}")
    if when.earliest_begin == FIRST_DAY:
        raise DateError(f"{when} has no beginning after {FIRST_DAY}: {SPAN_REMEDY}")
    if any(sign in when.text for sign in "~?%X[{"):
        raise DateError(
            f"{when} is not sure of its days, and one can ask only about days that are: {SPAN_REMEDY}"
        )


def day_before(day: date) -> date:
    """The day before; `FIRST_DAY` and `LAST_DAY` stand for "no bound" and stay what they are."""
    return day if day in (FIRST_DAY, LAST_DAY) else day - timedelta(days=1)


def day_after(day: date) -> date:
    """The day after; `FIRST_DAY` and `LAST_DAY` stand for "no bound" and stay what they are."""
    return day if day in (FIRST_DAY, LAST_DAY) else day + timedelta(days=1)


@lru_cache(maxsize=65_536)
def _parse(text: str) -> tuple[Bounds, Bounds, bool]:
    """Begin bounds, end bounds and whether the text is an interval."""
    if not isinstance(text, str) or not text.strip():
        raise DateError(f"an empty date; {_REMEDY}")
    if len(text) > _MAX_TEXT:
        raise DateError(f"a date of {len(text)} characters, starting {text[:30]!r}; {_REMEDY}")
    left, slash, right = text.partition("/")
    if not slash:
        inside = _single(text, text)
        return inside, inside, False
    if "/" in right:
        raise DateError(f"{text!r} has more than one '/'; {_REMEDY}")
    if text == "../..":
        return (FIRST_DAY, FIRST_DAY), (LAST_DAY, LAST_DAY), True
    if {left, right} <= {"", ".."}:
        raise DateError(f"{text!r} names neither a beginning nor an end; {_REMEDY}")
    begin = None if left in ("", "..") else _single(left, text)
    end = None if right in ("", "..") else _single(right, text)
    if begin and end and begin[0] > end[1]:
        raise DateError(f"{text!r} ends before it begins; {_REMEDY}")
    if begin is None:
        assert end is not None
        # "../b" has no beginning, "/b" has one that nobody tells.
        begin = (FIRST_DAY, FIRST_DAY) if left == ".." else (FIRST_DAY, end[1])
    if end is None:
        end = (LAST_DAY, LAST_DAY) if right == ".." else (begin[0], LAST_DAY)
    # Neither end can lie beyond the other's outermost day.
    return (begin[0], min(begin[1], end[1])), (max(end[0], begin[0]), end[1]), True


def _single(text: str, whole: str) -> Bounds:
    """The first and the last day that a date which is no interval can mean."""
    plain = _PLAIN.fullmatch(text)
    if plain:
        year, month, day = (int(part) if part else None for part in plain.groups())
        if month is None or month < _FIRST_SEASON:
            return _within(year or 0, month, day, whole)
    between = _RANGE.fullmatch(text)
    if between:
        low, high = between.groups()
        bounds = (
            (_single(low, whole)[0] if low else FIRST_DAY),
            (_single(high, whole)[1] if high else LAST_DAY),
        )
        if bounds[0] > bounds[1]:
            raise DateError(f"{whole!r} ends before it begins; {_REMEDY}")
        return bounds
    return _with_library(text, whole)


def _within(year: int, month: int | None, day: int | None, whole: str) -> Bounds:
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise DateError(f"{whole!r} is not in the calendar ({error}); {_REMEDY}") from None


def _with_library(text: str, whole: str) -> Bounds:
    """Seasons, sets, unspecified, uncertain and approximate dates, by the edtf package."""
    # Imported late: building its grammar takes a tenth of a second that plain dates need not wait for.
    from edtf import parse_edtf

    if not text.isascii() or any(unicodedata.category(sign) == "Cc" for sign in text):
        raise DateError(f"{whole!r} is no EDTF date; {_REMEDY}")
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the package prints before it fails
            found: Any = parse_edtf(text)
            low, high = found.lower_strict(), found.upper_strict()
        bounds = date(*low[:3]), date(*high[:3])
    except Exception:  # the package fails in many ways on what it cannot read
        raise DateError(f"{whole!r} is no EDTF date that can be bounded; {_REMEDY}") from None
    if bounds[0] > bounds[1]:
        raise DateError(f"{whole!r} ends before it begins; {_REMEDY}")
    if any(sign in text for sign in "~?%"):
        return _widened(text, *bounds)
    return bounds


def _widened(text: str, first: date, last: date) -> Bounds:
    """The bounds of an approximate or uncertain date.

    EDTF leaves open how far "about" reaches. comity's convention: one unit of the date's own precision to each side,
    so that such a date is never certain on its day.
    """
    days = (last - first).days + 1
    unit = timedelta(days=1 if days == 1 else 31 if days <= 31 else max(366, days))
    return max(first, FIRST_DAY + unit) - unit, min(last, LAST_DAY - unit) + unit


@lru_cache(maxsize=65_536)
def _held_to_each_other(begin: Bounds, end: Bounds) -> tuple[str, date, date, date, date]:
    """The text and the bounds of a time between two ends, neither of which can lie beyond the other's outermost day."""
    end = (max(end[0], begin[0]), max(end[1], begin[0]))
    begin = (begin[0], min(begin[1], end[1]))
    return _interval_text(begin, end), *begin, *end


def _interval_text(begin: Bounds, end: Bounds) -> str:
    """EDTF for two bounded ends; bounds that no EDTF date has are given as a one-of set `[a..b]`."""
    nowhere, ever = (FIRST_DAY, FIRST_DAY), (LAST_DAY, LAST_DAY)
    if begin == end and begin not in (nowhere, ever):
        return _bounds_text(begin)
    if begin == nowhere and end == ever:
        return "../.."
    untold_begin, untold_end = begin == (FIRST_DAY, end[1]), end == (begin[0], LAST_DAY)
    # EDTF leaves one end away at most; where both are untold or open, the untold one is written as any day there is.
    left = (
        ".."
        if begin == nowhere
        else ""
        if untold_begin and not (untold_end or end == ever)
        else _bounds_text(begin)
    )
    right = ".." if end == ever else "" if untold_end and begin != nowhere and left else _bounds_text(end)
    return f"{left}/{right}"


def _bounds_text(bounds: Bounds) -> str:
    first, last = bounds
    if first == FIRST_DAY or last == LAST_DAY:
        low = "" if first == FIRST_DAY else first.isoformat()
        high = "" if last == LAST_DAY else last.isoformat()
        return f"[{low}..{high}]"
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == date(
        first.year, first.month, calendar.monthrange(first.year, first.month)[1]
    ):
        return first.isoformat()[:7]
    if first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return first.isoformat()[:4]
    return f"[{first.isoformat()}..{last.isoformat()}]"
