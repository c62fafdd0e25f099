"""What is open in a slice: the yes-or-no choices that settle which ties it has.

On one day every doubtful time leaves one choice: the fact is in effect on it or not, a party has joined or not, a suspension holds
or not, it was held or called off. All ties of a fact share its choices. Where sources hold different views of a fact's parties or types, what only some of
them tie is in or out, one choice for each set of views. Choices are settled independently of each other, so that two views of
one fact may both be in, or neither; and in a slice over several days a tie that rests on several doubtful times is a choice of its own,
as they can miss each other in more ways than choices could say. Then ranges may be wider than need be, never narrower.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from comity.graph.dates import FIRST_DAY, LAST_DAY, When
from comity.graph.model import Party
from comity.graph.phases import pauses_of
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode, Question, Slice
from comity.graph.ties import Tie, joined_by_views
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


_Pair = tuple[str, str]
_Literals = list[tuple[Choice, bool]]
_Ways = defaultdict[_Pair, list[list[list[_Time]]]]


class Openings:
    """What some ties and their facts leave open, to be asked of one day or span after the other: all but dates is looked at once."""

    def __init__(
        self,
        question: Question,
        ties: Iterable[Tie],
        facts: Mapping[str, Fact],
        actors: Mapping[str, ActorNode],
    ) -> None:
        self._facts = facts
        self._rule, self._wanted = question.rule, frozenset(question.types)
        self._organizations = frozenset(
            actor.id for actor in actors.values() if actor.label == "Organization"
        )
        possible = replace(question, certainty="possible")
        certain = replace(question, certainty="certain")
        dated = [(tie, days, certain.days_of(tie)) for tie in ties if (days := possible.days_of(tie))]
        self._actors = sorted({end for tie, *_ in dated for end in (tie.left, tie.right)})
        self._told = sorted({tie.fact for tie, *_ in dated})
        place = {actor: at for at, actor in enumerate(self._actors)}
        number = {fact: at for at, fact in enumerate(self._told)}
        rows = [
            (
                number[tie.fact],
                *sorted((place[tie.left], place[tie.right])),
                *_ordinals(days),
                *_ordinals(surely),
            )
            for tie, days, surely in dated
        ]
        fact, left, right, *self._days = np.array(rows, dtype=np.int64).reshape(-1, 7).T
        self._keys = (fact * len(self._actors) + left) * len(self._actors) + right
        self._ways: dict[str, _Ways] = {}

    def at(self, question: Question) -> tuple[Choices, tuple[Choice, ...]]:
        """The choices that are open at the question's time, and what each of them is about. Nothing else of the question counts."""
        first, last = question.first.toordinal(), question.last.toordinal()
        begin, end, surely_begin, surely_end = self._days
        may = np.unique(self._keys[(begin <= last) & (end >= first)])
        surely = np.isin(may, self._keys[(surely_begin <= last) & (surely_end >= first)])
        facts, ends = np.divmod(may, len(self._actors) ** 2)
        keys, pair = np.unique(ends, return_inverse=True)
        members, places = np.unique(np.divmod(keys, len(self._actors)), return_inverse=True)
        named = [self._actors[member] for member in members]
        pairs = list(zip(*places.reshape(2, -1).tolist(), strict=True))
        numbers: dict[Choice, int] = {}
        terms: dict[Term, None] = {}
        for number, place in zip(facts[~surely].tolist(), pair[~surely].tolist(), strict=True):
            left, right = pairs[place]
            for literals in self._conditions(self._told[number], (named[left], named[right]), question):
                numbered = sorted(
                    (numbers.setdefault(choice, len(numbers)), inside) for choice, inside in literals
                )
                terms[Term(number, place, tuple(numbered))] = None
        sure = frozenset(zip(pair[surely].tolist(), facts[surely].tolist(), strict=True))
        return Choices(tuple(named), tuple(pairs), sure, tuple(terms), len(numbers)), tuple(numbers)

    def _conditions(self, name: str, pair: _Pair, question: Question) -> list[_Literals]:
        """The ways in which the fact can tie the pair: each a list of choices and how they have to be settled."""
        fact = self._facts[name]
        if name not in self._ways:
            self._ways[name] = _ways_of(fact, self._rule, self._wanted, self._organizations)
        open_ = [
            {tuple(found) for times in ways if (found := _open(times, question)) is not None}
            for ways in self._ways[name][pair]
        ]
        outcome = [(Choice(fact.id, "outcome"), True)] if fact.may_be_off else []
        return [[*outcome, *literals] for literals in _literals(fact, pair, open_, question)]


def choices_of(slice: Slice) -> tuple[Choices, tuple[Choice, ...]]:
    """The choices that the possible ties of a slice leave open, and what each of them is about.

    The slice must be taken with the certainty `possible`: a certain one has nothing open.
    """
    return Openings(slice.question, slice.ties, slice.facts, slice.actors).at(slice.question)


def is_wider(choice: Choice, choices: Sequence[Choice]) -> bool:
    """Whether the choice stands for more than one doubtful thing, so that ranges over it may be wider than need be."""
    if choice.sort == "dispute":
        return sum(other.sort == "dispute" and other.fact == choice.fact for other in choices) > 1
    return choice.sort == "tie"


def _ways_of(fact: Fact, rule: str, wanted: frozenset[str], organizations: frozenset[str]) -> _Ways:
    """For each pair that the fact can tie, and each view of the fact, the times that have to meet for it."""
    views = joined_by_views(fact, rule, organizations)
    span = fact.span
    whole = _Time(Choice(fact.id, "time", (), span.text), span) if span else None
    found: _Ways = defaultdict(lambda: [[] for _ in views])
    for number, joined in enumerate(views):
        for one, other, types in joined:
            left, right = sorted((one.actor, other.actor))
            if not wanted or any(name in wanted for name in types):
                found[left, right][number].append(_times(fact, whole, one, other))
    return found


def _ordinals(days: tuple[date, date] | None) -> tuple[int, int]:
    """Two days as numbers; of none, such as no day lies between."""
    first, last = days or (LAST_DAY, FIRST_DAY)
    return first.toordinal(), last.toordinal()


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


def _times(fact: Fact, whole: _Time | None, one: Party, other: Party) -> list[_Time]:
    """The times that have to meet for a tie of the two: the whole fact's, each party's own, and none of their suspensions."""
    if whole is None:
        return []
    return [
        whole,
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
