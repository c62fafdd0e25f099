"""Rankings: who is central by a measure, with the range in which doubt leaves each value and rank."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.graph.errors import ChooseSource, NoData
from comity.graph.slices import Question
from comity.queries.doubt.ranges import Doubt, doubt_of
from comity.queries.engines import REFERENCE
from comity.queries.engines.fast import FastEngine
from comity.queries.measures import MEASURES, measure_of
from comity.queries.measures.measure import Measure
from comity.queries.ranking import Ranking, rank
from comity.service.asking import Graph
from comity.service.held import Held
from comity.service.limits import most_samples
from comity.service.pages.asking import DAY_FIELDS, one, question_asked
from comity.service.pages.choices import choices
from comity.service.pages.frame import Keeping, Page, give_page, keeping
from comity.service.pages.links import links_of, segments
from comity.service.pages.reading import history
from comity.service.places import work_of

router = APIRouter()


@router.api_route("/rankings", methods=["GET", "HEAD"])
def rankings(request: Request, held: Graph) -> Response:
    """The measures there are."""
    return give_page(
        request, held, links_of(request, {}), lambda: Page("rankings.html", {"measures": MEASURES})
    )


@router.api_route("/rankings/{measure}", methods=["GET", "HEAD"])
def ranking(request: Request, held: Graph, measure: str) -> Response:
    """Actors ranked by a measure of the ties that the form asks for."""
    (wanted,) = segments(request, "rankings")
    chosen, query = measure_of(wanted), request.query_params
    question, doubtful = question_asked(query), one(query, "doubt") != "no"
    links = links_of(request, {name: value for name in DAY_FIELDS if (value := one(query, name))})

    def make() -> Page:
        content: dict[str, Any] = {
            "measure": chosen, "measures": MEASURES, "question": question, "choices": choices(held.store, question),
            "doubtful": doubtful, "problem": "", "ranking": None, "doubt": None,
        }  # fmt: skip
        try:
            with work_of(request).computing.place():
                content |= _ranked(held, keeping(request), chosen, question, doubtful)
        except (ChooseSource, NoData) as error:
            return Page("ranking.html", content | {"problem": str(error)}, error.status)
        return Page("ranking.html", content)

    return give_page(request, held, links, make)


def _ranked(
    held: Held, kept: Keeping, measure: Measure, question: Question, doubtful: bool
) -> dict[str, Doubt | Ranking | float]:
    told = history(held, kept, question)
    if doubtful:
        doubt = doubt_of(
            told.at(replace(question, certainty="possible")), question, measure, samples=most_samples(measure)
        )
        return {"doubt": doubt, "most": max((row.value_most for row in doubt.rows), default=0.0)}
    fast = FastEngine()
    found = rank(told.at(question), measure, fast if measure.name in fast.tolerances else REFERENCE)
    return {"ranking": found, "most": max((row.value for row in found.rows), default=0.0)}
