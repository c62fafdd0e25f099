"""Which open choices move an actor's rank most: what to find out first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from comity.graph.accounts import Resolved, intersection
from comity.graph.dates import FIRST_DAY, LAST_DAY, Bounds, When, day_after
from comity.graph.errors import InputError
from comity.graph.kinds import kind_of
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode, Question, Slice, take
from comity.graph.stores.base import Store
from comity.graph.told import text_of
from comity.queries.doubt.choices import Choice, choices_of
from comity.queries.doubt.model import Choices
from comity.queries.fast.measuring import measure_all
from comity.queries.measures import Measure
from comity.queries.plain import plain
from comity.queries.ranks import ranks

SHOWN = 3
"""Choices that are named unless more are asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Bearing:
    """What a source says that bears on what is open: of which property (`begin`, `departure`, `party` …), and what."""

    property: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Influence:
    """What one open choice does to an actor, or several of one fact that only together tie it.

    All other choices are settled as in the slice that was asked for; or, where from there no choice moves the actor, the other way
    (`from_the_other_side`). `rank_without` and `value_without` hold where the ties that rest on the choices are not there, the
    other two where they are; a rank is None where the actor is then not in the network. `about` says in words what is open,
    `accounts` what sources say that bears on it, `sources` are those of the fact.
    """

    choices: tuple[Choice, ...]
    title: str
    about: str
    rank_without: int | None
    rank_with: int | None
    value_without: float
    value_with: float
    accounts: tuple[Bearing, ...]
    sources: tuple[str, ...]
    from_the_other_side: bool = False

    @property
    def fact(self) -> str:
        """The fact that the choices are about."""
        return self.choices[0].fact

    @property
    def places(self) -> int:
        """By how many places the choice moves the rank; coming into the network or dropping out moves it most."""
        if self.rank_without is None or self.rank_with is None:
            return 0 if self.rank_without == self.rank_with else 1_000_000
        return abs(self.rank_with - self.rank_without)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {"fact": self.fact, **{name: plain(getattr(self, name)) for name in self.__slots__}}


def explain(
    store: Store, question: Question, measure: Measure, actor: str, *, shown: int = SHOWN
) -> tuple[Influence, ...]:
    """The choices whose settlement moves the actor's rank most, or where it moves by none its value, the most telling first."""
    return influences(take(store, replace(question, certainty="possible")), question, measure, actor)[:shown]


def influences(possible: Slice, question: Question, measure: Measure, actor: str) -> tuple[Influence, ...]:
    """Every choice that moves the actor's rank or value, in a slice taken with the certainty `possible`.

    `InputError` for an actor that no tie can bring into the network.
    """
    choices, about = choices_of(possible)
    if actor not in choices.actors:
        raise InputError(
            f"{actor} has no tie in this slice, certain or possible: nothing that is open can move it"
        )
    if not choices.number:
        return ()
    place = choices.actors.index(actor)
    groups = [(number,) for number in range(choices.number)] + _together(choices, place)
    least, most = ~choices.adding, choices.adding
    asked, other = (most, least) if question.certainty == "possible" else (least, most)
    for settled, from_the_other_side in ((asked, False), (other, True)):
        moving = _moving(
            possible, question, measure, choices, about, place, groups, settled, from_the_other_side
        )
        if moving:
            return moving
    return ()


def _together(choices: Choices, actor: int) -> list[tuple[int, ...]]:
    """For each fact the choices that all its open ties of the actor need: alone none of them would tie it."""
    needed: dict[int, set[int]] = {}
    for (pair, fact), terms in choices.open.items():
        if actor in choices.pairs[pair]:
            for term in terms:
                literals = {choice for choice, _ in term.literals}
                needed[fact] = needed[fact] & literals if fact in needed else literals
    return [tuple(sorted(each)) for _, each in sorted(needed.items()) if len(each) > 1]


def _moving(
    possible: Slice, question: Question, measure: Measure, choices: Choices, about: tuple[Choice, ...], place: int,
    groups: list[tuple[int, ...]], settled: "np.typing.NDArray[np.bool_]", from_the_other_side: bool,
) -> tuple[Influence, ...]:  # fmt: skip
    """The groups of choices that move the actor from this settlement, the most telling first."""
    single = np.tile(settled, (2 * len(groups), 1))
    for number, group in enumerate(groups):
        columns = list(group)
        single[number, columns] = ~choices.adding[columns]
        single[len(groups) + number, columns] = choices.adding[columns]
    networks = choices.networks(single)
    found = measure_all([measure], networks)[measure.name]
    placed = ranks(found, same=measure.same, nothing=measure.nothing)[:, place]
    tied = networks.members()[:, place]
    made = []
    for number, group in enumerate(groups):
        fact = possible.facts[about[group[0]].fact]
        at = len(groups) + number
        made.append(
            Influence(
                choices=tuple(about[choice] for choice in group),
                title=fact.title,
                about=", and ".join(
                    describe(about[choice], fact, question, possible.actors) for choice in group
                ),
                rank_without=int(placed[number]) if tied[number] else None,
                rank_with=int(placed[at]) if tied[at] else None,
                value_without=float(found[number, place]),
                value_with=float(found[at, place]),
                accounts=tuple(
                    sorted({one for choice in group for one in _bearing(about[choice], fact, question)})
                ),
                sources=fact.sources,
                from_the_other_side=from_the_other_side,
            )
        )
    moving = [
        one
        for one in made
        if one.places or not np.isclose(one.value_with, one.value_without, rtol=1e-9, atol=1e-12)
    ]
    # Where one choice does as much as several of its fact, the one is named.
    alone = {(one.fact, one.places) for one in moving if len(one.choices) == 1}
    kept = [one for one in moving if len(one.choices) == 1 or (one.fact, one.places) not in alone]
    return tuple(
        sorted(
            kept,
            key=lambda one: (-one.places, -abs(one.value_with - one.value_without), one.fact, one.choices),
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
        case "outcome":
            return "whether it was held or called off"
        case "dispute":
            return f"who is right about its {_listed(fact)}"
        case "tie":
            return f"whether it tied {names} {when}{told}"


def _listed(fact: Fact) -> str:
    return " and ".join(_open_views(fact)) or "parties"


def _open_views(fact: Fact) -> list[str]:
    return [name for name in ("parties", "types") if name in fact.conflicts]


def _bearing(choice: Choice, fact: Fact, question: Question) -> Iterator[Bearing]:
    """What sources say that bears on the choice."""
    match choice.sort:
        case "time":
            yield from _of_time(fact, question)
        case "party":
            yield from _of_parties(fact, choice.actors)
        case "suspension":
            pauses = [step for step in fact.steps if kind_of(fact.kind).steps[step.name].interrupts]
            yield from (one for step in pauses for one in _told(step.name, step.resolved))
        case "outcome":
            yield from _told("status", fact.outcome)
        case "dispute":
            yield from (one for name in _open_views(fact) for one in _told(name, fact.disputed[name]))
        case "tie":
            yield from _of_time(fact, question)
            yield from _of_parties(fact, choice.actors)


def _of_time(fact: Fact, question: Question) -> Iterator[Bearing]:
    """What bears on whether the fact was in effect: the side that is open, as told, and other dates that fall into its doubt.

    A plan for a day, or the day when forces left, settles no end, but says what to look for.
    """
    assert fact.begin.bounds and fact.end.bounds  # only what is in effect has ties
    if fact.begin.bounds[1] > question.first:
        yield from _told("begin", fact.begin)
        yield from _dated(fact, fact.begin.bounds, end=False)
    if fact.end.bounds[0] < question.last:
        yield from _told("end", fact.end)
        after = max(fact.begin.bounds[1], fact.end.bounds[0])
        yield from _dated(fact, (min(day_after(after), LAST_DAY), fact.end.bounds[1]), end=True)


def _dated(fact: Fact, doubt: Bounds, *, end: bool) -> Iterator[Bearing]:
    """Dates of steps and properties, other than those that tell the time in effect, that may lie in the doubtful time."""
    kind = kind_of(fact.kind)
    for statement in fact.statements:
        told = [
            (step.name, step.when)
            for step in statement.steps
            if not (kind.steps[step.name].effective or kind.steps[step.name].closes)
        ]
        told += [
            (name, When.parse(value))
            for name, values in statement.properties
            if name in kind.properties and kind.properties[name].value == "date"
            for value in values
        ]
        for name, when in told:
            side = when.end if end and when.is_interval else when.begin
            if side != (FIRST_DAY, LAST_DAY) and intersection([side, doubt]):
                yield Bearing(name, when.text, statement.source)


def _of_parties(fact: Fact, actors: Collection[str]) -> Iterator[Bearing]:
    for statement in fact.statements:
        for party in statement.parties:
            if party.actor in actors:
                yield Bearing("party", text_of(party), statement.source)


def _told(name: str, resolved: Resolved) -> Iterator[Bearing]:
    return (Bearing(name, account.value, account.source) for account in resolved.accounts)
