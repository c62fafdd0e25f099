"""Tools about actors: whom a name means, all about one, all between two."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from pydantic import Field

from comity.graph.crosswalk import SYSTEMS, crosswalk
from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.queries.dyads import Common, InForce, relate
from comity.queries.entries import Entry
from comity.queries.evidence import step_text
from comity.queries.naming import actor_id, called
from comity.queries.plain import plain
from comity.queries.profiles import show
from comity.queries.similarity.histories import SimilarityHistory
from comity.service.mcp.answers import Document
from comity.service.mcp.arguments import Actor, Graph, Layers, Name, OnDay, one_of
from comity.service.mcp.tool import Tool

_EVER = "ever"
_CODES = ("iso3", "cow", "cow-igo", "gw", "wikidata")
"""The systems whose codes are told of an actor."""

_KINDS = Field((), description="List only facts of these kinds; all where none is named.")


class FindActors(Tool):
    """Find out whom a name or code means: every candidate, never only the most likely one.

    Use it first where a name may be ambiguous (Korea, Congo, Germany, China, Yemen) or historical, and whenever another tool says so.
    Each candidate has an `id` for the other tools, the times in which it existed, and the number of facts that this graph has of it: 0 says
    that nothing was loaded, not that it had no relations.
    """

    LESS: ClassVar[str] = "name a date (`on`), or a code with its `system`"

    name: Actor = Field(description="A name in any usual language or spelling, a code (JPN, 255), or an id.")
    on: Name = Field(_EVER, description="When the name or code was in use, in EDTF: 1990, 1990-10-02; or `ever`.")  # fmt: skip
    system: Name = Field("", description="Read the name as a code of this system only.", json_schema_extra=one_of(["", *SYSTEMS]))  # fmt: skip

    def answer(self, graph: Graph) -> Document:
        when = None if self.on == _EVER else When.parse(self.on)
        if self.system:
            found = {actor.id: actor.name for actor in crosswalk().lookup(self.name, when, self.system)}
        else:
            found = called(graph.store, self.name, when)
            if self.name in crosswalk():
                found[self.name] = crosswalk().actor(self.name).name
        if not found:
            crosswalk().one(self.name, when, self.system or None)  # raises, with what may have been meant
        query = "MATCH (f:Fact)-[:PARTY]->(a:Country|Organization) WHERE a.id IN $ids RETURN a.id AS id, count(DISTINCT f.id) AS facts"
        facts = {row["id"]: row["facts"] for row in graph.store.read(query, {"ids": list(found)})}
        return {
            "asked": {"name": self.name, "on": self.on, "system": self.system},
            "candidates": [
                {"id": id, "name": name, **_identity(id), "facts_in_graph": facts.get(id, 0)}
                for id, name in sorted(found.items())
            ],
        }


class ActorProfile(OnDay, Tool):
    """All that the graph knows of one country or organization on a day: names and codes, its partners by kind of fact, the organizations
    that it belongs to, its members, and its facts, the latest first.

    `partners` are certain on the day; `possible_partners` counts those that may be, too. `by_source` counts them by each data set and by the dossiers together:
    do not add these up, as one pact coded by two sources is two facts. What the sources do not cover is missing, not zero: `note` says what that is.
    """

    LESS: ClassVar[str] = "name `kinds`, or ask relate_actors about two actors, get_fact about one fact"

    actor: Actor = Field(description="Id, code or name of the actor, as on the day.")
    kinds: Layers = _KINDS

    def answer(self, graph: Graph) -> Document:
        found = show(graph.store, actor_id(graph.store, self.actor, self.day), as_of=self.day, **self.record())  # fmt: skip
        return {
            "asked": {"actor": found.actor.id, "as_of": self.day, **self.terms(), "kinds": self.kinds},
            "name": found.actor.name,
            "name_then": found.name_then,
            "label": found.actor.label,
            "existed": found.existed,
            "codes": [code.text for code in found.codes if code.text.partition(":")[0] in _CODES],
            "note": found.note,
            "layers": [
                {
                    "kind": layer.kind, "number": len(layer.partners), "partners": layer.partners,
                    "possible_partners": len(layer.possible), "facts_ever": layer.facts, "by_source": plain(layer.by_source),
                }
                for layer in found.layers
            ],
            "organizations": plain(found.organizations),
            "members": plain(found.members),
            "facts": brief(reversed(found.facts), self.kinds),
            "sources": graph.citations(self.day_of_record),
        }  # fmt: skip


class RelateActors(OnDay, Tool):
    """Tell all that has been between two actors: agreements, drills, talks, disputes, with their status and evidence; what is in force on
    a day; whom they have in common.

    Read `status` before you call something a tie: what is announced, negotiated or signed is an intention until it is `in_force` or
    `held`. `in_force` has the ties on the day, each certain or only possible, with the time of the tie between the two; `facts` give that of
    the whole fact. `by_source` counts them by each data set and by the dossiers together, not to be added up; `note` says of what nobody tells. `announced` is what was intended by then and has not come about. get_fact has the words and the sources of one fact.
    """

    LESS: ClassVar[str] = "name `kinds`, or ask get_fact about one fact"

    a: Actor = Field(description="Id, code or name of one actor, as on the day.")
    b: Actor = Field(description="Id, code or name of the other.")
    kinds: Layers = _KINDS

    def answer(self, graph: Graph) -> Document:
        left, right = (actor_id(graph.store, actor, self.day) for actor in (self.a, self.b))
        if left == right:
            raise InputError(f"a and b are both {left}: name two different actors")
        found = relate(graph.store, left, right, as_of=self.day, **self.record())
        return {
            "asked": {"a": left, "b": right, "as_of": self.day, **self.terms(), "kinds": self.kinds},
            "names": {left: found.left.name, right: found.right.name},
            "note": found.note,
            "in_force": [_standing(tie) for tie in found.in_force],
            "by_source": plain(found.by_source),
            "announced": found.announced,
            "facts": brief(found.facts, self.kinds),
            "partners_in_common": [_common(each) for each in found.partners],
            "organizations_in_common": [_common(each) for each in found.organizations],
            "similarity_of_alliances": [_similarity(history) for history in found.similarity],
            "sources": graph.citations(self.day_of_record),
        }


def brief(entries: Iterable[Entry], kinds: Collection[str] = ()) -> list[dict[str, Any]]:
    """Facts as they are listed: get_fact has the rest."""
    return [
        {
            "fact": entry.fact, "kind": entry.kind, "title": entry.title, "types": entry.types, "status": entry.status,
            "in_effect": entry.when or None, "steps": [f"{step_text(step.name, step.between)} {step.when}".strip() for step in entry.steps],
            "parties": len(entry.parties), "disputed": [conflict.property for conflict in entry.conflicts],
            "sources": entry.sources,
        }
        for entry in entries
        if not kinds or entry.kind in kinds
    ]  # fmt: skip


def _identity(id: str) -> dict[str, Any]:
    """What the crosswalk knows of an actor; of one that only a dossier knows, nothing."""
    if id not in crosswalk():
        return {}
    known = crosswalk().actor(id)
    return {
        "label": known.label,
        "existed": list(dict.fromkeys(spell.span.text for spell in known.spells)),
        "codes": list(dict.fromkeys(f"{code.system}:{code.code}" for code in known.codes if code.system in _CODES)),
    }  # fmt: skip


def _standing(tie: InForce) -> dict[str, Any]:
    direction = {"from": tie.from_actor} if tie.from_actor else {}
    return {"fact": tie.fact, "kind": tie.kind, "types": tie.types, "in_effect": tie.when, "certain": tie.certain, **direction}  # fmt: skip


def _common(each: Common) -> dict[str, Any]:
    return {"actor": each.actor, "name": each.name}


def _similarity(history: SimilarityHistory) -> dict[str, Any]:
    """How alike the two were by kappa: at first, at last, at least and at most."""
    known = [(value, year.year) for year in history.years if (value := year.valued["kappa"]) is not None]
    told = {known[0], min(known), max(known), known[-1]} if known else set()
    return {
        "collection": history.collection,
        "kappa": {str(year): round(value, 4) for value, year in sorted(told, key=lambda pair: pair[1])},
    }
