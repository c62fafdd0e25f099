"""Engines that compute measures, and the list of them. Which offers what, and how exactly, is in their `tolerances`."""

from comity.graph.errors import UnknownName
from comity.graph.stores.base import Store
from comity.queries.engines.cypher import CypherEngine
from comity.queries.engines.engine import Engine
from comity.queries.engines.fast import FastEngine
from comity.queries.engines.gds import GdsEngine
from comity.queries.engines.reference import ReferenceEngine

__all__ = ["ENGINES", "REFERENCE", "Engine", "engine_of"]

ENGINES: dict[str, type[Engine]] = {
    engine.name: engine for engine in (ReferenceEngine, FastEngine, CypherEngine, GdsEngine)
}
"""Every engine by its name, the reference first."""

REFERENCE = ReferenceEngine()
"""The engine that is used where none is chosen."""


def engine_of(name: str, store: Store) -> Engine:
    """The engine of that name, for slices of the store; `UnknownName` lists the engines."""
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    return ENGINES[name].of(store)
