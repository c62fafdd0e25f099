"""The networks of slices of the same ties at several times."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from comity.graph.slices import Question
from comity.graph.ties import Tie
from comity.queries.fast.networks import Networks, Weights


def networks_at(ties: Iterable[Tie], questions: Sequence[Question]) -> Networks:
    """The network of each question, as `to_networkx` makes it of the question's slice.

    Questions are in order of time and differ in nothing else, and actors are those who have a tie in any of the networks. Each tie is looked
    at once, however many questions there are.
    """
    if not questions:
        return Networks((), np.zeros((0, 2), dtype=np.int64), np.zeros((0, 0), dtype=np.int32))
    counted, first, last = _counted(ties, questions)
    ids = sorted({end for tie in counted for end in (tie.left, tie.right)})
    place = {actor: at for at, actor in enumerate(ids)}
    facts = {fact: at for at, fact in enumerate({tie.fact for tie in counted})}
    ends = np.array([(place[tie.left], place[tie.right]) for tie in counted], dtype=np.int64).reshape(-1, 2)
    ends.sort(axis=1)
    keys, pair = np.unique(ends[:, 0] * max(1, len(ids)) + ends[:, 1], return_inverse=True)
    fact = np.array([facts[tie.fact] for tie in counted], dtype=np.int64)
    pairs = np.column_stack(np.divmod(keys, max(1, len(ids))))

    def told(row: int) -> list[tuple[int, int]]:
        holds = np.flatnonzero((first <= row) & (row < last))
        return list(zip(pair[holds].tolist(), fact[holds].tolist(), strict=True))

    return Networks(
        tuple(ids),
        pairs,
        _weights(pair * max(1, len(facts)) + fact, pair, first, last, (len(questions), len(pairs))),
        told,
    )


def _counted(
    ties: Iterable[Tie], questions: Sequence[Question]
) -> tuple[list[Tie], NDArray[np.int64], NDArray[np.int64]]:
    """The ties that count in any of the questions, and for each the first that it counts in and the first after that it does not."""
    found, begins, ends = [], [], []
    for tie in ties:
        days = questions[0].days_of(tie)
        if days is not None:
            found.append(tie)
            begins.append(days[0])
            ends.append(days[1])
    lasts = _days([question.last for question in questions])
    firsts = _days([question.first for question in questions])
    first = np.searchsorted(lasts, _days(begins), side="left")
    last = np.searchsorted(firsts, _days(ends), side="right")
    any_ = np.flatnonzero(first < last)
    return [found[at] for at in any_], first[any_], last[any_]


def _days(days: Sequence[date]) -> NDArray[np.int64]:
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def _weights(
    told: NDArray[np.int64],
    pair: NDArray[np.int64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    shape: tuple[int, int],
) -> Weights:
    """How many facts tie each pair in each network; `told` is equal for ties of one pair by one fact, which count once.

    Ties of one fact that overlap are made one, and each then adds one where it begins and takes it away where it is over.
    """
    number = shape[0] + 1
    order = np.lexsort((first, told))
    told, pair, first, last = told[order], pair[order], first[order], last[order]
    # What each fact tells of a pair is moved beyond what the one before tells.
    shift = np.cumsum(np.diff(told, prepend=told[:1]) > 0) * number
    over = np.maximum.accumulate(last + shift)
    begins = np.flatnonzero(np.concatenate([[-1], over[:-1]])[: len(over)] < first + shift)
    ends = np.append(begins[1:], len(over))[: len(begins)] - 1
    small = np.min_scalar_type(
        -int(np.bincount(pair, minlength=1).max())
    )  # what any of the weights fits into
    weights = np.zeros((number, shape[1]), dtype=small)
    np.add.at(weights, (first[begins], pair[begins]), 1)
    np.add.at(weights, ((over - shift)[ends], pair[begins]), -1)
    for before, after in pairwise(
        weights
    ):  # adds them up many times faster than numpy's `cumsum` along this axis
        after += before
    return weights[:-1]
