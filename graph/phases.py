"""The phases of a fact's life: stretches of time with one status, for the fact as a whole and between two of its parties.

Announced until signed, signed until in force, in force until suspended or ended. A suspension may be confined to some parties.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.graph.dates import ALWAYS, FIRST_DAY, LAST_DAY, Bounds, When, day_after, day_before
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import Party
from comity.graph.resolve import Fact
from comity.graph.steps import FactStep


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a fact's life with one status; `disputed` where some have the fact called off, and others held."""

    status: str
    in_effect: bool
    when: When
    disputed: bool = False


def phases_of(fact: Fact) -> Iterator[Phase]:
    """The phases of a fact as a whole, suspensions left out: steps towards effect in order, then the time in effect."""
    kind = kind_of(fact.kind)
    taken = [step for step in fact.steps_taken if not step.between]
    span = fact.span
    if span is not None:
        yield from _steps_before(kind, taken, span)
        effective = [step.name for step in taken if kind.steps[step.name].effective]
        yield Phase(effective[-1], True, span, fact.may_be_off)
    else:
        yield from _steps_before(kind, taken, None)
    for step in taken:
        if kind.steps[step.name].cancels:
            yield Phase(step.name, False, When.of(step.when.begin, (LAST_DAY, LAST_DAY)), fact.may_be_off)


def _steps_before(kind: Kind, taken: list[FactStep], effect: When | None) -> Iterator[Phase]:
    """The phases before the time in effect, each lasting until the day before the next."""
    steps = [
        step
        for step in taken
        if not (sort := kind.steps[step.name]).effective
        and not (sort.closes or sort.interrupts)
        and not (sort.cancels or (sort.plan and effect))
    ]
    ends = [step.when for step in taken if kind.steps[step.name].closes or kind.steps[step.name].cancels]
    for place, step in enumerate(steps):
        if kind.steps[step.name].plan:
            yield Phase(step.name, False, step.when)
            continue
        later = [other.when for other in steps[place + 1 :] if not kind.steps[other.name].plan]
        later += [effect] if effect else []
        following = next(iter(later or ends), None)
        end = (step.when.earliest_begin, LAST_DAY)
        if following is not None:
            end = day_before(following.earliest_begin), day_before(following.latest_begin)
            if end[1] < step.when.earliest_begin:
                continue  # the next step was taken on the same day, or a source has them in another order
        yield Phase(step.name, False, When.of(step.when.begin, end))


def interruptions_of(fact: Fact) -> list[FactStep]:
    """The suspensions of the fact, whichever parties they are confined to."""
    kind = kind_of(fact.kind)
    return [step for step in fact.steps if kind.steps[step.name].interrupts]


def pauses_of(fact: Fact, left: str, right: str) -> list[tuple[tuple[str, ...], When]]:
    """The suspensions of the fact between the two actors: the parties each is confined to, and its time."""
    return [(step.between, _pause(step)) for step in interruptions_of(fact) if _hits(step, left, right)]


def _hits(step: FactStep, left: str, right: str) -> bool:
    return set(step.between) <= {left, right}


def phases_between(
    phases: list[Phase], interruptions: list[FactStep], left: Party, right: Party
) -> Iterator[Phase]:
    """The phases as they hold between two parties: within both parties' own dates and cut by their suspensions."""
    suspended = [step for step in interruptions if _hits(step, left.actor, right.actor)]
    for phase in phases:
        when: When | None = phase.when
        for party in (left, right):
            if party.dates is not None and when is not None:
                when = when.meet(party.dates)
        if when is None:
            continue
        if suspended and phase.in_effect:
            yield from _cut(phase, when, suspended)
        else:
            yield phase if when is phase.when else replace(phase, when=when)


def _cut(phase: Phase, when: When, suspended: list[FactStep]) -> list[Phase]:
    """The phase with the suspensions taken out of it and put beside it, in the order of time."""
    pieces, phases = [when], []
    for step in sorted(suspended, key=lambda step: step.when.begin):
        pause = _pause(step)
        # The bounds of each piece come from the suspension itself: that it is doubtful makes the pieces doubtful.
        until = day_before(pause.earliest_begin), day_before(pause.latest_begin)
        since = day_after(pause.earliest_end), day_after(pause.latest_end)
        left: list[When] = []
        for piece in pieces:
            during = piece.meet(pause)
            if during is None:
                left.append(piece)
                continue
            phases.append(Phase(step.name, False, during))
            before = piece.meet(_raw(ALWAYS.begin, until)) if until[1] > FIRST_DAY else None
            after = piece.meet(_raw(since, ALWAYS.end)) if since[0] < LAST_DAY else None
            left += [rest for rest in (before, after) if rest is not None]
        pieces = left
    phases += [replace(phase, when=piece) for piece in pieces]
    return sorted(phases, key=lambda each: (each.when.begin, each.when.end))


def _pause(step: FactStep) -> When:
    """The time of a suspension: one date is its beginning, its end is not told."""
    if step.when.is_interval:
        return step.when
    return When.of(step.when.begin, (step.when.earliest_begin, LAST_DAY))


def _raw(begin: Bounds, end: Bounds) -> When:
    """A time with exactly these bounds, to be met with another."""
    return When("", *begin, *end)
