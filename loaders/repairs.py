"""Named rules that turn the debris of a garbled date back into the date, each one step and none of them a guess.

A dossier that repairs a date keeps what stood there (`was`) and the rule that was used; running the rule on the words
gives the date again. docs/repairs.md explains every rule with an example.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
GAP = "…"
"""Stands in the garbled words where words between two pieces of the text were left out."""


@dataclass(frozen=True, slots=True)
class Refused:
    """No date came out, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """The date in EDTF and the rules that gave it, joined by `+`; no rule where the words could be read as they are."""

    date: str
    rule: str


Rule = Callable[[str, str], str | Refused]
"""A rule takes the words and the date of their document (EDTF, or empty) and gives clearer words, or refuses."""

# A month's name counts only with its capital: "may" and "march" are also plain words.
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_NAMED = re.compile(rf"{_MONTH}(?![A-Za-z])")
_DEBRIS = re.compile(r"165438\+1|65438(?:/KLOC-|\+)0")
_LEFT_OVER = re.compile(r"65438|KLOC")
_CUT_YEAR = re.compile(r"2065438\+\s*([A-Za-z ]*?)\s*\b200(\d)\b", re.ASCII)
_SPLIT = re.compile(r"\b(1\d|20) (\d\d)\b", re.ASCII)
_JOINED = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)(\d{1,3})(?!\d)", re.ASCII)
_NUMBER_LAST = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{1,2}})\b", re.ASCII)
_YEAR_MONTH = re.compile(r"\b\d{4}-\d\d\b", re.ASCII)
_TOKEN = re.compile(
    rf"(?P<month>{_MONTH}(?![A-Za-z]))|(?P<number>\d+(?:-\d\d){{0,2}})(?:st|nd|rd|th)?(?![\dA-Za-z])|\d",
    re.ASCII,
)
_EDTF = re.compile(r"[\dX~?%./\[\]-]+", re.ASCII)
_PUBLISHED = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What of a date is told."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def words(self) -> str:
        named = MONTHS[self.month - 1] if self.month else ""
        return " ".join(str(part) for part in (self.day, named, self.year) if part)


def repair(was: str, rule: str, published: str = "") -> str | Refused:
    """The date in EDTF that the named rule (or several joined by `+`, used in that order) makes of the words.

    `published` is the date of the document, which some rules need. A text that is a date already is given back
    unchanged; a rule that finds nothing to do refuses.
    """
    if _is_date(was):
        return was
    text = was
    for name in rule.split("+"):
        step = RULES.get(name)
        if step is None:
            return Refused(f"there is no rule {name!r}; choose from: {', '.join(RULES)}")
        changed = step(text, published)
        if isinstance(changed, Refused):
            return Refused(f"{name}: {changed.reason}")
        text = changed
    return _read(text)


def propose(was: str, published: str = "") -> Repaired | Refused:
    """The date that the rules make of the words, and which of them it took: for readers that meet new garbled text."""
    if _is_date(was):
        return Repaired(was, "")
    text, used = was, list[str]()
    for name, step in RULES.items():
        if name == "month-first" and "kloc-digits" not in used:
            continue  # only the debris displaces a month's number: "January 5, 6" are two days
        changed = step(text, published)
        if not isinstance(changed, Refused):
            text = changed
            used.append(name)
    date = _read(text)
    return date if isinstance(date, Refused) else Repaired(date, "+".join(used))


def _cut_year(text: str, published: str) -> str | Refused:
    """`2065438+In March 2005` → `In March 2015`: the debris was cut in two, its 0 landed in the year's second half."""
    return _replaced(_CUT_YEAR, r"\1 201\2", text, "no year that the debris 65438+0 was cut out of")


def _kloc_digits(text: str, published: str) -> str | Refused:
    """`June 4th, 65438/KLOC-0` → `June 4th, 1`: the debris stands for the digit 1, and 165438+1 for 11."""
    changed = _DEBRIS.sub(lambda found: "11" if found[0] == "165438+1" else "1", text)
    return changed if changed != text else Refused("no debris such as 65438/KLOC-0, 65438+0 or 165438+1")


def _split_digits(text: str, published: str) -> str | Refused:
    """`In 20 14` → `In 2014`: a space fell into the year."""
    return _replaced(_SPLIT, r"\1\2", text, "no year that a space divides")


def _joined_digits(text: str, published: str) -> str | Refused:
    """`201611October` → `2016-11 October`: a year and the digits that ran into it.

    What follows the year is the month's number where it can be one. Where it cannot, it is dropped, but only if the
    month is named beside it: `2016161On October 24th` → `2016 On October 24th`.
    """
    found = _JOINED.search(text)
    if found is None:
        return Refused("no year with other digits joined to it")
    year, rest = found.groups()
    if len(rest) <= len("12") and 1 <= int(rest) <= len(MONTHS):
        read = f"{year}-{int(rest):02}"
    elif _NAMED.search(text):
        read = year
    else:
        return Refused(f"the digits {rest} after {year} are no month's number and no month is named")
    return f"{text[: found.start()]}{read} {text[found.end() :]}".strip()


def _month_first(text: str, published: str) -> str | Refused:
    """`June 4th, 1` → `4 January`; `April 2016-11 October` → `2016-11`: the number is the month, the name is wrong.

    The dates were written with the month's number first; the garbling set a month's name beside the day.
    """
    found = _NUMBER_LAST.search(text)
    if found:
        day, month = (int(number) for number in found.groups())
        if not 1 <= month <= len(MONTHS):
            return Refused(f"{month} is no month's number")
        return f"{text[: found.start()]}{day} {MONTHS[month - 1]}{text[found.end() :]}"
    if _YEAR_MONTH.search(text) and _NAMED.search(text):
        return " ".join(_NAMED.sub(" ", text).split())
    return Refused("no month's number beside a month's name")


def _same_month(text: str, published: str) -> str | Refused:
    """`5 January … On the 6th` → `6 January`: a day alone lies in the month (and year) of the date before it."""
    before, gap, after = text.rpartition(GAP)
    if not gap:
        return Refused(f"no earlier date: write it first, then {GAP}, then the day")
    first, last = _parts(before), _parts(after)
    if isinstance(first, Refused):
        return first
    if isinstance(last, Refused):
        return last
    if first.month is None:
        return Refused("the earlier date has no month")
    if last.day is None or last.month is not None or last.year is not None:
        return Refused("what follows the earlier date is not a day alone")
    return _Parts(first.year, first.month, last.day).words()


def _year_from_publication(text: str, published: str) -> str | Refused:
    """`4 January` in a document of January 2017 → `4 January 2017`.

    A month later in the year than the document may be last year's or a plan: that is refused.
    """
    parts = _parts(text)
    if isinstance(parts, Refused):
        return parts
    if parts.month is None or parts.year is not None:
        return Refused("not a date that lacks its year only")
    document = _PUBLISHED.match(published)
    if document is None:
        return Refused("the year and month of the document are not known")
    year, month = (int(number) for number in document.groups())
    if parts.month > month:
        return Refused(
            f"{MONTHS[parts.month - 1]} comes after the document's own month: it may be last year's, or a plan"
        )
    return _Parts(year, parts.month, parts.day).words()


RULES: Mapping[str, Rule] = {
    "cut-year": _cut_year,
    "kloc-digits": _kloc_digits,
    "split-digits": _split_digits,
    "joined-digits": _joined_digits,
    "month-first": _month_first,
    "same-month": _same_month,
    "year-from-publication": _year_from_publication,
}
"""The rules by name, in the order in which they are tried."""


def _replaced(pattern: re.Pattern[str], by: str, text: str, nothing: str) -> str | Refused:
    changed, count = pattern.subn(by, text)
    return changed.strip() if count else Refused(nothing)


def _is_date(text: str) -> bool:
    # Only what looks like EDTF is put to the test: its parser is slow on prose.
    if not _EDTF.fullmatch(text):
        return False
    try:
        When.parse(text)
    except DateError:
        return False
    return True


def _parts(text: str) -> _Parts | Refused:
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
    return _Parts(*(found[0] if found else None for found in (years, months, days)))


def _read(text: str) -> str | Refused:
    """The date in the words as EDTF, with the precision that they have."""
    parts = _parts(text)
    if isinstance(parts, Refused):
        return parts
    if parts.year is None:
        return Refused(f"there is no year in {text!r}")
    if parts.day is not None and parts.month is None:
        return Refused(f"there is a day but no month in {text!r}")
    date = "-".join(
        f"{part:0{width}}"
        for part, width in ((parts.year, 4), (parts.month, 2), (parts.day, 2))
        if part is not None
    )
    return date if _is_date(date) else Refused(f"{date} is not in the calendar")
