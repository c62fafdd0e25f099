"""Splits the mended text into sentences, without a parser: at stops that end a sentence and at the ends of paragraphs.

A stop after a title, an initial or a short form (`Mr.`, `J.`, `U.S.`, `Oct.`) ends no sentence unless a word follows that begins one.
"""

import re
from collections.abc import Iterator

from comity.loaders.reading.candidate import Sentence, Span
from comity.loaders.reading.mending import Mended

LONGEST = 2_000
"""Characters of a sentence, at most: what is longer is a table or a list, and is cut at a space."""

_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])|[.!?…]+[\"'”’)\]]*(?=\s*$)|\n")
# Never the last word of a sentence.
_TITLES = re.compile(
    r"mrs?|ms|messrs|dr|prof|gen|lt|col|maj|capt|cpt|sgt|adm|vice-adm|cmdr|sen|rep|gov|pres|hon|rev|st|fr|amb|sec|nos?|art|fig|vol|vs|cf|approx"
    r"|ca|e\.g|i\.e"
)
# The last word of a sentence only where the next begins like one.
_SHORT = re.compile(
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thurs|fri|sat|sun|inc|ltd|co|corp|etc|al|jr|sr|.*\..*"
)
_BEGINNERS = re.compile(
    r"A|After|Also|An|And|As|At|Before|Both|But|By|During|Earlier|Few|For|From|He|Her|Here|His|However|If|In|Its?|Last|Later|Many|Most|Neither|Next"
    r"|No|On|One|Our|She|Since|Some|That|The|Their|Then|There|These|They|This|Those|Under|Until|We|When|While|With"
)
_LAST_WORD = re.compile(r"[\w.-]+$")


def sentences(mended: Mended, document_date: str = "") -> list[Sentence]:
    """The sentences of a mended text in their order; what holds no letter is none."""
    return [Sentence(mended.text[span.start : span.end], span, document_date) for span in spans(mended.text)]


def spans(text: str) -> Iterator[Span]:
    """Where the sentences of a text stand, without the blanks around them."""
    begin = 0
    for stop in _STOP.finditer(text):
        if stop[0] == "\n" or _ends(text, begin, stop):
            yield from _trimmed(text, begin, stop.end())
            begin = stop.end()
    yield from _trimmed(text, begin, len(text))


def _ends(text: str, begin: int, stop: re.Match[str]) -> bool:
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    last = _LAST_WORD.search(text, max(begin, stop.start() - 30), stop.start())
    if last is None:
        return True
    word = last[0].lower()
    if _TITLES.fullmatch(word):
        return False
    following = re.match(r"\s*[\"'“‘(\[]*(\w+)", text[stop.end() : stop.end() + 40])
    initial = len(word) == 1 and last[0].isupper()
    if initial or _SHORT.fullmatch(word):
        return following is None or (
            _BEGINNERS.fullmatch(following[1]) is not None and not (initial and following[1] == "A")
        )
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    words = text[start:end]
    if any(sign.isalpha() for sign in words):
        yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
