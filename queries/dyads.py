"""The history of two actors: everything that has been between them, what is in force on a day, and whom they have in common."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.graph.accounts import STRICT, Policy
from comity.graph.errors import InputError
from comity.graph.identity import APPLIED_FROM
from comity.graph.model import Source
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode, Question, today
from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_steadily
from comity.graph.ties import Tie, derive_ties
from comity.queries.entries import Entry, entry_of, in_order, is_open, node_of, read_known, standing
from comity.queries.plain import plain
from comity.queries.similarity.histories import SimilarityHistory, similarity_histories
from comity.queries.telling import CountedBy


@dataclass(frozen=True, slots=True)
class InForce:
    """A tie between the two in effect on the day. `from_actor` is the pledging or sending side where it has a direction."""

    fact: str
    kind: str
    types: tuple[str, ...]
    when: str
    certain: bool
    from_actor: str = ""


@dataclass(frozen=True, slots=True)
class Common:
    """A partner or an organization that both have on the day, and by which facts the one and the other have it."""

    actor: str
    name: str
    by_left: tuple[str, ...]
    by_right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dyad:
    """What is known of two actors: facts in the order of time, and their standing on the day `as_of`; both have the names of that day.

    `by_source` counts the ties in force by each source that is loaded: they are not to be added up. `untold` are the kinds of which nobody tells
    on the day, and `note` says so in words.

    `partners` have a certain tie by agreement with both on the day; `organizations` certainly have both as full members. `similarity` is how
    alike their alliance commitments were in every year, by each data set that tells of alliances and says of which time.
    """

    left: ActorNode
    right: ActorNode
    as_of: date
    known_on: date | None
    policy: Policy
    same_from: float
    facts: tuple[Entry, ...]
    in_force: tuple[InForce, ...]
    by_source: tuple[CountedBy, ...]
    announced: tuple[str, ...]
    partners: tuple[Common, ...]
    organizations: tuple[Common, ...]
    similarity: tuple[SimilarityHistory, ...]
    sources: dict[str, Source]
    revision: str
    untold: tuple[str, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The history as plain JSON values; each source with how to cite it and its address."""
        return {
            "left": {"actor": self.left.id, "name": self.left.name},
            "right": {"actor": self.right.id, "name": self.right.name},
            "as_of": self.as_of.isoformat(),
            **({"known_on": self.known_on.isoformat()} if self.known_on else {}),
            "policy": str(self.policy),
            "same_from": self.same_from,
            "revision": self.revision,
            "untold": list(self.untold),
            "note": self.note,
            "in_force": plain(self.in_force),
            "by_source": plain(self.by_source),
            "announced": plain(self.announced),
            "facts": plain(self.facts),
            "partners": plain(self.partners),
            "organizations": plain(self.organizations),
            "similarity": [history.to_dict() for history in self.similarity],
            "sources": cited(self.sources),
        }


def relate(
    store: Store,
    a: str,
    b: str,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    policy: Policy = STRICT,
    applied_from: float = APPLIED_FROM,
) -> Dyad:
    """The history of the actors with these ids, whatever kind of fact and whichever collection tells of it.

    The day is today unless given; with `known_on` only what the store held at the end of that day.
    """
    if a == b:
        raise InputError(f"{a} is given twice: name two different actors")
    day = as_of or today().earliest_begin

    known, revision = read_steadily(
        store, lambda: read_known(store, (a, b), day, known_on, policy, applied_from)
    )
    actors, facts, telling = known.actors, known.facts, known.telling
    left, right = node_of(actors, a, day), node_of(actors, b, day)
    ties: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in derive_ties(facts, of={a, b}):
        ties[tie.fact].append(tie)
    between = {
        fact: [tie for tie in found if {tie.left, tie.right} == {a, b}] for fact, found in ties.items()
    }
    shared = in_order(fact for fact in facts if between.get(fact.id) or _takes_both(fact, a, b))

    def in_force(facts: Iterable[Fact]) -> list[tuple[Tie, bool]]:
        return [one for fact in facts for one in standing(between.get(fact.id, ()), day)]

    def count(facts: Iterable[Fact]) -> tuple[int, int]:
        found = in_force(facts)
        return sum(certain for _, certain in found), len(found)

    told = {source for fact in shared for source in fact.sources}
    every_tie = [tie for found in ties.values() for tie in found]
    counted = Question(policy=policy, known_on=known_on, applied_from=applied_from)
    return Dyad(
        left=left,
        right=right,
        as_of=day,
        known_on=known_on,
        policy=policy,
        same_from=applied_from,
        facts=tuple(entry_of(fact, day) for fact in shared),
        in_force=tuple(
            InForce(tie.fact, tie.kind, tie.types, tie.when.text, certain, tie.left if tie.directed else "")
            for tie, certain in in_force(shared)
        ),
        by_source=telling.counted(shared, count),
        announced=tuple(fact.id for fact in shared if is_open(fact, day)),
        partners=_common(every_tie, "agreement", a, b, day, actors),
        organizations=_common(every_tie, "membership", a, b, day, actors),
        similarity=similarity_histories(every_tie, known.sources, counted, a, b),
        sources={id: source for id, source in known.sources.items() if id in told},
        revision=revision,
        untold=telling.untold,
        note=telling.note,
    )


def cited(sources: dict[str, Source]) -> dict[str, dict[str, str]]:
    """How each source is cited, and its address."""
    return {id: {"cite": source.cite(), "url": source.url} for id, source in sources.items()}


def _takes_both(fact: Fact, a: str, b: str) -> bool:
    """Whether both take part without a tie by rule, such as a host and an observer. Joint membership is no such thing."""
    return fact.kind not in ("membership", "representation") and {a, b} <= {
        party.actor for party in fact.parties
    }


def _common(
    ties: list[Tie], kind: str, a: str, b: str, day: date, actors: dict[str, ActorNode]
) -> tuple[Common, ...]:
    """Who is certainly tied to both by this kind of fact on the day."""
    found: dict[str, defaultdict[str, set[str]]] = {a: defaultdict(set), b: defaultdict(set)}
    for tie, certain in standing(ties, day):
        # A partner or an observer is not a member.
        if certain and tie.kind == kind and (kind != "membership" or "full" in tie.types):
            for one, other in ((tie.left, tie.right), (tie.right, tie.left)):
                # A membership is the member's tie: two organizations have no organization in common through a member.
                if one in found and not (tie.directed and kind == "membership" and one == tie.right):
                    found[one][other].add(tie.fact)
    both = sorted(found[a].keys() & found[b].keys())
    return tuple(
        Common(id, node_of(actors, id, day).name, tuple(sorted(found[a][id])), tuple(sorted(found[b][id])))
        for id in both
    )
