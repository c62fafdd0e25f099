"""What a reading holds, in batches of whole facts, and how that differs from what a store holds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from comity.graph.checking import Checker
from comity.graph.errors import InputError
from comity.graph.lasting import as_covered, covered_until
from comity.graph.model import Rejected, Skipped, Statement, canonical_json
from comity.graph.reading import Reading
from comity.graph.records import batches
from comity.graph.statements import live_facts
from comity.graph.stores.base import Row, Store

BATCH_STATEMENTS = 5_000
"""Statements of a table that are written in one transaction, at least; a fact is never split."""

Facts = dict[str, list[Statement]]
"""Facts by id, each with the statements that are to be live; none to close it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between the facts as held and as they are to be: statements to open, reopen and close.

    `live` gives the facts that are touched, with all that sources say of them; `beside` are those of which other sources speak too.
    """

    opened: list[Statement]
    reopened: list[str]
    closed: list[str]
    live: Facts
    beside: set[str]

    def __bool__(self) -> bool:
        return bool(self.opened or self.reopened or self.closed)


@dataclass(slots=True)
class Tally:
    """What has been done so far, in records."""

    used: int = 0
    stored: int = 0
    unchanged: int = 0
    retracted: int = 0
    touched: int = 0
    rejections: list[Rejected] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, facts: Facts, changes: Changes | None, *, whole: bool) -> None:
        """Count facts that were brought, and what that changed; of a whole reading each is one record, else what statements stand for."""
        if whole:
            number = sum(bool(statements) for statements in facts.values())
            stored = sum(bool(facts[fact]) for fact in changes.live) if changes else 0
        else:
            records = {told.id: told.records for statements in facts.values() for told in statements}
            number = sum(records.values())
            written = (*(told.id for told in changes.opened), *changes.reopened) if changes else ()
            stored = sum(records[id] for id in written)
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
        return sum(one.records for one in self.rejections if not one.part)

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


def complete(store: Store, reading: Reading, tally: Tally) -> Iterator[Facts]:
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


def _gone(store: Store, reading: Reading, seen: set[str]) -> Facts:
    return {fact: [] for fact in live_facts(store, reading.collection, reading.source_ids) - seen}


def _batches(reading: Reading, tally: Tally) -> Iterator[Facts]:
    """The reading in groups of whole facts; what is no statement, or cannot be one, is noted in the tally."""
    batch: Facts = {}
    size = 0
    for fact, group in groupby(_accepted(reading, tally), key=lambda statement: statement.fact):
        statements = {statement.id: statement for statement in batch.get(fact, ())}
        for statement in group:
            if statement.id not in statements:
                statements[statement.id] = statement
                size += 1
            elif not reading.whole:
                tally.reasons["says the same as another record at the same place"] += statement.records
        batch[fact] = list(statements.values())
        if size >= BATCH_STATEMENTS and not reading.whole:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


def _accepted(reading: Reading, tally: Tally) -> Iterator[Statement]:
    """The statements that may enter a store, lasting no longer for certain than their sources tell.

    One that may not is rejected, or is the end of a reading that goes whole or not at all.
    """
    checker = Checker(
        reading.collection,
        (source.id for source in reading.sources),
        (actor.id for actor in reading.actors),
    )
    until = covered_until(reading.sources)
    for item in reading.records:
        if isinstance(item, Rejected):
            tally.rejections.append(item)
        elif isinstance(item, Skipped):
            tally.reasons[item.reason] += item.records
        elif not (fault := checker.fault(item)):
            yield as_covered(item, until)
        elif reading.whole:
            raise InputError(f"{item.fact}, {item.place}: {fault}")
        else:
            record = canonical_json(item.to_dict())
            tally.rejections.append(Rejected(str(item.place), fault, record=record, records=item.records))


def compare(
    held: Sequence[Row], facts: Mapping[str, Sequence[Statement]], sources: Sequence[str] = ()
) -> Changes:
    """The changes that bring the held statements of these facts, or of these sources only, to the given ones."""
    state = {row["id"]: row for row in held if not sources or row["source"] in sources}
    wanted = {statement.id: statement for statements in facts.values() for statement in statements}
    opened = [statement for key, statement in wanted.items() if key not in state]
    reopened = [key for key in wanted if key in state and not state[key]["live"]]
    closed = [key for key, row in state.items() if row["live"] and key not in wanted]
    touched = {wanted[key].fact for key in (*(statement.id for statement in opened), *reopened)}
    touched |= {state[key]["fact"] for key in closed}
    live: Facts = {fact: [] for fact in facts if fact in touched}
    for statement in wanted.values():
        if statement.fact in live:
            live[statement.fact].append(statement)
    beside = {row["fact"] for row in held if row["live"] and row["id"] not in state}
    return Changes(opened, reopened, closed, live, beside)
