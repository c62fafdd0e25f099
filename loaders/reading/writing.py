"""Drafts as people and programs take them: the dossier to correct (docs/dossier.md), and one JSON line for each fact."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from comity.graph.kinds import kind_of
from comity.loaders.reading.draft import INTENDED, Draft, Mention, ReadFact

DOUBTFUL = 0.5
"""Below this confidence a draft asks its reader to look twice."""

_PLAIN = re.compile(r"[A-Za-z0-9À-ÿ](?:[\w .'’()/+–-]*[\w).])?")
_NO_TEXT = frozenset({"null", "Null", "NULL"})
_HEAD = """\
# A draft: {what}, as comity read them. Nobody has checked it yet.
#
# Go through the facts with the text beside them: correct what is wrong, remove what is no fact, then
#     comity check FILE
#     comity load dossier FILE
# `place` is where the words stand in the text: characters from 0, and a hash of the words. `repaired` keeps what stood there
# before a garbled date was mended. Comments say what was inferred; what was left out is listed at the end.
"""


def draft_dossier(drafts: Sequence[Draft], name: str = "") -> str:
    """The draft dossier of these documents, under an id made of `name` or of the first document's file."""
    dossier = _slug(name or Path(drafts[0].file).stem)
    keys = _keys(drafts)
    what = (
        counted(sum(len(draft.facts) for draft in drafts), "fact") + " in " + counted(len(drafts), "document")
    )
    lines = [_HEAD.format(what=what) + f"dossier: {dossier}"]
    lines.append(f"title: {_scalar('Draft of ' + (drafts[0].title if len(drafts) == 1 else dossier))}")
    lines.append("sources:")
    for key, draft in zip(keys, drafts, strict=True):
        lines += _source(key, draft)
    lines.append("facts:")
    used = set[str]()
    for key, draft in zip(keys, drafts, strict=True):
        for fact in draft.facts:
            id = fact.id if fact.id not in used else _free(f"{fact.id}-{key}"[:90].rstrip("-"), used)
            used.add(id)
            lines += ["", *_fact(id, fact, key, draft)]
    if not used:
        lines.append("  # No fact was found.")
    for key, draft in zip(keys, drafts, strict=True):
        lines += _remarks(draft, key if len(drafts) > 1 else "")
    return "\n".join(lines) + "\n"


def json_lines(draft: Draft) -> str:
    """One JSON object a line for each fact, those that the text denies among them (their statements say so)."""
    return "".join(
        json.dumps(record(draft.file, fact), ensure_ascii=False) + "\n"
        for fact in (*draft.facts, *draft.denied)
    )


def record(file: str, fact: ReadFact) -> dict[str, Any]:
    """A fact as plain JSON values. A date or status that is not told is an empty text, a repair that there was not is null."""
    return {
        "file": file, "id": fact.id, "kind": fact.kind, "types": list(fact.types), "name": fact.name,
        "parties": [{"actor": party.actor, "role": party.role} for party in fact.parties],
        "date": fact.date, "status": fact.status, "confidence": fact.confidence, "statements": [_statement(mention) for mention in fact.mentions],
    }  # fmt: skip


def counted(number: int, noun: str) -> str:
    """A number of things: 1 fact, 2 facts."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _statement(mention: Mention) -> dict[str, Any]:
    repair = {"was": mention.date.was, "rule": mention.date.rule} if mention.date.rule else None
    return {
        "start": mention.start, "end": mention.end, "quote_sha256": mention.sha256, "method": mention.method,
        "confidence": mention.confidence, "repair": repair, "assertion": str(mention.assertion),
        "status": mention.status, "date": mention.date.edtf, "doubts": list(_doubts(mention)),
    }  # fmt: skip


def _doubts(mention: Mention) -> Iterator[str]:
    yield from mention.doubts
    yield from mention.date.doubts
    if mention.date.planned:
        yield f"{mention.date.edtf} is the time planned, not that of the step {mention.status}."


def _keys(drafts: Sequence[Draft]) -> list[str]:
    keys: list[str] = []
    for draft in drafts:
        keys.append(_free(_slug(Path(draft.file).stem), keys))
    return keys


def _free(id: str, used: Collection[str]) -> str:
    """The id, or with the first number from 2 that makes it one that is not used."""
    if id not in used:
        return id
    return next(name for number in count(2) if (name := f"{id}-{number}") not in used)


def _slug(text: str) -> str:
    """An id of small letters, digits and hyphens; `text` where there is none in it (standard input, another script)."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "text"


def _source(key: str, draft: Draft) -> Iterator[str]:
    yield f"  {key}:"
    yield f"    title: {_scalar(draft.title)}"
    if draft.publisher:
        yield f"    publisher: {_scalar(draft.publisher)}"
    if draft.date_ground:
        yield f"    # The date: {_comment(draft.date_ground)}."
    if draft.date:
        yield f"    date: {_scalar(draft.date)}"
    else:
        yield "    # date: when it was published; nobody told, and years that the text leaves open depend on it"
    yield f"    sha256: {draft.sha256}"
    yield f"    original_sha256: {draft.original_sha256}"


def _fact(id: str, fact: ReadFact, key: str, draft: Draft) -> Iterator[str]:
    if fact.confidence < DOUBTFUL:
        yield f"  # Doubtful (confidence {fact.confidence:g}): read its words before you keep it."
    yield f"  {id}:"
    yield f"    kind: {fact.kind}"
    if fact.types:
        yield f"    types: [{', '.join(fact.types)}]"
    yield f"    title: {_scalar(fact.title)}"
    default = kind_of(fact.kind).default_role
    if all(party.role == default for party in fact.parties):
        yield f"    parties: [{', '.join(party.actor for party in fact.parties)}]"
    else:
        yield "    parties:"
        for party in fact.parties:
            yield f"      - {{actor: {party.actor}, role: {party.role}}}"
    yield "    accounts:"
    dated = {mention.status for mention in fact.mentions if mention.date.edtf and not mention.date.planned}
    for mention in fact.mentions:
        yield from _account(
            mention, key, draft, mention.status in dated, "planned" in kind_of(fact.kind).steps
        )


def _account(mention: Mention, key: str, draft: Draft, dated: bool, plans: bool) -> Iterator[str]:
    """One passage. A planned time has the step `planned` where the kind has it (`plans`), else only the comment tells it."""
    yield f"      - source: {key}"
    yield f"        place: {{start: {mention.start}, end: {mention.end}, sha256: {mention.sha256}}}"
    for doubt in _doubts(mention):
        yield f"        # {_comment(doubt)}"
    yield f"        confidence: {mention.confidence:g}"
    step, date = mention.status, mention.date.edtf
    ahead = date if mention.date.planned else ""
    if ahead:
        date = ""
    if not date and not dated:
        step, date = "announced" if step in INTENDED else step, _before(draft.date)
        if date:
            yield f"        # The text gives no date{' of that' if ahead else ''}: it was on the day of the document or before."
        else:
            yield f"        # {step}: the text gives no date; write one if you know it"
    says = [f"planned: {_scalar(ahead)}"] if ahead and plans else []
    if date:
        says.append(f"{step}: {_scalar(date)}")
    if mention.name:
        says.append(f"title: {_scalar(mention.name)}")
    if mention.location:
        says.append(f"location: [{_scalar(mention.location)}]")
    if mention.people:
        says.append(f"people: [{', '.join(map(_scalar, mention.people))}]")
    if says:
        yield "        says:"
        yield from (f"          {line}" for line in says)
    if mention.date.rule and mention.date.edtf and (plans or not ahead):
        yield "        repaired:"
        yield f"          {'planned' if ahead else step}: {{was: {_quoted(mention.date.was)}, rule: {mention.date.rule}}}"


def _before(date: str) -> str:
    """On the document's day or before it; nothing where the date is no plain one."""
    return f"[..{date}]" if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?[?~%]?", date) else ""


def _remarks(draft: Draft, key: str) -> Iterator[str]:
    of = f" of {key}" if key else ""
    if draft.corrections:
        yield f"\n# Repaired in the text{of} before it was read (place, words, reading, rule):"
        for one in draft.corrections:
            yield f"#   {one.start}–{one.end}  {_quoted(one.was)} → {_quoted(one.now)}  {one.rule}"
    if draft.left_out:
        yield f"\n# Left out{of} (place, reason):"
        yield from (f"#   {one.start}–{one.end}  {_comment(one.reason)}" for one in draft.left_out)
    if draft.denied:
        yield f"\n# Denied by the text{of}, so no fact:"
        for fact in draft.denied:
            places = ", ".join(f"{mention.start}–{mention.end}" for mention in fact.mentions)
            yield f"#   {places}  {_comment(fact.title)}"


def _scalar(text: str) -> str:
    """The text as YAML takes it for a text: plain where it can be, else in double quotes."""
    return text if _PLAIN.fullmatch(text) and text not in _NO_TEXT else _quoted(text)


def _quoted(text: str) -> str:
    """The text in double quotes, with what YAML would take for a line end escaped and without control characters, which none may hold."""
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", text)
    return "".join(
        sign
        if sign.isprintable()
        else f"\\u{ord(sign):04x}"
        if ord(sign) < 0x10000
        else f"\\U{ord(sign):08x}"
        for sign in json.dumps(kept, ensure_ascii=False)
    )


def _comment(text: str) -> str:
    """The text on one line, so that nothing of it leaves the comment."""
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split())
    )


def texts_beside(drafts: Iterable[Draft], folder: Path, taken: Collection[Path] = ()) -> dict[Path, str]:
    """The texts that were taken out of files, and the names under which they are written beside the draft; no other file has them.

    `taken` are files that are written too, resolved.
    """
    found: dict[Path, str] = {}
    for draft in drafts:
        if draft.derived:
            path = folder / f"{Path(draft.file).stem or 'text'}.txt"
            if (
                path in found
                or path.resolve() in taken
                or (path.exists() and path.read_bytes() != draft.text.encode())
            ):
                path = path.with_stem(f"{path.stem}-{draft.sha256[:8]}")
            found[path] = draft.text
    return found
