"""Named groups of actors: listed one by one, or the members of an organization on the day that is asked about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity.graph.errors import ChooseSource, InputError
from comity.graph.slices import ActorNode, Question, read_actors, take
from comity.graph.stores.base import Store
from comity.queries.entries import node_of
from comity.queries.naming import actor_id
from comity.queries.plain import plain

OTHERS = "others"
"""The group of all actors of a network that are in no named group."""

_FORM = "write an organization, or NAME=ACTOR,ACTOR"


@dataclass(frozen=True, slots=True)
class Group:
    """A named group; `members` are ids in order."""

    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Named groups in the order in which they were named; `sources` are the collections that told of members of organizations."""

    groups: tuple[Group, ...]
    sources: tuple[str, ...] = ()

    def places(self, actors: Collection[str]) -> dict[str, str]:
        """Each of these actors with its one group: of several the one named first, `others` without any."""
        found = dict.fromkeys(actors, OTHERS)
        for group in reversed(self.groups):
            found.update((actor, group.name) for actor in group.members if actor in found)
        return found

    def within(self, actors: Collection[str]) -> tuple[Group, ...]:
        """The groups with those of their members that are among these actors."""
        return tuple(
            Group(group.name, tuple(actor for actor in group.members if actor in actors))
            for group in self.groups
        )

    def others(self, actors: Collection[str]) -> Group:
        """The actors that are in no group."""
        named = {actor for group in self.groups for actor in group.members}
        return Group(OTHERS, tuple(sorted(set(actors) - named)))

    @property
    def shared(self) -> tuple[str, ...]:
        """The actors that are in several groups."""
        named = [actor for group in self.groups for actor in group.members]
        return tuple(sorted({actor for actor in named if named.count(actor) > 1}))

    def to_dict(self) -> dict[str, Any]:
        """The groups as plain JSON values."""
        return {
            "groups": {group.name: plain(group.members) for group in self.groups},
            "members_from": plain(self.sources),
        }


def read_groups(
    store: Store, texts: Sequence[str], question: Question, sources: Sequence[str] = ()
) -> Groups:
    """The groups that the texts name, on the day or span of the question.

    `NAME=GBR,FRA,RUS` lists actors by id, code or name, `NATO` alone is an organization. An organization stands for itself
    and for its full members, those that certainly are on the day (or on some day of the span, by the question's convention).
    `sources` are the collections that tell who they are; without any all dossiers, or else the one data set.
    """
    actors = read_actors(store)
    listed = {}
    for text in texts:
        name, ids = _listed(store, text, question, actors)
        if name in listed or name == OTHERS:
            raise InputError(
                f"--group {text}: {OTHERS} is what all the rest are called; choose another name"
                if name == OTHERS
                else f"--group {text}: there are two groups {name}; give each a name of its own"
            )
        listed[name] = ids
    organizations = {
        id for ids in listed.values() for id in ids if node_of(actors, id).label == "Organization"
    }
    if sources and not organizations:
        raise InputError(
            "no group names an organization, so nothing tells of members: leave --members-from out"
        )
    members, told = members_of(store, question, sources) if organizations else ({}, ())
    for id in sorted(organizations):
        if not members.get(id):
            raise InputError(
                f"nobody is certainly a full member of {id} in {question.as_of} by {', '.join(told) or 'any source'}: "
                f"ask for another time, or list the actors, as in {id}=GBR,FRA"
            )
    groups = tuple(
        Group(name, tuple(sorted({*ids}.union(*(members.get(id, ()) for id in ids)))))
        for name, ids in listed.items()
    )
    return Groups(groups, told)


def _listed(
    store: Store, text: str, question: Question, actors: dict[str, ActorNode]
) -> tuple[str, tuple[str, ...]]:
    """The name that a text gives to a group, and the actors that it lists."""
    name, sign, rest = (part.strip() for part in text.partition("="))
    parts = [part.strip() for part in (rest if sign else name).split(",")]
    if not (name and all(parts)):
        raise InputError(f"--group {text}: {_FORM}")
    ids = tuple(actor_id(store, part, question.last) for part in parts)
    if sign:
        return name, ids
    if len(ids) > 1 or node_of(actors, ids[0]).label != "Organization":
        raise InputError(f"--group {text}: {_FORM}")
    return ids[0], ids


def members_of(
    store: Store, question: Question, sources: Sequence[str] = ()
) -> tuple[Mapping[str, set[str]], tuple[str, ...]]:
    """Who certainly is a full member of each organization at the time of the question, and which collections tell of it.

    Those are `sources`, or without any all dossiers, else the one data set; `ChooseSource` where several data sets tell, `NoData`
    where none tells of the time.
    """
    asked = Question(
        layers=("membership",),
        types=("full",),
        sources=tuple(sources),
        as_of=question.as_of,
        policy=question.policy,
        known_on=question.known_on,
        convention=question.convention,
        applied_from=question.applied_from,
    )
    try:
        slice = take(store, asked)
    except ChooseSource as error:
        # The remedy that the error names is for the ties of the slice.
        raise ChooseSource(str(error).replace("--source", "--members-from")) from None
    found: dict[str, set[str]] = {}
    for tie in slice.ties:
        found.setdefault(tie.right, set()).add(tie.left)
    return found, slice.question.sources
