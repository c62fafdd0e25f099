"""The library of queries: the list, and a page for each with its parameters as a form and its answer as a table."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.graph.errors import InputError
from comity.queries.headers import SORTS
from comity.queries.library import Answer, library, query_of, run
from comity.service.asking import Graph
from comity.service.limits import check_question
from comity.service.pages.asking import several
from comity.service.pages.frame import Page, give_page
from comity.service.pages.links import links_of, segments
from comity.service.places import work_of

MOST = 500
"""Rows of an answer that a page shows."""

LINKED = {
    "actor": (
        "actor",
        "partner",
        "organization",
        "left",
        "right",
        "parties",
        "actors",
        "left_partners",
        "right_partners",
    ),
    "fact": ("fact", "facts"),
    "source": ("source", "sources"),
}
"""Columns that hold ids, one or several, which have a page of their own."""

router = APIRouter()


@router.api_route("/queries", methods=["GET", "HEAD"])
def queries(request: Request, held: Graph) -> Response:
    """The questions that the library answers."""
    return give_page(
        request, held, links_of(request, {}), lambda: Page("queries.html", {"queries": library()})
    )


@router.api_route("/queries/{name}", methods=["GET", "HEAD"])
def query(request: Request, held: Graph, name: str) -> Response:
    """A question with its parameters; answered where all that it needs are given."""
    (wanted,) = segments(request, "queries")
    chosen = query_of(wanted)
    given = {key: ",".join(several(request.query_params, key)) for key in request.query_params}
    asked = {key: value for key, value in given.items() if value and key != "run"}
    needed = [item.name for item in chosen.parameters if item.default is None and item.name not in asked]

    def make() -> Page:
        answer: Answer | None = None
        problem, status = "", 200
        if not needed and ("run" in given or asked):
            try:
                with work_of(request).computing.place():
                    check_question(held.store, chosen.name, asked, instead=f"/rankings/{chosen.name}")
                    answer = run(held.store, chosen.name, asked)
            except InputError as error:
                problem, status = str(error), error.status
        content = {
            "query": chosen, "asked": asked, "answer": answer, "problem": problem, "sorts": SORTS, "most": MOST,
            "linked": {column: page for page, columns in LINKED.items() for column in columns},
        }  # fmt: skip
        return Page("query.html", content, status)

    return give_page(request, held, links_of(request, {}), make)
