"""The description of the API (OpenAPI 3.1): what FastAPI makes of the routes, and what holds of all of them."""

from collections.abc import Sequence
from typing import Any

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

import comity
from comity.service.addresses import is_of_revision
from comity.service.answers import REVISION
from comity.service.examples import exemplify, of_problem
from comity.service.forms import FORMS
from comity.service.keys import Role
from comity.service.links import LINKS
from comity.service.problems import MEDIA_TYPE, Problem
from comity.service.rights import OPEN, needed

_ABOUT = "Documented relations between states as a graph: who agreed, trained or talked with whom, since when, and who says so."

TAGS = {
    "actors": "Countries and organizations: whom a name or code means, and all about one of them.",
    "facts": "What is told: facts, the statements they are made of, and on what these disagree.",
    "sources": "Who tells it: sources, how to cite them, and what rests on each.",
    "dyads": "Two actors: everything between them, and how alike their commitments are.",
    "ties": "The network of a day: ties, its size, files for other programs, the map.",
    "measures": "Numbers per actor: rankings, with how far doubt moves them, and panels over time.",
    "structure": "Numbers of a whole network: structure, layers, brokers, communities, balance, what differs.",
    "evidence": "From a number back to the words (why), from a passage on to the numbers (trace), audit.",
    "queries": "Questions of the library, answered by the database itself.",
    "reconciliation": "Names of actors in tables of others: the W3C's reconciliation API 0.2, as OpenRefine speaks it.",
    "cypher": "The graph in Cypher, read-only and within limits.",
    "editing": "What editors do: load, retract, restore, decide, judge, withdraw.",
    "operations": "Whether the service lives and can answer, and its figures.",
}

PROBLEMS = {
    400: "What is asked cannot be read; `detail` says what to write.",
    401: "A key is needed, or the one that was sent is not valid.",
    403: "The key's role does not allow it, or it was sent from a page elsewhere.",
    404: "There is nothing of that name, or nobody tells of that time; `detail` lists what there is.",
    406: "The answer does not come in a form that is accepted; `detail` lists those there are.",
    409: "A name fits several actors, or several sources cover it: `detail` lists what to choose from.",
    410: "The graph has changed since the first page of the list: start again.",
    413: "What was sent is too large.",
    421: "The service is not known by the name that the request has for it.",
    422: "A parameter does not fit, or it is too much work for one request; `detail` says what to change.",
    429: "Too many requests; try again after the seconds in Retry-After.",
    500: "The service has a fault.",
    502: "The database refuses the service.",
    503: "The database does not answer or is being written to, or as much is being done as may be at once; try again after the seconds in Retry-After.",
}
"""What can go wrong with any request, by status."""

_KEYS = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key of `comity keys add`."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same, as a header of its own."},
}  # fmt: skip
"""How a key is sent."""


def name_of(route: APIRoute) -> str:
    """The operation's id: the name of its function."""
    return route.name


def describe(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The description of a service with these routes."""
    found = get_openapi(
        title="comity", version=comity.__version__, description=_ABOUT, routes=routes,
        tags=[{"name": name, "description": about} for name, about in TAGS.items()],
    )  # fmt: skip
    parts = found["components"]
    parts["schemas"]["Problem"] = Problem.model_json_schema()
    for schema in (
        "HTTPValidationError",
        "ValidationError",
    ):  # FastAPI's own, which nothing here answers with
        parts["schemas"].pop(schema, None)
    parts["responses"] = {_problem(status): _refusal(status, about) for status, about in PROBLEMS.items()}
    parts["securitySchemes"] = _KEYS
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            _complete(
                operation,
                of_revision=method == "get" and path.startswith("/api/") and is_of_revision(path),
            )
            operation["security"] = _security(method, path)
    return found


def _complete(operation: dict[str, Any], *, of_revision: bool) -> None:
    responses = operation["responses"]
    answer = responses["200"]
    if answer["description"] == "Successful Response":  # FastAPI's own words where a route has none
        answer["description"] = "The answer."
    offered = [form.name for form in FORMS.values() if form.media_type in answer.get("content", {})]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == "format":
            parameter["schema"] = {"type": "string", "enum": offered, "examples": offered[:1]}
    if "HTTPValidationError" in str(responses.get("422")):  # FastAPI's own, which nothing here answers with
        del responses["422"]
    for status in PROBLEMS:
        own = responses.get(str(status))
        responses[str(status)] = (
            _refusal(status, own["description"])
            if own
            else {"$ref": f"#/components/responses/{_problem(status)}"}
        )
    if links := LINKS.get(operation["operationId"]):
        answer["links"] = links
    if of_revision:
        responses["304"] = {"description": "Nothing has changed since the answer whose tag was sent."}
        answer.setdefault("headers", {}).update(
            {
                "ETag": {
                    "description": "The tag of this answer of this revision.",
                    "schema": {"type": "string"},
                },
                REVISION: {"description": "The revision of the graph.", "schema": {"type": "string"}},
            }
        )
    exemplify(operation)


def _problem(status: int) -> str:
    """What the answer with this status is called where all operations share it."""
    return f"Problem{status}"


def _refusal(status: int, about: str) -> dict[str, Any]:
    """The answer that tells what is wrong, with this status."""
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}, **of_problem(status)}
    told: dict[str, Any] = {"description": about, "content": {MEDIA_TYPE: shape}}
    if status in (429, 503):
        told["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return told


def _security(method: str, path: str) -> list[dict[str, list[str]]]:
    """Which keys are asked for: none where anybody may come in, one for what needs more than reading, which may be open to all."""
    if path in OPEN:
        return []
    keys: list[dict[str, list[str]]] = [{name: []} for name in _KEYS]
    return keys if needed(method.upper(), path) > Role.READER else [{}, *keys]
