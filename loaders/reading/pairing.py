"""Relations of one actor with each of several others: "went to B and C on the 9th and 10th respectively", "signed agreements with B and C"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from comity.loaders.reading.candidate import Candidate, Participant, Sentence, Span
from comity.loaders.reading.wording import main_clause

_EACH = re.compile(r"\b(?:respectively|separately|in turn|each|one after another)\b", re.IGNORECASE)
_AGREEMENTS = re.compile(
    r"\b(?:agreements|treaties|pacts|accords|arrangements|memoranda|deals)\b", re.IGNORECASE
)
_LIST = re.compile(r"[\s,]*(?:and|&)?\s*(?:on\s+)?(?:the\s+)?", re.IGNORECASE)


def respectively(
    candidates: Sequence[Candidate], sentence: Sentence, times: Sequence[Span]
) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates, and those that cannot be told apart: "A and B signed agreements with C and D, respectively" is A with C, B with D.

    Those of several with several stand for themselves where the word is not there. Where one side has more than the other, nobody knows
    who is meant with whom, unless the word is said of a list of times.
    """
    kept: list[Candidate] = []
    unclear: list[Candidate] = []
    for _, same in groupby(sorted(candidates, key=_occasion), key=_occasion):
        group = list(same)
        before, after = _around(group)
        told = "respectively" in main_clause(_whole(group), sentence.text).lower()
        if not told or min(len(before), len(after)) < 2:
            kept += group
        elif len(before) == len(after):
            kept += [_of_two(group, one, other) for one, other in zip(before, after, strict=True)]
        else:
            (kept if len(times) > 1 else unclear).extend(group)
    return kept, unclear


def _around(group: Sequence[Candidate]) -> tuple[list[Participant], list[Participant]]:
    """The parties that are named before the predicate, and those after it, in their order."""
    placed = {party.actor: (party.span, party) for each in group for party in each.parties if party.span}
    named = [party for _, party in sorted(placed.values(), key=lambda one: one[0])]
    at = group[0].predicate.start
    return (
        [party for party in named if party.span and party.span.start < at],
        [party for party in named if party.span and party.span.start >= at],
    )


def _whole(group: Sequence[Candidate]) -> Span:
    return Span(min(each.span.start for each in group), max(each.span.end for each in group))


def _of_two(group: Sequence[Candidate], one: Participant, other: Participant) -> Candidate:
    """The candidate of these two, or one like those of more."""
    own = next((each for each in group if _actors(each) == {one.actor, other.actor}), None)
    types = tuple(name for name in group[0].types if name != "multilateral")
    return own or replace(group[0], parties=(one, other), types=types)


def _occasion(candidate: Candidate) -> tuple[str, Span]:
    return candidate.kind, candidate.predicate


def paired(candidates: Sequence[Candidate], sentence: Sentence, times: Sequence[Span]) -> list[Candidate]:
    """The candidates of a sentence, with one for each partner where the words say so.

    `times` are the words of the sentence that tell a time. Where a list of as many times as partners is told, each partner has its own.
    """
    each = _EACH.search(sentence.text) is not None
    apart = [part for candidate in candidates for part in _apart(candidate, sentence, each)]
    kept = [candidate for candidate in apart if not _covered(candidate, apart)]
    return list(_in_turn(kept, sentence, times)) if each else kept


def _apart(candidate: Candidate, sentence: Sentence, each: bool) -> Iterator[Candidate]:
    words = sentence.text[candidate.span.start : candidate.span.end]
    several = each or (candidate.kind == "agreement" and _AGREEMENTS.search(words) is not None)
    one, others = _sides(candidate)
    if one is None or len(others) < 2 or not several:
        yield candidate
        return
    types = tuple(name for name in candidate.types if name != "multilateral")
    for other in others:
        yield replace(candidate, parties=(one, other), types=types)


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


def _covered(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether other candidates tell the same of its parties two by two, or name more of them."""
    actors = _actors(candidate)
    same = [other for other in others if other.kind == candidate.kind and other is not candidate]
    pairs = [_actors(other) for other in same if len(_actors(other)) == 2]
    if len(actors) > 2:
        return any(
            all({one, other} in pairs for other in actors - {one}) for one in actors
        )  # one with each of the others
    understood = all(party.span is None for party in candidate.parties)
    return understood and len([pair for pair in pairs if pair & actors]) > 1


def _in_turn(
    candidates: Sequence[Candidate], sentence: Sentence, times: Sequence[Span]
) -> Iterator[Candidate]:
    """The candidates; those that tell of one actor with several at a list of times have one time each."""
    for _, group in groupby(sorted(candidates, key=_occasion), key=_occasion):
        told = sorted(group, key=_place_of_partner)
        listed = _listed(told[0].date, times, sentence.text)
        fitting = len(listed) == len(told) > 1
        for number, candidate in enumerate(told):
            yield replace(candidate, date=listed[number]) if fitting else candidate


def _place_of_partner(candidate: Candidate) -> int:
    return max((party.span.start for party in candidate.parties if party.span), default=0)


def _listed(date: Span | None, times: Sequence[Span], text: str) -> list[Span]:
    """The times of the list that the date is in."""
    runs: list[list[Span]] = []
    for time in sorted(times):
        if runs and _LIST.fullmatch(text, runs[-1][-1].end, time.start):
            runs[-1].append(time)
        else:
            runs.append([time])
    here = (run for run in runs if date and run[0].start < date.end and date.start < run[-1].end)
    return next(here, [])


def _actors(candidate: Candidate) -> set[str]:
    return {party.actor for party in candidate.parties}
