"""What a store holds: its collections with their counts, its actors, its revision."""

from dataclasses import dataclass
from typing import Any

from comity.graph.stores.base import Store

COLLECTIONS = """\
MATCH (s:Statement) WHERE s.live AND s.method <> 'decision'
RETURN s.collection AS collection, count(DISTINCT s.fact) AS facts, count(*) AS statements,
       count(DISTINCT s.source) AS sources
ORDER BY collection"""

KINDS = "MATCH (f:Fact) RETURN f.kind AS kind, count(*) AS facts ORDER BY kind"

ACTORS = "MATCH (:Fact)-[:PARTY]->(a:{label}) RETURN count(DISTINCT a.id) AS actors"

CURATED = {
    "decisions": "MATCH (s:Statement) WHERE s.live AND s.method = 'decision' RETURN count(s) AS n",
    "judgements": "MATCH (j:Judgement) WHERE j.live RETURN count(j) AS n",
}

LOADED = (
    "MATCH (l:Load) WHERE l.finished IS NOT NULL RETURN l.source AS collection, max(l.finished) AS changed"
)


@dataclass(frozen=True, slots=True)
class Collection:
    """A dossier or data set that is loaded; `changed` is when anything last changed it."""

    collection: str
    facts: int
    statements: int
    sources: int
    changed: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """A store and what is live in it. Actors are those that take part in some fact; decisions and judgements are people's."""

    store: str
    engine: str
    revision: str
    countries: int
    organizations: int
    kinds: dict[str, int]
    collections: tuple[Collection, ...]
    decisions: int = 0
    judgements: int = 0

    @property
    def facts(self) -> int:
        """The number of all facts."""
        return sum(self.kinds.values())

    @property
    def statements(self) -> int:
        """The number of all live statements."""
        return sum(collection.statements for collection in self.collections)

    @property
    def sources(self) -> int:
        """The number of all sources with a live statement."""
        return sum(collection.sources for collection in self.collections)

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "store": self.store,
            "engine": self.engine,
            "revision": self.revision,
            "countries": self.countries,
            "organizations": self.organizations,
            "facts": self.facts,
            "statements": self.statements,
            "sources": self.sources,
            "decisions": self.decisions,
            "judgements": self.judgements,
            "kinds": self.kinds,
            "collections": [
                {name: getattr(collection, name) for name in Collection.__slots__}
                for collection in self.collections
            ],
        }


def inventory(store: Store) -> Inventory:
    """What the store holds now."""
    changed = {row["collection"]: row["changed"] for row in store.read(LOADED)}
    countries, organizations = (
        store.read(ACTORS.format(label=label))[0]["actors"] for label in ("Country", "Organization")
    )
    return Inventory(
        store=store.url,
        engine=store.engine,
        revision=store.revision(),
        countries=countries,
        organizations=organizations,
        kinds={row["kind"]: row["facts"] for row in store.read(KINDS)},
        collections=tuple(
            Collection(**row, changed=changed.get(row["collection"], "")) for row in store.read(COLLECTIONS)
        ),
        **{name: store.read(query)[0]["n"] for name, query in CURATED.items()},
    )
