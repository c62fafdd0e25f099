"""The accounts of one property and what a policy makes of them: agreed on, told once, missing or in conflict.

The scale is that of the manydata packages (confirmed, majority, unique, missing, conflict). Dates of different precision agree
where some day satisfies all of them. What the accounts do not agree on is settled by a declared `Policy`; the default, `strict`,
settles nothing: the property is in conflict and its bounds take in every account.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from comity.graph.dates import FIRST_DAY, LAST_DAY, Bounds, When
from comity.graph.errors import UnknownName
from comity.graph.model import collection_of


class State(StrEnum):
    """How the accounts of one property stand to each other."""

    CONFIRMED = "confirmed"
    MAJORITY = "majority"
    UNIQUE = "unique"
    MISSING = "missing"
    CONFLICT = "conflict"


POLICIES = {
    "strict": "disagreement settles nothing: a date's bounds take in every account",
    "majority": "what more than half of the sources say",
    "trusted": "what the first of the trusted sources says, in the order given",
    "earliest": "the earliest date given",
    "latest": "the latest date given",
}
"""The declared ways to settle what sources do not agree on."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A declared way to settle disagreement; `trusted` lists source ids, the most trusted first."""

    name: str = "strict"
    trusted: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """`strict`, `majority`, `earliest`, `latest` or `trusted:SOURCE,SOURCE`."""
        name, colon, sources = text.partition(":")
        trusted = tuple(source.strip() for source in sources.split(",") if source.strip())
        if name not in POLICIES or (name == "trusted") != bool(trusted) or (colon and not trusted):
            raise UnknownName(
                "policy", text, [*(p for p in POLICIES if p != "trusted"), "trusted:SOURCE[,SOURCE…]"]
            )
        return cls(name, trusted)

    def __str__(self) -> str:
        return ":".join(part for part in (self.name, ",".join(self.trusted)) if part)


STRICT = Policy()


@dataclass(frozen=True, slots=True)
class Account:
    """What one statement says of one property: its words in EDTF or text, and the bounds where it is a date."""

    value: str
    source: str
    statement: str
    bounds: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A property after resolving: its state, its values (texts, or one EDTF text), its bounds if a date, and all accounts."""

    state: State
    values: tuple[str, ...] = ()
    bounds: Bounds | None = None
    accounts: tuple[Account, ...] = ()

    @property
    def text(self) -> str:
        """The values as one text."""
        return "; ".join(self.values)


MISSING = Resolved(State.MISSING)


def resolve_dates(accounts: Sequence[Account], policy: Policy) -> Resolved:
    """One date (or one end of a time) from its accounts, each with bounds."""
    if not accounts:
        return MISSING
    bounds = [account.bounds for account in accounts if account.bounds]
    common = intersection(bounds)
    if common:
        state = State.CONFIRMED if count_sources(accounts) > 1 else State.UNIQUE
        return _dated(state, common, accounts)
    settled, state = _settle_dates(accounts, bounds, policy)
    return _dated(state, settled, accounts)


def _settle_dates(accounts: Sequence[Account], bounds: list[Bounds], policy: Policy) -> tuple[Bounds, State]:
    """The bounds that the policy makes of accounts which do not agree."""
    hull = min(low for low, _ in bounds), max(high for _, high in bounds)
    if policy.name == "earliest":
        return min(bounds), State.CONFLICT
    if policy.name == "latest":
        return max(bounds, key=lambda pair: (pair[1], pair[0])), State.CONFLICT
    if policy.name == "trusted":
        for source in policy.trusted:
            common = intersection(
                [account.bounds for account in accounts if account.bounds and _is_from(account, source)]
            )
            if common:
                return common, State.CONFLICT
    if policy.name == "majority":
        chosen = _majority(accounts, lambda left, right: bool(intersection([left.bounds, right.bounds])))
        common = intersection([account.bounds for account in chosen])
        if common:
            return common, State.MAJORITY
    return hull, State.CONFLICT


def _dated(state: State, bounds: Bounds, accounts: Sequence[Account]) -> Resolved:
    text = (
        ".."
        if bounds[0] == bounds[1] and bounds[0] in (FIRST_DAY, LAST_DAY)
        else When.of(bounds, bounds).text
    )
    return Resolved(state, (text,), bounds, tuple(accounts))


def resolve_texts(accounts: Sequence[Account], policy: Policy) -> Resolved:
    """A property with one text: accounts agree where they differ in nothing but case and white space."""

    def folded(account: Account) -> str:
        return " ".join(account.value.casefold().split())

    values = tuple(dict.fromkeys(account.value for account in accounts))
    if len({folded(account) for account in accounts}) == 1:
        state = State.CONFIRMED if count_sources(accounts) > 1 else State.UNIQUE
        return Resolved(state, values[:1], None, tuple(accounts))
    if policy.name == "trusted":
        for source in policy.trusted:
            trusted = [account.value for account in accounts if _is_from(account, source)]
            if trusted:
                return Resolved(State.CONFLICT, tuple(trusted[:1]), None, tuple(accounts))
    if policy.name == "majority":
        chosen = _majority(accounts, lambda left, right: folded(left) == folded(right))
        if chosen:
            return Resolved(State.MAJORITY, (chosen[0].value,), None, tuple(accounts))
    return Resolved(State.CONFLICT, values, None, tuple(accounts))


def resolve_names(accounts: Sequence[Account]) -> Resolved:
    """A property with several values: what any source adds is kept, so that nothing can be in conflict."""
    state = State.CONFIRMED if count_sources(accounts) > 1 else State.UNIQUE
    return Resolved(state, tuple(dict.fromkeys(account.value for account in accounts)), None, tuple(accounts))


def _majority(accounts: Sequence[Account], agree: Callable[[Account, Account], bool]) -> list[Account]:
    """The accounts that agree with one of them and come from more than half of the sources; none if there is no such one."""
    best: list[Account] = []
    for account in accounts:
        alike = [other for other in accounts if agree(account, other)]
        if count_sources(alike) * 2 > count_sources(accounts) and count_sources(alike) > count_sources(best):
            best = alike
    return best


def intersection(bounds: Sequence[Bounds | None]) -> Bounds | None:
    """The days that lie within all of the bounds; None where there are none."""
    known = [pair for pair in bounds if pair]
    if not known:
        return None
    low, high = max(pair[0] for pair in known), min(pair[1] for pair in known)
    return (low, high) if low <= high else None


def _is_from(account: Account, trusted: str) -> bool:
    """Whether the account is of the source, or of a source of the collection, that is trusted."""
    return trusted in (account.source, collection_of(account.source))


def count_sources(accounts: Sequence[Account]) -> int:
    """How many sources give the accounts."""
    return len({account.source for account in accounts})
