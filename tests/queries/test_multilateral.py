"""Measures of actors and facts: published values, and the laws that join them to the network of pairs."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given

from comity.queries.measures import MEASURES
from comity.queries.measures.multilateral import parties_of
from comity.queries.networks import Network
from tests.queries.networks import drawn_networks, network_of

WOMEN = {
    "Nora Fayette": 0.11, "Evelyn Jefferson": 0.10, "Theresa Anderson": 0.09, "Sylvia Avondale": 0.07, "Laura Mandeville": 0.05,
    "Brenda Rogers": 0.05, "Katherina Rogers": 0.05, "Helen Lloyd": 0.04, "Ruth DeSand": 0.02, "Verne Sanderson": 0.02,
    "Myra Liddel": 0.02, "Eleanor Nye": 0.01, "Frances Anderson": 0.01, "Pearl Oglethorpe": 0.01, "Charlotte McDowd": 0.01,
    "Olivia Carleton": 0.01, "Flora Price": 0.01, "Dorothy Murchison": 0.00,
}  # fmt: skip
"""Betweenness of Davis' southern women in the network of women and events (Borgatti and Halgin 2011)."""


def test_southern_women() -> None:
    events = nx.davis_southern_women_graph()
    guests = [sorted(events[event]) for event, side in events.nodes(data="bipartite") if side == 1]
    graph = network_of(guests)
    values = MEASURES["bipartite-betweenness"].function(graph)
    assert values == pytest.approx(WOMEN, abs=1e-2)
    assert MEASURES["facts"].function(graph) == {woman: events.degree(woman) for woman in graph}


def test_a_pact_of_thirty_is_one_pact() -> None:
    thirty = [f"M{number:02}" for number in range(30)]
    # Germany is in the pact of thirty; Japan has three pacts of two.
    graph = network_of([["DEU", *thirty[1:]], ["JPN", "USA"], ["JPN", "AUS"], ["JPN", "IND"]])
    facts, strength = MEASURES["facts"].function(graph), MEASURES["strength"].function(graph)
    assert (facts["DEU"], facts["JPN"]) == (1, 3)
    assert (strength["DEU"], strength["JPN"]) == (29, 3)


def test_collaboration_walks_from_fact_to_fact() -> None:
    # From B half of the steps lead to A by the pact of two, a quarter each to C and D by the pact of three.
    values = MEASURES["collaboration"].function(network_of([["A", "B"], ["B", "C", "D"]]))
    stay = 0.15 / 4
    assert values["A"] == pytest.approx(stay + 0.85 * values["B"] / 2)
    assert values["C"] == pytest.approx(stay + 0.85 * (values["B"] / 4 + values["D"] / 2))
    assert values["C"] == pytest.approx(values["D"])
    assert sum(values.values()) == pytest.approx(1)


@given(graph=drawn_networks())
def test_newmans_weights_sum_to_the_facts(graph: Network) -> None:
    parties = parties_of(graph)
    sums = dict.fromkeys(graph, 0.0)
    for actors in parties.values():
        for left, right in combinations(actors, 2):
            sums[left] += 1 / (len(actors) - 1)
            sums[right] += 1 / (len(actors) - 1)
    assert MEASURES["facts"].function(graph) == pytest.approx(sums)


@given(graph=drawn_networks())
def test_facts_of_two_are_ties_and_collaboration_is_the_weighted_walk(graph: Network) -> None:
    plain: Network = nx.Graph()
    plain.add_nodes_from(graph)
    for number, (left, right) in enumerate(graph.edges):
        plain.add_edge(left, right, facts=(f"fact{number}",))
    assert MEASURES["facts"].function(plain) == MEASURES["degree"].function(plain)
    assert MEASURES["collaboration"].function(plain) == pytest.approx(MEASURES["pagerank"].function(plain))


@given(graph=drawn_networks())
def test_distances_over_facts_are_twice_those_over_pairs(graph: Network) -> None:
    both: nx.Graph[object] = nx.Graph(
        [(actor, fact) for fact, actors in parties_of(graph).items() for actor in actors]
    )
    for source in graph:
        over_facts = nx.single_source_shortest_path_length(both, source)
        over_pairs = nx.single_source_shortest_path_length(graph, source)
        assert {actor: over_facts[actor] for actor in over_pairs} == {
            actor: 2 * steps for actor, steps in over_pairs.items()
        }


@given(graph=drawn_networks())
def test_bipartite_betweenness_is_that_of_networkx(graph: Network) -> None:
    parties = parties_of(graph)
    both: nx.Graph[object] = nx.Graph([(actor, fact) for fact, actors in parties.items() for actor in actors])
    found = MEASURES["bipartite-betweenness"].function(graph)
    if len(parties) > 1:
        theirs = nx.bipartite.betweenness_centrality(both, list(graph))
        assert found == pytest.approx({actor: theirs[actor] for actor in graph}, abs=1e-12)
    else:
        assert set(found.values()) == {0.0}


def test_an_edge_without_facts_is_a_fact_of_its_own() -> None:
    assert MEASURES["facts"].function(nx.path_graph(["A", "B", "C"])) == {"A": 1, "B": 2, "C": 1}


def test_one_fact_leaves_nothing_to_stand_between() -> None:
    assert set(MEASURES["bipartite-betweenness"].function(network_of([["A", "B", "C"]])).values()) == {0.0}
