"""Ranks, for one network or many: the largest value first, and equal values share the best rank (1, 1, 3)."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from comity.queries.measures.measure import NOTHING, SAME_VALUE

Values = NDArray[np.float64]

Ranks = NDArray[np.int64]
"""One network a row, one actor a column; the best rank is 1."""


def ranks(values: Values, *, same: float = SAME_VALUE, nothing: float = NOTHING) -> Ranks:
    """The rank of every actor in every network.

    Values count as equal that differ from the best of their group by less than `same`, relative to it, or by less than `nothing`:
    from the best and not the neighbour, so that many small steps do not make one group.
    """
    order = np.argsort(-values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    first = np.ones(values.shape, dtype=np.bool_)  # of a group
    first[:, 1:] = ~_near(ordered[:, :-1], ordered[:, 1:], same, nothing)
    begins = _begins(first)
    # Who is near a neighbour is nearly always near the best of the group, too; the few rows where that does not hold are gone through.
    best = np.take_along_axis(ordered, begins, axis=1)
    for row in np.flatnonzero(~_near(best, ordered, same, nothing).all(axis=1)):
        begins[row] = _one_by_one(ordered[row], same, nothing)
    found = np.empty_like(begins)
    np.put_along_axis(found, order, begins + 1, axis=1)
    return found


def _near(best: Values, values: Values, same: float, nothing: float) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):  # infinite values have no difference, but may be equal
        apart = np.abs(best - values)
        largest = np.maximum(np.abs(best), np.abs(values))
        near = (apart <= np.maximum(same * largest, nothing)) & np.isfinite(apart)
    found: NDArray[np.bool_] = near | (best == values)
    return found


def _begins(first: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each place of a row the last before it, or itself, that is the first of a group."""
    places = np.where(first, np.arange(first.shape[1]), 0)
    begins: NDArray[np.int64] = np.maximum.accumulate(places, axis=1)
    return begins


def _one_by_one(ordered: Values, same: float, nothing: float) -> NDArray[np.int64]:
    """The beginnings of the groups of one row, each value held against the best of its group."""
    begins = np.zeros(len(ordered), dtype=np.int64)
    for place in range(1, len(ordered)):
        begin = begins[place - 1]
        near = _near(ordered[begin : begin + 1], ordered[place : place + 1], same, nothing)
        begins[place] = begin if near[0] else place
    return begins


def ranked(
    values: Mapping[str, float], *, same: float = SAME_VALUE, nothing: float = NOTHING
) -> list[tuple[str, int, float]]:
    """Actors of one network with rank and value, in the order of a ranking: those of one rank in order of their ids."""
    placed = ranks(np.array([list(values.values())], dtype=np.float64), same=same, nothing=nothing)
    rows = zip(values, placed[0].tolist(), values.values(), strict=True)
    return sorted(rows, key=lambda row: (row[1], row[0]))
