"""The first page, and what the search box finds."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.graph.dates import When
from comity.graph.log import read_log
from comity.queries.finding import find_actors
from comity.queries.inventory import inventory
from comity.queries.titles import MOST, find_facts
from comity.service.asking import Graph
from comity.service.pages.asking import one
from comity.service.pages.frame import Page, give_page
from comity.service.pages.links import links_of

LATEST = 8
"""Changes of the graph that the first page tells."""

router = APIRouter()


@router.api_route("/", methods=["GET", "HEAD"])
def home(request: Request, held: Graph) -> Response:
    """What is in the graph, and where to begin."""

    def make() -> Page:
        return Page(
            "home.html", {"held": inventory(held.store), "changes": read_log(held.store, limit=LATEST)}
        )

    return give_page(request, held, links_of(request, {}), make)


@router.api_route("/search", methods=["GET", "HEAD"])
def search(request: Request, held: Graph) -> Response:
    """Actors and facts of that name."""
    text, as_of = one(request.query_params, "q"), one(request.query_params, "as_of")
    on = When.parse(as_of) if as_of else None

    def make() -> Page:
        actors = find_actors(held.store, text, on) if text else ()
        facts, more = find_facts(held.store, text)
        content = {
            "q": text, "as_of": as_of, "actors": actors[:MOST], "more_actors": len(actors) > MOST, "facts": facts,
            "more_facts": more,
        }  # fmt: skip
        return Page("search.html", content)

    return give_page(request, held, links_of(request, {}), make)
