"""Questions in Cypher for strangers: few at a time, each within its limits, ended when whoever asked goes away."""

import asyncio
import csv
import io
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from comity.graph.errors import StoreBusy
from comity.graph.stores.base import Limits, Row, Store
from comity.graph.stores.stopping import Stop
from comity.queries.plain import finite, plain

_PIECE = 64_000
"""Characters that are sent at once, about."""


class Askers:
    """Counts who asks at the same time."""

    def __init__(self, most: int) -> None:
        self._most, self._asking = most, 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a place for the length of a query; `StoreBusy` where all are taken."""
        if self._asking >= self._most:
            raise StoreBusy(f"{self._most} queries in Cypher are running, and no more may: try again later")
        self._asking += 1
        try:
            yield
        finally:
            self._asking -= 1


async def ask(
    store: Store,
    query: str,
    parameters: Mapping[str, Any],
    limits: Limits,
    receive: Callable[[], Awaitable[Message]],
) -> list[Row] | None:
    """The rows of a query; None where whoever asked has gone away, upon which it is ended."""
    stop = Stop()
    asking = asyncio.ensure_future(run_in_threadpool(store.ask, query, parameters, limits, stop))
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            stop.tell()
            await asyncio.wait((asking,))
            asking.exception()  # it was ended, which is what it says
            return None
        return asking.result()
    finally:
        stop.tell()
        leaving.cancel()


async def _gone(receive: Callable[[], Awaitable[Message]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: rows as they came, columns in the order in which they are named first."""

    rows: Sequence[Row]

    @property
    def columns(self) -> list[str]:
        """The names of its columns; none where there is no row to tell them."""
        return list(self.rows[0]) if self.rows else []

    def json(self) -> Iterator[str]:
        """One JSON document, piece by piece."""
        yield f'{{"columns":{_json(self.columns)},"rows":['
        yield from _joined(_json(row) for row in self.rows)
        yield "]}"

    def csv(self) -> Iterator[str]:
        """A table as RFC 4180 has it, piece by piece: texts as they are, lists and maps as JSON."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([_cell(row.get(name)) for name in self.columns])
            if text.tell() > _PIECE:
                yield text.getvalue()
                text.seek(0)
                text.truncate()
        yield text.getvalue()


def _joined(texts: Iterator[str]) -> Iterator[str]:
    """The texts with commas between them, in pieces of a size that is worth sending."""
    piece: list[str] = []
    size, first = 0, True
    for text in texts:
        piece.append(text if first else f",{text}")
        first = False
        size += len(text)
        if size > _PIECE:
            yield "".join(piece)
            piece, size = [], 0
    yield "".join(piece)


def _json(value: Any) -> str:
    # Half a surrogate pair is no character and cannot be sent; a number that is none is null, as JSON has none.
    text = json.dumps(finite(plain(value)), ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode(errors="replace").decode()


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return _json(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
