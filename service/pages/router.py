"""The web pages of the service: their routers, and what an application needs for them."""

import secrets

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response

from comity.service.pages import (
    actors,
    described,
    dyads,
    facts,
    home,
    loading,
    maps,
    queries,
    rankings,
    signing,
    sources,
)
from comity.service.pages.frame import Keeping, stylesheet

assets = APIRouter()


@assets.api_route("/assets/pages.css", methods=["GET", "HEAD"])
def style(request: Request) -> Response:
    """The style of all pages. Its address changes with it."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(stylesheet(), headers=headers, media_type="text/css; charset=utf-8")


PAGES = (
    *(routes.router for routes in (home, actors, dyads, facts, sources, rankings, queries, maps, described, loading, signing)),
    assets,
)  # fmt: skip
"""The routers of all pages. They stand beside the interface for programs and are no part of its description."""


def serve_pages(app: FastAPI) -> None:
    """Give the application what its pages need."""
    app.state.keeping = Keeping()
    app.state.form_secret = secrets.token_bytes(32)
