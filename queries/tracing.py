"""Forward from a passage: the statements that rest on it, their facts and ties, and every number that would change without them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from comity.graph.accounts import Policy
from comity.graph.errors import InputError, UnknownName
from comity.graph.model import Statement
from comity.graph.resolve import Fact, resolve
from comity.graph.slices import Question, Slice, take, today
from comity.graph.statements import read_sources, read_statements
from comity.graph.stores.base import Store
from comity.graph.ties import Tie, derive_ties
from comity.queries.chain import Standing
from comity.queries.evidence import said
from comity.queries.measures import MEASURES
from comity.queries.measures.measure import NOTHING, SAME_VALUE, Measure
from comity.queries.networks import to_networkx
from comity.queries.plain import plain
from comity.queries.ranks import ranked

_PASSAGE = re.compile(r"(?P<source>[^:\s]+:[^:\s]+)(?::(?P<start>\d+)-(?P<end>\d+))?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A source, or the half-open span of Unicode code points in its text that is meant."""

    source: str
    start: int | None = None
    end: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Passage":
        """`SOURCE` or `SOURCE:START-END`, such as `japan-europe:article:2558-3647`."""
        found = _PASSAGE.fullmatch(text)
        if not found:
            raise InputError(
                f"{text!r} is no passage: write SOURCE or SOURCE:START-END, such as japan-europe:article:2558-3647"
            )
        start, end = (int(found[name]) if found[name] else None for name in ("start", "end"))
        if start is not None and end is not None and start >= end:
            raise InputError(f"{text!r} holds no character: START must be less than END")
        return cls(found["source"], start, end)

    def __str__(self) -> str:
        return self.source if self.start is None else f"{self.source}:{self.start}-{self.end}"

    def holds(self, statement: Statement) -> bool:
        """Whether the statement rests on some character of the passage, or on the whole source where it has no span."""
        if statement.source != self.source:
            return False
        place = statement.place
        if self.start is None or self.end is None:
            return True
        return (
            place.start is not None
            and place.end is not None
            and place.start < self.end
            and self.start < place.end
        )


@dataclass(frozen=True, slots=True)
class Touched:
    """A fact that the passage speaks of: what it says there, who says the same property too, and what of the fact it changes.

    `also` are the sources that are left without it (its own, where that speaks of the fact elsewhere too); `alone` is whether there is
    none, so that the fact stands and falls with the passage.
    `changes` are properties that would be otherwise without it: (name, with it, without it).
    """

    fact: str
    title: str
    statements: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    alone: bool
    changes: tuple[tuple[str, str, str], ...]
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A number that would be another without the passage."""

    measure: str
    actor: str
    now: Standing
    without: Standing


@dataclass(frozen=True, slots=True)
class Trace:
    """All that a passage reaches in a slice: facts, ties, and the numbers that would be others without it.

    `resting` counts, by measure, the actors one of whose own ties the passage is evidence for, whether or not their number would
    change: other sources may hold it. `elsewhere` are facts outside the slice that rest on the passage, each with its kind; `live`
    says of how many statements of the source that were live (on the day of record asked about), `placed` of how many of these a
    span is known, and `known_since` when the first of all was recorded (ISO 8601, UTC).
    """

    passage: Passage
    cite: str
    question: Question
    revision: str
    facts: tuple[Touched, ...]
    moved: tuple[Moved, ...]
    resting: int
    measures: tuple[str, ...]
    elsewhere: tuple[tuple[str, str], ...]
    live: int
    placed: int
    known_since: str

    def to_dict(self) -> dict[str, Any]:
        """The trace as plain JSON values."""
        return {
            "passage": str(self.passage),
            "cite": self.cite,
            **self.question.describe(),
            "revision": self.revision,
            **{
                name: plain(getattr(self, name))
                for name in (
                    "facts",
                    "moved",
                    "resting",
                    "measures",
                    "elsewhere",
                    "live",
                    "placed",
                    "known_since",
                )
            },
        }


def trace(
    store: Store,
    passage: Passage,
    question: Question,
    measures: Collection[Measure] = tuple(MEASURES.values()),
) -> Trace:
    """What rests on the passage in the slice that answers the question.

    `UnknownName` lists the sources where nobody has the passage's.
    """
    sources = read_sources(store, question.known_on)
    if passage.source not in sources:
        raise UnknownName.among("source", passage.source, sources)
    slice = take(store, question, all_facts=True)
    touched = {
        fact.id: [statement for statement in fact.statements if passage.holds(statement)]
        for fact in slice.facts.values()
    }
    touched = {fact: told for fact, told in touched.items() if told}
    rest = {fact: _without(slice.facts[fact], told, question.policy) for fact, told in touched.items()}
    other = _slice_without(slice, rest)
    moved = tuple(_moved(slice, other, measures)) if _tied(other) != _tied(slice) else ()
    live = read_statements(store, sources=[passage.source], known_on=question.known_on)
    inside = {(id, fact.kind) for fact in slice.facts.values() for id in fact.ids}
    ends = {end for tie in slice.ties if tie.fact in touched for end in (tie.left, tie.right)}
    return Trace(
        passage=passage,
        cite=sources[passage.source].cite(),
        question=slice.question,
        revision=slice.revision,
        facts=tuple(_touched(slice, fact, told, rest[fact]) for fact, told in sorted(touched.items())),
        moved=moved,
        resting=len(ends),
        measures=tuple(measure.name for measure in measures),
        elsewhere=tuple(
            sorted(
                {(one.fact, one.kind) for one in live if passage.holds(one)}
                - {(id, kind) for id, kind in inside}
            )
        ),
        live=len(live),
        placed=sum(statement.place.start is not None for statement in live),
        known_since=_known_since(store, passage.source),
    )


def _known_since(store: Store, source: str) -> str:
    """When the first statement of the source was recorded; empty where it made none."""
    query = "MATCH (s:Statement) WHERE s.source = $source RETURN min(s.opened[0]) AS since"
    return store.read(query, {"source": source})[0]["since"] or ""


def _without(fact: Fact, told: Collection[Statement], policy: Policy) -> Fact | None:
    """The fact as the other statements give it; None where no source is left."""
    left = [statement for statement in fact.statements if statement not in told]
    if all(statement.method == "decision" for statement in left):
        return None
    return replace(resolve(left, policy), id=fact.id)


def _slice_without(slice: Slice, rest: Mapping[str, Fact | None]) -> Slice:
    """The slice with these facts as they would be, or without them."""
    organizations = {actor.id for actor in slice.actors.values() if actor.label == "Organization"}
    made = derive_ties((fact for fact in rest.values() if fact), slice.question.rule, organizations)
    kept = [tie for tie in slice.ties if tie.fact not in rest]
    return replace(slice, ties=(*kept, *(tie for tie in made if slice.question.counts(tie))))


def _touched(slice: Slice, id: str, told: list[Statement], rest: Fact | None) -> Touched:
    fact = slice.facts[id]
    also = sorted({statement.source for statement in fact.statements if statement not in told})
    return Touched(
        fact=id,
        title=fact.title,
        statements=tuple(statement.id for statement in told),
        says=tuple(pair for statement in told for pair in said(statement)),
        also=tuple(also),
        alone=rest is None,
        changes=tuple(_changes(fact, rest)),
        pairs=tuple(sorted({_pair(tie) for tie in slice.ties if tie.fact == id})),
    )


def _changes(fact: Fact, rest: Fact | None) -> list[tuple[str, str, str]]:
    """The properties that are otherwise in the rest of the fact."""
    ours, theirs = _properties(fact), _properties(rest) if rest else {}
    return [
        (name, ours.get(name, ""), theirs.get(name, ""))
        for name in dict.fromkeys((*ours, *theirs))
        if ours.get(name, "") != theirs.get(name, "")
    ]


def _properties(fact: Fact) -> dict[str, str]:
    steps = {" ".join((step.name, *step.between)): step.when.text for step in fact.steps}
    told = {
        name: "; ".join(sorted(resolved.values))
        for name, resolved in fact.properties.items()
        if name not in ("parties", "types")
    }
    parties = ", ".join(dict.fromkeys(party.actor for party in fact.parties))
    return {
        "status": fact.status_on(today().earliest_begin),
        "in effect": fact.span.text if fact.span else "",
        **steps,
        "types": ", ".join(fact.types),
        "parties": parties,
        **told,
    }


def _tied(slice: Slice) -> set[tuple[str, tuple[str, str]]]:
    return {(tie.fact, _pair(tie)) for tie in slice.ties}


def _pair(tie: Tie) -> tuple[str, str]:
    left, right = sorted((tie.left, tie.right))
    return left, right


def _moved(slice: Slice, other: Slice, measures: Collection[Measure]) -> list[Moved]:
    """The numbers of all actors that differ between the two slices, by measure, the largest changes of value first."""
    found = []
    ours, theirs = to_networkx(slice), to_networkx(other)
    for measure in measures:
        now, then = (
            {
                actor: Standing(value, rank)
                for actor, rank, value in ranked(
                    measure.function(graph), same=measure.same, nothing=measure.nothing
                )
            }
            for graph in (ours, theirs)
        )
        changed = [
            Moved(measure.name, actor, now.get(actor, _ABSENT), then.get(actor, _ABSENT))
            for actor in sorted(now.keys() | then.keys())
            if not _alike(now.get(actor, _ABSENT), then.get(actor, _ABSENT))
        ]
        changed.sort(key=lambda one: -abs((one.now.value or 0) - (one.without.value or 0)))
        found += changed
    return found


_ABSENT = Standing(None, None)


def _alike(one: Standing, other: Standing) -> bool:
    if one.value is None or other.value is None:
        return one == other
    near = abs(one.value - other.value) <= max(
        SAME_VALUE * 1e3 * max(abs(one.value), abs(other.value)), NOTHING
    )
    return near and one.rank == other.rank
