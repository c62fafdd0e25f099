"""The seven measures of a panel by the loops that people write with other libraries: one graph a network, one call a measure.

Each gets the actors of a network as numbers from 0 and its pairs, every pair once, makes its graph of them and computes the measures.
Values are lists in order of the actors. rustworkx has no local clustering: its loop has one value for the whole network instead.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import igraph
import networkx as nx
import rustworkx as rx

SEVEN = ("degree", "betweenness", "closeness", "pagerank", "core", "clustering", "eigenvector")

DAMPING = 0.85
STEPS = 10_000
"""Steps of power iteration at most."""


@dataclass(frozen=True, slots=True)
class Edges:
    """One network as others are given it: how many actors have ties, and the pairs of them."""

    number: int
    pairs: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Loop:
    """What a loop gave: values by network and measure, and how many eigenvectors it did not find."""

    values: list[dict[str, Sequence[float]]]
    not_found: int = 0


Contender = Callable[[Sequence[Edges]], Loop]


def by_igraph(networks: Sequence[Edges]) -> Loop:
    """igraph; scaled as networkx does: betweenness by the number of pairs, closeness within components by their share."""
    loop = Loop([])
    for network in networks:
        graph = igraph.Graph(n=network.number, edges=network.pairs)
        sizes = graph.connected_components().sizes()
        of = [sizes[component] for component in graph.connected_components().membership]
        others = max(1, network.number - 1)
        pairs = max(1, others * (others - 1) / 2)
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # it warns that eigenvectors of disconnected graphs are not unique
            eigenvector = graph.eigenvector_centrality()
        loop.values.append(
            {
                "degree": graph.degree(),
                "betweenness": [value / pairs for value in graph.betweenness()],
                "closeness": [
                    value * (size - 1) / others
                    for value, size in zip(graph.closeness(normalized=True), of, strict=True)
                ],
                "pagerank": graph.pagerank(damping=DAMPING),
                "core": graph.coreness(),
                "clustering": graph.transitivity_local_undirected(mode="zero"),
                "eigenvector": eigenvector,
            }
        )
    return loop


def by_networkx(networks: Sequence[Edges]) -> Loop:
    """networkx; eigenvectors by its power iteration."""
    loop = Loop([])
    for network in networks:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(network.number))
        graph.add_edges_from(network.pairs)
        clustering: Any = nx.clustering(graph)
        found: dict[str, dict[int, float]] = {
            "degree": dict(graph.degree),
            "betweenness": nx.betweenness_centrality(graph),
            "closeness": nx.closeness_centrality(graph),
            "pagerank": nx.pagerank(graph, alpha=DAMPING),
            "core": nx.core_number(graph),
            "clustering": clustering,
        }
        try:
            found["eigenvector"] = nx.eigenvector_centrality(graph, max_iter=STEPS)
        except (nx.PowerIterationFailedConvergence, nx.NetworkXPointlessConcept):
            loop.not_found += 1
        loop.values.append({name: list(values.values()) for name, values in found.items()})
    return loop


def by_rustworkx(networks: Sequence[Edges]) -> Loop:
    """rustworkx; PageRank on a directed copy, as it has it for no other."""
    loop = Loop([])
    for network in networks:
        graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * network.number)
        graph.add_edges_from_no_data(list(network.pairs))
        cores: dict[int, int] = dict(rx.core_number(graph))  # type: ignore[call-overload]  # its stub says int
        rx.transitivity(graph)
        found: dict[str, Sequence[float]] = {
            "degree": [graph.degree(place) for place in range(network.number)],
            "betweenness": list(rx.betweenness_centrality(graph).values()),
            "closeness": list(rx.closeness_centrality(graph).values()),
            "pagerank": list(rx.pagerank(graph.to_directed(), alpha=DAMPING).values()),
            "core": [cores[place] for place in range(network.number)],
        }
        try:
            found["eigenvector"] = list(rx.eigenvector_centrality(graph, max_iter=STEPS).values())
        except rx.FailedToConverge:
            loop.not_found += 1
        loop.values.append(found)
    return loop


def edges_of(pairs: Sequence[tuple[int, int]]) -> Edges:
    """A network of these pairs of any numbers."""
    place = {actor: at for at, actor in enumerate(sorted(set(chain.from_iterable(pairs))))}
    return Edges(len(place), tuple((place[left], place[right]) for left, right in pairs))
