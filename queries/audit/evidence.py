"""Rules about the chain of evidence: every fact has a live statement, every statement its fact and its source."""

from collections.abc import Iterator
from itertools import zip_longest

from comity.graph.accounts import DECISION
from comity.graph.model import collection_of
from comity.graph.records import statement_row
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding

_RECORD = ("opened", "closed", "live")
"""Properties of a statement's node that say when it was held, not what it says."""


def anew(collection: str) -> str:
    """How to have everything of a collection made anew from its statements."""
    return f"`comity retract {collection}` and `comity restore {collection}` make it anew"


def facts_without_statement(held: Holding) -> Looked:
    """Facts that no live statement gives."""
    faults = [
        Fault(
            f"fact {id}",
            f"fact {id}: no live statement of a source gives it; {anew(collection_of(id))}, or take it away if nobody states it",
        )
        for id in held.fact_rows
        if id not in held.facts and id not in held.doubtful_facts
    ]
    return Looked(len(held.fact_rows), tuple(faults))


def statements_about_nothing(held: Holding) -> Looked:
    """Live statements without an edge to a fact; decisions wait for their facts, and have a rule of their own."""

    def faults() -> Iterator[Fault]:
        for id, row in held.statement_rows.items():
            fact = str(row.get("fact"))
            waits = row.get("method") == DECISION and not there & held.identity.of_fact(fact)
            if id not in held.about and not waits:
                yield Fault(
                    f"statement {id}",
                    f"statement {id} of {row.get('source')}: it has no edge to its fact {fact}; {anew(collection_of(fact))}",
                    (f"fact {fact}",),
                )

    there = held.kind_of_fact.keys()
    return Looked(len(held.statement_rows), tuple(faults()))


def statements_without_source(held: Holding) -> Looked:
    """Live statements without an edge to their source, or with a source that is not live."""

    def faults() -> Iterator[Fault]:
        for id, row in held.statement_rows.items():
            source = str(row.get("source"))
            origins, node = held.origins.get(id, set()), held.sources.get(source)
            if node is None:
                wrong = (
                    f"its source {source} is not there; load {collection_of(source)} with that source again"
                )
            elif source not in origins:
                wrong = f"it has no edge to its source {source}; load it into a new store, this one has lost the edge"
            elif len(origins) > 1:
                others = ", ".join(sorted(origins - {source}))
                wrong = f"it comes from {source}, but has an edge to {others} too; take that edge away"
            elif not node.get("live"):
                verb = "withdraw" if held.statement_rows[id].get("method") == DECISION else "retract"
                wrong = f"its source {source} is retracted; `comity restore {source}`, or `comity {verb} {id[:12]}`"
            else:
                continue
            related = (f"source {source}", f"fact {row.get('fact')}")
            yield Fault(f"statement {id}", f"statement {id}: {wrong}", related)

    return Looked(len(held.statement_rows), tuple(faults()))


def records_that_differ(held: Holding) -> Looked:
    """Statements and judgements that are not what their ids were made of, or cannot be read at all."""
    damaged = "the record is damaged: bring back a copy of the store, or load its sources into a new one"

    def faults() -> Iterator[Fault]:
        for sort, unreadable in (("statement", held.unreadable), ("judgement", held.unreadable_judgements)):
            for id, reason in unreadable.items():
                yield Fault(f"{sort} {id}", f"{sort} {id}: it cannot be read ({reason}); {damaged}")
        for id, statement in held.statements.items():
            row = held.statement_rows[id]
            wanted = {name: value for name, value in statement_row(statement).items() if value is not None}
            stored = {name: value for name, value in row.items() if name not in _RECORD and value is not None}
            differ = sorted(
                name for name in wanted.keys() | stored.keys() if wanted.get(name) != stored.get(name)
            )
            if differ:
                about = (f"fact {statement.fact}", f"source {statement.source}")
                said = f"statement {id}: its {', '.join(differ)} is not what it states"
                yield Fault(f"statement {id}", f"{said}; {damaged}", about)
        for id, judgement in held.judgements.items():
            if id != judgement.id:
                about = (f"fact {judgement.left}", f"fact {judgement.right}")
                said = f"judgement {id}: its id is not that of what it says"
                yield Fault(f"judgement {id}", f"{said}; {damaged}", about)

    return Looked(len(held.statement_rows) + len(held.judgement_rows), tuple(faults()))


def broken_lives(held: Holding) -> Looked:
    """What has record time of which the spans do not follow each other, or do not say whether it is live."""
    faults = []
    for subject, live, opened, closed in held.lives:
        moments = [moment for pair in zip_longest(opened, closed) for moment in pair if moment is not None]
        if len(opened) - len(closed) not in (0, 1) or not opened or moments != sorted(moments):
            wrong = "its spans of record time do not follow each other"
        elif live is not (len(opened) > len(closed)):
            wrong = (
                "it is live without an open span of record time"
                if live
                else "it is not live in an open span of record time"
            )
        else:
            continue
        said = f"{subject}: {wrong}; an answer for a day of record may be wrong: load its sources into a new store"
        faults.append(Fault(subject, said))
    return Looked(len(held.lives), tuple(faults))
