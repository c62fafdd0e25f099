"""Folded networks of like size, stacked, so that one step of numpy is one step for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.folding import Folds, fold
from comity.queries.fast.networks import Networks, Values
from comity.queries.fast.searching import Cube, Search, search

_ROUNDED = 8
"""Networks whose numbers of classes round up to the same multiple of this are computed together."""

_CELLS = 1 << 17
"""Numbers in one cube at most: several of them fit into the cache of a processor."""


@dataclass(frozen=True)
class Stack:
    """Some of the networks, each as its classes of twins. Networks with fewer classes than others have empty ones at the end.

    `rows` says which networks they are and `places` to which class each actor belongs (the one after the last: to none). `joined`
    is 1 between classes whose members are partners, `sizes` how many members a class has, `knit` 1 where these are partners of
    each other. Values are computed for one member of each class: networks x classes.
    """

    rows: NDArray[np.int64]
    places: NDArray[np.int64]
    joined: Cube
    sizes: Values
    knit: Values

    @cached_property
    def mates(self) -> Values:
        """How many twins each has."""
        return np.maximum(self.sizes - 1, 0)

    @cached_property
    def degrees(self) -> Values:
        """How many partners each has."""
        return self.over(self.sizes) + self.knit * self.mates

    @cached_property
    def members(self) -> Values:
        """How many actors each network has."""
        return self.sizes.sum(axis=1, keepdims=True)

    @cached_property
    def steps(self) -> Cube:
        """`joined`, each row times the size of its class: what one step to a partner multiplies the number of ways by."""
        return self.joined * self.sizes[:, :, np.newaxis]

    @cached_property
    def two_steps(self) -> Cube:
        """For one member each of two classes the partners, not among their twins, that they share."""
        return np.matmul(self.joined, self.steps)

    @cached_property
    def search(self) -> Search:
        """The shortest paths, which several measures share."""
        return search(self.joined, self.steps, self.two_steps, self.sizes)

    def over(self, values: Values) -> Values:
        """For each class the sum of a value over the classes joined to it."""
        found: Values = np.matmul(self.joined, values[:, :, np.newaxis])[:, :, 0]
        return found

    def spread(self, values: Values) -> Values:
        """The values of the classes for each actor: networks x actors; 0 for who is not in the network."""
        padded = np.concatenate([values, np.zeros((len(values), 1))], axis=1)
        return np.take_along_axis(padded, self.places, axis=1)


def stacks(networks: Networks) -> Iterator[Stack]:
    """All of the networks, folded and stacked."""
    folds = fold(networks)
    stands = (folds.standing == np.arange(networks.size)) & networks.members()
    number = stands.sum(axis=1)
    order = np.argsort(-(-number // _ROUNDED), kind="stable")
    rounded = -(-number[order] // _ROUNDED) * _ROUNDED
    at = 0
    while at < len(order):
        width = int(rounded[at])
        end = min(int(np.searchsorted(rounded, width, side="right")), at + max(1, _CELLS // max(1, width**2)))
        if width:
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
