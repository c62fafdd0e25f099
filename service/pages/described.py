"""The page /docs: the API as /openapi.json describes it, for people."""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from comity.service.pages.frame import HEADERS, POLICY, Page, fill
from comity.service.pages.links import links_of

router = APIRouter()


@router.api_route("/docs", methods=["GET", "HEAD"])
def docs(request: Request) -> Response:
    """Every operation with its parameters and answers."""
    told: dict[str, Any] = request.app.openapi()
    by_tag: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            tag = next(iter(operation.get("tags", ())), "other")
            by_tag.setdefault(tag, []).append((method.upper(), path, operation))
    about = {tag["name"]: tag.get("description", "") for tag in told.get("tags", ())}
    problems = {
        name: {"status": name.removeprefix("Problem"), **answer}
        for name, answer in told["components"]["responses"].items()
    }
    content = {
        "info": told["info"],
        "tags": by_tag,
        "about": about,
        "problems": problems,
        "json": _json,
    }
    status, body = fill(Page("docs.html", content), links_of(request, {}))
    return HTMLResponse(body, status, {**HEADERS, "Content-Security-Policy": POLICY})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
