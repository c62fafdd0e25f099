"""The profile of an actor: its names and codes, its partners by layer on a day, its organizations, and all its facts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from comity.graph.accounts import STRICT, Policy
from comity.graph.crosswalk import crosswalk
from comity.graph.identity import APPLIED_FROM
from comity.graph.kinds import kinds
from comity.graph.model import Source
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode, today
from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_steadily
from comity.graph.ties import Tie, derive_ties
from comity.queries.dyads import cited
from comity.queries.entries import Entry, entry_of, in_order, node_of, read_known, standing
from comity.queries.over_time import PartnersByYear, partners_by_year
from comity.queries.plain import plain
from comity.queries.telling import CountedBy, Telling


@dataclass(frozen=True, slots=True)
class Label:
    """A name, or a code written `SYSTEM:CODE`, and when it holds (EDTF; empty: at any time)."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """An actor's ties of one kind: distinct partners on the day for certain, those that are possible in all, and facts ever.

    `by_source` counts them by each source that tells of the kind: they are not to be added up.
    """

    kind: str
    partners: tuple[str, ...]
    possible: tuple[str, ...]
    facts: int
    by_source: tuple[CountedBy, ...] = ()


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
    """All that a store knows of an actor. `members` is only filled for an organization; `note` says of what nobody tells on the day."""

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
    note: str = ""

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
            "note": self.note,
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

    (known, held), revision = read_steadily(
        store,
        lambda: (
            read_known(store, (actor,), day, known_on, policy, applied_from),
            _held(store, actor),
        ),
    )
    actors, facts, telling = known.actors, known.facts, known.telling
    node = _of_today(node_of(actors, actor))
    ties = list(derive_ties(facts, of={actor}))
    told = {source for fact in facts for source in fact.sources}
    name_then, names, codes, existed = _identity(held, node, day)
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
        layers=_layers(ties, facts, actor, telling),
        by_year=_by_year(ties, actor, telling),
        organizations=_belongings(ties, actor, day, actors, member=True),
        members=_belongings(ties, actor, day, actors, member=False),
        facts=tuple(entry_of(fact, day) for fact in in_order(facts)),
        sources={id: source for id, source in known.sources.items() if id in told},
        revision=revision,
        note=telling.note,
    )


def _by_year(ties: list[Tie], actor: str, telling: Telling) -> tuple[PartnersByYear, ...]:
    """The partners in every year up to the day or today, as long as anybody tells of the kind."""
    last = max(telling.day, today().earliest_begin)
    return tuple(
        found
        for kind in kinds()
        for found in partners_by_year(
            (tie for tie in ties if tie.kind == kind), actor, min(last, telling.until(kind))
        )
    )


def _layers(ties: list[Tie], facts: list[Fact], actor: str, telling: Telling) -> tuple[Layer, ...]:
    return tuple(
        _layer(kind, [tie for tie in ties if tie.kind == kind], facts, actor, telling)
        for kind in kinds()
        if any(tie.kind == kind for tie in ties)
    )


def _layer(kind: str, ties: list[Tie], facts: list[Fact], actor: str, telling: Telling) -> Layer:
    """The partners of one kind, from the ties of that kind, by fact."""
    certain: defaultdict[str, set[str]] = defaultdict(set)
    possible: defaultdict[str, set[str]] = defaultdict(set)
    for tie, surely in standing(ties, telling.day):
        other = tie.right if tie.left == actor else tie.left
        possible[tie.fact].add(other)
        if surely:
            certain[tie.fact].add(other)

    def count(facts: Iterable[Fact]) -> tuple[int, int]:
        ids = [fact.id for fact in facts]
        return len(set().union(*(certain[id] for id in ids))), len(set().union(*(possible[id] for id in ids)))

    tied = {tie.fact for tie in ties}
    return Layer(
        kind,
        tuple(sorted(set().union(*certain.values()))),
        tuple(sorted(set().union(*possible.values()))),
        len(tied),
        telling.counted((fact for fact in facts if fact.id in tied), count, kind),
    )


def _belongings(
    ties: list[Tie], actor: str, day: date, actors: dict[str, ActorNode], *, member: bool
) -> tuple[Belonging, ...]:
    """Memberships on the day: those of the actor as a member, or those of its own members."""
    found = []
    for tie, certain in standing(ties, day):
        mine, other = (tie.left, tie.right) if member else (tie.right, tie.left)
        if tie.kind == "membership" and mine == actor:
            name = node_of(actors, other, day).name
            found.append(
                Belonging(other, name, tie.types, tie.when.text, certain, tie.fact, "full" in tie.types)
            )
    return tuple(sorted(found, key=lambda item: (item.actor, item.fact, item.when)))


def _full(found: tuple[Belonging, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.actor for item in found if item.full))


def _of_today(node: ActorNode) -> ActorNode:
    """The actor with the name it has today, by which the profile goes whatever its day."""
    return replace(node, name=crosswalk().actor(node.id).name) if node.id in crosswalk() else node


def _held(store: Store, id: str) -> dict[str, Any]:
    """The names and codes of an actor that only a dossier knows, as its node has them."""
    if id in crosswalk():
        return {}
    query = "MATCH (a:Country|Organization {id: $id}) RETURN a.names AS names, a.codes AS codes"
    return dict(next(iter(store.read(query, {"id": id})), {}))


def _identity(
    held: dict[str, Any], node: ActorNode, day: date
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
    return (
        node.name,
        tuple(map(Label, held.get("names") or ())),
        tuple(map(Label, held.get("codes") or ())),
        (),
    )
