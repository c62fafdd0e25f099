"""Plain graphs as networks of the fast engine, and what the plain measures say of them."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from comity.queries.fast.networks import Networks, Values
from comity.queries.measures import MEASURES
from comity.queries.networks import Network

PLAIN: dict[str, Callable[[Network], dict[str, float]]] = {
    name: measure.function for name, measure in MEASURES.items()
}
"""The plain measures by name."""


def networks_of(graphs: Sequence[Network], actors: Sequence[str] = ()) -> Networks:
    """The graphs over their common actors."""
    names = tuple(actors or sorted({actor for graph in graphs for actor in graph}))
    place = {actor: at for at, actor in enumerate(names)}
    edges: list[dict[tuple[int, int], int]] = [
        {
            (min(place[a], place[b]), max(place[a], place[b])): data.get("weight", 1)
            for a, b, data in graph.edges(data=True)
        }
        for graph in graphs
    ]
    pairs = sorted({pair for one in edges for pair in one})
    weights = np.array([[one.get(pair, 0) for pair in pairs] for one in edges], dtype=np.int32)
    return Networks(
        names, np.array(pairs, dtype=np.int64).reshape(-1, 2), weights.reshape(len(graphs), len(pairs))
    )


def plainly(name: str, networks: Networks) -> Values:
    """The plain measure of every network, on the graph of those who have a tie in it."""
    found = np.zeros((len(networks), networks.size))
    for row, weights in enumerate(networks.weights):
        graph: Network = nx.Graph()
        tied = np.flatnonzero(weights)
        graph.add_nodes_from(sorted({networks.actors[end] for end in networks.pairs[tied].reshape(-1)}))
        for pair in tied:
            left, right = networks.pairs[pair]
            graph.add_edge(networks.actors[left], networks.actors[right], weight=int(weights[pair]))
        values = PLAIN[name](graph)
        found[row] = [values.get(actor, 0.0) for actor in networks.actors]
    return found


def labelled(graph: "nx.Graph[Any]") -> Network:
    """The graph with texts for nodes, in order of the nodes."""
    names = {node: f"{place:05}" for place, node in enumerate(graph)}
    return nx.relabel_nodes(graph, names)


def pacts(size: int, number: int, seed: int) -> Network:
    """A network as pacts make it: a few of many members, more of two."""
    chance = np.random.default_rng(seed)
    graph: nx.Graph[int] = nx.empty_graph(size)
    for pact in range(number):
        members = chance.choice(size, 2 if pact % 4 else int(chance.integers(3, 12)), replace=False)
        for left, right in combinations(sorted(members.tolist()), 2):
            graph.add_edge(left, right, weight=graph.get_edge_data(left, right, {"weight": 0})["weight"] + 1)
    return labelled(graph)


@st.composite
def panels(draw: st.DrawFn) -> Networks:
    """Up to five networks of up to nine actors; each differs from the one before in some pairs."""
    size = draw(st.integers(0, 9))
    pairs = list(combinations(range(size), 2))
    weights: list[list[int]] = []
    now = draw(st.lists(st.integers(0, 2), min_size=len(pairs), max_size=len(pairs)))
    for _ in range(draw(st.integers(1, 5))):
        weights.append(list(now))
        for pair in draw(st.lists(st.integers(0, len(pairs) - 1), max_size=4)) if pairs else ():
            now[pair] = (now[pair] + 1) % 3
    return Networks(
        tuple("ABCDEFGHI"[:size]),
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
        np.array(weights, dtype=np.int16).reshape(len(weights), len(pairs)),
    )
