"""The log of a store: every change, by whom and why, the latest first."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from comity.graph.accounts import DECISION
from comity.graph.errors import UnknownName
from comity.graph.model import DECISIONS, SHORTEST_ID
from comity.graph.stores.base import Row, Store


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change: load, retract, restore, decide, judge or withdraw.

    `subject` is what it was about (a collection, source, statement, fact or pair), `property` what was decided or judged, `id` the
    decision or judgement. `facts` counts the facts that it changed, `undone` is when it was restored, withdrawn or replaced by a
    later one, and `revision` is the one after it. Times are ISO 8601 in UTC.
    """

    at: str
    action: str
    subject: str
    property: str
    id: str
    by: str
    reason: str
    facts: int
    undone: str
    revision: str

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain JSON values."""
        return asdict(self)


def read_log(
    store: Store, *, subject: str | None = None, limit: int | None = None, known_on: date | None = None
) -> list[LogEntry]:
    """The changes of the store, or those that were about, or changed, one collection, source, fact or statement.

    A statement may be named by the beginning of its id. With `known_on` they are those that had begun by the end of that day (UTC), undone only where
    they were by then. `UnknownName` where the store never held anything of that name.
    """
    rows = store.read(
        "MATCH (l:Load) RETURN coalesce(l.finished, l.started) AS at, l.action AS action, coalesce(l.subject, l.source) AS subject, "
        "l.property AS property, l.of AS id, l.by AS by, l.reason AS reason, l.facts AS facts, l.stored AS stored, "
        "l.retracted AS retracted, l.undone AS undone, l.revision AS revision, l.source AS source, l.id AS entry, "
        "l.started AS started ORDER BY at DESC, subject, entry"
    )
    if subject is not None:
        moments = _moments(store, subject)
        rows = [row for row in rows if _is_about(row, subject) or _made(row, moments)]
        if not rows and not moments:
            raise _unknown(store, subject)
    last = "" if known_on is None else known_on.isoformat()
    if last:
        rows = [row for row in rows if row["started"][: len(last)] <= last]
    found = [
        LogEntry(
            at=row["at"], action=row["action"], subject=row["subject"], property=row["property"] or "", id=row["id"] or "",
            by=row["by"] or "", reason=row["reason"] or "",
            facts=row["facts"] if row["facts"] is not None else (row["stored"] or 0) + (row["retracted"] or 0),
            undone=_by(row["undone"] or "", last), revision=row["revision"] or "",
        )
        for row in rows
    ]  # fmt: skip
    return found if limit is None else found[:limit]


def _by(moment: str, last: str) -> str:
    """The moment, unless it came after the last day."""
    return moment if not last or moment[: len(last)] <= last else ""


def _is_about(row: Row, subject: str) -> bool:
    """Whether the change names the subject: as what it was about, as its collection, or as the decision or judgement."""
    told, id = row["subject"], row["id"] or ""
    named = subject in (told, row["source"], *told.split(" and "))
    return named or (len(subject) >= SHORTEST_ID and id.startswith(subject))


_Moments = Collection[tuple[str, str]]


def _moments(store: Store, subject: str) -> _Moments:
    """When statements of this fact, source or id came to life or were closed, each with their collection.

    A change of a whole collection does not name the facts it changes. It is told by the moment that both have kept.
    """
    rows = store.read(
        "MATCH (s:Statement) WHERE s.fact = $subject OR s.source = $subject OR ($id AND s.id STARTS WITH $subject) "
        "OR ($people AND s.method = $decision) RETURN s.collection AS collection, s.opened AS opened, s.closed AS closed",
        {
            "subject": subject,
            "id": len(subject) >= SHORTEST_ID,
            "people": subject == DECISIONS,
            "decision": DECISION,
        },
    )
    return {(at, row["collection"]) for row in rows for at in (*row["opened"], *(row["closed"] or ()))}


def _made(row: Row, moments: _Moments) -> bool:
    """Whether the change made one of these moments: only a load may take longer than one transaction."""
    if row["action"] != "load":
        return any(at == row["started"] for at, _ in moments)
    return any(row["started"] <= at <= row["at"] for at, collection in moments if collection == row["source"])


def _unknown(store: Store, subject: str) -> UnknownName:
    known = store.read(
        "MATCH (n:Source|Fact) UNWIND [n.id, n.collection] AS name WITH DISTINCT name WHERE name IS NOT NULL RETURN name"
    )
    return UnknownName.among("collection, source, fact or statement", subject, [row["name"] for row in known])
