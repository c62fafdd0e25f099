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

_DAYS = {
    "certain": "NOT t.disputed AND t.latest_begin <= $day AND t.earliest_end >= $day",
    "possible": "t.earliest_begin <= $day AND t.latest_end >= $day",
}
_TYPES = {
    "certain": "any(x IN t.sure_types WHERE x IN $types) "
    "OR size(t.views) > 0 AND all(view IN t.views WHERE any(x IN split(view, ' ') WHERE x IN $types))",
    "possible": "any(x IN t.types WHERE x IN $types)",
}
"""What a tie has to be, as the rules of the library say it (`cypher/rules/`), but a text for each sort of slice: one with CASE for both
takes a Neo4j server a fifth longer."""


def _cypher(question: Question) -> str:
    """The library's question `ego` in one record, with the revision that it is of.

    With a Neo4j server it is records that cost time, and then values: ties stand together by fact and actor, and each is gone along once.
    """
    labels = "|".join(kind_of(name).label for name in question.layers)
    holds = (
        f"t.in_effect AND {_DAYS[question.certainty]} "
        f"AND (size($types) = 0 OR {_TYPES[question.certainty]}) "
        "AND (size($sources) = 0 OR any(c IN t.collections WHERE c IN $sources))"
    )
    return f"""\
OPTIONAL MATCH (c:Comity {{id: 'comity'}}) WITH c.revision AS revision
OPTIONAL MATCH (e:Country|Organization {{id: $actor}})-[t:{labels}]-(p) WHERE {holds}
WITH revision, e, collect(DISTINCT p) AS partners
UNWIND partners + [e] AS a
OPTIONAL MATCH (a)-[t:{labels}]->(b) WHERE (b = e OR b IN partners) AND {holds}
WITH revision, t.fact AS fact, a.id AS left, collect(b.id) AS rights
RETURN revision, collect([fact, left, rights]) AS ties"""


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
        _cypher(question),
        {
            "actor": actor,
            "types": list(question.types),
            "day": question.first,
            "sources": list(collections),
        },
    )
    facts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for fact, left, rights in found["ties"]:
        for right in rights:
            facts[min(left, right), max(left, right)].add(fact)
    ties = tuple((*pair, tuple(sorted(told))) for pair, told in sorted(facts.items()))
    circle = sorted({actor, *(end for left, right, _ in ties for end in (left, right))})
    return Ego(
        actor,
        replace(question, sources=tuple(collections)),
        found["revision"] or EMPTY_REVISION,
        tuple(node_of(actors, id) for id in circle),
        ties,
    )
