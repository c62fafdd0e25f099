"""From proposals to judgements: what a person or a score decides, files to fill in, and two facts side by side."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.graph.errors import ComityError, InputError
from comity.graph.identity import Judgement, Verdict
from comity.graph.resolve import Fact
from comity.graph.slices import today
from comity.queries.entries import Entry, entry_of
from comity.queries.matching.proposals import Proposal

NEEDED = ("left", "right", "verdict")
"""Columns that a file of decisions must have; `reason`, `confidence` and `by` it may have."""

COLUMNS = ("left", "right", "verdict", "reason", "score", "evidence")
"""Columns of a file of proposals: one fills in the verdict, and may give a reason."""


def to_judgements(accepted: Iterable[Proposal], *, by: str) -> list[Judgement]:
    """A judgement `same` of each accepted proposal, with its score as confidence and its evidence."""
    return [
        Judgement(
            one.left, one.right, Verdict.SAME, by, round(one.score, 6), "accepted by its score",
            tuple(map(str, one.evidence)),
        )
        for one in accepted
    ]  # fmt: skip


def write_proposals(proposals: Iterable[Proposal]) -> str:
    """Proposals as CSV with an empty verdict each, for somebody to fill in; `read_decisions` reads it back."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in proposals:
        evidence = " | ".join(map(str, one.evidence))
        writer.writerow([one.left, one.right, "", "", f"{one.score:.4f}", evidence])
    return text.getvalue()


def read_decisions(path: Path | str, *, by: str) -> list[Judgement]:
    """The judgements in a CSV file; rows without a verdict are left out.

    `by` is whose they are where the file does not say. `InputError` names every fault with file, line and remedy: then none counts.
    """
    name = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name} is not UTF-8; save it in that encoding") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in NEEDED if column not in (rows.fieldnames or ())]
    if missing:
        raise InputError(
            f"{name}:1: the column {missing[0]} is missing; the first line must name {', '.join(NEEDED)}"
        )
    faults: list[str] = []
    found: dict[tuple[str, str], tuple[int, Judgement]] = {}
    for row in rows:
        line = rows.line_num
        told = {
            key: (value or "").strip()
            for key, value in row.items()
            if isinstance(key, str) and not isinstance(value, list)
        }
        if not told["verdict"]:
            continue
        try:
            judgement = _judgement(told, by)
        except ComityError as error:
            faults.append(f"{name}:{line}: {error}")
            continue
        before = found.get(judgement.pair)
        if before:
            faults.append(
                f"{name}:{line}: {' and '.join(judgement.pair)} are judged in line {before[0]} already; remove one"
            )
        found[judgement.pair] = line, judgement
    if faults:
        raise InputError("\n".join(faults))
    return [judgement for _, judgement in found.values()]


def _judgement(told: dict[str, str], by: str) -> Judgement:
    verdict = told["verdict"].casefold()
    if verdict not in set(Verdict):
        raise InputError(f"the verdict {told['verdict']!r} is none; write {', '.join(Verdict)}, or nothing")
    for side in ("left", "right"):
        if not told[side]:
            raise InputError(f"{side} is empty; write the id of a fact")
    try:
        confidence = float(told.get("confidence") or 1)
    except ValueError:
        raise InputError(
            f"the confidence {told['confidence']!r} is no number; write one from 0 to 1"
        ) from None
    evidence = tuple(part.strip() for part in told.get("evidence", "").split("|") if part.strip())
    return Judgement(
        told["left"],
        told["right"],
        Verdict(verdict),
        told.get("by") or by,
        confidence,
        told.get("reason", ""),
        evidence,
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of two facts side by side: what it is, what the one and the other have, and whether they agree."""

    property: str
    left: str
    right: str
    agreement: str


def side_by_side(left: Fact, right: Fact) -> list[Compared]:
    """Two facts in the lines that a person needs to tell whether they are one."""
    day = today().earliest_begin
    ours, theirs = dict(_lines(entry_of(left, day))), dict(_lines(entry_of(right, day)))
    return [
        Compared(
            name,
            ours.get(name, ""),
            theirs.get(name, ""),
            _agreement(ours.get(name, ""), theirs.get(name, "")),
        )
        for name in dict.fromkeys((*ours, *theirs))
        if ours.get(name) or theirs.get(name)
    ]


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "id", entry.fact
    yield "title", "; ".join((entry.title, *entry.other_titles))
    yield "types", ", ".join(entry.types)
    yield "parties", ", ".join(dict.fromkeys(party.actor for party in entry.parties))
    for step in entry.steps:
        yield " ".join((step.name, *step.between)), step.when
    yield "in effect", entry.when
    for name, values in entry.properties.items():
        if name not in ("claim", "scope"):
            yield name, "; ".join(values)
    yield "sources", ", ".join(entry.sources)


def _agreement(left: str, right: str) -> str:
    if not left or not right:
        return "one does not tell"
    return "agree" if left.casefold() == right.casefold() else "differ"
