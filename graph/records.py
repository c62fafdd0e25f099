"""The graph in the database: how sources, statements, facts, parties and ties become nodes and edges, and the Cypher that
writes them. The same text runs on every engine; labels come from the kinds, values are always parameters.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from comity.graph.dates import When
from comity.graph.kinds import kind_of
from comity.graph.model import Statement, canonical_json
from comity.graph.resolve import Fact
from comity.graph.stores.base import Row, Run, Transaction
from comity.graph.ties import derive_ties

BATCH = 10_000
"""Rows in one UNWIND: what Neo4j writes fastest without a large transaction log."""

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def write_statements(run: Run, statements: Sequence[Statement], now: str) -> None:
    """Make the nodes of statements that the store does not have, and open their first span of record time.

    That none of them is there is the caller's to know: it holds the lock of the one writer.
    """
    each(
        run,
        "UNWIND $rows AS row MATCH (o:Source {id: row.source}) CREATE (s:Statement)-[:FROM]->(o) "
        "SET s = row, s.opened = [$now], s.closed = [], s.live = true",
        [statement_row(statement) for statement in statements],
        now=now,
    )


def statement_row(statement: Statement) -> Row:
    """A statement's node: what is asked of it most as properties, and all that it states as JSON in `states`."""
    place = statement.place
    return {
        "id": statement.id,
        "fact": statement.fact,
        "kind": statement.kind,
        "collection": statement.collection,
        "source": statement.source,
        "place": place.text or None,
        "start": place.start,
        "end": place.end,
        "quote_sha256": place.sha256 or None,
        "words": statement.words or None,
        "method": statement.method,
        "confidence": statement.confidence,
        "states": canonical_json(statement.to_dict()),
    }


def reopen_statements(run: Run, ids: Sequence[str], now: str) -> None:
    """Open another span of record time for statements that had been closed."""
    each(
        run,
        "UNWIND $rows AS row MATCH (s:Statement {id: row}) SET s.opened = s.opened + [$now], s.live = true",
        ids,
        now=now,
    )


def close_statements(run: Run, ids: Sequence[str], now: str) -> None:
    """Close the open span of record time; the statement stays. Its fact is to be made anew."""
    each(
        run,
        "UNWIND $rows AS row MATCH (s:Statement {id: row}) SET s.closed = s.closed + [$now], s.live = false",
        ids,
        now=now,
    )


def held_facts(run: Run, ids: Sequence[str]) -> dict[str, str]:
    """Which of these facts have a node, and their kinds."""
    query = "UNWIND $ids AS id MATCH (f:Fact {id: id}) RETURN f.id AS id, f.kind AS kind"
    return {row["id"]: row["kind"] for batch in batches(ids) for row in run(query, {"ids": batch})}


def delete_facts(run: Transaction, facts: Mapping[str, str]) -> None:
    """Take away facts (id to kind) with their parties and ties, to be written anew or left away; their statements stay."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for fact, kind in facts.items():
        by_label[kind_of(kind).label].append(fact)
    for label, ids in by_label.items():
        for batch in batches(ids):
            run.delete_ties(label, batch)
        each(run, "UNWIND $rows AS row MATCH (f:Fact {id: row}) DETACH DELETE f", ids)


def write_facts(run: Run, facts: Sequence[Fact], labels: Mapping[str, str]) -> None:
    """Make facts that the store does not have, their parties and ties, and the edges from their statements.

    `labels` gives each actor's label.
    """
    each(
        run,
        "UNWIND $rows AS row CREATE (f:Fact) SET f = row.fact "
        "WITH f, row UNWIND row.statements AS id MATCH (s:Statement {id: id}) CREATE (s)-[:ABOUT]->(f)",
        [
            {"fact": fact_row(fact), "statements": [statement.id for statement in fact.statements]}
            for fact in facts
        ],
    )
    parties: dict[str, list[Row]] = defaultdict(list)
    for fact in facts:
        for row in party_rows(fact):
            parties[labels[row["actor"]]].append(row)
    for label, rows in parties.items():
        each(
            run,
            f"UNWIND $rows AS row MATCH (f:Fact {{id: row.fact}}), (a:{label} {{id: row.actor}}) "
            "CREATE (f)-[p:PARTY]->(a) SET p = row.party",
            rows,
        )
    ties: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in tie_rows(facts):
        ties[row["label"], labels[row["left"]], labels[row["right"]]].append(row)
    for (label, left, right), rows in ties.items():
        each(
            run,
            f"UNWIND $rows AS row MATCH (a:{left} {{id: row.left}}), (b:{right} {{id: row.right}}) "
            f"CREATE (a)-[t:{label}]->(b) SET t = row.tie",
            rows,
        )


def fact_row(fact: Fact) -> Row:
    """A fact's node: identity, resolved properties (each a list of texts), its steps (each an EDTF text) and its bounds."""
    return {
        **{name: list(resolved.values) for name, resolved in fact.properties.items() if name != "parties"},
        **{step.name: step.when.text for step in fact.steps if not step.between},
        "id": fact.id,
        "ids": list(fact.ids),
        "collection": fact.collection,
        "collections": list(fact.collections),
        "kind": fact.kind,
        "types": list(fact.types),
        "sure_types": list(fact.sure_types),
        "title": fact.title,
        "titles": list(fact.titles),
        "status": fact.status,
        # Every status with its first day, as one text each: rules/status_on_day.cypher finds that of a day.
        "statuses": [f"{day} {status}" for day, status in fact.statuses],
        "sources": list(fact.sources),
        "conflicts": list(fact.conflicts),
        "begin_state": str(fact.begin.state),
        "end_state": str(fact.end.state),
        **bounds_row(fact.span),
    }


def party_rows(fact: Fact) -> Iterator[Row]:
    """A PARTY edge for each party: role, pledges and the time in effect for that party."""
    span = fact.span
    for party in fact.parties:
        own = span.meet(party.dates) if span and party.dates else span
        pledges = fact.types if party.pledges is None else party.pledges
        yield {
            "fact": fact.id,
            "actor": party.actor,
            "party": {
                "role": party.role,
                "pledges": list(pledges) if kind_of(fact.kind).pledged else None,
                **bounds_row(own),
            },
        }


def tie_rows(facts: Iterable[Fact]) -> Iterator[Row]:
    """The ties of the default rule, one row for each phase and pair."""
    told = list(facts)
    collections = {fact.id: fact.collections for fact in told}
    for tie in derive_ties(told):
        yield {
            "label": kind_of(tie.kind).label,
            "left": tie.left,
            "right": tie.right,
            "tie": {
                "fact": tie.fact,
                "collections": list(collections[tie.fact]),
                "types": list(tie.types),
                "sure_types": list(tie.sure_types),
                "views": [" ".join(types) for types in tie.views],  # no property is a list of lists
                "disputed": tie.disputed,
                "status": tie.status,
                "in_effect": tie.in_effect,
                "directed": tie.directed,
                "rule": tie.rule,
                "sources": list(tie.sources),
                **bounds_row(tie.when),
            },
        }


def bounds_row(when: When | None) -> Row:
    """A time as its EDTF text and four bounds; nothing where there is none."""
    if when is None:
        return {}
    return {
        "when": when.text,
        "earliest_begin": when.earliest_begin,
        "latest_begin": when.latest_begin,
        "earliest_end": when.earliest_end,
        "latest_end": when.latest_end,
    }


def each(run: Run, cypher: str, rows: Sequence[Any], **parameters: Any) -> None:
    """Run a Cypher text that unwinds `$rows` for all rows, in batches; not at all where there are none."""
    for batch in batches(rows):
        run(cypher, {"rows": batch, **parameters})
