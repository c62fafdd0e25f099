"""Measures of a network, one family per module, and the list of them."""

from comity.graph.errors import UnknownName
from comity.queries.measures.brokerage import constraint, effective_size
from comity.queries.measures.cohesion import clustering, core
from comity.queries.measures.measure import Measure
from comity.queries.measures.multilateral import bipartite_betweenness, collaboration, facts
from comity.queries.measures.partners import degree, facts_shared, strength
from comity.queries.measures.paths import betweenness, closeness, harmonic
from comity.queries.measures.spectral import eigenvector, katz, pagerank, partners_weight, subgraph

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
            aliases=("harmonic-closeness",),
            grows=True,
        ),
        Measure(
            name="closeness",
            about="inverse of the mean distance to those reached, times the share of all that are reached",
            function=closeness,
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
        Measure(
            name="constraint",
            about="Burt's constraint: how far ties lead back to the same few partners; low for brokers",
            function=constraint,
        ),
        Measure(
            name="effective-size",
            about="Burt's effective size: partners, less the ties that a partner has on average to the others",
            function=effective_size,
        ),
        Measure(
            name="katz",
            about="walks that end at the actor, longer ones counting less; unit 2-norm",
            function=katz,
        ),
        Measure(
            name="subgraph",
            about="closed walks from the actor back to itself, longer ones counting far less",
            function=subgraph,
            grows=True,
            same=1e-9,
        ),
        Measure(
            name="facts",
            about="number of facts that tie the actor, a pact of thirty being one",
            function=facts,
            by_fact=True,
            whole=True,
            grows=True,
            own=True,
        ),
        Measure(
            name="collaboration",
            about="share of the time a random walk from actor to fact to other party spends at the actor",
            function=collaboration,
            by_fact=True,
        ),
        Measure(
            name="bipartite-betweenness",
            about="share of shortest paths in the network of actors and facts that run through the actor",
            function=bipartite_betweenness,
            by_fact=True,
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
