"""The map: the page of viz/ for the ties that the parameters ask for."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.graph.errors import ChooseSource, NoData
from comity.queries.measures import measure_of
from comity.service.asking import Graph
from comity.service.limits import check_sizes
from comity.service.pages.asking import question_asked, several
from comity.service.pages.choices import choices
from comity.service.pages.frame import Page, fill, give
from comity.service.pages.links import links_of
from comity.service.places import work_of
from comity.viz.map import draw
from comity.viz.picture import picture_of

TITLE = "Relations between states"

POLICY = "frame-ancestors 'none'"
"""The map says itself which of its own scripts and styles may run: by their hashes, in its head."""

router = APIRouter()


@router.api_route("/map", methods=["GET", "HEAD"])
def map_page(request: Request, held: Graph) -> Response:
    """The map of all layers, or of those that are named; actors are as large as the measure says on the ties asked for.

    Where that is not clear, or nobody tells of the time, a form asks which source and which time.
    """
    query = request.query_params
    question = question_asked(query)
    measures = [measure_of(name) for name in dict.fromkeys(several(query, "measure") or ("degree",))]
    check_sizes(measures, less="name fewer by measure=")
    layers = question.layers if several(query, "layer") else ()
    # The default types filter nothing on a map.
    named = several(query, "type") and len(question.layers) == len(question.types) == 1
    only = (question.layers[0], question.types[0]) if named else None

    links = links_of(request, {})

    def make() -> tuple[int, bytes]:
        try:
            with work_of(request).computing.place():
                picture = picture_of(held.store, question, measures, TITLE, layers=layers, only=only)
        except (ChooseSource, NoData) as error:
            content = {
                "problem": str(error), "question": question, "sources": choices(held.store, question).sources,
                "kept": [(name, value) for name, value in query.multi_items() if name not in ("source", "as_of")],
            }  # fmt: skip
            return fill(Page("choose.html", content, error.status), links)
        return 200, draw(picture).encode()

    return give(request, held, links, make, policy=POLICY)
