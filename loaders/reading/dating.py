"""Reads the dates that the sentences of a text tell, each with its ground, and infers the document's own where it is not given."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.loaders.parts import MONTHS, Parts, Refused
from comity.loaders.reading.candidate import Sentence, Span
from comity.loaders.reading.debris import debris_runs
from comity.loaders.reading.expressions import Expression, Point, expressions
from comity.loaders.reading.mending import Mended
from comity.loaders.reading.naming import Form, bundled
from comity.loaders.reading.settling import FUTURE, Anchor, Context, Settled, settle
from comity.loaders.repairs import FROM_ELSEWHERE, GAP, RULES, confidence, repair


@dataclass(frozen=True, slots=True)
class Dated:
    """A time that a sentence tells, as EDTF.

    `span` are its words in the sentence, without the preposition. `ground` says how the date was come by. `relation` is the
    preposition where the time is an end only: since, from, until, till, by, before, after, as of. Where the words were repaired, `was` are
    those that stood there (after an earlier date and `…` where that was needed) and `rule` the rules that make the date of them
    (`comity.loaders.repairs.repair`); where more was needed than rules, the rules only mend the words. `anchor` is what later
    dates can be told from.
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


WasThere = Callable[[Span], tuple[str, str]]
"""For a span of the sentence: the words that stood there in the original, and the rules that mended them (empty: none)."""

_NEW_YEAR = re.compile(r"\bnew year\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:(?P<place>(?!Published|Updated|Posted|Date)[A-Z][A-Za-z .'’-]{1,40})(?:, [A-Z][A-Za-z. ]{1,20})?[,–—:-] ?)?(?P<lead>(?:[Pp]ublished|[Uu]pdated|[Pp]osted|[Dd]ate|[Dd]ated)(?: on)?:? ?)?(?P<date>[A-Za-z0-9 ,.-]{8,30}?)"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d.*)?"
)
_AGENCY = re.compile(
    r"(?P<place>[A-Z][A-Za-z .'’/-]{1,40})(?:, [A-Z][A-Za-z. ]{1,20})?, (?P<date>[A-Za-z0-9 ,.]{8,22}?)(?: \([A-Z][\w ]+\))? ?[–—-]{1,2} "
)
"""How a report begins: a place, the day, a dash."""


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
        if isinstance(one, Dated):
            context = context.after(one.anchor)
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
        for each in found:
            if isinstance(each, Dated):
                context = context.after(each.anchor)
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
                if not FUTURE.search(sentence.text):
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
        if not found.groupdict().get("lead") and not _is_place(found["place"]):
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


def _is_place(words: str | None) -> bool:
    """Whether what stands before the date of a dateline is a place, and no heading: capitals of three words at most, or a known name."""
    if words is None or (words.isupper() and len(words.split()) <= 3):
        return True
    whole = [each for each in bundled().mentions(words) if (each.start, each.end) == (0, len(words))]
    return any(each.form in (Form.NAME, Form.CAPITAL) for each in whole)


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


def _dated(expression: Expression, text: str, context: Context, was_there: WasThere) -> Dated | Undated:
    first = settle(expression.first, text, context)
    if isinstance(first, Refused):
        return Undated(expression.span, first.reason)
    if expression.last is None:
        return _with_repairs(expression.first, first, text, context, was_there)
    then = context.after(Anchor(first.anchor, "", year_told=first.year_told) if first.anchor else None)
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
        last = settle(last_point, text, then)
        if not isinstance(last, Refused) and first.anchor.mark:
            last = replace(last, edtf=last.edtf + first.anchor.mark)
    else:
        last = settle(last_point, text, then)
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


def _whole(settled: Settled, point: Point) -> str:
    """An end of a span of time: a third of a month or year is rounded to the whole, since EDTF has no interval between sets."""
    if settled.edtf.startswith("[") and settled.anchor:
        plain = replace(settled.anchor, day=None if point.part and point.month else settled.anchor.day).date()
        return plain if isinstance(plain, str) else settled.edtf
    return settled.edtf


def _with_repairs(point: Point, settled: Settled, text: str, context: Context, was_there: WasThere) -> Dated:
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
    ground = settled.ground
    if based and based.rule and not was:
        ground += f", which was repaired from {based.words!r} by {based.rule}"
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
        ground,
        round(trusted, 3),
        point.relation,
        was,
        rule if was else "",
        anchor,
    )


def _bounded(edtf: str) -> bool:
    try:
        When.parse(edtf)
    except DateError:
        return False
    return True
