"""The library of questions that the database itself answers, each with an address of its own."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from comity.graph.errors import InputError
from comity.queries.headers import SORTS, Column, Parameter
from comity.queries.library import Answer as Found
from comity.queries.library import Query, library, query_of, run
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Graph
from comity.service.documents import Document, Revision
from comity.service.limits import check_question
from comity.service.places import COMPUTING

router = APIRouter(tags=["queries"])


class QueryDocument(Document):
    """A question of the library: its parameters, its columns, and the Cypher that asks it."""

    query: str
    question: str
    parameters: list[Parameter]
    columns: list[Column]
    cypher: str


class Queries(Document):
    """The questions of the library."""

    revision: Revision
    rows: list[QueryDocument]


def _described(query: Query) -> dict[str, Any]:
    return {
        "query": query.name, "question": query.question, "parameters": [asdict(one) for one in query.parameters],
        "columns": [asdict(one) for one in query.columns], "cypher": query.cypher,
    }  # fmt: skip


@router.get("/queries", response_model=Queries)
def list_queries(request: Request, held: Graph) -> Response:
    """List the questions of the library."""
    revision = held.revision()
    rows = [_described(query) for query in library().values()]
    return give(request, Answer(revision, {"revision": revision, "rows": rows}))


@router.get("/queries/{query}", response_model=QueryDocument)
def read_query(
    request: Request,
    held: Graph,
    query: Annotated[str, Path(max_length=LONGEST, description="Its name.", examples=["common_partners"])],
) -> Response:
    """One question of the library: what it asks, with which parameters; `/answer` asks it."""
    return give(request, Answer(held.revision(), _described(query_of(query))))


_EXAMPLES = {
    "actor": "JPN", "actors": "JPN,GBR", "a": "JPN", "b": "GBR", "day": "2016-12-31", "since": "2010-01-01", "organization": "NATO",
    "source": "treaties:nato-members", "fact": "treaties:anzus",
}  # fmt: skip


def _documented(parameter: Parameter) -> dict[str, Any]:
    """A parameter of a question as OpenAPI has it."""
    example = _EXAMPLES.get(parameter.name) or _EXAMPLES.get(parameter.sort)
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.default is None,
        "description": f"{parameter.about} ({SORTS[parameter.sort]})",
        "schema": {
            "type": "string",
            "maxLength": LONGEST,
            **({} if parameter.default is None else {"default": parameter.default}),
            **({"examples": [example]} if example else {}),
        },
    }


def _answer_schema(query: Query) -> dict[str, Any]:
    rows = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {one.name: {"description": one.about} for one in query.columns},
            "required": [one.name for one in query.columns],
            "additionalProperties": False,
        },
    }
    properties = {
        "query": {"type": "string", "const": query.name},
        "revision": {"type": "string"},
        "parameters": {"type": "object"},
        "rows": rows,
        "note": {
            "type": "string",
            "description": "What to know of the answer; empty where there is nothing.",
        },
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _asker(query: Query) -> Callable[..., Response]:
    """The function that answers one question."""

    def ask(request: Request, held: Graph) -> Response:
        given: dict[str, str] = {}
        for name, value in request.query_params.multi_items():
            if name in given:
                raise InputError(f"{name} is given twice; write it once, with commas between several values")
            if len(value) > LONGEST:
                raise InputError(f"{name} is longer than {LONGEST} characters: no name is")
            if name != "format":
                given[name] = value

        def find() -> Found:
            check_question(held.store, query.name, given, instead=f"/api/measures/{query.name}")
            return run(held.store, query.name, given)

        found, revision = held.steadily(find)
        document = {**found.to_dict(), "revision": revision}
        columns = tuple(column.name for column in query.columns)
        return give(request, Answer(revision, document, document["rows"], columns))

    ask.__doc__ = query.question
    return ask


for _query in library().values():
    router.add_api_route(
        f"/queries/{_query.name}/answer",
        _asker(_query),
        name=f"ask_{_query.name}",
        dependencies=[COMPUTING],
        responses={
            200: {
                "description": "The answer.",
                "content": {
                    "application/json": {"schema": _answer_schema(_query)},
                    **file_forms("csv", "parquet")[200]["content"],
                },
            }
        },
        openapi_extra={"parameters": [_documented(one) for one in _query.parameters]},
    )
