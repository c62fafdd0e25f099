"""How far a load is, told line by line (newline-delimited JSON) to who waits for it."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from comity.graph.errors import ComityError
from comity.queries.plain import plain

MEDIA_TYPE = "application/x-ndjson"

BEAT_SECONDS = 2.0
"""How often who watches a load hears that it goes on."""


def is_watched(request: Request) -> bool:
    """Whether whoever asks wants to be told how far it is."""
    return MEDIA_TYPE in request.headers.get("accept", "")


def watched(
    work: Callable[[], Mapping[str, Any]],
    first: Mapping[str, Any],
    far: Callable[[], Mapping[str, Any]] = dict,
) -> StreamingResponse:
    """Begin the work, and tell of it: what was read (`first`), how far it is, the outcome. It goes on whether that is read or not."""
    working = asyncio.ensure_future(run_in_threadpool(work))
    working.add_done_callback(_seen)
    return StreamingResponse(_lines(working, first, far), media_type=MEDIA_TYPE)


async def _lines(
    working: "asyncio.Future[Mapping[str, Any]]",
    first: Mapping[str, Any],
    far: Callable[[], Mapping[str, Any]],
) -> AsyncIterator[bytes]:
    yield _line(state="read", **first)
    began = time.monotonic()
    while not (await asyncio.wait((working,), timeout=BEAT_SECONDS))[0]:
        yield _line(state="writing", seconds=round(time.monotonic() - began), **far())
    try:
        yield _line(state="done", **working.result())
    except ComityError as error:
        yield _line(state="failed", status=error.status, detail=str(error))


def _line(**told: Any) -> bytes:
    return json.dumps(plain(told), ensure_ascii=False).encode() + b"\n"


def _seen(working: "asyncio.Future[Any]") -> None:
    """Look at the outcome: whoever has left does not, and that is no fault."""
    if not working.cancelled():
        working.exception()
