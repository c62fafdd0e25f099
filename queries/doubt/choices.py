"""What is open in a slice: the yes-or-no choices that settle which ties it has.

On one day every doubtful time leaves one choice: the fact is in effect on it or not, a party has joined or not, a suspension holds
or not, it was held or called off. All ties of a fact share its choices. Where sources hold different views of a fact's parties or types, what only some of
them tie is in or out, one choice for each set of views. Choices are settled independently of each other, so that two views of
one fact may both be in, or neither; and in a slice over several days a tie that rests on several doubtful times is a choice of its own,
as they can miss each other in more ways than choices could say. Then ranges may be wider than need be, never narrower.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from comity.graph.dates import When
from comity.graph.model import Party
from comity.graph.phases import pauses_of
from comity.graph.resolve import Fact
from comity.graph.slices import Question, Slice
from comity.graph.ties import joined_by_views
from comity.queries.doubt.model import Choices, Term

Sort = Literal["time", "party", "suspension", "outcome", "dispute", "tie"]


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """One open choice: of which fact, about which actors, and the doubtful time (EDTF) that leaves it open, if one does.

    A dispute is about what these `views` of the fact (by number) hold, and the others do not.
    """

    fact: str
    sort: Sort
    actors: tuple[str, ...] = ()
    when: str = ""
    views: tuple[int, ...] = ()


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
    organizations = {actor.id for actor in slice.actors.values() if actor.label == "Organization"}
    certain = replace(question, certainty="certain")
    ties: defaultdict[str, dict[_Pair, bool]] = defaultdict(dict)
    for tie in slice.ties:
        pair = (tie.left, tie.right) if tie.left < tie.right else (tie.right, tie.left)
        of_fact = ties[tie.fact]
        if not of_fact.get(pair):
            of_fact[pair] = certain.counts(tie)
    pairs: dict[tuple[int, int], int] = {}
    numbers: dict[Choice, int] = {}
    sure: list[tuple[int, int]] = []
    terms: dict[Term, None] = {}
    for number, (fact, of_fact) in enumerate(sorted(ties.items())):
        open_pairs = sorted(pair for pair, surely in of_fact.items() if not surely)
        sure += [
            (pairs.setdefault((places[left], places[right]), len(pairs)), number)
            for (left, right), surely in of_fact.items()
            if surely
        ]
        conditions = _conditions(slice.facts[fact], open_pairs, question, organizations) if open_pairs else {}
        for left, right in open_pairs:
            place = pairs.setdefault((places[left], places[right]), len(pairs))
            for literals in conditions[left, right]:
                numbered = sorted(
                    (numbers.setdefault(choice, len(numbers)), inside) for choice, inside in literals
                )
                terms[Term(number, place, tuple(numbered))] = None
    return Choices(actors, tuple(pairs), frozenset(sure), tuple(terms), len(numbers)), tuple(numbers)


def is_wider(choice: Choice, choices: Sequence[Choice]) -> bool:
    """Whether the choice stands for more than one doubtful thing, so that ranges over it may be wider than need be."""
    if choice.sort == "dispute":
        return sum(other.sort == "dispute" and other.fact == choice.fact for other in choices) > 1
    return choice.sort == "tie"


_Pair = tuple[str, str]
_Literals = list[tuple[Choice, bool]]


def _conditions(
    fact: Fact, pairs: Collection[_Pair], question: Question, organizations: Container[str]
) -> dict[_Pair, list[_Literals]]:
    """For each of these pairs the ways in which the fact can tie it: each a list of choices and how they have to be settled."""
    wanted = set(question.types)
    views = joined_by_views(fact, question.rule, organizations)
    ways: defaultdict[_Pair, list[set[tuple[_Time, ...]]]] = defaultdict(lambda: [set() for _ in views])
    for number, joined in enumerate(views):
        for one, other, types in joined:
            left, right = sorted((one.actor, other.actor))
            if (left, right) in pairs and (not wanted or wanted & set(types)):
                found = _open(_times(fact, one, other), question)
                if found is not None:
                    ways[left, right][number].add(tuple(found))
    outcome = [(Choice(fact.id, "outcome"), True)] if fact.may_be_off else []
    return {
        pair: [[*outcome, *literals] for literals in _literals(fact, pair, ways[pair], question)]
        for pair in pairs
    }


def _literals(
    fact: Fact, pair: _Pair, by_view: Sequence[Collection[tuple[_Time, ...]]], question: Question
) -> list[_Literals]:
    """The ways as choices. What every view has needs none of them to be right."""
    one_day = question.first == question.last
    if not any(by_view) or (not one_day and any(len(way) > 1 for ways in by_view for way in ways)):
        span = fact.span.text if fact.span else ""
        return [[(Choice(fact.id, "tie", pair, span), True)]]
    shared = set(by_view[0]).intersection(*by_view[1:])
    views: defaultdict[tuple[_Time, ...], list[int]] = defaultdict(list)
    for number, ways in enumerate(by_view):
        for way in sorted(ways, key=lambda way: [time.choice for time in way]):
            if way not in shared:
                views[way].append(number)
    found = [_settled(way) for way in sorted(shared, key=lambda way: [time.choice for time in way])]
    found += [
        [(Choice(fact.id, "dispute", (), "", tuple(numbers)), True), *_settled(way)]
        for way, numbers in views.items()
    ]
    return found


def _settled(way: Sequence[_Time]) -> _Literals:
    return [(time.choice, not time.inverse) for time in way]


def _times(fact: Fact, one: Party, other: Party) -> list[_Time]:
    """The times that have to meet for a tie of the two: the fact's, each party's own, and none of their suspensions."""
    if fact.span is None:
        return []
    return [
        _Time(Choice(fact.id, "time", (), fact.span.text), fact.span),
        *(
            _Time(Choice(fact.id, "party", (party.actor,), party.dates.text), party.dates)
            for party in (one, other)
            if party.dates
        ),
        *(
            _Time(Choice(fact.id, "suspension", between, pause.text), pause, inverse=True)
            for between, pause in pauses_of(fact, one.actor, other.actor)
        ),
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
