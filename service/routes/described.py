"""The description of the API for people, at /docs: made from the one for programs, with nothing fetched from elsewhere."""

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

router = APIRouter(include_in_schema=False)

_STYLE = """body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}code,pre{font:.9rem ui-monospace,monospace}
pre{overflow:auto;padding:.6rem;border:1px solid}summary{cursor:pointer}details{border-bottom:1px solid;padding:.4rem 0}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0}"""

Json = Mapping[str, Any]


@router.get("/docs")
def docs(request: Request) -> Response:
    """Every operation with its parameters and answers."""
    told: Json = request.app.openapi()
    return HTMLResponse("".join(_page(told)))


def _page(told: Json) -> Iterator[str]:
    title = escape(told["info"]["title"])
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}: the API</title>'
    yield f"<style>{_STYLE}</style></head><body><main><h1>{title}: the API</h1><p>{escape(told['info'].get('description', ''))}</p>"
    yield '<p>For programs: <a href="/openapi.json">/openapi.json</a>.</p>'
    by_tag: dict[str, list[tuple[str, str, Json]]] = {}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            by_tag.setdefault(next(iter(operation.get("tags", ())), "other"), []).append(
                (method, path, operation)
            )
    for tag, operations in by_tag.items():
        yield f"<h2>{escape(tag)}</h2>"
        for method, path, operation in operations:
            yield from _operation(method, path, operation)
    yield "</main></body></html>"


def _operation(method: str, path: str, operation: Json) -> Iterator[str]:
    yield f"<details><summary><code>{method.upper()} {escape(path)}</code> {escape(operation.get('summary', ''))}</summary>"
    yield f"<p>{escape(operation.get('description', ''))}</p>"
    parameters = operation.get("parameters", ())
    if parameters:
        yield "<table><thead><tr><th>parameter</th><th>in</th><th>unless given</th><th>meaning</th></tr></thead><tbody>"
        for parameter in parameters:
            schema = parameter.get("schema", {})
            unless = (
                "(needed)"
                if parameter.get("required")
                else _json(schema["default"])
                if "default" in schema
                else ""
            )
            cells = (
                parameter["name"],
                parameter["in"],
                unless,
                parameter.get("description", schema.get("description", "")),
            )
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
        yield "</tbody></table>"
    for form, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"<p>Body: <code>{escape(form)}</code></p>"
        if "schema" in content and "$ref" not in content["schema"]:
            yield f"<pre>{escape(_json(content['schema']))}</pre>"
    yield "<ul>"
    for status, response in operation.get("responses", {}).items():
        forms = ", ".join(response.get("content", ()))
        yield f"<li><code>{escape(status)}</code> {escape(response.get('description', ''))} {f'<code>{escape(forms)}</code>' if forms else ''}</li>"
    yield "</ul></details>"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=None)
