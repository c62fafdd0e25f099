"""Several kinds of facts as the layers of one network: each layer's values, how an actor spreads over them, how much they overlap."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any

from comity.graph.errors import InputError, NoData
from comity.graph.slices import Question, Slice, take
from comity.graph.stores.base import Store
from comity.queries.measures import Measure
from comity.queries.networks import Network, to_networkx
from comity.queries.plain import plain


@dataclass(frozen=True, slots=True)
class Spread:
    """An actor over the layers.

    `values` are its values by the measure in each layer's own network (None where it has no tie there), `aggregated` that in the
    network of all layers. `overlapping` is its number of partners summed over the layers, and `participation` how evenly they are
    spread (see `participation`).
    """

    actor: str
    name: str
    values: tuple[float | None, ...]
    aggregated: float
    overlapping: int
    participation: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two layers, of which `left` comes first: how many pairs are tied in the one, in the other and in both.

    `jaccard` is the share that is tied in both among those tied in either; `conditional` the share of the pairs tied in `left` that are tied
    in `right`, too: the probability of a tie in the one given a tie in the other (None where `left` has no ties). `correlation` is
    that of the actors' numbers of partners (see `degree_correlation`).
    """

    left: str
    right: str
    left_pairs: int
    right_pairs: int
    both: int
    jaccard: float | None
    conditional: float | None
    correlation: float | None


@dataclass(frozen=True, slots=True)
class Layers:
    """A slice of several layers by a measure: its actors, the most evenly spread first, and each two of its layers, both ways."""

    measure: str
    question: Question
    revision: str
    rows: tuple[Spread, ...]
    overlaps: tuple[Overlap, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values; an actor's values stand by layer."""
        names = self.question.layers
        return {
            "measure": self.measure,
            **self.question.describe(),
            "revision": self.revision,
            "rows": [
                {**plain(row), "values": dict(zip(names, row.values, strict=True))} for row in self.rows
            ],
            "overlaps": plain(self.overlaps),
        }


def read_layers(store: Store, question: Question, measure: Measure) -> Layers:
    """The answer to a question of several layers, layer by layer; `NoData` where nobody tells of one of them at that time."""
    slice = take(store, question, all_facts=True)
    for layer in question.layers:
        if all(fact.kind != layer for fact in slice.facts.values()):
            raise NoData(f"nobody tells of the layer {layer}: leave it out, or load a source that does")
    return layers_of(slice, measure)


def layers_of(slice: Slice, measure: Measure) -> Layers:
    """The layers of a slice by the measure; `InputError` if it has fewer than two."""
    names = slice.question.layers
    if len(names) < 2:
        raise InputError(
            "layers are compared with each other: name two or more, as in --layer agreement --layer drill"
        )
    networks = [to_networkx(layer_of(slice, name)) for name in names]
    values = [measure.function(network) for network in networks]
    aggregated = measure.function(to_networkx(slice))
    rows = []
    for actor, value in aggregated.items():
        partners = [len(network[actor]) if actor in network else 0 for network in networks]
        each = tuple(found.get(actor) for found in values)
        rows.append(
            Spread(actor, slice.actors[actor].name, each, value, sum(partners), participation(partners))
        )
    rows.sort(key=lambda row: (-round(row.participation, 12), -row.overlapping, row.actor))
    every = dict(zip(names, networks, strict=True))
    overlaps = [
        _overlap(left, right, every[left], every[right], slice.members)
        for left, right in permutations(names, 2)
    ]
    return Layers(measure.name, slice.question, slice.revision, tuple(rows), tuple(overlaps))


def layer_of(slice: Slice, layer: str) -> Slice:
    """The ties of one kind of a slice of several."""
    return replace(
        slice,
        question=replace(slice.question, layers=(layer,), types=()),
        ties=tuple(tie for tie in slice.ties if tie.kind == layer),
    )


def participation(partners: Sequence[int]) -> float:
    """Participation coefficient: how evenly an actor's partners are spread over the layers.

    With M layers, k partners in each and o in all it is M/(M - 1) times 1 less the sum of (k/o) squared.

    Parameters
    ----------
    partners : sequence of int
        The actor's number of partners in each of two or more layers.

    Returns
    -------
    float
        0 where all partners are in one layer, 1 where all layers have equally many.

    Notes
    -----
    A partner in two layers counts in both. Layers with more ties weigh more in everybody's coefficient. Parallel ties of one layer
    count once, direction does not matter, nor do components. 0 for an actor without ties, which no slice has.

    References
    ----------
    .. [1] F. Battiston, V. Nicosia, V. Latora, "Structural measures for multiplex networks", Physical Review E 89 (2014) 032804.

    Examples
    --------
    >>> participation([2, 2]), participation([3, 0]), participation([1, 1, 0])
    (1.0, 0.0, 0.75)
    """
    number, total = len(partners), sum(partners)
    if not total:
        return 0.0
    return number * (total**2 - sum(count**2 for count in partners)) / ((number - 1) * total**2)


def degree_correlation(left: Sequence[int], right: Sequence[int]) -> float | None:
    """Pearson's correlation of the numbers of partners that the same actors have in two layers.

    Parameters
    ----------
    left, right : sequence of int
        The numbers of partners in the one and in the other layer, of the same actors in the same order.

    Returns
    -------
    float or None
        From -1 to 1; None where all have equally many in one of the layers.

    Notes
    -----
    In a slice of several layers all actors count that have a tie in any of its layers, with 0 partners where they have none.

    References
    ----------
    .. [1] V. Nicosia, V. Latora, "Measuring and modeling correlations in multiplex networks", Physical Review E 92 (2015) 032805.

    Examples
    --------
    >>> degree_correlation([1, 2, 3], [2, 4, 6]), degree_correlation([1, 1], [0, 3])
    (1.0, None)
    """
    number = len(left)
    # Whole numbers until the root, so that no variation is exactly 0.
    together = number * sum(one * other for one, other in zip(left, right, strict=True)) - sum(left) * sum(
        right
    )
    apart = [number * sum(one**2 for one in side) - sum(side) ** 2 for side in (left, right)]
    return together / math.sqrt(apart[0] * apart[1]) if all(apart) else None


def _overlap(left: str, right: str, one: Network, other: Network, actors: Sequence[str]) -> Overlap:
    here, there = ({frozenset(pair) for pair in network.edges} for network in (one, other))
    both, either = len(here & there), len(here | there)
    partners = [
        [len(network[actor]) if actor in network else 0 for actor in actors] for network in (one, other)
    ]
    return Overlap(
        left, right, len(here), len(there), both,
        jaccard=both / either if either else None,
        conditional=both / len(here) if here else None,
        correlation=degree_correlation(*partners),
    )  # fmt: skip
