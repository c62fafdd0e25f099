"""Slices: the ties on a day or in a span, of chosen kinds, types, rule, sources and policy. Everything that is measured, drawn or
exported is a slice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Literal, get_args

from comity.graph.accounts import STRICT, Policy
from comity.graph.coverage import (
    Coverage,
    Loaded,
    check_told,
    choose_sources,
    coverage_of,
    loaded_sources,
    untold,
)
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When, check_span
from comity.graph.errors import UnknownName
from comity.graph.facts import read_facts
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kind_of
from comity.graph.resolve import Fact
from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_steadily
from comity.graph.ties import Tie, derive_ties, rule_of

Certainty = Literal["certain", "possible"]
"""certain: a tie whatever the doubtful dates are, disputed by no source; possible: a tie for some settlement of them."""

CONVENTIONS = {
    "any-day": "a tie counts that holds on any day of the year or span",
    "first-day": "a tie counts that holds on the first day: 1 January of a year",
    "last-day": "a tie counts that holds on the last day: 31 December of a year",
}
"""The ways in which the field reads a year (or another span); they differ by hundreds of ties where many began or ended in it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a slice is asked for.

    `as_of` is a day, or a closed span (`2016`, `2016-10`, `2014-01-01/2016-12-31`): which of its days a tie has to hold on is the
    `convention`. `types` empty means all types; `sources` empty means the default choice, see `choose_sources`. `applied_from` is
    the least confidence at which a judgement makes two facts one.
    """

    layers: tuple[str, ...] = ("agreement",)
    types: tuple[str, ...] = ()
    rule: str = "every-pair"
    sources: tuple[str, ...] = ()
    as_of: When = field(default_factory=lambda: today())
    certainty: Certainty = "certain"
    policy: Policy = STRICT
    known_on: date | None = None
    convention: str = "any-day"
    applied_from: float = APPLIED_FROM

    def __post_init__(self) -> None:
        for layer in self.layers:
            kind_of(layer)
        vocabulary = {name for layer in self.layers for name in kind_of(layer).types}
        for name in self.types:
            if name not in vocabulary:
                raise UnknownName(f"type of {' or '.join(self.layers)}", name, sorted(vocabulary))
        rule_of(self.rule)
        if self.certainty not in get_args(Certainty):
            raise UnknownName("slice", self.certainty, get_args(Certainty))
        if self.convention not in CONVENTIONS:
            raise UnknownName("convention", self.convention, CONVENTIONS)
        check_span(self.as_of)

    @property
    def first(self) -> date:
        """The first day on which a tie counts."""
        return self.as_of.latest_end if self.convention == "last-day" else self.as_of.earliest_begin

    @property
    def last(self) -> date:
        """The last day on which a tie counts."""
        return self.as_of.earliest_begin if self.convention == "first-day" else self.as_of.latest_end

    @property
    def days(self) -> When:
        """The days on which a tie counts, by the convention."""
        return self.as_of if self.convention == "any-day" else When.parse(self.first.isoformat())

    def counts(self, tie: Tie) -> bool:
        """Whether the tie belongs into the slice."""
        days = self.days_of(tie)
        return days is not None and days[0] <= self.last and days[1] >= self.first

    def days_of(self, tie: Tie) -> tuple[date, date] | None:
        """From when and until when the tie counts, at whatever time one asks; None where it never does.

        It counts in every span that begins by the second day and ends from the first day on. The first may lie after the second,
        where only a span can be sure of it: of 1914 what is known to have begun and ended in it, but of no day.
        """
        if not tie.in_effect:
            return None
        if self.certainty == "certain":
            surely = tie.sure and tie.surely_of(self.types)
            return (tie.when.latest_begin, tie.when.earliest_end) if surely else None
        return (tie.when.earliest_begin, tie.when.latest_end) if tie.may_be_of(self.types) else None

    def within(self, first: date, last: date) -> "Question":
        """The same question of another span."""
        return replace(self, as_of=When.of((first, first), (last, last)))

    def describe(self) -> dict[str, Any]:
        """The question as it is written into every output."""
        return {
            "layer": "+".join(self.layers),
            "types": list(self.types),
            "rule": self.rule,
            "sources": list(self.sources),
            "as_of": self.as_of.text,
            **(
                {"convention": self.convention}
                if self.first != self.last or self.convention != "any-day"
                else {}
            ),
            "slice": self.certainty,
            **_settled(self),
        }


@dataclass(frozen=True, slots=True)
class ActorNode:
    """An actor as the store has it: id, label, name, and where its capital or seat lies (degrees), if anywhere."""

    id: str
    label: str
    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """The answer to a question: its ties in effect, the facts they come from (and others), the actors of the store, the revision.

    `question.sources` names the collections that were used.
    """

    question: Question
    ties: tuple[Tie, ...]
    facts: Mapping[str, Fact] = field(repr=False)
    actors: Mapping[str, ActorNode] = field(repr=False)
    revision: str = ""

    @property
    def members(self) -> list[str]:
        """The ids of the actors that have a tie in the slice, in order."""
        return sorted({end for tie in self.ties for end in (tie.left, tie.right)})

    def narrowed(self, question: Question) -> "Slice":
        """The answer to a narrower question: of certain ties in possible ones, of a day in its span, of fewer types."""
        return replace(
            self,
            question=replace(question, sources=self.question.sources),
            ties=tuple(tie for tie in self.ties if question.counts(tie)),
        )


@dataclass(frozen=True, slots=True)
class History:
    """All facts of some kinds with all their phases: what a map or an export over time is made of."""

    facts: tuple[Fact, ...]
    ties: tuple[Tie, ...]
    actors: Mapping[str, ActorNode] = field(repr=False)
    sources: tuple[str, ...] = ()
    rule: str = "every-pair"
    revision: str = ""
    coverage: Coverage = field(default_factory=dict)
    policy: Policy = STRICT
    known_on: date | None = None
    applied_from: float = APPLIED_FROM

    def describe(self) -> dict[str, Any]:
        """How it was read, as it is written into every output."""
        return {"rule": self.rule, "sources": list(self.sources), **_settled(self)}

    def tells(self, question: Question) -> bool:
        """Whether, of each layer of the question, some source tells at its time. Of a layer that no source has, none would."""
        return not untold(self.coverage, question.layers, question.first, question.last)

    def at(self, question: Question) -> Slice:
        """The slice that answers a question of these layers and this rule; `NoData` where no source tells of a layer at its time.

        Actors have the names that the history was read with.
        """
        check_told(self.coverage, question.layers, question.first, question.last, question.as_of.text)
        everything = {fact.id: fact for fact in self.facts}
        answered = replace(question, sources=self.sources)
        return Slice(answered, self.ties, everything, self.actors, self.revision).narrowed(question)


def _settled(by: Question | History) -> dict[str, Any]:
    """What makes the facts of what is told: the policy, from which confidence on judgements join them, the day of record if it is past."""
    return {
        "policy": str(by.policy),
        "same_from": by.applied_from,
        **({"known_on": by.known_on.isoformat()} if by.known_on else {}),
    }


def today() -> When:
    """This day, in UTC."""
    return _day(datetime.now(UTC).date().isoformat())


@lru_cache(maxsize=2)  # every request asks which day it is
def _day(text: str) -> When:
    return When.parse(text)


def take(store: Store, question: Question, *, all_facts: bool = False) -> Slice:
    """The slice that answers the question; `NoData` where the data sets that it is asked of tell of other times only.

    With `all_facts` it has every fact of its layers and sources, not only those that may have been in effect then.
    """
    return history_of(store, question, within=not all_facts).at(question)


def history_of(
    store: Store, question: Question, layers: Sequence[str] | None = None, *, within: bool = False
) -> History:
    """All that the store tells of the question's layers (or of these; none: all), by its rule, sources and policy.

    With `within` facts may be left out that were surely not in effect on any day of the question's time.
    """
    return read_history(
        store,
        question.layers if layers is None else layers,
        rule=question.rule,
        sources=question.sources,
        policy=question.policy,
        known_on=question.known_on,
        named_on=question.last,
        applied_from=question.applied_from,
        within=(question.first, question.last) if within else None,
    )


def read_history(
    store: Store,
    layers: Sequence[str] = (),
    *,
    rule: str = "every-pair",
    sources: Sequence[str] = (),
    policy: Policy = STRICT,
    known_on: date | None = None,
    named_on: date | None = None,
    applied_from: float = APPLIED_FROM,
    within: tuple[date, date] | None = None,
) -> History:
    """The facts of these kinds (all kinds where empty) and the ties that the rule makes of them.

    Actors have the names that they had on the day `named_on`; without it those of today. With `within` facts may be left out that
    were surely not in effect on any day of the span.
    """

    def read() -> tuple[list[Loaded], tuple[str, ...], list[Fact]]:
        loaded = loaded_sources(store, layers, known_on)
        chosen = choose_sources(loaded, sources, layers)
        if not chosen:
            return loaded, chosen, []
        return loaded, chosen, read_facts(
            store,
            kinds=layers,
            sources=chosen,
            policy=policy,
            known_on=known_on,
            applied_from=applied_from,
            within=within,
        )  # fmt: skip

    (loaded, chosen, facts), revision = read_steadily(store, read)
    actors = read_actors(store, named_on)
    organizations = {actor.id for actor in actors.values() if actor.label == "Organization"}
    ties = tuple(derive_ties(facts, rule, organizations))
    return History(
        tuple(facts),
        ties,
        actors,
        chosen,
        rule,
        revision,
        coverage_of(loaded, chosen),
        policy,
        known_on,
        applied_from,
    )


def read_actors(store: Store, named_on: date | None = None) -> dict[str, ActorNode]:
    """Every actor in the store, by id, with the name it had on the day (345 is Yugoslavia in 1960), or has today."""
    world = crosswalk()
    found: dict[str, ActorNode] = {}
    for label in ("Country", "Organization"):
        query = f"MATCH (a:{label}) RETURN collect([a.id, a.name, a.latitude, a.longitude]) AS found"
        for actor, name, latitude, longitude in store.read(query)[0]["found"]:
            if named_on is not None and actor in world:
                name = world.actor(actor).name_on(named_on)
            found[actor] = ActorNode(actor, label, name, latitude, longitude)
    return dict(sorted(found.items()))
