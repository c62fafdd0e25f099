"""What a decision says: the statement that it makes of a property and a value, and which property of a fact it settles."""

import unicodedata
from collections.abc import Mapping

from comity.graph.accounts import DECISION
from comity.graph.dates import When
from comity.graph.errors import InputError, UnknownName
from comity.graph.kinds import Kind
from comity.graph.model import Party, Place, Statement, Step

_CLAIMED = ("claim", "scope")
"""Properties that a decision cannot settle."""

_FOLLOWING = ("begin", "end")
"""What a disagreement about the time in effect goes by, though no source tells it but by a step."""


def decided(
    kind: Kind,
    fact: str,
    source: str,
    name: str,
    value: str,
    reason: str,
    accounts: Mapping[str, tuple[Party, ...]],
) -> Statement:
    """The statement that a decision on this property makes."""
    types: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    steps: tuple[Step, ...] = ()
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    if name in _CLAIMED:
        raise InputError(
            f"{name} is what a source claims, which nobody can decide; `comity test-claim` tests it"
        )
    if name == "types":
        types = tuple(part.strip() for part in value.split(",") if part.strip())
        unknown = [part for part in types if part not in kind.types]
        if unknown or not types:
            raise UnknownName(f"type of {kind.name}", unknown[0] if unknown else value, kind.types)
    elif name in kind.steps:
        steps = (Step(name, When.parse(value)),)
    elif name in kind.properties:
        if kind.properties[name].value == "date":
            When.parse(value)
        if not value.strip():
            raise InputError(f"{name} is empty: write {name}=VALUE")
        properties = ((name, (value,)),)
    elif name in _FOLLOWING:
        steps_told = [step for step, sort in kind.steps.items() if sort.effective or sort.closes]
        raise InputError(
            f"the {name} of a fact follows from its steps: decide one of {', '.join(steps_told)}, such as {steps_told[0]}={value}; "
            f"`comity conflicts {fact}` shows which"
        )
    elif name == "parties":
        parties = accounts.get(" ".join(value.split()), ())
        if not parties:
            raise UnknownName("account of a party on which sources differ", value, accounts)
    else:
        raise UnknownName(f"step or property of {kind.name}", name, [*kind.steps, "types", *kind.properties])
    return Statement(
        fact,
        kind.name,
        source,
        Place(),
        types=types,
        parties=parties,
        steps=steps,
        properties=properties,
        words=reason,
        method=DECISION,
    )


def property_of(decision: Statement) -> str:
    """The one property that a decision settles: a step, `parties`, `types`, or another property of its kind."""
    names = [step.name for step in decision.steps] + [name for name, _ in decision.properties]
    return names[0] if names else "parties" if decision.parties else "types"


def settles(decision: Statement) -> tuple[str, ...]:
    """What only one decision of a fact can be about: a property, or of the parties one."""
    return property_of(decision), *dict.fromkeys(party.actor for party in decision.parties)


def person_key(by: str) -> str:
    """A person's name as the key of a source: its letters and digits, of any script; empty where it has none."""
    name = unicodedata.normalize("NFC", by).casefold()
    # Marks belong to letters: without its vowel signs a name of many scripts would be another's.
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in name)
    return "-".join("".join(kept).split())
