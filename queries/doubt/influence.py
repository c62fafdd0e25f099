"""Which open choices move an actor's rank most: what to find out first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from comity.graph.errors import UnknownName
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode, Question, Slice, take
from comity.graph.stores.base import Store
from comity.queries.doubt.choices import Choice, choices_of
from comity.queries.doubt.places import NEARLY, ranks
from comity.queries.doubt.values import values
from comity.queries.measures import MEASURES, Measure
from comity.queries.plain import plain

SHOWN = 3
"""Choices that are named unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Influence:
    """What one choice does to an actor, all other choices settled as in the slice that was asked for.

    `rank_without` and `value_without` hold where the ties that rest on the choice are not there, the other two where they are; a
    rank is None where the actor is then not in the network. `about` says in words what is open, `sources` are those of the fact.
    """

    choice: Choice
    title: str
    about: str
    rank_without: int | None
    rank_with: int | None
    value_without: float
    value_with: float
    accounts: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]

    @property
    def places(self) -> int:
        """By how many places the choice moves the rank; coming into the network or dropping out moves it most."""
        if self.rank_without is None or self.rank_with is None:
            return 0 if self.rank_without == self.rank_with else 1_000_000
        return abs(self.rank_with - self.rank_without)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {"fact": self.choice.fact, **{name: plain(getattr(self, name)) for name in self.__slots__}}


def explain(
    store: Store, question: Question, measure: Measure, actor: str, *, shown: int = SHOWN
) -> tuple[Influence, ...]:
    """The choices whose settlement moves the actor's rank most, or where it moves by none its value, the most telling first."""
    return influences(take(store, replace(question, certainty="possible")), question, measure, actor)[:shown]


def influences(possible: Slice, question: Question, measure: Measure, actor: str) -> tuple[Influence, ...]:
    """Every choice that moves the actor's rank or value, in a slice taken with the certainty `possible`."""
    choices, about = choices_of(possible)
    if actor not in choices.actors:
        raise UnknownName("actor in this slice", actor, choices.actors)
    if not choices.number:
        return ()
    place = choices.actors.index(actor)
    settled = choices.adding if question.certainty == "possible" else ~choices.adding
    single = np.tile(settled, (2 * choices.number, 1))
    for choice in range(choices.number):
        single[choice, choice] = ~choices.adding[choice]
        single[choices.number + choice, choice] = choices.adding[choice]
    found = values(measure, choices, single)
    placed = ranks(found, **NEARLY.get(measure.name, {}))[:, place]
    tied = values(MEASURES["degree"], choices, single)[:, place] > 0
    all_influences = [
        Influence(
            choice=each,
            title=possible.facts[each.fact].title,
            about=describe(each, possible.facts[each.fact], question, possible.actors),
            rank_without=int(placed[number]) if tied[number] else None,
            rank_with=int(placed[choices.number + number]) if tied[choices.number + number] else None,
            value_without=float(found[number, place]),
            value_with=float(found[choices.number + number, place]),
            accounts=_accounts(possible.facts[each.fact]),
            sources=possible.facts[each.fact].sources,
        )
        for number, each in enumerate(about)
    ]
    moving = [
        one
        for one in all_influences
        if one.places or not np.isclose(one.value_with, one.value_without, rtol=1e-9)
    ]
    return tuple(
        sorted(
            moving,
            key=lambda one: (
                -one.places,
                -abs(one.value_with - one.value_without),
                one.choice.fact,
                one.choice,
            ),
        )
    )


def describe(choice: Choice, fact: Fact, question: Question, actors: Mapping[str, ActorNode]) -> str:
    """What is open, in words."""
    when = f"on {question.first}" if question.first == question.last else f"in {question.as_of}"
    names = " and ".join(actors[actor].name if actor in actors else actor for actor in choice.actors)
    told = f" (known: {choice.when})" if choice.when else ""
    match choice.sort:
        case "time":
            return f"whether it was in effect {when}{told}"
        case "party":
            return f"whether {names} took part {when}{told}"
        case "suspension":
            return f"whether it was suspended{' for ' + names if names else ''} {when}{told}"
        case "dispute":
            return f"who is right about its {_listed(fact)}"
        case "tie":
            return f"whether it tied {names} {when}{told}"


def _listed(fact: Fact) -> str:
    disputed: Sequence[str] = [name for name in ("parties", "types") if name in fact.conflicts]
    return " and ".join(disputed) or "parties"


def _accounts(fact: Fact) -> tuple[tuple[str, str], ...]:
    """What sources say of the fact's beginning and end and of what is disputed: (value, source)."""
    resolved = [fact.begin, fact.end, *fact.disputed.values()]
    return tuple(sorted({(account.value, account.source) for one in resolved for account in one.accounts}))
