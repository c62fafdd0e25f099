import json
import subprocess
import sys
from datetime import date
from itertools import combinations

import networkx as nx
import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.graph.loading import load
from comity.graph.slices import Question, Slice, take
from comity.graph.stores import Store
from comity.queries.communities import changed, communities, detect, memberships, modularity_of
from tests.graph.facts import reading, stated
from tests.queries.alliances import day, nato
from tests.queries.slices import as_slice

# Two cliques of five and one tie between them: m = 21, ten ties within each, 21 ends in each.
CLIQUES = nx.barbell_graph(5, 0)


def test_two_cliques_by_hand() -> None:
    found = communities(as_slice(CLIQUES))
    assert [community.members for community in found.communities] == [
        ("00", "01", "02", "03", "04"),
        ("05", "06", "07", "08", "09"),
    ]
    assert found.modularity == pytest.approx(2 * (10 / 21 - (21 / 42) ** 2))
    assert (found.stability, found.partitions) == (1, 1)
    first = found.communities[0]
    assert (first.ties_within, first.ties_beyond, first.stability) == (10, 1, 1)
    # All have four ties within; the one with a tie beyond has the most.
    assert (first.central, first.label) == ("04", "around Land 04")


def test_zacharys_karate_club() -> None:
    found = communities(as_slice(nx.karate_club_graph()))
    # The greatest there is (Brandes et al. 2008), in four communities.
    assert found.modularity == pytest.approx(0.41979, abs=5e-6)
    assert [len(community.members) for community in found.communities] == [12, 11, 6, 5]
    assert found.communities[0].central == "33"
    assert found.stability is not None
    assert 0.5 < found.stability < 1
    assert found.partitions > 1
    assert all(0 < community.stability <= 1 for community in found.communities)


def test_the_resolution_makes_communities_larger_or_smaller() -> None:
    karate = as_slice(nx.karate_club_graph())
    sizes = [len(communities(karate, resolution=resolution).communities) for resolution in (0.1, 1, 4)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 1
    assert sizes[2] > 4


def test_one_run_says_nothing_of_its_stability() -> None:
    found = communities(as_slice(CLIQUES), runs=1, seed=7)
    assert (found.stability, found.partitions, found.seed) == (None, 1, 7)


def test_nobody_has_no_communities() -> None:
    found = communities(Slice(Question(), (), {}, {}))
    assert (found.communities, found.modularity) == ((), None)
    assert json.loads(json.dumps(found.to_dict()))["communities"] == []


def test_communities_are_connected() -> None:
    # At a low resolution Louvain's method joins what nothing ties.
    graph = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3))
    assert [len(group) for group in detect(nx.relabel_nodes(graph, str), seed=0, resolution=0.01)] == [4, 3]


def test_modularity_counts_a_pair_once() -> None:
    network: nx.Graph[str] = nx.Graph()
    network.add_edge("A", "B", weight=9)
    network.add_edge("C", "D", weight=1)
    assert modularity_of(network, (("A", "B"), ("C", "D"))) == pytest.approx(0.5)


@pytest.mark.parametrize("given", [{"runs": 0}, {"resolution": 0.0}])
def test_what_cannot_be_asked(given: dict[str, int]) -> None:
    with pytest.raises(InputError):
        communities(as_slice(CLIQUES), **given)  # type: ignore[arg-type]


def test_a_seed_gives_the_same_in_every_process() -> None:
    code = (
        "import networkx as nx; from comity.queries.communities import detect;"
        "print([detect(nx.relabel_nodes(nx.karate_club_graph(), str), seed=seed) for seed in range(5)])"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
    assert next(iter(printed))


def test_an_organization_names_the_community_it_is_most_like() -> None:
    organizations = {
        "UN": frozenset(f"{place:02}" for place in range(30)),
        "LEFT": frozenset({"00", "01", "02", "99"}),
        "HALF": frozenset({"05", "06"}),
    }
    found = communities(as_slice(CLIQUES), organizations=organizations)
    # Of LEFT three of the five are members; of HALF only two: there the one of all, which is most like it of what is left.
    assert [community.label for community in found.communities] == ["LEFT", "UN"]


def test_the_members_of_organizations_are_those_of_the_day(store: Store) -> None:
    load(store, reading(nato()))
    on = Question(types=("defence",), as_of=day(date(1960, 1, 1)))
    assert memberships(store, on) == {
        "NATO": frozenset({"GBR", "TUR", "USA"}),
        "UPU": frozenset({"POL", "USA"}),
    }
    before = Question(types=("defence",), as_of=day(date(1951, 1, 1)))
    assert memberships(store, before)["NATO"] == {"GBR", "USA"}
    found = communities(take(store, on), organizations=memberships(store, on))
    assert found.communities[0].label == "NATO"


def test_without_memberships_there_are_no_organizations(store: Store) -> None:
    load(store, reading([stated("pact", "FRA RUS", ["in_force 1894/.."])]))
    assert memberships(store, Question(as_of=When.parse("1900"))) == {}


def test_a_change_is_that_of_the_actors_in_both() -> None:
    before = communities(as_slice(CLIQUES))
    # The second clique breaks in two, one of the first goes, another comes.
    edges = [
        *combinations(("00", "01", "02", "03", "10"), 2),
        ("05", "06"),
        ("07", "08"),
        ("07", "09"),
        ("08", "09"),
    ]
    change = changed(before, communities(as_slice(edges)))
    assert change.likeness is not None
    assert change.likeness.actors == 9
    assert change.moves == (
        ("around Land 04", "around Land 00", 4),
        ("around Land 05", "around Land 07", 3),
        ("around Land 05", "around Land 05", 2),
    )
    # Cells 4, 3, 2: 6 + 3 + 1 pairs together in both; 6 + 10 and 10 of 36.
    expected = 16 * 10 / 36
    assert change.likeness.adjusted_rand == pytest.approx((10 - expected) / (13 - expected))
    document = change.to_dict()
    assert json.loads(json.dumps(document)) == document
