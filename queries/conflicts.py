"""Where sources disagree: every account of every disputed property, and what each policy would make of them."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity.graph.accounts import DECISION, STRICT, Account, Policy, Resolved
from comity.graph.facts import read_facts
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kind_of
from comity.graph.model import DECISIONS, Source, Statement
from comity.graph.resolve import Fact, resolve
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_steadily
from comity.queries.dyads import cited
from comity.queries.plain import plain
from comity.queries.texts import Words, texts_of, words_of

COMPARED = ("majority", "earliest", "latest")
"""Policies whose result is shown beside each conflict; `strict` settles nothing, `trusted` needs to be told whom to trust."""


@dataclass(frozen=True, slots=True)
class AccountGiven:
    """What one statement says of the property, the place where it says so, and its words or why there are none.

    `decide` is what settles the property to this account, as `comity decide` takes it (`held=2016-10-24`); empty where no decision
    can.
    """

    value: str
    source: str
    statement: str
    place: str
    words: Words
    method: str
    decide: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A property of a fact on which sources disagree.

    `settled_by` is the policy asked for or `decision`, empty where it is unsettled; `value` is what it is settled to, or for an
    unsettled date the time that takes in all accounts. `by_policy` says what each of the policies in `COMPARED` would make of what
    the sources say, `remedy` how to settle it.
    """

    fact: str
    title: str
    kind: str
    property: str
    value: str
    settled_by: str
    accounts: tuple[AccountGiven, ...]
    by_policy: dict[str, str]
    remedy: str


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All disagreements that were asked for, with the policy, the sources that are cited and the revision of the store."""

    policy: Policy
    known_on: date | None
    same_from: float
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
            "same_from": self.same_from,
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
    texts: Path | None = None,
) -> Conflicts:
    """Every disagreement of sources in the facts of these kinds, ids and sources (empty: all), in the order of the facts.

    `texts` is a folder with the texts of sources, to show the words from. `UnknownName` for a name that nothing has.
    """

    def read() -> tuple[list[Fact], dict[str, Source]]:
        found = read_facts(
            store, kinds=kinds, facts=facts, sources=sources, policy=policy, known_on=known_on, applied_from=applied_from,
        )  # fmt: skip
        return found, read_sources(store, known_on)

    (found, every_source), revision = read_steadily(store, read)
    disputed = [fact for fact in found if fact.disputed]
    told = {statement.source for fact in disputed for statement in fact.statements}
    known = {id: source for id, source in every_source.items() if id in told}
    at_hand = texts_of(texts, known)
    rows = tuple(conflict for fact in disputed for conflict in conflicts_of(fact, known, at_hand))
    cited_ones = {account.source for conflict in rows for account in conflict.accounts}
    cited_sources = {id: source for id, source in known.items() if id in cited_ones}
    return Conflicts(policy, known_on, applied_from, rows, len(found), cited_sources, revision)


def conflicts_of(fact: Fact, sources: Mapping[str, Source], texts: Mapping[str, str]) -> Iterator[Conflict]:
    """The disagreements of one fact, in the order of its properties. `texts` are by hash (queries/texts.py)."""
    disputed = fact.disputed
    if not disputed:
        return
    statements = {statement.id: statement for statement in fact.statements}
    of_sources = [statement for statement in fact.statements if statement.method != DECISION]
    others = {name: _named(resolve(of_sources, Policy(name))) for name in COMPARED}
    for name, resolved in disputed.items():
        accounts = {(one.value, one.source, one.statement): one for one in resolved.accounts}
        given = tuple(
            _given(fact, name, account, statements[account.statement], sources, texts)
            for _, account in sorted(accounts.items())
        )
        yield Conflict(
            fact=fact.id,
            title=fact.title,
            kind=fact.kind,
            property=name,
            value=resolved.text,
            settled_by=resolved.settled_by,
            accounts=given,
            by_policy={policy: _settled(properties.get(name)) for policy, properties in others.items()},
            remedy=remedy_of(fact, name),
        )


def _given(
    fact: Fact,
    name: str,
    account: Account,
    statement: Statement,
    sources: Mapping[str, Source],
    texts: Mapping[str, str],
) -> AccountGiven:
    return AccountGiven(
        value=account.value,
        source=account.source,
        statement=account.statement,
        place=str(statement.place),
        words=words_of(statement, sources.get(statement.source), texts),
        method=statement.method,
        decide=deciding(fact, name, account),
    )


def deciding(fact: Fact, name: str, account: Account) -> str:
    """What settles the property as this account has it, as `comity decide` takes it; empty where no decision can.

    Beginning and end have no value of their own: they follow from a step, so that it is the account's step that is to be decided.
    """
    kind = kind_of(fact.kind)
    if name == "status":
        return account.value.replace(" ", "=", 1)
    if name in ("begin", "end"):
        for step in next(one for one in fact.statements if one.id == account.statement).steps:
            tells = kind.steps[step.name].effective or kind.steps[step.name].closes
            if tells and not step.between and step.when.text == account.value:
                return f"{step.name}={account.value}"
        return ""
    if name in kind.steps:
        whole = all(not step.between for step in fact.steps if step.name == name)
        return f"{name}={account.value}" if whole else ""
    return f"{name}={account.value}"


def remedy_of(fact: Fact, name: str) -> str:
    """The commands that settle a property of a fact on which its sources disagree, as they can be typed."""
    accounts = sorted(
        (
            account
            for account in fact.disputed[name].accounts
            if not account.source.startswith(f"{DECISIONS}:")
        ),
        key=lambda account: (_vagueness(account), account.value, account.source),
    )
    trusting = f"--policy {shlex.quote(f'trusted:{accounts[0].source}')}"
    choices = [choice for account in accounts if (choice := deciding(fact, name, account))]
    if not choices:
        return f"ask with a policy, such as {trusting}"
    steps = sorted({choice.partition("=")[0] for choice in choices})
    told = f" ({name} follows from {' and '.join(steps)})" if name in ("begin", "end") else ""
    return (
        f"comity decide {fact.id} {shlex.quote(choices[0])} --reason WHY, or as another account has it{told}; "
        f"or ask with a policy, such as {trusting}"
    )


def _vagueness(account: Account) -> int:
    """How many days a date leaves open: to decide for a vague one would settle nothing between those that it takes in."""
    return (account.bounds[1] - account.bounds[0]).days if account.bounds else 0


def _named(fact: Fact) -> dict[str, Resolved]:
    """The properties of a fact by the names that disputes go by."""
    steps = {step.name: step.resolved for step in fact.steps}
    return {**steps, **fact.properties, "status": fact.outcome, "begin": fact.begin, "end": fact.end}


def _settled(resolved: Resolved | None) -> str:
    """What a policy makes of the property; empty where it settles nothing."""
    return resolved.text if resolved is not None and resolved.settled_by else ""
