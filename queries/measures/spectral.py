"""Measures read from the spectrum of the network: eigenvector, Katz and subgraph centrality, and PageRank."""

import numpy as np

from comity.graph.errors import InputError
from comity.queries.measures.matrices import Matrix, adjacency_of, components_of
from comity.queries.networks import Network

SAME_EIGENVALUE = 1e-9
"""Eigenvalues that differ from the largest by less, relative to its size, are one with it: rounding leaves far less. Unequal
ones come that close where two equally dense parts of a component are joined by a long chain only, and are then told apart by
rounding alone."""

DAMPING = 0.85
"""The probability that the walker of PageRank follows a tie and does not jump; the value its authors chose."""

_WALK = 250
"""Steps after which the walk of PageRank has forgotten its start: 0.85 to this power is below the rounding of a float.
The linear system could be solved at once, but numpy's solver crashes the process once a Java machine runs in it (jpype
issue 808), which the embedded store's engine does."""

KATZ_SHARE = 0.5
"""How near the attenuation of Katz centrality comes to 1 over the largest eigenvalue, where it would diverge. networkx's fixed 0.1 lies
beyond that in most alliance networks: NATO alone has an eigenvalue of some 30."""


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
    solved = [(_spectrum(graph, members), members) for members in components_of(graph)]
    largest = max((float(values[-1]) for (values, _), _ in solved), default=0.0)
    projected = dict.fromkeys(graph, 0.0)
    for (values, vectors), members in solved:
        # Several of one component where two dense parts hang together by a long thin bridge: any single one is arbitrary.
        leading = vectors[:, values >= largest - SAME_EIGENVALUE * max(1.0, largest)]
        # What lies below zero is rounding: the eigenvectors of a component's own largest eigenvalue are of one sign.
        projected.update(zip(members, np.maximum(leading @ leading.sum(axis=0), 0.0).tolist(), strict=True))
    norm = float(np.linalg.norm(list(projected.values())))
    return {actor: value / norm for actor, value in projected.items()}


def partners_weight(graph: Network, actor: str) -> dict[str, float]:
    """What each partner adds to the actor's eigenvector centrality: its own, over the eigenvalue."""
    values = eigenvector(graph)
    total = sum(values[other] for other in graph[actor])
    # A value is the sum of the partners' values over the eigenvalue, which is thereby known.
    return {other: values[other] * values[actor] / total for other in graph[actor]} if total > 0 else {}


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
    adjacency = adjacency_of(graph)
    return dict(zip(graph, walk(adjacency).tolist(), strict=True))


def walk(weights: Matrix) -> Matrix:
    """The share of its time that PageRank's walker spends at each actor; it takes a tie in proportion to its weight."""
    size = len(weights)
    if not size:
        return np.zeros(0)
    total = weights.sum(axis=1)
    steps = np.full((size, size), 1 / size)
    tied = total > 0
    steps[tied] = weights[tied] / total[tied, np.newaxis]
    values = np.full(size, 1 / size)
    for _ in range(_WALK):
        values = DAMPING * (values @ steps) + (1 - DAMPING) / size
    return values


def katz(graph: Network, share: float = KATZ_SHARE) -> dict[str, float]:
    """Katz centrality: the walks that end at the actor, each counted the less the longer it is; unit 2-norm.

    A walk of k ties counts alpha to the k-th power, the walk of none counts 1. Alpha is `share` times 1 over the largest
    eigenvalue of the adjacency matrix.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.
    share : float
        From 0 to below 1: 0 makes all actors alike, near 1 it comes to eigenvector centrality.

    Returns
    -------
    dict
        A positive number for each actor; their squares sum to 1. Empty for an empty network.

    Notes
    -----
    Alpha follows from the network, since a fixed one either diverges in a dense network or says nothing in a sparse one; so two
    networks are compared at equal distance from the point where it diverges, not at equal alpha. The largest eigenvalue is that of
    the densest component, and holds for all. Every component counts, unlike in eigenvector centrality. Without any tie every actor
    gets 1/sqrt(n). Parallel ties count once and direction does not matter. `nx.katz_centrality(graph, alpha)` gives the same for
    the same alpha.

    References
    ----------
    .. [1] L. Katz, "A new status index derived from sociometric analysis", Psychometrika 18 (1953) 39-43.

    Examples
    --------
    With alpha 0.1 in a chain of three, whose eigenvalue is the square root of 2:

    >>> import networkx as nx
    >>> values = katz(nx.path_graph(3), share=0.1 * 2**0.5)
    >>> round(values[0], 6), round(values[1], 6)
    (0.559885, 0.610784)
    """
    if not 0 <= share < 1:
        raise InputError(
            f"a share of {share:g} of the point where Katz centrality diverges: give one from 0 to below 1"
        )
    solved = [(_spectrum(graph, members), members) for members in components_of(graph)]
    largest = max((float(values[-1]) for (values, _), _ in solved), default=0.0)
    alpha = share / largest if largest > 0 else 0.0
    walks = dict.fromkeys(graph, 1.0)
    for (values, vectors), members in solved:
        # (I - alpha A) inverse, onto the ones: by eigenvectors, since numpy's solver may not run here (see _WALK).
        walks.update(
            zip(members, (vectors / (1 - alpha * values) @ vectors.sum(axis=0)).tolist(), strict=True)
        )
    norm = float(np.linalg.norm(list(walks.values())))
    return {actor: value / norm for actor, value in walks.items()}


def subgraph(graph: Network) -> dict[str, float]:
    """Subgraph centrality: the closed walks that begin and end at the actor, one of k ties divided by k factorial.

    It is the actor's entry on the diagonal of the exponential of the adjacency matrix.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A number from 1 (no tie) for each actor. Not normalised.

    Notes
    -----
    Each component is solved alone; an actor of one does not count in another. Parallel ties count once and direction does not
    matter. A pact of n members gives each of them about exp(n - 1)/n: the values span many orders of magnitude, and mostly tell
    the size of the largest pact. Beyond an eigenvalue of 709 (a pact of as many) they exceed what a number holds and are infinite.

    References
    ----------
    .. [1] E. Estrada, J. A. Rodríguez-Velázquez, "Subgraph centrality in complex networks", Physical Review E 71 (2005) 056103.

    Examples
    --------
    Of two partners each has the hyperbolic cosine of 1:

    >>> import networkx as nx
    >>> {actor: round(value, 6) for actor, value in subgraph(nx.path_graph(["FRA", "RUS"])).items()}
    {'FRA': 1.543081, 'RUS': 1.543081}
    """
    found = dict.fromkeys(graph, 1.0)
    for members in components_of(graph):
        values, vectors = _spectrum(graph, members)
        with np.errstate(over="ignore"):
            found.update(zip(members, (vectors**2 @ np.exp(values)).tolist(), strict=True))
    return found


def _spectrum(graph: Network, members: list[str]) -> tuple[Matrix, Matrix]:
    """Eigenvalues in rising order and eigenvectors of a component."""
    values, vectors = np.linalg.eigh(adjacency_of(graph, members))
    return values, vectors
