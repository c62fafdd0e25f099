"""From a slice to a networkx graph: actors are nodes, and two actors are joined once, however many facts tie them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

import networkx as nx

from comity.graph.slices import Slice

Network: TypeAlias = "nx.Graph[str]"
"""An undirected graph whose nodes are ids of actors."""

DirectedNetwork: TypeAlias = "nx.DiGraph[str]"
"""The same with directed edges."""

_Pair = tuple[str, str]


def to_networkx(slice: Slice) -> Network:
    """The slice as an undirected simple graph.

    Nodes are the actors that have a tie, with `name` and `label`. A pair has one edge; its `weight` is the number of
    distinct facts that tie the pair in either direction, and `facts` are their ids. Nodes and edges stand in the order of
    the ids, so that equal slices give equal graphs, and measures equal to the last digit.
    """
    graph: Network = nx.Graph()
    pairs = ((min(tie.left, tie.right), max(tie.left, tie.right), tie.fact) for tie in slice.ties)
    _fill(graph, slice, pairs)
    return graph


def to_digraph(slice: Slice) -> DirectedNetwork:
    """The slice as a directed simple graph: an undirected tie goes both ways; otherwise as `to_networkx`."""
    graph: DirectedNetwork = nx.DiGraph()
    there = [(tie.left, tie.right, tie.fact) for tie in slice.ties]
    back = [(tie.right, tie.left, tie.fact) for tie in slice.ties if not tie.directed]
    _fill(graph, slice, [*there, *back])
    return graph


def _fill(graph: Network, slice: Slice, arcs: Iterable[tuple[str, str, str]]) -> None:
    facts: defaultdict[_Pair, set[str]] = defaultdict(set)
    for left, right, fact in arcs:
        facts[left, right].add(fact)
    for actor in slice.members:
        node = slice.actors[actor]
        graph.add_node(actor, name=node.name, label=node.label)
    for (left, right), ids in sorted(facts.items()):
        graph.add_edge(left, right, weight=len(ids), facts=tuple(sorted(ids)))
