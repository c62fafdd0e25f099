from comity.graph.loading import load
from comity.graph.slices import Question, Slice, take
from comity.graph.stores import Store
from comity.queries.networks import to_digraph, to_networkx
from tests.graph.facts import reading, stated
from tests.queries.alliances import JULY, alliances, alliances_1914, day


def test_a_pair_is_one_edge_weighted_by_its_facts(store: Store) -> None:
    load(store, alliances_1914())
    slice = take(store, Question(types=("defence",), as_of=day(JULY)))
    graph = to_networkx(slice)
    assert len(graph) == 11
    assert graph.size() == 10
    assert graph.edges["COW-AUH", "DEU"] == {
        "weight": 3,
        "facts": ("test:dual-alliance", "test:romanian", "test:triple-alliance"),
    }
    assert graph.nodes["COW-AUH"] == {"name": "Austria-Hungary", "label": "Country"}
    assert list(graph) == sorted(graph)


def test_the_order_of_loading_makes_no_difference(store: Store) -> None:
    load(store, reading(alliances()[::-1]))
    question = Question(as_of=day(JULY))
    backwards = to_networkx(take(store, question))
    load(store, alliances_1914())
    graph = to_networkx(take(store, question))
    assert list(graph.edges(data=True)) == list(backwards.edges(data=True))


def test_a_directed_tie_goes_one_way_and_counts_once(store: Store) -> None:
    load(store, reading([
        stated("mission", "FRA:sender JPN:receiver", ["in_force 1870/.."], kind="representation", types=["embassy"]),
        stated("other", "JPN:sender FRA:receiver", ["in_force 1871/.."], kind="representation", types=["embassy"]),
        stated("one-way", "USA:sender FRA:receiver", ["in_force 1871/.."], kind="representation", types=["embassy"]),
    ]))  # fmt: skip
    slice = take(store, Question(layers=("representation",), as_of=day(JULY)))
    assert sorted(to_digraph(slice).edges(data="weight")) == [
        ("FRA", "JPN", 1),
        ("JPN", "FRA", 1),
        ("USA", "FRA", 1),
    ]
    assert sorted(to_networkx(slice).edges(data="weight")) == [("FRA", "JPN", 2), ("FRA", "USA", 1)]


def test_undirected_ties_go_both_ways_in_the_directed_graph(store: Store) -> None:
    load(store, reading([stated("pact", "FRA GBR", ["in_force 1904/.."])]))
    slice = take(store, Question(as_of=day(JULY)))
    assert sorted(to_digraph(slice).edges) == [("FRA", "GBR"), ("GBR", "FRA")]


def test_an_empty_slice_is_an_empty_graph() -> None:
    empty = Slice(Question(), (), {}, {})
    assert len(to_networkx(empty)) == len(to_digraph(empty)) == 0
