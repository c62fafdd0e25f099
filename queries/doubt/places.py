"""Ranks in many settlements at once, by the rule of queries/ranking.py: equal values share the best rank (1, 1, 3)."""

import numpy as np
from numpy.typing import NDArray

from comity.queries.measures.measure import NOTHING, SAME_VALUE

Ranks = NDArray[np.int64]
"""One settlement a row, one actor a column; the best rank is 1."""


def ranks(values: NDArray[np.float64], *, same: float = SAME_VALUE, nothing: float = NOTHING) -> Ranks:
    """The rank of every actor in every settlement.

    Values count as equal that differ from the best of their group by less than `same`, relative to it, or by less than `nothing`.
    """
    number, actors = values.shape
    order = np.argsort(-values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    placed = np.ones((number, actors), dtype=np.int64)
    if not actors:
        return placed
    best, rank = ordered[:, 0], np.ones(number, dtype=np.int64)
    for place in range(actors):
        value = ordered[:, place]
        near = np.abs(best - value) <= np.maximum(same * np.maximum(np.abs(best), np.abs(value)), nothing)
        best = np.where(near, best, value)
        rank = np.where(near, rank, place + 1)
        placed[:, place] = rank
    found = np.empty_like(placed)
    np.put_along_axis(found, order, placed, axis=1)
    return found
