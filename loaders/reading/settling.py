"""Settles the times that sentences tell: those stated, and those told from the document's date or from the date before.

Conventions, where English leaves open how far a word reaches: "early", "mid" and "late" are thirds (of a year: four months; of a month:
days 1–10, 11–20, from 21), written as one of a set of days (`[2015-01..2015-04]`); a time of weeks, or of years "ago", is about then
(`~`). A year that is nowhere told is inferred and marked `?`. What cannot be dated is given back with the reason.
"""

import calendar
import re
from dataclasses import dataclass, replace

from comity.loaders.parts import Parts, Refused
from comity.loaders.reading.expressions import Point
from comity.loaders.reading.shapes import SEASONS

FUTURE = re.compile(
    r"\b(?:will|shall|would|(?:is|are|was|were) (?:due |scheduled |expected |set |going )?to|plans? to|planned|scheduled|expected|upcoming|"
    r"intends? to|later this)\b",
    re.IGNORECASE,
)
_THIRDS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_OTHERS = {"half 1": (1, 6), "half 2": (7, 12)} | {f"quarter {n}": (3 * n - 2, 3 * n) for n in range(1, 5)}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date told before, from which others are told: its parts, its words as they stood, and the rules that repaired them.

    `year_told` is False where the text does not tell its year.
    """

    parts: Parts
    words: str
    rule: str = ""
    year_told: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence's dates can be told from.

    `document` is the document's date in EDTF (with `?` where it was inferred, empty where it is unknown); `last` is the last date that
    the text told, `near` the last one with a month in the same paragraph.
    """

    document: str = ""
    last: Anchor | None = None
    near: Anchor | None = None

    def next_paragraph(self) -> "Context":
        """The context of a new paragraph: a day alone is no longer one of the month told before."""
        return replace(self, near=None)

    def after(self, anchor: Anchor | None) -> "Context":
        """The context of what follows a date."""
        if anchor is None:
            return self
        return replace(
            self, last=anchor, near=anchor if anchor.parts.month or self.near is None else self.near
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """A point with all that was open in it settled."""

    edtf: str
    ground: str
    trusted: float
    anchor: Parts | None
    step: str = ""
    """The rule that took what was missing from an earlier date or from the document."""
    based: Anchor | None = None
    year_told: bool = True


def settle(point: Point, text: str, context: Context) -> Settled | Refused:
    """The date of a point told in a sentence (`text`), or why it has none."""
    if point.unclear:
        return Refused(point.unclear)
    if point.weekday is not None:
        return _weekday(point, text, context)
    if point.unit:
        return _counted(point, context)
    if point.year is not None:
        return _told(Parts(point.year, point.month, point.day), point, "stated")
    if point.month is not None:
        return _without_year(point, text, context)
    if point.day is not None:
        return _day_alone(point, text, context)
    return _of_text(point, context) if point.of == "same" else _of_document(point, context)


def _told(
    parts: Parts,
    point: Point,
    ground: str,
    trusted: float = 1.0,
    *,
    step: str = "",
    based: Anchor | None = None,
    year_told: bool = True,
) -> Settled | Refused:
    """A point whose year is known."""
    edtf = _edtf(parts, point.part)
    if isinstance(edtf, Refused):
        return edtf
    return Settled(edtf, ground, trusted, None if point.part == "decade" else parts, step, based, year_told)


def _edtf(parts: Parts, part: str) -> str | Refused:
    """EDTF of a date and the part of it that is meant."""
    plain = parts.date()
    if isinstance(plain, Refused) or not part or parts.year is None:
        return plain
    year = parts.year
    if part == "decade":
        return f"{year // 10}X"
    if part in SEASONS:
        return f"{year}{parts.mark}" if parts.mark else f"{year}-{SEASONS[part]}"
    if parts.mark:
        return plain  # EDTF cannot mark a set of days: the whole month or year is marked
    if parts.month:
        last = calendar.monthrange(year, parts.month)[1]
        low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}[part]
        return f"[{year}-{parts.month:02}-{low:02}..{year}-{parts.month:02}-{high:02}]"
    low, high = (_THIRDS_OF_YEAR | _OTHERS)[part]
    return f"[{year}-{low:02}..{year}-{high:02}]"


def _of_text(point: Point, context: Context) -> Settled | Refused:
    """The same year: that of the date told before."""
    last = context.last
    if last is None or last.parts.year is None:
        return Refused("it is told from an earlier date, and the text tells none with a year")
    parts = Parts(last.parts.year, mark=last.parts.mark)
    return _told(parts, point, f"from the date told before, {said(last.parts)}", 0.95, based=last)


def _of_document(point: Point, context: Context) -> Settled | Refused:
    """This, last or next year: from the document's date."""
    document = _document(context)
    if document.year is None:
        return Refused("it is told from the document's date, which is not known")
    year = document.year + {"last": -1, "next": 1}.get(point.of, 0)
    return _told(Parts(year, mark=document.mark), point, _by_document(context), 0.95)


def _without_year(point: Point, text: str, context: Context) -> Settled | Refused:
    """A month, with or without a day, whose year is told otherwise or not at all."""
    assert point.month is not None
    document = _document(context)
    if point.of in ("same", "following", "previous"):
        if context.last is None or context.last.parts.year is None:
            return Refused("its year is told from an earlier date, and the text tells none with a year")
        step = {"following": 1, "previous": -1}.get(point.of, 0)
        parts = Parts(context.last.parts.year + step, point.month, point.day, context.last.parts.mark)
        ground = f"{point.of} year, from the date told before, {said(context.last.parts)}"
        return _told(parts, point, ground, 0.95, step="same-year" if not step else "", based=context.last)
    if point.of and document.year is None:
        return Refused("its year is told from the document's date, which is not known")
    if document.year is not None and point.of in ("this", "last", "next", "this one"):
        year = document.year + {"last": -1, "next": 1}.get(point.of, 0)
        return _told(Parts(year, point.month, point.day, document.mark), point, _by_document(context), 0.95)
    return _inferred_year(point, text, context, document)


def _inferred_year(point: Point, text: str, context: Context, document: Parts) -> Settled | Refused:
    """The year that nothing states: by the date before it in the paragraph, by the document's, or by the last date of the text."""
    assert point.month is not None
    planned = FUTURE.search(text) is not None or point.of == "next one"
    near = context.near.parts if context.near and context.near.year_told else None
    if near and near.year and not point.of and not (planned and document.year):
        year = nearest(near.year, near.month or point.month, point.month)
        if (
            document.year
            and document.month
            and not planned
            and (year, point.month) > (document.year, document.month)
        ):
            year -= 1
        ground = f"year inferred as the nearest to the date told before, {said(near)}"
        same = year == near.year
        return _told(Parts(year, point.month, point.day, "?"), point, ground, 0.7 if same else 0.6)
    if document.year and document.month:
        later = point.month - document.month
        year = document.year + ((later < 0) if planned else -(later > 0))
        if point.of == "last one" and later == 0:
            year -= 1
        if later <= 0 and not planned:
            parts = Parts(year, point.month, point.day, document.mark)
            trusted = 0.7 if document.mark else 0.9
            return _told(
                parts, point, _by_document(context), trusted, step="year-from-publication", year_told=False
            )
        side = "to come" if planned else "past"
        ground = f"year inferred as the nearest {side}, {_by_document(context)}"
        return _told(Parts(year, point.month, point.day, "?"), point, ground, 0.7, year_told=False)
    if document.year:
        parts = Parts(document.year, point.month, point.day, "?")
        return _told(parts, point, f"year inferred, {_by_document(context)}", 0.6, year_told=False)
    last = context.last.parts if context.last else None
    if last and last.year:
        year = nearest(last.year, last.month or point.month, point.month)
        ground = f"year inferred as the nearest to the last date of the text, {said(last)}"
        return _told(Parts(year, point.month, point.day, "?"), point, ground, 0.5, year_told=False)
    return Refused("no year is told, neither here nor before, and the document's date is not known")


def _day_alone(point: Point, text: str, context: Context) -> Settled | Refused:
    """The 6th: of the month told before in the paragraph, else of the document's month."""
    near = context.near
    if near and near.parts.month:
        parts = Parts(near.parts.year, near.parts.month, point.day, near.parts.mark)
        ground = f"in the month told before, {said(near.parts)}"
        return _told(parts, point, ground, 0.9, step="same-month", based=near, year_told=near.year_told)
    document = _document(context)
    if document.year and document.month:
        parts = Parts(document.year, document.month, point.day, document.mark)
        if document.day and point.day and not FUTURE.search(text) and point.day > document.day:
            moved = parts.moved(-1, "month")
            parts = replace(moved, day=point.day) if not isinstance(moved, Refused) else parts
        ground = f"in the document's month, {_by_document(context)}"
        return _told(parts, point, ground, 0.8, year_told=False)
    last = context.last
    if last and last.parts.month:
        parts = Parts(last.parts.year, last.parts.month, point.day, "?")
        return _told(
            parts, point, f"in the month last told, in an earlier paragraph, {said(last.parts)}", 0.4
        )
    return Refused("a day alone, and no month is told before it nor known of the document")


def _counted(point: Point, context: Context) -> Settled | Refused:
    """So many days, weeks, months or years from the document or from the date told before."""
    count, unit = point.count or 0, point.unit
    if point.year is not None:
        base, based = Parts(point.year, point.month, point.day), None
        ground = f"counted from {said(base)}"
    elif point.of == "now":
        base, ground, based = _document(context), _by_document(context), None
        if base.year is None:
            return Refused("it is told from the document's date, which is not known")
    elif context.last:
        base, based = context.last.parts, context.last
        ground = f"counted from the date told before, {said(base)}"
    else:
        return Refused("it is told from an earlier date, and the text tells none")
    if unit == "week" and base.day and (not count or (point.of == "now" and abs(count) == 1)):
        return _week(base, count, ground)
    moved = base.moved(count, unit)
    if isinstance(moved, Refused):
        return Refused(f"{moved.reason}: the date it is told from is not exact enough")
    if point.of == "now" and unit == "year" and abs(count) > 1 and not moved.mark:
        moved = replace(moved, mark="~")
    edtf = moved.date()
    if isinstance(edtf, Refused):
        return edtf
    # "25 years ago" is an aside: what follows is not told from it.
    aside = point.of == "now" and abs(count) > 1
    return Settled(edtf, ground, 0.9, None if aside else moved, "counted" if based and count else "", based)


def _week(base: Parts, count: int, ground: str) -> Settled | Refused:
    """Some day from Monday to Sunday of the week of a day, or of one before or after it."""
    monday = base.moved(7 * count - _day_of_week(base), "day")
    sunday = monday if isinstance(monday, Refused) else monday.moved(6, "day")
    if isinstance(monday, Refused) or isinstance(sunday, Refused):
        return Refused("the week is not in the calendar")
    return Settled(
        f"[{replace(monday, mark='').date()}..{replace(sunday, mark='').date()}]", ground, 0.9, None
    )


def _weekday(point: Point, text: str, context: Context) -> Settled | Refused:
    document = _document(context)
    if document.day is None or point.weekday is None:
        return Refused("a day of the week, and the document's own day is not known")
    ahead = (point.weekday - _day_of_week(document)) % 7
    if point.of == "next":
        days = ahead or 7
    elif point.of == "last":
        days = ahead - 7
    elif FUTURE.search(text) or point.of == "this":
        days = ahead
    else:
        days = ahead - 7 if ahead else 0
    parts = document.moved(days, "day")
    if isinstance(parts, Refused):
        return parts
    return _told(parts, replace(point, weekday=None), _by_document(context), 0.85)


def _day_of_week(parts: Parts) -> int:
    assert parts.year and parts.month and parts.day
    return calendar.weekday(parts.year, parts.month, parts.day)


def _document(context: Context) -> Parts:
    """What is known of the document's date."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![/\d])", context.document)
    if not found or "/" in context.document:
        return Parts()
    year, month, day = (int(part) if part else None for part in found.groups())
    parts = Parts(year, month, day, "?" if "?" in context.document else "")
    return Parts() if isinstance(parts.date(), Refused) else parts


def _by_document(context: Context) -> str:
    return f"by the document's date, {context.document}"


def said(parts: Parts) -> str:
    """The date for people: EDTF, or its words where the year is not known."""
    date = parts.date()
    return date if isinstance(date, str) else parts.words()


def nearest(year: int, month: int, other: int) -> int:
    """The year in which the other month lies nearest to a month of a year; of two as near the later, since texts tell on."""
    return min((year, year + 1, year - 1), key=lambda each: (abs((each - year) * 12 + other - month), -each))
