"""What a graph holds beside statements and facts: the nodes of actors and of sources, and which of them live with a collection.

Actors of the crosswalk are in the graph where a fact needs them. Sources, and actors that only one collection knows, come and go with
their collection, and count for the revision by the digest of their description.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Protocol

from comity.graph.actors import Actor
from comity.graph.errors import InputError
from comity.graph.model import Source, digest_of
from comity.graph.records import each
from comity.graph.stores.base import Row, Run


def write_actors(run: Run, actors: Iterable[Actor]) -> None:
    """Make or bring up to date the nodes of actors."""
    by_label: dict[str, list[Row]] = defaultdict(list)
    for actor in actors:
        by_label[actor.label].append(actor_row(actor))
    for label, rows in by_label.items():
        each(run, f"UNWIND $rows AS row MERGE (a:{label} {{id: row.id}}) SET a = row", rows)


def actor_row(actor: Actor) -> Row:
    """An actor's node: its name, every name it has had, its codes (`cow:740`) and where its capital or seat lies."""
    place = actor.capital
    return {
        "id": actor.id,
        "name": actor.name,
        "names": list(dict.fromkeys(name.text for name in actor.names)),
        "codes": list(dict.fromkeys(f"{code.system}:{code.code}" for code in actor.codes)),
        "wikidata": actor.wikidata or None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def own_actor_row(actor: Actor, collection: str) -> Row:
    """The node of an actor that only one collection knows: it lives and dies with it."""
    row = actor_row(actor)
    return {**row, "collection": collection, "digest": digest_of(row), "live": True}


def source_row(source: Source) -> Row:
    """A source's node: its description, how to cite it, and a hash of the description."""
    known = {name: value or None for name, value in asdict(source).items()}
    return {
        **known,
        "collection": source.collection,
        "cite": source.cite(),
        "digest": source.digest,
        "live": True,
    }


class Described(Protocol):
    """What a collection brings beside its statements (graph/reading.py)."""

    @property
    def collection(self) -> str: ...

    @property
    def sources(self) -> tuple[Source, ...]: ...

    @property
    def actors(self) -> tuple[Actor, ...]: ...

    @property
    def partial(self) -> bool: ...


def described_otherwise(run: Run, reading: Described) -> list[str]:
    """The ids of the sources and own actors of the collection that are not held as the reading gives them: new, other or gone."""
    wanted = {row["id"]: row["digest"] for row in _descriptions(reading)}
    held = _held(run, reading)
    return [id for id in sorted(wanted | held) if wanted.get(id) != held.get(id)]


def describe(run: Run, reading: Described, now: str) -> tuple[list[str], list[str]]:
    """Bring the sources and own actors of the collection to what the reading gives; the digests opened and closed by that.

    `InputError` where another collection has an actor of the same id.
    """
    wanted = {row["id"]: row for row in _descriptions(reading)}
    held = _held(run, reading)
    taken = run(
        "MATCH (a:Country|Organization) WHERE a.id IN $ids AND a.live AND a.collection <> $collection "
        "RETURN a.id AS id, a.collection AS collection ORDER BY id",
        {"ids": [actor.id for actor in reading.actors], "collection": reading.collection},
    )
    for row in taken:
        raise InputError(
            f"{row['id']} is an actor of {row['collection']} already: choose another id in {reading.collection}"
        )
    due = {key for key, row in wanted.items() if held.get(key) != row["digest"]}
    gone = [key for key in held if key not in wanted]
    by_label = {"Source": [source.id for source in reading.sources]}
    for actor in reading.actors:
        by_label.setdefault(actor.label, []).append(actor.id)
    for label, ids in by_label.items():
        rows = [wanted[key] for key in ids if key in due]
        _open(run, label, rows, now)
    each(
        run,
        "UNWIND $rows AS row MATCH (d:Source|Country|Organization {id: row}) SET d.live = false, d.closed = d.closed + [$now]",
        gone,
        now=now,
    )
    return [wanted[key]["digest"] for key in sorted(due)], [
        held[key] for key in held if key in due or key in gone
    ]


def open_source(run: Run, source: Source, now: str) -> list[str]:
    """Make one source live; its digest."""
    _open(run, "Source", [source_row(source)], now)
    return [source.digest]


def _open(run: Run, label: str, rows: list[Row], now: str) -> None:
    """Write descriptions; one that has changed closes a span of record time and opens the next. What a source was described as is kept."""
    if label == "Source":
        rows = _with_earlier(run, rows, now)
    each(
        run,
        f"UNWIND $rows AS row MERGE (d:{label} {{id: row.id}}) "
        "SET d.closed = coalesce(d.closed, []) + CASE WHEN coalesce(d.live, false) THEN [$now] ELSE [] END, "
        "d.opened = coalesce(d.opened, []) + [$now] SET d += row",
        rows,
        now=now,
    )


def _with_earlier(run: Run, rows: list[Row], now: str) -> list[Row]:
    """The descriptions, each with those that it follows: what a source was called, and which time it told of, on a past day of record."""
    query = "MATCH (d:Source) WHERE d.id IN $ids RETURN properties(d) AS held"
    known = {row["held"]["id"]: row["held"] for row in run(query, {"ids": [row["id"] for row in rows]})}
    return [_following(row, known[row["id"]], now) if row["id"] in known else row for row in rows]


def _following(row: Row, held: Row, now: str) -> Row:
    if held["digest"] == row["digest"]:
        return row
    before = {name: held[name] for name in row.keys() - {"live"} if held.get(name) is not None}
    told = json.dumps({**before, "until": now}, ensure_ascii=False, sort_keys=True)
    return {**row, "earlier": [*(held.get("earlier") or ()), told]}


_CLOSE = "SET d.live = false, d.closed = d.closed + [$now] RETURN d.digest AS digest"


def close_sources(run: Run, column: str, name: str, now: str) -> list[str]:
    """Close the live sources of that id or collection; their digests."""
    query = f"MATCH (d:Source) WHERE d.live AND d.{column} = $name {_CLOSE}"
    return [row["digest"] for row in run(query, {"name": name, "now": now})]


def close_own_actors(run: Run, collection: str, now: str) -> list[str]:
    """Close the actors that only this collection knows; their digests."""
    query = f"MATCH (d:Country|Organization) WHERE d.live AND d.collection = $collection {_CLOSE}"
    return [row["digest"] for row in run(query, {"collection": collection, "now": now})]


def reopen_descriptions(run: Run, column: str, name: str, closed_at: str, now: str) -> list[str]:
    """Open another span of record time for sources and own actors that were closed at that moment; their digests."""
    query = (
        f"MATCH (d:Source|Country|Organization) WHERE NOT d.live AND d.{column} = $name AND d.closed[-1] = $closed_at "
        "SET d.live = true, d.opened = d.opened + [$now] RETURN d.digest AS digest"
    )
    return [row["digest"] for row in run(query, {"name": name, "closed_at": closed_at, "now": now})]


def reopen_sources_of(run: Run, statements: Sequence[str], now: str) -> list[str]:
    """Open another span of record time for closed sources of these statements; their digests."""
    query = (
        "MATCH (s:Statement)-[:FROM]->(d:Source) WHERE s.id IN $ids AND NOT d.live WITH DISTINCT d "
        "SET d.live = true, d.opened = d.opened + [$now] RETURN d.digest AS digest"
    )
    return [row["digest"] for row in run(query, {"ids": list(statements), "now": now})]


def reopen_actors_of(run: Run, facts: Sequence[str], now: str) -> list[str]:
    """Open another span of record time for closed actors that only a collection knows and that take part in these; their digests."""
    query = (
        "UNWIND $facts AS fact MATCH (:Fact {id: fact})-[:PARTY]->(d:Country|Organization) WHERE d.live = false WITH DISTINCT d "
        "SET d.live = true, d.opened = d.opened + [$now] RETURN d.digest AS digest"
    )
    return [row["digest"] for row in run(query, {"facts": list(facts), "now": now})]


def labels_of(run: Run, ids: Iterable[str]) -> dict[str, str]:
    """The label of each of these actors that has a node."""
    query = "MATCH (a:Country|Organization) WHERE a.id IN $ids RETURN a.id AS id, labels(a)[0] AS label"
    return {row["id"]: row["label"] for row in run(query, {"ids": sorted(ids)})}


def _descriptions(reading: Described) -> list[Row]:
    return [
        *(source_row(source) for source in reading.sources),
        *(own_actor_row(actor, reading.collection) for actor in reading.actors),
    ]


def _held(run: Run, reading: Described) -> dict[str, str]:
    """The digests of the live sources and own actors of the collection; of a partial reading only those that it gives itself."""
    rows = run(
        "MATCH (d:Source|Country|Organization) WHERE d.collection = $collection AND d.live "
        "RETURN d.id AS id, d.digest AS digest",
        {"collection": reading.collection},
    )
    own = {row["id"] for row in _descriptions(reading)}
    return {row["id"]: row["digest"] for row in rows if not reading.partial or row["id"] in own}
