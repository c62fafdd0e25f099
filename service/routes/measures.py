"""Numbers per actor: rankings."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.graph.slices import take
from comity.queries.engines import engine_of
from comity.queries.measures import measure_of
from comity.queries.ranking import rank
from comity.service.answers import Answer, give
from comity.service.asking import Asked, Graph

router = APIRouter(tags=["measures"])


@router.get("/measures/{measure}")
def ranking(request: Request, held: Graph, question: Asked, measure: str, engine: str = "fast") -> Response:
    """Actors ranked by a measure of the ties that are asked about."""
    chosen = measure_of(measure)
    found = rank(take(held.store, question), chosen, engine_of(engine, held.store))
    document = found.to_dict()
    return give(
        request, Answer(document, found.revision, document["rows"], ("actor", "name", "rank", "value"))
    )
