"""Mappings: whom a code or name of a source means, as a person has found out where the crosswalk does not know.

They are kept in the store with who and why, and used by every later load of the collection.
"""

from dataclasses import dataclass

from comity.graph.crosswalk import fold, fold_code
from comity.graph.errors import UnknownName
from comity.graph.model import ID_LENGTH, digest_of
from comity.graph.stores.base import Store, Transaction
from comity.graph.writing import begin

Key = tuple[str, str]
"""A system and a value in it, folded: what a mapping is looked up by."""


def key_of(system: str, value: str) -> Key:
    """The key of a value, the same for all ways in which the crosswalk lets it be written."""
    return system, fold_code(value) if system else fold(value)


@dataclass(frozen=True, slots=True)
class Mapping:
    """That `value`, read as a code or name of `system` (empty: a name), means the actor in this collection."""

    collection: str
    system: str
    value: str
    actor: str
    by: str = ""
    reason: str = ""

    @property
    def id(self) -> str:
        """A hash of what is mapped: a value, however written, has one mapping in a collection."""
        return digest_of({"mapping": [self.collection, *key_of(self.system, self.value)]})[:ID_LENGTH]


def read_mappings(store: Store, collection: str | None = None) -> list[Mapping]:
    """The mappings of a collection, or all."""
    rows = store.read(
        "MATCH (m:Mapping) WHERE $collection IS NULL OR m.collection = $collection "
        "RETURN m.collection AS collection, m.system AS system, m.value AS value, m.actor AS actor, m.by AS by, m.reason AS reason "
        "ORDER BY collection, system, value",
        {"collection": collection},
    )
    return [Mapping(**row) for row in rows]


def add_mapping(store: Store, mapping: Mapping) -> None:
    """Keep a mapping, in place of an earlier one of the same value, and note it in the log."""

    def work(run: Transaction) -> None:
        change = begin(run)
        row = {name: getattr(mapping, name) for name in ("id", *Mapping.__slots__)}
        run("MERGE (m:Mapping {id: $row.id}) SET m = $row", {"row": row})
        change.enter(
            "map",
            mapping.value,
            mapping.collection,
            property=mapping.actor,
            reason=mapping.reason,
            by=mapping.by,
        )

    store.write(work)


def remove_mapping(
    store: Store, collection: str, system: str, value: str, *, by: str = "", reason: str = ""
) -> None:
    """Take a mapping away; what was loaded with it changes with the next load. `UnknownName` lists those that there are."""
    gone = Mapping(collection, system, value, "")

    def work(run: Transaction) -> None:
        change = begin(run)
        rows = run("MATCH (m:Mapping {id: $id}) RETURN m.actor AS actor", {"id": gone.id})
        if not rows:
            raise UnknownName(
                f"mapping in {collection}", value, [one.value for one in read_mappings(store, collection)]
            )
        run("MATCH (m:Mapping {id: $id}) DELETE m", {"id": gone.id})
        change.enter("unmap", value, collection, property=rows[0]["actor"], reason=reason, by=by)

    store.write(work)
