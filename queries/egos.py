"""An actor, its partners and the ties among them, asked of the database in one record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from comity.graph.accounts import STRICT
from comity.graph.errors import NotOffered
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kind_of
from comity.graph.slices import ActorNode, Question
from comity.graph.stores.base import EMPTY_REVISION, Store
from comity.queries.entries import node_of

_HOLDS = """t.in_effect AND (size($types) = 0 OR any(x IN CASE WHEN $possible THEN t.types ELSE t.sure_types END WHERE x IN $types)
       OR size(t.views) > 0 AND all(view IN t.views WHERE any(x IN split(view, ' ') WHERE x IN $types)))
  AND (size($sources) = 0 OR any(c IN t.collections WHERE c IN $sources))
  AND CASE WHEN $possible THEN t.earliest_begin <= $day AND t.latest_end >= $day
           ELSE NOT t.disputed AND t.latest_begin <= $day AND t.earliest_end >= $day END"""

_EGO = f"""\
OPTIONAL MATCH (c:Comity {{id: 'comity'}}) WITH c.revision AS revision
OPTIONAL MATCH (e:Country|Organization {{id: $actor}})-[t:LAYERS]-(p) WHERE {_HOLDS}
WITH revision, e, collect(DISTINCT p) AS partners
UNWIND partners + [e] AS a
OPTIONAL MATCH (a)-[t:LAYERS]->(b) WHERE (b = e OR b IN partners) AND {_HOLDS}
RETURN revision, collect([a.id, b.id, t.fact]) AS ties"""
"""The library's question `ego` in one record, as with a Neo4j server it is records that cost time; each tie is gone along once."""


@dataclass(frozen=True, slots=True)
class Ego:
    """The ego network of an actor: who is in it, and each two who are tied, with the facts."""

    actor: str
    question: Question
    revision: str
    actors: tuple[ActorNode, ...]
    ties: tuple[tuple[str, str, tuple[str, ...]], ...]

    def to_dict(self) -> dict[str, Any]:
        """The network as plain JSON values."""
        return {
            "actor": self.actor,
            **self.question.describe(),
            "revision": self.revision,
            "actors": [{"actor": node.id, "name": node.name} for node in self.actors],
            "rows": [
                {"left": left, "right": right, "number": len(facts), "facts": list(facts)}
                for left, right, facts in self.ties
            ],
        }


def ego_of(
    store: Store, actor: str, question: Question, collections: Sequence[str], actors: Mapping[str, ActorNode]
) -> Ego:
    """The ego network of the actor with this id on the question's day, by the ties that the database keeps.

    `collections` are those that count (`chosen_collections`), `actors` those of the store. `NotOffered` where the question asks for
    ties that the database does not keep: of another rule or policy, of a day of record, of a span.
    """
    if (question.rule, question.policy, question.known_on) != ("every-pair", STRICT, None) or (
        question.applied_from != APPLIED_FROM or question.first != question.last
    ):
        raise NotOffered(
            "an ego network is told of the ties that the database keeps: of one day, as known now, by the policy strict and the rule "
            "every-pair; other ties are listed by /api/actors/ACTOR/ties"
        )
    [found] = store.read(
        _EGO.replace("LAYERS", "|".join(kind_of(name).label for name in question.layers)),
        {
            "actor": actor,
            "types": list(question.types),
            "day": question.first,
            "possible": question.certainty == "possible",
            "sources": list(collections),
        },
    )
    facts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for left, right, fact in found["ties"]:
        if fact is not None:
            facts[min(left, right), max(left, right)].add(fact)
    ties = tuple((*pair, tuple(sorted(told))) for pair, told in sorted(facts.items()))
    circle = sorted({actor, *(end for left, right, _ in ties for end in (left, right))})
    return Ego(
        actor,
        replace(question, sources=tuple(collections)),
        found["revision"] or EMPTY_REVISION,
        tuple(node_of(dict(actors), id) for id in circle),
        ties,
    )
