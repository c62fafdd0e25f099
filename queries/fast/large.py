"""One network that is too large for matrices: ties are followed from actor to actor."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.graph.errors import InputError
from comity.queries.fast.leading import DENSELY, Product
from comity.queries.fast.networks import Networks, Values, ranges

_WORDS = 8
"""Sources of a search are so many times 64."""


@dataclass(frozen=True)
class Large:
    """One network, every member a class of its own (`Folded`).

    `places` names the members among all actors. The partners of member m are `partners[begins[m] : begins[m + 1]]`, in order.
    """

    rows: NDArray[np.int64]
    size: int
    places: NDArray[np.int64]
    partners: NDArray[np.int64]
    begins: NDArray[np.int64]

    def parts(self) -> Iterator["Large"]:
        yield self

    @cached_property
    def sizes(self) -> Values:
        return np.ones((1, len(self.places)))

    @cached_property
    def knit(self) -> Values:
        return np.zeros((1, len(self.places)))

    @property
    def mates(self) -> Values:
        return self.knit

    @cached_property
    def members(self) -> Values:
        return np.array([[float(len(self.places))]])

    @cached_property
    def degrees(self) -> Values:
        return np.diff(self.begins)[np.newaxis].astype(np.float64)

    @cached_property
    def reached(self) -> tuple[Values, ...]:
        """Search in breadth from some hundred sources at once, each a bit."""
        number = len(self.places)
        found: list[Values] = []
        for first in range(0, number, 64 * _WORDS):
            sources = np.arange(first, min(first + 64 * _WORDS, number))
            at = sources - first
            seen = np.zeros((number, _WORDS), dtype=np.uint64)
            seen[sources, at // 64] = np.uint64(1) << (at % 64).astype(np.uint64)
            front, ring = seen.copy(), 0
            while True:
                front = np.bitwise_or.reduceat(front[self.partners], self.begins[:-1], axis=0) & ~seen
                counts = np.bitwise_count(front).sum(axis=1, dtype=np.float64)
                if not counts.any():
                    break
                if ring == len(found):
                    found.append(np.zeros((1, number)))
                found[ring] += counts
                seen |= front
                ring += 1
        return tuple(found)

    def over(self, values: Values) -> Values:
        return np.add.reduceat(values[0, self.partners], self.begins[:-1])[np.newaxis]

    def product(self, scale: Values, own: Values) -> Product:
        return lambda values: scale * self.over(scale * values) + own * values

    def matrices(self, scale: Values, own: Values, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        number = len(self.places)
        if number > DENSELY:
            raise InputError(
                f"the leading eigenvector of a network of {number} actors was not found: eigenvalues are too close to the largest; "
                "ask for a smaller part of the network, or for another measure"
            )
        matrix = np.zeros((number, number))
        matrix[self.owners, self.partners] = scale[0, self.owners] * scale[0, self.partners]
        np.fill_diagonal(matrix, own[0])
        return matrix[np.newaxis][rows]

    def spread(self, values: Values) -> Values:
        found = np.zeros((1, self.size))
        found[:, self.places] = values
        return found

    def partners_of(self, members: NDArray[np.int64]) -> NDArray[np.int64]:
        """The partners of each of them, one after the other."""
        return self.partners[ranges(self.begins[members], np.diff(self.begins)[members])]

    @cached_property
    def owners(self) -> NDArray[np.int64]:
        """Whose partners `partners` are."""
        return np.repeat(np.arange(len(self.places)), np.diff(self.begins))


def large(networks: Networks, row: int) -> Large:
    """One of the networks."""
    ends = networks.pairs[networks.tied[row]]
    places = np.flatnonzero(networks.members()[row])
    own = np.zeros(networks.size, dtype=np.int64)
    own[places] = np.arange(len(places))
    left, right = own[ends[:, 0]], own[ends[:, 1]]
    ways = np.sort(np.concatenate([left * len(places) + right, right * len(places) + left]))
    owners, partners = np.divmod(ways, len(places))
    begins = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=len(places)))])
    return Large(np.array([row]), networks.size, places, partners, begins)
