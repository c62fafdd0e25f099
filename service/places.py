"""Work that few may have done at the same time: each takes a place, has so long for it, and it ends when whoever asked goes away."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.types import Message

from comity.graph.stores.stopping import Stop, heeding
from comity.service.problems import Occupied
from comity.service.settings import ServiceSettings


class Places:
    """So many places for one sort of work, each for so many seconds, or as many as it takes."""

    def __init__(self, what: str, most: int, seconds: float | None = None) -> None:
        self._what, self._most, self._seconds = what, most, seconds
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def free(self) -> int:
        """How many are left."""
        return self._most - self._taken

    @contextmanager
    def place(self) -> Iterator[Stop]:
        """Take a place for the length of the block, whose work heeds what it gives; `Occupied` where all are taken."""
        with self._lock:
            if not self.free:
                raise Occupied(
                    f"{self._what} {'is' if self._most == 1 else 'are'} being made for others, {self._most} at the same time "
                    "at most: try again later"
                )
            self._taken += 1
        try:
            with heeding(Stop(self._seconds)) as stop:
                yield stop
        finally:
            with self._lock:
                self._taken -= 1


class Work:
    """The places of a service, for each sort of work that can take long."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.cypher = Places("answers in Cypher", settings.cypher_at_once)  # has limits of its own
        self.computing = Places("computations", settings.compute_at_once, settings.compute_seconds)
        self.exporting = Places("files of the whole graph", settings.export_at_once, settings.export_seconds)


def work_of(request: Request) -> Work:
    """The places of this service."""
    found: Work = request.app.state.work
    return found


async def _cypher(request: Request) -> AsyncIterator[Stop]:
    with work_of(request).cypher.place() as stop, _heard(request.receive, stop):
        yield stop


async def _computing(request: Request) -> AsyncIterator[Stop]:
    with work_of(request).computing.place() as stop, _heard(request.receive, stop):
        yield stop


async def _exporting(request: Request) -> AsyncIterator[Stop]:
    with work_of(request).exporting.place() as stop, _heard(request.receive, stop):
        yield stop


InDoubt = Annotated[bool, Query(description="Add how far each value and rank can move, over all settlements of what is doubtful.")]  # fmt: skip


async def _computing_doubt(request: Request, doubt: InDoubt = False) -> AsyncIterator[Stop | None]:
    if not doubt:
        yield None
        return
    with work_of(request).computing.place() as stop, _heard(request.receive, stop):
        yield stop


AskingCypher = Annotated[Stop, Depends(_cypher, scope="function")]
"""A place for a query, as long as it runs; what it gives is told when whoever asked has gone away."""

COMPUTING = Depends(_computing, scope="function")
"""A place for a computation, as long as it takes: for routes whose work may be long. What is answered out of memory takes none."""

COMPUTING_DOUBT = Depends(_computing_doubt, scope="function")
"""The same where doubt is asked for."""

Exporting = Annotated[Stop, Depends(_exporting)]
"""A place for the whole graph, until the last of it is sent."""


@contextmanager
def _heard(receive: Callable[[], Awaitable[Message]], stop: Stop) -> Iterator[None]:
    """Tell the work to end when the client goes away within the block."""
    leaving = asyncio.ensure_future(_tell_when_gone(receive, stop))
    try:
        yield
    finally:
        leaving.cancel()


async def _tell_when_gone(receive: Callable[[], Awaitable[Message]], stop: Stop) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stop.tell()
