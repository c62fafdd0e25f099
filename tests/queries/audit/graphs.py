"""A small graph without any fault, and ways to write faults into a store that no loader would let in."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from comity.graph.actors import Actor, Code, Name
from comity.graph.identity import Judgement, Verdict
from comity.graph.judgements import open_judgements
from comity.graph.loading import load
from comity.graph.model import Place, Source, Statement
from comity.graph.reading import Reading
from comity.graph.stores import Store
from comity.graph.stores.base import Transaction
from comity.graph.writing import begin
from tests.graph.facts import stated

TEXT = "The two governments signed the treaty on 19 January 1960.\r\nIt entered into force on 23 June."
WORDS = "signed the treaty on 19 January 1960"
START = TEXT.index(WORDS)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


SPAN = Place("", START, START + len(WORDS), sha256(WORDS))
SOURCES = (
    Source("test:a", "A book", url="https://example.org/a"),
    Source(
        "test:b",
        "A text",
        url="https://example.org/b",
        licence="Open Government Licence v3.0",
        sha256=sha256(TEXT),
    ),
)
CLUB = Actor(
    "CLUB", "Organization", "A club", names=(Name("A club"),), codes=(Code("wikidata", "Q999999999"),)
)
PACT = stated("pact", "JPN USA", ["signed 1960-01-19", "in_force 1960-06-23/.."])
QUOTED = replace(stated("pact", "JPN USA", ["signed 1960-01-19"], source="b"), place=SPAN)
STATEMENTS = (
    stated("club", "JPN:member CLUB:organization", ["in_force 2000/.."], kind="membership", types=["full"]),
    stated("drill", "JPN GBR", ["held 2016-10-24/2016-11-06"], kind="drill", types=["air"]),
    PACT,
    QUOTED,
)


def clean(
    *more: Statement, without: Iterable[Statement] = (), sources: tuple[Source, ...] = SOURCES
) -> Reading:
    """The graph without any fault, with other statements or sources where a fault is to come in by a loader."""
    told: list[Statement] = [*(statement for statement in STATEMENTS if statement not in set(without)), *more]
    told.sort(key=lambda statement: statement.fact)
    return Reading("test", sources, told, (CLUB,))


def other(*statements: Statement) -> Reading:
    """Statements of another collection, from a source that can be found."""
    told = sorted(statements, key=lambda statement: statement.fact)
    names = sorted({statement.source for statement in told})
    sources = tuple(Source(name, "Another book", url="https://example.org/c") for name in names)
    return Reading("other", sources, told)


def facts_of_other(store: Store, *names: str, kind: str = "agreement") -> None:
    """Agreements of Japan and the United Kingdom (or facts of another kind) in another collection."""
    types = {"agreement": "defence", "drill": "air"}
    load(
        store,
        other(
            *(
                stated(
                    name, "JPN GBR", ["announced 2017"], kind=kind, types=[types[kind]], collection="other"
                )
                for name in names
            )
        ),
    )


def same(left: str, right: str) -> Judgement:
    return Judgement(left, right, Verdict.SAME, "somebody", 1.0, "the same thing")


def different(left: str, right: str) -> Judgement:
    return Judgement(left, right, Verdict.DIFFERENT, "somebody", 1.0, "other things")


def judge_unchecked(store: Store, *judgements: Judgement) -> None:
    """Write judgements as `judge` does, without asking whether they go together."""

    def work(run: Transaction) -> None:
        change = begin(run)
        open_judgements(run, judgements, change.now)
        if all(judgement.left.partition(":")[2] != "other-kind" for judgement in judgements):
            change.rebuild({fact for judgement in judgements for fact in judgement.pair})
        change.opened += [judgement.id for judgement in judgements]
        change.finish()

    store.write(work)


def tamper(store: Store, cypher: str, **parameters: object) -> None:
    """Write into the database past comity."""
    store.write(lambda run: run(cypher, parameters))
