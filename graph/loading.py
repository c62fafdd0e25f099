"""The one way into a store: `load` brings it to hold exactly the statements of a reading, `unload` closes them again.

Both compare with what is held, write only what differs, and carry the revision forward in the same transaction. A reading
that is `whole` (a dossier) is one transaction; a table goes in batches of whole facts, so that a load which is cut off can be
repeated: what is there is found unchanged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from uuid import uuid4

from comity.graph import descriptions, records
from comity.graph.actors import Actor
from comity.graph.crosswalk import crosswalk
from comity.graph.errors import InputError, UnknownName
from comity.graph.model import Rejected, Source, Statement
from comity.graph.resolve import resolve_all
from comity.graph.revision import carried
from comity.graph.statements import from_json, held_statements, live_facts
from comity.graph.stores.base import EMPTY_REVISION, Row, Run, Store

DOSSIERS = "dossiers"
"""Stands for all loaded dossiers where sources are chosen, so it cannot be the id of one."""

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
    """What a load did, in records: read = stored + unchanged + skipped + rejected.

    `retracted` counts the facts that were held before and are not any more.
    """

    source: str
    read: int = 0
    stored: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0
    retracted: int = 0
    revision: str = EMPTY_REVISION
    rejections: tuple[Rejected, ...] = field(default=(), repr=False)


_Facts = dict[str, list[Statement]]
"""Facts by id, each with the statements that are to be live; none to close it."""


@dataclass(frozen=True, slots=True)
class _Changes:
    """What differs between the facts as held and as they are to be: statements to open, reopen and close."""

    opened: list[Statement]
    reopened: list[str]
    closed: list[str]
    live: _Facts
    before: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.opened or self.reopened or self.closed)


def load(store: Store, reading: Reading, progress: Callable[[int], None] = lambda read: None) -> Load:
    """Bring the store to hold the reading; the same reading twice changes nothing.

    `progress` is told how many records have been read so far. What the collection held and the reading does not hold any more is
    closed, unless the reading has no statement at all: then something is wrong with it, and what is there stays.
    """
    session = _Session(store, reading)
    seen: set[str] = set()
    for batch in _batches(reading, session.rejections):
        again = seen & batch.keys()
        if again:
            raise InputError(
                f"{reading.collection}: the rows of {min(again)} do not stand together; sort them by fact"
            )
        seen |= batch.keys()
        if reading.whole:
            batch |= {fact: [] for fact in live_facts(store, reading.collection) - seen}
        session.bring(batch)
        progress(session.tally.read + len(session.rejections))
    if seen and not reading.whole:
        session.bring({fact: [] for fact in live_facts(store, reading.collection) - seen})
    return session.finished()


def unload(store: Store, name: str) -> Load:
    """Close every live statement of a collection (`treaties`) or of one source (`treaties:nato-members`).

    `UnknownName` lists what is loaded where nothing of that name is live.
    """
    column, own = ("source", "id") if ":" in name else ("collection", "collection")
    # An actor that only the collection knows outlives its sources when these are unloaded one by one.
    described = "MATCH (d:Source|Country|Organization) WHERE d.live"
    if not store.read(f"{described} AND d.{own} = $name RETURN count(d) AS n", {"name": name})[0]["n"]:
        known = store.read(f"{described} RETURN DISTINCT d.collection AS name ORDER BY name")
        raise UnknownName("loaded source", name, [row["name"] for row in known])
    rows = store.read(
        f"MATCH (s:Statement) WHERE s.live AND s.{column} = $name RETURN DISTINCT s.fact AS fact",
        {"name": name},
    )
    facts = [row["fact"] for row in rows]

    def work(run: Run) -> str:
        revision = _locked(run)
        held = held_statements(run, facts, states=True)
        keep: _Facts = {fact: [] for fact in facts}
        for row in held:
            if row["live"] and row[column] != name:
                keep[row["fact"]].append(from_json(row["states"]))
        changes = _compare(held, keep)
        now = _now()
        _apply(run, changes, {}, now)
        closed = descriptions.close_sources(run, own, name)
        if own == "collection":
            closed += descriptions.close_own_actors(run, name)
        revision = carried(revision, closed=[*changes.closed, *closed])
        _record(run, revision)
        entry = {"id": str(uuid4()), "source": name, "started": now, "finished": now, "retracted": len(facts)}
        run("CREATE (l:Load) SET l = $row", {"row": entry})
        return revision

    revision = store.write(work)
    return Load(name, read=len(facts), stored=len(facts), retracted=len(facts), revision=revision)


class _Session:
    """One load in progress: counts, and the (:Load) node that is made with the first change."""

    def __init__(self, store: Store, reading: Reading) -> None:
        if reading.collection == DOSSIERS:
            raise InputError(f"{DOSSIERS!r} stands for all dossiers: give this one another id")
        self.store = store
        self.reading = reading
        self.entry: Row = {"id": str(uuid4()), "source": reading.collection, "started": _now()}
        self.tally = _Tally()
        self.rejections: list[Rejected] = []
        self.written = False
        self.described = False

    def bring(self, facts: _Facts) -> None:
        """Bring these facts, and with the first of them the sources and own actors, into the store in one transaction."""
        changed: set[str] = set()
        if self._differs(facts):
            changed = self.store.write(lambda run: self._write(run, facts))
            self.written = True
        self.described = True
        self.tally.add(facts, changed, whole=self.reading.whole)

    def _differs(self, facts: _Facts) -> bool:
        """Whether anything is to be written: looked at without a transaction, as mostly nothing is."""
        if not self.described and descriptions.describes_otherwise(self.store.read, self.reading):
            return True
        return bool(_compare(held_statements(self.store.read, list(facts)), facts))

    def _write(self, run: Run, facts: _Facts) -> set[str]:
        revision = _locked(run)
        opened, closed = ([], []) if self.described else descriptions.describe(run, self.reading)
        changes = _compare(held_statements(run, list(facts)), facts)
        _apply(run, changes, {actor.id: actor for actor in self.reading.actors}, _now())
        opened += [*(statement.id for statement in changes.opened), *changes.reopened]
        _record(run, carried(revision, opened, [*changes.closed, *closed]))
        changed = set(changes.live)
        entry = self.entry
        if self.reading.whole:  # then this transaction is all of the load
            tally = _Tally()
            tally.add(facts, changed, whole=True)
            entry = entry | tally.counts(len(self.rejections)) | {"finished": _now()}
        run("MERGE (l:Load {id: $row.id}) SET l += $row", {"row": entry})
        return changed

    def finished(self) -> Load:
        """The counts; written to the (:Load) node where the load changed anything."""
        counts = self.tally.counts(len(self.rejections))
        if self.written and not self.reading.whole:
            row = {"id": self.entry["id"], "row": counts | {"finished": _now()}}
            self.store.write(lambda run: run("MATCH (l:Load {id: $id}) SET l += $row", row))
        revision = self.store.revision()
        return Load(self.reading.collection, **counts, revision=revision, rejections=tuple(self.rejections))


@dataclass(slots=True)
class _Tally:
    """What has been done so far, in records."""

    read: int = 0
    stored: int = 0
    unchanged: int = 0
    retracted: int = 0

    def add(self, facts: _Facts, changed: set[str], *, whole: bool) -> None:
        """Count facts that were brought; of a whole reading each is one record, else each statement."""
        for fact, statements in facts.items():
            number = min(len(statements), 1) if whole else len(statements)
            self.read += number
            self.stored += number if fact in changed else 0
            self.unchanged += 0 if fact in changed else number
            self.retracted += not statements

    def counts(self, rejected: int) -> dict[str, int]:
        """The counts by name; rejected records are read too."""
        return {
            "read": self.read + rejected,
            "stored": self.stored,
            "unchanged": self.unchanged,
            "skipped": 0,
            "rejected": rejected,
            "retracted": self.retracted,
        }


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
    """Make sure that every actor has its node, up to date; the label of each."""
    world = crosswalk()
    known = [world.actor(actor) for actor in sorted(ids - own.keys()) if actor in world]
    descriptions.write_actors(run, known)
    labels: dict[str, str] = {actor.id: actor.label for actor in (*own.values(), *known)}
    others = ids - labels.keys()  # own actors of a collection that is not being read now
    labels |= descriptions.labels_of(run, others)
    for actor in sorted(others - labels.keys()):
        world.actor(actor)  # raises, and says what may have been meant
    return labels


def _locked(run: Run) -> str:
    """The revision, with the node that holds it locked for this transaction: one writer at a time."""
    rows = run(
        "MERGE (c:Comity {id: 'comity'}) SET c.revision = coalesce(c.revision, $empty) RETURN c.revision AS revision",
        {"empty": EMPTY_REVISION},
    )
    return str(rows[0]["revision"])


def _record(run: Run, revision: str) -> None:
    run("MATCH (c:Comity {id: 'comity'}) SET c.revision = $revision", {"revision": revision})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
