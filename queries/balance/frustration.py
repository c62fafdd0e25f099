"""The frustration index: how many ties stand against the best division of a signed network into two blocs.

It is the least number of ties that hits every negative cycle (one with an odd number of negative ties). Linear programming finds it: a
variable for each tie, a row for each negative cycle, and rows are added as long as the solution leaves out a cycle, which a shortest path
tells. Its optimum bounds the index from below, any division from above; where they meet the index is exact.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.queries.balance.signed import SignedNetwork

EXACT_TIES = 5_000
"""Ties of a block (which no single actor holds together) up to which an exact answer is tried."""

EXACT_ACTORS = 20
"""Actors of a block up to which the answer is exact whatever the signs: all divisions are tried where programming does not settle it."""

ROUNDS = 40
"""So often rows are added; the networks of all states of a year take up to ten rounds."""

NODES = 100
"""Nodes of branch and bound that an integer program may visit. A limit of time would give another answer on another machine."""

NEARLY = 1e-6
"""A row is not met if it lacks more; a bound that is above a whole number by less is that number."""

STEP = 1e-9
"""What a step along a tie costs besides, so that of equally violated cycles a short one is found, and no tie is free: the path
finder takes a cost of 0 for no tie."""


@dataclass(frozen=True, slots=True)
class Frustration:
    """The frustration index, or the bounds it lies between, and the best division that was found.

    `sides` has 1 or -1 for each actor; of every component the larger bloc (of equal ones that of its first actor) has 1. `frustrated` are the
    places of the ties that stand against it, `upper` in number.
    """

    lower: int
    upper: int
    ties: int
    sides: NDArray[np.int64] = field(repr=False)
    frustrated: tuple[int, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the index is known."""
        return self.lower == self.upper

    @property
    def balance(self) -> float | None:
        """1 less twice the share of frustrated ties, by the upper bound where the index is not exact; None without a tie."""
        return 1 - 2 * self.upper / self.ties if self.ties else None


def frustration(network: SignedNetwork, *, exact_ties: int = EXACT_TIES) -> Frustration:
    """The frustration index (line index of balance), and a division into two blocs that attains it.

    Parameters
    ----------
    network : SignedNetwork
        The signed network.
    exact_ties : int
        In blocks of more ties only bounds are sought.

    Returns
    -------
    Frustration
        The least number of ties to take away, or to change the sign of, for the network to be balanced; `exact` says whether `lower` and
        `upper` meet. `balance` is 1 for a balanced network; half of the ties frustrated, which no division needs to exceed, is 0.

    Notes
    -----
    Finding the index is NP-hard. It is exact in blocks of up to `EXACT_ACTORS` actors; in larger ones it is sought within `EXACT_TIES`, `ROUNDS`
    and `NODES`, which signed networks of states, easy cases, keep far below (docs/balance.md has the figures), and where it is not found the
    two bounds are given as such. Several divisions may attain the index; the same input gives the same
    one. Blocks (parts that no single actor holds together) are solved one by one, their indices add up. Blocs of different components have
    nothing to do with each other.

    References
    ----------
    .. [1] R. P. Abelson, M. J. Rosenberg, "Symbolic psycho-logic: a model of attitudinal cognition", Behavioral Science 3 (1958) 1-13.
    .. [2] F. Harary, "On the measurement of structural balance", Behavioral Science 4 (1959) 316-323.
    .. [3] S. Aref, A. J. Mason, M. C. Wilson, "A modeling and computational study of the frustration index in signed networks", Networks 75
       (2020) 95-110.
    .. [4] F. Barahona, A. R. Mahjoub, "On the cut polytope", Mathematical Programming 36 (1986) 157-173.

    Examples
    --------
    Italy's good terms with one side or with the other have to give:

    >>> found = frustration(SignedNetwork.of({
    ...     ("FRA", "RUS"): 1, ("DEU", "FRA"): -1, ("DEU", "RUS"): -1, ("FRA", "ITA"): 1, ("DEU", "ITA"): 1,
    ... }))
    >>> found.lower, found.upper, found.exact
    (1, 1, True)
    """
    against: set[int] = set()
    lower = 0
    for block in _blocks(network):
        solved = _Block(network.pairs[block], network.signs[block])
        least, taken = solved.solve(exact=len(block) <= exact_ties)
        lower += least
        against.update(block[tie] for tie in taken)
    sides = _sides(network, against)
    frustrated = np.flatnonzero(network.signs * sides[network.pairs].prod(axis=1) < 0)
    return Frustration(lower, len(frustrated), len(network.signs), sides, tuple(frustrated.tolist()))


def _blocks(network: SignedNetwork) -> Iterator[list[int]]:
    """The ties of each block that has a cycle with a negative tie, in order."""
    graph: nx.Graph[int] = nx.Graph()
    for tie, (one, other) in enumerate(network.pairs.tolist()):
        graph.add_edge(one, other, tie=tie)
    for edges in nx.biconnected_component_edges(graph):
        ties = sorted(graph.edges[edge]["tie"] for edge in edges)
        if len(ties) > 2 and (network.signs[ties] < 0).any():
            yield ties


def _sides(network: SignedNetwork, without: set[int]) -> NDArray[np.int64]:
    """The division that the ties make without some of them, walking from each first actor."""
    neighbours: list[list[tuple[int, int]]] = [[] for _ in network.actors]
    for tie, (one, other) in enumerate(network.pairs.tolist()):
        if tie not in without:
            sign = int(network.signs[tie])
            neighbours[one].append((other, sign))
            neighbours[other].append((one, sign))
    sides = np.zeros(len(network.actors), dtype=np.int64)
    for start in range(len(network.actors)):
        if sides[start]:
            continue
        sides[start] = 1
        reached, waiting = [start], deque([start])
        while waiting:
            actor = waiting.popleft()
            for other, sign in neighbours[actor]:
                if not sides[other]:
                    sides[other] = sign * sides[actor]
                    reached.append(other)
                    waiting.append(other)
        if sides[reached].sum() < 0:
            sides[reached] *= -1
    return sides


class _Block:
    """A block of a signed network, and the search for its index."""

    def __init__(self, pairs: NDArray[np.int64], signs: NDArray[np.int64]) -> None:
        actors, places = np.unique(pairs, return_inverse=True)
        self.n = len(actors)
        self.ends = places.reshape(-1, 2)
        self.signs = signs
        self.matrix = np.zeros((self.n, self.n), dtype=np.int64)
        self.matrix[self.ends[:, 0], self.ends[:, 1]] = signs
        self.matrix += self.matrix.T
        self.tie_of = {(one, other): tie for tie, (one, other) in enumerate(self.ends.tolist())}
        self.rows: dict[tuple[int, ...], None] = {}
        self.best = self._improved(np.ones(self.n, dtype=np.int64))

    def solve(self, *, exact: bool) -> tuple[int, list[int]]:
        """A lower bound of the index, and the ties frustrated by the best division that was found."""
        lower = self._bounded(ROUNDS if exact else 1, whole=False)
        if lower < self._against(self.best) and self.n <= EXACT_ACTORS:
            self.best = self._best_of_all()
            lower = self._against(self.best)
        elif lower < self._against(self.best) and exact:
            lower = max(lower, self._bounded(1, whole=True))
        return lower, np.flatnonzero(self._frustrated(self.best)).tolist()

    def _bounded(self, rounds: int, *, whole: bool) -> int:
        """A lower bound by so many rounds of programming, each of which may also better the best division."""
        lower, solution = 0, np.zeros(len(self.signs))
        self._divide_along(solution)
        for _ in range(rounds):
            if lower == self._against(self.best) or not (self._add_rows(solution) or whole):
                break
            bound, solution = self._program(whole=whole)
            lower = max(lower, int(np.ceil(bound - NEARLY)))
            self._divide_along(solution)
        return lower

    def _best_of_all(self) -> NDArray[np.int64]:
        """The best of all divisions; the first actor's side is given."""
        best, gained = self.best, -1
        numbers = np.arange(2 ** (self.n - 1))
        for some in np.array_split(numbers, max(1, len(numbers) >> 14)):
            sides = 1 - 2 * (some[:, np.newaxis] >> np.arange(self.n) & 1)
            agreeing = ((sides @ self.matrix) * sides).sum(axis=1)
            if agreeing.max() > gained:
                gained = int(agreeing.max())
                best = sides[agreeing.argmax()]
        return best

    def _frustrated(self, sides: NDArray[np.int64]) -> NDArray[np.bool_]:
        against: NDArray[np.bool_] = self.signs * sides[self.ends].prod(axis=1) < 0
        return against

    def _against(self, sides: NDArray[np.int64]) -> int:
        return int(self._frustrated(sides).sum())

    def _improved(self, sides: NDArray[np.int64]) -> NDArray[np.int64]:
        """The division with actors changing sides, the one that gains most first, until nobody's change gains anything."""
        sides = sides.copy()
        while True:
            gains = -sides * (self.matrix @ sides)
            most = int(gains.argmax())
            if gains[most] <= 0:
                return sides
            sides[most] *= -1

    def _divide_along(self, solution: NDArray[np.float64]) -> None:
        """Try the division that a spanning tree of those ties makes which the solution takes away least."""
        tree: nx.Graph[int] = nx.Graph()
        tree.add_weighted_edges_from(
            (one, other, solution[tie]) for tie, (one, other) in enumerate(self.ends.tolist())
        )
        sides = np.ones(self.n, dtype=np.int64)
        for one, other in nx.bfs_edges(nx.minimum_spanning_tree(tree), 0):
            sides[other] = sides[one] * self.matrix[one, other]
        sides = self._improved(sides)
        if self._against(sides) < self._against(self.best):
            self.best = sides

    def _add_rows(self, solution: NDArray[np.float64]) -> bool:
        """Add the negative cycles that the solution leaves out, one from each actor with a negative tie; whether there is any.

        Two copies of each actor stand for an even and an odd number of negative ties walked: a walk from the one to the other copy is
        closed and negative, and so is what is left of it without the ties it walks twice.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        one, other = self.ends.T
        crossing = np.where(self.signs < 0, self.n, 0)
        starts = np.concatenate([one, one + self.n])
        ends = np.concatenate([other + crossing, other + self.n - crossing])
        costs = np.tile(np.maximum(solution, 0) + STEP, 2)
        graph = csr_array((costs, (starts, ends)), shape=(2 * self.n, 2 * self.n))
        sources = np.unique(
            one[self.signs < 0]
        )  # each negative cycle goes by the first end of a negative tie
        lengths, before = dijkstra(
            graph, directed=False, indices=sources, return_predecessors=True, limit=1 - NEARLY
        )
        known = len(self.rows)
        for row, source in enumerate(sources.tolist()):
            if np.isfinite(lengths[row, source + self.n]):
                self.rows[self._cycle(before[row], source)] = None
        return len(self.rows) > known

    def _cycle(self, before: NDArray[np.int32], source: int) -> tuple[int, ...]:
        """The ties that the walk from an actor to its other copy walks an odd number of times."""
        walked: set[int] = set()
        place = source + self.n
        while place != source:
            last = int(before[place])
            pair = (last % self.n, place % self.n)
            walked ^= {self.tie_of[min(pair), max(pair)]}
            place = last
        return tuple(sorted(walked))

    def _program(self, *, whole: bool) -> tuple[float, NDArray[np.float64]]:
        """The least sum of ties taken away with at least one of each row, whole ties or parts; the bound that is proven, and the ties."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        rows = list(self.rows)
        columns = np.concatenate([np.array(row) for row in rows])
        lines = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        matrix = csr_array((np.ones(len(columns)), (lines, columns)), shape=(len(rows), len(self.signs)))
        found = milp(
            np.ones(len(self.signs)),
            constraints=LinearConstraint(matrix, lb=1),
            integrality=int(whole),
            bounds=Bounds(0, 1),
            options={"node_limit": NODES},
        )
        bound = found.mip_dual_bound if whole else found.fun
        nothing = np.zeros(
            len(self.signs)
        )  # no whole solution within the limit: what is proven so far still holds
        return float(bound or 0), nothing if found.x is None else np.clip(found.x, 0, 1)
