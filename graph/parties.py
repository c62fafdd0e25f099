"""Who takes part in a fact and in what: parties and types as the statements together give them, and the views of those that differ.

A statement that does not name a party, or no types, denies nothing. Where statements differ, a party's dates are bounded by all
accounts; for roles, pledges and types every statement has its own view, unless a policy or a decision settles them.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from comity.graph.accounts import DECISION, Account, Policy, Resolved, State, preferred, resolve_dates
from comity.graph.dates import ALWAYS
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


def resolve_parties(
    told: Sequence[Statement], policy: Policy, decisions: Sequence[Statement] = ()
) -> tuple[tuple[Party, ...], Resolved | None]:
    """Every party that any statement names and, where statements differ on some, the property that these make.

    A decision chooses one account of one party; where the sources have come to agree on that party, it rests.
    """
    parties: list[Party] = []
    disputed: list[Account] = []
    preferences: list[tuple[str, str] | None] = []
    for actor in sorted({party.actor for statement in told for party in statement.parties}):
        entries = {statement.id: found for statement in told if (found := _entries(statement, actor))}
        first = next(iter(entries.values()))
        if all(found == first for found in entries.values()):
            parties.extend(first)
            continue
        by_id = {statement.id: statement for statement in told}
        accounts = [Account(_text(found), by_id[id].source, id) for id, found in entries.items()]
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
        ours = entries[chosen.statement] if chosen else first
        if all(len(found) == 1 for found in entries.values()):
            # A party without dates of its own is one for all the fact's time.
            dated = [(found[0].dates or ALWAYS, by_id[id].source, id) for id, found in entries.items()]
            begin = resolve_dates([Account(w.text, source, id, w.begin) for w, source, id in dated], policy)
            end = resolve_dates([Account(w.text, source, id, w.end) for w, source, id in dated], policy)
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
    found: dict[str, dict[str, tuple[Party, ...]]] = {}
    for statement in told:
        for party in statement.parties:
            entries = _entries(statement, party.actor)
            found.setdefault(party.actor, {})[_text(entries)] = entries
    return {text: one for accounts in found.values() if len(accounts) > 1 for text, one in accounts.items()}


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
    settled = {party.actor: tuple(one for one in parties if one.actor == party.actor) for party in parties}
    # Only where every statement has one entry for an actor are its dates settled for all of them (see resolve_parties).
    dated = {
        actor
        for actor in settled
        if all(sum(party.actor == actor for party in statement.parties) < 2 for statement in told)
    }
    views = {
        View(
            _seen_by(statement, settled, dated) if parties_open else parties,
            tuple(name for name in types if name in statement.types)
            if types_open and statement.types
            else types,
        ): None
        for statement in told
    }
    return tuple(views) if len(views) > 1 else ()


def _seen_by(
    statement: Statement, settled: dict[str, tuple[Party, ...]], dated: Container[str]
) -> tuple[Party, ...]:
    """The parties as the statement has them: those it does not name as they are settled, and `dated` ones with settled dates."""
    seen: list[Party] = []
    for actor, ours in settled.items():
        own = tuple(party for party in statement.parties if party.actor == actor) or ours
        seen.extend((replace(own[0], dates=ours[0].dates),) if actor in dated else own)
    return tuple(seen)


def _preferred(accounts: Sequence[Account], policy: Policy) -> Account | None:
    return preferred(accounts, policy, lambda left, right: left.value == right.value)


def _text(entries: tuple[Party, ...]) -> str:
    return "; ".join(
        " ".join(
            part
            for part in (party.actor, party.role, ",".join(party.pledges or ()), str(party.dates or ""))
            if part
        )
        for party in entries
    )
