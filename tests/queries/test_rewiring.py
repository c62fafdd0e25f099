import doctest
from collections import Counter
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity.graph.errors import InputError
from comity.queries import rewiring
from comity.queries.networks import Network
from comity.queries.rewiring import rewire


def named(graph: "nx.Graph[Any]") -> Network:
    return nx.relabel_nodes(graph, lambda node: f"{node:02}" if isinstance(node, int) else node)


def test_the_example_in_the_docstring() -> None:
    result = doctest.testmod(rewiring)
    assert result.attempted
    assert not result.failed


@settings(max_examples=30)
@given(edges=st.sets(st.sampled_from(list(combinations(range(8), 2))), min_size=2), seed=st.integers(0, 1000))
def test_everybody_keeps_the_number_of_partners(edges: set[tuple[int, int]], seed: int) -> None:
    network = named(nx.Graph(sorted(edges)))
    try:
        drawn = rewire(network, 5, seed=seed, swaps=3)
    except InputError:
        assume(False)
        raise
    assert len(drawn.networks()) == 5
    assert drawn.proposed == 3 * len(edges)
    assert 0 <= drawn.done <= 1
    for other in drawn.networks():
        # As many ties as before: none runs from an actor to itself, and no two join the same pair.
        assert other.number_of_edges() == len(edges)
        assert not list(nx.selfloop_edges(other))
        assert dict(other.degree) == dict(network.degree)
        assert list(other) == list(network)


def test_every_network_with_these_numbers_of_partners_is_equally_likely() -> None:
    # Six actors with two partners each: 60 hexagons and 10 pairs of triangles. Of the swaps that a hexagon has to offer more can be
    # done than of those of two triangles, so counting done swaps only would favour hexagons.
    number = 7000
    drawn = rewire(named(nx.cycle_graph(6)), number, seed=1, swaps=20)
    seen = Counter(tuple(sorted(network.edges)) for network in drawn.networks())
    assert len(seen) == 70
    triangles = sum(count for edges, count in seen.items() if not nx.is_connected(nx.Graph(list(edges))))
    assert triangles == pytest.approx(number / 7, abs=4 * (number * 6 / 49) ** 0.5)
    chi_square = sum((count - 100) ** 2 / 100 for count in seen.values())
    assert chi_square < 69 + 4 * (2 * 69) ** 0.5


def test_a_seed_gives_the_same_networks_and_another_seed_others() -> None:
    karate = named(nx.karate_club_graph())
    first, again, other = (rewire(karate, 20, seed=seed).pairs for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_large_networks_are_drawn_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    karate = named(nx.karate_club_graph())
    monkeypatch.setattr(rewiring, "_MEMORY", 7 * 34**2)
    drawn = rewire(karate, 20)
    assert len(drawn.pairs) == 20
    assert len({tuple(sorted(network.edges)) for network in drawn.networks()}) == 20
    assert all(dict(network.degree) == dict(karate.degree) for network in drawn.networks())


@pytest.mark.parametrize(
    "graph",
    [nx.complete_graph(5), nx.star_graph(4), nx.path_graph(2), nx.empty_graph(0), nx.complete_multipartite_graph(1, 1, 3)],
    ids=["clique", "star", "pair", "nobody", "two hubs"],
)  # fmt: skip
def test_what_cannot_be_rewired(graph: "nx.Graph[Any]") -> None:
    with pytest.raises(
        InputError, match="nothing can be rewired: no other network gives every actor the same"
    ):
        rewire(named(graph), 3)


def test_two_cliques_can_be_rewired() -> None:
    two = named(nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4)))
    assert any(nx.is_connected(network) for network in rewire(two, 10).networks())


@pytest.mark.parametrize(("number", "swaps", "seed"), [(0, 1, 0), (1, 0, 0), (1, 1, -1)])
def test_what_cannot_be_asked(number: int, swaps: int, seed: int) -> None:
    with pytest.raises(InputError, match="one of each at least, and no negative seed"):
        rewire(named(nx.cycle_graph(6)), number, swaps=swaps, seed=seed)
