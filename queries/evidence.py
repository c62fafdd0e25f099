"""The evidence for a fact: what each statement says, where, in which words, since when it is known, and who disagrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.graph.identity import APART, APPLIED_FROM, Identity, Judgement
from comity.graph.judgements import read_identity
from comity.graph.model import Source, Statement
from comity.graph.records import batches
from comity.graph.resolve import Fact
from comity.graph.slices import today
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.graph.told import text_of
from comity.queries.conflicts import Conflict, conflicts_of
from comity.queries.texts import Words, texts_of, words_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement about a fact.

    `says` are its steps, types, properties and parties as texts (name, value), `names` the actors that it names; `repaired` what stood there before a repair, and
    the rule. `known_since` is when it was first recorded (ISO 8601, UTC).
    """

    statement: str
    source: str
    cite: str
    url: str
    place: str
    start: int | None
    end: int | None
    words: Words
    says: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    repaired: tuple[tuple[str, str, str], ...]
    method: str
    confidence: float
    known_since: str


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """A fact with all its evidence and everything on which its sources disagree.

    `judgements` are those by which facts of several ids are this one.
    """

    fact: str
    ids: tuple[str, ...]
    judgements: tuple[Judgement, ...]
    title: str
    other_titles: tuple[str, ...]
    kind: str
    types: tuple[str, ...]
    status: str
    when: str
    parties: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    statements: tuple[Evidence, ...]


def evidence_of(
    fact: Fact,
    sources: Mapping[str, Source],
    texts: Mapping[str, str],
    since: Mapping[str, str],
    identity: Identity = APART,
) -> FactEvidence:
    """The evidence for a fact. `texts` are by hash (queries/texts.py), `since` is when each statement was first recorded."""
    return FactEvidence(
        fact=fact.id,
        ids=fact.ids,
        judgements=tuple(one for one in identity.applied if set(one.pair) <= set(fact.ids)),
        title=fact.title,
        other_titles=fact.titles[1:],
        kind=fact.kind,
        types=fact.types,
        status=fact.status_on(today().earliest_begin),
        when=fact.span.text if fact.span else "",
        parties=tuple(dict.fromkeys(party.actor for party in fact.parties)),
        conflicts=tuple(conflicts_of(fact, sources, texts)),
        statements=tuple(
            _evidence(statement, sources.get(statement.source), texts, since) for statement in fact.statements
        ),
    )


def read_evidence(
    store: Store,
    facts: Sequence[Fact],
    *,
    known_on: date | None = None,
    applied_from: float = APPLIED_FROM,
    texts: Path | None = None,
) -> dict[str, FactEvidence]:
    """The evidence for these facts of the store, by their ids. `texts` is a folder with the texts of sources, to show the words from."""
    told = {statement.source for fact in facts for statement in fact.statements}
    known = {id: source for id, source in read_sources(store, known_on).items() if id in told}
    found = texts_of(texts, known)
    since = read_since(store, sorted({id for fact in facts for id in fact.ids}))
    identity = read_identity(store.read, known_on, applied_from)
    return {fact.id: evidence_of(fact, known, found, since, identity) for fact in facts}


def read_since(store: Store, facts: Sequence[str]) -> dict[str, str]:
    """When each statement about these facts was first recorded, those that were retracted since among them."""
    query = "MATCH (s:Statement) WHERE s.fact IN $facts RETURN s.id AS id, s.opened[0] AS since"
    return {
        row["id"]: row["since"] for batch in batches(facts) for row in store.read(query, {"facts": batch})
    }


def step_text(name: str, between: Sequence[str]) -> str:
    """A step as one text: its name, and the parties that it is confined to, if it is."""
    return " ".join((name, *(("between", *between) if between else ())))


def said(statement: Statement) -> tuple[tuple[str, str], ...]:
    """What a statement states, as (name, value)."""
    steps = [(step_text(step.name, step.between), step.when.text) for step in statement.steps]
    types = [("types", ", ".join(statement.types))] if statement.types else []
    titles = [("title", title) for title in statement.titles]
    parties = [("party", text_of(party)) for party in statement.parties]
    properties = [(name, value) for name, values in statement.properties for value in values]
    return (*steps, *types, *titles, *properties, *parties)


def _evidence(
    statement: Statement, source: Source | None, texts: Mapping[str, str], since: Mapping[str, str]
) -> Evidence:
    place = statement.place
    return Evidence(
        statement=statement.id,
        source=statement.source,
        cite=source.cite() if source else statement.source,
        url=source.url if source else "",
        place=str(place),
        start=place.start,
        end=place.end,
        words=words_of(statement, source, texts),
        says=said(statement),
        names=tuple(dict.fromkeys(party.actor for party in statement.parties)),
        repaired=tuple((repair.property, repair.was, repair.rule) for repair in statement.repairs),
        method=statement.method,
        confidence=statement.confidence,
        known_since=since.get(statement.id, ""),
    )
