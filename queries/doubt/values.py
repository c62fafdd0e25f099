"""A measure on many settlements of a network at once.

The networks of the settlements differ in few ties, so degree, strength, eigenvector and PageRank are computed for all of them together,
and others with rustworkx, one settlement after the other. A measure that has no function here is asked for its own
(queries/doubt/settled.py). Values are those of the plain measure on the settlement's own network; an actor without a tie in it is not
in that network and has the value 0.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import networkx as nx
import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from comity.queries.doubt.model import Choices, Settlements
from comity.queries.doubt.settled import one_by_one
from comity.queries.measures import Measure
from comity.queries.measures.spectral import DAMPING, SAME_EIGENVALUE, eigenvector

Values = NDArray[np.float64]
"""One settlement a row, one actor a column."""

_STEPS = 60
"""Steps of Lanczos' method at most; networks of states need 15 to 40."""

_CONVERGED = 1e-13
"""The residual, relative to the eigenvalue, from which an eigenvector counts as found; what is not found is solved anew, densely."""

_WRONG = 1e-8
"""The residual of the vector itself, relative to the eigenvalue, from which it is none: larger than that of eigenvectors whose
eigenvalues count as one."""

_DENSE = 48
"""Up to so many actors eigenvectors are solved densely: exact to the last digits, and as fast."""

_ALONE = 1 << 30
"""More actors than there are: threads would add up in another order each time, and the last digits would differ."""

_BLOCK = 256
"""Settlements that are computed together: enough for fast matrix products, little enough for the memory."""


def values(measure: Measure, choices: Choices, settlements: Settlements) -> Values:
    """The measure of every actor in every settlement: settlements x actors."""
    if not choices.actors:
        return np.zeros((len(settlements), 0))
    # Equal settlements are computed once. Packed into bytes they are compared at once, not choice by choice.
    packed = np.packbits(settlements, axis=1) if choices.number else np.zeros((len(settlements), 1), np.uint8)
    _, first, where = np.unique(
        packed.view(np.dtype((np.void, packed.shape[1]))), return_index=True, return_inverse=True
    )
    compute = _ALL.get(measure.name)
    if compute is None:
        return one_by_one(measure, choices, settlements[first])[where.reshape(-1)]
    distinct = choices.weights(settlements[first])
    blocks = [
        compute(_Networks(choices, distinct[at : at + _BLOCK])) for at in range(0, len(distinct), _BLOCK)
    ]
    found: Values = np.concatenate(blocks)[where.reshape(-1)]
    return found


@dataclass(frozen=True)
class _Networks:
    """Networks that share what is certain: what the open pairs weigh in each."""

    choices: Choices
    weights: NDArray[np.int64]

    @property
    def size(self) -> int:
        return len(self.choices.actors)

    def base(self) -> Values:
        """The certain adjacency, without weights."""
        return (self.choices.certain > 0).astype(np.float64)

    def added(self) -> tuple[NDArray[np.int64], Values]:
        """The pairs that are tied only if an open term holds, and for each network whether they are."""
        pairs = self.choices.open_pairs
        free = self.choices.certain[pairs[:, 0], pairs[:, 1]] == 0
        return pairs[free], (self.weights[:, free] > 0).astype(np.float64)

    def members(self) -> NDArray[np.bool_]:
        """Who has a tie: networks x actors."""
        return _degree(self) > 0


def _ends(pairs: NDArray[np.int64], size: int) -> Values:
    """Pairs x actors: 1 at both ends of each pair."""
    ends = np.zeros((len(pairs), size))
    rows = np.arange(len(pairs))
    ends[rows, pairs[:, 0]] = 1
    ends[rows, pairs[:, 1]] = 1
    return ends


def _degree(networks: _Networks) -> Values:
    pairs, present = networks.added()
    found: Values = networks.base().sum(axis=0) + present @ _ends(pairs, networks.size)
    return found


def _strength(networks: _Networks) -> Values:
    ends = _ends(networks.choices.open_pairs, networks.size)
    found: Values = networks.choices.certain.sum(axis=0) + networks.weights @ ends
    return found


class _Product:
    """The product of every network's adjacency with a column of its own: actors x networks."""

    def __init__(self, networks: _Networks) -> None:
        pairs, present = networks.added()
        self.base = networks.base()
        self.left, self.right = pairs[:, 0], pairs[:, 1]
        self.present = np.ascontiguousarray(present.T)
        rows = np.arange(len(pairs))
        self.to_left, self.to_right = (np.zeros((networks.size, len(pairs))) for _ in range(2))
        self.to_left[self.left, rows] = 1
        self.to_right[self.right, rows] = 1

    def __call__(self, columns: Values) -> Values:
        found: Values = self.base @ columns
        if len(self.left):
            found += self.to_left @ (self.present * columns[self.right])
            found += self.to_right @ (self.present * columns[self.left])
        return found


def _eigenvector(networks: _Networks) -> Values:
    """Eigenvector centrality by Lanczos' method from the all-ones vector.

    All that this method ever sees is the all-ones vector's share in each eigenspace, so that it finds the plain measure's projection,
    also where several components or dense parts share the largest eigenvalue, and treats like actors alike.
    """
    if networks.size <= _DENSE:
        return np.array([_plainly(networks, graph) for graph in _graphs(networks)])
    product = _Product(networks)
    members = networks.members().T
    count = len(networks.weights)
    basis = [members / np.maximum(np.linalg.norm(members, axis=0), 1)]
    diagonal: list[Values] = []
    beside: list[Values] = []
    for step in range(min(_STEPS, networks.size)):
        following = product(basis[-1])
        diagonal.append((following * basis[-1]).sum(axis=0))
        # Once: what rounding brings back of vectors found before is caught by the residual in the end.
        for vector in basis:
            following -= vector * (following * vector).sum(axis=0)
        length = np.linalg.norm(following, axis=0)
        beside.append(length)
        over = length <= 1e-12
        basis.append(np.where(over, 0, following / np.where(over, 1, length)))
        if (step >= 9 and step % 5 == 4) or step + 1 == min(_STEPS, networks.size):
            largest, small = _leading(diagonal, beside)
            residual = beside[-1] * np.abs(small[:, -1])
            if bool((residual <= _CONVERGED * np.maximum(largest, 1)).all()):
                break
    found = sum(vector * small[:, place] for place, vector in enumerate(basis[:-1]))
    assert isinstance(found, np.ndarray)
    found = np.maximum(found * np.sign(found.sum(axis=0)), 0)
    found[found < 1e-9] = (
        0  # other components: rounding leaves less, and what is that far from the core is nothing
    )
    found /= np.maximum(np.linalg.norm(found, axis=0), 1e-300)
    result: Values = np.ascontiguousarray(found.T)
    left = np.linalg.norm(product(found) - largest * found, axis=0)
    late = np.flatnonzero(
        (residual > _CONVERGED * np.maximum(largest, 1)) | (left > _WRONG * np.maximum(largest, 1))
    )
    if len(late):
        rest = _Networks(networks.choices, networks.weights[late])
        result[late] = [_plainly(rest, graph) for graph in _graphs(rest)]
    assert result.shape == (count, networks.size)
    return result


def _leading(diagonal: list[Values], beside: list[Values]) -> tuple[Values, Values]:
    """The largest eigenvalue of each tridiagonal matrix, and the projection of the first unit vector onto its eigenspace.

    Eigenvalues that the plain measure cannot tell from the largest are one with it.
    """
    size = len(diagonal)
    matrices = np.zeros((len(diagonal[0]), size, size))
    for place in range(size):
        matrices[:, place, place] = diagonal[place]
        if place:
            matrices[:, place, place - 1] = matrices[:, place - 1, place] = beside[place - 1]
    eigenvalues, vectors = np.linalg.eigh(matrices)
    largest = eigenvalues[:, -1]
    leading = eigenvalues >= (largest - SAME_EIGENVALUE * np.maximum(1.0, largest))[:, np.newaxis]
    shares = np.where(leading, vectors[:, 0, :], 0.0)
    projected: Values = np.einsum("sij,sj->si", vectors, shares)
    return largest, projected / np.maximum(np.linalg.norm(projected, axis=1), 1e-300)[:, np.newaxis]


def _plainly(networks: _Networks, graph: "rx.PyGraph[int, None]") -> list[float]:
    """The plain measure on one network."""
    plain: nx.Graph[str] = nx.Graph()
    names = networks.choices.actors
    plain.add_edges_from((names[left], names[right]) for left, right in sorted(graph.edge_list()))
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(plain))
    ordered.add_edges_from(plain.edges)
    found = eigenvector(ordered)
    return [found.get(name, 0.0) for name in names]


def _pagerank(networks: _Networks) -> Values:
    product = _Product(networks)
    members = networks.members().T
    partners = _degree(networks).T
    number = np.maximum(members.sum(axis=0), 1)
    found = members / number
    jump = (1 - DAMPING) * members / number
    for _ in range(250):
        found = DAMPING * product(found / np.maximum(partners, 1)) + jump
    result: Values = np.ascontiguousarray(found.T)
    return result


def _clustering(networks: _Networks) -> Values:
    found = np.zeros((len(networks.weights), networks.size))
    for row, adjacency in enumerate(_adjacencies(networks)):
        partners = adjacency.sum(axis=0)
        closed = ((adjacency @ adjacency) * adjacency).sum(axis=0)
        pairs = partners * (partners - 1)
        found[row] = np.where(pairs > 0, closed / np.maximum(pairs, 1), 0)
    return found


def _adjacencies(networks: _Networks) -> Iterator[Values]:
    base = networks.base()
    pairs, present = networks.added()
    for row in present:
        adjacency = base.copy()
        tied = pairs[row > 0]
        adjacency[tied[:, 0], tied[:, 1]] = adjacency[tied[:, 1], tied[:, 0]] = 1
        yield adjacency


def _graphs(networks: _Networks) -> "Iterator[rx.PyGraph[int, None]]":
    """Every network as a graph of rustworkx whose nodes are all actors."""
    base: rx.PyGraph[int, None] = rx.PyGraph(multigraph=False)
    base.add_nodes_from(range(networks.size))
    upper = np.argwhere(np.triu(networks.base()))
    base.add_edges_from_no_data([(int(left), int(right)) for left, right in upper])
    pairs, present = networks.added()
    ends = [(int(left), int(right)) for left, right in pairs]
    for row in present:
        graph = base.copy()
        graph.add_edges_from_no_data([ends[place] for place in np.flatnonzero(row)])
        yield graph


def _betweenness(networks: _Networks) -> Values:
    found = np.zeros((len(networks.weights), networks.size))
    number = networks.members().sum(axis=1)
    for row, graph in enumerate(_graphs(networks)):
        paths = rx.betweenness_centrality(graph, normalized=False, parallel_threshold=_ALONE)
        others = (number[row] - 1) * (number[row] - 2) / 2
        if others > 0:
            found[row] = np.fromiter(paths.values(), dtype=np.float64, count=networks.size) / others
    return found


def _harmonic(networks: _Networks) -> Values:
    found = np.zeros((len(networks.weights), networks.size))
    for row, graph in enumerate(_graphs(networks)):
        distances = rx.distance_matrix(graph)  # 0 for itself and for whom no path reaches
        found[row] = np.divide(1, distances, out=np.zeros_like(distances), where=distances > 0).sum(axis=1)
    return found


def _core(networks: _Networks) -> Values:
    found = np.zeros((len(networks.weights), networks.size))
    for row, graph in enumerate(_graphs(networks)):
        cores: dict[int, int] = dict(rx.core_number(graph))  # type: ignore[call-overload]  # its stub says int
        found[row, list(cores)] = list(cores.values())
    return found


_ALL: dict[str, Callable[[_Networks], Values]] = {
    "degree": _degree,
    "strength": _strength,
    "eigenvector": _eigenvector,
    "betweenness": _betweenness,
    "harmonic": _harmonic,
    "pagerank": _pagerank,
    "core": _core,
    "clustering": _clustering,
}
