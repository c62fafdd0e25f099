"""Where sources disagree: every account of every disputed property, and what each policy would make of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.graph.accounts import DECISION, STRICT, Policy, Resolved
from comity.graph.facts import read_facts
from comity.graph.identity import APPLIED_FROM
from comity.graph.model import Source, Statement
from comity.graph.resolve import Fact, resolve
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.queries.dyads import cited
from comity.queries.plain import plain

COMPARED = ("majority", "earliest", "latest")
"""Policies whose result is shown beside each conflict; `strict` settles nothing, `trusted` needs to be told whom to trust."""


@dataclass(frozen=True, slots=True)
class AccountGiven:
    """What one statement says of the property, the place where it says so, and its words where the graph has them."""

    value: str
    source: str
    statement: str
    place: str
    words: str
    method: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property of a fact on which sources disagree.

    `settled_by` is the policy asked for or `decision`, empty where it is unsettled; `value` is what it is settled to, or for an
    unsettled date the time that takes in all accounts. `by_policy` says what each of the policies in `COMPARED` would make of what the sources say.
    """

    fact: str
    title: str
    kind: str
    property: str
    value: str
    settled_by: str
    accounts: tuple[AccountGiven, ...]
    by_policy: dict[str, str]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All disagreements that were asked for, with the policy, the sources that are cited and the revision of the store."""

    policy: Policy
    known_on: date | None
    rows: tuple[Conflict, ...]
    facts: int
    sources: dict[str, Source]
    revision: str

    @property
    def unsettled(self) -> int:
        """How many of them neither the policy nor a decision settles."""
        return sum(not conflict.settled_by for conflict in self.rows)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "policy": str(self.policy),
            **({"known_on": self.known_on.isoformat()} if self.known_on else {}),
            "revision": self.revision,
            "facts": self.facts,
            "conflicts": len(self.rows),
            "unsettled": self.unsettled,
            "rows": plain(self.rows),
            "sources": cited(self.sources),
        }


def find_conflicts(
    store: Store,
    *,
    kinds: Sequence[str] = (),
    facts: Sequence[str] = (),
    sources: Sequence[str] = (),
    policy: Policy = STRICT,
    known_on: date | None = None,
    applied_from: float = APPLIED_FROM,
) -> Conflicts:
    """Every disagreement of sources in the facts of these kinds, ids and sources (empty: all), in the order of the facts."""
    revision = store.revision()
    found = read_facts(
        store,
        kinds=kinds,
        facts=facts,
        sources=sources,
        policy=policy,
        known_on=known_on,
        applied_from=applied_from,
    )
    rows = tuple(conflict for fact in found for conflict in conflicts_of(fact))
    told = {account.source for conflict in rows for account in conflict.accounts}
    known = {id: source for id, source in read_sources(store).items() if id in told}
    return Conflicts(policy, known_on, rows, len(found), known, revision)


def conflicts_of(fact: Fact) -> Iterator[Conflict]:
    """The disagreements of one fact, in the order of its properties."""
    disputed = fact.disputed
    if not disputed:
        return
    statements = {statement.id: statement for statement in fact.statements}
    of_sources = [statement for statement in fact.statements if statement.method != DECISION]
    others = {name: _named(resolve(of_sources, Policy(name))) for name in COMPARED}
    for name, resolved in disputed.items():
        yield Conflict(
            fact=fact.id,
            title=fact.title,
            kind=fact.kind,
            property=name,
            value=resolved.text,
            settled_by=resolved.settled_by,
            accounts=tuple(_accounts(resolved, statements)),
            by_policy={policy: _settled(properties.get(name)) for policy, properties in others.items()},
        )


def _accounts(resolved: Resolved, statements: Mapping[str, Statement]) -> Iterable[AccountGiven]:
    """Each statement's account once, in the order of the values."""
    said = sorted({(account.value, account.source, account.statement) for account in resolved.accounts})
    for value, source, id in said:
        statement = statements[id]
        yield AccountGiven(value, source, id, str(statement.place), statement.words, statement.method)


def _named(fact: Fact) -> dict[str, Resolved]:
    """The properties of a fact by the names that disputes go by."""
    steps = {step.name: step.resolved for step in fact.steps}
    return {**steps, **fact.properties, "begin": fact.begin, "end": fact.end}


def _settled(resolved: Resolved | None) -> str:
    """What a policy makes of the property; empty where it settles nothing."""
    return resolved.text if resolved is not None and resolved.settled_by else ""
