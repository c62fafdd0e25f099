"""The steps of a fact's status, each from the statements that tell it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from comity.graph.accounts import DECISION, Account, Policy, Resolved, State, resolve_dates
from comity.graph.dates import FIRST_DAY, Bounds, When
from comity.graph.kinds import Kind
from comity.graph.model import Statement, Step


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

    def is_over_by(self, day: date) -> bool:
        """Whether an end is told that surely came before the day; a single date is a beginning."""
        return self.when.is_interval and self.when.latest_end < day


_Taken = tuple[Step, Statement]


def resolve_steps(kind: Kind, told: Sequence[Statement], policy: Policy) -> Iterator[FactStep]:
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
    def resolved(pick: Callable[[When], Bounds]) -> Resolved:
        accounts, decided = (
            [
                Account(step.when.text, told.source, told.id, pick(step.when))
                for step, told in taken
                if (told.method == DECISION) is by_decision
            ]
            for by_decision in (False, True)
        )
        return resolve_dates(accounts, policy, decided)

    begin, end = resolved(lambda when: when.begin), resolved(lambda when: when.end)
    assert begin.bounds and end.bounds
    when = When.of(begin.bounds, end.bounds)
    state = State.CONFLICT if State.CONFLICT in (begin.state, end.state) else begin.state
    if any(step.when.is_interval for step, _ in taken) and not when.is_interval:
        when = replace(
            when, text=f"{when.text}/{when.text}"
        )  # a date alone would be a beginning whose end is not told
    unsettled = any(side.state is State.CONFLICT and not side.settled_by for side in (begin, end))
    settled_by = "" if unsettled else begin.settled_by or end.settled_by
    return FactStep(
        name, between, when, Resolved(state, (when.text,), begin.bounds, begin.accounts, settled_by)
    )


_OneStep = TypeVar("_OneStep", Step, FactStep)


def out_of_order(kind: Kind, steps: Sequence[_OneStep]) -> Iterator[tuple[_OneStep, _OneStep]]:
    """Each step that surely came before an earlier step of a life, after the first such; the steps in the order of a life."""
    taken = [step for step in steps if not step.between and not kind.steps[step.name].plan]
    for place, later in enumerate(taken):
        for earlier in taken[:place]:
            same = earlier.name == later.name
            both_begin = kind.steps[earlier.name].effective and kind.steps[later.name].effective
            if not (same or both_begin) and later.when.latest_begin < earlier.when.earliest_begin:
                yield earlier, later
                break
