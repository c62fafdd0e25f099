"""The one way into a store: `load` brings it to hold exactly the statements of a reading, `unload` closes them again.

Both compare with what is held, write only what differs, and carry the revision forward in the same transaction. A reading
that is `whole` (a dossier) is one transaction; a table goes in batches of whole facts, so that a load which is cut off can be
repeated: what is there is found unchanged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import uuid4

from comity.graph.crosswalk import crosswalk

from comity.graph import records
from comity.graph.actors import Actor
from comity.graph.errors import UnknownName
from comity.graph.model import Rejected, Source, Statement
from comity.graph.resolve import resolve_all
from comity.graph.revision import carried
from comity.graph.statements import from_json
from comity.graph.stores.base import EMPTY_REVISION, Row, Run, Store

BATCH_STATEMENTS = 2_000
"""Statements of a table that are written in one transaction, at least; a fact is never split."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loader gives: the collection's id, its sources, and statements with all those of one fact together.

    `actors` are those that only this collection knows. A `whole` reading is loaded entirely or not at all, and its records are
    facts; otherwise they are rows, one a statement.
    """

    collection: str
    sources: tuple[Source, ...]
    statements: Iterable[Statement | Rejected]
    actors: tuple[Actor, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """What a load did, in records: read = stored + unchanged + skipped + rejected."""

    source: str
    read: int = 0
    stored: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0
    revision: str = EMPTY_REVISION
    rejections: tuple[Rejected, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Changes:
    """What differs between the facts as held and as they are to be: statements to open, reopen and close."""

    opened: list[Statement]
    reopened: list[str]
    closed: list[str]
    live: dict[str, list[Statement]]
    before: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.opened or self.reopened or self.closed)


def load(store: Store, reading: Reading, progress: Callable[[int], None] = lambda read: None) -> Load:
    """Bring the store to hold the reading; the same reading twice changes nothing.

    `progress` is told how many records have been read so far. Statements of the collection that the reading does not hold any
    more are closed.
    """
    session = _Session(store, reading)
    rejected: list[Rejected] = []
    seen: set[str] = set()
    for batch in _batches(reading, rejected):
        seen |= batch.keys()
        if reading.whole:
            batch |= {fact: [] for fact in _facts_of(store, reading.collection) - seen}
        session.bring(batch)
        progress(session.read + len(rejected))
    if not reading.whole or not seen:
        gone: dict[str, list[Statement]] = {fact: [] for fact in _facts_of(store, reading.collection) - seen}
        if gone:
            session.bring(gone)
    return session.finished(tuple(rejected))


def unload(store: Store, name: str) -> Load:
    """Close every live statement of a collection (`treaties`) or of one source (`treaties:nato-members`).

    `UnknownName` lists what is loaded where nothing of that name is live.
    """
    column = "source" if ":" in name else "collection"
    rows = store.read(
        f"MATCH (s:Statement) WHERE s.live AND s.{column} = $name RETURN DISTINCT s.fact AS fact",
        {"name": name},
    )
    if not rows:
        known = store.read("MATCH (s:Source) WHERE s.live RETURN DISTINCT s.collection AS name ORDER BY name")
        raise UnknownName("loaded source", name, [row["name"] for row in known])
    facts = [row["fact"] for row in rows]

    def work(run: Run) -> str:
        meta = _locked(run)
        held = _held(run, facts)
        keep: dict[str, list[Statement]] = {fact: [] for fact in facts}
        for row in held:
            if row["live"] and row[column] != name:
                keep[row["fact"]].append(from_json(row["states"]))
        changes = _compare(held, keep)
        now = _now()
        _apply(run, changes, {}, now)
        sources = run(f"MATCH (s:Source) WHERE s.live AND s.{'id' if column == 'source' else column} = $name "
                      "SET s.live = false RETURN s.digest AS digest", {"name": name})  # fmt: skip
        revision = carried(meta, closed=[*changes.closed, *(row["digest"] for row in sources)])
        _record(run, revision)
        entry = {"id": str(uuid4()), "source": name, "started": now, "finished": now, "retracted": len(facts)}
        run("CREATE (l:Load) SET l = $row", {"row": entry})
        return revision

    return Load(name, read=len(facts), stored=len(facts), revision=store.write(work))


class _Session:
    """One load in progress: counts, and the (:Load) node that is made with the first change."""

    def __init__(self, store: Store, reading: Reading) -> None:
        self.store = store
        self.reading = reading
        self.entry: Row = {"id": str(uuid4()), "source": reading.collection, "started": _now()}
        self.read = self.stored = self.unchanged = 0
        self.written = False
        self.sources_due = _stale_sources(store, reading.sources)

    def bring(self, facts: dict[str, list[Statement]]) -> None:
        """Bring these facts (id to statements; none to close it) into the store in one transaction."""
        records_of = (lambda statements: min(len(statements), 1)) if self.reading.whole else len
        changed: set[str] = set()
        if _compare(_held(self.store.read, list(facts)), facts) or self.sources_due:
            changed = self.store.write(lambda run: self._write(run, facts))
            self.written, self.sources_due = True, ()
        for fact, statements in facts.items():
            self.read += records_of(statements)
            if fact in changed:
                self.stored += records_of(statements)
            else:
                self.unchanged += records_of(statements)

    def _write(self, run: Run, facts: dict[str, list[Statement]]) -> set[str]:
        meta = _locked(run)
        old = [row for row in _sources(run, self.sources_due) if row["live"]]
        records.write_sources(run, self.sources_due)
        changes = _compare(_held(run, list(facts)), facts)
        now = _now()
        _apply(run, changes, {actor.id: actor for actor in self.reading.actors}, now)
        opened = [*(statement.id for statement in changes.opened), *changes.reopened]
        opened += [source.digest for source in self.sources_due]
        _record(run, carried(meta, opened, [*changes.closed, *(row["digest"] for row in old)]))
        run("MERGE (l:Load {id: $row.id}) SET l += $row", {"row": self.entry})
        return set(changes.live)

    def finished(self, rejections: tuple[Rejected, ...]) -> Load:
        """The counts; written to the (:Load) node where the load changed anything."""
        done = Load(
            self.reading.collection,
            read=self.read + len(rejections),
            stored=self.stored,
            unchanged=self.unchanged,
            rejected=len(rejections),
            rejections=rejections,
        )
        if self.written:
            counts = {"read": done.read, "stored": done.stored, "unchanged": done.unchanged, "skipped": done.skipped,
                      "rejected": done.rejected, "finished": _now()}  # fmt: skip
            self.store.write(
                lambda run: run(
                    "MATCH (l:Load {id: $id}) SET l += $row", {"id": self.entry["id"], "row": counts}
                )
            )
        return replace(done, revision=self.store.revision())


def _batches(reading: Reading, rejected: list[Rejected]) -> Iterator[dict[str, list[Statement]]]:
    """The reading in groups of whole facts; rejected rows go to the list beside."""

    def accepted() -> Iterator[Statement]:
        for item in reading.statements:
            if isinstance(item, Rejected):
                rejected.append(item)
            else:
                yield item

    batch: dict[str, list[Statement]] = {}
    size = 0
    for fact, group in groupby(accepted(), key=lambda statement: statement.fact):
        statements = list(group)
        batch.setdefault(fact, []).extend(statements)
        size += len(statements)
        if size >= BATCH_STATEMENTS and not reading.whole:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


def _compare(held: Sequence[Row], facts: Mapping[str, Sequence[Statement]]) -> _Changes:
    """The changes that bring the held statements of these facts to the given ones."""
    state = {row["id"]: row for row in held}
    wanted = {statement.id: statement for statements in facts.values() for statement in statements}
    opened = [statement for key, statement in wanted.items() if key not in state]
    reopened = [key for key in wanted if key in state and not state[key]["live"]]
    closed = [key for key, row in state.items() if row["live"] and key not in wanted]
    touched = {wanted[key].fact for key in (*(statement.id for statement in opened), *reopened)}
    touched |= {state[key]["fact"] for key in closed}
    live: dict[str, list[Statement]] = {fact: [] for fact in facts if fact in touched}
    for statement in wanted.values():
        if statement.fact in live:
            live[statement.fact].append(statement)
    before = {row["fact"]: row["kind"] for row in held if row["live"] and row["fact"] in touched}
    return _Changes(opened, reopened, closed, live, before)


def _apply(run: Run, changes: _Changes, own: Mapping[str, Actor], now: str) -> None:
    """Write the changes: statements first, then the facts that they make."""
    records.write_statements(run, changes.opened, now)
    records.reopen_statements(run, changes.reopened, now)
    records.clear_facts(run, changes.before)
    records.close_statements(run, changes.closed, now)
    records.delete_facts(run, [fact for fact, statements in changes.live.items() if not statements])
    facts = list(resolve_all(statement for statements in changes.live.values() for statement in statements))
    actors = _actors(run, {party.actor for fact in facts for party in fact.parties}, own)
    records.write_facts(run, facts, actors)


def _actors(run: Run, ids: set[str], own: Mapping[str, Actor]) -> dict[str, str]:
    """Make sure that every actor has its node; the label of each."""
    held = {
        row["id"]: row["label"]
        for label in ("Country", "Organization")
        for row in run(
            f"MATCH (a:{label}) WHERE a.id IN $ids RETURN a.id AS id, '{label}' AS label",
            {"ids": sorted(ids)},
        )
    }
    missing = [own.get(actor) or crosswalk().actor(actor) for actor in sorted(ids - held.keys())]
    records.write_actors(run, missing)
    return held | {actor.id: actor.label for actor in missing}


def _locked(run: Run) -> str:
    """The revision, with the node that holds it locked for this transaction: one writer at a time."""
    rows = run(
        "MERGE (c:Comity {id: 'comity'}) SET c.revision = coalesce(c.revision, $empty) RETURN c.revision AS revision",
        {"empty": EMPTY_REVISION},
    )
    return str(rows[0]["revision"])


def _record(run: Run, revision: str) -> None:
    run("MATCH (c:Comity {id: 'comity'}) SET c.revision = $revision", {"revision": revision})


def _held(run: Run, facts: Sequence[str]) -> list[Row]:
    """Every statement, live or closed, about these facts."""
    query = (
        "MATCH (s:Statement) WHERE s.fact IN $facts "
        "RETURN s.id AS id, s.fact AS fact, s.kind AS kind, s.live AS live, s.source AS source, "
        "s.collection AS collection, s.states AS states"
    )
    return [row for batch in records.batches(facts) for row in run(query, {"facts": batch})]


def _facts_of(store: Store, collection: str) -> set[str]:
    """The facts of the collection of which some statement is live."""
    query = "MATCH (s:Statement) WHERE s.collection = $collection AND s.live RETURN DISTINCT s.fact AS fact"
    return {row["fact"] for row in store.read(query, {"collection": collection})}


def _stale_sources(store: Store, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources whose node is not there, not live, or describes them otherwise."""
    held = {row["id"]: row for row in _sources(store.read, sources)}
    return tuple(
        source
        for source in sources
        if not (row := held.get(source.id)) or not row["live"] or row["digest"] != source.digest
    )


def _sources(run: Callable[[str, Mapping[str, Any]], list[Row]], sources: Sequence[Source]) -> list[Row]:
    query = "MATCH (s:Source) WHERE s.id IN $ids RETURN s.id AS id, s.live AS live, s.digest AS digest"
    return run(query, {"ids": [source.id for source in sources]})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
