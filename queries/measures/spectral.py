"""Measures read from the spectrum of the network: eigenvector centrality, Katz centrality and PageRank."""

from collections.abc import Iterable

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.queries.networks import Network

SAME_EIGENVALUE = 1e-9
"""Eigenvalues that differ from the largest by less, relative to its size, are one with it: rounding leaves far less. Unequal
ones come that close where two equally dense parts of a component are joined by a long chain only, and are then told apart by
rounding alone."""

DAMPING = 0.85
"""The probability that the walker of PageRank follows a tie and does not jump; the value its authors chose."""

ATTENUATION = 0.85
"""What Katz centrality's attenuation is of the largest that there can be, the inverse of the largest eigenvalue."""

_WALK = 250
"""Steps after which the walk of PageRank has forgotten its start: 0.85 to this power is below the rounding of a float.
The linear system could be solved at once, but numpy's solver crashes the process once a Java machine runs in it (jpype
issue 808), which the embedded store's engine does."""

_Matrix = NDArray[np.float64]


def eigenvector(graph: Network) -> dict[str, float]:
    """Eigenvector centrality: an actor is central whose partners are.

    The all-ones vector projected onto the eigenspace of the adjacency matrix's largest eigenvalue, scaled to unit 2-norm. No
    value is negative.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A number from 0 to 1 for each actor; their squares sum to 1. Empty for an empty network.

    Notes
    -----
    In a connected network the eigenspace is a line and the values are the usual ones. In a disconnected one the eigenvector
    is not unique, and power iteration from some start gives one of many; the projection is one declared choice. The largest
    eigenvalue of the network is that of its densest component: actors of all other components get 0. Where several
    components have it (two equal cliques), all of them count, each in proportion to the sum of its own eigenvector's
    entries, so that alike components get alike values. The same holds for dense parts of one component whose eigenvalues
    cannot be told apart, such as two cliques at the ends of a long chain. Without any tie every actor gets 1/sqrt(n).

    Parallel ties count once and direction does not matter. Each component is solved as a dense symmetric matrix, with time
    growing as the cube of its size: less than a second for a thousand actors, and the world has some 300.

    References
    ----------
    .. [1] P. Bonacich, "Factoring and weighting approaches to status scores and clique identification", Journal of
       Mathematical Sociology 2 (1972) 113-120.

    Examples
    --------
    >>> import networkx as nx
    >>> values = eigenvector(nx.krackhardt_kite_graph())
    >>> round(values[3], 4), round(values[9], 4)
    (0.481, 0.0112)

    Two pairs share the leading eigenvalue, the lone actor does not have it:

    >>> graph = nx.Graph([("CUB", "VEN"), ("JPN", "USA")])
    >>> graph.add_node("CHE")
    >>> {actor: round(value, 12) for actor, value in eigenvector(graph).items()}
    {'CUB': 0.5, 'VEN': 0.5, 'JPN': 0.5, 'USA': 0.5, 'CHE': 0.0}
    """
    solved = [(np.linalg.eigh(_adjacency(graph, members)), members) for members in _components(graph)]
    largest = max((float(values[-1]) for (values, _), _ in solved), default=0.0)
    projected = dict.fromkeys(graph, 0.0)
    for (values, vectors), members in solved:
        # Several of one component where two dense parts hang together by a long thin bridge: any single one is arbitrary.
        leading = vectors[:, values >= largest - SAME_EIGENVALUE * max(1.0, largest)]
        # What lies below zero is rounding: the eigenvectors of a component's own largest eigenvalue are of one sign.
        projected.update(zip(members, np.maximum(leading @ leading.sum(axis=0), 0.0).tolist(), strict=True))
    norm = float(np.linalg.norm(list(projected.values())))
    return {actor: value / norm for actor, value in projected.items()}


def katz(graph: Network) -> dict[str, float]:
    """Katz centrality: the number of walks of any length that end at the actor, long ones counted less, scaled to unit 2-norm.

    A walk of k ties counts alpha to the power of k. The attenuation alpha is 0.85 divided by the largest eigenvalue of the network's
    adjacency matrix.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A positive number for each actor; their squares sum to 1. Empty for an empty network.

    Notes
    -----
    The sum over walks is finite only for an alpha below the inverse of the largest eigenvalue. networkx's default of 0.1 is above it
    in every network with a pact of twelve members or more; a share of the bound can be compared between networks of any density. Near
    1 the share gives eigenvector centrality, near 0 degree. In a disconnected network all components have the alpha of the densest, and
    everybody has a value, which is why it is preferred to eigenvector centrality there. Without any tie all actors are alike. Parallel
    ties count once and direction does not matter.

    References
    ----------
    .. [1] L. Katz, "A new status index derived from sociometric analysis", Psychometrika 18 (1953) 39-43.

    Examples
    --------
    >>> import networkx as nx
    >>> values = katz(nx.krackhardt_kite_graph())
    >>> round(values[3], 4), round(values[9], 4)
    (0.4595, 0.0756)
    """
    solved = [(np.linalg.eigh(_adjacency(graph, members)), members) for members in _components(graph)]
    largest = max((float(values[-1]) for (values, _), _ in solved), default=0.0)
    alpha = ATTENUATION / largest if largest else 0.0
    walks = dict.fromkeys(graph, 0.0)
    for (values, vectors), members in solved:
        summed = vectors @ (vectors.sum(axis=0) / (1 - alpha * values))
        walks.update(zip(members, summed.tolist(), strict=True))
    norm = float(np.linalg.norm(list(walks.values())))
    return {actor: value / norm for actor, value in walks.items()}


def pagerank(graph: Network) -> dict[str, float]:
    """PageRank: the share of its time that a random walk along ties spends at the actor.

    With probability 0.85 the walker goes on to one of the actor's partners, each as likely; otherwise it jumps to any actor.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A positive number for each actor; they sum to 1. Empty for an empty network.

    Notes
    -----
    The walk is followed until what a further step could change is below rounding. An actor without ties jumps always. Ties
    are not weighted: networkx weighs them by default, and `nx.pagerank(graph, weight=None)` gives these values up to its
    tolerance. On an undirected network PageRank stays close to degree. Components share the walk in proportion to their
    size.

    References
    ----------
    .. [1] S. Brin, L. Page, "The anatomy of a large-scale hypertextual web search engine", Computer Networks and ISDN
       Systems 30 (1998) 107-117.

    Examples
    --------
    >>> import networkx as nx
    >>> values = pagerank(nx.star_graph(3))
    >>> round(values[0], 6), round(values[1], 6)
    (0.47973, 0.173423)
    """
    size = len(graph)
    if not size:
        return {}
    actors = list(graph)
    adjacency = _adjacency(graph, actors)
    partners = adjacency.sum(axis=1)
    steps = np.full((size, size), 1 / size)
    tied = partners > 0
    steps[tied] = adjacency[tied] / partners[tied, np.newaxis]
    values = np.full(size, 1 / size)
    for _ in range(_WALK):
        values = DAMPING * (values @ steps) + (1 - DAMPING) / size
    return dict(zip(actors, values.tolist(), strict=True))


def _components(graph: Network) -> Iterable[list[str]]:
    """The connected components, each in the order of the graph's nodes."""
    place = {actor: index for index, actor in enumerate(graph)}
    for members in nx.connected_components(graph):
        yield sorted(members, key=place.__getitem__)


def _adjacency(graph: Network, members: list[str]) -> _Matrix:
    place = {actor: index for index, actor in enumerate(members)}
    matrix = np.zeros((len(members), len(members)))
    for actor in members:
        for other in graph[actor]:
            if other != actor:
                matrix[place[actor], place[other]] = 1.0
    return matrix
