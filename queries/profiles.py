"""The profile of an actor: its names and codes, its partners by layer on a day, its organizations, and all its facts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.graph.accounts import STRICT, Policy
from comity.graph.crosswalk import crosswalk
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kinds
from comity.graph.model import Source
from comity.graph.slices import ActorNode, read_actors, today
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.graph.ties import Tie, derive_ties
from comity.queries.dyads import cited
from comity.queries.entries import Entry, entry_of, facts_of, in_order, node_of, standing
from comity.queries.over_time import PartnersByYear, partners_by_year
from comity.queries.plain import plain


@dataclass(frozen=True, slots=True)
class Label:
    """A name, or a code written `SYSTEM:CODE`, and when it holds (EDTF; empty: at any time)."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """An actor's ties of one kind: distinct partners on the day for certain, those that are possible in all, and facts ever."""

    kind: str
    partners: tuple[str, ...]
    possible: tuple[str, ...]
    facts: int


@dataclass(frozen=True, slots=True)
class Belonging:
    """A membership in effect on the day: the other side, how it belongs, since when, and whether that is certain.

    `full` is whether it is a membership with all rights; a partner, associate or observer is listed, but not counted.
    """

    actor: str
    name: str
    types: tuple[str, ...]
    when: str
    certain: bool
    fact: str
    full: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """All that a store knows of an actor. `members` is only filled for an organization."""

    actor: ActorNode
    as_of: date
    known_on: date | None
    policy: Policy
    same_from: float
    name_then: str
    names: tuple[Label, ...]
    codes: tuple[Label, ...]
    existed: tuple[str, ...]
    layers: tuple[Layer, ...]
    by_year: tuple[PartnersByYear, ...]
    organizations: tuple[Belonging, ...]
    members: tuple[Belonging, ...]
    facts: tuple[Entry, ...]
    sources: dict[str, Source]
    revision: str

    @property
    def full_organizations(self) -> tuple[str, ...]:
        """Ids of the organizations that it is a full member of, certainly or possibly."""
        return _full(self.organizations)

    @property
    def full_members(self) -> tuple[str, ...]:
        """Ids of its own full members, certain or possible."""
        return _full(self.members)

    def to_dict(self) -> dict[str, Any]:
        """The profile as plain JSON values; each source with how to cite it and its address."""
        return {
            "actor": self.actor.id,
            "label": self.actor.label,
            "name": self.actor.name,
            "as_of": self.as_of.isoformat(),
            **({"known_on": self.known_on.isoformat()} if self.known_on else {}),
            "policy": str(self.policy),
            "same_from": self.same_from,
            "name_then": self.name_then,
            "revision": self.revision,
            "names": plain(self.names),
            "codes": plain(self.codes),
            "existed": plain(self.existed),
            "layers": [{**plain(layer), "number": len(layer.partners)} for layer in self.layers],
            "by_year": plain(self.by_year),
            "organizations": plain(self.organizations),
            "members": plain(self.members),
            "facts": plain(self.facts),
            "sources": cited(self.sources),
        }


def show(
    store: Store,
    actor: str,
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    policy: Policy = STRICT,
    applied_from: float = APPLIED_FROM,
) -> Profile:
    """The profile of the actor with that id on the day (today, unless given)."""
    day = as_of or today().earliest_begin
    actors = read_actors(store)
    node = node_of(actors, actor)
    facts = facts_of(store, (actor,), known_on, policy, applied_from)
    ties = list(derive_ties(facts, of={actor}))
    told = {source for fact in facts for source in fact.sources}
    name_then, names, codes, existed = _identity(store, node, day)
    return Profile(
        actor=node,
        as_of=day,
        known_on=known_on,
        policy=policy,
        same_from=applied_from,
        name_then=name_then,
        names=names,
        codes=codes,
        existed=existed,
        layers=_layers(ties, actor, day),
        by_year=partners_by_year(ties, actor, max(day, today().earliest_begin)),
        organizations=_belongings(ties, actor, day, actors, member=True),
        members=_belongings(ties, actor, day, actors, member=False),
        facts=tuple(entry_of(fact, day) for fact in in_order(facts)),
        sources={id: source for id, source in read_sources(store).items() if id in told},
        revision=store.revision(),
    )


def _layers(ties: list[Tie], actor: str, day: date) -> tuple[Layer, ...]:
    certain: defaultdict[str, set[str]] = defaultdict(set)
    possible: defaultdict[str, set[str]] = defaultdict(set)
    ever: defaultdict[str, set[str]] = defaultdict(set)
    for tie in ties:
        ever[tie.kind].add(tie.fact)
    for tie, surely in standing(ties, day):
        other = tie.right if tie.left == actor else tie.left
        possible[tie.kind].add(other)
        if surely:
            certain[tie.kind].add(other)
    return tuple(
        Layer(kind, tuple(sorted(certain[kind])), tuple(sorted(possible[kind])), len(ever[kind]))
        for kind in kinds()
        if kind in ever
    )


def _belongings(
    ties: list[Tie], actor: str, day: date, actors: dict[str, ActorNode], *, member: bool
) -> tuple[Belonging, ...]:
    """Memberships on the day: those of the actor as a member, or those of its own members."""
    found = []
    for tie, certain in standing(ties, day):
        mine, other = (tie.left, tie.right) if member else (tie.right, tie.left)
        if tie.kind == "membership" and mine == actor:
            name = node_of(actors, other).name
            found.append(
                Belonging(other, name, tie.types, tie.when.text, certain, tie.fact, "full" in tie.types)
            )
    return tuple(sorted(found, key=lambda item: (item.actor, item.fact, item.when)))


def _full(found: tuple[Belonging, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.actor for item in found if item.full))


def _identity(
    store: Store, node: ActorNode, day: date
) -> tuple[str, tuple[Label, ...], tuple[Label, ...], tuple[str, ...]]:
    """The name on the day, names, codes and spells: from the crosswalk, or from the node of an actor that only a dossier knows."""
    if node.id in crosswalk():
        known = crosswalk().actor(node.id)
        names = tuple(Label(name.text, name.span.text if name.span else "") for name in known.names)
        codes = tuple(
            Label(f"{code.system}:{code.code}", code.span.text if code.span else "") for code in known.codes
        )
        existed = tuple(dict.fromkeys(spell.span.text for spell in known.spells))
        return known.name_on(day), names, codes, existed
    query = "MATCH (a:Country|Organization {id: $id}) RETURN a.names AS names, a.codes AS codes"
    rows = store.read(query, {"id": node.id})
    held = rows[0] if rows else {}
    return (
        node.name,
        tuple(map(Label, held.get("names") or ())),
        tuple(map(Label, held.get("codes") or ())),
        (),
    )
