"""Measures of brokerage: whether an actor's partners reach each other without it (Burt's structural holes)."""

import math

import numpy as np

from comity.queries.measures.matrices import adjacency_of
from comity.queries.networks import Network


def constraint(graph: Network) -> dict[str, float]:
    """Burt's constraint: how far the actor's ties lead back to the same few partners. Low values mark brokers.

    An actor i gives each partner the share p of its ties, here 1 over the number of its partners. What binds it to a partner j
    is its direct share and the shares that reach j through others: (p_ij + sum over q of p_iq p_qj) squared. The constraint is the
    sum over all partners.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A positive number for each actor, at most 9/8 (in a triangle): 1 with a single partner, 1/n for the hub of a star of n leaves.
        `nan` for an actor without ties, which no slice has.

    Notes
    -----
    The ranking puts the most constrained first: brokers stand at its end. Ties are not weighted and parallel ties count once,
    direction does not matter. Only the actor's partners and their ties count, so that the rest of the network and its
    components do not matter. A pact of n members constrains each of them by (2n - 3)^2/(n - 1)^3, about 4/n: in large pacts nobody is
    much constrained, though nobody brokers either; `effective-size` tells the two apart.

    References
    ----------
    .. [1] R. S. Burt, "Structural Holes: The Social Structure of Competition", Harvard University Press 1992, chapter 2.

    Examples
    --------
    Russia joins France to Serbia, which have no tie of their own:

    >>> import networkx as nx
    >>> constraint(nx.path_graph(["FRA", "RUS", "SRB"]))
    {'FRA': 1.0, 'RUS': 0.5, 'SRB': 1.0}
    """
    adjacency = adjacency_of(graph)
    partners = adjacency.sum(axis=1)
    shares = adjacency / np.maximum(partners, 1)[:, np.newaxis]
    bound = ((shares + shares @ shares) ** 2 * adjacency).sum(axis=1)
    return dict(zip(graph, np.where(partners > 0, bound, math.nan).tolist(), strict=True))


def effective_size(graph: Network) -> dict[str, float]:
    """Burt's effective size: the number of partners, less the average number of ties that a partner has to the others.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A number from 1 to the number of partners for each actor; 0 for one without any, which no slice has.

    Notes
    -----
    Of n partners with t ties among each other it is n - 2t/n: n where no two of them are tied, 1 where all are, as in a pact whose
    members have no other ties. Ties are not weighted and parallel ties count once, direction does not matter, nor do other
    components.

    References
    ----------
    .. [1] R. S. Burt, "Structural Holes: The Social Structure of Competition", Harvard University Press 1992, chapter 2.
    .. [2] S. P. Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections 20 (1997) 35-38.

    Examples
    --------
    Of Borgatti's six partners of G, eight times one is tied to another:

    >>> import networkx as nx
    >>> graph = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    >>> round(effective_size(graph)["G"], 2), effective_size(graph)["A"]
    (4.67, 2.5)
    """
    adjacency = adjacency_of(graph)
    partners = adjacency.sum(axis=1)
    # For each actor twice the ties among its partners; all whole numbers until the division.
    twice = ((adjacency @ adjacency) * adjacency).sum(axis=1)
    return dict(zip(graph, (partners - twice / np.maximum(partners, 1)).tolist(), strict=True))
