"""Judgements in a store: nodes with spans of record time, as statements have them."""

from collections.abc import Iterable
from datetime import date

from comity.graph.identity import APPLIED_FROM, Identity, Judgement, Verdict
from comity.graph.records import each
from comity.graph.statements import live_on
from comity.graph.stores.base import Run


def read_judgements(run: Run, known_on: date | None = None) -> list[Judgement]:
    """The live judgements, or those that were live at the end of the day, in the order of their pairs."""
    rows = run(
        "MATCH (j:Judgement) WHERE ($known_on IS NOT NULL OR j.live) RETURN j.left AS left, j.right AS right, "
        "j.verdict AS verdict, j.by AS by, j.confidence AS confidence, j.reason AS reason, j.evidence AS evidence, "
        "j.opened AS opened, j.closed AS closed",
        {"known_on": known_on},
    )
    found = [
        Judgement(
            row["left"], row["right"], Verdict(row["verdict"]), row["by"], row["confidence"], row["reason"] or "",
            tuple(row["evidence"] or ()),
        )
        for row in rows
        if known_on is None or live_on(row["opened"], row["closed"], known_on)
    ]  # fmt: skip
    return sorted(found, key=lambda judgement: (judgement.pair, judgement.id))


def read_identity(run: Run, known_on: date | None = None, applied_from: float = APPLIED_FROM) -> Identity:
    """Which facts are one by the judgements that are live, or were at the end of the day."""
    return Identity.of(read_judgements(run, known_on), applied_from)


def open_judgements(run: Run, judgements: Iterable[Judgement], now: str) -> None:
    """Make the nodes of judgements, or open another span of record time for those that had been closed."""
    rows = [
        {
            "id": judgement.id, "left": judgement.left, "right": judgement.right, "verdict": str(judgement.verdict),
            "by": judgement.by, "confidence": judgement.confidence, "reason": judgement.reason or None,
            "evidence": list(judgement.evidence),
        }
        for judgement in judgements
    ]  # fmt: skip
    each(
        run,
        "UNWIND $rows AS row MERGE (j:Judgement {id: row.id}) "
        "SET j += row, j.opened = coalesce(j.opened, []) + [$now], j.closed = coalesce(j.closed, []), j.live = true",
        rows,
        now=now,
    )


def close_judgements(run: Run, ids: Iterable[str], now: str) -> None:
    """Close the open span of record time."""
    each(
        run,
        "UNWIND $rows AS row MATCH (j:Judgement {id: row}) SET j.closed = j.closed + [$now], j.live = false",
        sorted(ids),
        now=now,
    )
