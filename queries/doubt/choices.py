"""What is open in a slice: the yes-or-no choices that settle which ties it has.

On one day every doubtful time leaves one choice: the fact is in effect on it or not, a party has joined or not, a suspension holds
or not. What sources dispute and nothing has settled is one choice for each fact: its disputed ties are in or out. All ties of a fact
share its choices. In a slice over several days times can miss each other in more ways than choices could say: a tie that rests on
several doubtful times is then a choice of its own, so that ranges may be wider than need be, never narrower.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from comity.graph.dates import When
from comity.graph.model import Party
from comity.graph.phases import pauses_of
from comity.graph.resolve import Fact
from comity.graph.slices import Question, Slice
from comity.graph.ties import Tie
from comity.queries.doubt.model import Choices, Term

Sort = Literal["time", "party", "suspension", "dispute", "tie"]


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """One open choice: of which fact, about which actors, and the doubtful time (EDTF) that leaves it open, if one does."""

    fact: str
    sort: Sort
    actors: tuple[str, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class _Time:
    """A time that a tie needs, or one that it must not fall into (`inverse`)."""

    choice: Choice
    when: When
    inverse: bool = False


def choices_of(slice: Slice) -> tuple[Choices, tuple[Choice, ...]]:
    """The choices that the possible ties of a slice leave open, and what each of them is about.

    The slice must be taken with the certainty `possible`: a certain one has nothing open.
    """
    question = slice.question
    actors = tuple(slice.members)
    places = {actor: place for place, actor in enumerate(actors)}
    ties: defaultdict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in slice.ties:
        left, right = sorted((tie.left, tie.right))
        ties[tie.fact, left, right].append(tie)
    facts = {fact: number for number, fact in enumerate(sorted({key[0] for key in ties}))}
    pairs: dict[tuple[int, int], int] = {}
    numbers: dict[Choice, int] = {}
    terms: dict[Term, None] = {}
    for (fact, left, right), tied in sorted(ties.items()):
        pair = pairs.setdefault((places[left], places[right]), len(pairs))
        for literals in _conditions(slice.facts[fact], left, right, tied, question):
            numbered = tuple(
                sorted((numbers.setdefault(choice, len(numbers)), inside) for choice, inside in literals)
            )
            terms[Term(facts[fact], pair, numbered)] = None
    return Choices(actors, tuple(pairs), tuple(terms), len(numbers)), tuple(numbers)


_Literals = list[tuple[Choice, bool]]


def _conditions(
    fact: Fact, left: str, right: str, ties: Sequence[Tie], question: Question
) -> Iterator[_Literals]:
    """The ways in which the fact can tie the two: each a list of choices and how they have to be settled."""
    certain = [tie for tie in ties if _holds(tie.when, question)]
    if any(_undisputed(tie, question) for tie in certain):
        yield []
        return
    disputed: _Literals = []
    if not any(_undisputed(tie, question) for tie in ties):
        disputed = [(Choice(fact.id, "dispute"), True)]
    if certain:
        yield disputed
        return
    ways = [
        open_times
        for times in _times(fact, left, right)
        if (open_times := _open(times, question)) is not None
    ]
    one_day = question.first == question.last
    if not ways or (not one_day and any(len(way) > 1 for way in ways)):
        yield [*disputed, (Choice(fact.id, "tie", (left, right), ties[0].when.text), True)]
        return
    for way in ways:
        yield [*disputed, *((time.choice, not time.inverse) for time in way)]


def _times(fact: Fact, left: str, right: str) -> Iterator[list[_Time]]:
    """The times that have to meet for a tie of the two: the fact's, each party's own, and none of their suspensions."""
    span = fact.span
    if span is None:
        return
    whole = _Time(Choice(fact.id, "time", (), span.text), span)
    suspended = [
        _Time(Choice(fact.id, "suspension", between, pause.text), pause, inverse=True)
        for between, pause in pauses_of(fact, left, right)
    ]
    for one in _own_times(fact, left):
        for other in _own_times(fact, right):
            yield [whole, *one, *other, *suspended]


def _own_times(fact: Fact, actor: str) -> list[list[_Time]]:
    """The party's own times, by any view of the fact; an empty one where it takes part for all the fact's time."""
    parties: list[Party] = [*fact.parties, *(party for view in fact.views for party in view.parties)]
    dates = dict.fromkeys(party.dates for party in parties if party.actor == actor)
    return [
        [] if when is None else [_Time(Choice(fact.id, "party", (actor,), when.text), when)] for when in dates
    ]


def _open(times: Sequence[_Time], question: Question) -> list[_Time] | None:
    """The times that are open in the slice; None where one of them surely prevents the tie."""
    first, last = question.first, question.last
    found = []
    for time in times:
        covers = time.when.latest_begin <= first and time.when.earliest_end >= last
        touches = time.when.possibly_within(first, last)
        if covers if time.inverse else not touches:
            return None
        if touches if time.inverse else not covers:
            found.append(time)
    return found


def _holds(when: When, question: Question) -> bool:
    return when.certainly_within(question.first, question.last)


def _undisputed(tie: Tie, question: Question) -> bool:
    wanted = set(question.types)
    return not tie.disputed and (not wanted or bool(wanted & set(tie.sure_types)))
