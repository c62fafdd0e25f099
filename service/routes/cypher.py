"""Questions in Cypher over HTTP: `POST /api/cypher`. Only reading is possible."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from comity.graph.errors import QueryError
from comity.graph.stores.base import Limits
from comity.service.asking import Graph
from comity.service.cypher import Table
from comity.service.places import AskingCypher
from comity.service.problems import Problem
from comity.service.settings import ServiceSettings

router = APIRouter(tags=["cypher"])

_LARGEST = 2**63


class Bounds(BaseModel):
    """What the query may cost, where that is less than the service allows."""

    model_config = ConfigDict(extra="forbid")

    seconds: Annotated[float | None, Field(ge=0.01, description="Seconds.")] = None
    rows: Annotated[
        int | None, Field(ge=1, description="Rows of the answer; more are an error, and not left out.")
    ] = None


class Question(BaseModel):
    """A query in Cypher, with the values of its parameters and what it may cost."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "query": "MATCH (a:Country {id: $who})-[t:DRILL]-(b) RETURN b.name AS partner, t.when AS date",
                    "parameters": {"who": "JPN"},
                    "limits": {"seconds": 5, "rows": 100},
                }
            ]
        },
    )

    query: Annotated[
        str, Field(min_length=1, max_length=100_000, description="The query: one statement that reads.")
    ]
    parameters: Annotated[dict[str, JsonValue], Field(description="The values of `$name` in it.")] = {}
    limits: Bounds = Bounds()


_ROWS = {
    "type": "object", "required": ["columns", "rows"],
    "properties": {
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": {"type": "object"}},
    },
}  # fmt: skip


@router.post(
    "/cypher",
    summary="Ask in Cypher",
    response_class=Response,
    responses={
        200: {
            "description": "The rows, as JSON or as CSV by what is accepted.",
            "content": {"application/json": {"schema": _ROWS}, "text/csv": {"schema": {"type": "string"}}},
        },
        400: {"model": Problem, "description": "The database cannot run it."},
        403: {"model": Problem, "description": "It is not, or not surely, a query that only reads."},
        422: {"model": Problem, "description": "It took longer, or gave more, than is allowed."},
        503: {
            "model": Problem,
            "description": "Too many queries run, or the database does not answer: try again later.",
        },
    },
)
def cypher(request: Request, held: Graph, question: Question, stop: AskingCypher) -> Response:
    """Run a query of one's own against the graph, which can do nothing but read it.

    What it may take is limited: in time, rows and bytes of its answer, and in how many run at once. A day comes back as text, a node or an edge as an
    object with its `label` and properties. It is ended when the connection is.
    """
    settings: ServiceSettings = request.app.state.settings
    _check([question.query, question.parameters])
    limits = Limits(
        min(question.limits.seconds or settings.cypher_seconds, settings.cypher_seconds),
        min(question.limits.rows or settings.cypher_rows, settings.cypher_rows),
        settings.cypher_bytes,
    )
    table = Table(held.store.ask(question.query, question.parameters, limits, stop))
    wants_csv = "text/csv" in request.headers.get("accept", "")
    pieces, form = (
        (table.csv(), "text/csv; charset=utf-8") if wants_csv else (table.json(), "application/json")
    )
    return StreamingResponse(
        _encoded(pieces), media_type=form, headers={"Cache-Control": "no-store", "Vary": "Accept"}
    )


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.encode()


def _check(value: Any) -> None:
    """Refuse what JSON has and no database: whole numbers beyond 64 bits, and halves of characters."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for item in value:
            _check(item)
    elif isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
        raise QueryError(
            f"a parameter has the number {str(value)[:30]}…, which has more than 64 bits: send it as a text"
        )
    elif isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise QueryError(
                f"half a character ({value[error.start]!a}) stands alone in the query or a parameter"
            ) from None
