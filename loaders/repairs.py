"""Named rules that turn the debris of a garbled date back into the date, each one step and none of them a guess.

A dossier that repairs a date keeps what stood there (`was`) and the rule that was used; running the rule on the words
gives the date again. docs/repairs.md explains every rule with an example.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from comity.loaders.parts import MONTHS, NUMBERS, Parts, Refused, count_of, is_date, read_parts

FULL_WIDTH = {0xFF10 + number: str(number) for number in range(10)}
"""Turns the digits that Chinese and Japanese typesetting uses into plain ones."""
GAP = "…"
"""Stands in the garbled words where words between two pieces of the text were left out."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The date in EDTF and the rules that gave it, joined by `+`; no rule where the words could be read as they are."""

    date: str
    rule: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """The words after the rules that need no other words and no document, and those rules joined by `+`."""

    words: str
    rule: str


Rule = Callable[[str, str], str | Refused]
"""A rule takes the words and the date of their document (EDTF, or empty) and gives clearer words, or refuses."""

# A month's name counts only with its capital: "may" and "march" are also plain words.
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_NAMED = re.compile(rf"{_MONTH}(?![A-Za-z])")
# The debris is a digit 1, written `65438+0`. Where the number was a month's, its 0 and last digit became a month's name.
_DEBRIS = re.compile(r"165438\+1(?!\d)|65438\+0|(?:65438)?/KLOC-0/?|65438\+(?=[2-9])", re.IGNORECASE)
_FALSE_JUNE = re.compile(r"\bJune,? 5438(?:\+ ?|,? (?:and|to) (?=[A-Z]))")
_SWALLOWED = re.compile(
    r"(?<!\d)(?P<one>1?)65438(?:\+ ?1?|1)(?P<month>January|February|October)(?![A-Za-z])"
    r"|(?<!\d)(?P<first>1?)65438\+ ?10(?!\d|[,.]\d|st|nd|rd|th)"
)
_SET_LAST = re.compile(
    r"\b(?P<month>January|February|October) (?P<day>\d{1,2}(?:st|nd|rd|th)?),? (?P<one>1?)65438\+?(?![\d+/A-Za-z])"
)
_CUT_YEAR = re.compile(r"2065438\+\s*([A-Za-z0-9 ,]*?)\s*\b200(\d)\b", re.ASCII)
_SPLIT = re.compile(
    r"\b(?:1 ?[5-9]|2 ?0) ?\d ?\d\b|\b[1-3]? ?\d (?:st|nd|rd|th)\b|\b[123] \d(?=st|nd|rd|th)", re.ASCII
)
_JOINED = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)(\d{1,3})(?!\d)", re.ASCII)
_NUMBER_LAST = re.compile(
    rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?P<to> (?:to|and) \d{{1,2}}(?:st|nd|rd|th))?,? (?P<month>\d{{1,2}})\b",
    re.ASCII,
)
_NAME_LAST = re.compile(rf"\b{_MONTH},?(?P<year> \d{{4}})?,? (?P<month>{_MONTH})(?![A-Za-z])", re.ASCII)
_YEAR_MONTH = re.compile(r"\b\d{4}-\d\d\b", re.ASCII)
_COUNTED = re.compile(
    rf"\b(?P<count>a|an|{'|'.join(NUMBERS)}|\d{{1,3}}) (?P<unit>day|week|month|year)s? (?:(?P<back>earlier|before)|later|after)\b"
    r"|\bthe (?:(?P<last>previous)|following|next) (?P<step>day|month|year)\b",
    re.ASCII | re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


def repair(was: str, rule: str, published: str = "") -> str | Refused:
    """The date in EDTF that the named rule (or several joined by `+`, used in that order) makes of the words.

    `published` is the date of the document, which some rules need. A text that is a date already is given back
    unchanged; a rule that finds nothing to do refuses.
    """
    if is_date(was):
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
    if is_date(was):
        return Repaired(was, "")
    cleared = _used(was, published, RULES)
    found = _read(cleared.words)
    return found if isinstance(found, Refused) else Repaired(found, cleared.rule)


def clear(was: str) -> Cleared:
    """The words after every rule that mends the words themselves: what is left to read may still lack its month or year."""
    return _used(was, "", [name for name in RULES if name not in FROM_ELSEWHERE])


def _used(was: str, published: str, names: "Mapping[str, Rule] | list[str]") -> Cleared:
    text, used = was, list[str]()
    for name in names:
        if name == "month-first" and not {"kloc-digits", "kloc-month"} & set(used):
            continue  # only the debris displaces a month's number: "January 5, 6" are two days
        changed = RULES[name](text, published)
        if not isinstance(changed, Refused):
            text = changed
            used.append(name)
    return Cleared(text, "+".join(used))


def _full_width(text: str, published: str) -> str | Refused:
    """`２０１６` → `2016`: digits as wide as Chinese characters."""
    changed = text.translate(FULL_WIDTH)
    return changed if changed != text else Refused("no full-width digits")


def _false_june(text: str, published: str) -> str | Refused:
    """`June 5438+0986` → `65438+0986`: the debris' own 6 was taken for the sixth month."""
    return _replaced(_FALSE_JUNE, "65438+", text, "no debris that begins as June 5438")


def _kloc_month(text: str, published: str) -> str | Refused:
    """`65438+February` → `December`, `165438+1October 8` → `November 8`: the debris took the month's last digit away.

    `65438+0` is 1, so what was left of the number went on as a month's name: 1 and 2 (February) are 12, 1 and 1 (January) are 11.
    A 0 alone was taken for 10 (October): with one 1 before it that is month 1, with two it is month 11.
    """

    def month(one: str, name: str) -> str:
        number = {"October": "1", "January": "11", "February": "12"}[name]
        if one:
            number = {"October": "11"}.get(name, "")
        return MONTHS[int(number) - 1] if number else ""

    def displaced(found: re.Match[str]) -> str:
        name = month(found["one"] or found["first"] or "", found["month"] or "October")
        after = found.string[found.end() : found.end() + 1]
        return (name + " " * after.isalnum()) if name else found[0]

    changed = _SWALLOWED.sub(displaced, text)
    changed = _SET_LAST.sub(
        lambda found: f"{month(found['one'], found['month']) or found['month']} {found['day']}", changed
    )
    return changed if changed != text else Refused("no debris that took a month's digit")


def _cut_year(text: str, published: str) -> str | Refused:
    """`2065438+In March 2005` → `In March 2015`: the debris was cut in two, its 0 landed in the year's second half."""
    return _replaced(_CUT_YEAR, r"\1 201\2", text, "no year that the debris 65438+0 was cut out of")


def _kloc_digits(text: str, published: str) -> str | Refused:
    """`June 4th, 65438/KLOC-0` → `June 4th, 1`: the debris stands for the digit 1, and 165438+1 for 11."""
    changed = _DEBRIS.sub(lambda found: "11" if found[0] == "165438+1" else "1", text)
    return changed if changed != text else Refused("no debris such as 65438/KLOC-0, 65438+0 or 165438+1")


def _split_digits(text: str, published: str) -> str | Refused:
    """`In 20 14` → `In 2014`, `2 2nd` → `22nd`: a space fell into the number."""
    changed = _SPLIT.sub(lambda found: found[0].replace(" ", ""), text)
    return changed.strip() if changed != text else Refused("no year that a space divides, nor a day")


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

    The dates were written with the month's number first; the garbling set a month's name beside the day. Where the number has
    been read as a month already, the name before it is the wrong one: `June 2003, November` → `November 2003`.
    """
    found = _NUMBER_LAST.search(text)
    if found:
        day, month = int(found["day"]), int(found["month"])
        if not 1 <= month <= len(MONTHS):
            return Refused(f"{month} is no month's number")
        return f"{text[: found.start()]}{day}{found['to'] or ''} {MONTHS[month - 1]}{text[found.end() :]}"
    if _YEAR_MONTH.search(text) and _NAMED.search(text):
        return " ".join(_NAMED.sub(" ", text).split())
    return _replaced(_NAME_LAST, r"\g<month>\g<year>", text, "no month's number beside a month's name")


def _same_month(text: str, published: str) -> str | Refused:
    """`5 January … On the 6th` → `6 January`: a day alone lies in the month (and year) of the date before it."""
    two = _two(text, "the day")
    if isinstance(two, Refused):
        return two
    first, last = two
    if first.month is None:
        return Refused("the earlier date has no month")
    if last.day is None or last.month is not None or last.year is not None:
        return Refused("what follows the earlier date is not a day alone")
    return Parts(first.year, first.month, last.day).words()


def _same_year(text: str, published: str) -> str | Refused:
    """`24 October 2016 … March of the same year` → `March 2016`."""
    two = _two(text, "the date of the same year")
    if isinstance(two, Refused):
        return two
    first, last = two
    if "same year" not in text.rpartition(GAP)[2] or last.year is not None:
        return Refused("what follows the earlier date is not said to be of the same year")
    if first.year is None:
        return Refused("the earlier date has no year")
    return Parts(first.year, last.month, last.day).words()


def _counted(text: str, published: str) -> str | Refused:
    """`24 October 2016 … two months earlier` → `August 2016`: counted from the date before, as exact as the unit."""
    before, gap, after = text.rpartition(GAP)
    found = _COUNTED.search(after)
    if not gap or not found:
        return Refused(f"no earlier date, {GAP} and a time counted from it, such as two months earlier")
    first = read_parts(before)
    if isinstance(first, Refused):
        return first
    count = count_of(found["count"] or "one") * (-1 if found["back"] or found["last"] else 1)
    there = first.moved(count, (found["unit"] or found["step"]).lower())
    return there if isinstance(there, Refused) else there.words()


def _year_from_publication(text: str, published: str) -> str | Refused:
    """`4 January` in a document of January 2017 → `4 January 2017`.

    A month later in the year than the document may be last year's or a plan: that is refused. What is read by a document's date
    that was itself inferred (`2017-01?`) is marked so too.
    """
    parts = read_parts(text)
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
    return Parts(year, parts.month, parts.day, "?" if "?" in published else "").words()


RULES: Mapping[str, Rule] = {
    "full-width": _full_width,
    "false-june": _false_june,
    "kloc-month": _kloc_month,
    "cut-year": _cut_year,
    "kloc-digits": _kloc_digits,
    "split-digits": _split_digits,
    "joined-digits": _joined_digits,
    "month-first": _month_first,
    "same-month": _same_month,
    "same-year": _same_year,
    "counted": _counted,
    "year-from-publication": _year_from_publication,
}
"""The rules by name, in the order in which they are tried."""

FROM_ELSEWHERE = frozenset({"same-month", "same-year", "counted", "year-from-publication"})
"""The rules that take what is missing from an earlier date or from the document."""

CONFIDENCE: Mapping[str, float] = {
    "full-width": 0.99,
    "false-june": 0.8,
    "kloc-month": 0.8,
    "cut-year": 0.9,
    "kloc-digits": 0.95,
    "split-digits": 0.98,
    "joined-digits": 0.9,
    "month-first": 0.85,
    "same-month": 0.95,
    "same-year": 0.95,
    "counted": 0.9,
    "year-from-publication": 0.9,
}
"""How far each rule is trusted, from 0 to 1: a convention that keeps what took more or bolder steps behind what took few."""


def confidence(rule: str) -> float:
    """The confidence in what the rules joined by `+` gave: the product of theirs."""
    trusted = 1.0
    for name in filter(None, rule.split("+")):
        trusted *= CONFIDENCE[name]
    return round(trusted, 3)


def _two(text: str, what: str) -> tuple[Parts, Parts] | Refused:
    """The date before the last gap and what follows it."""
    before, gap, after = text.rpartition(GAP)
    if not gap:
        return Refused(f"no earlier date: write it first, then {GAP}, then {what}")
    first, last = read_parts(before), read_parts(after)
    if isinstance(first, Refused):
        return first
    return last if isinstance(last, Refused) else (first, last)


def _replaced(pattern: re.Pattern[str], by: str, text: str, nothing: str) -> str | Refused:
    changed, count = pattern.subn(by, text)
    return changed.strip() if count else Refused(nothing)


def _read(text: str) -> str | Refused:
    """The date in the words as EDTF, with the precision that they have; two joined by "to" are a span of time."""
    begin, to, end = text.partition(" to ")
    last = read_parts(end if to else begin)
    if isinstance(last, Refused) or not to:
        return last if isinstance(last, Refused) else last.date()
    first = read_parts(begin)
    if isinstance(first, Refused):
        return first
    # What one end leaves open, the other tells.
    year, month = last.year or first.year, last.month or first.month
    ends = (
        replace(first, year=first.year or year, month=first.month or month).date(),
        replace(last, year=year, month=month if last.day else last.month).date(),
    )
    for each in ends:
        if isinstance(each, Refused):
            return each
    span = f"{ends[0]}/{ends[1]}"
    return span if is_date(span) else Refused(f"{span} ends before it begins")
