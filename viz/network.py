"""The pyvis network behind the page: actors as fixed nodes, ties as edges, no physics.

pyvis only holds nodes, edges and options. Its own templates load scripts from the internet and are not used; the page of this folder
shows what `get_network_data` gives.
"""

import json
from collections.abc import Iterable, Mapping
from math import isfinite, sqrt
from typing import Any

from comity.graph.slices import ActorNode
from comity.graph.ties import Tie
from comity.viz.layout import Seat

SMALLEST, LARGEST = 2.2, 9.0
"""Radius in pixels of a state without a value and of the actor with the largest."""

ORGANIZATION = 3.6
"""Radius of an organization without a value: most measures are of states, and a hub of memberships must be seen."""

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"dragNodes": False, "selectable": False, "hover": False, "zoomSpeed": 0.6},
    # Shapes and lines are drawn by the page in pixels, whatever the zoom.
    "nodes": {"shape": "custom", "fixed": True, "physics": False, "chosen": False},
    "edges": {"smooth": False, "physics": False},
}


def build_network(
    seats: Mapping[str, Seat],
    actors: Mapping[str, ActorNode],
    sizes: Mapping[str, float],
    ties: Iterable[Tie],
) -> Any:
    """A pyvis Network of these actors and ties; the area of a node is in proportion to its size."""
    # Imported late: it brings IPython along, which takes half a second that only a map need wait for.
    from pyvis.network import Network

    # An undirected pyvis network silently drops the second edge between two nodes; a directed one keeps all.
    network = Network(directed=True)
    network.set_options(json.dumps(OPTIONS))
    values, most = measured(sizes, seats)
    for name, seat in seats.items():
        actor = actors.get(name) or ActorNode(name, "Country", name)
        value = values.get(name)
        network.add_node(
            name,
            label=actor.name or name,
            shape="custom",
            group=actor.label,
            x=seat.spot.x,
            y=seat.spot.y,
            around=seat.spot.around,
            aside=list(seat.aside),
            how=seat.how,
            size=radius_of(actor, value, most),
            **({} if value is None else {"measure": value}),
        )
    for tie in ties:
        network.add_edge(tie.left, tie.right, arrows="", tie=tie)
    return network


def measured(sizes: Mapping[str, float], actors: Iterable[str]) -> tuple[dict[str, float], float]:
    """The values of these actors, and the largest: what is not defined for an actor (not a number) is not zero, but not there."""
    values = {actor: sizes[actor] for actor in actors if actor in sizes and isfinite(sizes[actor])}
    return values, max(values.values(), default=0.0)


def radius_of(actor: ActorNode | None, value: float | None, most: float) -> float:
    """An actor's radius in pixels."""
    least = ORGANIZATION if actor is not None and actor.label == "Organization" else SMALLEST
    return round(max(radius(value or 0.0, most), least), 2)


def radius(value: float, most: float) -> float:
    """A node's radius in pixels: areas compare, not radii."""
    if most <= 0 or value <= 0:
        return SMALLEST
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(value / most)
