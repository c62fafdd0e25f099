"""Ties: the network of a day, its size, an actor's part of it, files for other programs."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from comity.graph.coverage import check_told, coverage_of, loaded_sources
from comity.graph.slices import History, Slice, history_of, read_actors, take
from comity.graph.ties import Tie
from comity.queries.counts import count
from comity.queries.egos import ego_of
from comity.queries.exports import CSV_COLUMNS, shape_of, tie_rows
from comity.queries.library import chosen_collections
from comity.queries.naming import actor_id
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import Asked, Graph
from comity.service.documents import Document, ListedOfQuestion, Named, OfQuestion, Revision
from comity.service.paging import Listing, Paged, give_list
from comity.service.places import COMPUTING
from comity.service.routes.actors import ActorName

router = APIRouter(tags=["ties"])


class TieRow(Document):
    """A tie: two actors, and the phase of a fact between them. Times are in EDTF, bounds empty where there is none."""

    fact: str
    title: str
    kind: str
    left: str
    right: str
    directed: bool
    types: list[str]
    status: str
    in_effect: bool
    when: str
    earliest_begin: str
    latest_begin: str
    earliest_end: str
    latest_end: str
    rule: str
    sources: list[str]
    sure_types: list[str]
    disputed: bool


_GRAPHS = ("graphml", "gexf")


def _pieces(shape: str, subject: Slice | History) -> Iterator[bytes]:
    """A file of the network, in pieces."""
    content = shape_of(shape).contents(subject)[""].encode(errors="replace")
    for start in range(0, len(content), 1 << 16):
        yield content[start : start + (1 << 16)]


def _listing(slice: Slice, ties: Sequence[Tie]) -> Listing:
    return Listing(
        list(tie_rows(slice, ties)),
        tuple(CSV_COLUMNS),
        slice.question.describe(),
        {shape: lambda shape=shape: _pieces(shape, slice) for shape in _GRAPHS},  # type: ignore[misc]
    )


@router.get(
    "/ties",
    response_model=ListedOfQuestion[TieRow],
    responses=file_forms("csv", "parquet", *_GRAPHS),
)
def list_ties(request: Request, held: Graph, page: Paged, question: Asked) -> Response:
    """List the ties of a slice; as GraphML or GEXF it is the network, for Gephi, Cytoscape, igraph and networkx."""

    def make() -> Listing:
        slice = take(held.store, question)
        return _listing(slice, slice.ties)

    return give_list(request, held, page, make, "ties", _GRAPHS)


@router.get(
    "/actors/{actor}/ties",
    tags=["actors"],
    response_model=ListedOfQuestion[TieRow],
    responses=file_forms("csv", "parquet"),
)
def list_ties_of(request: Request, held: Graph, page: Paged, question: Asked, actor: ActorName) -> Response:
    """List the ties of one actor in a slice."""

    def make() -> Listing:
        id = actor_id(held.store, actor, question.last)
        slice = take(held.store, question)
        return _listing(slice, [tie for tie in slice.ties if id in (tie.left, tie.right)])

    return give_list(request, held, page, make, "ties")


class EgoTie(Document):
    """Two actors who are tied, and by which facts."""

    left: str
    right: str
    number: int
    facts: list[str]


class Ego(OfQuestion):
    """An actor, its partners, and the ties among them."""

    actor: str
    actors: list[Named]
    rows: list[EgoTie]


@router.get(
    "/actors/{actor}/ego",
    tags=["actors"],
    response_model=Ego,
    responses=file_forms("csv", "parquet"),
)
def read_ego(request: Request, held: Graph, question: Asked, actor: ActorName) -> Response:
    """An actor, its partners and the ties among all of them, on one day: answered by the database itself, in one record.

    The database keeps ties by the usual rule and policy, as they are known now: others are refused.
    """
    store = held.store
    actors = held.lasting("actors", lambda: read_actors(store))
    id = actor if actor in actors else actor_id(store, actor, question.last)

    def choose() -> tuple[str, ...]:
        return chosen_collections(store, question.layers, question.sources)

    # Of what is named there may be any number of combinations: they are not kept.
    chosen = choose() if question.sources else held.lasting(("collections", question.layers), choose)
    coverage = held.lasting(
        ("coverage", question.layers, tuple(chosen)),
        lambda: coverage_of(loaded_sources(store, question.layers), chosen),
    )
    check_told(coverage, question.layers, question.first, question.last, question.as_of.text)
    found = ego_of(store, id, question, chosen, actors)
    if found.revision != held.revision():  # others wrote since what is kept was read
        held.changed()
        return read_ego(request, held, question, actor)
    document = found.to_dict()
    return give(request, Answer(found.revision, document, document["rows"], tuple(EgoTie.model_fields)))


class Range(Document):
    """The size of a slice under one convention, from what is certain to what is possible."""

    convention: str
    actors_least: int
    actors_most: int
    pairs_least: int
    pairs_most: int
    facts_least: int
    facts_most: int


class Counts(Document):
    """The size of a slice."""

    layer: str
    types: list[str]
    rule: str
    sources: list[str]
    as_of: str
    policy: str
    same_from: float
    known_on: str | None = None
    revision: Revision
    rows: list[Range]


@router.get("/counts", response_model=Counts, responses=file_forms("csv", "parquet"))
def count_ties(request: Request, held: Graph, question: Asked) -> Response:
    """Count the actors, tied pairs and facts of a slice, from what is certain to what is possible; of a year by each convention of the field."""
    chosen = (question.convention,) if "convention" in request.query_params else ()
    found, revision = held.steadily(lambda: count(held.store, question, chosen).to_dict())
    return give(request, Answer(revision, found, found["rows"], tuple(Range.model_fields)))


@router.get(
    "/history",
    dependencies=[COMPUTING],
    response_model=ListedOfQuestion[TieRow],
    responses=file_forms("csv", "parquet", *_GRAPHS),
)
def list_history(
    request: Request,
    held: Graph,
    page: Paged,
    question: Asked,
    every_layer: Annotated[bool, Query(description="Of every kind of fact, whatever layer= says.")] = False,
) -> Response:
    """List every phase of every tie, whenever it was; as GEXF it is a network through time."""

    def make() -> Listing:
        history = history_of(held.store, question, () if every_layer else question.layers)
        about: dict[str, Any] = {**question.describe(), "sources": list(history.sources)}
        return Listing(
            list(tie_rows(history, history.ties)),
            tuple(CSV_COLUMNS),
            about,
            {shape: lambda shape=shape: _pieces(shape, history) for shape in _GRAPHS},  # type: ignore[misc]
        )

    return give_list(request, held, page, make, "history", _GRAPHS)
