"""From the statements about a fact to the fact: its properties, its steps, its time in effect and its parties."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby

from comity.graph.accounts import (
    MISSING,
    STRICT,
    Account,
    Policy,
    Resolved,
    State,
    resolve_dates,
    resolve_names,
    resolve_texts,
)
from comity.graph.dates import ALWAYS, FIRST_DAY, LAST_DAY, Bounds, When
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import Party, Statement, Step, collection_of


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

    @property
    def is_over(self) -> bool:
        """Whether an end is told; a single date is a beginning."""
        return self.when.is_interval and self.when.latest_end < LAST_DAY


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
            if not step.between and not (steps[step.name].interrupts and step.is_over)
        }
        if self.end.bounds and self.end.bounds[1] < LAST_DAY:
            told |= {name for name, step in steps.items() if step.closes}
        return max(told, key=list(steps).index, default="")

    @property
    def disputed(self) -> dict[str, Resolved]:
        """The properties on which sources disagree and no policy has settled, with their accounts."""
        steps = kind_of(self.kind).steps
        named = [("begin", self.begin), ("end", self.end), *self.properties.items()]
        # Steps in effect are disputed as begin and end.
        named += [(step.name, step.resolved) for step in self.steps if not steps[step.name].effective]
        found: dict[str, Resolved] = {}
        for name, resolved in named:
            if resolved.state is State.CONFLICT:
                before = found.get(name, MISSING)
                found[name] = Resolved(
                    State.CONFLICT,
                    before.values + resolved.values,
                    resolved.bounds,
                    before.accounts + resolved.accounts,
                )
        return found

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
        properties["parties"] = _disputed(disputed)
    if len({statement.types for statement in told if statement.types}) > 1:
        properties["types"] = _disputed(
            [Account(", ".join(st.types), st.source, st.id) for st in told if st.types]
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


def _disputed(accounts: Sequence[Account]) -> Resolved:
    """What sources state differently and no policy settles."""
    return Resolved(
        State.CONFLICT, tuple(sorted({account.value for account in accounts})), None, tuple(accounts)
    )


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
    return resolve_texts(accounts, policy) if sort == "text" else resolve_names(accounts)


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
            untold_begin = step.when.is_interval and step.when.begin == (FIRST_DAY, step.when.latest_end)
            if not untold_begin:
                begins.append(Account(step.when.text, statement.source, statement.id, step.when.begin))
            told_end = step.when.is_interval or sort.reading == "within"
            if told_end and step.when.end != (step.when.earliest_begin, LAST_DAY):
                ends.append(Account(step.when.text, statement.source, statement.id, step.when.end))
    if not in_effect:
        return MISSING, MISSING
    begin, end = resolve_dates(begins, policy), resolve_dates(ends, policy)
    if begin.bounds and end.bounds and end.bounds[1] < begin.bounds[0]:
        # One source has it end before another has it begin: each of the days may be the beginning, the end, or wrong.
        hull = end.bounds[0], begin.bounds[1]
        return (
            Resolved(State.CONFLICT, begin.values, hull, begin.accounts),
            Resolved(State.CONFLICT, end.values, hull, end.accounts),
        )
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


_Taken = tuple[Step, Statement]


def _steps(kind: Kind, told: Sequence[Statement], policy: Policy) -> Iterator[FactStep]:
    """Each step once for each set of parties it is confined to, in the order of a life; a suspension as often as it came."""
    taken: dict[tuple[int, tuple[str, ...]], list[_Taken]] = defaultdict(list)
    order = list(kind.steps)
    for statement in told:
        for step in statement.steps:
            taken[order.index(step.name), step.between].append((step, statement))
    for (place, between), accounts in sorted(taken.items(), key=lambda item: item[0]):
        repeats = kind.steps[order[place]].interrupts
        for same in _occasions(accounts) if repeats else [accounts]:
            yield _step(order[place], between, same, policy)


def _occasions(accounts: Sequence[_Taken]) -> Iterator[list[_Taken]]:
    """The accounts of something that may come several times, those together whose times may overlap."""
    occasion: list[_Taken] = []
    last = FIRST_DAY
    for step, statement in sorted(accounts, key=lambda account: account[0].when.begin):
        if occasion and step.when.earliest_begin > last:
            yield occasion
            occasion = []
        occasion.append((step, statement))
        last = max(last, step.when.latest_end)
    yield occasion


def _step(name: str, between: tuple[str, ...], taken: Sequence[_Taken], policy: Policy) -> FactStep:
    begins = [Account(step.when.text, told.source, told.id, step.when.begin) for step, told in taken]
    ends = [Account(step.when.text, told.source, told.id, step.when.end) for step, told in taken]
    begin, end = resolve_dates(begins, policy), resolve_dates(ends, policy)
    assert begin.bounds and end.bounds
    when = When.of(begin.bounds, end.bounds)
    state = State.CONFLICT if State.CONFLICT in (begin.state, end.state) else begin.state
    if any(step.when.is_interval for step, _ in taken) and not when.is_interval:
        when = replace(
            when, text=f"{when.text}/{when.text}"
        )  # a date alone would be a beginning whose end is not told
    return FactStep(name, between, when, Resolved(state, (when.text,), begin.bounds, begin.accounts))


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
    if any(len(entries) != 1 for entries, _ in accounts):
        return preferred
    # A party without dates of its own is one for all the fact's time.
    dated = [(entries[0].dates or ALWAYS, statement) for entries, statement in accounts]
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
