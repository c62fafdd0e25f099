"""Rules about what is made of the statements: stored facts, parties and ties must be what resolving gives today."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from comity.graph.model import Source, collection_of, digest_of
from comity.graph.records import fact_row, party_rows, tie_rows
from comity.graph.revision import revision_of
from comity.graph.stores.base import Row
from comity.queries.audit.evidence import anew
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding

_ACTOR = ("id", "name", "names", "codes", "wikidata", "latitude", "longitude")
"""What the digest of an actor that only one collection knows is made of."""


def facts_that_differ(held: Holding) -> Looked:
    """Facts whose node or evidence is not what their statements give."""

    def faults() -> Iterator[Fault]:
        for id in there:
            given = fact_row(held.facts[id])
            differ = _differences(given, held.fact_rows[id])
            told = "; ".join(
                f"{name} is stored as {_text(held.fact_rows[id].get(name))} and should be {_text(given.get(name))}"
                for name in differ[:3]
            )
            told += f"; and {len(differ) - 3} more" if len(differ) > 3 else ""
            strays = sorted(statement for statement in stored[id] - wanted[id])
            lost = sorted(statement for statement in wanted[id] - stored[id] if statement in held.about)
            edges = [
                f"statement {statement} should {'not ' if wrong else ''}be its evidence"
                for wrong, ids in ((True, strays), (False, lost))
                for statement in ids
            ]
            if differ or edges:
                said = "; ".join(part for part in (told, *edges) if part)
                related = tuple(f"statement {statement}" for statement in (*strays, *lost))
                yield Fault(f"fact {id}", f"fact {id}: {said}; {anew(collection_of(id))}", related)

    there = _both(held)
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    stored: defaultdict[str, set[str]] = defaultdict(set)
    names = {name: fact.id for fact in held.facts.values() for name in fact.ids}
    for id, statement in held.statements.items():
        # A decision may be about a fact that only a judgement makes one with a stated one.
        fact = names.get(statement.fact) or next(
            (names[same] for same in sorted(held.identity.of_fact(statement.fact)) if same in names), None
        )
        if fact:
            wanted[fact].add(id)
    for id, facts in held.about.items():
        for fact in facts:
            stored[fact].add(id)
    return Looked(len(there), tuple(faults()))


def parties_that_differ(held: Holding) -> Looked:
    """Facts whose PARTY edges are not what their statements give."""
    there = _both(held)
    given = {
        id: [{"actor": row["actor"], "party": row["party"]} for row in party_rows(held.facts[id])]
        for id in there
    }
    return Looked(len(there), tuple(_edges_that_differ("party", given, held.party_rows, there)))


def ties_that_differ(held: Holding) -> Looked:
    """Facts whose ties are not what their statements give by the every-pair rule, and ties of facts that are not there."""
    given: defaultdict[str, list[Row]] = defaultdict(list)
    for row in tie_rows(held.facts.values()):
        given[row["tie"]["fact"]].append(row)
    ids = sorted((held.facts.keys() | held.tie_rows.keys()) - held.doubtful_facts)
    # Of a fact without a node everything is missing, and another rule says so.
    ids = [id for id in ids if id in held.fact_rows or id in held.tie_rows]
    return Looked(len(ids), tuple(_edges_that_differ("tie", given, held.tie_rows, ids)))


def revision_that_differs(held: Holding) -> Looked:
    """A store whose revision is not that of its live statements, judgements, sources and own actors."""
    stored, given = held.store.revision(), revision_of(map(str, held.counted))
    if stored == given:
        return Looked(1)
    said = f"its revision is {stored[:12]}…, but that of what it holds is {given[:12]}…"
    remedy = "something was written past comity: load its sources into a new store"
    return Looked(1, (Fault("store revision", f"the store: {said}; {remedy}"),))


def descriptions_that_differ(held: Holding) -> Looked:
    """Live sources and own actors whose digest is not that of their description."""
    checked, faults = 0, []
    described = [("source", id, row) for id, row in held.sources.items() if row.get("live")]
    described += [("actor", id, row) for id, row in held.actors.items() if row.get("digest")]
    for sort, id, row in described:
        checked += 1
        if row.get("digest") != (_source_digest(row) if sort == "source" else _actor_digest(row)):
            collection = str(row.get("collection"))
            faults.append(
                Fault(
                    f"{sort} {id}",
                    f"{sort} {id}: its description was changed past comity; `comity retract {collection}`, then load it again",
                )
            )
    return Looked(checked, tuple(faults))


def _both(held: Holding) -> list[str]:
    """The facts that are stored and that readable statements give."""
    return [id for id in held.facts if id in held.fact_rows and id not in held.doubtful_facts]


def _edges_that_differ(
    what: str, given: Mapping[str, list[Row]], stored: Mapping[str, list[Row]], facts: Iterable[str]
) -> Iterator[Fault]:
    plural = {"party": "parties", "tie": "ties"}[what]
    for id in facts:
        right, wrong = Counter(map(_text, given.get(id, ()))), Counter(map(_text, stored.get(id, ())))
        if right == wrong:
            continue
        missing, extra = right - wrong, wrong - right
        counts = ", ".join(
            f"{number} {plural if number > 1 else what} {said}"
            for number, said in (
                (missing.total(), "missing or otherwise"),
                (extra.total(), "that no statement gives"),
            )
            if number
        )
        row = json.loads(next(iter(sorted(missing or extra))))
        example = row["actor"] if what == "party" else f"{row['left']}–{row['right']}"
        yield Fault(
            f"fact {id}",
            f"fact {id}: {counts}, such as {example}; {anew(collection_of(id))}",
            tuple(f"actor {actor}" for actor in example.split("–")),
        )


def _differences(given: Mapping[str, Any], stored: Mapping[str, Any]) -> list[str]:
    names = sorted(given.keys() | stored.keys())
    return [name for name in names if _text(given.get(name)) != _text(stored.get(name))]


def _text(value: Any) -> str:
    """A value as text that is the same on every engine: properties without a value left away, days as ISO text."""
    return json.dumps(_without_nothing(value), ensure_ascii=False, sort_keys=True, default=str)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nothing(item) for name, item in value.items() if item is not None}
    return list(map(_without_nothing, value)) if isinstance(value, list | tuple) else value


def _source_digest(row: Row) -> str:
    return Source(**{item.name: row.get(item.name) or "" for item in fields(Source)}).digest


def _actor_digest(row: Row) -> str:
    return digest_of({name: row.get(name) for name in _ACTOR})
