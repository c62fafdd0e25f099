import doctest
import json

import networkx as nx
import numpy as np
import pytest

from comity.graph.errors import InputError, NotOffered
from comity.graph.slices import Question, Slice
from comity.queries import significance
from comity.queries.measures import MEASURES, measure_of
from comity.queries.measures.paths import betweenness
from comity.queries.networks import to_networkx
from comity.queries.ranks import ranked
from comity.queries.rewiring import rewire
from comity.queries.significance import (
    NETWORK_NUMBERS,
    ActorSignificance,
    Significance,
    held_against,
    significance_of_actors,
    significance_of_network,
)
from tests.queries.slices import as_slice

KARATE = as_slice(nx.karate_club_graph())


def of_network(slice: Slice, name: str, samples: int, **asked: int) -> Significance | None:
    found = significance_of_network(slice, {name: NETWORK_NUMBERS[name]}, samples=samples, **asked)
    (row,) = found.rows
    return row.significance


def test_the_examples_in_the_docstrings() -> None:
    result = doctest.testmod(significance)
    assert result.attempted
    assert not result.failed


def test_a_value_counts_as_one_of_those_drawn() -> None:
    drawn = np.array([1.0, 2.0, 2.0, 3.0])
    assert held_against(4.0, drawn).p_high == 1 / 5
    assert held_against(0.0, drawn).p_low == 1 / 5
    middle = held_against(2.0, drawn)
    assert (middle.p_high, middle.p_low, middle.z) == (4 / 5, 4 / 5, 0)
    # By rounding alone it is not smaller than its equals.
    rounded = held_against(2.0 * (1 - 1e-15), drawn)
    assert (rounded.p_high, rounded.p_low) == (4 / 5, 4 / 5)


def test_where_all_are_alike_there_is_no_z() -> None:
    found = held_against(0.3, np.full(5, 0.1 + 0.2))
    assert (found.z, found.deviation, found.p_high, found.p_low) == (None, 0, 1, 1)


@pytest.mark.parametrize("swaps", [1, 10])
def test_of_networks_that_are_random_already_p_is_uniform(swaps: int) -> None:
    # Short walks, too: the network is one of those drawn.
    high, low = [], []
    for seed in range(200):
        found = of_network(
            as_slice(nx.gnm_random_graph(14, 28, seed=seed)),
            "degree-assortativity",
            19,
            seed=seed,
            swaps=swaps,
        )
        assert found is not None
        high.append(found.p_high)
        low.append(found.p_low)
    for drawn in (high, low):
        for level in (0.1, 0.25, 0.5):
            share = sum(p <= level + 1e-9 for p in drawn) / len(drawn)
            assert share == pytest.approx(level, abs=3.5 * (level * (1 - level) / len(drawn)) ** 0.5)


def test_many_triangles_are_significant_and_random_networks_have_few() -> None:
    # Cliques in a ring, each tied to the next: all that is tied is tied in triangles.
    caves = of_network(as_slice(nx.connected_caveman_graph(6, 5)), "transitivity", 99)
    assert caves is not None
    assert (caves.p_high, caves.p_low) == (0.01, 1)
    assert caves.z is not None
    assert caves.z > 10
    # A bipartite network has none at all.
    grid = of_network(
        as_slice(nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 5))), "transitivity", 99
    )
    assert grid is not None
    assert (grid.value, grid.p_high) == (0, 1)


def test_the_karate_club_falls_into_communities_and_mixes_by_numbers_of_partners_as_it_must() -> None:
    modularity = of_network(KARATE, "modularity", 49)
    assert modularity is not None
    assert modularity.value > 0.41
    assert modularity.p_high == 1 / 50
    # The club is disassortative (-0.4756), but so are networks with two such hubs.
    assortativity = of_network(KARATE, "degree-assortativity", 199)
    assert assortativity is not None
    assert assortativity.value == pytest.approx(-0.47561, abs=5e-6)
    assert -0.45 < assortativity.expected < -0.2


def test_actors_are_held_against_what_their_number_of_partners_gives() -> None:
    found = significance_of_actors(KARATE, measure_of("betweenness"), samples=199, seed=1)
    rows = [row for row in found.rows if isinstance(row, ActorSignificance)]
    own = betweenness(to_networkx(KARATE))
    assert {row.actor: row.significance.value for row in rows} == pytest.approx(own)
    assert [(row.actor, row.rank) for row in rows] == [(actor, rank) for actor, rank, _ in ranked(own)]
    drawn = [betweenness(network) for network in rewire(to_networkx(KARATE), 199, seed=1).networks()]
    for row in rows:
        values = [other[row.actor] for other in drawn]
        assert row.significance.expected == pytest.approx(np.mean(values))
        assert row.significance.p_high == (1 + sum(value >= own[row.actor] - 1e-12 for value in values)) / 200
    document = found.to_dict()
    assert json.loads(json.dumps(document)) == document
    assert (document["samples"], document["seed"], document["proposed"]) == (199, 1, 780)
    again = significance_of_actors(KARATE, measure_of("betweenness"), samples=199, seed=1)
    assert again.to_dict() == document


@pytest.mark.parametrize(
    "name", [name for name, measure in MEASURES.items() if measure.counts or measure.by_fact]
)
def test_what_rewiring_keeps_cannot_be_tested(name: str) -> None:
    with pytest.raises(
        NotOffered, match=f"{name} tells of an actor's partners or facts, .*such as betweenness"
    ):
        significance_of_actors(KARATE, measure_of(name))


def test_a_number_may_not_be_defined() -> None:
    # All have as many partners; nobody has two.
    assert of_network(as_slice(nx.cycle_graph(6)), "degree-assortativity", 9) is None
    pairs = as_slice([("A", "B"), ("C", "D")])
    assert of_network(pairs, "transitivity", 9) is None
    document = significance_of_network(
        pairs, {"transitivity": NETWORK_NUMBERS["transitivity"]}, samples=9
    ).to_dict()
    assert document["rows"] == [{"number": "transitivity"}]


def test_what_cannot_be_rewired_is_not_tested() -> None:
    for slice in (as_slice(nx.complete_graph(4)), Slice(Question(), (), {}, {})):
        with pytest.raises(InputError, match="nothing can be rewired"):
            significance_of_actors(slice, measure_of("betweenness"))
        with pytest.raises(InputError, match="nothing can be rewired"):
            of_network(slice, "transitivity", 9)
