"""What is known of each property of a fact: how its accounts stand to each other, what comes of them, and who says what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.graph.accounts import DECISION, Account, Resolved, State, count_sources
from comity.graph.kinds import kind_of
from comity.graph.model import Statement
from comity.graph.resolve import Fact
from comity.graph.told import text_of
from comity.queries.conflicts import Conflict

_OF_EVENT_DATA = {
    "cameo", "goldstein", "events", "counts", "plover", "contexts", "quad", "intensity", "mentions", "url", "claim", "scope",
    "varying",
}  # fmt: skip
"""Properties that only event data or claims have: that they are missing says nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one or more sources say alike."""

    value: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A property with its state, what it comes to, what settled it if anything did, and who says what. `dated`: values are EDTF;
    `several`: it can have several values side by side.
    """

    name: str
    between: tuple[str, ...]
    state: State
    text: str
    settled_by: str
    said: tuple[Said, ...]
    dated: bool = False
    several: bool = False

    @property
    def is_open(self) -> bool:
        """Whether sources disagree and nothing has settled it."""
        return self.state is State.CONFLICT and not self.settled_by


@dataclass(frozen=True, slots=True)
class Dispute:
    """What can be chosen for a property on which sources disagree: for each choice, as `comity decide` takes it, what it says and who says so."""

    conflict: Conflict
    choices: Mapping[str, Said]


def dispute_of(conflict: Conflict) -> Dispute:
    """The choices of a disagreement; none where it follows from no single property that could be decided."""
    sources: dict[tuple[str, str], list[str]] = {}
    for account in conflict.accounts:
        if account.decide and account.method != DECISION:
            sources.setdefault((account.decide, account.value), []).append(account.source)
    return Dispute(
        conflict, {choice: Said(value, tuple(found)) for (choice, value), found in sources.items()}
    )


def verdicts(fact: Fact) -> list[Verdict]:
    """The properties of a fact in the order in which they are asked for: when, what, who, and the rest."""
    kind = kind_of(fact.kind)
    found = [_verdict("status", (), fact.outcome)] if fact.outcome.accounts else []
    found += [
        _verdict("begin", (), fact.begin, dated=True),
        _verdict("end", (), fact.end, dated=True),
    ]
    found += [_verdict(step.name, step.between, step.resolved, dated=True) for step in fact.steps]
    if "types" not in fact.properties and fact.types:
        stated = [(", ".join(statement.types), statement) for statement in fact.statements if statement.types]
        found.append(_agreed("types", ", ".join(fact.types), stated))
    if "parties" not in fact.properties:
        stated = [
            (", ".join(party.actor for party in statement.parties), statement)
            for statement in fact.statements
            if statement.parties
        ]
        found.append(_agreed("parties", "; ".join(map(text_of, fact.parties)), stated))
    for name, resolved in fact.properties.items():
        value = kind.properties[name].value if name in kind.properties else ""
        found.append(_verdict(name, (), resolved, dated=value == "date", several=value == "names"))
    return found


def untold(fact: Fact) -> list[str]:
    """The properties of its kind of which nobody tells."""
    return [
        name
        for name in kind_of(fact.kind).properties
        if name not in fact.properties and name not in _OF_EVENT_DATA
    ]


def _verdict(
    name: str, between: tuple[str, ...], resolved: Resolved, *, dated: bool = False, several: bool = False
) -> Verdict:
    text = resolved.text if resolved.text != ".." else ""
    return Verdict(
        name,
        between,
        resolved.state,
        text,
        resolved.settled_by,
        tuple(_said(resolved.accounts)),
        dated,
        several,
    )


def _agreed(name: str, text: str, stated: Sequence[tuple[str, Statement]]) -> Verdict:
    """A property on which the accounts do not differ: what one leaves away it does not deny."""
    accounts = [Account(value, statement.source, statement.id) for value, statement in stated]
    state = State.CONFIRMED if count_sources(accounts) > 1 else State.UNIQUE if accounts else State.MISSING
    return Verdict(name, (), state, text, "", tuple(_said(accounts)))


def _said(accounts: Iterable[Account]) -> Iterable[Said]:
    by_value: dict[str, list[str]] = {}
    for account in accounts:
        sources = by_value.setdefault(account.value, [])
        if account.source not in sources:
            sources.append(account.source)
    return (Said(value, tuple(sources)) for value, sources in by_value.items())
