"""Files: the map as one page, tables for statistics, and the whole graph for another Neo4j server."""

import tempfile
import zipfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from comity.graph.slices import history_of
from comity.graph.stores.stopping import Stop
from comity.queries.citing import citations
from comity.queries.import_files import export_import_files
from comity.queries.measures import measure_of
from comity.queries.tables import stata_bytes
from comity.queries.yearly import CODES, UNITS, Shape, span_of, yearly
from comity.service.answers import Answer, file_forms, give, respond, wanted
from comity.service.asking import LONGEST, Asked, Graph, one_of
from comity.service.documents import ListedOfQuestion
from comity.service.limits import check_table
from comity.service.pages.maps import POLICY
from comity.service.paging import Listing, Paged, give_list
from comity.service.places import COMPUTING, Exporting
from comity.service.routes.measures import MeasureText

router = APIRouter(tags=["ties"])

_PIECE = 1 << 16


@router.get("/map", dependencies=[COMPUTING], response_class=Response, responses=file_forms("html"))
def draw_map(
    request: Request,
    held: Graph,
    question: Asked,
    every_layer: Annotated[bool, Query(description="All layers are on the map, to be switched on and off; else those that layer= names.")] = True,
    size: Annotated[list[MeasureText], Query(min_length=1, max_length=5, description="What the size of actors shows; of several one chooses on the map.", examples=[["degree"]])] = ["degree"],  # noqa: B006
    doubt: Annotated[bool, Query(description="Show how far doubt moves the sizes as rings around actors.")] = False,
    title: Annotated[str, Query(max_length=LONGEST, description="What stands above the map.")] = "Relations between states",
) -> Response:  # fmt: skip
    """Draw a map: one HTML page that needs no network once it is there."""
    from comity.viz.map import draw
    from comity.viz.picture import picture_of

    measures = [measure_of(name) for name in dict.fromkeys(size)]
    layers = () if every_layer else question.layers
    picture, revision = held.steadily(
        lambda: picture_of(held.store, question, measures, title, layers=layers, doubtful=doubt)
    )
    response = give(
        request, Answer(revision, others={"html": lambda: draw(picture).encode(errors="replace")})
    )
    response.headers["Content-Security-Policy"] = POLICY
    return response


class Yearly(ListedOfQuestion[dict[str, Any]]):
    """A table for statistics: a row for each pair of states (or state) and year."""

    unit: str
    cite: list[str]
    left_out: dict[str, int]


@router.get(
    "/tables/{unit}",
    response_model=Yearly,
    dependencies=[COMPUTING],
    responses=file_forms("csv", "parquet", "stata"),
)
def list_yearly(
    request: Request,
    held: Graph,
    page: Paged,
    question: Asked,
    unit: Annotated[str, Path(max_length=LONGEST, description="Of what there is a row for each year.", examples=["dyad-year"], **one_of(UNITS))],
    first: Annotated[int | None, Query(alias="from", ge=1, le=9998, description="The first year.", examples=[2010])] = None,
    last: Annotated[int | None, Query(alias="to", ge=1, le=9998, description="The last year.", examples=[2016])] = None,
    codes: Annotated[str, Query(max_length=LONGEST, description="How states are named.", examples=["cow"], **one_of(CODES))] = "cow",
    all_pairs: Annotated[bool, Query(description="Rows for pairs (or states) without a tie, too.")] = False,
    false_dyads: Annotated[bool, Query(description="With all_pairs: also pairs that never existed on one day of the year.")] = False,
) -> Response:  # fmt: skip
    """A yearly table for statistics packages: dyad-year, directed-dyad-year or state-year, with every type a column of 0 and 1.

    All types count unless type= names some; outside the time of which a source tells, values are missing."""
    # Columns of 0 and 1 tell types apart: the usual choice of rankings would leave most of them out.
    asked = question if "type" in request.query_params else replace(question, types=())

    def make() -> Listing:
        history = history_of(held.store, asked, asked.layers)
        shape = Shape(unit, *span_of(first, last, history), codes, all_pairs, false_dyads)
        check_table(shape.first, shape.last, all_pairs=all_pairs, pairs=unit != "state-year")
        found = yearly(history, asked, shape)
        years = list(shape.asked(history, asked).values())
        about = {
            "unit": unit, **asked.within(*shape.span).describe(), "sources": list(history.sources),
            "cite": citations(held.store, history.ties, years), "left_out": dict(found.left_out),
        }  # fmt: skip
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        return Listing(
            rows, tuple(found.columns), about, {"stata": lambda: stata_bytes(found.columns, found.rows)}
        )

    return give_list(request, held, page, make, unit, ("stata",))


async def _folder(stop: Exporting) -> AsyncIterator[FilePath]:
    """A folder for files on their way, gone when they are sent or whoever asked has gone away, and before the place is another's."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield FilePath(name)


_Folder = Annotated[FilePath, Depends(_folder)]


@router.get("/exports/neo4j-import", response_class=Response, responses=file_forms("zip"))
def export_whole(request: Request, held: Graph, stop: Exporting, folder: _Folder) -> Response:
    """The whole graph as files for `neo4j-admin database import full`, in one archive, sent piece by piece.

    Few are made at the same time, and each has to be fetched within the time that the service gives it."""
    chosen = wanted(request, ("zip",))
    made = export_import_files(held.store, folder / "graph")
    archive = folder / "graph.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for file in sorted(made.folder.rglob("*")):
            stop.check()
            packed.write(file, f"graph/{file.relative_to(made.folder)}")
    return _InTime(stop, respond(chosen, _pieces(archive), made.revision, "graph.zip"))


def _pieces(archive: FilePath) -> Iterator[bytes]:
    with archive.open("rb") as content:
        while piece := content.read(_PIECE):
            yield piece


class _InTime(Response):
    """An answer that is cut off when its time is up: who reads it slowly, or not at all, must not keep the place for ever."""

    def __init__(self, stop: Stop, answer: Response) -> None:
        super().__init__()
        self._stop, self._answer = stop, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with anyio.move_on_after(self._stop.left):
            await self._answer(scope, receive, send)
