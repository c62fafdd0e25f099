"""The engine `gds`: the algorithms of Neo4j's Graph Data Science library, on the network of the slice, scaled as the measures are.

The network is sent as a list of pairs and projected into the server's memory, not read from the stored ties: so it is the slice's
own, whatever was asked. Nothing is written, and the projection is dropped however the work ends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

from comity.graph.errors import NotOffered
from comity.graph.slices import Slice
from comity.graph.stores.base import Store
from comity.queries.engines.engine import Engine
from comity.queries.measures.measure import Measure
from comity.queries.measures.spectral import DAMPING
from comity.queries.networks import to_networkx

_PROJECT = """\
UNWIND $pairs AS pair
WITH gds.graph.project($name, pair[0], pair[1], {relationshipProperties: {weight: pair[2]}},
                       {undirectedRelationshipTypes: ['*']}) AS projected
RETURN projected.nodeCount AS actors"""

_DROP = "CALL gds.graph.drop($name, false) YIELD graphName RETURN graphName"


@dataclass(frozen=True, slots=True)
class _Algorithm:
    """A procedure of the library, the column of its values, how it is set, and what makes its values ours in a network of n actors."""

    procedure: str
    column: str = "score"
    settings: Mapping[str, Any] = field(default_factory=dict)
    scale: Callable[[int], float] = lambda n: 1.0


# Eigenvector centrality is not among them: on a star, and most trees, its power iteration swings to and fro, and 0 for everybody comes back.
_ALGORITHMS = {
    "degree": _Algorithm("gds.degree.stream"),
    "strength": _Algorithm("gds.degree.stream", settings={"relationshipWeightProperty": "weight"}),
    # A sum over pairs of others, each pair once.
    "betweenness": _Algorithm("gds.betweenness.stream", scale=lambda n: 2 / ((n - 1) * (n - 2)) if n > 2 else 0.0),
    "harmonic": _Algorithm("gds.closeness.harmonic.stream", scale=lambda n: n - 1),
    # Sums to n where everybody has a partner, as in a slice; iterated until nothing moves.
    "pagerank": _Algorithm(
        "gds.pageRank.stream",
        settings={"dampingFactor": DAMPING, "maxIterations": 250, "tolerance": 1e-16},
        scale=lambda n: 1 / n,
    ),
    "core": _Algorithm("gds.kcore.stream", "coreValue"),
    "clustering": _Algorithm("gds.localClusteringCoefficient.stream", "localClusteringCoefficient"),
}  # fmt: skip


class GdsEngine(Engine):
    """Graph Data Science in the Neo4j server of the store: any slice."""

    name = "gds"
    about = "Graph Data Science, on any slice of a Neo4j server that has it"
    tolerances = dict.fromkeys(_ALGORITHMS, 1e-12)

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def of(cls, store: Store) -> Self:
        return cls(store)

    def _compute(self, measure: Measure, slice: Slice) -> Mapping[str, float]:
        algorithm = _ALGORITHMS[measure.name]
        self._require(algorithm.procedure)
        graph = to_networkx(slice)
        actors = list(graph)
        places = {actor: place for place, actor in enumerate(actors)}
        ties: list[tuple[str, str, int]] = list(graph.edges.data("weight"))
        pairs = [[places[left], places[right], float(weight)] for left, right, weight in ties]
        name = f"comity-{uuid4()}"
        # One thread: several add up in another order each time, and the last digits would differ.
        settings = {**algorithm.settings, "concurrency": 1}
        try:
            self._store.read(_PROJECT, {"name": name, "pairs": pairs})
            rows = self._store.read(
                f"CALL {algorithm.procedure}($name, $settings) YIELD nodeId, {algorithm.column} AS value "
                "RETURN collect([nodeId, value]) AS found",
                {"name": name, "settings": settings},
            )
        finally:
            self._store.read(_DROP, {"name": name})
        scale = algorithm.scale(len(actors))
        return {actors[int(node)]: value * scale for node, value in rows[0]["found"]}

    def _require(self, procedure: str) -> None:
        """`NotOffered` unless the store's server has the procedure."""
        if "gds" not in self._store.capabilities:
            raise NotOffered(
                f"the store {self._store.url} is no Neo4j server, and so has no Graph Data Science: load into a server "
                "that has it, or use --engine networkx or fast"
            )
        query = "SHOW PROCEDURES YIELD name WHERE name = $procedure RETURN name"
        if not self._store.read(query, {"procedure": procedure}):
            raise NotOffered(
                f"the server at {self._store.url} has no {procedure}: install Neo4j's Graph Data Science library there as a plugin "
                "(2.13 goes with Neo4j 5.26), allow it with dbms.security.procedures.unrestricted=gds.*, and start it anew; "
                "or use --engine networkx or fast"
            )
