"""Numbers of a whole network: how large, how dense, how closed, how centred and how sorted it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comity.graph.slices import Question, Slice
from comity.queries.groups import Groups
from comity.queries.networks import to_digraph, to_networkx
from comity.queries.plain import plain
from comity.queries.structure.centralization import betweenness_centralization, degree_centralization
from comity.queries.structure.cohesion import (
    arc_density,
    clique_number,
    cliques,
    density,
    mean_clustering,
    reciprocity,
    transitivity,
)
from comity.queries.structure.distances import diameter, mean_distance
from comity.queries.structure.mixing import (
    degree_assortativity,
    ei_index,
    group_assortativity,
    label_assortativity,
)
from comity.queries.structure.whole import Figure, Whole

__all__ = ["CHARACTERISTICS", "Characteristic", "Structure", "Value", "structure"]


@dataclass(frozen=True, slots=True)
class Characteristic:
    """A number of a whole network: its name, what it says in one line, and the function that gives it."""

    name: str
    about: str
    function: Callable[[Whole], Figure]


@dataclass(frozen=True, slots=True)
class Value:
    """A characteristic of a slice."""

    name: str
    value: Figure
    about: str


@dataclass(frozen=True, slots=True)
class Structure:
    """The characteristics of a slice."""

    question: Question
    revision: str
    groups: Groups
    rows: tuple[Value, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            **self.question.describe(),
            "revision": self.revision,
            **self.groups.to_dict(),
            "rows": plain(self.rows),
        }


def structure(slice: Slice, groups: Groups | None = None) -> Structure:
    """Every characteristic of the slice; those of groups are None where none is named."""
    named = groups or Groups(())
    graph = to_networkx(slice)
    whole = Whole(graph, to_digraph(slice), named.places(graph) if named.groups else {})
    rows = tuple(Value(each.name, each.function(whole), each.about) for each in CHARACTERISTICS.values())
    return Structure(slice.question, slice.revision, named, rows)


CHARACTERISTICS: dict[str, Characteristic] = {
    each.name: each
    for each in (
        Characteristic("actors", "actors that have a tie", lambda whole: len(whole.graph)),
        Characteristic("pairs", "tied pairs of actors", lambda whole: whole.graph.size()),
        Characteristic("arcs", "directed ties; an undirected one is two", lambda whole: whole.digraph.size()),
        Characteristic("density", "tied pairs over all pairs", density),
        Characteristic("arc-density", "arcs over all ordered pairs", arc_density),
        Characteristic("reciprocity", "share of arcs that are returned", reciprocity),
        Characteristic("transitivity", "share of paths of two ties that a third tie closes", transitivity),
        Characteristic("clustering", "mean of the actors' local clustering", mean_clustering),
        Characteristic("components", "number of connected components", lambda whole: len(whole.components)),
        Characteristic(
            "component-sizes", "actors in each component", lambda whole: tuple(map(len, whole.components))
        ),
        Characteristic(
            "largest-component",
            "share of the actors that are in the largest component",
            lambda whole: len(whole.components[0]) / len(whole.graph) if whole.components else None,
        ),
        Characteristic("diameter", "greatest distance in the largest component", diameter),
        Characteristic("mean-distance", "mean distance in the largest component", mean_distance),
        Characteristic("cliques", "number of maximal cliques", cliques),
        Characteristic("clique-number", "size of the largest clique", clique_number),
        Characteristic(
            "degree-assortativity",
            "correlation of the numbers of partners at both ends of a tie",
            degree_assortativity,
        ),
        Characteristic(
            "label-assortativity",
            "how far countries are tied to countries, organizations to organizations",
            label_assortativity,
        ),
        Characteristic(
            "group-assortativity", "how far ties stay within the named groups", group_assortativity
        ),
        Characteristic("ei-index", "ties between groups less ties within, over all ties", ei_index),
        Characteristic(
            "degree-centralization",
            "how far the ties are those of one actor: 1 for a star",
            degree_centralization,
        ),
        Characteristic(
            "betweenness-centralization",
            "how far the shortest paths run through one actor: 1 for a star",
            betweenness_centralization,
        ),
    )
}
"""Every characteristic by its name, in the order in which they are told."""
