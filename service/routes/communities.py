"""The communities of a network, and what became of them at another date."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from comity.graph.dates import parse_span
from comity.graph.slices import take
from comity.queries.communities import Communities, Community, changed, communities, memberships
from comity.queries.partitions import Likeness
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Asked, Graph
from comity.service.documents import Document, OfQuestion
from comity.service.places import COMPUTING
from comity.service.routes.measures import Seed

router = APIRouter(tags=["structure"], dependencies=[COMPUTING])

_TABLES = file_forms("csv", "parquet")


class CommunitiesDocument(OfQuestion):
    """The communities of a network."""

    algorithm: str
    seed: int
    runs: int
    resolution: float
    modularity: float | None
    stability: float | None
    partitions: int
    communities: list[Community]


class Went(Document):
    """How many actors went from one community to another; null where there was none."""

    before: str | None
    after: str | None
    actors: int


class ChangedDocument(Document):
    """The communities of two days, and what became of them."""

    before: CommunitiesDocument
    after: CommunitiesDocument
    likeness: Likeness | None
    moves: list[Went]


_Resolution = Annotated[float, Query(gt=0, le=100, description="More than 1 gives smaller communities, less than 1 larger ones.")]  # fmt: skip
_Runs = Annotated[int, Query(ge=1, le=100, description="How often they are looked for, each time by another seed; the best is shown.")]  # fmt: skip


@router.get("/communities", response_model=CommunitiesDocument, responses=_TABLES)
def find_communities(
    request: Request, held: Graph, question: Asked, resolution: _Resolution = 1.0, runs: _Runs = 20, seed: Seed = 0
) -> Response:  # fmt: skip
    """Find communities: groups of actors with more ties among themselves than chance would give them (Louvain's method).

    As a table it has a row for each actor."""
    found, revision = held.steadily(lambda: _communities(held, question, resolution, runs, seed))
    rows = [
        {"actor": actor, "name": found.names[actor], "community": community.label}
        for actor, community in sorted(found.community_of.items())
    ]
    return give(request, Answer(revision, found.to_dict(), rows, ("actor", "name", "community")))


@router.get("/communities/changes", response_model=ChangedDocument)
def compare_communities(
    request: Request,
    held: Graph,
    question: Asked,
    compare_with: Annotated[str, Query(max_length=LONGEST, description="The other day or span, in EDTF.", examples=["1990-01-01"])],
    resolution: _Resolution = 1.0,
    runs: _Runs = 20,
    seed: Seed = 0,
) -> Response:  # fmt: skip
    """What became of communities at another date."""
    other = replace(question, as_of=parse_span(compare_with))
    found, revision = held.steadily(
        lambda: changed(*(_communities(held, asked, resolution, runs, seed) for asked in (question, other)))
    )
    return give(request, Answer(revision, found.to_dict()))


def _communities(held: Graph, question: Asked, resolution: float, runs: int, seed: int) -> Communities:
    return communities(
        take(held.store, question), seed=seed, runs=runs, resolution=resolution,
        organizations=memberships(held.store, question),
    )  # fmt: skip
