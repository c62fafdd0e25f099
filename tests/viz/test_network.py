import pytest

from comity.viz.layout import seat_actors
from comity.viz.network import LARGEST, SMALLEST, build_network, radius
from tests.viz.histories import ACTORS, SIZES, history


def test_parallel_ties_are_parallel_edges() -> None:
    told = history()
    network = build_network(seat_actors(told, ACTORS), ACTORS, SIZES, told.ties)
    assert network.num_edges() == len(told.ties)
    pair = [edge for edge in network.edges if {edge["from"], edge["to"]} == {"JPN", "USA"}]
    assert len({edge["tie"].fact for edge in pair}) == 2


def test_nothing_moves_by_itself() -> None:
    network = build_network(seat_actors(history(), ACTORS), ACTORS, SIZES, ())
    assert network.options["physics"] == {"enabled": False}
    assert network.options["nodes"]["fixed"] is True


def test_areas_show_the_measure() -> None:
    assert radius(4, 4) == LARGEST
    assert radius(0, 4) == SMALLEST
    assert radius(1, 4) - SMALLEST == pytest.approx((LARGEST - SMALLEST) / 2)


def test_what_is_not_measured_is_not_zero() -> None:
    told = history()
    network = build_network(
        seat_actors(told, ACTORS), ACTORS, {"USA": 2.0, "CZE": 0.0, "JPN": float("nan")}, ()
    )
    nodes = {node["id"]: node for node in network.nodes}
    assert nodes["CZE"]["measure"] == 0
    assert "measure" not in nodes["JPN"]
    assert "measure" not in nodes["XAA"]
