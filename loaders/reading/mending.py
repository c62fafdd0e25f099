"""Mends a text before it is read: the debris of machine translation, and what else would mislead a parser.

What is mended is changed by named rules (docs/repairs.md): those for dates are those of `comity.loaders.repairs`, so that what a
draft dossier calls repaired can be repaired again from its own words. Every change keeps what stood there, and every span of the mended
text leads back to a span of the original. Debris that no rule can read stays as it is and is listed.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from comity.loaders.reading.candidate import Span
from comity.loaders.repairs import FULL_WIDTH, MONTHS, Refused, clear, confidence, read_parts


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
class Unread:
    """Debris that no rule could read: it stays in the text as it is. `span` is in the original."""

    span: Span
    words: str
    reason: str


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


_MONTH = rf"(?:{'|'.join(MONTHS)})(?![a-z])"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_BEFORE = r"(?:(?:On|In|on|in) )?"

DEBRIS = re.compile(r"5438(?:\+|/)|654381(?=[A-Z])|/KLOC-0|June,? 5438", re.IGNORECASE)
"""What is left of a digit 1 in text from some machine translators: `65438+0`, `65438/KLOC-0`, `/KLOC-0`, also `June 5438+`."""

_PIECE = re.compile(
    rf"(?:On|In|on|in)(?=\s*(?:{_MONTH}|\d))|June,? 5438 (?:and|to) (?=[A-Z])|{_MONTH}"
    r"|(?:\d|\+ ?(?=\d)|\+|/(?i:KLOC)-0/?)+(?:st|nd|rd|th)?(?![a-z])",
)
_BETWEEN = re.compile(r" (?:to|and) (?=\d{1,2}(?:st|nd|rd|th))|[ ,]{0,3}")
_REACH = 48
"""Characters looked at before debris, and …"""
_MOST_PIECES = 8
"""… pieces taken together: a date is no longer."""

# A cleared date must have one of these shapes: "October 2016, 24 ships" is no date with a day.
_SHAPE = re.compile(
    rf"{_BEFORE}(?:{_MONTH},? {_YEAR}|{_MONTH} {_DAY}(?:,? {_YEAR})?|{_DAY}(?: (?:to|and) {_DAY})? {_MONTH}(?:,? {_YEAR})?|{_YEAR})",
    re.ASCII,
)
_YEAR_FIRST = re.compile(
    rf"{_BEFORE}{_YEAR}-\d\d(?: {_BEFORE}{_DAY})?|{_BEFORE}{_YEAR},? ?{_BEFORE}(?:{_MONTH}(?: {_DAY})?|{_DAY} {_MONTH})",
    re.ASCII,
)
_LEAD = re.compile(r"(?:On|In|\bon|\bin)\b")

_DATED_WORD = rf"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter|[Dd]uring|of|to|early|late|mid|year|{_MONTH}|{_MONTH} {_DAY},)"
_SPLIT_YEAR = re.compile(
    rf"\b(?:{_DATED_WORD} (?P<number>(?:20|1[89]) \d\d)|(?:{_DATED_WORD}|and|or) (?P<spaced>20\d \d|1[89]\d \d|2 0\d\d|1 [89]\d\d"
    r"|(?:2 0|1 [89]) \d ?\d|(?:20|1[89]) \d \d))(?![\d%-]| ?\d)",
    re.ASCII,
)
_SPLIT_DAY = re.compile(
    rf"\b(?:the|on|On|and|to|{_MONTH}) (?P<number>[12] \d(?:st|nd|rd|th)|3 [01](?:st|th))\b|\b(?P<suffixed>(?:[123] )?\d{{1,2}} (?:st|nd|rd|th))\b",
    re.ASCII,
)
_SPLIT_NAME = re.compile(r"\b[A-Z]{1,3}- \d{1,3}\b(?!-)|\b[Mm]id- \d{4}\b")
_FULL_WIDTH = re.compile("[\uff10-\uff19]+")

_STARTS = re.compile(r"(?:^|[.!?\n\"”]) ?$")
_SUBJECT = r" (?:[A-Z]|(?:the|both|he|she|they)\b)"
_GOES_ON = re.compile(_SUBJECT)
_TIGHT_END = re.compile(r"[A-Za-z\"”)][.!?]$")
# Where a sentence begins, a date without a comma before the subject leads parsers astray.
_LED_BY_DATE = re.compile(
    rf"(?:\A|(?<=[.!?][\"”)] )|(?<=[.!?] )|(?<=\n))(?:On|In|By|Since) (?:{_DAY} {_MONTH}(?: {_YEAR})?|{_MONTH} {_DAY}(?:, {_YEAR})?|{_MONTH} {_YEAR}|{_YEAR})"
    rf"(?={_SUBJECT})"
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

Change = tuple[int, int, str, str]
"""Start and end in the original, what is put there, and the rules."""


def mend(text: str) -> Mended:
    """The text with its debris mended, made ready for a parser; a text without faults comes back as it is."""
    plain = text.translate(FULL_WIDTH)  # one for one, so that every place stays
    garbled = DEBRIS.search(plain) is not None
    unread = list[Unread]()
    taken = bytearray(len(text) + 1)
    chosen = list[Change]()
    finders: list[Callable[[], Iterable[Change]]] = [
        lambda: _debris(text, plain, unread) if garbled else (),
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


def debris_runs(text: str) -> list[Span]:
    """Each stretch of numbers, months and debris that holds debris: what no date may be read from."""
    return [Span(pieces[0].start(), pieces[-1].end()) for pieces in _runs(text)]


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


def _runs(plain: str) -> Iterator[list[re.Match[str]]]:
    """The pieces of a date (numbers, months, On, In) that stand together around each piece of debris, or the debris alone."""
    done = 0
    for found in DEBRIS.finditer(plain):
        if found.start() < done:
            continue
        first = max(done, found.start() - _REACH)
        first = max(first, plain.rfind("\n", first, found.start()) + 1)
        while 0 < first < found.start() and plain[first - 1].isalnum():
            first += 1
        run = list[re.Match[str]]()
        for piece in _PIECE.finditer(plain, first):
            between = _BETWEEN.match(plain, run[-1].end()) if run else None
            if run and not (between and between.end() == piece.start()):
                if run[-1].end() > found.start():
                    break
                run = []
            if (not run and piece.start() > found.start()) or len(run) == _MOST_PIECES:
                break
            run.append(piece)
        if not run or run[-1].end() <= found.start():
            run = [found]
        done = run[-1].end()
        yield run


def _debris(text: str, plain: str, unread: list[Unread]) -> Iterator[Change]:
    """Dates and numbers with debris in them; the debris that is left goes to `unread`, with all that stands beside it."""
    for pieces in _runs(plain):
        changes = list(_within(text, plain, pieces))
        yield from changes
        start, end = pieces[0].start(), pieces[-1].end()
        left = (found.start() for found in DEBRIS.finditer(plain, start, end + 1))
        if any(not any(change[0] <= place < change[1] for change in changes) for place in left):
            unread.append(Unread(Span(start, end), text[start:end], "no rule reads this debris"))


def _within(text: str, plain: str, pieces: list[re.Match[str]]) -> Iterator[Change]:
    """The changes to a run of pieces: its dates, longest first, then the numbers that are left."""
    if not pieces or not DEBRIS.search(plain, pieces[0].start(), pieces[-1].end()):
        return
    for length in range(len(pieces), 0, -1):
        for first in range(len(pieces) - length + 1):
            start, end = pieces[first].start(), pieces[first + length - 1].end()
            if not DEBRIS.search(plain, start, end):
                continue
            read = _date_of(text[start:end])
            if read:
                now, rule = read
                if _STARTS.search(plain, max(0, start - 3), start) and _GOES_ON.match(plain, end):
                    now += ","
                if _TIGHT_END.search(plain, max(0, start - 3), start):
                    now = " " + now
                yield from _within(text, plain, pieces[:first])
                yield start, end, now, rule
                yield from _within(text, plain, pieces[first + length :])
                return
    if any(piece[0] in MONTHS for piece in pieces):
        return  # the debris may be the month that the name beside it hides
    for piece in pieces:
        cleared = clear(piece[0])
        if cleared.rule == "kloc-digits" and not re.search(r"5438|\+", cleared.words):
            yield piece.start(), piece.end(), cleared.words, cleared.rule


def _date_of(words: str) -> tuple[str, str] | None:
    """The date that the words read as, in plain English, and the rules that made them so."""
    cleared = clear(words)
    tidy = re.sub(r"\s*,[\s,]*", ", ", " ".join(cleared.words.split()))
    if not cleared.rule:
        return None
    parts = read_parts(re.sub(r" (?:to|and) \d+(?:st|nd|rd|th)(?= [A-Z])", "", tidy))
    if isinstance(parts, Refused) or isinstance(replace(parts, year=parts.year or 2000).date(), Refused):
        return None
    if _SHAPE.fullmatch(tidy):
        return tidy, cleared.rule
    if not _YEAR_FIRST.fullmatch(tidy):
        return None
    lead = _LEAD.search(words)
    if not lead:
        return parts.words(), cleared.rule
    word = "on" if parts.day else "in"
    return f"{word.capitalize() if lead[0][0].isupper() else word} {parts.words()}", cleared.rule


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
