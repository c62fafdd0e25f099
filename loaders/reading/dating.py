"""Dates for the times that sentences tell: absolute, from the document's date, or from the date told before.

Conventions, where English leaves open how far a word reaches: "early", "mid" and "late" are thirds (of a year: four months; of a month:
days 1–10, 11–20, from 21), written as one of a set of days (`[2015-01..2015-04]`); a time of weeks, or of years "ago", is about then
(`~`). A year that is nowhere told is inferred and marked `?`. What cannot be dated is given back with the reason.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.loaders.reading.candidate import Sentence, Span
from comity.loaders.reading.expressions import SEASONS, Expression, Point, expressions
from comity.loaders.reading.mending import Mended, debris_runs
from comity.loaders.repairs import FROM_ELSEWHERE, GAP, MONTHS, RULES, Parts, Refused, confidence, repair


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
class Dated:
    """A time that a sentence tells, as EDTF.

    `span` are its words in the sentence, without the preposition. `ground` says how the date was come by. `relation` is the
    preposition where the time is an end only: since, from, until, till, by, before, after, as of. Where the words were repaired, `was` are
    those that stood there (after an earlier date and `…` where that was needed) and `rule` the rules that make the date of them
    (`comity.loaders.repairs.repair`); of a span of time, or where more was needed than rules, the rules only mend the words. `anchor` is what later dates can be told from.
    """

    span: Span
    edtf: str
    ground: str
    confidence: float
    relation: str = ""
    was: str = ""
    rule: str = ""
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Undated:
    """Words that look like a date, and why none was read."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence's dates can be told from.

    `document` is the document's date in EDTF (with `?` where it was inferred, empty where it is unknown); `last` is the last date that
    the text told, `near` the last one with a month in the same paragraph.
    """

    document: str = ""
    last: Anchor | None = None
    near: Anchor | None = None

    def after(self, found: Iterable["Dated | Undated"]) -> "Context":
        """The context of what follows these dates."""
        context = self
        for each in found:
            if isinstance(each, Dated) and each.anchor:
                context = context._told(each.anchor)
        return context

    def next_paragraph(self) -> "Context":
        """The context of a new paragraph: a day alone is no longer one of the month told before."""
        return replace(self, near=None)

    def _told(self, anchor: Anchor) -> "Context":
        return replace(
            self, last=anchor, near=anchor if anchor.parts.month or self.near is None else self.near
        )


WasThere = Callable[[Span], tuple[str, str]]
"""For a span of the sentence: the words that stood there in the original, and the rules that mended them (empty: none)."""

_FUTURE = re.compile(
    r"\b(?:will|shall|would|(?:is|are|was|were) (?:due |scheduled |expected |set |going )?to|plans? to|planned|scheduled|expected|upcoming|"
    r"intends? to|later this)\b",
    re.IGNORECASE,
)
_NEW_YEAR = re.compile(r"\bnew year\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:[A-Z][A-Za-z .,'’-]{0,60}[,–—:-] ?)?(?:(?:[Pp]ublished|[Uu]pdated|[Pp]osted|[Dd]ate|[Dd]ated)(?: on)?:? ?)?(?P<date>[A-Za-z0-9 ,.-]{8,30}?)"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d.*)?"
)
_AGENCY = re.compile(
    r"[A-Z][A-Za-z .'’/-]{1,40}(?:, [A-Z][A-Za-z. ]{1,20})?, (?P<date>[A-Za-z0-9 ,.]{8,22}?)(?: \([A-Z][\w ]+\))? ?[–—-]{1,2} "
)
"""How a report begins: a place, the day, a dash."""
_THIRDS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_OTHERS = {"half 1": (1, 6), "half 2": (7, 12)} | {f"quarter {n}": (3 * n - 2, 3 * n) for n in range(1, 5)}


def dates(text: str, context: Context, was_there: WasThere = lambda span: ("", "")) -> list[Dated | Undated]:
    """The times told in one sentence of the mended text, in their order."""
    found = list[Dated | Undated]()
    debris = debris_runs(text)
    for expression in expressions(text):
        span = expression.span
        if any(run.start <= span.end + 2 and span.start <= run.end + 2 for run in debris):
            found.append(Undated(span, "the words stand in debris that no rule reads"))
            continue
        one = _dated(expression, text, context, was_there)
        found.append(one)
        context = context.after([one])
    return found


def read_dates(
    mended: Mended, sentences: Sequence[Sentence], document: str = ""
) -> list[list[Dated | Undated]]:
    """The times told in each sentence of a text, each with what the sentences before it told."""
    context = Context(document)
    read = list[list[Dated | Undated]]()
    before = 0
    for sentence in sentences:
        if "\n" in mended.text[before : sentence.span.start]:
            context = context.next_paragraph()
        before = sentence.span.end

        def was_there(span: Span, start: int = sentence.span.start) -> tuple[str, str]:
            return _was(mended, Span(start + span.start, start + span.end))

        found = dates(sentence.text, context, was_there)
        context = context.after(found)
        read.append(found)
    return read


def document_date(mended: Mended, sentences: Sequence[Sentence]) -> Dated | None:
    """The document's date as its text tells it: on a line of its own, or inferred (`?`) from months that are told without a year.

    Reports of the day tell the month and leave the year to the reader. So where the first date of a text is a month without a year,
    that month is the document's: the first such month that is not before the latest date told with its year, or that is in the year
    after it where the text speaks of a new year. None where nothing tells.
    """
    told = _dateline(mended.text)
    if told:
        return told
    latest: tuple[int, int] | None = None
    first: Dated | None = None
    for sentence in sentences:
        for expression in expressions(sentence.text):
            point = expression.first
            if point.unclear or point.count is not None or point.part == "decade":
                continue
            if point.year:
                if first is None:
                    return None
                if not _FUTURE.search(sentence.text):
                    latest = max(latest or (0, 0), (point.year, point.month or 0))
            elif point.month and not point.of and first is None:
                start = sentence.span.start
                span = Span(start + point.span.start, start + point.span.end)
                first = Dated(span, f"{point.month:02}", "", 0.6)
    if first is None or latest is None:
        return None
    month = int(first.edtf)
    new_year = _NEW_YEAR.search(mended.text) is not None
    year = latest[0] + (month < latest[1] or new_year)
    stated = f"{latest[0]}-{latest[1]:02}" if latest[1] else str(latest[0])
    ground = f"inferred: {MONTHS[month - 1]} is told without a year, and the latest date with one is {stated}"
    return replace(first, edtf=f"{year}-{month:02}?", ground=ground + ", before a new year" * new_year)


def _dateline(text: str) -> Dated | None:
    """A date that stands on a line by itself at the head or the foot of the text, or before the first words of a report."""
    lines = [(found.start(), found[0]) for found in re.finditer(r"[^\r\n]+", text[:4000])][:10]
    tail = max(0, len(text) - 2000)
    lines += [(tail + found.start(), found[0]) for found in re.finditer(r"[^\r\n]+", text[tail:])][-3:]
    for place, line in lines:
        found = _DATELINE.fullmatch(line.strip()) or _AGENCY.match(line)
        if not found:
            continue
        points = expressions(found["date"])
        whole = len(points) == 1 and points[0].last is None and points[0].span == Span(0, len(found["date"]))
        point = points[0].first if whole else None
        if point and point.year and point.month and point.day and not point.unclear:
            when = Parts(point.year, point.month, point.day).date()
            if isinstance(when, str):
                start = place + line.index(found["date"])
                return Dated(
                    Span(start, start + len(found["date"])),
                    when,
                    "stated at the head or foot of the text",
                    0.9,
                )
    return None


def _was(mended: Mended, span: Span) -> tuple[str, str]:
    """The original words behind a span of the mended text, and the rules that mended them."""
    repairs = [
        each for each in mended.repairs_in(span) if all(name in RULES for name in each.rule.split("+"))
    ]
    if not repairs:
        return "", ""
    original = mended.original_span(span)
    names = {name for each in repairs for name in each.rule.split("+")}
    return mended.original[original.start : original.end], "+".join(name for name in RULES if name in names)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A point with all that was open in it settled."""

    edtf: str
    ground: str
    trusted: float
    anchor: Parts | None
    step: str = ""
    """The rule that took what was missing from an earlier date or from the document."""
    based: Anchor | None = None
    year_told: bool = True


def _dated(expression: Expression, text: str, context: Context, was_there: WasThere) -> Dated | Undated:
    first = _settle(expression.first, text, context)
    if isinstance(first, Refused):
        return Undated(expression.span, first.reason)
    if expression.last is None:
        return _with_repairs(expression.first, first, text, context, was_there)
    then = context._told(Anchor(first.anchor, "", year_told=first.year_told)) if first.anchor else context
    last_point = expression.last
    if (
        first.anchor
        and last_point.year is None
        and not last_point.of
        and last_point.month
        and first.anchor.year
    ):
        earlier = first.anchor.month is not None and last_point.month < first.anchor.month
        last_point = replace(last_point, year=first.anchor.year + earlier)
        last = _settle(last_point, text, then)
        if not isinstance(last, Refused) and first.anchor.mark:
            last = replace(last, edtf=last.edtf + first.anchor.mark)
    else:
        last = _settle(last_point, text, then)
    if isinstance(last, Refused):
        return Undated(expression.span, last.reason)
    begin, end = _whole(first, expression.first), _whole(last, expression.last)
    edtf = f"{begin}/{end}"
    if not _bounded(edtf):
        return Undated(
            expression.span, f"{edtf} is no span of time: it ends before it begins, or an end is no date"
        )
    was, rule = was_there(expression.span)
    trusted = min(first.trusted, last.trusted) * confidence(rule)
    words = was or text[expression.span.start : expression.span.end]
    told = first.year_told and last.year_told
    anchor = Anchor(last.anchor, words, rule, told) if last.anchor else None
    return Dated(expression.span, edtf, first.ground, round(trusted, 3), "", was, rule, anchor)


def _whole(settled: _Settled, point: Point) -> str:
    """An end of a span of time: a third of a month or year is rounded to the whole, since EDTF has no interval between sets."""
    if settled.edtf.startswith("[") and settled.anchor:
        plain = replace(settled.anchor, day=None if point.part and point.month else settled.anchor.day).date()
        return plain if isinstance(plain, str) else settled.edtf
    return settled.edtf


def _with_repairs(point: Point, settled: _Settled, text: str, context: Context, was_there: WasThere) -> Dated:
    """The date with the words as they stood and the rules, where it rests on repaired words."""
    was, mended_by = was_there(point.span)
    words = was or text[point.span.start : point.span.end]
    based = settled.based
    rule = mended_by
    if was or (based and based.rule):
        told = f"{based.words} {GAP} {words}" if based else words
        names = {*mended_by.split("+"), *(based.rule.split("+") if based else ()), settled.step}
        chain = "+".join(name for name in RULES if name in names)
        if repair(told, chain, context.document) == settled.edtf:
            was, rule = told, chain
    mended = {*mended_by.split("+"), *(based.rule.split("+") if based else ())} - FROM_ELSEWHERE
    trusted = settled.trusted * confidence("+".join(sorted(mended)))
    anchor = None
    if settled.anchor:
        # What is told from an earlier date leads back to that date's words, and so does what is told from it in turn.
        source = based if based and based.rule else Anchor(settled.anchor, words, rule)
        anchor = Anchor(settled.anchor, source.words, source.rule, settled.year_told)
    return Dated(
        point.span,
        settled.edtf,
        settled.ground,
        round(trusted, 3),
        point.relation,
        was,
        rule if was else "",
        anchor,
    )


def _settle(point: Point, text: str, context: Context) -> _Settled | Refused:
    if point.unclear:
        return Refused(point.unclear)
    if point.weekday is not None:
        return _weekday(point, text, context)
    if point.unit:
        return _counted(point, context)
    if point.year is not None:
        return _told(Parts(point.year, point.month, point.day), point, "stated")
    if point.of == "same" and not point.month and not point.day:
        return _of_text(point, context)
    if point.month is not None:
        return _without_year(point, text, context)
    if point.day is not None:
        return _day_alone(point, text, context)
    return (
        _of_text(point, context)
        if point.of in ("same", "following", "previous")
        else _of_document(point, context)
    )


def _told(
    parts: Parts, point: Point, ground: str, trusted: float = 1.0, **more: object
) -> _Settled | Refused:
    """A point whose year is known."""
    edtf = _edtf(parts, point.part)
    if isinstance(edtf, Refused):
        return edtf
    return _Settled(edtf, ground, trusted, None if point.part == "decade" else parts, **more)  # type: ignore[arg-type]


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


def _of_text(point: Point, context: Context) -> _Settled | Refused:
    """That year, the same year, the following year: from the date told before."""
    if context.last is None or context.last.parts.year is None:
        return Refused("it is told from an earlier date, and the text tells none with a year")
    parts = context.last.parts
    year = parts.year + {"following": 1, "previous": -1}.get(point.of, 0)  # type: ignore[operator]
    return _told(
        Parts(year, mark=parts.mark),
        point,
        f"from the date told before, {_said(parts)}",
        0.95,
        based=context.last,
    )


def _of_document(point: Point, context: Context) -> _Settled | Refused:
    """This, last or next year: from the document's date."""
    document = _document(context)
    if document.year is None:
        return Refused("it is told from the document's date, which is not known")
    year = document.year + {"last": -1, "next": 1}.get(point.of, 0)
    return _told(Parts(year, mark=document.mark), point, _by_document(context), 0.95)


def _without_year(point: Point, text: str, context: Context) -> _Settled | Refused:
    """A month, with or without a day, whose year is told otherwise or not at all."""
    assert point.month is not None
    document = _document(context)
    if point.of in ("same", "following", "previous"):
        if context.last is None or context.last.parts.year is None:
            return Refused("its year is told from an earlier date, and the text tells none with a year")
        step = {"following": 1, "previous": -1}.get(point.of, 0)
        parts = Parts(context.last.parts.year + step, point.month, point.day, context.last.parts.mark)
        ground = f"{point.of} year, from the date told before, {_said(context.last.parts)}"
        return _told(parts, point, ground, 0.95, step="same-year" if not step else "", based=context.last)
    if point.of and document.year is None:
        return Refused("its year is told from the document's date, which is not known")
    if document.year is not None and point.of in ("this", "last", "next"):
        year = document.year + {"last": -1, "next": 1}.get(point.of, 0)
        return _told(Parts(year, point.month, point.day, document.mark), point, _by_document(context), 0.95)
    return _inferred_year(point, text, context, document)


def _inferred_year(point: Point, text: str, context: Context, document: Parts) -> _Settled | Refused:
    """The year that nothing states: by the date before it in the paragraph, by the document's, or by the last date of the text."""
    assert point.month is not None
    planned = _FUTURE.search(text) is not None or point.of == "next one"
    near = context.near.parts if context.near and context.near.year_told else None
    if near and near.year and not point.of and not (planned and document.year):
        year = _nearest(near.year, near.month or point.month, point.month)
        if (
            document.year
            and document.month
            and not planned
            and (year, point.month) > (document.year, document.month)
        ):
            year -= 1
        ground = f"year inferred as the nearest to the date told before, {_said(near)}"
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
        year = _nearest(last.year, last.month or point.month, point.month)
        ground = f"year inferred as the nearest to the last date of the text, {_said(last)}"
        return _told(Parts(year, point.month, point.day, "?"), point, ground, 0.5, year_told=False)
    return Refused("no year is told, neither here nor before, and the document's date is not known")


def _day_alone(point: Point, text: str, context: Context) -> _Settled | Refused:
    """The 6th: of the month told before in the paragraph, else of the document's month."""
    near = context.near
    if near and near.parts.month:
        parts = Parts(near.parts.year, near.parts.month, point.day, near.parts.mark)
        ground = f"in the month told before, {_said(near.parts)}"
        return _told(parts, point, ground, 0.9, step="same-month", based=near, year_told=near.year_told)
    document = _document(context)
    if document.year and document.month:
        parts = Parts(document.year, document.month, point.day, document.mark)
        if document.day and point.day and not _FUTURE.search(text) and point.day > document.day:
            moved = parts.moved(-1, "month")
            parts = replace(moved, day=point.day) if not isinstance(moved, Refused) else parts
        ground = f"in the document's month, {_by_document(context)}"
        return _told(parts, point, ground, 0.8, year_told=False)
    last = context.last
    if last and last.parts.month:
        parts = Parts(last.parts.year, last.parts.month, point.day, "?")
        return _told(
            parts, point, f"in the month last told, in an earlier paragraph, {_said(last.parts)}", 0.4
        )
    return Refused("a day alone, and no month is told before it nor known of the document")


def _counted(point: Point, context: Context) -> _Settled | Refused:
    """So many days, weeks, months or years from the document or from the date told before."""
    count, unit = point.count or 0, point.unit
    if point.of == "now":
        base, ground, based = _document(context), _by_document(context), None
        if base.year is None:
            return Refused("it is told from the document's date, which is not known")
    elif context.last:
        base, based = context.last.parts, context.last
        ground = f"counted from the date told before, {_said(base)}"
    else:
        return Refused("it is told from an earlier date, and the text tells none")
    if unit == "week" and base.day and abs(count) <= 1 and base.year and base.month:
        try:
            monday = date(base.year, base.month, base.day) - timedelta(
                days=date(base.year, base.month, base.day).weekday()
            )
            monday += timedelta(weeks=count)
        except (ValueError, OverflowError):
            return Refused("the week is not in the calendar")
        if point.of == "now" or not count:
            return _Settled(f"[{monday}..{monday + timedelta(days=6)}]", ground, 0.9, None)
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
    return _Settled(edtf, ground, 0.9, None if aside else moved, "counted" if based and count else "", based)


def _weekday(point: Point, text: str, context: Context) -> _Settled | Refused:
    document = _document(context)
    if not (document.year and document.month and document.day):
        return Refused("a day of the week, and the document's own day is not known")
    assert point.weekday is not None
    today = date(document.year, document.month, document.day)
    ahead = (point.weekday - today.weekday()) % 7
    if point.of == "next":
        day = today + timedelta(days=ahead or 7)
    elif point.of == "last":
        day = today - timedelta(days=(7 - ahead) if ahead else 7)
    elif _FUTURE.search(text) or point.of == "this":
        day = today + timedelta(days=ahead)
    else:
        day = today - timedelta(days=(7 - ahead) % 7)
    parts = Parts(day.year, day.month, day.day, document.mark)
    return _told(parts, replace(point, weekday=None), _by_document(context), 0.85)


def _document(context: Context) -> Parts:
    """What is known of the document's date."""
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![/\d])", context.document)
    if not found or "/" in context.document or (found[2] and int(found[2]) > 12):
        return Parts()
    year, month, day = (int(part) if part else None for part in found.groups())
    return Parts(year, month, day, "?" if "?" in context.document else "")


def _by_document(context: Context) -> str:
    return f"by the document's date, {context.document}"


def _said(parts: Parts) -> str:
    said = parts.date()
    return said if isinstance(said, str) else parts.words()


def _nearest(year: int, month: int, other: int) -> int:
    """The year in which the other month lies nearest to a month of a year; of two as near the later, since texts tell on."""
    return min((year, year + 1, year - 1), key=lambda each: (abs((each - year) * 12 + other - month), -each))


def _bounded(edtf: str) -> bool:
    try:
        When.parse(edtf)
    except DateError:
        return False
    return True
