"""What loaders could not read: kept in the store, record by record, until it can be read or is gone from its source.

A record is not lost because nobody knows yet who was meant. Whoever finds out adds a `Mapping` (graph/mappings.py) and loads again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from comity.graph.model import ID_LENGTH, Rejected, digest_of
from comity.graph.records import each
from comity.graph.stores.base import Row, Run, Store


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One rejected record, or part of one: `id` names it, `collection` and `source` say what it was loaded with."""

    id: str
    collection: str
    source: str
    rejected: Rejected


def read_quarantine(store: Store, collection: str | None = None) -> list[Quarantined]:
    """All that is in quarantine, or that of one collection, in the order of sources and of records."""
    rows = store.read(
        "MATCH (q:Quarantined) WHERE $collection IS NULL OR q.collection = $collection "
        "RETURN collect([q.id, q.collection, q.source, q.number, q.place, q.reason, q.value, q.system, q.candidates, q.record, q.part]) "
        "AS found",
        {"collection": collection},
    )[0]["found"]
    rows.sort(key=lambda row: (row[1], row[2], row[3], row[0]))
    return [
        Quarantined(id, name, source, Rejected(place, reason, value, system, tuple(candidates), record, part))
        for id, name, source, _, place, reason, value, system, candidates, record, part in rows
    ]


def quarantine_rows(collection: str, source: str, rejected: Iterable[Rejected]) -> dict[str, Row]:
    """The nodes of rejected records by their ids, which hash what they hold."""
    found: dict[str, Row] = {}
    for number, one in enumerate(rejected):
        content = {
            "collection": collection,
            "source": source,
            **asdict(one),
            "candidates": list(one.candidates),
        }
        id = digest_of(content)[:ID_LENGTH]
        found.setdefault(id, {**content, "id": id, "number": number})
    return found


def held_in_quarantine(run: Run, collection: str, sources: Sequence[str]) -> set[str]:
    """The ids of what is in quarantine of these sources of the collection; of all where none is named."""
    rows = run(
        "MATCH (q:Quarantined {collection: $collection}) WHERE size($sources) = 0 OR q.source IN $sources "
        "RETURN collect(q.id) AS found",
        {"collection": collection, "sources": list(sources)},
    )
    return set(rows[0]["found"])


def replace_quarantine(run: Run, gone: Iterable[str], rows: Iterable[Row]) -> None:
    """Take what is settled out of quarantine, and put what is new there."""
    each(run, "UNWIND $rows AS row MATCH (q:Quarantined {id: row}) DELETE q", sorted(gone))
    each(run, "UNWIND $rows AS row CREATE (q:Quarantined) SET q = row", list(rows))
