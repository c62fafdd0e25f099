"""Finds the words of an English sentence that tell a time, and what of a date they tell: no more, and nothing from elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.loaders.parts import count_of
from comity.loaders.reading.candidate import Span
from comity.loaders.reading.shapes import (
    AFTER_DAY,
    COUNTED_THINGS,
    DAY_BEFORE,
    MONTH,
    MONTH_BEFORE,
    NO_DAY,
    OFFSET,
    PARTS,
    POINT,
    RELATION,
    SEASONS,
    SHORT_MONTHS,
    TO,
    WEEKDAYS,
    YEAR,
    YEAR_BEFORE,
)


@dataclass(frozen=True, slots=True)
class Point:
    """One time that a sentence tells, with what it leaves open.

    `part` is `early`, `mid` or `late`, `half 1` to `quarter 4`, a season, or `decade`. `of` says which year is meant: `this`, `last` or
    `next` from the document, `same`, `previous` or `following` from the date before; `last one`, `next one` and `this one` are said of a month
    itself (last July). `count` and `unit` tell a time so far from another: from the document where `of` is `now`, else from the date
    before, or from the date told with it where there is a `year`. `relation` is the preposition that makes the time an end of something: since, from, until, till, by, before, after, as of.
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    of: str = ""
    count: int | None = None
    unit: str = ""
    weekday: int | None = None
    relation: str = ""
    unclear: str = ""
    """Why the words tell no date, where they look like one."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A point, or a span of time from one point to another."""

    first: Point
    last: Point | None = None

    @property
    def span(self) -> Span:
        """All its words."""
        return Span(self.first.span.start, (self.last or self.first).span.end)


def expressions(sentence: str) -> list[Expression]:
    """The times that the sentence tells, in their order."""
    found = list[Expression]()
    listed = list[bool]()
    for each in _points(sentence):
        before = found[-1] if found else None
        if before is None or before.last or each.last:
            listed.append(False)
        elif _joins(sentence, before.first, each.first):
            found[-1] = Expression(before.first, each.first)
            continue
        else:
            between = sentence[before.first.span.end : each.first.span.start]
            listed.append(between.strip() in ("and", "or", ",", ", and", "and on", "and in"))
            if listed[-1]:
                each = Expression(_carried(before.first, each.first))
        found.append(each)
    found = [_offset(sentence, each) for each in found]
    for number in range(len(found) - 1, -1, -1):
        each = found[number]
        if each.last:
            found[number] = Expression(_shared(each.first, each.last), each.last)
        elif number + 1 < len(found) and listed[number + 1]:
            found[number] = Expression(_shared(each.first, found[number + 1].first))
    return found


def _offset(sentence: str, each: Expression) -> Expression:
    """A time that is told by how far it is from the date beside it: "two months before the summit of 5 May 2016"."""
    told = OFFSET.search(sentence[: each.first.span.start])
    if told is None or each.first.unit:
        return each
    point = replace(each.first, span=Span(told.start(), each.span.end), relation="")
    if told["number"] is None:
        return Expression(replace(point, unclear="how long before or after that is not told"))
    count = count_of(told["number"]) * (1 if told["order"].lower() in ("after", "following") else -1)
    if each.last or point.year is None or point.part:
        return Expression(
            replace(point, unclear="it is counted from a time that is no one date with its year")
        )
    return Expression(replace(point, count=count, unit=told["unit"].lower()))


def _joins(sentence: str, first: Point, last: Point) -> bool:
    """Whether two times are the ends of one span."""
    between = sentence[first.span.end : last.span.start]
    if first.unclear or last.unclear:
        return False
    led = sentence[: first.span.start].rstrip().lower()
    return re.fullmatch(TO, between) is not None or (between == " and " and led.endswith("between"))


def _shared(first: Point, last: Point) -> Point:
    """What the second of two times tells for both: the year, and the month where the first is a day alone."""
    if (
        first.year is None
        and not first.of
        and first.count is None
        and last.year is not None
        and (first.month or first.day)
    ):
        month = first.month or last.month
        year = last.year - 1 if month and last.month and month > last.month else last.year
        return replace(first, year=year, month=month)
    if first.month is None and first.day is not None and last.month is not None:
        return replace(first, month=last.month, of=first.of or last.of)
    if first.month is not None and first.year is None and not first.of and last.of:
        return replace(first, of=last.of)
    return first


def _carried(first: Point, last: Point) -> Point:
    """What the first of two times tells for the second: "in March 2016 and April"."""
    if (
        first.year is not None
        and last.year is None
        and last.month is not None
        and not last.of
        and last.month >= (first.month or 1)
    ):
        return replace(last, year=first.year)
    return last


def _points(sentence: str) -> list[Expression]:
    """The times of each shape, not yet joined."""
    told = list[Expression]()
    for found in POINT.finditer(sentence):
        last = told[-1].last or told[-1].first if told else None
        name = (found.lastgroup or "").replace("_", "-")
        span = Span(found.start(), found.end())
        words = found[0]
        before = sentence[: span.start]
        relation = RELATION.search(before)
        led = relation[1].lower() if relation else ""
        match name:
            case "ordinals" | "days-month" | "month-days":
                if name != "ordinals" or _is_day(before, sentence[span.end :]):
                    told += _days(words, span, led)
            case "years":
                if _is_year(before, words, sentence[span.end :]):
                    told.append(_years(words, Point(span, year=int(words[:4]), relation=led)))
            case "month" if not _is_month(before, last):
                continue
            case "month" if order := re.search(r"\b(last|next|this) $", before, re.IGNORECASE):
                told.append(Expression(replace(_point(name, words, span, led), of=f"{order[1].lower()} one")))
            case _:
                told.append(Expression(_point(name, words, span, led)))
    return told


def _is_day(before: str, after: str) -> bool:
    led = DAY_BEFORE.search(before)
    if led is None or NO_DAY.match(after):
        return False
    return led[0].lower().startswith("on ") or AFTER_DAY.match(after) is not None


def _is_month(before: str, last: Point | None) -> bool:
    """Whether a month's name alone is a time: after a preposition, or in a list of months."""
    if MONTH_BEFORE.search(before):
        return True
    joined = re.search(r"(?:, (?:and |or )?| and | or |\s?[-–]\s?)$", before)
    return joined is not None and last is not None and bool(last.month) and last.span.end == joined.start()


def _is_year(before: str, words: str, after: str) -> bool:
    if not YEAR_BEFORE.search(before):
        return False
    if not before:
        return after.startswith(",") or after.lstrip(" ")[:1].isupper()
    return COUNTED_THINGS.match(after) is None or before.lower().endswith(("in ", "since ", "during "))


def _years(words: str, point: Point) -> Expression:
    """One year, or two written as 1941-42."""
    later = int(words[:2] + words[-2:])
    if len(words) == 4 or point.year is None or later <= point.year:
        return Expression(point)
    start = point.span.start
    return Expression(
        replace(point, span=Span(start, start + 4)), Point(Span(start + 4, point.span.end), year=later)
    )


def _days(words: str, span: Span, led: str) -> Iterator[Expression]:
    """The days of a list or span of days in one month."""
    shared = _point("day-month", words, span, led)
    numbers = [
        (found.start(), found.end(), int(found[1]))
        for found in re.finditer(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", words)
    ]
    points = [
        replace(shared, day=day, span=Span(span.start + start, span.start + end))
        for start, end, day in numbers
    ]
    # The first and the last day have the words beside them, such as the month.
    points[0] = replace(points[0], span=Span(span.start, points[0].span.end))
    points[-1] = replace(points[-1], span=Span(points[-1].span.start, span.end))
    number = 0
    while number < len(points):
        between = words[numbers[number][1] : numbers[number + 1][0]] if number + 1 < len(points) else ""
        if between and re.fullmatch(TO, between):
            yield Expression(points[number], points[number + 1])
            number += 2
        else:
            yield Expression(points[number])
            number += 1


def _point(name: str, words: str, span: Span, led: str) -> Point:
    """What the words of one shape tell."""
    point = Point(span, relation=led)
    lower = words.lower()
    match name:
        case "iso":
            year, month, day = (int(part) for part in words.split("-"))
            return replace(point, year=year, month=month, day=day)
        case "slashes" | "two-slashes":
            return _slashes(point, words)
        case "decade":
            return replace(point, year=int(words[:4]), part="decade")
        case "weekday":
            order, named = lower.split()
            return replace(point, of=order, weekday=[each.lower() for each in WEEKDAYS].index(named))
        case "day-word" | "counted" | "stepped" | "this":
            return _distance(name, point, lower)
        case _:
            return _calendar(name, point, words)


def _distance(name: str, point: Point, lower: str) -> Point:
    """A time told by how far it is from another."""
    if name == "day-word":
        return replace(point, of="now", unit="day", count={"yesterday": -1, "tomorrow": 1}.get(lower, 0))
    if name == "counted":
        number, unit, order = lower.replace("half a year", "6 months").split(maxsplit=2)
        count = count_of(number) * (-1 if order in ("ago", "earlier", "before", "before that") else 1)
        return replace(point, of="now" if order == "ago" else "", unit=unit.rstrip("s"), count=count)
    if name == "this":
        order, unit = lower.split()[-2:]
        return replace(point, of="now", unit=unit, count={"last": -1, "next": 1}.get(order, 0))
    unit = next(unit for unit in ("day", "week", "month", "year") if unit in lower)
    ahead = "following" in lower or "next" in lower or lower.endswith("after")
    return replace(point, unit=unit, count=ahead - ("previous" in lower or lower.endswith("before")))


def _calendar(name: str, point: Point, words: str) -> Point:
    """A time told by year, month and day, or by some of them."""
    lower = words.lower()
    year = re.search(YEAR, words)
    month = re.search(MONTH, words)
    day = re.search(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", words)
    part = next((kind for kind, signs in PARTS.items() if re.match(rf"(?:the )?(?:{signs})", lower)), "")
    if name == "season":
        part = next(season for season in SEASONS if season in lower)
    if name == "fraction":
        order = ["first", "second", "third", "fourth"].index(lower.split()[0]) + 1
        part = f"{'half' if 'half' in lower else 'quarter'} {order}"
    return replace(
        point,
        year=int(year[0]) if year else None,
        month=SHORT_MONTHS[month[0][:3]] if month else None,
        day=int(day[1]) if day else None,
        part=part,
        of="" if year else _of(lower),
    )


def _of(lower: str) -> str:
    """Which year is meant by words such as `of the same year`."""
    told = re.search(r"\b(same|that|this|last|next|following|previous) year", lower)
    return {"that": "same"}.get(told[1], told[1]) if told else ""


def _slashes(point: Point, words: str) -> Point:
    """A date of numbers only; where day and month can be exchanged it tells nothing."""
    numbers = re.split(r"[/.]", words)
    if len(numbers[0]) == 4:
        return replace(point, year=int(numbers[0]), month=int(numbers[1]), day=int(numbers[2]))
    first, second = int(numbers[0]), int(numbers[1])
    year = int(numbers[2]) if len(numbers) == 3 and len(numbers[2]) == 4 else None
    if year is None:
        return replace(point, unclear=f"{words} tells no year, or one of two digits: write the date out")
    if first <= 12 and second <= 12 and first != second:
        return replace(point, unclear=f"in {words} day and month can be exchanged: write the month's name")
    day, month = (first, second) if second <= 12 else (second, first)
    return replace(point, year=year, month=month, day=day)
