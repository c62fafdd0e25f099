"""From facts to ties: dyadic edges made by a declared rule, one for each phase of the fact's life.

A phase is a stretch of time with one status: announced until signed, signed until in force, in force until suspended or
ended. `in_effect` marks the phases that count as a tie in force (or as a drill or talks held).
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from comity.graph.dates import ALWAYS, FIRST_DAY, LAST_DAY, Bounds, When, day_after, day_before
from comity.graph.errors import UnknownName
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import Party
from comity.graph.resolve import Fact, FactStep


@dataclass(frozen=True, slots=True)
class Tie:
    """One edge: two actors, a fact's phase between them, and the rule that made it.

    Undirected ties have `left` < `right`. A directed tie's types are the pledges of `left`.
    """

    fact: str
    kind: str
    left: str
    right: str
    directed: bool
    types: tuple[str, ...]
    status: str
    in_effect: bool
    when: When
    rule: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a fact's life with one status."""

    status: str
    in_effect: bool
    when: When


@dataclass(frozen=True, slots=True)
class _Case:
    """What a rule looks at beside the two parties."""

    kind: Kind
    fact: Fact
    organizations: Container[str]


_Joint = tuple[Party, Party, bool, tuple[str, ...]]
"""Two parties that a rule joins: left, right, whether directed, and the types of the tie."""

Rule = Callable[[_Case, Party, Party], Iterator[_Joint]]


def derive_ties(
    facts: Iterable[Fact], rule: str = "every-pair", organizations: Container[str] = ()
) -> Iterator[Tie]:
    """All ties that the rule makes of the facts, in the order of facts and parties.

    `organizations` holds the ids of the actors that are organizations; only the rule of that name asks for them.
    """
    join = rule_of(rule)
    for fact in facts:
        kind = kind_of(fact.kind)
        case = _Case(kind, fact, organizations)
        phases = list(phases_of(fact))
        interruptions = _interruptions(kind, fact)
        for one, other in combinations(fact.parties, 2):
            if one.actor == other.actor:
                continue
            for left, right, directed, types in join(case, one, other):
                for phase in _between(phases, interruptions, left, right):
                    yield Tie(
                        fact.id, fact.kind, left.actor, right.actor, directed, types,
                        phase.status, phase.in_effect, phase.when, rule, fact.sources,
                    )  # fmt: skip


def rule_of(name: str) -> Rule:
    """The rule of that name; `UnknownName` lists the rules."""
    found = RULES.get(name)
    if found is None:
        raise UnknownName("rule", name, RULES)
    return found


def phases_of(fact: Fact) -> Iterator[Phase]:
    """The phases of a fact as a whole, suspensions left out: steps towards effect in order, then the time in effect."""
    kind = kind_of(fact.kind)
    taken = [step for step in fact.steps if not step.between]
    span = fact.span
    if span is not None:
        yield from _steps_before(kind, taken, span)
        effective = [step.name for step in taken if kind.steps[step.name].effective]
        yield Phase(effective[-1], True, span)
    else:
        yield from _steps_before(kind, taken, None)
    for step in taken:
        if kind.steps[step.name].cancels:
            yield Phase(step.name, False, When.of(step.when.begin, (LAST_DAY, LAST_DAY)))


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


def _interruptions(kind: Kind, fact: Fact) -> list[FactStep]:
    return [step for step in fact.steps if kind.steps[step.name].interrupts]


def _between(
    phases: list[Phase], interruptions: list[FactStep], left: Party, right: Party
) -> Iterator[Phase]:
    """The phases as they hold between two parties: within both parties' own dates and cut by their suspensions."""
    suspended = [step for step in interruptions if set(step.between) <= {left.actor, right.actor}]
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
            yield phase if when is phase.when else Phase(phase.status, phase.in_effect, when)


def _cut(phase: Phase, when: When, suspended: list[FactStep]) -> Iterator[Phase]:
    """The phase with the suspensions taken out of it and put beside it."""
    rest: When | None = when
    for step in sorted(suspended, key=lambda step: step.when.begin):
        pause = _pause(step)
        if rest is None or rest.meet(pause) is None:
            continue
        # The bounds of each piece come from the suspension itself: that it is doubtful makes the pieces doubtful.
        until = day_before(pause.earliest_begin), day_before(pause.latest_begin)
        before = rest.meet(_raw(ALWAYS.begin, until)) if until[1] > FIRST_DAY else None
        if before is not None:
            yield Phase(phase.status, True, before)
        during = rest.meet(pause)
        if during is not None:
            yield Phase(step.name, False, during)
        since = day_after(pause.earliest_end), day_after(pause.latest_end)
        rest = rest.meet(_raw(since, ALWAYS.end)) if since[0] < LAST_DAY else None
    if rest is not None:
        yield Phase(phase.status, True, rest)


def _pause(step: FactStep) -> When:
    """The time of a suspension: one date is its beginning, its end is not told."""
    if step.when.is_interval:
        return step.when
    return When.of(step.when.begin, (step.when.earliest_begin, LAST_DAY))


def _raw(begin: Bounds, end: Bounds) -> When:
    """A time with exactly these bounds, to be met with another."""
    return When("", *begin, *end)


def _every_pair(case: _Case, one: Party, other: Party) -> Iterator[_Joint]:
    kind, fact = case.kind, case.fact
    if kind.directed:
        for left, right in ((one, other), (other, one)):
            if kind.joined(left.role, right.role):
                yield left, right, True, fact.types
    elif kind.joined(one.role, other.role):
        if kind.pledged and set(_pledges(fact, one)) != set(_pledges(fact, other)):
            yield from _pledger_pledged(case, one, other)
        elif not kind.pledged or _pledges(fact, one):
            left, right = sorted((one, other), key=lambda party: party.actor)
            yield left, right, False, _pledges(fact, one) if kind.pledged else fact.types


def _pledger_pledged(case: _Case, one: Party, other: Party) -> Iterator[_Joint]:
    if case.kind.pledged and case.kind.joined(one.role, other.role):
        for left, right in ((one, other), (other, one)):
            if _pledges(case.fact, left):
                yield left, right, True, _pledges(case.fact, left)


def _host_guest(case: _Case, one: Party, other: Party) -> Iterator[_Joint]:
    for left, right in ((one, other), (other, one)):
        if left.role == "host" and right.role != "host" and case.kind.joined(left.role, right.role):
            yield left, right, True, case.fact.types


def _organization(case: _Case, one: Party, other: Party) -> Iterator[_Joint]:
    for left, right in ((one, other), (other, one)):
        if right.actor in case.organizations and left.actor not in case.organizations:
            yield left, right, True, case.fact.types


def _pledges(fact: Fact, party: Party) -> tuple[str, ...]:
    return fact.types if party.pledges is None else party.pledges


RULES: dict[str, Rule] = {
    "every-pair": _every_pair,
    "host-guest": _host_guest,
    "pledger-pledged": _pledger_pledged,
    "organization": _organization,
}
"""The declared rules. every-pair: each two parties whose roles the kind joins, directed where their pledges differ;
host-guest: the host to each other party; pledger-pledged: each party that pledges something to each other party;
organization: each country to each organization that is a party."""
