"""What every statement must satisfy before it enters a store, whoever made it: the words of its kind, its source, its actors."""

from collections.abc import Iterable

from comity.graph.crosswalk import crosswalk
from comity.graph.kinds import kinds
from comity.graph.model import Statement


class Checker:
    """Says what is wrong with the statements of a reading: of this collection, from these sources, with these actors of its own."""

    def __init__(self, collection: str, sources: Iterable[str], own_actors: Iterable[str]) -> None:
        self._collection = collection
        self._sources = frozenset(sources)
        self._actors = {actor.id for actor in crosswalk().actors()} | set(own_actors)
        self._kinds = kinds()

    def fault(self, statement: Statement) -> str:
        """The first thing that is wrong, in words; empty where nothing is."""
        kind = self._kinds.get(statement.kind)
        if kind is None:
            return f"there is no kind {statement.kind!r}"
        if statement.collection != self._collection:
            return f"its fact {statement.fact!r} is not of the collection {self._collection}"
        if statement.source not in self._sources:
            return f"its source {statement.source!r} is not among those of the reading"
        for party in statement.parties:
            if party.actor not in self._actors:
                return f"there is no actor {party.actor!r}"
            if party.role not in kind.roles:
                return f"there is no role {party.role!r} in {kind.plural}"
            if party.pledges and not kind.types.keys() >= set(party.pledges):
                return f"there is no type {', '.join(sorted(set(party.pledges) - kind.types.keys()))} of {kind.plural}"
        if not kind.types.keys() >= set(statement.types):
            return f"there is no type {', '.join(sorted(set(statement.types) - kind.types.keys()))} of {kind.plural}"
        for step in statement.steps:
            if step.name not in kind.steps:
                return f"there is no step {step.name!r} in {kind.plural}"
        for name, _ in statement.properties:
            if name not in kind.properties:
                return f"there is no property {name!r} of {kind.plural}"
        return ""
