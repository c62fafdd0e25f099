"""Numbers per actor: rankings, with how far doubt moves them, and panels over time."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field

from comity.graph.slices import history_of, take
from comity.queries.doubt.influence import SHOWN, influences
from comity.queries.doubt.ranges import SAMPLES, RankedInDoubt, doubt_of
from comity.queries.engines import ENGINES, engine_of
from comity.queries.measures import MEASURES, measure_of
from comity.queries.naming import actor_id
from comity.queries.panels import panel
from comity.queries.ranking import Ranked, rank
from comity.queries.yearly import span_of
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Asked, Graph, Text, one_of
from comity.service.documents import Document, OfQuestion, Revision
from comity.service.limits import check_doubt, check_panel
from comity.service.paging import Listing, Paged, give_list
from comity.service.places import COMPUTING, COMPUTING_DOUBT, InDoubt
from comity.service.problems import WrongParameter

router = APIRouter(tags=["measures"])

MeasureName = Annotated[str, Path(max_length=LONGEST, description="A measure of actors.", examples=["degree"], **one_of(MEASURES))]  # fmt: skip
Samples = Annotated[int, Query(ge=1, le=10_000, description="Settlements that are tried where there are more than that.", examples=[1000])]  # fmt: skip
Seed = Annotated[int, Query(ge=0, le=2**31 - 1, description="The seed of what is drawn at random.", examples=[0])]  # fmt: skip


MeasureText = Annotated[Text, Field(**one_of(MEASURES))]


class MeasureRow(Document):
    """A measure: its name and other names, what it says, and which engines compute it."""

    measure: str
    aliases: list[str]
    about: str
    engines: list[str]


class Measures(Document):
    """The measures."""

    revision: Revision
    rows: list[MeasureRow]


@router.get("/measures", response_model=Measures, responses=file_forms("csv", "parquet"))
def list_measures(request: Request, held: Graph) -> Response:
    """List the measures of actors, with what each says."""
    rows = [
        {
            "measure": measure.name, "aliases": list(measure.aliases), "about": measure.about,
            "engines": [name for name, engine in ENGINES.items() if measure.name in engine.tolerances],
        }
        for measure in MEASURES.values()
    ]  # fmt: skip
    revision = held.revision()
    return give(
        request, Answer(revision, {"revision": revision, "rows": rows}, rows, tuple(MeasureRow.model_fields))
    )


class Influencing(Document):
    """What moves one actor's rank most."""

    actor: str
    influences: list[dict[str, Any]]


class Ranking(OfQuestion):
    """Actors by a measure; with `doubt` each with the range of its value and rank."""

    measure: str
    engine: str | None = None
    choices: int | None = None
    settlements: int | None = None
    seed: int | None = None
    error: float | None = None
    widened: int | None = None
    explained: Influencing | None = None
    rows: list[RankedInDoubt] | list[Ranked]


@router.get(
    "/measures/{measure}",
    response_model=Ranking,
    dependencies=[COMPUTING_DOUBT],
    responses=file_forms("csv", "parquet"),
)
def rank_actors(
    request: Request,
    held: Graph,
    question: Asked,
    measure: MeasureName,
    engine: Annotated[str, Query(max_length=LONGEST, description="What computes it.", examples=["networkx"], **one_of(ENGINES))] = "networkx",
    doubt: InDoubt = False,
    explain: Annotated[str | None, Query(max_length=LONGEST, description="With doubt: what moves this actor's rank most, and who says so.", examples=["JPN"])] = None,
    samples: Samples = SAMPLES,
    seed: Seed = 0,
) -> Response:  # fmt: skip
    """Rank actors by a measure: who is central? With doubt each with the range in which its value and rank can lie."""
    chosen = measure_of(measure)
    if not doubt:
        given = {"explain", "samples", "seed"} & set(request.query_params)
        if given:
            raise WrongParameter(
                f"{min(given)}= says nothing without doubt=true: leave it out, or ask for doubt"
            )
        ranking, revision = held.steadily(
            lambda: rank(take(held.store, question), chosen, engine_of(engine, held.store))
        )
        document = ranking.to_dict()
        return give(request, Answer(revision, document, document["rows"], tuple(Ranked.__slots__)))
    if "engine" in request.query_params:
        raise WrongParameter("doubt is computed by the engine fast: leave engine= out")
    check_doubt([chosen], samples)

    def read() -> dict[str, Any]:
        possible = take(held.store, replace(question, certainty="possible"))
        found = doubt_of(possible, question, chosen, samples=samples, seed=seed).to_dict()
        if explain:
            actor = actor_id(held.store, explain, question.last)
            moving = influences(possible, question, chosen, actor)[:SHOWN]
            found["explained"] = {"actor": actor, "influences": [one.to_dict() for one in moving]}
        return found

    document, revision = held.steadily(read)
    return give(request, Answer(revision, document, document["rows"], tuple(RankedInDoubt.__slots__)))


class Panel(OfQuestion):
    """Measures over time: a row for each actor and period, with a column for each measure's value and rank."""

    measures: dict[str, str]
    every: str
    periods: int
    left_out: list[int]
    samples: int | None = None
    seed: int | None = None
    error: float | None = None
    total: int
    next: str | None
    rows: list[dict[str, Any]]


@router.get("/panel", response_model=Panel, dependencies=[COMPUTING], responses=file_forms("csv", "parquet"))
def list_panel(
    request: Request,
    held: Graph,
    page: Paged,
    question: Asked,
    measure: Annotated[list[MeasureText], Query(min_length=1, max_length=20, description="One or more measures, each with a `measure=`.", examples=[["degree"]])] = ["degree"],  # noqa: B006
    first: Annotated[int | None, Query(alias="from", ge=1, le=9998, description="The first year; the first of which the sources tell where there is none.", examples=[2000])] = None,
    last: Annotated[int | None, Query(alias="to", ge=1, le=9998, description="The last year.", examples=[2016])] = None,
    every: Annotated[Literal["year", "month", "change"], Query(description="A row for each year or month, or from each day on which the network changes to the eve of the next.")] = "year",
    actor: Annotated[list[Text], Query(description="Only of these actors; ranks stay those among all.", examples=[["JPN"]])] = [],  # noqa: B006
    doubt: Annotated[bool, Query(description="Add how far each value and rank can move.")] = False,
    samples: Samples = SAMPLES,
    seed: Seed = 0,
) -> Response:  # fmt: skip
    """Measure actors over time: who was central when? Years of which no source tells have no rows."""
    if "as_of" in request.query_params:
        raise WrongParameter("a panel is of all years from from= to to=: leave as_of= out")
    chosen = [measure_of(name) for name in dict.fromkeys(measure)]

    def make() -> Listing:
        history = history_of(held.store, question, question.layers)
        span = span_of(first, last, history)
        check_panel(*span, every, chosen, samples if doubt else None)
        found = panel(history, question, chosen, *span, every, doubt=doubt, samples=samples, seed=seed)
        if actor:
            found = found.only([actor_id(held.store, name) for name in actor])
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows()]
        return Listing(rows, found.columns, found.describe())

    return give_list(request, held, page, make, "panel")
