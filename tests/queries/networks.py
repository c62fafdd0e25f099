"""Small networks for tests: known ones with ids of texts, and random ones."""

from itertools import combinations, permutations
from typing import Any

import networkx as nx
from hypothesis import strategies as st

from comity.queries.networks import DirectedNetwork, Network


def named(graph: "nx.Graph[Any]") -> Network:
    """The graph with texts for nodes."""
    return nx.relabel_nodes(graph, str)


def drawn_networks() -> st.SearchStrategy[Network]:
    """Up to nine actors and ten facts, each of two to four of them, every two of its parties tied."""
    actors = "ABCDEFGHI"
    facts = st.lists(
        st.lists(st.sampled_from(actors), min_size=2, max_size=4, unique=True), min_size=1, max_size=10
    )
    return facts.map(network_of)


def network_of(facts: list[list[str]]) -> Network:
    """The network of these facts as a slice would give it."""
    tying: dict[tuple[str, str], list[str]] = {}
    for number, parties in enumerate(facts):
        for left, right in combinations(sorted(parties), 2):
            tying.setdefault((left, right), []).append(f"fact{number:02}")
    graph: Network = nx.Graph()
    graph.add_nodes_from(sorted({actor for parties in facts for actor in parties}))
    for (left, right), named in sorted(tying.items()):
        graph.add_edge(left, right, weight=len(named), facts=tuple(named))
    return graph


def drawn_digraphs() -> st.SearchStrategy[DirectedNetwork]:
    """Up to eight actors, each pair of them with an arc or not, either way."""
    arcs = list(permutations("ABCDEFGH", 2))
    return st.sets(st.sampled_from(arcs), max_size=30).map(lambda drawn: nx.DiGraph(sorted(drawn)))
