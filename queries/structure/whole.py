"""A whole network, as the numbers of it see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import networkx as nx

from comity.queries.networks import DirectedNetwork, Network

Figure = float | int | tuple[int, ...] | None
"""A number, several (sizes), or None where the network has no such number."""

MOST_CLIQUES = 200_000
"""Maximal cliques that are listed, at most: their number can double with every few actors."""


@dataclass(frozen=True)
class Whole:
    """A network as its numbers see it: undirected, directed, with the actors' labels (on the nodes) and groups, if any are named."""

    graph: Network
    digraph: DirectedNetwork
    groups: Mapping[str, str]

    @cached_property
    def components(self) -> list[list[str]]:
        """The connected components, the largest first; of equal ones that with the first id."""
        found = [sorted(members) for members in nx.connected_components(self.graph)]
        return sorted(found, key=lambda members: (-len(members), members))

    @cached_property
    def distances(self) -> list[int]:
        """The distances between the pairs of the largest component, each pair both ways."""
        largest = self.graph.subgraph(self.components[0] if self.components else ())
        every: Any = nx.all_pairs_shortest_path_length(largest)
        return [steps for _, reached in every for steps in reached.values() if steps]

    @cached_property
    def cliques(self) -> list[int] | None:
        """The sizes of all maximal cliques, None where they are too many to list."""
        found = [len(clique) for clique in islice(nx.find_cliques(self.graph), MOST_CLIQUES + 1)]
        return found if len(found) <= MOST_CLIQUES else None


def whole_of(arcs: list[tuple[str, str]], groups: Mapping[str, str] | None = None) -> Whole:
    """The whole of a directed network that is given by its arcs; for examples and networks from elsewhere."""
    digraph: DirectedNetwork = nx.DiGraph(arcs)
    return Whole(digraph.to_undirected(), digraph, groups or {})
