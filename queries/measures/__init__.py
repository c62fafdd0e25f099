"""Measures of a network, one family per module, and the ranking of a slice by one of them."""

from collections.abc import Callable
from dataclasses import dataclass

from comity.graph.errors import UnknownName
from comity.queries.measures.cohesion import clustering, core
from comity.queries.measures.partners import degree, strength
from comity.queries.measures.paths import betweenness, harmonic
from comity.queries.measures.spectral import eigenvector, pagerank
from comity.queries.networks import Network

__all__ = ["ALIASES", "MEASURES", "Measure", "measure_of"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number per actor: its name, what it says in one line, and the function that computes it on a network."""

    name: str
    about: str
    function: Callable[[Network], dict[str, float]]


MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("degree", "number of distinct partners", degree),
        Measure("strength", "number of facts shared with partners, all partners summed", strength),
        Measure("eigenvector", "how well tied the partners are themselves; unit 2-norm", eigenvector),
        Measure(
            "betweenness", "share of shortest paths between others that run through the actor", betweenness
        ),
        Measure("harmonic", "closeness: the sum of 1/distance to every other actor", harmonic),
        Measure("pagerank", "share of the time a random walk along ties spends at the actor", pagerank),
        Measure("core", "the largest k such that the actor is in the k-core", core),
        Measure("clustering", "share of pairs of partners that are partners of each other", clustering),
    )
}
"""Every measure by its name."""

ALIASES = {"k-core": "core", "closeness": "harmonic", "harmonic-closeness": "harmonic"}
"""Other names under which users look for a measure."""


def measure_of(name: str) -> Measure:
    """The measure of that name; `UnknownName` lists the measures."""
    found = MEASURES.get(ALIASES.get(name, name))
    if found is None:
        raise UnknownName("measure", name, MEASURES)
    return found
