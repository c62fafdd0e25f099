"""Burt's measures: published and hand-worked values, and networkx's on any network."""

import math
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from comity.queries.measures import MEASURES
from comity.queries.networks import Network
from tests.queries.networks import drawn_networks, named

CONSTRAINT = MEASURES["constraint"].function
EFFECTIVE = MEASURES["effective-size"].function

PAIRS = ("AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC")
HOLES: Network = nx.Graph([(pair[0], pair[1]) for pair in PAIRS])
"""Borgatti's example (Connections 20, 1997, page 36)."""


def test_borgattis_example() -> None:
    assert {actor: round(value, 2) for actor, value in EFFECTIVE(HOLES).items()} == {
        "A": 2.5, "B": 1.67, "F": 1.0, "G": 4.67, "E": 1.0, "D": 1.0, "C": 1.0,
    }  # fmt: skip
    found = CONSTRAINT(HOLES)
    assert (found["G"], found["A"], found["C"]) == pytest.approx((0.400, 0.595, 1.0), abs=1e-3)


@pytest.mark.parametrize(
    ("graph", "constraints", "sizes"),
    [
        # Each of a triangle: two partners, each by 1/2 and by 1/2 of 1/2.
        (nx.complete_graph(3), [9 / 8] * 3, [1] * 3),
        (nx.complete_graph(6), [81 / 125] * 6, [1] * 6),
        (nx.star_graph(4), [1 / 4, 1, 1, 1, 1], [4, 1, 1, 1, 1]),
        # A square: its two partners are not tied, and each is reached by the opposite corner only, which is no partner.
        (nx.cycle_graph(4), [1 / 2] * 4, [2] * 4),
        (nx.disjoint_union(nx.star_graph(2), nx.complete_graph(2)), [1 / 2, 1, 1, 1, 1], [2, 1, 1, 1, 1]),
    ],
    ids=["triangle", "six", "star", "square", "two components"],
)
def test_by_hand(graph: "nx.Graph[Any]", constraints: list[float], sizes: list[float]) -> None:
    assert list(CONSTRAINT(named(graph)).values()) == pytest.approx(constraints)
    assert list(EFFECTIVE(named(graph)).values()) == pytest.approx(sizes)


@pytest.mark.parametrize(
    "graph",
    [nx.krackhardt_kite_graph(), nx.florentine_families_graph(), nx.karate_club_graph()],
    ids=["kite", "florence", "karate"],
)
def test_networkx_gives_the_same_on_known_graphs(graph: "nx.Graph[Any]") -> None:
    network = named(graph)
    assert CONSTRAINT(network) == pytest.approx(nx.constraint(network))
    assert EFFECTIVE(network) == pytest.approx(nx.effective_size(network))


@given(graph=drawn_networks())
def test_networkx_gives_the_same_on_any_graph(graph: Network) -> None:
    found = CONSTRAINT(graph)
    assert found == pytest.approx(nx.constraint(graph))
    assert EFFECTIVE(graph) == pytest.approx(nx.effective_size(graph))
    assert max(found.values()) <= 9 / 8 + 1e-12


def test_an_actor_without_ties_has_no_constraint() -> None:
    graph = nx.Graph(HOLES)
    graph.add_node("Z")
    assert math.isnan(CONSTRAINT(graph)["Z"])
    assert EFFECTIVE(graph)["Z"] == 0
