"""Shortest paths between the classes of stacked networks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Values

Cube = NDArray[np.float64]
"""Networks x classes x classes."""


@dataclass(frozen=True, slots=True)
class Search:
    """Shortest paths from every class to every other.

    `paths` is the number of them between one member of each, `rings` which classes lie 1, 2, ... ties away, and `reached` how many
    actors do, twins of one's own left aside.
    """

    paths: Cube
    rings: tuple[Cube, ...]
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
    while True:
        ring = (front > 0).astype(np.float64)
        found = np.matmul(ring, members)[:, :, 0]
        if not found.any():
            return Search(paths, tuple(rings), tuple(reached))
        rings.append(ring)
        reached.append(found)
        paths += front
        open_ -= ring
        front = np.matmul(front, steps)
        front *= open_
