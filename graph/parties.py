"""Who takes part in a fact and in what: parties and types as the statements together give them, and the views of those that differ.

A statement that does not name a party, or no types, denies nothing. Dates of different precision agree where some day satisfies all of
them. Where statements differ, a party's dates are bounded by all accounts; for roles, pledges and types every statement has its own
view, unless a policy or a decision settles them.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from comity.graph.accounts import DECISION, Account, Policy, Resolved, State, preferred, resolve_dates
from comity.graph.dates import ALWAYS
from comity.graph.model import Party, Statement
from comity.graph.told import agreed_entries, during, entries_text, told_of_actors


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


def resolve_parties(
    told: Sequence[Statement], policy: Policy, decisions: Sequence[Statement] = ()
) -> tuple[tuple[Party, ...], Resolved | None]:
    """Every party that any statement names and, where statements differ on some, the property that these make.

    A decision chooses one account of one party; where the sources have come to agree on that party, it rests.
    """
    parties: list[Party] = []
    disputed: list[Account] = []
    preferences: list[tuple[str, str] | None] = []
    for actor, entries in told_of_actors(told):
        agreed = agreed_entries(entries)
        if agreed is not None:
            parties.extend(agreed)
            continue
        accounts = [one.account for one in entries]
        disputed.extend(accounts)
        if decided := [one for one in decisions if _entries(one, actor)]:
            ours = _entries(decided[-1], actor)
            own = Account(entries_text(ours), decided[-1].source, decided[-1].id)
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
            ours = (during(ours[0], begin.bounds, end.bounds),)
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
        for actor, entries in told_of_actors(told)
        if agreed_entries(entries) is None
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
    """The parties as the statement has them: those on which it differs from none as they are settled, and `dated` ones with settled dates."""
    seen: list[Party] = []
    for actor, ours in settled.items():
        entries = own.get((actor, statement.id))
        if entries is None:
            seen.extend(ours)
        else:
            seen.extend((replace(entries[0], dates=ours[0].dates),) if actor in dated else entries)
    return tuple(seen)


def _preferred(accounts: Sequence[Account], policy: Policy) -> Account | None:
    return preferred(accounts, policy, lambda left, right: left.value == right.value)
