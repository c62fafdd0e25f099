"""Graphs as slices, for tests of what needs no store."""

from collections.abc import Iterable
from typing import Any

import networkx as nx

from comity.graph.dates import When
from comity.graph.slices import ActorNode, Question, Slice
from comity.graph.ties import Tie


def tie(left: str, right: str) -> Tie:
    """An alliance of two, in force since 1900."""
    when = When.parse("1900/..")
    return Tie(
        f"test:{left}-{right}", "agreement", left, right, False, ("defence",), "in_force", True, when, "every-pair", ()
    )  # fmt: skip


def as_slice(graph: "nx.Graph[Any] | Iterable[tuple[str, str]]") -> Slice:
    """The graph as a slice whose actors are named as its nodes; nodes without an edge are not in it."""
    edges = graph.edges if isinstance(graph, nx.Graph) else graph
    # Of two digits, so that their order is that of the numbers.
    pairs = [
        tuple(sorted(f"{end:02}" if isinstance(end, int) else str(end) for end in edge)) for edge in edges
    ]
    actors = sorted({end for pair in pairs for end in pair})
    return Slice(
        Question(),
        tuple(tie(left, right) for left, right in pairs),
        {},
        {actor: ActorNode(actor, "Country", f"Land {actor}") for actor in actors},
        "a revision",
    )
