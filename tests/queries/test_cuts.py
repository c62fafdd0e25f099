"""What a network hangs by: the alliances of December 1914 by hand, and any network by taking away."""

import networkx as nx
from hypothesis import given

from comity.graph.loading import load
from comity.graph.slices import ActorNode, Question, Slice, take
from comity.graph.stores import Store
from comity.graph.ties import Tie
from comity.queries.cuts import ArticulationPoint, Bridge, Part, cuts
from comity.queries.networks import Network
from tests.queries.alliances import DECEMBER, alliances_1914, day
from tests.queries.networks import drawn_networks


def test_december_1914_by_hand(store: Store) -> None:
    load(store, alliances_1914())
    found = cuts(take(store, Question(types=("defence",), as_of=day(DECEMBER))))
    assert found.articulation_points == (
        ArticulationPoint("ROU", "Romania", (Part(("FRA", "RUS"), ("test:russo-romanian",)),)),
        # Of Japan and Portugal, one as large as the other, Japan stays.
        ArticulationPoint("GBR", "United Kingdom", (Part(("PRT",), ("test:anglo-portuguese",)),)),
        ArticulationPoint("RUS", "Russia", (Part(("FRA",), ("test:franco-russian",)),)),
    )
    assert found.bridges == (
        Bridge("ROU", "RUS", Part(("FRA", "RUS"), ("test:russo-romanian",))),
        Bridge("GBR", "JPN", Part(("JPN",), ("test:anglo-japanese",))),
        Bridge("GBR", "PRT", Part(("PRT",), ("test:anglo-portuguese",))),
        Bridge("GRC", "SRB", Part(("SRB",), ("test:greco-serbian",))),
        Bridge("RUS", "FRA", Part(("FRA",), ("test:franco-russian",))),
    )


def slice_of(graph: Network) -> Slice:
    """A slice that has this network."""
    when = Question().as_of
    ties = [
        Tie(fact, "agreement", left, right, False, (), "in_force", True, when, "every-pair", ())
        for left, right, data in graph.edges(data=True)
        for fact in data["facts"]
    ]
    return Slice(Question(), tuple(ties), {}, {actor: ActorNode(actor, "Country", actor) for actor in graph})


@given(graph=drawn_networks())
def test_without_a_cut_there_are_as_many_more_components_as_it_has_parts(graph: Network) -> None:
    before = nx.number_connected_components(graph)
    found = cuts(slice_of(graph))
    points = {point.actor: point for point in found.articulation_points}
    for actor in graph:
        left: Network = nx.Graph(graph)
        left.remove_node(actor)
        added = nx.number_connected_components(left) - before
        assert max(added, 0) == (len(points[actor].parts) if actor in points else 0)
        if actor in points:
            for part in points[actor].parts:
                assert set(part.actors) in map(set, nx.connected_components(left))
                assert part.facts
    bridges = {frozenset((bridge.left, bridge.right)): bridge for bridge in found.bridges}
    for edge in graph.edges:
        left = nx.Graph(graph)
        left.remove_edge(*edge)
        assert (nx.number_connected_components(left) > before) is (frozenset(edge) in bridges)
        if frozenset(edge) in bridges:
            bridge = bridges[frozenset(edge)]
            assert set(bridge.part.actors) == nx.node_connected_component(left, bridge.right)
            assert bridge.part.facts == graph.edges[edge]["facts"]
