"""The chain behind a number: from an actor's measure to the ties it rests on, their facts, the statements, places and words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx

from comity.graph.kinds import kind_of
from comity.graph.resolve import Fact
from comity.graph.slices import Question, Slice, take
from comity.graph.stores.base import Store
from comity.queries.doubt.without import without
from comity.queries.entries import node_of
from comity.queries.evidence import FactEvidence, read_evidence
from comity.queries.measures.measure import NOTHING, Measure
from comity.queries.networks import Network, to_networkx
from comity.queries.plain import plain
from comity.queries.ranks import ranked


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor's value and rank in a network; both are None where it has no tie there."""

    value: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class RestingTie:
    """A fact that ties the actor, to whom, and how the actor would stand if the fact were not there.

    `told_by` are the statements that say so: they name the actor as a party whose role ties it, and no time of its own that lies
    outside the days asked about. `denied_by` name it otherwise. The rest tells of the fact's dates or of other parties.
    """

    fact: str
    partners: tuple[str, ...]
    without: Standing
    told_by: tuple[str, ...]
    denied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Two others whose shortest paths run through the actor: the share of the measure that they make, and the facts of one such path,
    one for each of its steps."""

    left: str
    right: str
    share: float
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A number and all that it rests on, the most telling first.

    `ties` are the actor's own ties in the slice. By betweenness `passages` are the pairs whose paths run through the actor; their
    shares sum to the value. `partners` says for eigenvector centrality and strength what each partner contributes: by the
    former the partner's own value over the eigenvalue, by the latter the facts shared. `possible` are facts that would tie the
    actor, or tie it to others as well, for another settlement of what is doubtful. `rests_on_all` is whether the rest of the network counts, too. `evidence` holds
    every fact that is named.
    """

    measure: str
    about: str
    actor: str
    name: str
    question: Question
    revision: str
    standing: Standing
    members: int
    ties: tuple[RestingTie, ...]
    passages: tuple[Passage, ...]
    passages_in_all: int
    partners: tuple[tuple[str, float], ...]
    rests_on_all: bool
    possible: tuple[str, ...]
    evidence: Mapping[str, FactEvidence]

    def to_dict(self) -> dict[str, Any]:
        """The chain as plain JSON values."""
        names = [name for name in self.__slots__ if name not in ("question", "revision", "measure")]
        return {
            "measure": self.measure,
            **self.question.describe(),
            "revision": self.revision,
            **{name: plain(getattr(self, name)) for name in names},
        }


PASSAGES = 12
"""Pairs of others that are named, the greatest shares first."""


def why(
    store: Store, question: Question, measure: Measure, actor: str, *, texts: Path | None = None
) -> Chain:
    """What an actor's number in the slice rests on. `texts` is a folder with the texts of sources, to show the words from.

    `UnknownActor` for an id that nobody has. An actor without a tie in the slice has no number; what might tie it is then told.
    """
    possible = take(store, replace(question, certainty="possible"))
    own = possible.narrowed(question)
    node = node_of(dict(possible.actors), actor)
    graph = to_networkx(own)
    standing = standing_of(graph, measure, actor)
    ties = _ties(own, measure, actor, standing)
    passages = _passages(graph, actor) if measure.through and actor in graph else []
    counted = {tie.fact for tie in ties}
    tied = {(tie.fact, tie.left, tie.right) for tie in own.ties}
    open_facts = sorted(
        {
            tie.fact
            for tie in possible.ties
            if actor in (tie.left, tie.right) and (tie.fact, tie.left, tie.right) not in tied
        }
    )
    named = [*counted, *open_facts, *(fact for passage in passages[:PASSAGES] for fact in passage.facts)]
    return Chain(
        measure=measure.name,
        about=measure.about,
        actor=actor,
        name=node.name,
        question=own.question,
        revision=possible.revision,
        standing=standing,
        members=len(graph),
        ties=ties,
        passages=tuple(passages[:PASSAGES]),
        passages_in_all=len(passages),
        partners=_contributions(graph, measure, actor),
        rests_on_all=not (measure.counts or measure.own),
        possible=tuple(open_facts),
        evidence=read_evidence(
            store,
            [possible.facts[fact] for fact in sorted(set(named))],
            known_on=question.known_on,
            applied_from=question.applied_from,
            texts=texts,
        ),
    )


def standing_of(graph: Network, measure: Measure, actor: str) -> Standing:
    """The actor's value and rank by the measure in a network."""
    for name, rank, value in ranked(measure.function(graph), same=measure.same, nothing=measure.nothing):
        if name == actor:
            return Standing(value, rank)
    return Standing(None, None)


def _ties(own: Slice, measure: Measure, actor: str, standing: Standing) -> tuple[RestingTie, ...]:
    """The facts that tie the actor, those first without which its value would be farthest from what it is."""
    partners: dict[str, set[str]] = {}
    for tie in own.ties:
        if actor in (tie.left, tie.right):
            partners.setdefault(tie.fact, set()).add(tie.right if tie.left == actor else tie.left)
    if not partners:
        return ()
    facts = sorted(partners)
    left = without(own, measure, [frozenset((fact,)) for fact in facts])
    place = left.actors.index(actor)
    found = [
        RestingTie(
            fact,
            tuple(sorted(partners[fact])),
            Standing(float(left.values[row, place]), int(left.ranks[row, place]))
            if left.there[row, place]
            else Standing(None, None),
            *_told_of(own.facts[fact], actor, own.question),
        )
        for row, fact in enumerate(facts)
    ]

    def loss(tie: RestingTie) -> float:
        return round(abs((standing.value or 0) - (tie.without.value or 0)), 12)

    return tuple(sorted(found, key=lambda tie: (-loss(tie), -len(tie.partners), tie.fact)))


def _told_of(fact: Fact, actor: str, question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The statements that name the actor so that it can be tied, and those that name it otherwise."""
    tying = {role for pair in kind_of(fact.kind).joins for role in pair}
    told: list[str] = []
    denied: list[str] = []
    for statement in fact.statements:
        named = [party for party in statement.parties if party.actor == actor]
        if named:
            ties = any(
                party.role in tying
                and (party.dates is None or party.dates.possibly_within(question.first, question.last))
                for party in named
            )
            (told if ties else denied).append(statement.id)
    return tuple(told), tuple(denied)


def _passages(graph: Network, actor: str) -> list[Passage]:
    """The pairs of others whose shortest paths run through the actor, with their exact shares of its betweenness."""
    others = len(graph) - 1
    pairs = others * (others - 1) / 2
    if actor not in graph or not pairs:
        return []
    steps, ways = {}, {}
    for source in graph:
        steps[source], ways[source] = _paths(graph, source)
    to_actor = steps[actor]
    found = []
    reached = sorted(node for node in to_actor if node != actor)
    for at, left in enumerate(reached):
        for right in reached[at + 1 :]:
            if to_actor[left] + to_actor[right] == steps[left][right]:
                share = ways[left][actor] * ways[actor][right] / ways[left][right] / pairs
                found.append((left, right, share))
    found.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    return [
        Passage(
            left, right, share,
            _on_the_way(graph, actor, (left, right)) if at < PASSAGES else (),
        )
        for at, (left, right, share) in enumerate(found)
        if share > NOTHING
    ]  # fmt: skip


def _paths(graph: Network, source: str) -> tuple[dict[str, int], dict[str, int]]:
    """How far every actor is from the source, and by how many shortest paths."""
    steps, ways, level = {source: 0}, {source: 1}, [source]
    while level:
        following: list[str] = []
        for node in level:
            for other in graph[node]:
                if other not in steps:
                    steps[other], ways[other] = steps[node] + 1, 0
                    following.append(other)
                if steps[other] == steps[node] + 1:
                    ways[other] += ways[node]
        level = following
    return steps, ways


def _on_the_way(graph: Network, actor: str, ends: tuple[str, str]) -> tuple[str, ...]:
    """The facts on one shortest path between the two that runs through the actor."""
    facts: set[str] = set()
    for end in ends:
        path = nx.shortest_path(graph, actor, end)
        for left, right in pairwise(path):
            facts |= set(graph[left][right]["facts"][:1])
    return tuple(sorted(facts))


def _contributions(graph: Network, measure: Measure, actor: str) -> tuple[tuple[str, float], ...]:
    """What each partner adds to the actor's value, where the value is a sum over partners."""
    if actor not in graph or measure.shares is None:
        return ()
    shares = measure.shares(graph, actor)
    return tuple(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))
