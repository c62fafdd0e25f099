"""One candidate that tells of several relations: "went to B and C for talks with each respectively", "signed agreements with B and C"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.loaders.reading.candidate import Candidate, Participant, Sentence, Span

_EACH = re.compile(r"\b(?:respectively|separately|in turn|each|one after another)\b", re.IGNORECASE)
_AGREEMENTS = re.compile(
    r"\b(?:agreements|treaties|pacts|accords|arrangements|memoranda|deals)\b", re.IGNORECASE
)
_LIST = re.compile(r"[\s,]*(?:and|&)?\s*(?:on\s+)?(?:the\s+)?", re.IGNORECASE)


def pairs_of(candidate: Candidate, sentence: Sentence, times: Sequence[Span]) -> Iterator[Candidate]:
    """The candidate as one for each partner of the actor it is told of, where the words say so; else as it is.

    `times` are the words of the sentence that tell a time. Where a list of as many times as partners is told ("on the 9th and 10th"), each
    partner has its own.
    """
    one, others = _sides(candidate)
    words = sentence.text[candidate.span.start : candidate.span.end]
    each = _EACH.search(sentence.text) is not None
    several = candidate.kind == "agreement" and _AGREEMENTS.search(words) is not None
    if one is None or len(others) < 2 or not (each or several):
        yield candidate
        return
    listed = _listed(candidate.date, times, sentence.text) if each else []
    for number, other in enumerate(others):
        date = listed[number] if len(listed) == len(others) else candidate.date
        types = tuple(name for name in candidate.types if name != "multilateral")
        yield replace(candidate, parties=(one, other), date=date, types=types)


def _sides(candidate: Candidate) -> tuple[Participant | None, list[Participant]]:
    """The one actor that the sentence is about, and those it has to do with: the one told first, those told after it."""
    placed = sorted(
        (party for party in candidate.parties if party.span is not None),
        key=lambda party: party.span or Span(0, 0),
    )
    understood = [party for party in candidate.parties if party.span is None]
    if len(understood) == 1:
        return understood[0], placed
    return (placed[0], placed[1:]) if placed and not understood else (None, [])


def _listed(date: Span | None, times: Sequence[Span], text: str) -> list[Span]:
    """The times of the list that the date is in."""
    found: list[Span] = []
    for time in sorted(times):
        if found and not _LIST.fullmatch(text, found[-1].end, time.start):
            if date and found[-1].end > date.start and found[0].start < date.end:
                break
            found = []
        found.append(time)
    return found if date and found and found[-1].end > date.start and found[0].start < date.end else []
