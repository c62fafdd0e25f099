"""From the statements about a fact to the fact: each property agreed on, told once, missing or in conflict.

The scale is that of the manydata packages (confirmed, majority, unique, missing, conflict). Dates of different precision
agree where some day satisfies all of them. What the accounts do not agree on is settled by a declared `Policy`; the default,
`strict`, settles nothing: the property is in conflict and its bounds take in every account.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Self

from comity.graph.dates import FIRST_DAY, LAST_DAY, Bounds, When
from comity.graph.errors import UnknownName
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import Party, Statement, Step, collection_of


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


@dataclass(frozen=True, slots=True)
class FactStep:
    """A step of the fact's status: the time it was taken as resolved, and the accounts of it; `between` as in `Step`."""

    name: str
    between: tuple[str, ...]
    when: When
    resolved: Resolved

    @property
    def state(self) -> State:
        """How the accounts of the step stand to each other."""
        return self.resolved.state


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as its live statements give it.

    `begin` and `end` bound the time in effect (in force, or held); both are missing where it never came into effect as far as
    the statements tell.
    """

    id: str
    kind: str
    types: tuple[str, ...]
    titles: tuple[str, ...]
    parties: tuple[Party, ...]
    steps: tuple[FactStep, ...]
    begin: Resolved
    end: Resolved
    properties: dict[str, Resolved]
    statements: tuple[Statement, ...] = field(repr=False)

    @property
    def title(self) -> str:
        """The name used most, else the id's key."""
        return self.titles[0] if self.titles else self.id.partition(":")[2]

    @property
    def collection(self) -> str:
        """The dossier or data set it belongs to."""
        return collection_of(self.id)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that speak of it, in order."""
        return tuple(sorted({statement.source for statement in self.statements}))

    @property
    def span(self) -> When | None:
        """The time in effect; None where the fact never came into effect."""
        if self.begin.bounds is None or self.end.bounds is None:
            return None
        return When.of(self.begin.bounds, self.end.bounds)

    @property
    def status(self) -> str:
        """The last step that the statements tell of, in the order of a life."""
        steps = kind_of(self.kind).steps
        # A suspension that has ended gives way to the step that it interrupted.
        told = {
            step.name
            for step in self.steps
            if not step.between and not (steps[step.name].interrupts and step.when.latest_end < LAST_DAY)
        }
        if self.end.bounds and self.end.bounds[1] < LAST_DAY:
            told |= {name for name, step in steps.items() if step.closes}
        return max(told, key=list(steps).index, default="")

    @property
    def disputed(self) -> dict[str, Resolved]:
        """The properties on which sources disagree and no policy has settled, with their accounts."""
        steps = kind_of(self.kind).steps
        named = {"begin": self.begin, "end": self.end, **self.properties}
        # Steps in effect are disputed as begin and end.
        named |= {step.name: step.resolved for step in self.steps if not steps[step.name].effective}
        return {name: resolved for name, resolved in named.items() if resolved.state is State.CONFLICT}

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The names of the disputed properties."""
        return tuple(self.disputed)


def resolve(statements: Iterable[Statement], policy: Policy = STRICT) -> Fact:
    """The fact that these statements, all about one fact, give under the policy."""
    told = tuple(
        sorted(statements, key=lambda statement: (statement.source, statement.place.start or 0, statement.id))
    )
    fact, kind = told[0].fact, kind_of(told[0].kind)
    properties = {
        name: resolved
        for name in kind.properties
        if (resolved := _property(kind, name, told, policy)).accounts
    }
    begin, end = _effect(kind, told, policy)
    parties, disputed = _parties(told, policy)
    if disputed:
        properties["parties"] = Resolved(
            State.CONFLICT, tuple(sorted({account.value for account in disputed})), None, disputed
        )
    return Fact(
        id=fact,
        kind=kind.name,
        types=_in_order({name for statement in told for name in statement.types}, kind.types),
        titles=_titles(told),
        parties=parties,
        steps=tuple(_steps(kind, told, policy)),
        begin=begin,
        end=end,
        properties=properties,
        statements=told,
    )


def resolve_all(statements: Iterable[Statement], policy: Policy = STRICT) -> Iterator[Fact]:
    """One fact for each fact id, in the order of the ids."""
    ordered = sorted(statements, key=lambda statement: statement.fact)
    for _, group in groupby(ordered, key=lambda statement: statement.fact):
        yield resolve(group, policy)


def resolve_dates(accounts: Sequence[Account], policy: Policy) -> Resolved:
    """One date (or one end of a time) from its accounts, each with bounds."""
    if not accounts:
        return MISSING
    bounds = [account.bounds for account in accounts if account.bounds]
    common = _intersection(bounds)
    if common:
        state = State.CONFIRMED if _sources(accounts) > 1 else State.UNIQUE
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
            common = _intersection(
                [account.bounds for account in accounts if account.bounds and account.source == source]
            )
            if common:
                return common, State.CONFLICT
    if policy.name == "majority":
        chosen = _majority(accounts, lambda left, right: bool(_intersection([left.bounds, right.bounds])))
        common = _intersection([account.bounds for account in chosen])
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


def _resolve_texts(accounts: Sequence[Account], policy: Policy) -> Resolved:
    """A property with one text: accounts agree where they differ in nothing but case and white space."""

    def folded(account: Account) -> str:
        return " ".join(account.value.casefold().split())

    values = tuple(dict.fromkeys(account.value for account in accounts))
    if len({folded(account) for account in accounts}) == 1:
        state = State.CONFIRMED if _sources(accounts) > 1 else State.UNIQUE
        return Resolved(state, values[:1], None, tuple(accounts))
    if policy.name == "trusted":
        for source in policy.trusted:
            trusted = [account.value for account in accounts if account.source == source]
            if trusted:
                return Resolved(State.CONFLICT, tuple(trusted[:1]), None, tuple(accounts))
    if policy.name == "majority":
        chosen = _majority(accounts, lambda left, right: folded(left) == folded(right))
        if chosen:
            return Resolved(State.MAJORITY, (chosen[0].value,), None, tuple(accounts))
    return Resolved(State.CONFLICT, values, None, tuple(accounts))


def _resolve_names(accounts: Sequence[Account]) -> Resolved:
    """A property with several values: what any source adds is kept, so that nothing can be in conflict."""
    state = State.CONFIRMED if _sources(accounts) > 1 else State.UNIQUE
    return Resolved(state, tuple(dict.fromkeys(account.value for account in accounts)), None, tuple(accounts))


def _majority(accounts: Sequence[Account], agree: Callable[[Account, Account], bool]) -> list[Account]:
    """The accounts that agree with one of them and come from more than half of the sources; none if there is no such one."""
    best: list[Account] = []
    for account in accounts:
        alike = [other for other in accounts if agree(account, other)]
        if _sources(alike) * 2 > _sources(accounts) and _sources(alike) > _sources(best):
            best = alike
    return best


def _property(kind: Kind, name: str, told: Sequence[Statement], policy: Policy) -> Resolved:
    sort = kind.properties[name].value
    accounts = [
        Account(value, statement.source, statement.id, When.parse(value).begin if sort == "date" else None)
        for statement in told
        for key, values in statement.properties
        if key == name
        for value in values
    ]
    if not accounts:
        return MISSING
    if sort == "date":
        return resolve_dates(accounts, policy)
    return _resolve_texts(accounts, policy) if sort == "text" else _resolve_names(accounts)


def _effect(kind: Kind, told: Sequence[Statement], policy: Policy) -> tuple[Resolved, Resolved]:
    """Beginning and end of the time in effect."""
    begins, ends = [], []
    in_effect = False
    for statement in told:
        for step in statement.steps:
            sort = kind.steps[step.name]
            if step.between or not (sort.effective or sort.closes):
                continue
            if sort.closes:
                ends.append(Account(step.when.text, statement.source, statement.id, step.when.begin))
                continue
            in_effect = True
            if step.when.begin != (
                FIRST_DAY,
                step.when.latest_end,
            ):  # a beginning that nobody tells is no account of it
                begins.append(Account(step.when.text, statement.source, statement.id, step.when.begin))
            told_end = step.when.is_interval or sort.reading == "within"
            if told_end and step.when.end != (step.when.earliest_begin, LAST_DAY):
                ends.append(Account(step.when.text, statement.source, statement.id, step.when.end))
    if not in_effect:
        return MISSING, MISSING
    begin, end = resolve_dates(begins, policy), resolve_dates(ends, policy)
    begin_bounds = begin.bounds or (FIRST_DAY, end.bounds[1] if end.bounds else LAST_DAY)
    end_bounds = end.bounds or (begin_bounds[0], _longest(kind, begin_bounds))
    return (
        Resolved(begin.state, begin.values, begin_bounds, begin.accounts),
        Resolved(end.state, end.values, (max(end_bounds[0], begin_bounds[0]), end_bounds[1]), end.accounts),
    )


def _longest(kind: Kind, begin: Bounds) -> date:
    """The latest end of something of unknown end: the kind's declared longest duration, if it has one."""
    if kind.longest_days is None or begin[1] > LAST_DAY - timedelta(days=kind.longest_days):
        return LAST_DAY
    return begin[1] + timedelta(days=kind.longest_days)


def _steps(kind: Kind, told: Sequence[Statement], policy: Policy) -> Iterator[FactStep]:
    """Each step once for each set of parties it is confined to, in the order of a life.

    What a statement says twice of one step (two suspensions) is two steps; the first of one statement is then held against the
    first of the others.
    """
    taken: dict[tuple[int, tuple[str, ...], int], list[tuple[Step, Statement]]] = defaultdict(list)
    order = list(kind.steps)
    for statement in told:
        times: Counter[tuple[int, tuple[str, ...]]] = Counter()
        for step in sorted(statement.steps, key=lambda step: step.when.begin):
            key = (order.index(step.name), step.between)
            taken[*key, times[key]].append((step, statement))
            times[key] += 1
    for (place, between, _), accounts in sorted(taken.items(), key=lambda item: item[0]):
        begin = resolve_dates(
            [Account(s.when.text, st.source, st.id, s.when.begin) for s, st in accounts], policy
        )
        end = resolve_dates(
            [Account(s.when.text, st.source, st.id, s.when.end) for s, st in accounts], policy
        )
        assert begin.bounds and end.bounds
        when = When.of(begin.bounds, end.bounds)
        state = State.CONFLICT if State.CONFLICT in (begin.state, end.state) else begin.state
        yield FactStep(
            order[place], between, when, Resolved(state, (when.text,), begin.bounds, begin.accounts)
        )


def _parties(told: Sequence[Statement], policy: Policy) -> tuple[tuple[Party, ...], tuple[Account, ...]]:
    """Every party that any statement names, and the accounts of those on which statements disagree.

    A statement that does not name a party denies nothing. Where statements differ on one, its dates are bounded by all
    accounts and the rest is taken from the first that the policy prefers.
    """
    parties: list[Party] = []
    disputed: list[Account] = []
    for actor in sorted({party.actor for statement in told for party in statement.parties}):
        accounts = [
            (entries, statement)
            for statement in told
            if (entries := tuple(party for party in statement.parties if party.actor == actor))
        ]
        distinct = list(dict.fromkeys(entries for entries, _ in accounts))
        if len(distinct) == 1:
            parties.extend(distinct[0])
            continue
        disputed.extend(Account(_party_text(entries), st.source, st.id) for entries, st in accounts)
        parties.extend(_settle_party(accounts, policy))
    return tuple(parties), tuple(disputed)


_PartyAccount = tuple[tuple[Party, ...], Statement]


def _settle_party(accounts: Sequence[_PartyAccount], policy: Policy) -> tuple[Party, ...]:
    rank = {source: place for place, source in enumerate(policy.trusted)}
    preferred = min(accounts, key=lambda account: rank.get(account[1].source, len(rank)))[0]
    if any(len(entries) != 1 or entries[0].dates is None for entries, _ in accounts):
        return preferred
    dated = [(entries[0].dates, statement) for entries, statement in accounts if entries[0].dates]
    begin = resolve_dates([Account(when.text, st.source, st.id, when.begin) for when, st in dated], policy)
    end = resolve_dates([Account(when.text, st.source, st.id, when.end) for when, st in dated], policy)
    assert begin.bounds and end.bounds
    party = preferred[0]
    return (Party(party.actor, party.role, party.pledges, When.of(begin.bounds, end.bounds)),)


def _party_text(entries: tuple[Party, ...]) -> str:
    return "; ".join(
        " ".join(
            part
            for part in (party.actor, party.role, ",".join(party.pledges or ()), str(party.dates or ""))
            if part
        )
        for party in entries
    )


def _titles(told: Sequence[Statement]) -> tuple[str, ...]:
    """Every name used, the one used by most statements first; equal ones in the order of the statements."""
    names = [title for statement in told for title in statement.titles]
    return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name)))


def _in_order(found: set[str], vocabulary: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in vocabulary if name in found)


def _intersection(bounds: Sequence[Bounds | None]) -> Bounds | None:
    known = [pair for pair in bounds if pair]
    if not known:
        return None
    low, high = max(pair[0] for pair in known), min(pair[1] for pair in known)
    return (low, high) if low <= high else None


def _sources(accounts: Sequence[Account]) -> int:
    return len({account.source for account in accounts})
