"""The accounts of one property and what a policy makes of them: agreed on, told once, missing or in conflict.

The scale is that of the manydata packages (confirmed, majority, unique, missing, conflict). Dates of different precision agree
where some day satisfies all of them. What the accounts do not agree on is settled by a declared `Policy`; the default, `strict`,
settles nothing: the property is in conflict and its bounds take in every account. A person's decision on the property goes before
every policy. However it is settled, the state says how the sources stand to each other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    "majority": "what more than half of the sources say, or leave possible: of such groups the largest, if one is",
    "trusted": "what the first of the trusted sources says, in the order given",
    "earliest": "the earliest date given: of vague ones that which is over first",
    "latest": "the latest date given: of vague ones that which begins last",
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

    def followed(self, chosen: "Account") -> str:
        """What settles a property where the policy prefers this account: its name, and for `trusted` the source that it trusts."""
        source = next((source for source in self.trusted if _is_from(chosen, source)), "")
        return ":".join(part for part in (self.name, source) if part)


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
    """A property after resolving: its state, its values (texts, or one EDTF text), its bounds if a date, and all accounts.

    `settled_by` is the policy that settled a disagreement (`trusted` with the source that was followed), or `decision`; empty
    where nothing was settled. Decisions stand among the accounts, but do not count for the state.
    """

    state: State
    values: tuple[str, ...] = ()
    bounds: Bounds | None = None
    accounts: tuple[Account, ...] = ()
    settled_by: str = ""

    @property
    def text(self) -> str:
        """The values as one text."""
        return "; ".join(self.values)


MISSING = Resolved(State.MISSING)


DECISION = "decision"
"""The method of a statement by which a person settles what sources do not agree on, and what such a property is settled by."""

_Settled = tuple[Bounds, str]


def resolve_dates(accounts: Sequence[Account], policy: Policy, decisions: Sequence[Account] = ()) -> Resolved:
    """One date (or one end of a time) from its accounts, each with bounds."""
    told = [account.bounds for account in accounts if account.bounds]
    common = intersection(told)
    state = _state(accounts, agreed=common is not None)
    settled, settled_by = common, ""
    decided = [account.bounds for account in decisions if account.bounds]
    if decided:
        settled, settled_by = intersection(decided) or _hull(decided), DECISION
    elif told and common is None:
        settled, settled_by = _settle_dates(accounts, told, policy)
        state = State.MAJORITY if settled_by == "majority" else state
    if settled is None:
        return MISSING
    text = (
        ".."
        if settled[0] == settled[1] and settled[0] in (FIRST_DAY, LAST_DAY)
        else When.of(settled, settled).text
    )
    return Resolved(state, (text,), settled, (*accounts, *decisions), settled_by)


def _settle_dates(accounts: Sequence[Account], bounds: list[Bounds], policy: Policy) -> _Settled:
    """The bounds that the policy makes of accounts which do not agree, and its name if it settled them."""
    if policy.name == "earliest":
        return min(bounds, key=lambda pair: (pair[1], pair[0])), policy.name
    if policy.name == "latest":
        return max(bounds), policy.name
    if policy.name == "trusted":
        for source in policy.trusted:
            common = intersection([account.bounds for account in accounts if _is_from(account, source)])
            if common:
                return common, f"{policy.name}:{source}"
    if policy.name == "majority":
        chosen = _majority(accounts, _sharing_a_day(accounts))
        common = intersection([account.bounds for account in chosen])
        if common:
            return common, policy.name
    return _hull(bounds), ""


def resolve_texts(accounts: Sequence[Account], policy: Policy, decisions: Sequence[Account] = ()) -> Resolved:
    """A property with one text: accounts agree where they differ in nothing but case and white space."""
    values = tuple(dict.fromkeys(account.value for account in accounts))
    agreed = len({_folded(account) for account in accounts}) == 1
    state = _state(accounts, agreed=agreed)
    settled, settled_by = values[:1] if agreed else values, ""
    if decisions:
        settled, settled_by = tuple(dict.fromkeys(account.value for account in decisions)), DECISION
    elif accounts and not agreed:
        chosen = preferred(accounts, policy, lambda left, right: _folded(left) == _folded(right))
        if chosen:
            settled, settled_by = (chosen.value,), policy.followed(chosen)
            state = State.MAJORITY if settled_by == "majority" else state
    return Resolved(state, settled, None, (*accounts, *decisions), settled_by)


def preferred(
    accounts: Sequence[Account], policy: Policy, agree: Callable[[Account, Account], bool]
) -> Account | None:
    """The account that the policy prefers among those which do not agree; None where it settles nothing."""
    if policy.name == "trusted":
        for source in policy.trusted:
            for account in accounts:
                if _is_from(account, source):
                    return account
    if policy.name == "majority":
        alike = [[other for other in accounts if agree(account, other)] for account in accounts]
        return next(iter(_majority(accounts, alike)), None)
    return None


def resolve_names(accounts: Sequence[Account], decisions: Sequence[Account] = ()) -> Resolved:
    """A property with several values: what any source adds is kept, so that nothing can be in conflict."""
    chosen = decisions or accounts
    return Resolved(
        _state(accounts, agreed=True),
        tuple(dict.fromkeys(account.value for account in chosen)),
        None,
        (*accounts, *decisions),
        DECISION if decisions else "",
    )


def _state(accounts: Sequence[Account], *, agreed: bool) -> State:
    if not accounts:
        return State.MISSING
    if not agreed:
        return State.CONFLICT
    return State.CONFIRMED if count_sources(accounts) > 1 else State.UNIQUE


def _folded(account: Account) -> str:
    return " ".join(account.value.casefold().split())


def _majority(accounts: Sequence[Account], groups: Iterable[Sequence[Account]]) -> Sequence[Account]:
    """The largest of the groups of accounts that agree, if it has more than half of the sources and is the only one of that size."""
    distinct = {frozenset(group): group for group in groups}
    # A group within another is the same opinion, told less often.
    whole = [group for members, group in distinct.items() if not any(members < other for other in distinct)]
    most = max(map(count_sources, whole), default=0)
    largest = [group for group in whole if count_sources(group) == most]
    return largest[0] if len(largest) == 1 and most * 2 > count_sources(accounts) else ()


def _sharing_a_day(accounts: Sequence[Account]) -> Iterator[list[Account]]:
    """The groups of accounts that some day satisfies, all of each: a group begins to be possible where one of its dates does."""
    for day in {account.bounds[0] for account in accounts if account.bounds}:
        yield [one for one in accounts if one.bounds and one.bounds[0] <= day <= one.bounds[1]]


def _hull(bounds: Sequence[Bounds]) -> Bounds:
    return min(low for low, _ in bounds), max(high for _, high in bounds)


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
