"""Measures that follow shortest paths: betweenness, closeness and harmonic closeness."""

import networkx as nx

from comity.queries.networks import Network


def betweenness(graph: Network) -> dict[str, float]:
    """Share of the shortest paths between pairs of others that run through the actor.

    For each pair of other actors the share of their shortest paths that pass the actor, summed over the pairs and divided by
    the number of pairs, (n - 1)(n - 2) / 2: normalised, from 0 to 1, as networkx does it.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A number from 0 to 1 for each actor.

    Notes
    -----
    Paths run over distinct actors: several facts between the same two are one step, and direction does not matter. A pair
    in different components has no path and adds nothing, but it counts among the pairs; so values of networks of different
    size or connectedness are compared with care. With fewer than three actors every value is 0.

    References
    ----------
    .. [1] L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40 (1977) 35-41.
    .. [2] U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25 (2001) 163-177.

    Examples
    --------
    Among the Florentine families the Medici stand between most others:

    >>> import networkx as nx
    >>> values = betweenness(nx.florentine_families_graph())
    >>> round(values["Medici"], 4), round(values["Strozzi"], 4)
    (0.522, 0.1026)
    """
    values: dict[str, float] = nx.betweenness_centrality(graph, normalized=True)
    return values


def closeness(graph: Network) -> dict[str, float]:
    """Closeness: the inverse of the mean distance to the actors that can be reached, times the share of all that can be.

    Of n actors let r others be reached, d ties away altogether: the value is (r / d) * (r / (n - 1)).

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A number from 0 to 1 for each actor; 1 for who is a partner of everyone.

    Notes
    -----
    In a connected network this is Freeman's closeness, (n - 1) / d. In a disconnected one nobody reaches everybody, and the
    second factor, which S. Wasserman and K. Faust propose and networkx applies, keeps the members of a small component from
    being the closest of all. `harmonic` needs no such convention. Several facts between the same two are one step, and
    direction does not matter. An actor without ties has 0.

    References
    ----------
    .. [1] L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks 1 (1978/79) 215-239.
    .. [2] S. Wasserman, K. Faust, "Social Network Analysis: Methods and Applications", Cambridge 1994, p. 201.

    Examples
    --------
    Fernando and Garth are the closest in Krackhardt's kite, and a pair apart from others is close to itself only:

    >>> import networkx as nx
    >>> values = closeness(nx.krackhardt_kite_graph())
    >>> round(values[5], 3), round(values[6], 3), round(values[3], 3)
    (0.643, 0.643, 0.6)
    >>> closeness(nx.Graph([("FRA", "RUS"), ("RUS", "SRB"), ("JPN", "USA")]))["JPN"]
    0.25
    """
    values = nx.closeness_centrality(graph, wf_improved=True)
    return {actor: float(values[actor]) for actor in graph}


def harmonic(graph: Network) -> dict[str, float]:
    """Harmonic closeness: the sum of 1/distance to every other actor.

    Distance is the number of ties on a shortest path. The sum is not divided by anything: n - 1 is the most it can be.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A number from 0 to n - 1 for each actor.

    Notes
    -----
    An actor in another component is infinitely far and adds 1/infinity = 0; so the measure needs no convention for
    disconnected networks, which alliance networks nearly always are (classical closeness does). Several facts between the
    same two are one step, and direction does not matter.

    References
    ----------
    .. [1] M. Marchiori, V. Latora, "Harmony in the small-world", Physica A 285 (2000) 539-546.
    .. [2] P. Boldi, S. Vigna, "Axioms for centrality", Internet Mathematics 10 (2014) 222-262.

    Examples
    --------
    >>> import networkx as nx
    >>> harmonic(nx.path_graph(["FRA", "RUS", "SRB"]))
    {'FRA': 1.5, 'RUS': 2.0, 'SRB': 1.5}
    """
    values = nx.harmonic_centrality(graph)
    return {actor: float(values[actor]) for actor in graph}
