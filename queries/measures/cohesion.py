"""Measures of how closely knit an actor's surroundings are: core number and clustering."""

from typing import Any

import networkx as nx

from comity.queries.networks import Network


def core(graph: Network) -> dict[str, float]:
    """Core number: the largest k such that the actor belongs to the k-core.

    The k-core is what is left when actors with fewer than k partners are taken away until none such is left.

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
    Every pact of n members is a clique and puts its members into the (n - 1)-core: with the every-pair rule the measure
    mostly finds the largest pact. Parallel ties count once, direction does not matter, and a k-core may have several
    components.

    References
    ----------
    .. [1] S. B. Seidman, "Network structure and minimum degree", Social Networks 5 (1983) 269-287.

    Examples
    --------
    The tail of Krackhardt's kite belongs to the 1-core, its fan to the 3-core:

    >>> import networkx as nx
    >>> list(core(nx.krackhardt_kite_graph()).values())
    [3, 3, 3, 3, 3, 3, 3, 2, 1, 1]
    """
    values: dict[str, int] = nx.core_number(graph)
    return {actor: values[actor] for actor in graph}


def clustering(graph: Network) -> dict[str, float]:
    """Local clustering: the share of pairs of the actor's partners that are partners of each other.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A number from 0 to 1 for each actor; 0 where it has fewer than two partners.

    Notes
    -----
    Not weighted, and direction does not matter. An actor whose only pact has n members has clustering 1 by construction:
    low values mark those who have ties outside the pacts of their partners.

    References
    ----------
    .. [1] D. J. Watts, S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998) 440-442.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("FRA", "RUS"), ("GBR", "FRA"), ("GBR", "RUS"), ("FRA", "ESP")])
    >>> clustering(graph)
    {'FRA': 0.3333333333333333, 'RUS': 1.0, 'GBR': 1.0, 'ESP': 0.0}
    """
    values: Any = nx.clustering(graph)
    return {actor: float(values[actor]) for actor in graph}
