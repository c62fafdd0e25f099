"""How far a network is that of one actor (Freeman's centralization)."""

import networkx as nx

from comity.queries.structure.whole import Whole


def degree_centralization(whole: Whole) -> float | None:
    """Degree centralization: how far the ties are those of one actor.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        1 for a star, 0 where all have equally many partners; None for fewer than three actors.

    Notes
    -----
    The differences to the largest number of partners, summed, over the (n - 1)(n - 2) that a star of n actors has.

    References
    ----------
    .. [1] L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1 (1978/79) 215-239.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> degree_centralization(whole_of([("FRA", "RUS"), ("RUS", "SRB")]))
    1.0
    """
    size = len(whole.graph)
    if size < 3:
        return None
    partners = [len(whole.graph[actor]) for actor in whole.graph]
    return (size * max(partners) - sum(partners)) / ((size - 1) * (size - 2))


def betweenness_centralization(whole: Whole) -> float | None:
    """Betweenness centralization: how far the shortest paths run through one actor.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        1 for a star, 0 where all have equal betweenness; None for fewer than three actors.

    Notes
    -----
    The differences to the largest (normalised) betweenness, summed, over n - 1, which is what a star has. In a disconnected network
    pairs without a path count as in `betweenness`.

    References
    ----------
    .. [1] L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1 (1978/79) 215-239.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> betweenness_centralization(whole_of([("FRA", "RUS"), ("RUS", "SRB")]))
    1.0
    """
    size = len(whole.graph)
    if size < 3:
        return None
    values = nx.betweenness_centrality(whole.graph).values()
    return float((size * max(values) - sum(values)) / (size - 1))
