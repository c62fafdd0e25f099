"""Numbers of a whole network: structure, layers, and who stands between groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from comity.graph.slices import Question, Slice, take
from comity.queries.brokering import Linkage, Roles, links, roles
from comity.queries.cuts import ArticulationPoint, Bridge, cuts
from comity.queries.groups import Groups, read_groups
from comity.queries.layers import Overlap, read_layers
from comity.queries.measures import measure_of
from comity.queries.structure import Value, structure
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import Asked, Graph, Text
from comity.service.documents import Document, OfQuestion
from comity.service.places import COMPUTING
from comity.service.routes.measures import MeasureName

router = APIRouter(tags=["structure"], dependencies=[COMPUTING])

_GroupTexts = Annotated[list[Text], Query(alias="group", max_length=50, description="A group: an organization stands for itself and its full members, NAME=ACTOR,ACTOR lists actors. Brokers are between NATO and others where none is named.", examples=[["NATO"]])]  # fmt: skip
_MembersFrom = Annotated[list[Text], Query(description="Dossiers or data sets that tell who the members of organizations are.", examples=[["treaties"]])]  # fmt: skip
_TABLES = file_forms("csv", "parquet")


class OfGroups(OfQuestion):
    """About groups of actors."""

    groups: dict[str, list[str]]
    members_from: list[str]


@dataclass(frozen=True, slots=True)
class _Named:
    """The groups that a request names."""

    groups: list[str]
    members_from: list[str]

    def read(self, held: Graph, question: Question, usual: Sequence[str] = ()) -> tuple[Slice, Groups]:
        """The slice, and its groups: the usual ones where none is named."""
        groups = read_groups(held.store, self.groups or usual, question, self.members_from)
        return take(held.store, question), groups


def _named(group: _GroupTexts = [], members_from: _MembersFrom = []) -> _Named:  # noqa: B006
    return _Named(group, members_from)


InGroups = Annotated[_Named, Depends(_named)]
"""The groups that a request asks about."""

_USUAL = ("NATO",)
"""Whom brokers stand between, and the rest, where no group is named."""


class Structure(OfGroups):
    """Numbers of a whole network."""

    rows: list[Value]


@router.get("/structure", response_model=Structure, responses=_TABLES)
def read_structure(
    request: Request,
    held: Graph,
    question: Asked,
    named: InGroups,
) -> Response:
    """Describe a network as a whole: size, density, closure, components, distances, mixing, centralization."""
    found, revision = held.steadily(lambda: structure(*named.read(held, question)).to_dict())
    return give(request, Answer(revision, found, found["rows"], tuple(Value.__slots__)))


class LayerSpread(Document):
    """An actor over the layers."""

    actor: str
    name: str
    values: dict[str, float | None]
    aggregated: float
    overlapping: int
    participation: float


class LayersDocument(OfQuestion):
    """Kinds of facts held against each other as layers of one network."""

    measure: str
    rows: list[LayerSpread]
    overlaps: list[Overlap]


@router.get("/layers/{measure}", response_model=LayersDocument, responses=_TABLES)
def compare_layers(request: Request, held: Graph, question: Asked, measure: MeasureName) -> Response:
    """Hold kinds of facts against each other as the layers of one network: name two or more with layer=."""
    found, revision = held.steadily(lambda: read_layers(held.store, question, measure_of(measure)).to_dict())
    rows = [{**row, **row["values"]} for row in found["rows"]]
    columns = ("actor", "name", *question.layers, "aggregated", "overlapping", "participation")
    return give(request, Answer(revision, found, rows, columns))


class LinksDocument(OfGroups):
    """Who links groups of actors."""

    linkages: list[Linkage]


@router.get("/brokers/links", response_model=LinksDocument, responses=_TABLES)
def find_links(
    request: Request,
    held: Graph,
    question: Asked,
    named: InGroups,
) -> Response:
    """Say through whom members of one group reach those of another, and by which facts, for each two groups."""
    found, revision = held.steadily(lambda: links(*named.read(held, question, _USUAL)).to_dict())
    rows = [
        {"left": linkage["left"], "right": linkage["right"], **row}
        for linkage in found["linkages"]
        for row in linkage["rows"]
    ]
    columns = (
        "left", "right", "actor", "name", "group", "left_partners", "right_partners", "pairs", "share", "left_facts", "right_facts",
    )  # fmt: skip
    return give(request, Answer(revision, found, rows, columns))


class RolesDocument(OfGroups):
    """How often actors broker, in which roles."""

    rows: list[Roles]


@router.get("/brokers/roles", response_model=RolesDocument, responses=_TABLES)
def count_roles(
    request: Request,
    held: Graph,
    question: Asked,
    named: InGroups,
) -> Response:
    """Say how often each actor brokers within and between groups: coordinator, itinerant, gatekeeper, representative, liaison."""
    found, revision = held.steadily(lambda: roles(*named.read(held, question, _USUAL)).to_dict())
    return give(request, Answer(revision, found, found["rows"], tuple(Roles.__slots__)))


class CutsDocument(OfQuestion):
    """What a network hangs by."""

    articulation_points: list[ArticulationPoint]
    bridges: list[Bridge]


@router.get("/brokers/cuts", response_model=CutsDocument)
def find_cuts(request: Request, held: Graph, question: Asked) -> Response:
    """The actors and tied pairs without which the network falls apart."""
    found, revision = held.steadily(lambda: cuts(take(held.store, question)).to_dict())
    return give(request, Answer(revision, found))
