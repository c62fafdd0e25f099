"""Debris of machine translation in running text: where it is, and the plain dates and numbers that the rules make of it.

Around each piece of debris stand the numbers, months' names and the words On and In that a date can be made of. The longest stretch of them that reads
as a date is taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.loaders.parts import MONTHS, Refused, read_parts
from comity.loaders.reading.candidate import Span
from comity.loaders.repairs import clear

Change = tuple[int, int, str, str]
"""Start and end in the original, what is put there, and the rules."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Debris that no rule could read: it stays in the text as it is. `span` is in the original."""

    span: Span
    words: str
    reason: str


MONTH = rf"(?:{'|'.join(MONTHS)})(?![a-z])"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]|20)\d\d"
_BEFORE = r"(?:(?:On|In|on|in) )?"

DEBRIS = re.compile(r"5438(?:\+|/)|654381(?=[A-Z])|/KLOC-0|June,? 5438(?=,? (?:and|to) [A-Z])", re.IGNORECASE)
"""What is left of a digit 1 in text from some machine translators: `65438+0`, `65438/KLOC-0`, `/KLOC-0`, also `June 5438+`."""

_PIECE = re.compile(
    rf"(?:On|In|on|in)(?=\s*(?:{MONTH}|\d))|June,? 5438 (?:and|to) (?=[A-Z])|{MONTH}"
    r"|(?:\d|\+ ?(?=\d)|\+|/(?i:KLOC)-0/?)+(?:st|nd|rd|th)?(?![a-z])",
)
_BETWEEN = re.compile(r" (?:to|and) (?=\d{1,2}(?:st|nd|rd|th))|[ ,]{0,3}")
_REACH = 48
"""Characters looked at before debris, and …"""
_MOST_PIECES = 8
"""… pieces taken together: a date is no longer."""

# A cleared date must have one of these shapes: "October 2016, 24 ships" is no date with a day.
_SHAPE = re.compile(
    rf"{_BEFORE}(?:{MONTH},? {YEAR}|{MONTH} {DAY}(?:,? {YEAR})?|{DAY}(?: (?:to|and) {DAY})? {MONTH}(?:,? {YEAR})?|{YEAR})",
    re.ASCII,
)
_YEAR_FIRST = re.compile(
    rf"{_BEFORE}{YEAR}-\d\d(?: {_BEFORE}{DAY})?|{_BEFORE}{YEAR},? ?{_BEFORE}(?:{MONTH}(?: {DAY})?|{DAY} {MONTH})",
    re.ASCII,
)
_LEAD = re.compile(r"(?:On|In|\bon|\bin)\b")

_STARTS = re.compile(r"(?:^|[.!?\n\"”]) ?$")
SUBJECT = r" (?:[A-Z]|(?:the|both|he|she|they)\b)"
_GOES_ON = re.compile(SUBJECT)
_TIGHT_END = re.compile(r"[A-Za-z\"”)][.!?]$")


def debris_runs(text: str) -> list[Span]:
    """Each stretch of numbers, months and debris that holds debris: what no date may be read from."""
    return [Span(pieces[0].start(), pieces[-1].end()) for pieces in _runs(text)]


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


def debris_changes(text: str, plain: str, unread: list[Unread]) -> Iterator[Change]:
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
