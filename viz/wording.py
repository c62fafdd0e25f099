"""Dates in plain words for people who do not read EDTF, with the doubt said out."""

import calendar
from datetime import date

from comity.graph.dates import ALWAYS, FIRST_DAY, LAST_DAY, Bounds, When


def in_words(when: When) -> str:
    """`2016-10-24/..` as `from 24 October 2016, still going on`; what is not known is said and nothing is added."""
    if when.begin == when.end and not when.is_interval:
        return bounds_in_words(when.begin)
    if when.begin == ALWAYS.begin and when.end == ALWAYS.end:
        return "always"
    return ", ".join(part for part in (_begin(when), _end(when)) if part)


def bounds_in_words(bounds: Bounds) -> str:
    """One doubtful day: `24 October 2016`, `October 2016`, `between 21 and 23 October 2016`, `by 1950`."""
    first, last = bounds
    if first == FIRST_DAY and last == LAST_DAY:
        return "not known"
    if first == FIRST_DAY:
        return f"by {day_in_words(last)}"
    if last == LAST_DAY:
        return f"{day_in_words(first)} or later"
    if first == last:
        return day_in_words(first)
    whole = _whole(first, last)
    if whole:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {day_in_words(last)}"
    return f"between {day_in_words(first)} and {day_in_words(last)}"


def day_in_words(day: date) -> str:
    """`24 October 2016`."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _whole(first: date, last: date) -> str:
    """The name of the month, year or run of years that the two days bound exactly."""
    month_end = calendar.monthrange(last.year, last.month)[1]
    if first.day != 1 or last.day != month_end:
        return ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{calendar.month_name[first.month]} {first.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"between {first.year} and {last.year}"
    return ""


def _begin(when: When) -> str:
    if when.begin == (FIRST_DAY, FIRST_DAY):
        return ""
    if when.begin == (FIRST_DAY, when.latest_end):
        return "beginning not told"
    return f"from {bounds_in_words(when.begin)}"


def _end(when: When) -> str:
    if when.end == (LAST_DAY, LAST_DAY):
        return "still going on"
    if when.end == (when.earliest_begin, LAST_DAY):
        return "end not told"
    return f"to {bounds_in_words(when.end)}"
