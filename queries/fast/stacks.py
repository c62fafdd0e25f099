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

_CELLS = 1 << 16
"""Numbers in one cube at most: several of them fit into the cache of a processor."""

LARGEST = 400
"""Classes of a network at most that is computed with matrices; of more, following its ties is faster."""


@dataclass(frozen=True)
class Stack:
    """Some of the networks, each as its classes of twins (`Folded`). Those with fewer classes than others have empty ones at the end.

    `places` says to which class each actor belongs (the one after the last: to none), and `joined` is 1 between classes whose members
    are partners.
    """

    rows: NDArray[np.int64]
    places: NDArray[np.int64]
    joined: Cube
    sizes: Values
    knit: Values

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
        padded = np.concatenate([values, np.zeros((len(values), 1))], axis=1)
        return np.take_along_axis(padded, self.places, axis=1)


def stacks(networks: Networks) -> Iterator[Stack | Large]:
    """All of the networks, folded and stacked, and those alone that have too many classes."""
    folds = fold(networks)
    stands = (folds.standing == np.arange(networks.size)) & networks.members()
    number = stands.sum(axis=1)
    order = np.argsort(-(-number // _ROUNDED), kind="stable")
    rounded = -(-number[order] // _ROUNDED) * _ROUNDED
    at = 0
    while at < len(order):
        width = int(rounded[at])
        end = min(int(np.searchsorted(rounded, width, side="right")), at + max(1, _CELLS // max(1, width**2)))
        if width > LARGEST:
            end = at + 1
            yield large(networks, int(order[at]))
        elif width:
            yield _stack(networks, folds, stands, np.sort(order[at:end]), int(number[order[at:end]].max()))
        at = end


def _stack(
    networks: Networks, folds: Folds, stands: NDArray[np.bool_], rows: NDArray[np.int64], width: int
) -> Stack:
    members = networks.members()[rows]
    own = np.where(stands[rows], np.cumsum(stands[rows], axis=1) - 1, width)
    places = np.where(members, np.take_along_axis(own, folds.standing[rows], axis=1), width)
    count = len(rows)
    shift = np.arange(count)[:, np.newaxis] * (width + 1)
    sizes = np.bincount((places + shift).reshape(-1), minlength=count * (width + 1)).reshape(
        count, width + 1
    )[:, :width]
    knit = np.zeros((count, width + 1))
    np.put_along_axis(knit, own, folds.knit[rows].astype(np.float64), axis=1)
    where = np.full(len(networks), -1)
    where[rows] = np.arange(count)
    tied, left, right = folds.ties
    here = where[tied] >= 0
    row = where[tied[here]]
    one, other = own[row, left[here]], own[row, right[here]]
    joined = np.zeros((count, width, width))
    joined[row, one, other] = joined[row, other, one] = 1
    return Stack(rows, places, joined, sizes.astype(np.float64), knit[:, :width])
