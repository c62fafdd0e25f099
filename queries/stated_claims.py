"""Claims of a store: those that its sources state, each with who says so and what the facts make of it, and any that is asked about."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.graph.accounts import STRICT, Policy
from comity.graph.claims import PROPERTY, Claim, claimable
from comity.graph.errors import InputError, UnknownName
from comity.graph.facts import read_facts
from comity.graph.identity import APPLIED_FROM
from comity.graph.model import Source, Statement
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode, read_actors
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_steadily
from comity.queries.claims import Finding, Limits, Witness, check
from comity.queries.dyads import cited
from comity.queries.naming import actor_id
from comity.queries.plain import plain

_WORDED = "claim"
"""The property that holds a claim as the source words it."""

_ONLY_WORDS = "it is told in words only, with no scope that facts can test"


@dataclass(frozen=True, slots=True)
class Saying:
    """Who makes a claim: the source, its statement, where it stands, and the claim in the account's words."""

    source: str
    statement: str
    place: str
    claim: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the facts make of a claim about a fact, and who makes it.

    A claim that is told in words only is `untestable` and has no limits.
    """

    fact: str
    title: str
    claim: str
    finding: Finding
    because: str
    by: tuple[Witness, ...]
    limits: Limits | None
    said_by: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms facts are compared: how disagreement is settled, on which day of record (None: now), which sources alone
    (collections or single ones; empty: all), and from which confidence on facts that were judged to be the same are one.
    """

    policy: Policy = STRICT
    known_on: date | None = None
    sources: tuple[str, ...] = ()
    same_from: float = APPLIED_FROM


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked of claims: the answers, the sources that they cite, and on what terms they hold."""

    terms: Terms
    rows: tuple[Answer, ...]
    cited: dict[str, Source]
    revision: str

    @property
    def all_supported(self) -> bool:
        """Whether no claim is contradicted or untestable."""
        return all(row.finding is Finding.SUPPORTED for row in self.rows)

    @property
    def numbers(self) -> dict[str, int]:
        """How many claims are supported, contradicted and untestable."""
        return {str(finding): sum(row.finding is finding for row in self.rows) for finding in Finding}

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        terms = self.terms
        return {
            "policy": str(terms.policy),
            **({"known_on": terms.known_on.isoformat()} if terms.known_on else {}),
            "only_sources": list(terms.sources),
            "same_from": terms.same_from,
            "revision": self.revision,
            "claims": [
                {**plain(row), "limits_in_words": str(row.limits) if row.limits else ""} for row in self.rows
            ],
            "sources": cited(self.cited),
        }


def check_claim(
    store: Store,
    fact: str,
    claim: str,
    *,
    policy: Policy = STRICT,
    known_on: date | None = None,
    sources: Sequence[str] = (),
    applied_from: float = APPLIED_FROM,
) -> Answers:
    """What the facts make of one claim about the fact of that id; `said_by` are those who state the very same.

    Facts are compared as they stand under the policy, only those of `sources` (collections or single sources) if any are named.
    `InputError` says which word of the claim cannot stand, `UnknownName` that there is no such fact or source.
    """
    terms = Terms(policy, known_on, tuple(sources), applied_from)
    parsed = _parse(claim, store, read_actors(store))
    held = _read(store, terms, [parsed.kind])
    if not held.has(fact):
        held = _read(store, terms)  # it may be of another kind
    about = held.named(fact)
    row = _answer(held, about, parsed, dict(_scopes(about)).get(str(parsed), ()))
    return _answers(held, [row], terms)


def check_claims(
    store: Store,
    *,
    facts: Sequence[str] = (),
    policy: Policy = STRICT,
    known_on: date | None = None,
    sources: Sequence[str] = (),
    applied_from: float = APPLIED_FROM,
) -> Answers:
    """What the facts make of every claim that is stated in the store, or of these facts, in the order of the facts.

    Several who state the same scope make one answer. Options as for `check_claim`.
    """
    terms = Terms(policy, known_on, tuple(sources), applied_from)
    held = _read(store, terms)
    about = [held.named(id) for id in facts] if facts else held.facts
    return _answers(held, [row for fact in about for row in _stated(held, fact)], terms)


@dataclass(frozen=True, slots=True)
class _Held:
    """What a store holds that claims can be about, at one revision."""

    store: Store
    facts: tuple[Fact, ...]
    actors: Mapping[str, ActorNode]
    sources: Mapping[str, Source]
    revision: str

    def has(self, id: str) -> bool:
        """Whether the fact of that id is among them."""
        return any(id in fact.ids for fact in self.facts)

    def named(self, id: str) -> Fact:
        """The fact of that id; `UnknownName` lists some that there are."""
        for fact in self.facts:
            if id in fact.ids:
                return fact
        ids = [known for fact in self.facts for known in fact.ids]
        raise UnknownName.among(f"fact to make a claim of ({', '.join(claimable())})", id, ids)


def _read(store: Store, terms: Terms, kinds: Sequence[str] = ()) -> _Held:
    """The facts of these kinds (all that claims can be about) with actors and sources; `UnknownName` for a source that is none."""

    def read() -> tuple[list[Fact], dict[str, ActorNode], dict[str, Source]]:
        facts = read_facts(
            store,
            kinds=kinds or list(claimable()),
            sources=terms.sources,
            policy=terms.policy,
            known_on=terms.known_on,
            applied_from=terms.same_from,
        )
        return facts, read_actors(store), read_sources(store, terms.known_on)

    (facts, actors, known), revision = read_steadily(store, read)
    return _Held(store, tuple(facts), actors, known, revision)


def _parse(text: str, store: Store, actors: Mapping[str, ActorNode]) -> Claim:
    """The claim, its actors by id, name or code."""
    return Claim.parse(text, lambda name: name if name in actors else actor_id(store, name))


def _stated(held: _Held, fact: Fact) -> Iterator[Answer]:
    """One answer for each scope that is stated of the fact, and one for each claim that is told in words only."""
    for text, said_by in _scopes(fact):
        try:
            claim = _parse(text, held.store, held.actors)
        except InputError as error:
            yield _untold(fact, text, f"its scope cannot be read: {error}", said_by)
        else:
            yield _answer(held, fact, claim, said_by)
    for text, said_by in _worded(fact):
        yield _untold(fact, text, _ONLY_WORDS, said_by)


def _scopes(fact: Fact) -> list[tuple[str, tuple[Saying, ...]]]:
    """Each scope stated of the fact with those who state it."""
    found: defaultdict[str, list[Saying]] = defaultdict(list)
    for statement in fact.statements:
        told = dict(statement.properties)
        scopes, words = told.get(PROPERTY, ()), told.get(_WORDED, ())
        for place, scope in enumerate(scopes):
            worded = words[place] if len(words) == len(scopes) else "; ".join(words)
            found[scope].append(_saying(statement, worded))
    return [(scope, tuple(said)) for scope, said in sorted(found.items())]


def _worded(fact: Fact) -> list[tuple[str, tuple[Saying, ...]]]:
    """Each claim of an account that states no scope, with those who make it."""
    found: defaultdict[str, list[Saying]] = defaultdict(list)
    for statement in fact.statements:
        told = dict(statement.properties)
        for words in told.get(_WORDED, ()) if PROPERTY not in told else ():
            found[words].append(_saying(statement, words))
    return [(words, tuple(said)) for words, said in sorted(found.items())]


def _saying(statement: Statement, words: str) -> Saying:
    return Saying(statement.source, statement.id, str(statement.place), words)


def _answer(held: _Held, fact: Fact, claim: Claim, said_by: tuple[Saying, ...]) -> Answer:
    found = check(fact, claim, held.facts, held.actors)
    return Answer(
        fact.id, fact.title, str(claim), found.finding, found.because, found.by, found.limits, said_by
    )


def _untold(fact: Fact, text: str, because: str, said_by: tuple[Saying, ...]) -> Answer:
    return Answer(fact.id, fact.title, text, Finding.UNTESTABLE, because, (), None, said_by)


def _answers(held: _Held, rows: Sequence[Answer], terms: Terms) -> Answers:
    told = {source for row in rows for witness in row.by for source in (*witness.sources, *witness.dated_by)}
    told |= {saying.source for row in rows for saying in row.said_by}
    known = {id: source for id, source in held.sources.items() if id in told}
    return Answers(terms, tuple(rows), known, held.revision)
