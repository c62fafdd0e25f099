"""What loaders could not read: kept in the store, record by record, until it can be read or is gone from its source.

A record is not lost because nobody knows yet who was meant. Whoever finds out adds a `Mapping` (graph/mappings.py) and loads again.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from comity.graph.model import ID_LENGTH, Rejected, digest_of
from comity.graph.records import each
from comity.graph.stores.base import Row, Run, Store

SENT = "sent:"
"""Stands before the name of a file that somebody sent from elsewhere: it is not kept, so that it cannot be read again here."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One rejected record, or part of one: `id` names it, `scope` is the collection or source that it was loaded with."""

    id: str
    collection: str
    scope: str
    rejected: Rejected


def read_quarantine(store: Store, scope: str | None = None) -> list[Quarantined]:
    """All that is in quarantine, or that of one collection or source, in the order in which it was read."""
    rows = store.read(
        "MATCH (q:Quarantined) WHERE $scope IS NULL OR q.collection = $scope OR q.scope = $scope "
        "RETURN collect([q.id, q.collection, q.scope, q.number, q.place, q.reason, q.value, q.system, q.candidates, q.record, q.part, coalesce(q.records, 1)]) "
        "AS found",
        {"scope": scope},
    )[0]["found"]
    rows.sort(key=lambda row: (row[1], row[2], row[3], row[0]))
    return [
        Quarantined(
            id, name, scope, Rejected(place, reason, value, system, tuple(candidates), record, part, records)
        )
        for id, name, scope, _, place, reason, value, system, candidates, record, part, records in rows
    ]


def quarantine_rows(collection: str, scope: str, rejected: Iterable[Rejected]) -> dict[str, Row]:
    """The nodes of rejected records by their ids, which hash what they hold."""
    found: dict[str, Row] = {}
    for number, one in enumerate(rejected):
        content = {
            "collection": collection,
            "scope": scope,
            **asdict(one),
            "candidates": list(one.candidates),
        }
        if one.records == 1:  # it came later: nodes of one record keep their ids
            del content["records"]
        id = digest_of(content)[:ID_LENGTH]
        found.setdefault(id, {**content, "id": id, "number": number})
    return found


def held_in_quarantine(run: Run, collection: str, scope: str) -> set[str]:
    """The ids of what is in quarantine of a collection, or of one source of it."""
    rows = run(
        "MATCH (q:Quarantined {collection: $collection}) WHERE q.scope = $scope OR $scope = $collection "
        "RETURN collect(q.id) AS found",
        {"collection": collection, "scope": scope},
    )
    return set(rows[0]["found"])


def files_behind(store: Store, scopes: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The loader and the files from which each of these collections or sources was read last, in their order.

    What was retracted is not among them: reading it again would bring it back.
    """
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for row in store.read("MATCH (o:Source) RETURN o.id AS id, o.collection AS collection, o.live AS live"):
        names[bool(row["live"])] |= {row["id"], row["collection"]}
    retracted = names[False] - names[True]  # a source of which nothing could be used yet is none of either
    rows = store.read(
        "MATCH (l:Load) WHERE l.scope IN $scopes AND l.files IS NOT NULL "
        "RETURN l.scope AS scope, l.loader AS loader, l.files AS files ORDER BY l.started",
        {"scopes": sorted(scopes)},
    )
    latest = {row["scope"]: (row["loader"], tuple(row["files"])) for row in rows}
    return list(dict.fromkeys(latest[scope] for scope in sorted(latest.keys() - retracted)))


def replace_quarantine(run: Run, gone: Iterable[str], rows: Iterable[Row]) -> None:
    """Take what is settled out of quarantine, and put what is new there."""
    each(run, "UNWIND $rows AS row MATCH (q:Quarantined {id: row}) DELETE q", sorted(gone))
    each(run, "UNWIND $rows AS row CREATE (q:Quarantined) SET q = row", list(rows))
