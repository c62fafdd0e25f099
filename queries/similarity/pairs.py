"""Who is like whom: the dyads of a slice by a measure of similarity, and one dyad by all measures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.graph.crosswalk import crosswalk
from comity.graph.errors import InputError
from comity.graph.slices import ActorNode, Question, Slice
from comity.queries.plain import plain
from comity.queries.similarity.measures import SIMILARITY_MEASURES, SimilarityMeasure, Tables
from comity.queries.similarity.portfolios import SCALE, STRONGEST, Commitments, Portfolios, portfolios
from comity.queries.similarity.weights import Weights

SAME_VALUE = 1e-12
"""Values that differ by less share a rank: sums in another order differ in their last digits."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two states are, and the place of that among the dyads, the most alike first."""

    left: str
    left_name: str
    right: str
    right_name: str
    rank: int
    value: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The dyads of a slice by a measure, or those of one `actor`.

    Of `undefined` dyads the measure has no value. `left_out` are actors with commitments that are no states of the system then, `unweighted` the
    states whose weight is not known and which count nothing as partners.
    """

    measure: SimilarityMeasure
    question: Question
    revision: str
    states: int
    binary: bool
    rows: tuple[Alike, ...] = field(repr=False)
    undefined: int = 0
    left_out: tuple[str, ...] = ()
    weights: str = ""
    unweighted: tuple[str, ...] = ()
    actor: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        return {
            "measure": self.measure.name,
            **described(self.question, binary=self.binary, weights=self.weights),
            "revision": self.revision,
            "states": self.states,
            "undefined": self.undefined,
            "left_out": list(self.left_out),
            **({"unweighted": list(self.unweighted)} if self.weights else {}),
            **({"actor": self.actor} if self.actor else {}),
            "rows": plain(self.rows),
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """To how many states the left one commits itself by one strength and the right one by another."""

    left: int
    right: int
    states: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two states are by every measure, on the scale and with any commitment as 1 (None: not defined).

    `cells` is the contingency table that all of it follows from, without its zeros.
    """

    left: ActorNode
    right: ActorNode
    question: Question
    revision: str
    states: int
    valued: Mapping[str, float | None]
    binary: Mapping[str, float | None]
    cells: tuple[Cell, ...]
    weights: str = ""
    unweighted: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The likeness as plain JSON values."""
        return {
            "left": {"actor": self.left.id, "name": self.left.name},
            "right": {"actor": self.right.id, "name": self.right.name},
            **described(self.question, weights=self.weights),
            "revision": self.revision,
            "states": self.states,
            **({"unweighted": list(self.unweighted)} if self.weights else {}),
            "valued": dict(self.valued),
            "binary": dict(self.binary),
            "cells": plain(self.cells),
        }


def described(question: Question, *, binary: bool | None = None, weights: str = "") -> dict[str, Any]:
    """What was asked, with the conventions of portfolios."""
    return {
        **replace(question, types=question.types or tuple(SCALE)).describe(),
        "states_of": "Correlates of War",
        "own_cell": "the strongest commitment",
        **({} if binary is None else {"binary": binary}),
        "weights": weights,
    }


def compare(
    slice: Slice,
    measure: SimilarityMeasure,
    *,
    actor: str = "",
    binary: bool = False,
    weights: Weights | None = None,
) -> Comparison:
    """All dyads of the states of the system by the measure, or those of one, the most alike first."""
    found = portfolios(slice)
    found = found.binary() if binary else found
    numbers, unweighted = _weighted(found, weights, slice.question.first)
    values = measure.function(Tables.of(found.commitments, found.strongest, numbers))
    lefts, rights = np.triu_indices(len(found.states), 1)
    if actor:
        mine = (lefts == found.place(actor)) | (rights == found.place(actor))
        lefts, rights = lefts[mine], rights[mine]
    chosen = values[lefts, rights]
    defined = ~np.isnan(chosen)
    return Comparison(
        measure=measure,
        question=slice.question,
        revision=slice.revision,
        states=len(found.states),
        binary=binary,
        rows=tuple(
            _ranked(
                [(found.states[left], found.states[right]) for left, right in zip(lefts[defined], rights[defined], strict=True)],
                chosen[defined].tolist(),
                slice.actors,
                actor,
            )
        ),
        undefined=int((~defined).sum()),
        left_out=found.left_out,
        weights=weights.name if weights else "",
        unweighted=unweighted,
        actor=actor,
    )  # fmt: skip


def liken(slice: Slice, left: str, right: str, *, weights: Weights | None = None) -> Likeness:
    """Two states by every measure, valued and binary."""
    check_two(left, right)
    found = portfolios(slice)
    numbers, unweighted = _weighted(found, weights, slice.question.first)
    pair = found.of(left, right)
    counts = Tables.of_pairs([pair], [None]).counts[:, :, 0]
    [valued] = by_every_measure([pair], [numbers])
    [binary] = by_every_measure([pair], [numbers], binary=True)
    return Likeness(
        left=_node(slice.actors, left),
        right=_node(slice.actors, right),
        question=slice.question,
        revision=slice.revision,
        states=len(found.states),
        valued=valued,
        binary=binary,
        cells=tuple(
            Cell(one, other, int(counts[one, other]))
            for one in reversed(range(len(counts)))
            for other in reversed(range(len(counts)))
            if counts[one, other]
        ),
        weights=weights.name if weights else "",
        unweighted=unweighted,
    )


def by_every_measure(
    pairs: Sequence[Commitments], weights: Sequence[Numbers | None], *, binary: bool = False
) -> list[dict[str, float | None]]:
    """The value of every measure for each pair of portfolios, each with its weights; None where it is not defined."""
    counted = [np.minimum(pair, 1) for pair in pairs] if binary else pairs
    tables = Tables.of_pairs(counted, weights, 1 if binary else STRONGEST)
    values = {name: each.function(tables).tolist() for name, each in SIMILARITY_MEASURES.items()}
    return [
        {name: None if isnan(told[place]) else told[place] for name, told in values.items()}
        for place in range(len(pairs))
    ]


def _weighted(
    found: Portfolios, weights: Weights | None, day: date
) -> tuple[Numbers | None, tuple[str, ...]]:
    return (None, ()) if weights is None else weights.of(found.states, day.year)


def _ranked(
    pairs: list[tuple[str, str]], values: list[float], actors: Mapping[str, ActorNode], actor: str
) -> Iterator[Alike]:
    """The dyads, the most alike first; equal ones share the best rank and stand in order of ids. The actor asked for comes first."""
    rank, best = 0, float("inf")
    for place, (value, (one, other)) in enumerate(
        sorted(zip(values, pairs, strict=True), key=lambda row: (-round(row[0], 12), row[1])), start=1
    ):
        if best - value > SAME_VALUE:
            rank, best = place, value
        left, right = (other, one) if other == actor else (one, other)
        yield Alike(left, _node(actors, left).name, right, _node(actors, right).name, rank, value)


def _node(actors: Mapping[str, ActorNode], id: str) -> ActorNode:
    """The actor as the store has it; a state of which the store tells nothing as the crosswalk has it."""
    return actors.get(id) or ActorNode(id, "Country", crosswalk().actor(id).name)


def check_two(left: str, right: str) -> None:
    """`InputError` where they are one."""
    if left == right:
        raise InputError(f"{left} is given twice: name two different states")
