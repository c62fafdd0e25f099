"""From facts to ties: dyadic edges made by a declared rule, one for each phase of the fact's life.

Where statements differ on parties or types and nothing has settled that, every view of them makes its ties, and a tie is disputed
that some view does not make, or whose fact some have called off. `in_effect` marks the phases (graph/phases.py) that count as a tie in force, or as a drill or talks
held.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import UnknownName
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import Party
from comity.graph.parties import View
from comity.graph.phases import interruptions_of, phases_between, phases_of
from comity.graph.resolve import Fact


@dataclass(frozen=True, slots=True)
class Tie:
    """One edge: two actors, a fact's phase between them, and the rule that made it.

    Undirected ties have `left` < `right`. A directed tie's types are the pledges of `left`. `sure_types` are those that no statement
    disputes, `views` the types by each account where these differ; the whole tie is `disputed` where by some statement there is none.
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
    views: tuple[tuple[str, ...], ...] = ()

    @property
    def sure(self) -> bool:
        """Whether there is the tie by every account, at some time."""
        return self.when.sure and not self.disputed

    def surely_within(self, first: date, last: date) -> bool:
        """Whether it holds on some day of the span by every account, however the doubtful dates are settled."""
        return self.sure and self.when.certainly_within(first, last)

    def may_be_of(self, wanted: Collection[str]) -> bool:
        """Whether by some account it is of one of these types; of none: of any."""
        return not wanted or any(name in wanted for name in self.types)

    def surely_of(self, wanted: Collection[str]) -> bool:
        """Whether by every account it is of one of these types, whichever; of none: of any."""
        return not wanted or all(
            any(name in wanted for name in types) for types in self.views or (self.sure_types,)
        )


@dataclass(frozen=True, slots=True)
class _Case:
    """What a rule looks at beside the two parties."""

    kind: Kind
    types: tuple[str, ...]
    organizations: Container[str]
    of: Container[str] | None = None


_Joint = tuple[Party, Party, bool, tuple[str, ...]]
"""Two parties that a rule joins: left, right, whether directed, and the types of the tie."""

Rule = Callable[[_Case, Party, Party], Iterator[_Joint]]


def derive_ties(
    facts: Iterable[Fact],
    rule: str = "every-pair",
    organizations: Container[str] = (),
    *,
    of: Container[str] | None = None,
) -> Iterator[Tie]:
    """All ties that the rule makes of the facts, in the order of facts and parties.

    `organizations` holds the ids of the actors that are organizations; only the rule of that name asks for them. With `of` only the
    ties of these actors are made: of a pact of fifty, one actor has forty-nine of more than a thousand.
    """
    join = rule_of(rule)
    for fact in facts:
        phases = list(phases_of(fact))
        interruptions = interruptions_of(fact)
        sources = fact.sources
        for joined in _join_views(fact, join, organizations, of):
            for phase in phases_between(phases, interruptions, joined.left, joined.right):
                yield Tie(
                    fact.id, fact.kind, joined.left.actor, joined.right.actor, joined.directed, joined.types,
                    phase.status, phase.in_effect, phase.when, rule, sources, joined.sure_types,
                    joined.disputed or phase.disputed, joined.views,
                )  # fmt: skip


def joined_by_views(
    fact: Fact, rule: str, organizations: Container[str] = ()
) -> list[list[tuple[Party, Party, tuple[str, ...]]]]:
    """For each view of the fact (the settled one, if nothing is disputed) the parties that the rule joins, with the types of the tie."""
    join, kind = rule_of(rule), kind_of(fact.kind)
    views = fact.views or (View(fact.parties, fact.types),)
    return [
        [
            (left, right, types)
            for left, right, _, types in _join_parties(
                _Case(kind, view.types, organizations), view.parties, join
            )
        ]
        for view in views
    ]


@dataclass(frozen=True, slots=True)
class _Joined:
    """Two parties that the rule joins by some view of the fact."""

    left: Party
    right: Party
    directed: bool
    types: tuple[str, ...]
    sure_types: tuple[str, ...]
    disputed: bool
    views: tuple[tuple[str, ...], ...] = ()


def _join_views(
    fact: Fact, join: Rule, organizations: Container[str], of: Container[str] | None
) -> Iterator[_Joined]:
    """What the rule joins by any view of the fact, with what all views have in common."""
    kind = kind_of(fact.kind)
    if not fact.views:
        for left, right, directed, types in _join_parties(
            _Case(kind, fact.types, organizations, of), fact.parties, join
        ):
            yield _Joined(left, right, directed, types, types, False)
        return
    found: dict[tuple[Party, Party, bool], set[str]] = {}
    seen = []
    for view in fact.views:
        ways: defaultdict[tuple[Party, Party], set[str]] = defaultdict(set)
        for left, right, directed, types in _join_parties(
            _Case(kind, view.types, organizations, of), view.parties, join
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
            any(types is None for types in told), _told_apart(kind, told),
        )  # fmt: skip


def _told_apart(kind: Kind, told: Iterable[set[str] | None]) -> tuple[tuple[str, ...], ...]:
    """The types that the views have, in the order of the kind; nothing where they have the same."""
    views = {tuple(name for name in kind.types if name in types) for types in told if types is not None}
    return tuple(sorted(views)) if len(views) > 1 else ()


def _bare(party: Party) -> Party:
    """The party as a tie needs it: who, and when."""
    return Party(party.actor, "", None, party.dates)


def _join_parties(case: _Case, parties: tuple[Party, ...], join: Rule) -> Iterator[_Joint]:
    for one, other in combinations(parties, 2):
        if case.of is not None and one.actor not in case.of and other.actor not in case.of:
            continue
        if one.actor != other.actor and _side_by_side(one, other):
            yield from join(case, one, other)


def _side_by_side(one: Party, other: Party) -> bool:
    """Whether two parties can have anything between them: not in different phases, nor where one takes the other's place that day."""
    if one.phase and other.phase and one.phase != other.phase:
        return False
    if one.dates is None or other.dates is None:
        return True
    return not (
        _takes_over(one.actor, other.actor, one.dates, other.dates)
        or _takes_over(other.actor, one.actor, other.dates, one.dates)
    )


def _takes_over(first: str, second: str, before: When, after: When) -> bool:
    """Whether the second state continues the first, and is a party from the very day on which that one ends to be.

    Of a year in which one ends and the other begins nothing is known: neighbours that were one state may have much between them.
    """
    if len({*before.end, *after.begin}) > 1 or first not in crosswalk():
        return False
    return any(succession.id == second for succession in crosswalk().actor(first).successors)


def rule_of(name: str) -> Rule:
    """The rule of that name; `UnknownName` lists the rules."""
    found = RULES.get(name)
    if found is None:
        raise UnknownName("rule", name, RULES)
    return found


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
