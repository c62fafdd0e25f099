"""Measures of a network, one family per module, and the list of them."""

from comity.graph.errors import UnknownName
from comity.queries.measures.cohesion import clustering, core
from comity.queries.measures.measure import Measure
from comity.queries.measures.partners import degree, facts_shared, strength
from comity.queries.measures.paths import betweenness, harmonic
from comity.queries.measures.spectral import eigenvector, pagerank, partners_weight

__all__ = ["MEASURES", "Measure", "measure_of"]

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure(
            name="degree",
            about="number of distinct partners",
            function=degree,
            whole=True,
            grows=True,
            counts="partners",
        ),
        Measure(
            name="strength",
            about="number of facts shared with partners, all partners summed",
            function=strength,
            whole=True,
            grows=True,
            counts="facts",
            shares=facts_shared,
        ),
        Measure(
            name="eigenvector",
            about="how well tied the partners are themselves; unit 2-norm",
            function=eigenvector,
            shares=partners_weight,
            same=1e-8,
            nothing=1e-11,
        ),
        Measure(
            name="betweenness",
            about="share of shortest paths between others that run through the actor",
            function=betweenness,
            through=True,
        ),
        Measure(
            name="harmonic",
            about="closeness: the sum of 1/distance to every other actor",
            function=harmonic,
            aliases=("closeness", "harmonic-closeness"),
            grows=True,
        ),
        Measure(
            name="pagerank",
            about="share of the time a random walk along ties spends at the actor",
            function=pagerank,
        ),
        Measure(
            name="core",
            about="the largest k such that the actor is in the k-core",
            function=core,
            aliases=("k-core",),
            whole=True,
            grows=True,
        ),
        Measure(
            name="clustering",
            about="share of pairs of partners that are partners of each other",
            function=clustering,
        ),
    )
}
"""Every measure by its name."""

_BY_ALIAS = {alias: measure for measure in MEASURES.values() for alias in measure.aliases}


def measure_of(name: str) -> Measure:
    """The measure of that name or alias; `UnknownName` lists the measures."""
    found = MEASURES.get(name) or _BY_ALIAS.get(name)
    if found is None:
        raise UnknownName("measure", name, MEASURES)
    return found
