"""What differs between two networks: of two dates, two sources, two days of record, or whatever else two questions differ in."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.graph.errors import InputError
from comity.graph.slices import Question, Slice
from comity.graph.stores.stopping import check_stop
from comity.queries.measures.measure import Measure
from comity.queries.plain import plain
from comity.queries.ranking import Ranked, rank

PERMUTATIONS = 1_000
"""Permutations of a QAP test, unless another number is asked for."""

SAME_CORRELATION = 1e-12
"""Correlations that differ by less are one: rounding, not chance, tells them apart."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors, and the facts that tie them."""

    left: str
    right: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """How an actor stands by the measure before and after, under its name of the time; None where it is not in the network."""

    actor: str
    before: Ranked | None
    after: Ranked | None

    @property
    def places(self) -> int:
        """By how many places it has moved up (down: below 0); 0 where it is not in both."""
        return self.before.rank - self.after.rank if self.before and self.after else 0


@dataclass(frozen=True, slots=True)
class Correlation:
    """How alike the ties among the same actors are: Pearson's correlation of the two adjacencies over their pairs.

    `p` is the share of relabellings of the actors, the observed labelling among them, whose correlation is at least as large: the
    quadratic assignment procedure (QAP), with so many random `permutations` and `seed`. None where one of the networks has all of the pairs
    or none, which correlates with nothing.
    """

    actors: int
    value: float | None
    p: float | None
    permutations: int
    seed: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second of two slices has that the first has not, and the other way round.

    `turnover` is the share of the pairs tied in either that are tied in one only: 0 for the same ties, 1 for none in common (one less
    Jaccard's index); None where neither has any. Moves are by the largest first, then who has come and gone.
    """

    before: Question
    after: Question
    revisions: tuple[str, str]
    measure: str
    actors_gained: tuple[str, ...]
    actors_lost: tuple[str, ...]
    gained: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    kept: int
    turnover: float | None
    correlation: Correlation
    moves: tuple[Move, ...]

    def to_dict(self) -> dict[str, Any]:
        """The difference as plain JSON values."""
        found = {
            name: plain(getattr(self, name))
            for name in self.__slots__
            if name not in ("before", "after", "revisions")
        }
        sides = zip(("before", "after"), (self.before, self.after), self.revisions, strict=True)
        return {
            **{side: {**question.describe(), "revision": revision} for side, question, revision in sides},
            **found,
        }


def difference(
    before: Slice, after: Slice, measure: Measure, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> Difference:
    """What differs from the one slice to the other, in ties and by the measure.

    The correlation is over the actors that have a tie in both: of one that has none, nobody can say whether it could have had.

    References
    ----------
    .. [1] L. Hubert, J. Schultz, "Quadratic assignment as a general data analysis strategy", British Journal of Mathematical and
       Statistical Psychology 29 (1976) 190-241.
    .. [2] D. Krackhardt, "Predicting with networks: nonparametric multiple regression analysis of dyadic data", Social
       Networks 10 (1988) 359-381.
    """
    if permutations < 1:
        raise InputError(f"{permutations} permutations: at least one has to be tried")
    if seed < 0:
        raise InputError(f"the seed {seed} is below 0: give 0 or a larger one")
    then, now = _pairs(before), _pairs(after)
    members, later = set(before.members), set(after.members)
    both = sorted(members & later)
    united = then.keys() | now.keys()
    changed = then.keys() ^ now.keys()
    return Difference(
        before.question,
        after.question,
        (before.revision, after.revision),
        measure.name,
        tuple(sorted(later - members)),
        tuple(sorted(members - later)),
        tuple(Pair(*pair, now[pair]) for pair in sorted(now.keys() - then.keys())),
        tuple(Pair(*pair, then[pair]) for pair in sorted(then.keys() - now.keys())),
        len(united) - len(changed),
        len(changed) / len(united) if united else None,
        correlation(_adjacency(both, then), _adjacency(both, now), permutations, seed),
        _moves(measure, rank(before, measure).rows, rank(after, measure).rows),
    )


def correlation(
    one: NDArray[np.float64], other: NDArray[np.float64], permutations: int = PERMUTATIONS, seed: int = 0
) -> Correlation:
    """Pearson's correlation of two symmetric matrices off the diagonal, and its QAP test."""
    size = len(one)
    pairs = np.triu_indices(size, 1)
    first, second = one[pairs], other[pairs]
    # Of a network that ties no pair, or every pair, nothing varies.
    if size < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return Correlation(size, None, None, permutations, seed)
    observed = float(np.corrcoef(first, second)[0, 1])
    # Under every relabelling the mean and the spread are the same: the sum of products alone decides.
    spread = len(first) * float(first.std()) * float(second.std())
    centred = first - first.mean()
    generator = np.random.default_rng(seed)
    reached = 1
    for _ in range(permutations):
        check_stop()
        order = generator.permutation(size)
        value = float(centred @ other[np.ix_(order, order)][pairs]) / spread
        reached += value >= observed - SAME_CORRELATION
    return Correlation(size, observed, reached / (permutations + 1), permutations, seed)


def _pairs(slice: Slice) -> dict[tuple[str, str], tuple[str, ...]]:
    """The tied pairs and the facts that tie them."""
    found: dict[tuple[str, str], set[str]] = {}
    for tie in slice.ties:
        left, right = sorted((tie.left, tie.right))
        found.setdefault((left, right), set()).add(tie.fact)
    return {pair: tuple(sorted(facts)) for pair, facts in found.items()}


def _adjacency(actors: list[str], pairs: Iterable[tuple[str, str]]) -> NDArray[np.float64]:
    places = {actor: place for place, actor in enumerate(actors)}
    matrix = np.zeros((len(actors), len(actors)))
    for left, right in pairs:
        if left in places and right in places:
            matrix[places[left], places[right]] = matrix[places[right], places[left]] = 1
    return matrix


def _moves(measure: Measure, before: Iterable[Ranked], after: Iterable[Ranked]) -> tuple[Move, ...]:
    """All actors of either ranking that do not stand where they stood, in place or value."""
    then = {row.actor: row for row in before}
    now = {row.actor: row for row in after}
    moves = [Move(actor, then.get(actor), now.get(actor)) for actor in then.keys() | now.keys()]
    return tuple(sorted((move for move in moves if _has_moved(measure, move)), key=_telling))


def _has_moved(measure: Measure, move: Move) -> bool:
    """Whether place or value are others, the value by more than its last digits."""
    if move.before is None or move.after is None:
        return True
    there, here = move.before.value, move.after.value
    same = math.isclose(there, here, rel_tol=measure.same, abs_tol=measure.nothing)
    return move.before.rank != move.after.rank or not same


def _telling(move: Move) -> tuple[bool, int, int, str]:
    """Those who moved farthest first, then who has come or gone, the better placed first."""
    best = min(row.rank for row in (move.before, move.after) if row is not None)
    return (move.before is None or move.after is None, -abs(move.places), best, move.actor)
