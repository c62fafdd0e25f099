"""What becomes of a ranking if a fact were not there, for many facts at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.graph.slices import Slice
from comity.queries.doubt.model import Choices, Term
from comity.queries.doubt.places import Ranks, ranks
from comity.queries.doubt.values import Values, values
from comity.queries.measures import MEASURES, Measure


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
    found = values(measure, choices, settlements)
    there = values(MEASURES["degree"], choices, settlements) > 0
    return Without(choices.actors, found, ranks(found, same=measure.same, nothing=measure.nothing), there)


def _as_choices(slice: Slice, open_facts: frozenset[str]) -> tuple[Choices, list[str]]:
    """The slice with each of these facts as a choice of its own."""
    actors = tuple(slice.members)
    places = {actor: place for place, actor in enumerate(actors)}
    numbers = {fact: number for number, fact in enumerate(sorted({tie.fact for tie in slice.ties}))}
    facts = sorted(open_facts & numbers.keys())
    choice = {fact: number for number, fact in enumerate(facts)}
    pairs: dict[tuple[int, int], int] = {}
    terms: dict[Term, None] = {}
    for tie in slice.ties:
        left, right = sorted((places[tie.left], places[tie.right]))
        literals = ((choice[tie.fact], True),) if tie.fact in choice else ()
        terms[Term(numbers[tie.fact], pairs.setdefault((left, right), len(pairs)), literals)] = None
    return Choices(actors, tuple(pairs), tuple(terms), len(facts)), facts
