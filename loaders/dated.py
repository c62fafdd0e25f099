"""Dates that a table gives in three columns, year, month and day: as precise as they are given."""

from functools import lru_cache

from comity.graph.dates import When
from comity.graph.errors import DateError

_NOT_GIVEN = frozenset(("", "0", ".", "-9", "-99", "-999"))
"""How the field's tables say that a part of a date is not known."""


@lru_cache(maxsize=65_536)
def date_of(year: str, month: str, day: str) -> str:
    """The date in EDTF, to the month or year if the rest is not given; empty if not even the year is. `DateError` if it cannot be."""
    if year in _NOT_GIVEN:
        return ""
    if len(year) < 3:
        raise DateError(f"{year!r} is no year: write all of its digits")
    parts = [_number(year, 4)]
    for part in (month, day):
        if part in _NOT_GIVEN:
            break
        parts.append(_number(part, 2))
    text = "-".join(parts)
    try:
        When.parse(text)
    except DateError:
        raise DateError(f"{text} is not in the calendar") from None
    return text


def span_of(begin: str, end: str) -> When:
    """The time between two dates in EDTF; `DateError` if it ends before it begins, or neither is given."""
    if not begin and end in ("", ".."):
        raise DateError("no date is given")
    if begin and end not in ("", "..") and When.parse(begin).earliest_begin > When.parse(end).latest_end:
        raise DateError(f"it ends ({end}) before it begins ({begin})")
    return When.parse(f"{begin}/{end}")


def _number(text: str, width: int) -> str:
    if not (text.isascii() and text.isdecimal() and len(text) <= width):
        raise DateError(f"{text!r} is no part of a date")
    return text.zfill(width)
