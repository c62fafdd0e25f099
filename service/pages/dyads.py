"""The page of two actors: what has been between them, what is in force, whom they have in common, how alike they were."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from comity.graph.errors import InputError
from comity.graph.slices import read_actors
from comity.queries.dyads import Dyad, relate
from comity.service.asking import Graph
from comity.service.pages import charts
from comity.service.pages.asking import day_asked, one
from comity.service.pages.frame import Page, give_page
from comity.service.pages.links import links_of, segments
from comity.service.pages.paging import page_number, paged
from comity.service.pages.reading import meant

SIMILARITY = {"kappa": "kappa", "s-absolute": "S"}
"""The measures of similarity that are drawn, each with the name that the field knows it by."""

HEIGHT = 120.0
"""Pixels between -1 and 1 of a chart of similarity."""

router = APIRouter()


@router.api_route("/dyads", methods=["GET", "HEAD"])
def choose(request: Request, held: Graph) -> Response:
    """Leads from two names to the page of the two."""
    asked = day_asked(request.query_params)
    a, b = one(request.query_params, "a"), one(request.query_params, "b")
    if not (a and b):
        raise InputError("name two actors: /dyads?a=JPN&b=GBR")
    links = links_of(request, asked.given)
    return RedirectResponse(links.dyad(meant(held, a, asked.as_of), meant(held, b, asked.as_of)), 303)


@router.api_route("/dyads/{pair:path}", methods=["GET", "HEAD"])
def dyad(request: Request, held: Graph, pair: str) -> Response:
    """The history of two actors; names and codes lead to the page of those they mean."""
    asked = day_asked(request.query_params)
    links = links_of(request, asked.given)
    wanted, page = segments(request, "dyads"), page_number(request.query_params)
    if len(wanted) != 2 or not all(wanted):
        raise InputError("name two actors: /dyads/JPN/GBR, a slash within an id written as %2F")
    left, right = (meant(held, text, asked.as_of) for text in wanted)
    if [left, right] != wanted:
        return RedirectResponse(links.dyad(left, right), 303)

    def make() -> Page:
        found = relate(
            held.store, left, right, as_of=asked.as_of, known_on=asked.known_on, policy=asked.policy,
            applied_from=asked.applied_from,
        )  # fmt: skip
        content = {
            "dyad": found, "asked": asked, "names": read_actors(held.store, asked.as_of),
            "here": paged(found.facts, page), "timeline": charts.timeline(found.facts, asked.as_of), "similarity": _similarity(found), "height": HEIGHT,
            "titles": {entry.fact: entry.title for entry in found.facts},
        }  # fmt: skip
        return Page("dyad.html", content)

    return give_page(request, held, links, make)


def _similarity(dyad: Dyad) -> list[dict[str, Any]]:
    """For each data set its years, and a line and a table for each measure."""
    found = []
    for history in dyad.similarity:
        axis = charts.Axis(history.years[0].year, history.years[-1].year)
        lines = {
            label: charts.similarity_line(axis, history, name, HEIGHT) for name, label in SIMILARITY.items()
        }
        found.append({"collection": history.collection, "axis": axis, "lines": lines})
    return found
