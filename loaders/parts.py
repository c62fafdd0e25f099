"""What words tell of a date: year, month and day, or some of them, and dates counted from it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from comity.graph.dates import When
from comity.graph.errors import DateError

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_MONTH = rf"(?:{'|'.join(MONTHS)})"
_LEFT_OVER = re.compile(r"5438\+|65438|KLOC", re.IGNORECASE)
_TOKEN = re.compile(
    rf"(?P<month>{_MONTH}(?![A-Za-z]))|(?P<number>\d+(?:-\d\d){{0,2}})(?:st|nd|rd|th)?(?![\dA-Za-z])|\d",
    re.ASCII,
)
_MARK = re.compile(r" \(([?~])\)$")
_EDTF = re.compile(r"[\dX~?%./\[\]-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Refused:
    """No date came out, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a date is told; `mark` is `?` where it was inferred and `~` where it is about then."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    mark: str = ""

    def words(self) -> str:
        """In English, such as `4 January 2017`."""
        named = MONTHS[self.month - 1] if self.month else ""
        said = " ".join(str(part) for part in (self.day, named, self.year) if part)
        return f"{said} ({self.mark})" if self.mark else said

    def date(self) -> str | Refused:
        """In EDTF, with the precision that is told."""
        if self.year is None:
            return Refused(f"there is no year in {self.words()!r}")
        if self.day is not None and self.month is None:
            return Refused(f"there is a day but no month in {self.words()!r}")
        plain = "-".join(
            f"{part:0{width}}"
            for part, width in ((self.year, 4), (self.month, 2), (self.day, 2))
            if part is not None
        )
        return plain + self.mark if is_date(plain) else Refused(f"{plain} is not in the calendar")

    def moved(self, count: int, unit: str) -> Self | Refused:
        """So many days, weeks, months or years later (earlier where negative), no more precise than the unit allows.

        "Two months earlier" names a month, not a day; weeks and years are counted roughly, and so are their results.
        """
        try:
            if unit == "year":
                return (
                    type(self)((self.year or 0) + count, mark=self.mark) if self.year else Refused("no year")
                )
            if self.month is None or self.year is None:
                return Refused(f"{unit}s cannot be counted from {self.words()!r}")
            if unit == "month":
                year, month = divmod(self.year * 12 + self.month - 1 + count, 12)
                return type(self)(year, month + 1, mark=self.mark)
            if self.day is None:
                return Refused(f"{unit}s cannot be counted from {self.words()!r}")
            days = timedelta(days=count * (7 if unit == "week" else 1))
            there = date(self.year, self.month, self.day) + days
        except (ValueError, OverflowError):
            return Refused("the day counted to is not in the calendar")
        return type(self)(there.year, there.month, there.day, self.mark or ("~" if unit == "week" else ""))


def count_of(word: str) -> int:
    """The number that a digit or a word from `a` and `one` to `twelve` gives."""
    lower = word.lower()
    return int(word) if word.isdigit() else 1 if lower in ("a", "an") else NUMBERS.index(lower) + 1


def read_parts(text: str) -> Parts | Refused:
    """The year, month and day in the words; every digit must be accounted for."""
    if _LEFT_OVER.search(text):
        return Refused(f"there is debris left in {text!r}")
    years, months, days = list[int](), list[int](), list[int]()
    for token in _TOKEN.finditer(text):
        number = token["number"] or ""
        if token["month"]:
            months.append(MONTHS.index(token["month"]) + 1)
        elif len(number) >= len("2016") and number[:4].isdigit() and number[4:5] in ("", "-"):
            for found, value in zip((years, months, days), number.split("-"), strict=False):
                found.append(int(value))
        elif 0 < len(number) <= len("31"):
            days.append(int(number))
        else:
            return Refused(f"the digits {token[0]} in {text!r} are no year, month or day")
    for found, what in ((years, "years"), (months, "months"), (days, "days")):
        if len(found) > 1:
            return Refused(f"there are several {what} in {text!r}")
    if any(not 1 <= month <= len(MONTHS) for month in months):
        return Refused(f"there is no month {months[0]}")
    mark = _MARK.search(text)
    year, month, day = (found[0] if found else None for found in (years, months, days))
    return Parts(year, month, day, mark[1] if mark else "")


def is_date(text: str) -> bool:
    """Whether the text is an EDTF date that can be bounded."""
    # Only what looks like EDTF is put to the test: its parser is slow on prose.
    if not _EDTF.fullmatch(text):
        return False
    try:
        When.parse(text)
    except DateError:
        return False
    return True
