"""Measures that look no further than an actor's partners: degree and strength."""

from comity.queries.networks import Network


def degree(graph: Network) -> dict[str, float]:
    """Number of distinct partners.

    The count itself, not divided by the number of other actors: "USA 55" is how the field reports it.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A whole number for each actor.

    Notes
    -----
    Parallel ties count once: a partner is a partner however many facts the two share (`strength` counts the facts).
    A tie counts in both directions, also where only one side has pledged something. Components do not matter.

    References
    ----------
    .. [1] L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1 (1978/79) 215-239.

    Examples
    --------
    Diane has six of the nine others in Krackhardt's kite as partners:

    >>> import networkx as nx
    >>> degree(nx.krackhardt_kite_graph())[3]
    6
    """
    return {actor: sum(1 for other in graph[actor] if other != actor) for actor in graph}


def strength(graph: Network) -> dict[str, float]:
    """Number of facts shared with partners: the sum of the weights of the actor's edges.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it; an edge without `weight` counts 1.

    Returns
    -------
    dict
        A whole number for each actor of a slice. Not normalised.

    Notes
    -----
    A pact of 30 members counts once for each of the 29 partners it gives: the question is how much ties the actor to
    others, not how many papers it has signed. A fact counts once for a pair, though it may have made several ties
    between them (one in each direction, or one for each phase that the span of the slice touches).

    References
    ----------
    .. [1] A. Barrat, M. Barthélemy, R. Pastor-Satorras, A. Vespignani, "The architecture of complex weighted networks",
       PNAS 101 (2004) 3747-3752.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edge("AUS", "USA", weight=3)
    >>> graph.add_edge("NZL", "AUS", weight=2)
    >>> strength(graph)
    {'AUS': 5, 'USA': 3, 'NZL': 2}
    """
    return {
        actor: sum(data.get("weight", 1) for other, data in graph[actor].items() if other != actor)
        for actor in graph
    }


def facts_shared(graph: Network, actor: str) -> dict[str, float]:
    """What each partner adds to the actor's strength: the facts that the two share."""
    return {other: float(data.get("weight", 1)) for other, data in graph[actor].items() if other != actor}
