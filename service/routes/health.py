"""Whether the service lives, whether it can answer, and its figures: for those who run it."""

import asyncio
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from comity.service.answers import file_forms
from comity.service.documents import Document
from comity.service.metrics import Metrics
from comity.service.outage import Outage
from comity.service.problems import RETRY_SECONDS, problem

LOOK_SECONDS = 3.0
"""The store has so long to answer."""

router = APIRouter(tags=["operations"])


class Lives(Document):
    """The process answers."""

    status: Literal["alive"]


class Ready(Document):
    """The store answers, too."""

    status: Literal["ready"]


@router.get("/healthz", summary="Whether the service lives", response_model=Lives)
async def healthz() -> Response:
    """200 as long as the process answers at all; it asks nothing of the store."""
    return JSONResponse({"status": "alive"})


@router.get(
    "/readyz",
    summary="Whether the service can answer",
    response_model=Ready,
    responses={503: {"description": "The store does not answer."}},
)
async def readyz(request: Request) -> Response:
    """200 where the store answers, else 503: send nobody here until it does."""
    looking: Looking = request.app.state.looking
    if await looking.answers():
        return JSONResponse({"status": "ready"})
    return problem(
        503, "StoreUnavailable", "The store does not answer",
        "the database is down, or too slow; the service looks for it all the time, and needs no restart",
        {"Retry-After": str(RETRY_SECONDS)},
    )  # fmt: skip


@router.get(
    "/metrics", summary="Figures for Prometheus", response_class=Response, responses=file_forms("text")
)
async def metrics(request: Request) -> Response:
    """Requests by route, seconds, the store's state: in Prometheus' text form. It needs an admin's key."""
    found: Metrics = request.app.state.metrics
    looking: Looking = request.app.state.looking
    found.store_up.set(await looking.answers())
    return Response(found.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})


class Looking:
    """One look at the store at a time, which all who ask meanwhile share: it may take as long as the store is slow."""

    def __init__(self, outage: Outage) -> None:
        self._outage = outage
        self._look: asyncio.Future[bool] | None = None

    async def answers(self) -> bool:
        """Whether the store answers, and in time."""
        if self._outage.lasts:
            return False
        if self._look is None or self._look.done():
            self._look = asyncio.ensure_future(run_in_threadpool(self._outage.look))
        try:
            return await asyncio.wait_for(asyncio.shield(self._look), LOOK_SECONDS)
        except TimeoutError:
            return False
