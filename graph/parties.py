"""Who takes part in a fact and in what: parties and types as the statements together give them, and the views of those that differ.

A statement that does not name a party, or no types, denies nothing. Where statements differ, a party's dates are bounded by all
accounts; for roles, pledges and types every statement has its own view, unless a policy or a decision settles them.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from comity.graph.accounts import DECISION, Account, Policy, Resolved, State, preferred, resolve_dates
from comity.graph.dates import ALWAYS, When
from comity.graph.model import Party, Statement


@dataclass(frozen=True, slots=True)
class View:
    """What one statement, or several that agree, hold of a fact's parties and types."""

    parties: tuple[Party, ...]
    types: tuple[str, ...]


def resolve_types(
    told: Sequence[Statement], decisions: Sequence[Statement], vocabulary: Iterable[str], policy: Policy
) -> tuple[tuple[str, ...], Resolved | None]:
    """The types (of all accounts together, unless settled) and, where the accounts differ, the property they make."""
    stated = {
        statement.id: tuple(name for name in vocabulary if name in statement.types)
        for statement in (*told, *decisions)
        if statement.types
    }

    def accounts_of(statements: Sequence[Statement]) -> list[Account]:
        return [
            Account(", ".join(stated[one.id]), one.source, one.id) for one in statements if one.id in stated
        ]

    accounts, decided = accounts_of(told), accounts_of(decisions)
    agreed = len({account.value for account in accounts}) < 2
    if agreed and not decided:
        return (stated[accounts[0].statement] if accounts else ()), None
    state = State.CONFLICT if not agreed else State.UNIQUE
    chosen = decided[-1] if decided else _preferred(accounts, policy)
    if chosen is None:
        union = {name for account in accounts for name in stated[account.statement]}
        values = tuple(sorted({account.value for account in accounts}))
        return tuple(name for name in vocabulary if name in union), Resolved(
            state, values, None, tuple(accounts)
        )
    settled_by = DECISION if decided else policy.followed(chosen)
    state = State.MAJORITY if settled_by == "majority" else state
    return stated[chosen.statement], Resolved(state, (chosen.value,), None, (*accounts, *decided), settled_by)


@dataclass(frozen=True, slots=True)
class _Told:
    """What one statement, or several that go together, tell of an actor: its entries, and which statements these are."""

    entries: tuple[Party, ...]
    statements: tuple[Statement, ...]

    @property
    def account(self) -> Account:
        """It as an account of the parties."""
        first = self.statements[0]
        return Account(_text(self.entries), first.source, first.id)


def resolve_parties(
    told: Sequence[Statement], policy: Policy, decisions: Sequence[Statement] = ()
) -> tuple[tuple[Party, ...], Resolved | None]:
    """Every party that any statement names and, where statements differ on some, the property that these make.

    A decision chooses one account of one party; where the sources have come to agree on that party, it rests.
    """
    parties: list[Party] = []
    disputed: list[Account] = []
    preferences: list[tuple[str, str] | None] = []
    for actor, entries in _told_of_actors(told):
        first = entries[0].entries
        if all(one.entries == first for one in entries):
            parties.extend(first)
            continue
        accounts = [one.account for one in entries]
        disputed.extend(accounts)
        if decided := [one for one in decisions if _entries(one, actor)]:
            ours = _entries(decided[-1], actor)
            own = Account(_text(ours), decided[-1].source, decided[-1].id)
            disputed.append(own)
            preferences.append((own.value, DECISION))
            parties.extend(ours)
            continue
        chosen = _preferred(accounts, policy)
        preferences.append((chosen.value, policy.followed(chosen)) if chosen else None)
        ours = next(one.entries for one in entries if chosen is None or one.account == chosen)
        if all(len(one.entries) == 1 for one in entries):
            # A party without dates of its own is one for all the fact's time.
            dated = [(one.entries[0].dates or ALWAYS, one.account) for one in entries]
            begin, end = (
                resolve_dates(
                    [
                        Account(when.text, account.source, account.statement, pick(when))
                        for when, account in dated
                    ],
                    policy,
                )
                for pick in (attrgetter("begin"), attrgetter("end"))
            )
            assert begin.bounds and end.bounds
            when = type(ALWAYS).of(begin.bounds, end.bounds)
            ours = (replace(ours[0], dates=None if when == ALWAYS else when),)
        parties.extend(ours)
    if not disputed:
        return tuple(parties), None
    chosen_ones = [one for one in preferences if one]
    settled = len(chosen_ones) == len(preferences)
    values = tuple(
        sorted({value for value, _ in chosen_ones} if settled else {one.value for one in disputed})
    )
    settled_by = ", ".join(sorted({by for _, by in chosen_ones})) if settled else ""
    return tuple(parties), Resolved(State.CONFLICT, values, None, tuple(disputed), settled_by)


def _told_of_actors(told: Sequence[Statement]) -> list[tuple[str, list[_Told]]]:
    """What is told of each actor, in the order of their ids.

    A source may tell an actor's spells one by one, a row for each: those that need not overlap are told together, and differ without
    any dispute.
    """
    found: defaultdict[str, dict[str, _Told]] = defaultdict(dict)
    for statement in told:
        if len(statement.parties) == 1:  # most rows of tables
            found[statement.parties[0].actor][statement.id] = _Told(statement.parties, (statement,))
            continue
        entries: defaultdict[str, list[Party]] = defaultdict(list)
        for party in statement.parties:
            entries[party.actor].append(party)
        for actor, own in entries.items():
            found[actor][statement.id] = _Told(tuple(own), (statement,))
    return [
        (actor, list(by_statement.values()) if len(by_statement) == 1 else _together(by_statement.values()))
        for actor, by_statement in sorted(found.items())
    ]


def _together(told: Iterable[_Told]) -> list[_Told]:
    """What is told of one actor, with the spells that a source tells one by one put together."""
    by_source: defaultdict[str, list[_Told]] = defaultdict(list)
    for one in told:
        by_source[one.statements[0].source].append(one)
    found: list[_Told] = []
    for same in by_source.values():
        entries = dict.fromkeys(party for one in same for party in one.entries)
        if len(entries) > 1 and _apart(entries):
            spells = sorted(entries, key=lambda party: (party.dates or ALWAYS).begin)
            found.append(_Told(tuple(spells), tuple(each for one in same for each in one.statements)))
        else:
            found += same
    return found


def _apart(entries: Iterable[Party]) -> bool:
    """Whether no two of an actor's entries surely overlap, save on the day on which one gives way to the next.

    Phases of a treaty may run side by side, each with other partners.
    """
    phases: defaultdict[str, list[When]] = defaultdict(list)
    for party in entries:
        phases[party.phase].append(party.dates or ALWAYS)
    groups = phases.values() if "" not in phases else [[when for times in phases.values() for when in times]]
    return all(
        earlier.earliest_end <= later.latest_begin
        for times in groups
        for earlier, later in pairwise(sorted(times, key=lambda when: (when.begin, when.end)))
    )


def as_decided(told: Iterable[Statement], decisions: Sequence[Statement]) -> list[Statement]:
    """The statements with what was decided of a party in place of what they say of it."""
    decided = {party.actor: _entries(one, party.actor) for one in decisions for party in one.parties}
    if not decided:
        return list(told)
    return [
        replace(
            statement,
            parties=tuple(
                one
                for actor in dict.fromkeys(party.actor for party in statement.parties)
                for one in decided.get(actor) or _entries(statement, actor)
            ),
        )
        for statement in told
    ]


def party_accounts(told: Sequence[Statement]) -> dict[str, tuple[Party, ...]]:
    """The accounts of each party on which the statements differ, by the texts that they go by."""
    return {
        one.account.value: one.entries
        for _, entries in _told_of_actors(told)
        if len({one.entries for one in entries}) > 1
        for one in entries
    }


def _entries(statement: Statement, actor: str) -> tuple[Party, ...]:
    return tuple(party for party in statement.parties if party.actor == actor)


def views_of(
    told: Sequence[Statement],
    parties: tuple[Party, ...],
    types: tuple[str, ...],
    *,
    parties_open: bool,
    types_open: bool,
) -> tuple[View, ...]:
    """The distinct views of the statements on what is not settled; none where all is."""
    if not (parties_open or types_open):
        return ()
    settled: dict[str, tuple[Party, ...]] = {}
    for party in parties:
        settled[party.actor] = (*settled.get(party.actor, ()), party)
    own = {
        (actor, statement.id): one.entries
        for actor, entries in _told_of_actors(told)
        for one in entries
        for statement in one.statements
    }
    # Only where every statement has one entry for an actor are its dates settled for all of them (see resolve_parties).
    dated = {
        actor for actor in settled if all(len(own.get((actor, statement.id), ())) < 2 for statement in told)
    }
    views = {
        View(
            _seen_by(statement, settled, dated, own) if parties_open else parties,
            tuple(name for name in types if name in statement.types)
            if types_open and statement.types
            else types,
        ): None
        for statement in told
    }
    return tuple(views) if len(views) > 1 else ()


def _seen_by(
    statement: Statement,
    settled: Mapping[str, tuple[Party, ...]],
    dated: Container[str],
    own: Mapping[tuple[str, str], tuple[Party, ...]],
) -> tuple[Party, ...]:
    """The parties as the statement has them: those it does not name as they are settled, and `dated` ones with settled dates."""
    seen: list[Party] = []
    for actor, ours in settled.items():
        entries = own.get((actor, statement.id), ours)
        seen.extend((replace(entries[0], dates=ours[0].dates),) if actor in dated else entries)
    return tuple(seen)


def _preferred(accounts: Sequence[Account], policy: Policy) -> Account | None:
    return preferred(accounts, policy, lambda left, right: left.value == right.value)


def text_of(party: Party) -> str:
    """A party as one text: who, in which role, pledging what, within which time of its own, in which phase."""
    phase = f"phase {party.phase}" if party.phase else ""
    return " ".join(filter(None, (party.actor, party.role, _pledges(party), str(party.dates or ""), phase)))


def _text(entries: tuple[Party, ...]) -> str:
    return "; ".join(map(text_of, entries))


def _pledges(party: Party) -> str:
    """What it pledges, in words that tell a party that pledges nothing from one of which no pledge is told."""
    if party.pledges is None:
        return ""
    return ",".join(party.pledges) or "pledges nothing"
