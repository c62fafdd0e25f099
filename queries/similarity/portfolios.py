"""Portfolios of alliance commitments: what each state of the system pledges to each, on the scale that the field uses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from comity.graph.crosswalk import crosswalk
from comity.graph.errors import InputError
from comity.graph.slices import Question, Slice
from comity.graph.ties import Tie

SCALE = {
    "defence": 3,
    # ATOP tells offence apart and codes few alliances with it alone; whoever ranks its pledges puts it beside defence.
    "offence": 3,
    "neutrality": 2,
    "nonaggression": 2,
    "consultation": 1,  # what the Correlates of War call entente, ATOP calls consultation
    "entente": 1,
}
"""How strong a commitment is by its type: 3 defence, 2 neutrality or non-aggression, 1 entente or consultation, 0 none."""

STRONGEST = max(SCALE.values())

Commitments = NDArray[np.int64]
"""One state's portfolio a row: what it pledges to the state of each column."""


@dataclass(frozen=True, slots=True)
class Portfolios:
    """What each of the `states` (ids in order) pledges to each on some day of a time, from 0 to `strongest`.

    A state is committed to itself as strongly as can be. `left_out` are actors with commitments that the Correlates of War do not count
    as states of the system then.
    """

    states: tuple[str, ...]
    commitments: Commitments
    strongest: int = STRONGEST
    left_out: tuple[str, ...] = ()

    def binary(self) -> "Portfolios":
        """The same with any commitment as 1."""
        return Portfolios(self.states, np.minimum(self.commitments, 1), 1, self.left_out)

    def place(self, state: str) -> int:
        """Where the state stands; `InputError` where it is none of the system then."""
        if state not in self.states:
            raise InputError(
                f"{state} is no state of the Correlates of War's system at that time: ask for another time"
            )
        return self.states.index(state)

    def of(self, *states: str) -> Commitments:
        """The portfolios of some of the states."""
        return self.commitments[[self.place(state) for state in states]]


@dataclass(frozen=True, slots=True)
class Pledges:
    """All commitments of some ties, each in one direction: from which to which day who pledges how much to whom (places in `actors`)."""

    actors: tuple[str, ...]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    pledgers: NDArray[np.int64]
    pledged: NDArray[np.int64]
    strengths: NDArray[np.int64]

    def during(self, first: date, last: date) -> Portfolios:
        """The portfolios of all states that are in the system on any of the days; each with the strongest that holds on any of them."""
        states = states_between(first, last)
        places = {state: place for place, state in enumerate(states)}
        place = np.array([places.get(actor, -1) for actor in self.actors], dtype=np.int64)
        held = (self.begins <= last.toordinal()) & (self.ends >= first.toordinal())
        rows, columns = place[self.pledgers[held]], place[self.pledged[held]]
        among_states = (rows >= 0) & (columns >= 0)
        commitments = STRONGEST * np.eye(len(states), dtype=np.int64)
        np.maximum.at(
            commitments, (rows[among_states], columns[among_states]), self.strengths[held][among_states]
        )
        outside = {*self.pledgers[held][rows < 0].tolist(), *self.pledged[held][columns < 0].tolist()}
        return Portfolios(
            states, commitments, left_out=tuple(self.actors[number] for number in sorted(outside))
        )


def portfolios(slice: Slice) -> Portfolios:
    """The portfolios of a slice of agreements.

    Every state of the Correlates of War's system has one, with or without an alliance. An undirected tie commits both sides; a directed one
    its pledger only, so that the portfolios of an asymmetric alliance differ. Of several ties of a pair the strongest counts.
    """
    return pledges_of(slice.ties, slice.question).during(slice.question.first, slice.question.last)


def pledges_of(ties: Iterable[Tie], question: Question) -> Pledges:
    """The commitments in ties, as they count by the question at whatever time; the types it asks for, or all of the scale."""
    check_commitments(question)
    told = []
    for tie in ties:
        days = question.days_of(tie)
        strength = _strength(tie, question)
        if days is not None and strength and tie.kind == "agreement":
            told.append((*days, tie.left, tie.right, strength))
            if not tie.directed:
                told.append((*days, tie.right, tie.left, strength))
    actors = tuple(sorted({actor for *_, left, right, _ in told for actor in (left, right)}))
    places = {actor: place for place, actor in enumerate(actors)}
    columns = np.array(
        [
            (begin.toordinal(), end.toordinal(), places[left], places[right], strength)
            for begin, end, left, right, strength in told
        ],
        dtype=np.int64,
    ).reshape(-1, 5)
    return Pledges(actors, *columns.T)


def check_commitments(question: Question) -> None:
    """`InputError` where the question is of something that is no commitment of an alliance."""
    if question.layers != ("agreement",):
        raise InputError("similarity is of alliance commitments: ask for the layer agreement alone")
    unknown = [name for name in question.types if name not in SCALE]
    if unknown:
        raise InputError(f"{unknown[0]} is no commitment on the scale: choose from {', '.join(SCALE)}")


def _strength(tie: Tie, question: Question) -> int:
    # Where accounts of the types differ, certain is what all have at least.
    views = (tie.views or (tie.sure_types,)) if question.certainty == "certain" else (tie.types,)
    return min(
        max((SCALE.get(name, 0) for name in types if not question.types or name in question.types), default=0)
        for types in views
    )


def states_between(first: date, last: date) -> tuple[str, ...]:
    """The ids of the states that are in the Correlates of War's system on any of the days, in order."""
    days = (first.toordinal(), last.toordinal())
    return tuple(sorted({id for id, begin, end in _spells() if begin <= days[1] and end >= days[0]}))


@cache
def _spells() -> tuple[tuple[str, int, int], ...]:
    """Each spell of a state in the system: its id, the first and the last day."""
    return tuple(
        (actor.id, spell.span.earliest_begin.toordinal(), spell.span.latest_end.toordinal())
        for actor in crosswalk().actors()
        for spell in actor.spells
        if spell.system == "cow"
    )
