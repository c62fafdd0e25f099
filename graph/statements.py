"""Reading statements back from a store, as they stand now or stood on a day."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from comity.graph.accounts import DECISION
from comity.graph.dates import day_after
from comity.graph.model import Source, Statement
from comity.graph.records import batches
from comity.graph.stores.base import Row, Run, Store


def from_json(text: str, id: str = "") -> Statement:
    """The statement whose content a store holds as JSON, and under which id it does, if that need not be made again."""
    return Statement.from_dict(json.loads(text), id)


def read_statements(
    store: Store,
    *,
    kinds: Sequence[str] = (),
    facts: Sequence[str] = (),
    sources: Sequence[str] = (),
    known_on: date | None = None,
) -> list[Statement]:
    """The live statements of these kinds, facts and sources (ids of collections or of single sources); empty means all.

    With `known_on` they are those that were live at the end of that day (UTC): later ones are not there, those closed since are.
    """
    # One record with a list costs a fraction of a record for each statement. Facts are found one by one by their index.
    query = (
        ("UNWIND $facts AS fact MATCH (s:Statement {fact: fact}) " if facts else "MATCH (s:Statement) ")
        + "WHERE ($past OR s.live) AND (size($kinds) = 0 OR s.kind IN $kinds) "
        "AND (size($sources) = 0 OR s.collection IN $sources OR s.source IN $sources) RETURN "
        + ("collect([s.id, s.states, s.opened, s.closed])" if known_on else "collect([s.id, s.states])")
        + " AS found"
    )
    parameters = {"kinds": list(kinds), "sources": list(sources), "past": known_on is not None}
    found: list[Statement] = []
    for batch in batches(facts) if facts else [[]]:
        rows = store.read(query, {**parameters, "facts": batch})[0]["found"]
        if known_on is not None:
            rows = [row for row in rows if live_on(row[2], row[3], known_on)]
        found += [from_json(row[1], row[0]) for row in rows]
    return found


def held_statements(run: Run, facts: Sequence[str]) -> list[Row]:
    """Every statement of a source, live or closed, about these facts: id, fact, live; decisions of people are not among them."""
    query = (
        "UNWIND $facts AS fact MATCH (s:Statement {fact: fact}) WHERE s.method <> $decision "
        "RETURN collect([s.id, s.fact, s.live, s.source]) AS found"
    )
    return [
        dict(zip(("id", "fact", "live", "source"), row, strict=True))
        for batch in batches(facts)
        for row in run(query, {"facts": batch, "decision": DECISION})[0]["found"]
    ]


def live_statements(run: Run, facts: Sequence[str], *, decisions_only: bool = False) -> list[Statement]:
    """The live statements about these facts, or only the decisions of people among them."""
    query = (
        "UNWIND $facts AS fact MATCH (s:Statement {fact: fact}) WHERE s.live AND ($all OR s.method = $decision) "
        "RETURN collect([s.states, s.id]) AS found"
    )
    return [
        from_json(states, id)
        for batch in batches(facts)
        for states, id in run(query, {"facts": batch, "all": not decisions_only, "decision": DECISION})[0][
            "found"
        ]
    ]


def live_facts(store: Store, collection: str, sources: Sequence[str] = ()) -> set[str]:
    """The facts of the collection of which some source's statement is live, or one of these sources'."""
    query = (
        "MATCH (s:Statement) WHERE s.collection = $collection AND s.live AND s.method <> $decision "
        "AND (size($sources) = 0 OR s.source IN $sources) RETURN collect(DISTINCT s.fact) AS found"
    )
    parameters = {"collection": collection, "decision": DECISION, "sources": list(sources)}
    return set(store.read(query, parameters)[0]["found"])


def read_sources(store: Store, known_on: date | None = None) -> dict[str, Source]:
    """Every source that the store knows, by id, those of closed statements among them, as described now or at the end of that day."""
    names = [item.name for item in fields(Source)]
    columns = ", ".join(f"s.{name} AS {name}" for name in names)
    rows = store.read(f"MATCH (s:Source) RETURN {columns}, s.earlier AS earlier ORDER BY id")
    described = (described_on(row, known_on) for row in rows)
    return {row["id"]: Source(**{name: row.get(name) or "" for name in names}) for row in described}


def described_on(row: Row, known_on: date | None) -> Row:
    """A source's node as it was described at the end of a day of record: as it is, or as one of its `earlier` descriptions has it."""
    if known_on is None:
        return row
    moment = day_after(known_on).isoformat()
    before = (json.loads(text) for text in row["earlier"] or ())  # the oldest first
    return next((told for told in before if told["until"] >= moment), row)


def live_on(opened: Sequence[str], closed: Sequence[str], day: date) -> bool:
    """Whether a span of record time was open at the end of the day (ISO texts in UTC sort as times do)."""
    moment = day_after(day).isoformat()
    begun = sum(text < moment for text in opened)
    over = sum(text < moment for text in closed)
    return begun > over
