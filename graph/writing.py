"""What every change of a store has in common: one writer at a time, facts made anew of what has become of their statements, the
revision carried forward, and an entry in the log, all in one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from comity.graph import descriptions, records
from comity.graph.actors import Actor
from comity.graph.crosswalk import crosswalk
from comity.graph.identity import Identity
from comity.graph.judgements import read_identity
from comity.graph.model import DECISIONS, Statement
from comity.graph.resolve import resolve_all
from comity.graph.revision import carried
from comity.graph.statements import live_statements
from comity.graph.stores.base import EMPTY_REVISION, Run, Transaction, being_restored

_Facts = Mapping[str, Sequence[Statement]]


@dataclass(slots=True)
class Change:
    """A change in progress inside a transaction. `opened` and `closed` are what the revision counts: ids and digests.

    `decided` says whether there are decisions of people at all, which the facts of a load then have to be asked for.
    """

    run: Transaction
    now: str
    revision: str
    before: Identity
    decided: bool
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def rebuild(
        self, facts: Iterable[str], known: _Facts | None = None, own: Mapping[str, Actor] | None = None
    ) -> None:
        """Make these facts, and all that are or were one with any of them, what their live statements give.

        `known` are statements of the sources that need not be read back, by fact; `own` are actors that only one collection knows.
        """
        known = known or {}
        run, after = self.run, read_identity(self.run)
        affected = after.widened(facts) | self.before.widened(facts)
        if not affected:
            return
        told = live_statements(run, sorted(affected - known.keys()))
        if self.decided:
            told += live_statements(run, sorted(affected & known.keys()), decisions_only=True)
        told += [statement for fact in sorted(affected & known.keys()) for statement in known[fact]]
        made = list(resolve_all(told, identity=after))
        records.delete_facts(run, records.held_facts(run, sorted(affected)))
        actors = _actors(run, {party.actor for fact in made for party in fact.parties}, own or {})
        records.write_facts(run, made, actors)

    def finish(self) -> str:
        """Carry the revision forward; the new one."""
        self.revision = carried(self.revision, self.opened, self.closed)
        self.run("MATCH (c:Comity {id: 'comity'}) SET c.revision = $revision", {"revision": self.revision})
        return self.revision

    def enter(self, action: str, subject: str, source: str, **known: Any) -> None:
        """Write the log's entry of a change that is not a load."""
        entry = {
            "id": str(uuid4()), "action": action, "subject": subject, "source": source, "started": self.now,
            "finished": self.now, "revision": self.revision, **{name: value or None for name, value in known.items()},
        }  # fmt: skip
        self.run("CREATE (l:Load) SET l = $row", {"row": entry})


def begin(run: Transaction) -> Change:
    """Begin a change: the node that holds the revision is locked for this transaction, so that there is one writer at a time."""
    rows = run(
        "MERGE (c:Comity {id: 'comity'}) SET c.revision = coalesce(c.revision, $empty) "
        "RETURN c.revision AS revision, c.restoring AS restoring, "
        "EXISTS { MATCH (o:Source) WHERE o.collection = $decisions AND o.live } AS decided",
        {"empty": EMPTY_REVISION, "decisions": DECISIONS},
    )
    if rows[0]["restoring"]:
        raise being_restored()
    return Change(run, tick(run), str(rows[0]["revision"]), read_identity(run), rows[0]["decided"])


def tick(run: Run) -> str:
    """The moment of what is being changed, kept as the latest in the store. `begin` has locked the node that holds it."""
    at = next_moment(run)
    run("MATCH (c:Comity {id: 'comity'}) SET c.at = $at", {"at": at})
    return at


def next_moment(run: Run) -> str:
    """This moment, or one just after the latest that the store has kept, if the clock was set back since.

    Spans of record time and the log are told by their moments, so that a moment is given once, and none before an earlier one.
    """
    rows = run("MATCH (c:Comity {id: 'comity'}) RETURN c.at AS at", {})
    latest, this = rows[0]["at"] if rows else None, now()
    if latest is None or this > latest:
        return this
    return (datetime.fromisoformat(latest) + _SHORTEST).isoformat(timespec="microseconds")


def now() -> str:
    """This moment in UTC by the clock, as record time is kept: texts that sort as times do."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


_SHORTEST = timedelta(microseconds=1)


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
