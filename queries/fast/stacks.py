"""Folded networks of like size, stacked, so that one step of numpy is one step for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.folding import Folds, fold
from comity.queries.fast.large import Large, large
from comity.queries.fast.leading import Product
from comity.queries.fast.networks import Networks, Values
from comity.queries.fast.searching import Cube, Search, search

_ROUNDED = 8
"""Networks whose numbers of classes round up to the same multiple of this are computed together."""

_CELLS = 1 << 18
"""Numbers in one cube at most: some of them fit into the cache that processors share, and are enough for what a step of numpy costs."""

_PART = 1 << 15
"""The same for what has many cubes at hand at once: all of them fit into the cache of one processor."""

LARGEST = 400
"""Classes of a network at most that is computed with matrices; of more, following its ties is faster."""


@dataclass(frozen=True)
class Stack:
    """Some of the networks, each as its classes of twins (`Folded`). Those with fewer classes than others have empty ones at the end.

    `classes` says to which class each actor belongs (-1: to none), and `joined` is 1 between classes whose members are partners.
    """

    rows: NDArray[np.int64]
    classes: NDArray[np.int64]
    joined: Cube
    sizes: Values
    knit: Values

    def parts(self) -> Iterator["Stack"]:
        """The same networks, fewer at a time."""
        step = max(1, _PART // self.joined[0].size)
        for at in range(0, len(self.rows), step):
            some = slice(at, at + step)
            yield Stack(
                self.rows[some], self.classes[some], self.joined[some], self.sizes[some], self.knit[some]
            )

    @cached_property
    def mates(self) -> Values:
        return np.maximum(self.sizes - 1, 0)

    @cached_property
    def degrees(self) -> Values:
        return self.over(self.sizes) + self.knit * self.mates

    @cached_property
    def members(self) -> Values:
        members: Values = self.sizes.sum(axis=1, keepdims=True)
        return members

    @cached_property
    def steps(self) -> Cube:
        """`joined`, each row times the size of its class: what one step to a partner multiplies the number of ways by."""
        steps: Cube = self.joined * self.sizes[:, :, np.newaxis]
        return steps

    @cached_property
    def two_steps(self) -> Cube:
        """For one member each of two classes the partners, not among their twins, that they share."""
        shared: Cube = np.matmul(self.joined, self.steps)
        return shared

    @cached_property
    def search(self) -> Search:
        """The shortest paths, which several measures share."""
        return search(self.joined, self.steps, self.two_steps, self.sizes)

    @property
    def reached(self) -> tuple[Values, ...]:
        return self.search.reached

    def product(self, scale: Values, own: Values) -> Product:
        matrices = self.matrices(scale, own, slice(None))
        return lambda values: np.matmul(matrices, values[:, :, np.newaxis])[:, :, 0]

    def matrices(self, scale: Values, own: Values, rows: NDArray[np.int64] | slice) -> Cube:
        matrices: Cube = self.joined[rows] * scale[rows, :, np.newaxis]
        matrices *= scale[rows, np.newaxis, :]
        places = np.arange(scale.shape[1])
        matrices[:, places, places] = own[rows]
        return matrices

    def over(self, values: Values) -> Values:
        found: Values = np.matmul(self.joined, values[:, :, np.newaxis])[:, :, 0]
        return found

    def spread(self, values: Values) -> Values:
        # The class -1 is the last of these, and has nothing.
        padded = np.concatenate([values, np.zeros((len(values), 1))], axis=1)
        return np.take_along_axis(padded, self.classes, axis=1)


def stacks(networks: Networks) -> Iterator[Stack | Large]:
    """All of the networks, folded and stacked, and those alone that have too many classes."""
    folds = fold(networks)
    rounded = -(-folds.number // _ROUNDED)
    at = int(np.searchsorted(rounded, 1))  # the first with ties
    while at < len(rounded):
        width = int(rounded[at]) * _ROUNDED
        if width > LARGEST:
            yield large(networks, int(folds.rows[at]))
            at += 1
        else:
            end = min(
                int(np.searchsorted(rounded, rounded[at], side="right")), at + max(1, _CELLS // width**2)
            )
            yield _stack(folds, at, end)
            at = end


def _stack(folds: Folds, at: int, end: int) -> Stack:
    """These of the folded networks."""
    width = int(folds.number[end - 1])
    rows, left, right = (part[slice(*np.searchsorted(folds.ties[0], (at, end)))] for part in folds.ties)
    joined = np.zeros((end - at, width, width))
    joined[rows - at, left, right] = joined[rows - at, right, left] = 1
    some = slice(at, end)
    return Stack(
        folds.rows[some], folds.classes[some], joined, folds.sizes[some, :width], folds.knit[some, :width]
    )
