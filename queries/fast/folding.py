"""Folding: actors of a network that have the same partners count as one.

Two actors are twins in a network if each other actor is a partner of both or of neither. Whoever is member of the same single pact is;
so that a network of 180 states has some 70 classes of twins. Twins have the same value in every measure, and the network of classes
says all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Networks, Values, positions


@dataclass(frozen=True, slots=True)
class Folds:
    """The networks of classes, in order of their number of classes.

    `rows` says which networks they are and `number` how many classes each has. `classes` is the class of each actor (-1: not in the
    network), networks x actors; `sizes` the members of each class and `knit` 1 where they are partners of each other, networks x
    classes. `ties` between classes are network (as ordered here), left and right, in order of the networks.
    """

    rows: NDArray[np.int64]
    number: NDArray[np.int64]
    classes: NDArray[np.int64]
    sizes: Values
    knit: Values
    ties: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def fold(networks: Networks) -> Folds:
    """The networks folded: of each class the first member stands for all, and what ties it has the class has."""
    first, knit = _twins(networks)
    stands = (first == np.arange(networks.size)) & networks.members()
    number = stands.sum(axis=1)
    order = np.argsort(number, kind="stable")
    stands, first, number = stands[order], first[order], number[order]
    own = np.where(stands, np.cumsum(stands, axis=1) - 1, -1)
    classes = np.where(networks.members()[order], np.take_along_axis(own, first, axis=1), -1)
    width = int(number.max(initial=0))
    counted = classes + 1 + np.arange(len(order))[:, np.newaxis] * (width + 1)
    sizes = np.bincount(counted.reshape(-1), minlength=len(order) * (width + 1)).reshape(-1, width + 1)[:, 1:]
    knit_classes = np.zeros((len(order), width))
    rows, actors = positions(stands & knit[order])
    knit_classes[rows, own[rows, actors]] = 1
    left, right = networks.pairs.T
    tied = np.take(stands, left, axis=1)
    tied &= np.take(stands, right, axis=1)
    tied &= networks.tied[order]
    rows, pairs = positions(tied)
    ties = (rows, own[rows, left[pairs]], own[rows, right[pairs]])
    return Folds(order, number, classes, sizes.astype(np.float64), knit_classes, ties)


def _twins(networks: Networks) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each actor of each network its first twin, or itself, and whether it is the first of twins that are partners of each other.

    Sets of partners are compared by the sums of random 64-bit numbers of their members. That two different sets in some hundred
    networks had the same sum would be a chance of one in a million million.
    """
    chance = np.random.default_rng(0)
    numbers = chance.integers(1, np.iinfo(np.uint64).max, networks.size, dtype=np.uint64)
    partners = networks.summed(numbers)
    # Twins that are partners of each other have the same partners once each counts itself; others have the same as it is. Nobody has
    # twins of both sorts.
    knit_first = _first_equal(partners + numbers)
    knit = np.zeros(knit_first.shape, dtype=np.bool_)
    rows, actors = positions(knit_first < np.arange(networks.size))
    knit[rows, knit_first[rows, actors]] = True
    return np.minimum(knit_first, _first_equal(partners)), knit


def _first_equal(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """For each place of a row the first place of the same row with the same value."""
    width = values.shape[1]
    rows = np.arange(len(values))[:, np.newaxis] * width
    order = (np.argsort(values, axis=1) + rows).reshape(-1)
    ordered = values.reshape(-1)[order].reshape(values.shape)
    new = np.ones(values.shape, dtype=np.bool_)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    begins = np.flatnonzero(new)
    first = np.minimum.reduceat(order, begins) if len(begins) else begins
    found = np.empty(values.shape, dtype=np.int64)
    found.reshape(-1)[order] = np.repeat(first, np.diff(begins, append=len(order)))
    found -= rows
    return found
