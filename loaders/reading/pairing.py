"""One candidate that tells of several relations: "went to B and C for talks with each respectively", "signed agreements with B and C"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from comity.loaders.reading.candidate import Candidate, Participant, Sentence, Span

_EACH = re.compile(r"\b(?:respectively|separately|in turn|each|one after another)\b", re.IGNORECASE)
_AGREEMENTS = re.compile(r"\b(?:agreements|treaties|pacts|accords|arrangements|memoranda|deals)\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)", re.ASCII)


def pairs_of(candidate: Candidate, sentence: Sentence) -> Iterator[Candidate]:
    """The candidate as one for each partner of the actor it is told of, where the words say so; else as it is.

    Where as many days are told as partners, each partner has its own.
    """
    one, others = _sides(candidate)
    words = sentence.text[candidate.span.start : candidate.span.end]
    each = _EACH.search(sentence.text) is not None
    several = candidate.kind == "agreement" and _AGREEMENTS.search(words) is not None
    if one is None or len(others) < 2 or not (each or several):
        yield candidate
        return
    days = _days(candidate.date, sentence.text) if each else []
    for number, other in enumerate(others):
        date = days[number] if len(days) == len(others) else candidate.date
        types = tuple(name for name in candidate.types if name != "multilateral")
        yield replace(candidate, parties=(one, other), date=date, types=types)


def _sides(candidate: Candidate) -> tuple[Participant | None, list[Participant]]:
    """The one actor that the sentence is about, and those it has to do with: the one before the predicate, those after it."""
    placed = [party for party in candidate.parties if party.span is not None]
    others = [party for party in placed if party.span is not None and party.span.start > candidate.predicate.start]
    rest = [party for party in candidate.parties if party not in others]
    return (rest[0], others) if len(rest) == 1 else (None, [])


def _days(date: Span | None, text: str) -> list[Span]:
    if date is None:
        return []
    return [Span(found.start(), found.end()) for found in _DAY.finditer(text, date.start, date.end)]
