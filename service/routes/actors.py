"""Actors: whom a name or code means, and all about one of them."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from comity.graph.crosswalk import SYSTEMS, crosswalk
from comity.graph.dates import When
from comity.graph.slices import read_actors
from comity.queries.entries import Entry
from comity.queries.finding import Match, find_actors
from comity.queries.naming import actor_id
from comity.queries.over_time import PartnersByYear
from comity.queries.plain import plain
from comity.queries.profiles import Belonging, Label
from comity.queries.profiles import show as show_profile
from comity.queries.telling import CountedBy
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, AsOf, Graph, OnDay, OnTerms, one_of
from comity.service.documents import Cited, Document, Listed, Revision, Told
from comity.service.paging import Listing, Paged, give_list

router = APIRouter(tags=["actors"])

ActorName = Annotated[str, Path(max_length=LONGEST, description="An id, a code (`cow:740`) or a name that means one actor.", examples=["JPN"])]  # fmt: skip

COLUMNS = tuple(Match.__slots__)


@router.get("/actors", response_model=Listed[Match], responses=file_forms("csv", "parquet"))
def list_actors(
    request: Request,
    held: Graph,
    page: Paged,
    q: Annotated[str | None, Query(min_length=1, max_length=LONGEST, description="A name or code, or how one begins. Without it every actor of the graph is listed.", examples=["Germany"])] = None,
    as_of: Annotated[str | None, Query(max_length=LONGEST, description="When the name or code was in use, in EDTF; at any time where there is none.", examples=["1990"])] = None,
    system: Annotated[str | None, Query(max_length=LONGEST, description="Read q as a code of this system only.", examples=["cow"], **one_of(SYSTEMS))] = None,
    label: Annotated[Literal["Country", "Organization"] | None, Query(description="Only countries, or only organizations.")] = None,
) -> Response:  # fmt: skip
    """Look for actors by any name or code, in use at a date: the best match first."""

    def make() -> Listing:
        if q is not None:
            found = find_actors(
                held.store, q, When.parse(as_of) if as_of else None, system=system, label=label
            )
            return Listing(plain(found), COLUMNS)
        day = When.parse(as_of) if as_of else None
        nodes = read_actors(held.store, day.latest_end if day else None).values()
        matches = [
            Match(node.id, node.label, node.name, node.id, "", 100.0, True)
            for node in nodes
            if label in (None, node.label)
        ]
        return Listing(plain(matches), COLUMNS)

    return give_list(request, held, page, make, "actors")


class Spell(Document):
    """A time during which a state system has an actor exist."""

    system: str
    when: str


class Other(Document):
    """An actor that followed, or was followed; `since` in EDTF."""

    actor: str
    name: str
    since: str = ""


class ActorDocument(Document):
    """An actor: what it is called in which time, when it existed, and what came before and after it."""

    actor: str
    label: str
    name: str
    held: bool
    names: list[Label]
    codes: list[Label]
    existed: list[Spell]
    predecessors: list[Other]
    successors: list[Other]
    latitude: float | None
    longitude: float | None
    revision: Revision


@router.get("/actors/{actor}", response_model=ActorDocument)
def read_actor(request: Request, held: Graph, actor: ActorName, as_of: AsOf = None) -> Response:
    """One actor: names and codes with their times, when it existed, predecessors and successors."""
    document, revision = held.steadily(lambda: _actor(held, actor, as_of))
    return give(request, Answer(revision, {**document, "revision": revision}))


def _actor(held: Graph, text: str, as_of: str | None) -> Mapping[str, Any]:
    id = actor_id(held.store, text, When.parse(as_of) if as_of else None)
    found = held.store.read(
        "MATCH (a:Country|Organization {id: $id}) RETURN labels(a) AS labels, a.name AS name, a.names AS names, a.codes AS codes, "
        "a.latitude AS latitude, a.longitude AS longitude",
        {"id": id},
    )
    if id not in crosswalk():
        own = found[0]
        told = {name: [{"text": text, "when": ""} for text in own[name] or ()] for name in ("names", "codes")}
        nothing: dict[str, Any] = {"existed": [], "predecessors": [], "successors": []}
        return {
            "actor": id, "label": own["labels"][0], "name": own["name"], "held": True, **told, **nothing,
            "latitude": own["latitude"], "longitude": own["longitude"],
        }  # fmt: skip
    world = crosswalk()
    known = world.actor(id)
    return {
        "actor": id,
        "label": known.label,
        "name": known.name,
        "held": bool(found),
        "names": [{"text": name.text, "when": name.span.text if name.span else ""} for name in known.names],
        "codes": [
            {"text": f"{code.system}:{code.code}", "when": code.span.text if code.span else ""} for code in known.codes
        ],
        "existed": [{"system": spell.system, "when": spell.span.text} for spell in known.spells],
        "predecessors": [
            {"actor": other.id, "name": other.name, "since": next((one.since.text for one in other.successors if one.id == id), "")}
            for other in world.predecessors(id)
        ],
        "successors": [
            {"actor": one.id, "name": world.actor(one.id).name, "since": one.since.text} for one in known.successors
        ],
        "latitude": known.capital.latitude if known.capital else None,
        "longitude": known.capital.longitude if known.capital else None,
    }  # fmt: skip


class LayerOfActor(Document):
    """An actor's partners by one kind of facts: on the day for certain, possibly, and the number of the former; counted by each source, too, as
    what several of them tell is not to be added up."""

    kind: str
    partners: list[str]
    possible: list[str]
    facts: int
    by_source: list[CountedBy]
    number: int


class ProfileDocument(Told):
    """All that the graph knows of an actor on a day."""

    actor: str
    label: str
    name: str
    as_of: str
    name_then: str
    note: str
    names: list[Label]
    codes: list[Label]
    existed: list[str]
    layers: list[LayerOfActor]
    by_year: list[PartnersByYear]
    organizations: list[Belonging]
    members: list[Belonging]
    facts: list[Entry]
    sources: dict[str, Cited]


@router.get("/actors/{actor}/profile", response_model=ProfileDocument, responses=file_forms("csv", "parquet"))
def read_profile(request: Request, held: Graph, actor: ActorName, as_of: OnDay, terms: OnTerms) -> Response:
    """All about an actor on a day: names, partners by layer, organizations, members, every fact. As a table it is its facts."""
    profile, revision = held.steadily(
        lambda: show_profile(
            held.store, actor_id(held.store, actor, _when(as_of)), as_of=as_of, known_on=terms.known_on, policy=terms.policy,
            applied_from=terms.same_from,
        )
    )  # fmt: skip
    document = profile.to_dict()
    return give(request, Answer(revision, document, document["facts"], tuple(Entry.__slots__)))


def _when(day: Any) -> When | None:
    return When.parse(day.isoformat()) if day else None
