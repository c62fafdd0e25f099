"""Whether the service lives, whether it can answer, and its figures: for those who run it."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from comity.service.metrics import Metrics
from comity.service.outage import Outage
from comity.service.problems import RETRY_SECONDS, problem

LOOK_SECONDS = 3.0
"""The store has so long to answer."""

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="Whether the service lives")
async def healthz() -> Response:
    """200 as long as the process answers at all; it asks nothing of the store."""
    return JSONResponse({"status": "alive"})


@router.get(
    "/readyz",
    summary="Whether the service can answer",
    responses={503: {"description": "The store does not answer."}},
)
async def readyz(request: Request) -> Response:
    """200 where the store answers, else 503: send nobody here until it does."""
    if await _answers(request):
        return JSONResponse({"status": "ready"})
    return problem(
        503, "StoreUnavailable", "The store does not answer",
        "the database is down, or too slow; the service looks for it all the time, and needs no restart",
        {"Retry-After": str(RETRY_SECONDS)},
    )  # fmt: skip


@router.get("/metrics", summary="Figures for Prometheus", response_class=Response)
async def metrics(request: Request) -> Response:
    """Requests by route, seconds, the store's state: in Prometheus' text form. It needs an admin's key."""
    found: Metrics = request.app.state.metrics
    found.store_up.set(await _answers(request))
    return Response(found.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _answers(request: Request) -> bool:
    outage: Outage = request.app.state.outage
    if outage.lasts:
        return False
    try:
        return await asyncio.wait_for(run_in_threadpool(outage.look), LOOK_SECONDS)
    except TimeoutError:
        return False
