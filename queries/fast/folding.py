"""Folding: actors of a network that have the same partners count as one.

Two actors are twins in a network if each other actor is a partner of both or of neither. Whoever is member of the same single pact is;
so that a network of 180 states has some 70 classes of twins. Twins have the same value in every measure, and the network of classes
says all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Networks, positions


@dataclass(frozen=True, slots=True)
class Folds:
    """For every network who stands for whom, and the ties of those who stand for a class.

    `standing` is the first twin of each actor: networks x actors, by place. `knit` is whether that twin's class is one of partners of
    each other. `ties` are network, left and right of the ties between those who stand for a class, in order of the networks.
    """

    standing: NDArray[np.int64]
    knit: NDArray[np.bool_]
    ties: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def fold(networks: Networks) -> Folds:
    """The classes of twins in every network.

    Sets of partners are compared by the sums of random 64-bit numbers of their members. That two different sets of some hundred
    networks had the same sum would be a chance of one in a million million.
    """
    numbers = np.random.default_rng(0).integers(0, 1 << 63, networks.size, dtype=np.uint64) * np.uint64(
        2
    ) + np.uint64(1)
    partners = networks.summed(numbers)
    # Twins that are partners of each other have the same partners once each counts itself; other twins have the same as it is.
    knit_first = _first_equal(partners + numbers)
    loose_first = _first_equal(partners)
    standing = np.minimum(knit_first, loose_first)  # nobody has twins of both sorts
    knit = np.zeros(standing.shape, dtype=np.bool_)
    places = np.arange(networks.size)
    rows, columns = positions(knit_first < places)
    knit[rows, knit_first[rows, columns]] = True
    stands = standing == places
    left, right = networks.pairs[:, 0], networks.pairs[:, 1]
    tied = np.take(stands, left, axis=1)
    tied &= np.take(stands, right, axis=1)
    tied &= networks.tied
    rows, pairs = positions(tied)
    return Folds(standing, knit, (rows, left[pairs], right[pairs]))


def _first_equal(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """For each place of a row the first place of the same row with the same value."""
    order = np.argsort(values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    begins = np.zeros(order.shape, dtype=np.int64)
    begins[:, 1:] = np.where(ordered[:, 1:] != ordered[:, :-1], np.arange(1, order.shape[1]), 0)
    begins = np.maximum.accumulate(begins, axis=1)
    found = np.empty_like(order)
    np.put_along_axis(found, order, np.take_along_axis(order, begins, axis=1), axis=1)
    return found
