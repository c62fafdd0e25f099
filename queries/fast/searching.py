"""Shortest paths between the classes of stacked networks."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Values, ranges

Cube = NDArray[np.float64]
"""Networks x classes x classes."""

_FEW = 12
"""Where a ring has less than one in so many of all cells, what lies beyond it is found tie by tie and not by products of matrices."""


@dataclass(frozen=True, slots=True)
class Links:
    """The last ties of shortest paths to a far ring: each from the cell `before` of the cube to the one `beyond`, whose class has so many
    `members`."""

    before: NDArray[np.int64]
    beyond: NDArray[np.int64]
    members: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Search:
    """Shortest paths from every class to every other.

    `paths` is the number of them between one member of each, `rings` which classes lie 1, 2, ... ties away, and `far` the links to
    those few beyond, ring after ring. `reached` is how many actors lie 1, 2, ... ties away, twins of one's own left aside.
    """

    paths: Cube
    rings: tuple[Cube, ...]
    far: tuple[Links, ...]
    reached: tuple[Values, ...]


def search(joined: Cube, steps: Cube, two_steps: Cube, sizes: Values) -> Search:
    """Search in breadth from all classes at once, one product of matrices a ring."""
    members = sizes[:, :, np.newaxis]
    paths = joined.copy()
    rings = [joined]
    reached = [np.matmul(joined, members)[:, :, 0]]
    open_ = 1 - joined
    open_ -= np.eye(open_.shape[1])
    front = two_steps * open_
    while (lying := front > 0).any():
        ring = lying.astype(np.float64)
        rings.append(ring)
        reached.append(np.matmul(ring, members)[:, :, 0])
        paths += front
        open_ -= ring
        if np.count_nonzero(lying) * _FEW < lying.size:
            break
        front = np.matmul(front, steps)
        front *= open_
    far = []
    for links, found in _beyond(np.flatnonzero(lying), joined, paths, open_ > 0, sizes):
        far.append(links)
        reached.append(found)
    return Search(paths, tuple(rings), tuple(far), tuple(reached))


def _beyond(
    cells: NDArray[np.int64], joined: Cube, paths: Cube, open_: NDArray[np.bool_], sizes: Values
) -> Iterator[tuple[Links, Values]]:
    """The rings beyond these cells, each with the steps to it and how many actors it has; their paths are added to `paths`."""
    if not len(cells):
        return
    width = sizes.shape[1]
    owners, partners = np.divmod(np.flatnonzero(joined > 0), width)
    begins = np.searchsorted(owners, np.arange(sizes.size + 1))
    paths, open_, members = paths.reshape(-1), open_.reshape(-1), sizes.reshape(-1)
    while True:
        sources, places = _split(cells, width)
        numbers = begins[places + 1] - begins[places]
        ties = ranges(begins[places], numbers)
        beyond = np.repeat(sources * width, numbers) + partners[ties]
        new = np.flatnonzero(open_[beyond])
        if not len(new):
            return
        beyond, by = beyond[new], np.repeat(np.arange(len(cells)), numbers)[new]
        np.add.at(paths, beyond, (paths[cells] * members[places])[by])
        open_[beyond] = False
        before, cells = cells[by], np.unique(beyond)
        sources, places = _split(cells, width)
        found = np.bincount(sources, weights=members[places], minlength=sizes.size).astype(np.float64)
        yield Links(before, beyond, members[_split(beyond, width)[1]]), found.reshape(sizes.shape)


def _split(cells: NDArray[np.int64], width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The class that a cell's paths begin at and the one that they lead to, each among those of all networks."""
    sources, classes = np.divmod(cells, width)
    return sources, sources // width * width + classes
