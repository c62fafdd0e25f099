"""What holds a network together: actors without whom, and pairs without whose tie, it falls apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from comity.graph.slices import Question, Slice
from comity.queries.networks import Network, to_networkx
from comity.queries.plain import plain


@dataclass(frozen=True, slots=True)
class Part:
    """Actors that would be cut off, and the facts that tie them to the actor (or across the bridge) now."""

    actors: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticulationPoint:
    """An actor without whom its component falls apart, and the parts that are then cut off from the largest."""

    actor: str
    name: str
    parts: tuple[Part, ...]

    @property
    def cut_off(self) -> int:
        """How many actors are cut off."""
        return sum(len(part.actors) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tied pair without whose tie its component falls apart, and the smaller part. `right` lies in it."""

    left: str
    right: str
    part: Part


@dataclass(frozen=True, slots=True)
class Cuts:
    """The articulation points and bridges of a slice, those first that cut off most."""

    question: Question
    revision: str
    articulation_points: tuple[ArticulationPoint, ...]
    bridges: tuple[Bridge, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            **self.question.describe(),
            "revision": self.revision,
            "articulation_points": plain(self.articulation_points),
            "bridges": plain(self.bridges),
        }


def cuts(slice: Slice) -> Cuts:
    """The articulation points and bridges of the slice.

    Direction does not matter. A pair is a bridge however many facts tie it: where there is one fact alone, that fact is what all
    hangs by. Of parts of equal size the one with the first id stays.
    """
    graph = to_networkx(slice)
    points = [
        ArticulationPoint(actor, slice.actors[actor].name, _parts(graph, actor))
        for actor in sorted(nx.articulation_points(graph))
    ]
    found: Any = nx.bridges(graph)
    bridges = [_bridge(graph, one, other) for one, other in sorted(found)]
    return Cuts(
        slice.question,
        slice.revision,
        tuple(sorted(points, key=lambda point: (-point.cut_off, point.actor))),
        tuple(sorted(bridges, key=lambda bridge: (-len(bridge.part.actors), bridge.left, bridge.right))),
    )


def _parts(graph: Network, actor: str) -> tuple[Part, ...]:
    """What is cut off from the largest part of the actor's component without it."""
    rest = graph.subgraph(nx.node_connected_component(graph, actor) - {actor})
    _, *smaller = _by_size(nx.connected_components(rest))
    return tuple(Part(part, _tying(graph, actor, part)) for part in smaller)


def _tying(graph: Network, actor: str, part: Iterable[str]) -> tuple[str, ...]:
    """The facts that tie the actor to the part."""
    partners = [one for one in part if graph.has_edge(actor, one)]
    return tuple(sorted({fact for one in partners for fact in graph.edges[actor, one]["facts"]}))


def _bridge(graph: Network, one: str, other: str) -> Bridge:
    component = graph.subgraph(nx.node_connected_component(graph, one)).copy()
    component.remove_edge(one, other)
    _, smaller = _by_size(nx.connected_components(component))
    left, right = (one, other) if other in smaller else (other, one)
    return Bridge(left, right, Part(smaller, graph.edges[one, other]["facts"]))


def _by_size(parts: Iterable[set[str]]) -> list[tuple[str, ...]]:
    """The parts, the largest first."""
    return sorted((tuple(sorted(part)) for part in parts), key=lambda part: (-len(part), part))
