"""Mends a text before it is read: the debris of machine translation, and what else would mislead a parser.

What is mended is changed by named rules (docs/repairs.md): those for dates are those of `comity.loaders.repairs`, so that what a
draft dossier calls repaired can be repaired again from its own words. Every change keeps what stood there, and every span of the mended
text leads back to a span of the original. Debris that no rule can read stays as it is and is listed.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from comity.loaders.reading.candidate import Span
from comity.loaders.reading.debris import (
    DAY,
    DEBRIS,
    MONTH,
    SUBJECT,
    YEAR,
    Change,
    Unread,
    debris_changes,
)
from comity.loaders.repairs import FULL_WIDTH, confidence


@dataclass(frozen=True, slots=True)
class Mend:
    """One change: where it was made in the original, where it stands in the mended text, and by which rules (joined by `+`).

    `confidence` is 1 where no word or number changed, only a space, a comma or a line's end.
    """

    span: Span
    mended: Span
    was: str
    now: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Mended:
    """A text ready to be parsed, the changes that made it so, and the debris that is left."""

    original: str
    text: str
    mends: tuple[Mend, ...] = ()
    unread: tuple[Unread, ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    @property
    def repairs(self) -> tuple[Mend, ...]:
        """The changes that repaired damage: what a person must see."""
        return tuple(mend for mend in self.mends if mend.confidence < 1)

    def original_span(self, span: Span) -> Span:
        """The words of the original that the words of the mended text stand for; of a change, always all that was changed."""
        start = self._outside(span.start, end=False)
        return Span(start, max(start, self._outside(span.end, end=True)) if span.end > span.start else start)

    def repairs_in(self, span: Span) -> tuple[Mend, ...]:
        """The repairs that made words within a span of the mended text."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        found = list[Mend]()
        for mend in self.mends[first:]:
            if mend.mended.start >= span.end:
                break
            if mend.mended.end > span.start and mend.confidence < 1:
                found.append(mend)
        return tuple(found)

    def _outside(self, place: int, *, end: bool) -> int:
        """A place in the mended text as a place in the original; one within a change goes to the change's own start or end."""
        number = bisect_right(self._starts, place - 1 if end else place) - 1
        if number < 0:
            return place
        mend = self.mends[number]
        if place < mend.mended.end or (end and place == mend.mended.end):
            return mend.span.end if end else mend.span.start
        return place + mend.span.end - mend.mended.end


_DATED_WORD = rf"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|of|to|early|late|mid|year|{MONTH}|{MONTH} {DAY},)"
_SPLIT_YEAR = re.compile(
    rf"\b(?:{_DATED_WORD} (?P<number>(?:20|1[89]) \d\d)|(?:{_DATED_WORD}|and|or) (?P<spaced>20\d \d|1[89]\d \d|2 0\d\d|1 [89]\d\d"
    r"|(?:2 0|1 [89]) \d ?\d|(?:20|1[89]) \d \d))(?![\d%-]| ?\d)",
    re.ASCII,
)
_SPLIT_DAY = re.compile(
    rf"\b(?:the|on|On|and|to|{MONTH}) (?P<number>[12] \d(?:st|nd|rd|th)|3 [01](?:st|th))\b|\b(?P<suffixed>(?:[123] )?\d{{1,2}} (?:st|nd|rd|th))\b",
    re.ASCII,
)
_SPLIT_NAME = re.compile(r"\b[A-Z]{1,3}- \d{1,3}\b(?!-)|\b[Mm]id- \d{4}\b")
_FULL_WIDTH = re.compile("[\uff10-\uff19]+")

# Where a sentence begins, a date without a comma before the subject leads parsers astray.
_LED_BY_DATE = re.compile(
    rf"(?:\A|(?<=[.!?][\"”)] )|(?<=[.!?] )|(?<=\n))(?:On|In|By|Since) (?:{DAY} {MONTH}(?: {YEAR})?|{MONTH} {DAY}(?:, {YEAR})?|{MONTH} {YEAR}|{YEAR})"
    rf"(?={SUBJECT})"
)
_TIGHT_DASH = re.compile(r"(?<=[A-Za-z\"”’)])(?:--|—)(?=[A-Za-z\"“‘(])")
_TIGHT_STOP = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z])|(?<=[a-z]{2}[.!?][\"”])(?=[A-Z][a-z])")
_NARROW, _WIDE = 50, 200
"""The widths, in characters, between which lines can be those of a printed page."""
_WRAP = re.compile(r"(?<=[a-z])-\r?\n(?=[a-z])|[ \t]*\r?\n[ \t]*(?=\S)")

TEXT_RULES = {
    "split-name": 0.98,
    "hyphenation": 1.0,
    "line-end": 1.0,
    "missing-space": 1.0,
    "leading-comma": 1.0,
    "spaced-dash": 1.0,
}
"""The rules for what is no date, beside those of `comity.loaders.repairs`, and how far each is trusted."""


def mend(text: str) -> Mended:
    """The text with its debris mended, made ready for a parser; a text without faults comes back as it is."""
    plain = text.translate(FULL_WIDTH)  # one for one, so that every place stays
    garbled = DEBRIS.search(plain) is not None
    unread = list[Unread]()
    taken = bytearray(len(text) + 1)
    chosen = list[Change]()
    finders: list[Callable[[], Iterable[Change]]] = [
        lambda: debris_changes(text, plain, unread) if garbled else (),
        lambda: _split(plain),
        lambda: _full_width(text),
        lambda: _line_ends(plain),
        lambda: _spacing(plain),
    ]
    for finder in finders:
        for change in finder():
            start, end = change[:2]
            if not any(taken[start : max(end, start + 1)]):
                taken[start:end] = b"\1" * (end - start)
                chosen.append(change)
    return _changed(text, sorted(chosen), unread)


def _changed(text: str, changes: list[Change], unread: list[Unread]) -> Mended:
    parts, mends = list[str](), list[Mend]()
    done = length = 0
    for start, end, now, rule in changes:
        trusted = TEXT_RULES[rule] if rule in TEXT_RULES else confidence(rule)
        kept = text[done:start]
        place = length + len(kept)
        parts += (kept, now)
        length, done = place + len(now), end
        mends.append(Mend(Span(start, end), Span(place, length), text[start:end], now, rule, trusted))
    parts.append(text[done:])
    return Mended(
        text, "".join(parts), tuple(mends), tuple(unread), tuple(mend.mended.start for mend in mends)
    )


def _split(plain: str) -> Iterator[Change]:
    """Numbers and designations that a space divides, where the words before them show that they are one."""
    for pattern in (_SPLIT_YEAR, _SPLIT_DAY):
        for found in pattern.finditer(plain):
            group = str(found.lastgroup)
            now = found[group].replace(" ", "")
            yield found.start(group), found.end(group), now, "split-digits"
    for found in _SPLIT_NAME.finditer(plain):
        yield found.start(), found.end(), found[0].replace(" ", ""), "split-name"


def _full_width(text: str) -> Iterator[Change]:
    for found in _FULL_WIDTH.finditer(text):
        yield found.start(), found.end(), found[0].translate(FULL_WIDTH), "full-width"


def _line_ends(plain: str) -> Iterator[Change]:
    """Lines of a fixed width, as PDF files have them, become paragraphs."""
    if not _is_wrapped(plain):
        return
    width = _width(plain)
    for found in _WRAP.finditer(plain):
        if found[0].startswith("-"):
            yield found.start(), found.end(), "", "hyphenation"
        elif "\n" not in plain[found.end() : found.end() + 1] and (
            found.start() - plain.rfind("\n", 0, found.start()) > 0.6 * width
            and not plain[found.start() - 1 : found.start()].isspace()
        ):
            yield found.start(), found.end(), " ", "line-end"


def _width(plain: str) -> int:
    return max(len(line) for line in plain.splitlines() if line.strip()) if plain.strip() else 0


def _is_wrapped(plain: str) -> bool:
    """Whether lines end because they are full: none is long, and most of those that others follow end within a sentence."""
    lines = [line.rstrip() for line in plain.splitlines()]
    full = [line for line, after in itertools.pairwise(lines) if line and after]
    if len(full) < 3 or not _NARROW <= _width(plain) <= _WIDE:
        return False
    return sum(not line.endswith((".", "!", "?", '."', ".”", ":")) for line in full) > 0.5 * len(full)


def _spacing(plain: str) -> Iterator[Change]:
    for found in _LED_BY_DATE.finditer(plain):
        yield found.end(), found.end(), ",", "leading-comma"
    for found in _TIGHT_DASH.finditer(plain):
        yield found.start(), found.end(), " — ", "spaced-dash"
    for found in _TIGHT_STOP.finditer(plain):
        yield found.start(), found.end(), " ", "missing-space"
