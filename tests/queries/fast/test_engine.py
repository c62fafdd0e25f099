"""The fast engine gives what the plain measures give."""

from typing import Any
from unittest.mock import patch

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.graph.errors import UnknownName
from comity.queries.fast import stacks
from comity.queries.fast.engine import MEASURED, compute
from comity.queries.fast.networks import Networks
from comity.queries.networks import Network
from tests.queries.fast.graphs import labelled, networks_of, pacts, panels, plainly

KNOWN: dict[str, "nx.Graph[Any]"] = {
    "kite": nx.krackhardt_kite_graph(),
    "florence": nx.florentine_families_graph(),
    "karate": nx.karate_club_graph(),
    "women": nx.davis_southern_women_graph(),
    "pair": nx.path_graph(2),
    "star": nx.star_graph(5),
    "clique": nx.complete_graph(6),
    "bipartite": nx.complete_bipartite_graph(3, 4),
    "path": nx.path_graph(30),
    "cycle": nx.cycle_graph(7),
    "two triangles": nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(3)),
    "square and triangle": nx.disjoint_union(nx.cycle_graph(4), nx.complete_graph(3)),
    "barbell": nx.barbell_graph(5, 3),
    "grid": nx.convert_node_labels_to_integers(nx.grid_2d_graph(6, 7)),
    "tree": nx.balanced_tree(3, 4),
    "lone actors": nx.disjoint_union(nx.krackhardt_kite_graph(), nx.empty_graph(3)),
}


TOGETHER_OR_ALONE = pytest.mark.parametrize("largest", [stacks.LARGEST, 0], ids=["together", "each alone"])
"""Networks are stacked, or each is taken as one too large for that."""


def agree(networks: Networks, name: str, largest: int) -> None:
    with patch.object(stacks, "LARGEST", largest):
        found = compute(networks, [name])[name]
    np.testing.assert_allclose(found, plainly(name, networks), rtol=0, atol=1e-9)


@TOGETHER_OR_ALONE
@pytest.mark.parametrize("name", MEASURED)
@pytest.mark.parametrize("graph", KNOWN)
def test_known_graphs(graph: str, name: str, largest: int) -> None:
    agree(networks_of([labelled(KNOWN[graph])]), name, largest)


@TOGETHER_OR_ALONE
@pytest.mark.parametrize("name", MEASURED)
@given(networks=panels())
@settings(max_examples=60, deadline=None)
def test_every_network_of_a_panel_has_the_values_it_has_alone(
    name: str, largest: int, networks: Networks
) -> None:
    agree(networks, name, largest)


@TOGETHER_OR_ALONE
@pytest.mark.parametrize("name", MEASURED)
def test_networks_of_the_size_of_the_world(name: str, largest: int) -> None:
    drawn = ((15, 0), (60, 1), (90, 1), (91, 1), (150, 2), (90, 1))
    graphs = [pacts(120, number, seed) for number, seed in drawn]
    graphs += [nx.empty_graph(0), labelled(nx.gnm_random_graph(120, 400, seed=3))]
    agree(networks_of(graphs), name, largest)


@pytest.mark.parametrize("name", MEASURED)
def test_a_network_of_many_hundred_actors(name: str) -> None:
    # More sources than one search has, and too many classes to be stacked.
    agree(networks_of([labelled(nx.gnm_random_graph(900, 2500, seed=5))]), name, stacks.LARGEST)


@given(networks=panels(), seed=st.integers(0, 99))
def test_renaming_actors_permutes_values(networks: Networks, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(networks.size)
    renamed = Networks(networks.actors, np.sort(order[networks.pairs], axis=1), networks.weights)
    plain, permuted = compute(networks, MEASURED), compute(renamed, MEASURED)
    for name in MEASURED:
        np.testing.assert_allclose(permuted[name][:, order], plain[name], rtol=0, atol=1e-12, err_msg=name)


@given(networks=panels())
def test_an_actor_without_ties_has_nothing_and_changes_nothing(networks: Networks) -> None:
    wider = Networks((*networks.actors, "Z"), networks.pairs, networks.weights)
    plain, with_it = compute(networks, MEASURED), compute(wider, MEASURED)
    for name in MEASURED:
        np.testing.assert_array_equal(with_it[name][:, -1], 0, err_msg=name)
        np.testing.assert_allclose(with_it[name][:, :-1], plain[name], rtol=0, atol=1e-12, err_msg=name)


@given(networks=panels())
def test_a_tie_more_is_a_partner_more_on_each_side(networks: Networks) -> None:
    if not len(networks.pairs):
        return
    more = networks.weights.copy()
    more[:, 0] += 1
    gained = (
        compute(Networks(networks.actors, networks.pairs, more), ["degree"])["degree"]
        - compute(networks, ["degree"])["degree"]
    )
    expected = np.zeros(gained.shape)
    expected[np.ix_(networks.weights[:, 0] == 0, networks.pairs[0])] = 1
    np.testing.assert_array_equal(gained, expected)


def test_measures_asked_together_are_those_asked_alone() -> None:
    networks = networks_of([pacts(60, 40, 1), pacts(60, 41, 1)])
    together = compute(networks, MEASURED)
    for name in MEASURED:
        np.testing.assert_array_equal(compute(networks, [name])[name], together[name])


def test_the_same_networks_have_the_same_digits() -> None:
    networks = networks_of([pacts(90, number, 7) for number in range(40, 60)])
    first = compute(networks, MEASURED)
    for _ in range(3):
        for name, values in compute(networks, MEASURED).items():
            np.testing.assert_array_equal(values, first[name])


def test_of_nothing_there_is_nothing() -> None:
    for size, number in ((0, 0), (0, 2), (3, 2)):
        networks = Networks(
            tuple("ABC"[:size]), np.zeros((0, 2), dtype=np.int64), np.zeros((number, 0), dtype=np.int64)
        )
        for values in compute(networks, MEASURED).values():
            np.testing.assert_array_equal(values, np.zeros((number, size)))


def test_what_has_no_path_through_it_is_exactly_zero() -> None:
    star: Network = labelled(nx.star_graph(40))
    values = compute(networks_of([star]), ["betweenness"])["betweenness"][0]
    assert values[0] == 1
    assert not values[1:].any()


def test_a_measure_that_the_engine_does_not_have_is_named() -> None:
    with pytest.raises(UnknownName, match="no measure of the fast engine 'fame'; choose from: degree"):
        compute(networks_of([labelled(nx.path_graph(3))]), ["fame"])
