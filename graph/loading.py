"""The one way into a store: `load` brings it to hold exactly the statements of a reading.

It compares with what is held, writes only what differs, and carries the revision forward in the same transaction. What people
decided about the facts (graph/curation.py) is not its to touch. A reading that is `whole` (a dossier) is one transaction; a table goes
in batches of whole facts, so that a load which is cut off can be repeated: what is there is found unchanged.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import uuid4

from comity.graph import descriptions, records
from comity.graph.actors import Actor
from comity.graph.checking import Checker
from comity.graph.errors import InputError
from comity.graph.model import DECISIONS, DOSSIERS, Rejected, Skipped, Source, Statement, canonical_json
from comity.graph.quarantine import (
    files_behind,
    held_in_quarantine,
    quarantine_rows,
    replace_quarantine,
)
from comity.graph.records import batches
from comity.graph.statements import held_statements, live_facts
from comity.graph.stores.base import EMPTY_REVISION, Row, Store, Transaction
from comity.graph.writing import begin, now

_RESERVED = {DOSSIERS: "stands for all dossiers", DECISIONS: "is where decisions of people are kept"}

BATCH_STATEMENTS = 5_000
"""Statements of a table that are written in one transaction, at least; a fact is never split."""

Record = Statement | Rejected | Skipped
"""What a loader makes of one record of a source."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loader gives: the collection's id, its sources, and what it made of the records, those of one fact together.

    `actors` are those that only this collection knows. A `whole` reading (a dossier) is loaded entirely or not at all, and its records
    are facts; otherwise they are rows, and each gives one statement, or is rejected or skipped. A `partial` reading (one file of a
    stream of events) speaks for its own sources only: what the collection holds from others stays. `loader` and `files` say how it can be
    read again.
    """

    collection: str
    sources: tuple[Source, ...]
    records: Iterable[Record]
    actors: tuple[Actor, ...] = ()
    whole: bool = True
    partial: bool = False
    loader: str = ""
    files: tuple[str, ...] = ()

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources that it speaks for; none for the whole collection."""
        return tuple(source.id for source in self.sources) if self.partial else ()

    @property
    def scope(self) -> str:
        """What is loaded with it: the collection, or the source that is a part of it."""
        return self.sources[0].id if self.partial else self.collection


@dataclass(frozen=True, slots=True)
class Load:
    """What a load did, in records: read = stored + unchanged + skipped + rejected. `source` is the collection, or the part of it, loaded.

    `retracted` counts the facts that were held before and are not any more, `reasons` the skipped records by reason. `rejections` are
    what went into quarantine: rejected records, and parts (`quarantined_parts` of them) of records that were stored without.
    """

    source: str
    read: int = 0
    stored: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0
    retracted: int = 0
    revision: str = EMPTY_REVISION
    reasons: Mapping[str, int] = field(default_factory=dict)
    rejections: tuple[Rejected, ...] = field(default=(), repr=False)

    @property
    def quarantined_parts(self) -> int:
        """How many parts of records that were stored are in quarantine."""
        return sum(one.part for one in self.rejections)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load would do to the facts that are held, by id; `unchanged` counts the others."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retracted: tuple[str, ...]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.retracted)


_Facts = dict[str, list[Statement]]
"""Facts by id, each with the statements that are to be live; none to close it."""


@dataclass(frozen=True, slots=True)
class _Changes:
    """What differs between the facts as held and as they are to be: statements to open, reopen and close.

    `live` gives the facts that are touched, with all that sources say of them; `beside` are those of which other sources speak too.
    """

    opened: list[Statement]
    reopened: list[str]
    closed: list[str]
    live: _Facts
    beside: set[str]

    def __bool__(self) -> bool:
        return bool(self.opened or self.reopened or self.closed)


def load(store: Store, reading: Reading, progress: Callable[[int], None] = lambda read: None) -> Load:
    """Bring the store to hold the reading; the same reading twice changes nothing.

    `progress` is told how many records have been read so far. What was held and the reading does not hold any more is closed, unless
    the reading has no statement at all: then something is wrong with it, and what is there stays.
    """
    session = _Session(store, reading)
    for batch in _complete(store, reading, session.tally):
        session.bring(batch)
        progress(session.tally.read)
    return session.finished()


def plan(store: Store, reading: Reading) -> Plan:
    """What `load` would change, changing nothing. The reading is used up by that."""
    added: list[str] = []
    changed: list[str] = []
    retracted: list[str] = []
    unchanged = 0
    for batch in _complete(store, reading, _Tally()):
        held = held_statements(store.read, list(batch))
        changes = _compare(held, batch, reading.source_ids)
        present = {row["fact"] for row in held if row["live"]}
        for fact, statements in batch.items():
            if fact not in changes.live:
                unchanged += 1
            elif not statements:
                retracted.append(fact)
            else:
                (changed if fact in present else added).append(fact)
    return Plan(tuple(added), tuple(changed), tuple(retracted), unchanged)


def is_another_release(store: Store, reading: Reading) -> bool:
    """Whether the reading is of other files than what is held of its scope, or a load of that was cut off. Dossiers have no releases."""
    if reading.whole:
        return False
    rows = store.read(
        "MATCH (o:Source) WHERE o.live AND o.collection = $collection RETURN o.id AS id, o.sha256 AS sha256",
        {"collection": reading.collection},
    )
    held = {row["id"]: row["sha256"] for row in rows}
    if reading.partial:
        held = {id: held[id] for id in reading.source_ids if id in held}
    if not held:
        return False
    ended = store.read(
        "MATCH (l:Load {scope: $scope}) WHERE l.action = 'load' RETURN l.finished IS NOT NULL AS ended ORDER BY l.started DESC LIMIT 1",
        {"scope": reading.scope},
    )
    return held != {source.id: source.sha256 for source in reading.sources} or not all(
        row["ended"] for row in ended
    )


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
            "scope": reading.scope,
            "loader": reading.loader or None,
            "files": list(reading.files) or None,
        }
        self.tally = _Tally()
        self.written = False
        self.described = False
        self.changing = False

    def bring(self, facts: _Facts) -> None:
        """Bring these facts, and with the first of them the sources and own actors, into the store in one transaction."""
        changes: _Changes | None = None
        # Where the last facts had to be written, these most likely have to be, too.
        if self.changing or self._differs(facts):
            changes = self.store.write(lambda run: self._write(run, facts))
            self.changing = bool(changes)
        self.described = True
        self.tally.add(facts, changes, whole=self.reading.whole)

    def _differs(self, facts: _Facts) -> bool:
        """Whether anything is to be written: looked at without a transaction, as mostly nothing is."""
        if not self.described and descriptions.describes_otherwise(self.store.read, self.reading):
            return True
        return bool(_compare(held_statements(self.store.read, list(facts)), facts, self.reading.source_ids))

    def _write(self, run: Transaction, facts: _Facts) -> _Changes:
        change = begin(run)
        if not self.described:
            change.opened, change.closed = descriptions.describe(run, self.reading, change.now)
        changes = _compare(held_statements(run, list(facts)), facts, self.reading.source_ids)
        if not (changes or change.opened or change.closed):
            return changes
        records.write_statements(run, changes.opened, change.now)
        records.reopen_statements(run, changes.reopened, change.now)
        records.close_statements(run, changes.closed, change.now)
        told = {fact: found for fact, found in changes.live.items() if fact not in changes.beside}
        change.rebuild(changes.live, told, {actor.id: actor for actor in self.reading.actors})
        change.opened += [*(statement.id for statement in changes.opened), *changes.reopened]
        change.closed += changes.closed
        revision = change.finish()
        entry = self.entry | {"revision": revision}
        if self.reading.whole:  # then this transaction is all of the load
            tally = _Tally()
            tally.add(facts, changes, whole=True)
            entry = entry | tally.counts() | {"finished": now(), "facts": tally.touched}
        run("MERGE (l:Load {id: $row.id}) SET l += $row", {"row": entry})
        self.written = True
        return changes

    def finished(self) -> Load:
        """The counts; with what is in quarantine they are written where the load changed anything."""
        tally, reading = self.tally, self.reading
        rows = quarantine_rows(reading.collection, reading.scope, tally.rejections)
        held = held_in_quarantine(self.store.read, reading.collection, reading.scope)
        due = [row for id, row in rows.items() if id not in held]
        gone = held - rows.keys()
        moved = bool(rows) and (reading.loader, reading.files) not in files_behind(
            self.store, [reading.scope]
        )
        if (self.written and not reading.whole) or due or gone or moved:
            entry = self.entry | tally.counts()
            entry |= {"finished": now(), "facts": tally.touched, "reasons": tally.listed_reasons()}

            def work(run: Transaction) -> None:
                replace_quarantine(run, gone, due)
                run("MERGE (l:Load {id: $row.id}) SET l += $row", {"row": entry})

            self.store.write(work)
        return Load(
            reading.scope,
            **tally.counts(),
            revision=self.store.revision(),
            reasons=dict(tally.reasons.most_common()),
            rejections=tuple(tally.rejections),
        )


@dataclass(slots=True)
class _Tally:
    """What has been done so far, in records."""

    used: int = 0
    stored: int = 0
    unchanged: int = 0
    retracted: int = 0
    touched: int = 0
    rejections: list[Rejected] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, facts: _Facts, changes: _Changes | None, *, whole: bool) -> None:
        """Count facts that were brought, and what that changed; of a whole reading each is one record, else each statement."""
        if whole:
            number = sum(bool(statements) for statements in facts.values())
            stored = sum(bool(facts[fact]) for fact in changes.live) if changes else 0
        else:
            number = sum(map(len, facts.values()))
            stored = len(changes.opened) + len(changes.reopened) if changes else 0
        self.used += number
        self.stored += stored
        self.unchanged += number - stored
        self.retracted += sum(not statements for statements in facts.values())
        self.touched += len(changes.live) if changes else 0

    @property
    def read(self) -> int:
        """All records so far, the rejected and skipped among them."""
        return self.used + self.rejected + self.reasons.total()

    @property
    def rejected(self) -> int:
        """The records that went into quarantine as a whole."""
        return sum(not one.part for one in self.rejections)

    def counts(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "read": self.read,
            "stored": self.stored,
            "unchanged": self.unchanged,
            "skipped": self.reasons.total(),
            "rejected": self.rejected,
            "retracted": self.retracted,
        }

    def listed_reasons(self) -> list[str]:
        """Why records were skipped, each reason with its count, as the (:Load) keeps them."""
        return [f"{number} {reason}" for reason, number in self.reasons.most_common()]


def _complete(store: Store, reading: Reading, tally: _Tally) -> Iterator[_Facts]:
    """The reading in batches of whole facts, and at the end the facts that are held and that it does not hold any more."""
    seen: set[str] = set()
    for batch in _batches(reading, tally):
        again = seen & batch.keys()
        if again:
            raise InputError(
                f"{reading.collection}: the rows of {min(again)} do not stand together; sort them by fact"
            )
        seen |= batch.keys()
        if reading.whole:
            batch |= _gone(store, reading, seen)
        yield batch
    if seen and not reading.whole:
        for facts in batches(sorted(_gone(store, reading, seen)), BATCH_STATEMENTS):
            yield {fact: [] for fact in facts}


def _gone(store: Store, reading: Reading, seen: set[str]) -> _Facts:
    return {fact: [] for fact in live_facts(store, reading.collection, reading.source_ids) - seen}


def _batches(reading: Reading, tally: _Tally) -> Iterator[_Facts]:
    """The reading in groups of whole facts; what is no statement, or cannot be one, is noted in the tally."""
    batch: _Facts = {}
    size = 0
    for fact, group in groupby(_accepted(reading, tally), key=lambda statement: statement.fact):
        statements = {statement.id: statement for statement in batch.get(fact, ())}
        for statement in group:
            if statement.id not in statements:
                statements[statement.id] = statement
                size += 1
            elif not reading.whole:
                tally.reasons["says the same as another record at the same place"] += 1
        batch[fact] = list(statements.values())
        if size >= BATCH_STATEMENTS and not reading.whole:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


def _accepted(reading: Reading, tally: _Tally) -> Iterator[Statement]:
    """The statements that may enter a store. One that may not is rejected, or is the end of a reading that goes whole or not at all."""
    checker = Checker(
        reading.collection,
        (source.id for source in reading.sources),
        (actor.id for actor in reading.actors),
    )
    for item in reading.records:
        if isinstance(item, Rejected):
            tally.rejections.append(item)
        elif isinstance(item, Skipped):
            tally.reasons[item.reason] += 1
        elif not (fault := checker.fault(item)):
            yield item
        elif reading.whole:
            raise InputError(f"{item.fact}, {item.place}: {fault}")
        else:
            tally.rejections.append(Rejected(str(item.place), fault, record=canonical_json(item.to_dict())))


def _compare(
    held: Sequence[Row], facts: Mapping[str, Sequence[Statement]], sources: Sequence[str] = ()
) -> _Changes:
    """The changes that bring the held statements of these facts, or of these sources only, to the given ones."""
    state = {row["id"]: row for row in held if not sources or row["source"] in sources}
    wanted = {statement.id: statement for statements in facts.values() for statement in statements}
    opened = [statement for key, statement in wanted.items() if key not in state]
    reopened = [key for key in wanted if key in state and not state[key]["live"]]
    closed = [key for key, row in state.items() if row["live"] and key not in wanted]
    touched = {wanted[key].fact for key in (*(statement.id for statement in opened), *reopened)}
    touched |= {state[key]["fact"] for key in closed}
    live: _Facts = {fact: [] for fact in facts if fact in touched}
    for statement in wanted.values():
        if statement.fact in live:
            live[statement.fact].append(statement)
    beside = {row["fact"] for row in held if row["live"] and row["id"] not in state}
    return _Changes(opened, reopened, closed, live, beside)
