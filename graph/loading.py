"""The one way into a store: `load` brings it to hold exactly the statements of a reading.

It compares with what is held, writes only what differs, and carries the revision forward in the same transaction. What people
decided about the facts (graph/curation.py) is not its to touch. A reading that is `whole` (a dossier) is one transaction; a table goes in batches of whole facts, so that a load which is cut off can be
repeated: what is there is found unchanged.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import uuid4

from comity.graph import descriptions, records
from comity.graph.actors import Actor
from comity.graph.errors import InputError
from comity.graph.model import Rejected, Source, Statement
from comity.graph.statements import held_statements, live_facts
from comity.graph.stores.base import EMPTY_REVISION, Row, Run, Store
from comity.graph.writing import begin, now

DOSSIERS = "dossiers"
"""Stands for all loaded dossiers where sources are chosen, so it cannot be the id of one."""

DECISIONS = "decisions"
"""The collection of people whose decisions are sources, so it cannot be the id of a dossier either."""

_RESERVED = {DOSSIERS: "stands for all dossiers", DECISIONS: "is where decisions of people are kept"}

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


class _Session:
    """One load in progress: counts, and the (:Load) node that is made with the first change."""

    def __init__(self, store: Store, reading: Reading) -> None:
        if reading.collection in _RESERVED:
            raise InputError(
                f"{reading.collection!r} {_RESERVED[reading.collection]}: give this one another id"
            )
        self.store = store
        self.reading = reading
        self.entry: Row = {
            "id": str(uuid4()),
            "action": "load",
            "source": reading.collection,
            "subject": reading.collection,
            "started": now(),
        }
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
        change = begin(run)
        if not self.described:
            change.opened, change.closed = descriptions.describe(run, self.reading, change.now)
        changes = _compare(held_statements(run, list(facts)), facts)
        records.write_statements(run, changes.opened, change.now)
        records.reopen_statements(run, changes.reopened, change.now)
        records.close_statements(run, changes.closed, change.now)
        change.rebuild(changes.live, changes.live, {actor.id: actor for actor in self.reading.actors})
        change.opened += [*(statement.id for statement in changes.opened), *changes.reopened]
        change.closed += changes.closed
        revision = change.finish()
        changed = set(changes.live)
        entry = self.entry | {"revision": revision}
        if self.reading.whole:  # then this transaction is all of the load
            tally = _Tally()
            tally.add(facts, changed, whole=True)
            entry = entry | tally.counts(len(self.rejections)) | {"finished": now()}
        run("MERGE (l:Load {id: $row.id}) SET l += $row", {"row": entry})
        return changed

    def finished(self) -> Load:
        """The counts; written to the (:Load) node where the load changed anything."""
        counts = self.tally.counts(len(self.rejections))
        if self.written and not self.reading.whole:
            row = {"id": self.entry["id"], "row": counts | {"finished": now()}}
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
    return _Changes(opened, reopened, closed, live)
