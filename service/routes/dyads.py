"""Dyads: two actors, everything between them, and how alike their commitments are."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from comity.graph.dates import When
from comity.graph.slices import history_of, take
from comity.queries.dyads import Common, InForce, relate
from comity.queries.entries import Entry
from comity.queries.naming import actor_id
from comity.queries.similarity.histories import Year, liken_yearly
from comity.queries.similarity.measures import SIMILARITY_MEASURES, similarity_measure_of
from comity.queries.similarity.pairs import Alike, Cell, compare, described, liken
from comity.queries.telling import CountedBy
from comity.queries.yearly import span_of
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Asked, Graph, OnDay, OnTerms, one_of
from comity.service.documents import Cited, Document, Named, Revision, Told
from comity.service.limits import check_years_number
from comity.service.paging import Listing, Paged, give_list
from comity.service.places import COMPUTING

router = APIRouter(tags=["dyads"])

One = Annotated[str, Path(max_length=LONGEST, description="An id, code or name of the one actor.", examples=["JPN"])]  # fmt: skip
Another = Annotated[str, Path(max_length=LONGEST, description="An id, code or name of the other actor.", examples=["GBR"])]  # fmt: skip


class Portfolios(Document):
    """Of which commitments a likeness is."""

    layer: str
    types: list[str]
    rule: str
    sources: list[str]
    as_of: str | None = None
    convention: str | None = None
    slice: str
    policy: str
    same_from: float
    known_on: str | None = None
    states_of: str
    own_cell: str
    weights: str


class History(Portfolios):
    """How alike two states were in each year, by one data set."""

    years: list[Year]


class DyadDocument(Told):
    """All that is between two actors, and how they stand on a day."""

    left: Named
    right: Named
    as_of: str
    untold: list[str]
    note: str
    in_force: list[InForce]
    by_source: list[CountedBy]
    announced: list[str]
    facts: list[Entry]
    partners: list[Common]
    organizations: list[Common]
    similarity: list[History]
    sources: dict[str, Cited]


def _pair(held: Graph, left: str, right: str, day: date | None) -> tuple[str, str]:
    when = When.parse(day.isoformat()) if day else None
    return actor_id(held.store, left, when), actor_id(held.store, right, when)


@router.get("/dyads/{left}/{right}", response_model=DyadDocument, responses=file_forms("csv", "parquet"))
def read_dyad(
    request: Request, held: Graph, left: One, right: Another, as_of: OnDay, terms: OnTerms
) -> Response:
    """The history of two actors: every fact, what is in force, whom they have in common, how alike their alliance commitments were in every
    year. As a table it is the facts."""
    found, revision = held.steadily(
        lambda: relate(
            held.store, *_pair(held, left, right, as_of), as_of=as_of, known_on=terms.known_on, policy=terms.policy,
            applied_from=terms.same_from,
        )
    )  # fmt: skip
    document = found.to_dict()
    return give(request, Answer(revision, document, document["facts"], tuple(Entry.__slots__)))


class LikenessDocument(Portfolios):
    """How alike two states' commitments are, by every measure."""

    left: Named
    right: Named
    revision: Revision
    states: int
    valued: dict[str, float | None]
    binary: dict[str, float | None]
    cells: list[Cell]


@router.get("/dyads/{left}/{right}/similarity", response_model=LikenessDocument)
def read_similarity(request: Request, held: Graph, left: One, right: Another, question: Asked) -> Response:
    """How alike the alliance commitments of two states are on a day or in a span, by every measure."""

    def read() -> dict[str, Any]:
        asked = _commitments(request, question)
        pair = (actor_id(held.store, name, question.last) for name in (left, right))
        return liken(take(held.store, asked), *pair).to_dict()

    found, revision = held.steadily(read)
    return give(request, Answer(revision, found))


class YearsDocument(Portfolios):
    """How alike two states were in each year."""

    left: str
    right: str
    revision: Revision
    rows: list[Year]


@router.get(
    "/dyads/{left}/{right}/similarity/years",
    response_model=YearsDocument,
    responses=file_forms("csv", "parquet"),
)
def read_similarity_by_year(
    request: Request,
    held: Graph,
    left: One,
    right: Another,
    question: Asked,
    first: Annotated[int | None, Query(alias="from", ge=1, le=9998, description="The first year; the first of which the sources tell where there is none.", examples=[2000])] = None,
    last: Annotated[int | None, Query(alias="to", ge=1, le=9998, description="The last year.", examples=[2016])] = None,
) -> Response:  # fmt: skip
    """How alike the alliance commitments of two states were in every year, by every measure."""

    def read() -> tuple[dict[str, Any], list[dict[str, Any]]]:
        asked = _commitments(request, question)
        history = history_of(held.store, asked, asked.layers)
        span = span_of(first, last, history)
        check_years_number(*span)
        one, other = (actor_id(held.store, name) for name in (left, right))
        years = liken_yearly(history, asked, one, other, *span)
        told = described(replace(asked, sources=history.sources))
        told["as_of"] = f"{span[0]:04}/{span[1]:04}"
        document = {"left": one, "right": other, **told, "convention": asked.convention, "rows": years}
        flat = [
            {
                "year": year.year, "states": year.states or None, **_columns(year.valued),
                **{f"{name}_binary": value for name, value in _columns(year.binary).items()},
            }
            for year in years
        ]  # fmt: skip
        return document, flat

    (document, flat), revision = held.steadily(read)
    columns = tuple(flat[0]) if flat else ("year",)
    return give(request, Answer(revision, {**document, "revision": revision}, flat, columns))


def _columns(values: Any) -> dict[str, Any]:
    return {name.replace("-", "_"): value for name, value in values.items()}


class ComparisonDocument(Portfolios):
    """Dyads by how alike their commitments are."""

    measure: str
    binary: bool
    revision: Revision
    states: int
    undefined: int
    left_out: list[str]
    actor: str | None = None
    total: int
    next: str | None
    rows: list[Alike]


@router.get(
    "/similarity",
    response_model=ComparisonDocument,
    dependencies=[COMPUTING],
    responses=file_forms("csv", "parquet"),
)
def list_similarity(
    request: Request,
    held: Graph,
    page: Paged,
    question: Asked,
    measure: Annotated[str, Query(max_length=LONGEST, description="By what dyads are ranked.", examples=["kappa"], **one_of(SIMILARITY_MEASURES))] = "kappa",
    actor: Annotated[str | None, Query(max_length=LONGEST, description="Only dyads of this state.", examples=["JPN"])] = None,
    binary: Annotated[bool, Query(description="Whether there is any commitment, not how strong it is.")] = False,
) -> Response:  # fmt: skip
    """Dyads ranked by how alike the two states' alliance commitments are."""

    def make() -> Listing:
        asked, chosen = _commitments(request, question), similarity_measure_of(measure)
        state = actor_id(held.store, actor, question.last) if actor else ""
        found = compare(take(held.store, asked), chosen, actor=state, binary=binary).to_dict()
        return Listing(found.pop("rows"), tuple(Alike.__slots__), found)

    return give_list(request, held, page, make, "similarity")


def _commitments(request: Request, question: Asked) -> Asked:
    """The question, of every commitment where none is named: the usual choice of types is one of rankings."""
    return question if "type" in request.query_params else replace(question, types=())
