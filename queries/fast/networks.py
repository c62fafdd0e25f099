"""Many networks over the same actors, in numbers."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Networks:
    """Several undirected networks over the same actors.

    `pairs` names the two actors of each pair by their places, the smaller first; `weights` says in each network (row) how many
    facts tie each pair (column), 0 for no tie. An actor without a tie in a network is not in it.
    """

    actors: tuple[str, ...]
    pairs: NDArray[np.int64]
    weights: NDArray[np.int64]

    @cached_property
    def members(self) -> NDArray[np.bool_]:
        """Who has a tie: networks x actors."""
        ends = np.zeros((len(self.pairs), len(self.actors)))
        rows = np.arange(len(self.pairs))
        ends[rows, self.pairs[:, 0]] = 1
        ends[rows, self.pairs[:, 1]] = 1
        there: NDArray[np.bool_] = (self.weights > 0) @ ends > 0
        return there
