"""From the statements about a fact to the fact: its properties, its steps, its time in effect and its parties."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from comity.graph.accounts import (
    DECISION,
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
from comity.graph.dates import FIRST_DAY, LAST_DAY, When, day_after
from comity.graph.effect import is_called_off, resolve_effect, resolve_outcome
from comity.graph.identity import APART, Identity
from comity.graph.kinds import Kind, kind_of
from comity.graph.model import Party, Statement, collection_of
from comity.graph.parties import View, as_decided, resolve_parties, resolve_types, views_of
from comity.graph.steps import FactStep, resolve_steps
from comity.graph.stores.stopping import check_stop


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as its live statements give it.

    `begin` and `end` bound the time in effect (in force, or held); both are missing where it never came into effect as far as
    the statements tell. `outcome` is there where some have it called off and others held. `ids` are those of all facts that were judged to be this one; the first of them is `id`. `views` are what
    the statements hold of parties and types where that is disputed and not settled.
    """

    id: str
    ids: tuple[str, ...]
    kind: str
    types: tuple[str, ...]
    titles: tuple[str, ...]
    parties: tuple[Party, ...]
    steps: tuple[FactStep, ...]
    begin: Resolved
    end: Resolved
    properties: dict[str, Resolved]
    statements: tuple[Statement, ...] = field(repr=False)
    views: tuple[View, ...] = ()
    outcome: Resolved = MISSING

    @property
    def title(self) -> str:
        """The name used most, else the id's key."""
        return self.titles[0] if self.titles else self.id.partition(":")[2]

    @property
    def collection(self) -> str:
        """The dossier or data set it belongs to."""
        return collection_of(self.id)

    @property
    def collections(self) -> tuple[str, ...]:
        """The dossiers and data sets that tell of it: several where facts were judged to be one."""
        return tuple(sorted({collection_of(id) for id in self.ids}))

    @property
    def sure_types(self) -> tuple[str, ...]:
        """The types that no statement disputes."""
        return tuple(name for name in self.types if all(name in view.types for view in self.views))

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that speak of it, in order; who decided something about it is none."""
        told = (statement for statement in self.statements if statement.method != DECISION)
        return tuple(sorted({statement.source for statement in told}))

    @property
    def span(self) -> When | None:
        """The time in effect; None where the fact never came into effect."""
        if self.begin.bounds is None or self.end.bounds is None:
            return None
        return When.of(self.begin.bounds, self.end.bounds)

    @property
    def status(self) -> str:
        """The last step that the statements tell of, be it to come: see `status_on`."""
        return self.status_on(LAST_DAY)

    def status_on(self, day: date) -> str:
        """The last step that may have been taken by the day, in the order of a life.

        `missing` where none is; `conflict` where some have it called off by then, or in effect, and others not.
        """
        steps = kind_of(self.kind).steps
        # When a plan was made nobody tells: its date is the time planned for.
        # A suspension that has ended gives way to the step that it interrupted.
        taken = {
            step.name
            for step in self.steps_taken
            if not step.between
            and (steps[step.name].plan or step.when.earliest_begin <= day)
            and not (steps[step.name].interrupts and step.is_over_by(day))
        }
        if self.may_be_off and any(steps[name].effective or steps[name].cancels for name in taken):
            return str(State.CONFLICT)
        if self.end.bounds is not None:
            closing = {name for name, step in steps.items() if step.closes}
            if self.end.bounds[0] >= day:
                taken -= closing
            elif self.end.bounds[1] < LAST_DAY:
                taken |= closing
        return max(taken, key=list(steps).index, default=str(State.MISSING))

    @property
    def statuses(self) -> tuple[tuple[date, str], ...]:
        """Every status that it has had or will have, with the first day of each; the first of them from `FIRST_DAY` on."""
        days = {FIRST_DAY} if self.end.bounds is None else {FIRST_DAY, day_after(self.end.bounds[0])}
        for step in self.steps_taken:
            days |= {step.when.earliest_begin, day_after(step.when.latest_end)}
        found = [(day, self.status_on(day)) for day in sorted(days)]
        return (*found[:1], *(later for earlier, later in pairwise(found) if earlier[1] != later[1]))

    @property
    def may_be_off(self) -> bool:
        """Whether some have it called off, others held, and nothing has settled that."""
        return self.outcome is not MISSING and not self.outcome.settled_by

    @property
    def steps_taken(self) -> tuple[FactStep, ...]:
        """The steps without those that are settled not to have been taken: held if it was called off, called off if it was held."""
        if not self.outcome.settled_by:
            return self.steps
        kind = kind_of(self.kind)
        off = is_called_off(kind, self.outcome)

        def stands(step: FactStep) -> bool:
            sort = kind.steps[step.name]
            return bool(step.between) or not (sort.effective if off else sort.cancels)

        return tuple(step for step in self.steps if stands(step))

    @property
    def disputed(self) -> dict[str, Resolved]:
        """The properties on which sources disagree, with their accounts and what settled them, if anything did."""
        steps = kind_of(self.kind).steps
        named = [("status", self.outcome), ("begin", self.begin), ("end", self.end), *self.properties.items()]
        # Steps in effect are disputed as begin and end.
        named += [(step.name, step.resolved) for step in self.steps if not steps[step.name].effective]
        found: dict[str, Resolved] = {}
        for name, resolved in named:
            if resolved.state is State.CONFLICT or resolved.settled_by == "majority":
                before = found.get(name)
                found[name] = resolved if before is None else _together(before, resolved)
        return found

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The names of the disputed properties that neither policy nor decision has settled."""
        return tuple(name for name, resolved in self.disputed.items() if not resolved.settled_by)


def resolve(statements: Iterable[Statement], policy: Policy = STRICT) -> Fact:
    """The fact that these statements, all about one fact, give under the policy; some of them must be no decisions."""
    ordered = sorted(
        statements, key=lambda statement: (statement.source, statement.place.start or 0, statement.id)
    )
    told = [statement for statement in ordered if statement.method != DECISION]
    decisions = [statement for statement in ordered if statement.method == DECISION]
    kind = kind_of(told[0].kind)
    properties = _properties(kind, told, decisions, policy)
    outcome = resolve_outcome(kind, told, decisions, policy)
    begin, end = resolve_effect(kind, told, decisions, policy)
    if is_called_off(kind, outcome):
        begin, end = MISSING, MISSING
    parties, disputed_parties = resolve_parties(told, policy, decisions)
    types, disputed_types = resolve_types(told, decisions, kind.types, policy)
    types = types or _pledged(kind, parties)
    properties |= {"parties": disputed_parties} if disputed_parties else {}
    properties |= {"types": disputed_types} if disputed_types else {}
    ids = tuple(sorted({statement.fact for statement in told}))
    return Fact(
        id=ids[0],
        ids=ids,
        kind=kind.name,
        types=types,
        titles=_titles(told),
        parties=parties,
        steps=tuple(resolve_steps(kind, ordered, policy)),
        begin=begin,
        end=end,
        properties=properties,
        statements=tuple(ordered),
        outcome=outcome,
        views=views_of(
            as_decided(told, decisions),
            parties,
            types,
            parties_open=disputed_parties is not None and not disputed_parties.settled_by,
            types_open=disputed_types is not None and not disputed_types.settled_by,
        ),
    )


def _pledged(kind: Kind, parties: Sequence[Party]) -> tuple[str, ...]:
    """What any party pledges: the types of a fact of which no statement names any."""
    pledges = {name for party in parties for name in party.pledges or ()}
    return tuple(name for name in kind.types if name in pledges) if pledges else ()


def resolve_all(
    statements: Iterable[Statement], policy: Policy = STRICT, identity: Identity = APART
) -> Iterator[Fact]:
    """One fact for each group of ids that are one, in the order of the ids; a fact of which there are only decisions is none."""
    told = list(statements)
    there = {statement.fact for statement in told if statement.method != DECISION}
    names = identity.named(there)
    groups: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in told:
        known = (
            statement.fact
            if statement.fact in there
            else min(there & identity.of_fact(statement.fact), default=None)
        )
        if known is not None:
            groups[names[known]].append(statement)
    for _, group in sorted(groups.items()):
        check_stop()
        yield resolve(group, policy)


def _together(one: Resolved, other: Resolved) -> Resolved:
    """Two disputes of one name (a suspension that came twice) as one: settled only if both are."""
    return Resolved(
        State.CONFLICT,
        one.values + other.values,
        other.bounds,
        one.accounts + other.accounts,
        one.settled_by if other.settled_by else "",
    )


def _properties(
    kind: Kind, told: Sequence[Statement], decisions: Sequence[Statement], policy: Policy
) -> dict[str, Resolved]:
    """The properties that any statement gives, in the order of the kind."""
    accounts, decided = _accounts(kind, told), _accounts(kind, decisions)
    found: dict[str, Resolved] = {}
    for name, property in kind.properties.items():
        if name not in accounts and name not in decided:
            continue
        given, settled = accounts.get(name, []), decided.get(name, [])
        if property.value == "date":
            found[name] = resolve_dates(given, policy, settled)
        elif property.value == "text":
            found[name] = resolve_texts(given, policy, settled)
        else:
            found[name] = resolve_names(given, settled)
    return found


def _accounts(kind: Kind, statements: Sequence[Statement]) -> dict[str, list[Account]]:
    """What the statements say of each property."""
    found: dict[str, list[Account]] = {}
    for statement in statements:
        for name, values in statement.properties:
            dated = kind.properties[name].value == "date"
            found.setdefault(name, []).extend(
                Account(value, statement.source, statement.id, When.parse(value).begin if dated else None)
                for value in values
            )
    return found


def _titles(told: Sequence[Statement]) -> tuple[str, ...]:
    """Every name used, the one used by most statements first; equal ones in the order of the statements."""
    names = [title for statement in told for title in statement.titles]
    return tuple(sorted(dict.fromkeys(names), key=lambda name: -names.count(name)))
