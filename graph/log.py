"""The log of a store: every change, by whom and why, the latest first."""

from dataclasses import asdict, dataclass
from typing import Any

from comity.graph.stores.base import Store


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change: load, retract, restore, decide, judge or withdraw.

    `subject` is what it was about (a collection, source, statement, fact or pair), `property` what was decided or judged, `id` the
    decision or judgement. `facts` counts the facts that it changed, `undone` is when it was restored or withdrawn, and
    `revision` is the one after it. Times are ISO 8601 in UTC.
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


def read_log(store: Store, *, subject: str | None = None, limit: int | None = None) -> list[LogEntry]:
    """The changes of the store, or those about one collection, source, fact or statement (by id, or the beginning of it)."""
    rows = store.read(
        "MATCH (l:Load) RETURN coalesce(l.finished, l.started) AS at, l.action AS action, coalesce(l.subject, l.source) AS subject, "
        "l.property AS property, l.of AS id, l.by AS by, l.reason AS reason, l.facts AS facts, l.stored AS stored, "
        "l.retracted AS retracted, l.undone AS undone, l.revision AS revision, l.source AS source, l.id AS entry "
        "ORDER BY at DESC, subject, entry"
    )
    found = [
        LogEntry(
            at=row["at"], action=row["action"], subject=row["subject"], property=row["property"] or "", id=row["id"] or "",
            by=row["by"] or "", reason=row["reason"] or "",
            facts=row["facts"] if row["facts"] is not None else (row["stored"] or 0) + (row["retracted"] or 0),
            undone=row["undone"] or "", revision=row["revision"] or "",
        )
        for row in rows
        if subject is None or _is_about(row["subject"], row["source"] or "", row["id"] or "", subject)
    ]  # fmt: skip
    return found if limit is None else found[:limit]


def _is_about(told: str, source: str, id: str, subject: str) -> bool:
    return subject in (told, source, *told.split(" and ")) or bool(id and id.startswith(subject))
