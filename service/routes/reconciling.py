"""Reconciliation of actors' names in tables of others: the W3C's Reconciliation Service API 0.2, as OpenRefine speaks it.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import html
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from comity.graph.crosswalk import SYSTEMS, crosswalk
from comity.graph.dates import When
from comity.graph.errors import UnknownActor
from comity.graph.slices import read_actors
from comity.queries.entries import node_of
from comity.queries.finding import Match, find_actors
from comity.service.addresses import link, segment
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Graph
from comity.service.held import Held
from comity.service.problems import TooMuch, WrongParameter
from comity.service.reconciliation import (
    Extension,
    Proposed,
    Reconciled,
    ReconciliationQuery,
    Suggested,
)
from comity.service.settings import ServiceSettings

router = APIRouter(tags=["reconciliation"])

TYPES = {"Country": "Country", "Organization": "Organization"}
_FRAMED = "default-src 'none'; frame-ancestors *"
"""What the lines about an actor may do: nothing, but be shown in a page of any origin, as OpenRefine does."""

BATCH = 50
"""Names that one request may ask about."""

_MOST_TEXT = 200_000
_PROPERTIES = {
    "name": "Name",
    "label": "Country or organization",
    "existed": "When it existed (EDTF)",
    "capital": "Capital or seat",
    "latitude": "Latitude of the capital or seat",
    "longitude": "Longitude of the capital or seat",
    **{system: about for system, about in SYSTEMS.items()},
}
"""What a table can be extended by: properties of actors, and their codes in each system."""


_QUERIES: TypeAdapter[dict[str, ReconciliationQuery]] = TypeAdapter(dict[str, ReconciliationQuery])

_Queries = "Names to look for, as a JSON object of queries: `{\"q0\": {\"query\": \"Germany\", \"properties\": [{\"pid\": \"as_of\", \"v\": \"1990\"}]}}`."  # fmt: skip
_Extend = 'Properties to add to actors, as JSON: `{"ids": ["JPN"], "properties": [{"id": "cow"}]}`.'


@router.get("/reconcile", response_model=Reconciled)
def reconcile(
    request: Request,
    held: Graph,
    queries: Annotated[str | None, Query(max_length=_MOST_TEXT, description=_Queries, examples=['{"q0": {"query": "Germany"}}'])] = None,
    extend: Annotated[str | None, Query(max_length=_MOST_TEXT, description=_Extend, examples=['{"ids": ["JPN"], "properties": [{"id": "cow"}]}'])] = None,
) -> Response:  # fmt: skip
    """The manifest of the service; or with `queries` the actors that names mean, or with `extend` properties of actors."""
    return _reconciled(request, held, queries, extend)


@router.post("/reconcile", response_model=Reconciled)
def reconcile_form(
    request: Request,
    held: Graph,
    queries: Annotated[str | None, Form(max_length=_MOST_TEXT, description=_Queries, examples=['{"q0": {"query": "Germany"}}'])] = None,
    extend: Annotated[str | None, Form(max_length=_MOST_TEXT, description=_Extend, examples=['{"ids": ["JPN"], "properties": [{"id": "cow"}]}'])] = None,
) -> Response:  # fmt: skip
    """The same, as OpenRefine sends it: as a form."""
    return _reconciled(request, held, queries, extend)


def _reconciled(request: Request, held: Held, queries: str | None, extend: str | None) -> Response:
    if queries is not None and extend is not None:
        raise WrongParameter("ask for queries= or for extend=, not for both")
    if queries is not None:
        found, revision = held.steadily(lambda: _matched(held, _parsed(_QUERIES, queries, "queries")))
    elif extend is not None:
        found, revision = held.steadily(
            lambda: _extended(held, _parsed(TypeAdapter(Extension), extend, "extend"))
        )
    else:
        found, revision = _manifest(_base(request)), held.revision()
    return _shared(request, give(request, Answer(revision, found)))


def _parsed(adapter: TypeAdapter[Any], text: str, name: str) -> Any:
    try:
        return adapter.validate_json(text.encode(errors="replace"))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise WrongParameter(
            f"{name}= is not what the reconciliation API sends: {where}: {first['msg']}"
        ) from None


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _manifest(base: str) -> dict[str, Any]:
    at = f"{base}/api/reconcile"
    return {
        "versions": ["0.2"],
        "name": "comity: actors in international relations",
        "identifierSpace": f"{base}/api/actors/",
        "schemaSpace": f"{base}/api/reconcile/properties/",
        "documentation": f"{base}/docs",
        "defaultTypes": [{"id": id, "name": name} for id, name in TYPES.items()],
        "view": {"url": f"{base}/actors/{{{{id}}}}"},
        "preview": {"url": f"{at}/preview?id={{{{id}}}}", "width": 400, "height": 180},
        "suggest": {
            "entity": {"service_url": base, "service_path": "/api/reconcile/suggest/entity"},
            "type": {"service_url": base, "service_path": "/api/reconcile/suggest/type"},
            "property": {"service_url": base, "service_path": "/api/reconcile/suggest/property"},
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/api/reconcile/properties"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }


def _matched(held: Held, queries: Mapping[str, ReconciliationQuery]) -> dict[str, Any]:
    if len(queries) > BATCH:
        raise TooMuch(f"{len(queries)} names at once: send at most {BATCH}")
    return {key: {"result": _result(held, query)} for key, query in queries.items()}


def _result(held: Held, query: ReconciliationQuery) -> list[dict[str, Any]]:
    wanted = {one.pid: _value(one.v) for one in query.properties}
    on = When.parse(wanted["as_of"]) if wanted.get("as_of") else None
    types = [query.type] if isinstance(query.type, str) else query.type or []
    found = [
        match
        for match in find_actors(held.store, query.query, on, system=wanted.get("system") or None)
        if not types or match.label in types
    ]
    sure = [match for match in found if match.score == 100]
    return [
        {
            **_entity(match), "score": match.score, "match": len(sure) == 1 and match is sure[0],
            "features": [{"id": "matched", "value": match.matched}, {"id": "held", "value": match.held}],
        }
        for match in found[: query.limit]
    ]  # fmt: skip


def _value(given: Any) -> str:
    """A property's value as text; OpenRefine sends a text, a list of them, or an object with one."""
    if isinstance(given, list):
        given = given[0] if given else ""
    if isinstance(given, Mapping):
        given = given.get("id") or given.get("name") or ""
    return "" if given is None else str(given)


def _entity(match: Match) -> dict[str, Any]:
    return {
        "id": match.actor,
        "name": match.name,
        "description": " ".join(
            filter(None, (match.label, f"({match.matched})" if match.matched != match.name else ""))
        ),
        "type": [{"id": match.label, "name": TYPES[match.label]}],
    }


def _extended(held: Held, extension: Extension) -> dict[str, Any]:
    for one in extension.properties:
        if one.id not in _PROPERTIES:
            raise WrongParameter(f"there is no property {one.id!r}; choose from: {', '.join(_PROPERTIES)}")
    actors = read_actors(held.store)
    return {
        "meta": [{"id": one.id, "name": _PROPERTIES[one.id]} for one in extension.properties],
        "rows": {
            id: {one.id: _cells(id, one.id, actors) for one in extension.properties}
            for id in extension.ids
        },
    }  # fmt: skip


def _cells(id: str, name: str, actors: Mapping[str, Any]) -> list[dict[str, Any]]:
    try:
        node = node_of(dict(actors), id)
    except UnknownActor:
        return []
    known = crosswalk().actor(id) if id in crosswalk() else None
    if name in ("name", "label"):
        return [{"str": getattr(node, name)}]
    if name in ("latitude", "longitude"):
        place = known.capital if known else node
        value = getattr(place, name, None)
        return [] if value is None else [{"float": value}]
    if known is None:
        return []
    if name == "capital":
        return [{"str": known.capital.name}] if known.capital else []
    if name == "existed":
        return [{"str": span} for span in dict.fromkeys(spell.span.text for spell in known.spells)]
    return [{"str": code} for code in dict.fromkeys(one.code for one in known.codes if one.system == name)]


_Prefix = Annotated[str, Query(max_length=LONGEST, description="What was typed so far.", examples=["Ger"])]  # fmt: skip
_Cursor = Annotated[int, Query(ge=0, le=10_000, description="How many to leave out.")]


@router.get("/reconcile/suggest/entity", response_model=Suggested)
def suggest_actors(request: Request, held: Graph, prefix: _Prefix, cursor: _Cursor = 0) -> Response:
    """Suggest actors while a name is being typed."""
    found, revision = held.steadily(lambda: find_actors(held.store, prefix)[cursor : cursor + 20])
    result = [{**_entity(match), "notable": match.held} for match in found]
    return _shared(request, give(request, Answer(revision, {"result": result})))


@router.get("/reconcile/suggest/type", response_model=Suggested)
def suggest_types(request: Request, held: Graph, prefix: _Prefix, cursor: _Cursor = 0) -> Response:
    """Suggest types of actors."""
    return _suggested(request, held, TYPES, prefix, cursor)


@router.get("/reconcile/suggest/property", response_model=Suggested)
def suggest_properties(request: Request, held: Graph, prefix: _Prefix, cursor: _Cursor = 0) -> Response:
    """Suggest properties: `as_of` and `system` narrow a search, the others extend a table."""
    asked = {"as_of": "When the name was in use (EDTF)", "system": "The system of codes", **_PROPERTIES}
    return _suggested(request, held, asked, prefix, cursor)


def _suggested(request: Request, held: Held, known: Mapping[str, str], prefix: str, cursor: int) -> Response:
    low = prefix.casefold()
    found = [
        {"id": id, "name": name, "description": name}
        for id, name in known.items()
        if low in id.casefold() or low in name.casefold()
    ]
    return _shared(request, give(request, Answer(held.revision(), {"result": found[cursor : cursor + 20]})))


@router.get("/reconcile/properties", response_model=Proposed)
def propose_properties(
    request: Request,
    held: Graph,
    type: Annotated[str | None, Query(max_length=LONGEST, description="Country or Organization.", examples=["Country"])] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 100,
) -> Response:  # fmt: skip
    """The properties by which a column of actors can be extended."""
    if type is not None and type not in TYPES:
        raise WrongParameter(f"there is no type {type!r}; choose from: {', '.join(TYPES)}")
    proposed = [{"id": id, "name": name} for id, name in _PROPERTIES.items()][:limit]
    document = {"limit": limit, "properties": proposed, **({"type": type} if type else {})}
    return _shared(request, give(request, Answer(held.revision(), document)))


@router.get("/reconcile/preview", response_class=Response, responses=file_forms("html"))
def preview_actor(
    request: Request,
    held: Graph,
    id: Annotated[str, Query(max_length=LONGEST, description="The id of an actor.", examples=["JPN"])],
) -> Response:
    """A few lines about an actor, to be shown in a frame."""
    node, revision = held.steadily(lambda: node_of(read_actors(held.store), id))
    known = crosswalk().actor(id) if id in crosswalk() else None
    lines = [
        node.label,
        "; ".join(dict.fromkeys(spell.span.text for spell in known.spells)) if known else "",
        ", ".join(dict.fromkeys(f"{code.system}:{code.code}" for code in known.codes)) if known else "",
    ]
    told = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    address = html.escape(link(f"/actors/{segment(node.id)}"))
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(node.name)}</title></head>'
        f'<body><h1><a href="{address}" target="_blank">{html.escape(node.name)}</a></h1>{told}</body></html>'
    )
    response = give(request, Answer(revision, others={"html": page.encode}))
    response.headers["Content-Security-Policy"] = _FRAMED
    return _shared(request, response)


def _shared(request: Request, response: Response) -> Response:
    """The answer, for pages of any origin where everybody may read; elsewhere only the origins of the settings may (comity.service.app)."""
    settings: ServiceSettings = request.app.state.settings
    if settings.public:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
