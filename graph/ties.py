"""From facts to ties: dyadic edges made by a declared rule, one for each phase of the fact's life.

Where statements differ on parties or types and nothing has settled that, every view of them makes its ties, and a tie is disputed
that some view does not make. A phase is a stretch of time with one status: announced until signed, signed until in force, in force until suspended or
ended. `in_effect` marks the phases that count as a tie in force (or as a drill or talks held).
"""

from collections import defaultdict
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

    Undirected ties have `left` < `right`. A directed tie's types are the pledges of `left`. `sure_types` are those that no statement
    disputes; the whole tie is `disputed` where by some statement there is none.
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
    sure_types: tuple[str, ...] = ()
    disputed: bool = False


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
    types: tuple[str, ...]
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
        phases = list(phases_of(fact))
        interruptions = _interruptions(kind_of(fact.kind), fact)
        for joined in _join_views(fact, join, organizations):
            for phase in _between(phases, interruptions, joined.left, joined.right):
                yield Tie(
                    fact.id, fact.kind, joined.left.actor, joined.right.actor, joined.directed, joined.types,
                    phase.status, phase.in_effect, phase.when, rule, fact.sources, joined.sure_types, joined.disputed,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Joined:
    """Two parties that the rule joins by some view of the fact."""

    left: Party
    right: Party
    directed: bool
    types: tuple[str, ...]
    sure_types: tuple[str, ...]
    disputed: bool


def _join_views(fact: Fact, join: Rule, organizations: Container[str]) -> Iterator[_Joined]:
    """What the rule joins by any view of the fact, with what all views have in common."""
    kind = kind_of(fact.kind)
    if not fact.views:
        for left, right, directed, types in _join_parties(
            _Case(kind, fact.types, organizations), fact.parties, join
        ):
            yield _Joined(left, right, directed, types, types, False)
        return
    found: dict[tuple[Party, Party, bool], set[str]] = {}
    seen = []
    for view in fact.views:
        ways: defaultdict[tuple[Party, Party], set[str]] = defaultdict(set)
        for left, right, directed, types in _join_parties(
            _Case(kind, view.types, organizations), view.parties, join
        ):
            left, right = _bare(left), _bare(right)
            found.setdefault((left, right, directed), set()).update(types)
            for way in ((left, right),) if directed else ((left, right), (right, left)):
                ways[way] |= set(types)
        seen.append(ways)
    for (left, right, directed), names in found.items():
        # Going both ways, a tie is as sure as either of them.
        needed = ((left, right),) if directed else ((left, right), (right, left))
        told = [ways.get(way) for ways in seen for way in needed]
        sure = set.intersection(*(types or set() for types in told))
        yield _Joined(
            left, right, directed,
            tuple(name for name in kind.types if name in names), tuple(name for name in kind.types if name in sure),
            any(types is None for types in told),
        )  # fmt: skip


def _bare(party: Party) -> Party:
    """The party as a tie needs it: who, and when."""
    return Party(party.actor, "", None, party.dates)


def _join_parties(case: _Case, parties: tuple[Party, ...], join: Rule) -> Iterator[_Joint]:
    for one, other in combinations(parties, 2):
        if one.actor != other.actor:
            yield from join(case, one, other)


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
    kind = case.kind
    if kind.directed:
        for left, right in ((one, other), (other, one)):
            if kind.joined(left.role, right.role):
                yield left, right, True, case.types
    elif kind.joined(one.role, other.role):
        if kind.pledged and set(_pledges(case, one)) != set(_pledges(case, other)):
            yield from _pledger_pledged(case, one, other)
        elif not kind.pledged or _pledges(case, one):
            left, right = sorted((one, other), key=lambda party: party.actor)
            yield left, right, False, _pledges(case, one) if kind.pledged else case.types


def _pledger_pledged(case: _Case, one: Party, other: Party) -> Iterator[_Joint]:
    if case.kind.pledged and case.kind.joined(one.role, other.role):
        for left, right in ((one, other), (other, one)):
            if _pledges(case, left):
                yield left, right, True, _pledges(case, left)


def _host_guest(case: _Case, one: Party, other: Party) -> Iterator[_Joint]:
    for left, right in ((one, other), (other, one)):
        if left.role == "host" and right.role != "host" and case.kind.joined(left.role, right.role):
            yield left, right, True, case.types


def _organization(case: _Case, one: Party, other: Party) -> Iterator[_Joint]:
    for left, right in ((one, other), (other, one)):
        if right.actor in case.organizations and left.actor not in case.organizations:
            yield left, right, True, case.types


def _pledges(case: _Case, party: Party) -> tuple[str, ...]:
    return case.types if party.pledges is None else party.pledges


RULES: dict[str, Rule] = {
    "every-pair": _every_pair,
    "host-guest": _host_guest,
    "pledger-pledged": _pledger_pledged,
    "organization": _organization,
}
"""The declared rules. every-pair: each two parties whose roles the kind joins, directed where their pledges differ;
host-guest: the host to each other party; pledger-pledged: each party that pledges something to each other party;
organization: each country to each organization that is a party."""
