"""How closely knit surroundings are: core number and clustering."""

import numpy as np

from comity.queries.fast.large import Large
from comity.queries.fast.networks import Values, quotient, ranges
from comity.queries.fast.stacks import Stack

_WEDGES = 1 << 22
"""Pairs of partners of a large network that are looked at together."""


def core(stack: Stack) -> Values:
    """Peeling: those with the fewest partners are taken away, round by round, from all networks at once."""
    found = np.zeros(stack.sizes.shape)
    left = np.where(stack.sizes > 0, stack.degrees, np.inf)
    level = np.zeros((len(left), 1))
    while np.isfinite(least := left.min(axis=1, keepdims=True)).any():
        level = np.maximum(level, least)
        gone = np.isfinite(left) & (left <= level)
        np.copyto(found, level, where=gone)
        left -= stack.over(gone * stack.sizes)
        left[gone] = np.inf
    return found


def clustering(stack: Stack) -> Values:
    """The pairs of partners that are partners of each other: within and between classes, and with one's own twins."""
    sizes, knit, mates = stack.sizes, stack.knit, stack.mates
    within = knit * sizes * mates
    others = stack.degrees - knit * mates
    closed = np.einsum("bvw,bvw,bw->bv", stack.two_steps, stack.joined, sizes)
    closed += np.matmul(stack.joined, within[:, :, np.newaxis])[:, :, 0]
    closed += knit * mates * (2 * others + mates - 1)
    pairs = stack.degrees * (stack.degrees - 1)
    return quotient(closed, pairs)


def core_alone(network: Large) -> Values:
    """Peeling: those with the fewest partners left are taken away, and then who has no more left for it."""
    degrees = np.diff(network.begins)
    found = np.zeros(len(degrees))
    left = np.ones(len(degrees), dtype=np.bool_)
    level = 0
    while left.any():
        level = max(level, int(degrees[left].min()))
        gone = np.flatnonzero(left & (degrees <= level))
        while len(gone):
            found[gone] = level
            left[gone] = False
            losing, times = np.unique(network.partners_of(gone), return_counts=True)
            degrees[losing] -= times
            gone = losing[left[losing] & (degrees[losing] <= level)]
    return found[np.newaxis]


def clustering_alone(network: Large) -> Values:
    """Every triangle is found once: from its member with the fewest partners, by two ties to members with more."""
    number = len(network.places)
    degrees = np.diff(network.begins)
    order = np.empty(number, dtype=np.int64)
    order[np.argsort(degrees, kind="stable")] = np.arange(number)
    up = order[network.owners] < order[network.partners]
    owners, partners = network.owners[up], network.partners[up]
    ties = owners * number + partners  # in order
    begins = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=number))])
    wedges = np.diff(begins)[owners]  # for each tie upwards all ties upwards of the same member
    triangles = np.zeros(number)
    for some in np.array_split(np.arange(len(ties)), max(1, int(wedges.sum()) // _WEDGES)):
        one = np.repeat(some, wedges[some])
        other = ranges(begins[owners[some]], wedges[some])
        closing = partners[one] * number + partners[other]
        at = np.minimum(np.searchsorted(ties, closing), len(ties) - 1)
        closed = ties[at] == closing
        for corner in (owners[one], partners[one], partners[other]):
            triangles += np.bincount(corner[closed], minlength=number)
    pairs = degrees * (degrees - 1) / 2
    return quotient(triangles, pairs)[np.newaxis]
