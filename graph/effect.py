"""The time in effect of a fact (in force, or held): its beginning and its end, from the steps that statements tell."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.graph.accounts import (
    DECISION,
    MISSING,
    Account,
    Policy,
    Resolved,
    State,
    preferred,
    resolve_dates,
)
from comity.graph.dates import FIRST_DAY, LAST_DAY, Bounds
from comity.graph.kinds import Kind
from comity.graph.model import Statement


@dataclass(frozen=True, slots=True)
class _Effect:
    """The accounts of a time in effect: of its beginning, of its end, and whether there is any of it being in effect."""

    begins: list[Account]
    ends: list[Account]
    told: bool


def resolve_effect(
    kind: Kind, told: Sequence[Statement], decisions: Sequence[Statement], policy: Policy
) -> tuple[Resolved, Resolved]:
    """Beginning and end of the time in effect; both missing where it never came into effect as far as anybody tells."""
    sources, decided = _effect_in(kind, told), _effect_in(kind, decisions)
    if not (sources.told or decided.told):
        return MISSING, MISSING
    begin = resolve_dates(sources.begins, policy, decided.begins)
    end = resolve_dates(sources.ends, policy, decided.ends)
    if begin.bounds and end.bounds and end.bounds[1] < begin.bounds[0]:
        # One source has it end before another has it begin: each of the days may be the beginning, the end, or wrong.
        hull = end.bounds[0], begin.bounds[1]
        return (
            replace(begin, state=State.CONFLICT, bounds=hull, settled_by=""),
            replace(end, state=State.CONFLICT, bounds=hull, settled_by=""),
        )
    begin_bounds = begin.bounds or (FIRST_DAY, end.bounds[1] if end.bounds else LAST_DAY)
    end_bounds = end.bounds or (begin_bounds[0], _longest(kind, begin_bounds))
    return (
        replace(begin, bounds=begin_bounds),
        replace(end, bounds=(max(end_bounds[0], begin_bounds[0]), end_bounds[1])),
    )


def resolve_outcome(
    kind: Kind, told: Sequence[Statement], decisions: Sequence[Statement], policy: Policy
) -> Resolved:
    """Whether it came into effect or was called off, where there are accounts of both (`held 2016-10-24`, `cancelled 2016-10-01`).

    Missing where nobody doubts it. A decision on either step settles it.
    """
    called_off = {name for name, step in kind.steps.items() if step.cancels}

    def accounts_of(statements: Sequence[Statement]) -> list[Account]:
        return [
            Account(f"{step.name} {step.when}", statement.source, statement.id)
            for statement in statements
            for step in statement.steps
            if not step.between and (kind.steps[step.name].effective or step.name in called_off)
        ]

    def is_off(account: Account) -> bool:
        return account.value.partition(" ")[0] in called_off

    def agreed(some: Sequence[Account]) -> bool:
        return len({is_off(account) for account in some}) == 1

    accounts, decided = accounts_of(told), accounts_of(decisions)
    every = (*accounts, *decided)
    if not every or agreed(every):
        return MISSING
    state = State.UNIQUE if agreed(accounts) else State.CONFLICT
    chosen, settled_by = (decided[0] if agreed(decided) else None), DECISION
    if chosen is None and not decided:
        chosen = preferred(accounts, policy, lambda left, right: is_off(left) == is_off(right))
        settled_by = policy.followed(chosen) if chosen else ""
        state = State.MAJORITY if settled_by == "majority" else state
    if chosen is None:
        return Resolved(State.CONFLICT, tuple(sorted({account.value for account in every})), None, every)
    return Resolved(state, (chosen.value,), None, every, settled_by)


def is_called_off(kind: Kind, outcome: Resolved) -> bool:
    """Whether the outcome is settled, and it was called off."""
    return bool(outcome.settled_by) and kind.steps[outcome.text.partition(" ")[0]].cancels


def _effect_in(kind: Kind, statements: Sequence[Statement]) -> _Effect:
    """What these statements tell of the time in effect."""
    begins, ends = [], []
    in_effect = False
    for statement in statements:
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
    return _Effect(begins, ends, in_effect)


def _longest(kind: Kind, begin: Bounds) -> date:
    """The latest end of something of unknown end: the kind's declared longest duration, if it has one."""
    if kind.longest_days is None or begin[1] > LAST_DAY - timedelta(days=kind.longest_days):
        return LAST_DAY
    return begin[1] + timedelta(days=kind.longest_days)
