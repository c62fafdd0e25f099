"""Numbers of whole networks: published for the karate club and the families of Florence, by hand, and networkx's on any network.

netify's figures of ICEWS material conflict, 2002 to 2014 (density .113, reciprocity .594, transitivity .387), cannot be had from the
sample of ICEWS that is at hand: its definitions of the three are held here on small directed networks instead.
"""

import doctest
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from comity.graph.loading import load
from comity.graph.slices import Question, Slice, take
from comity.graph.stores import Store
from comity.queries.groups import Group, Groups
from comity.queries.networks import DirectedNetwork, Network
from comity.queries.structure import CHARACTERISTICS, centralization, cohesion, distances, mixing, structure
from comity.queries.structure import whole as whole_module
from comity.queries.structure.whole import Figure, Whole, whole_of
from tests.queries.alliances import JULY, alliances_1914, day
from tests.queries.networks import drawn_digraphs, drawn_networks


def undirected(graph: "nx.Graph[Any]", groups: dict[str, str] | None = None) -> Whole:
    network: Network = nx.relabel_nodes(nx.Graph(graph), str)
    return Whole(network, network.to_directed(), groups or {})


def value(whole: Whole, name: str) -> Figure:
    return CHARACTERISTICS[name].function(whole)


@pytest.mark.parametrize(
    ("name", "expected"),
    # As the field knows Zachary's club; the coefficient of assortativity is that of Newman's method, -0.476.
    [("actors", 34), ("pairs", 78), ("density", 0.1390), ("transitivity", 0.2557), ("clustering", 0.5706), ("components", 1),
     ("diameter", 5), ("mean-distance", 2.4082), ("cliques", 36), ("clique-number", 5), ("degree-assortativity", -0.4756)],
)  # fmt: skip
def test_karate_club(name: str, expected: float) -> None:
    assert value(undirected(nx.karate_club_graph()), name) == pytest.approx(expected, abs=5e-5)


def test_florentine_families() -> None:
    # With the Pucci, who married into none of the others, as the sixteen families are mostly told.
    families = nx.florentine_families_graph()
    families.add_node("Pucci")
    florence = undirected(families)
    # The Medici have six, and there are twenty marriages: (16 * 6 - 40) / (15 * 14).
    assert value(florence, "degree-centralization") == pytest.approx(56 / 210)
    assert value(florence, "transitivity") == pytest.approx(0.1914894, abs=5e-8)
    assert value(florence, "component-sizes") == (15, 1)


@pytest.mark.parametrize(
    ("graph", "degree", "betweenness"),
    [(nx.star_graph(4), 1, 1), (nx.cycle_graph(5), 0, 0), (nx.complete_graph(4), 0, 0)],
    ids=["star", "circle", "clique"],
)
def test_freemans_extremes(graph: "nx.Graph[Any]", degree: float, betweenness: float) -> None:
    whole = undirected(graph)
    assert value(whole, "degree-centralization") == pytest.approx(degree)
    assert value(whole, "betweenness-centralization") == pytest.approx(betweenness)


def test_centralization_of_a_chain_by_hand() -> None:
    # Of a chain of four both middle actors have two partners, and 2 of the 3 pairs of others: (4 * 2 - 6) / 6 and (4 * 2/3 - 4/3) / 3.
    whole = undirected(nx.path_graph(4))
    assert value(whole, "degree-centralization") == pytest.approx(1 / 3)
    assert value(whole, "betweenness-centralization") == pytest.approx(4 / 9)


@pytest.mark.parametrize(
    ("arcs", "density", "arc_density", "reciprocity", "transitivity"),
    [
        # A circle one way: all pairs tied, half of the arcs, none returned, and closed, direction aside.
        (["AB", "BC", "CA"], 1, 1 / 2, 0, 1),
        # One pair both ways, one way on: two of three pairs, three of six arcs, two of them returned.
        (["AB", "BA", "BC"], 2 / 3, 1 / 2, 2 / 3, 0),
        # A triangle and a tail: of five connected triples three are closed.
        (["AB", "BA", "BC", "CA", "CD", "DC"], 4 / 6, 6 / 12, 4 / 6, 3 / 5),
        # Two pairs: nobody has two partners, so that there is nothing to close.
        (["AB", "CD", "DC"], 2 / 6, 3 / 12, 2 / 3, None),
        ([], None, None, None, None),
    ],
    ids=["circle", "chain", "tail", "pairs", "nobody"],
)
def test_directed_networks_by_hand(
    arcs: list[str], density: float, arc_density: float, reciprocity: float, transitivity: float
) -> None:
    whole = whole_of([(arc[0], arc[1]) for arc in arcs])
    found = [value(whole, name) for name in ("density", "arc-density", "reciprocity", "transitivity")]
    for one, expected in zip(found, (density, arc_density, reciprocity, transitivity), strict=True):
        assert one == (expected if expected is None else pytest.approx(expected))


@given(graph=drawn_digraphs())
def test_networkx_gives_the_same_on_any_directed_network(graph: DirectedNetwork) -> None:
    whole = whole_of(list(graph.edges))
    if graph.size():
        assert value(whole, "reciprocity") == pytest.approx(nx.overall_reciprocity(graph))
        assert value(whole, "arc-density") == pytest.approx(nx.density(graph))
        assert value(whole, "density") == pytest.approx(nx.density(graph.to_undirected()))
        assert (value(whole, "transitivity") or 0) == pytest.approx(nx.transitivity(graph.to_undirected()))


@given(graph=drawn_networks())
def test_networkx_gives_the_same_on_any_network(graph: Network) -> None:
    whole = Whole(graph, graph.to_directed(), {actor: "AE"[actor >= "E"] for actor in graph})
    assert value(whole, "reciprocity") == 1
    assert value(whole, "density") == value(whole, "arc-density") == pytest.approx(nx.density(graph))
    assert value(whole, "components") == nx.number_connected_components(graph)
    largest = graph.subgraph(whole.components[0])
    assert len(largest) == max(map(len, nx.connected_components(graph)))
    assert value(whole, "diameter") == nx.diameter(largest)
    assert value(whole, "mean-distance") == pytest.approx(nx.average_shortest_path_length(largest))
    assert value(whole, "clique-number") == max(map(len, nx.find_cliques(graph)))
    if len({degree for _, degree in graph.degree()}) > 1:
        assert value(whole, "degree-assortativity") == pytest.approx(
            nx.degree_assortativity_coefficient(graph)
        )
    else:
        assert value(whole, "degree-assortativity") is None
    nx.set_node_attributes(graph, dict(whole.groups), "group")
    if len(set(whole.groups.values())) > 1:
        theirs = nx.attribute_assortativity_coefficient(graph, "group")
        assert value(whole, "group-assortativity") == pytest.approx(theirs)
    within = sum(whole.groups[left] == whole.groups[right] for left, right in graph.edges)
    assert value(whole, "ei-index") == pytest.approx((graph.size() - 2 * within) / graph.size())


def test_labels_are_told_from_each_other() -> None:
    # The organization has ties to countries only: 1 of 3 ties is within, and the organization has 2 of 6 ends.
    graph: Network = nx.Graph([("FRA", "DEU"), ("FRA", "EU"), ("DEU", "EU")])
    nx.set_node_attributes(graph, {"FRA": "Country", "DEU": "Country", "EU": "Organization"}, "label")
    expected = (4 / 6) ** 2 + (2 / 6) ** 2
    whole = Whole(graph, graph.to_directed(), {})
    assert value(whole, "label-assortativity") == pytest.approx((1 / 3 - expected) / (1 - expected))


def test_too_many_cliques_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_module, "MOST_CLIQUES", 7)
    # Moon and Moser's graph: 3 to the power of 2 maximal cliques.
    whole = undirected(nx.complete_multipartite_graph(3, 3))
    assert (value(whole, "cliques"), value(whole, "clique-number")) == (None, None)


def test_of_nobody_there_is_nothing_to_tell() -> None:
    found = {row.name: row.value for row in structure(Slice(Question(), (), {}, {})).rows}
    counts = {"actors": 0, "pairs": 0, "arcs": 0, "components": 0, "component-sizes": (), "cliques": 0}
    assert found == {**dict.fromkeys(CHARACTERISTICS), **counts}


def test_july_1914_by_hand(store: Store) -> None:
    load(store, alliances_1914())
    slice = take(store, Question(types=("defence",), as_of=day(JULY)))
    groups = Groups((Group("triple", ("DEU", "COW-AUH", "ITA")), Group("entente", ("FRA", "GBR", "RUS"))))
    found = {row.name: row.value for row in structure(slice, groups).rows}
    assert (found["actors"], found["pairs"], found["arcs"]) == (11, 10, 20)
    assert found["density"] == pytest.approx(10 / 55)
    assert (found["components"], found["component-sizes"]) == (4, (4, 3, 2, 2))
    assert found["largest-component"] == pytest.approx(4 / 11)
    assert (found["diameter"], found["mean-distance"]) == (1, 1)
    # Four triangles of twelve closed triples, and Britain's open one.
    assert found["transitivity"] == pytest.approx(12 / 13)
    assert found["clustering"] == pytest.approx(4 / 11)
    assert (found["cliques"], found["clique-number"]) == (5, 4)
    # Within: three of the Triple Alliance, France and Russia, Greece and Serbia among the others; between: five.
    assert found["ei-index"] == 0
    assert found["reciprocity"] == 1
    document = structure(slice, groups).to_dict()
    assert document["groups"] == {"triple": ["DEU", "COW-AUH", "ITA"], "entente": ["FRA", "GBR", "RUS"]}
    assert document["rows"][0] == {"name": "actors", "value": 11, "about": "actors that have a tie"}


@pytest.mark.parametrize("module", [cohesion, distances, mixing, centralization])
def test_the_examples_in_the_docstrings(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
