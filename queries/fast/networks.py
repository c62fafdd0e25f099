"""Several undirected networks of the same actors, as arrays."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.graph.stores.stopping import check_stop
from comity.queries.networks import Network

Values = NDArray[np.float64]
"""One network a row, one actor a column."""

Weights = NDArray[np.integer[Any]] | NDArray[np.bool_]
"""How many facts tie a pair; or only whether any does."""

Told = Callable[[int], Iterable[tuple[int, Hashable]]]
"""For one of the networks each pair (by number) that is tied in it, with each fact that ties it."""

_CELLS = 1 << 22
"""Networks times pairs that are looked at together: little enough for the memory."""


@dataclass(frozen=True)
class Networks:
    """Networks of the same actors, one a row of `weights`: the number of facts that tie each of the `pairs` in it; 0: no tie.

    Pairs name two different actors by their places, no pair twice. An actor without a tie in a network is not in that network,
    and every measure of it is 0 there. `told` says which facts these are, where that is known.
    """

    actors: tuple[str, ...]
    pairs: NDArray[np.int64]
    weights: Weights
    told: Told | None = None

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def size(self) -> int:
        """The number of actors."""
        return len(self.actors)

    @cached_property
    def tied(self) -> NDArray[np.bool_]:
        """Whether there is a tie: networks x pairs."""
        return self.weights.astype(np.bool_, copy=False)

    @cached_property
    def changes(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """What differs from one network to the next: network, pair, and whether the tie is new (else it is gone)."""
        differs = self.tied.copy()
        differs[1:] ^= self.tied[:-1]
        rows, pairs = positions(differs)
        return rows, pairs, self.tied[rows, pairs]

    @cached_property
    def degrees(self) -> NDArray[np.int64]:
        """The number of partners: networks x actors."""
        return self.summed(np.ones(self.size, dtype=np.int64))

    def summed(self, of: NDArray[Any]) -> NDArray[Any]:
        """For every actor in every network the sum over its partners of a number that each actor has; whole numbers wrap around.

        Only what changes from network to network is added or taken away.
        """
        rows, pairs, new = self.changes
        left, right = self.pairs[pairs, 0], self.pairs[pairs, 1]
        sums = np.zeros((len(self), self.size), dtype=of.dtype)
        flat = sums.reshape(-1)
        for own, other in ((left, right), (right, left)):
            np.add.at(flat, rows * self.size + own, np.where(new, of[other], -of[other]))
        return np.cumsum(sums, axis=0, dtype=of.dtype)

    def members(self) -> NDArray[np.bool_]:
        """Who is in which network: networks x actors."""
        return self.degrees > 0

    def only(self, rows: NDArray[np.int64] | slice) -> "Networks":
        """Some of the networks, as numbers: which facts tie a pair is left behind."""
        return Networks(self.actors, self.pairs, self.weights[rows])

    def graphs(self) -> Iterator[Network]:
        """Each network as `to_networkx` makes it of a slice, but for the names of actors; with `facts` where these are known."""
        for row, members in enumerate(self.members()):
            check_stop()
            graph: Network = nx.Graph()
            graph.add_nodes_from(self.actors[place] for place in np.flatnonzero(members))
            for pair in np.flatnonzero(self.weights[row]).tolist():
                left, right = self.pairs[pair].tolist()
                graph.add_edge(self.actors[left], self.actors[right], weight=int(self.weights[row, pair]))
            if self.told is not None:
                self._tell(graph, self.told(row))
            yield graph

    def _tell(self, graph: Network, told: Iterable[tuple[int, Hashable]]) -> None:
        facts: dict[int, dict[Hashable, None]] = {}
        for pair, fact in told:
            facts.setdefault(pair, {})[fact] = None
        for pair, named in facts.items():
            left, right = self.pairs[pair].tolist()
            graph.edges[self.actors[left], self.actors[right]]["facts"] = tuple(named)

    def distinct(self) -> tuple["Networks", NDArray[np.int64]]:
        """The networks that differ in their ties, without weights, in their order, and for each of these networks which of them it is."""
        tied = self.weights != 0
        packed = np.packbits(tied, axis=1)
        if not packed.shape[1]:
            return self.only(slice(0, 1)), np.zeros(len(self), dtype=np.int64)
        _, first, where = np.unique(
            packed.view(np.dtype((np.void, packed.shape[1]))), return_index=True, return_inverse=True
        )
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        return Networks(self.actors, self.pairs, tied[first[order]]), place[where.reshape(-1)]

    def blocks(self) -> Iterator["Networks"]:
        """The networks, so many at a time as fit into the memory."""
        step = max(1, _CELLS // max(1, len(self.pairs)))
        if len(self) <= step:
            yield self
            return
        for at in range(0, len(self), step):
            yield self.only(slice(at, at + step))


def positions(true: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of what is true, as numpy's `nonzero` gives them, several times faster."""
    return np.divmod(np.flatnonzero(true), max(1, true.shape[1]))


def ranges(begins: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each of the beginnings on, so many of them."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + lengths, lengths)


def quotient(above: Values, below: Values) -> Values:
    """One by the other; 0 where the other is 0."""
    found: Values = np.divide(above, below, out=np.zeros_like(above), where=below > 0)
    return found
