"""The one way into a store: `load` brings it to hold exactly the statements of a reading.

It compares with what is held, writes only what differs, and carries the revision forward in the same transaction. What people
decided about the facts (graph/curation.py) is not its to touch. A reading that is `whole` (a dossier) is one transaction; a table goes
in batches of whole facts, so that a load which is cut off can be repeated: what is there is found unchanged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from comity.graph import descriptions, records
from comity.graph.comparing import Changes, Facts, Tally, compare, complete
from comity.graph.errors import InputError
from comity.graph.model import RESERVED, Rejected
from comity.graph.quarantine import (
    files_behind,
    held_in_quarantine,
    quarantine_rows,
    replace_quarantine,
)
from comity.graph.reading import Reading
from comity.graph.statements import held_statements
from comity.graph.stores.base import EMPTY_REVISION, Row, Store, Transaction
from comity.graph.writing import begin, next_moment, tick


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
    """What a load would do to the facts that are held, by id; `unchanged` counts the others.

    `described` are the sources, and actors of the collection's own, whose description would be new, another or gone.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retracted: tuple[str, ...]
    unchanged: int
    described: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.retracted or self.described)


def load(
    store: Store, reading: Reading, progress: Callable[[int], None] = lambda read: None, *, by: str = ""
) -> Load:
    """Bring the store to hold the reading; the same reading twice changes nothing.

    `progress` is told how many records have been read so far, `by` is who loads, for the log. What was held and the reading does not hold any more is closed, unless
    the reading has no statement at all: then something is wrong with it, and what is there stays.
    """
    session = _Session(store, reading, by)
    for batch in complete(store, reading, session.tally):
        session.bring(batch)
        progress(session.tally.read)
    return session.finished()


def plan(store: Store, reading: Reading) -> Plan:
    """What `load` would change, changing nothing. The reading is used up by that."""
    added: list[str] = []
    changed: list[str] = []
    retracted: list[str] = []
    unchanged = 0
    for batch in complete(store, reading, Tally()):
        held = held_statements(store.read, list(batch))
        changes = compare(held, batch, reading.source_ids)
        present = {row["fact"] for row in held if row["live"]}
        for fact, statements in batch.items():
            if fact not in changes.live:
                unchanged += 1
            elif not statements:
                retracted.append(fact)
            else:
                (changed if fact in present else added).append(fact)
    described = descriptions.described_otherwise(store.read, reading)
    return Plan(tuple(added), tuple(changed), tuple(retracted), unchanged, tuple(described))


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

    def __init__(self, store: Store, reading: Reading, by: str) -> None:
        if reading.collection in RESERVED:
            raise InputError(
                f"{reading.collection!r} {RESERVED[reading.collection]}: give this one another id"
            )
        self.store = store
        self.reading = reading
        self.entry: Row = {
            "id": str(uuid4()),
            "action": "load",
            "source": reading.collection,
            "subject": reading.collection,
            "started": next_moment(store.read),
            "scope": reading.scope,
            "by": by or None,
            "loader": reading.loader or None,
            "files": list(reading.files) or None,
        }
        self.tally = Tally()
        self.written = False
        self.described = False
        self.changing = False

    def bring(self, facts: Facts) -> None:
        """Bring these facts, and with the first of them the sources and own actors, into the store in one transaction."""
        changes: Changes | None = None
        # Where the last facts had to be written, these most likely have to be, too.
        if self.changing or self._differs(facts):
            changes = self.store.write(lambda run: self._write(run, facts))
            self.changing = bool(changes)
        self.described = True
        self.tally.add(facts, changes, whole=self.reading.whole)

    def _differs(self, facts: Facts) -> bool:
        """Whether anything is to be written: looked at without a transaction, as mostly nothing is."""
        if not self.described and descriptions.described_otherwise(self.store.read, self.reading):
            return True
        return bool(compare(held_statements(self.store.read, list(facts)), facts, self.reading.source_ids))

    def _write(self, run: Transaction, facts: Facts) -> Changes:
        change = begin(run)
        if not self.described:
            change.opened, change.closed = descriptions.describe(run, self.reading, change.now)
        changes = compare(held_statements(run, list(facts)), facts, self.reading.source_ids)
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
            tally = Tally()
            tally.add(facts, changes, whole=True)
            entry = entry | tally.counts() | {"finished": tick(run), "facts": tally.touched}
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
            entry |= {"facts": tally.touched, "reasons": tally.listed_reasons()}

            def work(run: Transaction) -> None:
                change = begin(run)
                replace_quarantine(run, gone, due)
                run("MERGE (l:Load {id: $row.id}) SET l += $row", {"row": entry | {"finished": change.now}})

            self.store.write(work)
        return Load(
            reading.scope,
            **tally.counts(),
            revision=self.store.revision(),
            reasons=dict(tally.reasons.most_common()),
            rejections=tuple(tally.rejections),
        )
