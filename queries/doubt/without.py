"""What becomes of a ranking if a fact were not there, for many facts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.graph.slices import Slice
from comity.queries.doubt.model import Choices, Term
from comity.queries.fast.measuring import measure_all
from comity.queries.fast.networks import Values
from comity.queries.measures import Measure
from comity.queries.ranks import Ranks, ranks


@dataclass(frozen=True, slots=True)
class Without:
    """Values and ranks of all actors of a slice, each row without some facts; `there` is whether an actor has a tie left."""

    actors: tuple[str, ...]
    values: Values
    ranks: Ranks
    there: "np.typing.NDArray[np.bool_]"


def without(slice: Slice, measure: Measure, removals: Sequence[frozenset[str]]) -> Without:
    """The measure in the slice without each of these sets of facts."""
    choices, facts = _as_choices(slice, frozenset().union(*removals))
    settlements = np.ones((len(removals), len(facts)), dtype=np.bool_)
    for row, removed in enumerate(removals):
        for column, fact in enumerate(facts):
            settlements[row, column] = fact not in removed
    networks = choices.networks(settlements)
    found = measure_all([measure], networks)[measure.name]
    placed = ranks(found, same=measure.same, nothing=measure.nothing)
    return Without(choices.actors, found, placed, networks.members())


def _as_choices(slice: Slice, open_facts: frozenset[str]) -> tuple[Choices, list[str]]:
    """The slice with each of these facts as a choice of its own."""
    actors = tuple(slice.members)
    places = {actor: place for place, actor in enumerate(actors)}
    numbers = {fact: number for number, fact in enumerate(sorted({tie.fact for tie in slice.ties}))}
    facts = sorted(open_facts & numbers.keys())
    choice = {fact: number for number, fact in enumerate(facts)}
    pairs: dict[tuple[int, int], int] = {}
    sure: set[tuple[int, int]] = set()
    terms: dict[Term, None] = {}
    for tie in slice.ties:
        left, right = sorted((places[tie.left], places[tie.right]))
        pair, fact = pairs.setdefault((left, right), len(pairs)), numbers[tie.fact]
        if tie.fact in choice:
            terms[Term(fact, pair, ((choice[tie.fact], True),))] = None
        else:
            sure.add((pair, fact))
    return Choices(actors, tuple(pairs), frozenset(sure), tuple(terms), len(facts)), facts
