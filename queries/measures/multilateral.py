"""Measures of actors and facts as a bipartite network, in which a pact of thirty is one pact.

Made into pairs, a pact of n members is n(n - 1)/2 ties and gives each member n - 1 partners. Beside the pairs stands the network of
actors and facts: an actor is joined to each fact that ties it to somebody in the slice. An edge that names no `facts` counts as a
fact of its own.
"""

from collections import defaultdict

import numpy as np
import rustworkx as rx

from comity.queries.measures.spectral import walk
from comity.queries.networks import Network

_ALONE = 1 << 30
"""More nodes than there are: threads would add up in another order each time, and the last digits would differ."""


def parties_of(graph: Network) -> dict[object, set[str]]:
    """For each fact that ties somebody in the network, the actors that it ties."""
    found: defaultdict[object, set[str]] = defaultdict(set)
    for left, right, data in graph.edges(data=True):
        if left != right:
            for fact in data.get("facts", ((left, right),)):
                found[fact] |= {left, right}
    return dict(found)


def facts(graph: Network) -> dict[str, float]:
    """Number of facts that tie the actor to somebody: its degree in the network of actors and facts.

    Parameters
    ----------
    graph : networkx.Graph
        A slice as `to_networkx` gives it.

    Returns
    -------
    dict
        A whole number for each actor. Not normalised.

    Notes
    -----
    A pact counts once, however many members it has (`strength` counts it once for each partner). Where a fact ties every two of its
    n parties, this is also the sum of Newman's weights of the actor's ties, 1/(n - 1) for each fact and partner. Direction and
    components do not matter.

    References
    ----------
    .. [1] S. P. Borgatti, M. G. Everett, "Network analysis of 2-mode data", Social Networks 19 (1997) 243-269.

    Examples
    --------
    One pact of three, and one of two:

    >>> import networkx as nx
    >>> graph = nx.complete_graph(["DEU", "COW-AUH", "ITA"])
    >>> nx.set_edge_attributes(graph, ("triple-alliance",), "facts")
    >>> graph.edges["DEU", "COW-AUH"]["facts"] = ("dual-alliance", "triple-alliance")
    >>> facts(graph)
    {'DEU': 2, 'COW-AUH': 2, 'ITA': 1}
    """
    found = dict.fromkeys(graph, 0)
    for actors in parties_of(graph).values():
        for actor in actors:
            found[actor] += 1
    return {actor: found[actor] for actor in graph}


def collaboration(graph: Network) -> dict[str, float]:
    """PageRank over facts: a walker goes on to one of the actor's facts, each as likely, and then to one of its other parties.

    That is PageRank where a pair weighs 1/(n - 1) for each fact of n parties that ties it (Newman's weights of collaboration).

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
    Damping is 0.85, as in `pagerank`, which follows pairs and so leads into the largest pacts. The parties of a fact are the actors that
    it ties in the slice; where its rule does not tie all of them (host-guest), those whom it ties to one partner only weigh
    less. Components share the walk in proportion to their size, and direction does not matter.

    References
    ----------
    .. [1] M. E. J. Newman, "Scientific collaboration networks. II", Physical Review E 64 (2001) 016132.

    Examples
    --------
    Half of Germany's facts is its pact with Turkey, though only one of its five partners is:

    >>> import networkx as nx
    >>> graph = nx.complete_graph(["DEU", "COW-AUH", "ITA", "ROU", "BGR"])
    >>> nx.set_edge_attributes(graph, ("five",), "facts")
    >>> graph.add_edge("DEU", "TUR", facts=("two",))
    >>> values = collaboration(graph)
    >>> round(values["TUR"], 4), round(values["ITA"], 4)
    (0.1394, 0.1479)
    """
    actors = list(graph)
    place = {actor: index for index, actor in enumerate(actors)}
    parties = parties_of(graph)
    weights = np.zeros((len(actors), len(actors)))
    for left, right, data in graph.edges(data=True):
        if left != right:
            named = data.get("facts", ((left, right),))
            weight = sum(1 / (len(parties[fact]) - 1) for fact in named)
            weights[place[left], place[right]] = weights[place[right], place[left]] = weight
    return dict(zip(actors, walk(weights).tolist(), strict=True))


def bipartite_betweenness(graph: Network) -> dict[str, float]:
    """Share of the shortest paths in the network of actors and facts that run through the actor.

    Pairs of facts and pairs of an actor and a fact count besides pairs of actors. Divided by the most that it can be, given how many
    actors and facts there are (Borgatti and Halgin), as networkx's `bipartite.betweenness_centrality` does it.

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
    Where facts tie every two of their parties, actors are as far from each other as in the network of pairs, twice over, so that
    closeness over facts would say nothing new. Two differences are left: among parallel paths those through several shared facts count several times, and to stand between two pacts
    counts though both have the same members. Pairs in different components have no path and add nothing. Direction does not
    matter. 0 for all where there are not two facts.

    References
    ----------
    .. [1] S. P. Borgatti, D. S. Halgin, "Analyzing affiliation networks", in: The SAGE Handbook of Social Network Analysis (2011).
    .. [2] K. Faust, "Centrality in affiliation networks", Social Networks 19 (1997) 157-191.

    Examples
    --------
    Russia has a pact with France and one with Serbia: all paths between the two pacts and between their other members run through it.

    >>> import networkx as nx
    >>> bipartite_betweenness(nx.path_graph(["FRA", "RUS", "SRB"]))
    {'FRA': 0.0, 'RUS': 1.0, 'SRB': 0.0}
    """
    parties = parties_of(graph)
    if len(parties) < 2:
        return dict.fromkeys(graph, 0.0)
    place = {actor: index for index, actor in enumerate(graph)}
    both: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    both.add_nodes_from([None] * (len(place) + len(parties)))
    both.extend_from_edge_list(
        [
            (place[actor], fact)
            for fact, actors in enumerate(parties.values(), len(place))
            for actor in sorted(actors)
        ]
    )
    values = rx.betweenness_centrality(both, normalized=False, parallel_threshold=_ALONE)
    most = _most_between(len(place), len(parties))
    return {actor: values[index] / most for actor, index in place.items()}


def _most_between(actors: int, facts: int) -> float:
    """The greatest betweenness that one of so many actors can have in a network with so many facts (Borgatti and Halgin)."""
    each, rest = divmod(actors - 1, facts)
    return (
        facts**2 * (each + 1) ** 2 + facts * (each + 1) * (2 * rest - each - 1) - rest * (2 * each - rest + 3)
    ) / 2
