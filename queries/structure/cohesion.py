"""How dense and how closed a network is."""

import math

import networkx as nx

from comity.queries.structure.whole import Whole


def density(whole: Whole) -> float | None:
    """Density: tied pairs over all pairs of actors.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        From 0 to 1; None for fewer than two actors.

    Notes
    -----
    A slice holds the actors that have a tie in it. Who takes all states of a system for actors, as many tables do, gets lower
    densities. Direction does not matter (`arc-density` counts the two directions apart), and parallel ties count once.

    References
    ----------
    .. [1] S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press 1994, section 4.1.3.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> density(whole_of([("FRA", "RUS"), ("RUS", "FRA"), ("RUS", "SRB")]))
    0.6666666666666666
    """
    size = len(whole.graph)
    return whole.graph.size() / math.comb(size, 2) if size > 1 else None


def arc_density(whole: Whole) -> float | None:
    """Density of the directed network: arcs over all ordered pairs of actors.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        From 0 to 1; None for fewer than two actors.

    Notes
    -----
    An undirected tie is two arcs. Where all ties are undirected it equals `density`.

    References
    ----------
    .. [1] S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press 1994, section 4.3.3.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> arc_density(whole_of([("FRA", "RUS"), ("RUS", "FRA"), ("RUS", "SRB")]))
    0.5
    """
    size = len(whole.digraph)
    return whole.digraph.size() / (size * (size - 1)) if size > 1 else None


def reciprocity(whole: Whole) -> float | None:
    """Reciprocity: the share of arcs that are returned.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        From 0 to 1; None without arcs.

    Notes
    -----
    This is networkx's and igraph's default: mutual arcs over all arcs (not mutual pairs over tied pairs). 1 where all ties are
    undirected.

    References
    ----------
    .. [1] M. E. J. Newman, S. Forrest, J. Balthrop, "Email networks and the spread of computer viruses", Physical Review E 66
       (2002) 035101.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> reciprocity(whole_of([("FRA", "RUS"), ("RUS", "FRA"), ("RUS", "SRB")]))
    0.6666666666666666
    """
    arcs = whole.digraph.size()
    returned = sum(whole.digraph.has_edge(target, source) for source, target in whole.digraph.edges)
    return returned / arcs if arcs else None


def transitivity(whole: Whole) -> float | None:
    """Transitivity: the share of paths of two ties that a third tie closes.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        From 0 to 1; None where no actor has two partners.

    Notes
    -----
    Three times the triangles over the connected triples, direction aside, as networkx and igraph have it (they say 0 and NaN where
    there is no triple). Actors with many partners weigh most; `clustering` weighs all actors alike.

    References
    ----------
    .. [1] M. E. J. Newman, "The structure and function of complex networks", SIAM Review 45 (2003) 167-256, section III.B.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> transitivity(whole_of([("FRA", "RUS"), ("RUS", "GBR"), ("GBR", "FRA"), ("RUS", "SRB")]))
    0.6
    """
    triples = sum(math.comb(len(whole.graph[actor]), 2) for actor in whole.graph)
    triangles = nx.triangles(whole.graph)
    assert isinstance(triangles, dict)
    return sum(triangles.values()) / triples if triples else None


def mean_clustering(whole: Whole) -> float | None:
    """Mean local clustering: the mean over all actors of the share of their pairs of partners that are tied.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    float or None
        From 0 to 1; None for an empty network.

    Notes
    -----
    An actor with fewer than two partners counts 0, as in networkx's `average_clustering`. Direction does not matter.

    References
    ----------
    .. [1] D. J. Watts, S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393 (1998) 440-442.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> round(mean_clustering(whole_of([("FRA", "RUS"), ("RUS", "GBR"), ("GBR", "FRA"), ("RUS", "SRB")])), 4)
    0.5833
    """
    return float(nx.average_clustering(whole.graph)) if len(whole.graph) else None


def cliques(whole: Whole) -> int | None:
    """Number of maximal cliques: groups all of whose members are tied, to which nobody else is tied as a whole.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    int or None
        A whole number; None where there are more than 200,000.

    Notes
    -----
    A pact makes its members a clique. Pairs count as cliques of two. Direction and parallel ties do not matter.

    References
    ----------
    .. [1] R. D. Luce, A. D. Perry, "A method of matrix analysis of group structure", Psychometrika 14 (1949) 95-116.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> cliques(whole_of([("FRA", "RUS"), ("RUS", "GBR"), ("GBR", "FRA"), ("RUS", "SRB")]))
    2
    """
    return None if whole.cliques is None else len(whole.cliques)


def clique_number(whole: Whole) -> int | None:
    """Clique number: the size of the largest clique.

    Parameters
    ----------
    whole : Whole
        A network.

    Returns
    -------
    int or None
        A whole number; None for an empty network, and where there are more than 200,000 maximal cliques.

    Notes
    -----
    At least the size of the largest pact, with the rule every-pair.

    References
    ----------
    .. [1] R. D. Luce, A. D. Perry, "A method of matrix analysis of group structure", Psychometrika 14 (1949) 95-116.

    Examples
    --------
    >>> from comity.queries.structure.whole import whole_of
    >>> clique_number(whole_of([("FRA", "RUS"), ("RUS", "GBR"), ("GBR", "FRA"), ("RUS", "SRB")]))
    3
    """
    return max(whole.cliques or (), default=None)
