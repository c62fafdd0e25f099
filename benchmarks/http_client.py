"""A load client in a process of its own: many connections that each ask again as soon as they are answered.

    python -m benchmarks.http_client PORT CONNECTIONS REQUESTS < paths

asks for the paths (a line each) in turn and prints one JSON object: requests a second, the median and the 99th percentile of the time to the
whole answer in milliseconds, and how many answers had which status. It does no more for an answer than find where it ends.
"""

import asyncio
import contextlib
import itertools
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


class Load:
    """What is to be asked, and what came of it."""

    def __init__(self, paths: list[str], requests: int) -> None:
        asked = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".encode() for path in paths]
        self.left: Iterator[bytes] = itertools.islice(itertools.cycle(asked), requests)
        self.times: list[float] = []
        self.statuses: Counter[int] = Counter()


class Connection(asyncio.Protocol):
    """One connection that asks until there is nothing left to ask."""

    def __init__(self, load: Load, done: "asyncio.Future[None]") -> None:
        self._load, self._done = load, done
        self._got = bytearray()
        self._whole = self._sent = 0.0
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]
        self._ask()

    def _ask(self) -> None:
        request = next(self._load.left, None)
        if request is None:
            self._transport.close()
            return
        self._got, self._whole = bytearray(), 0
        self._sent = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._got += data
        if not self._whole:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _LENGTH.search(self._got, 0, end + 2)
            if length is None:
                raise RuntimeError(f"no length in {bytes(self._got[:200])!r}")
            self._whole = end + 4 + int(length[1])
        if len(self._got) >= self._whole:
            self._load.times.append(time.perf_counter() - self._sent)
            self._load.statuses[int(self._got[9:12])] += 1
            self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)


async def _run(port: int, connections: int, load: Load) -> float:
    loop = asyncio.get_running_loop()
    ends = [loop.create_future() for _ in range(connections)]
    begun = time.perf_counter()
    for end in ends:
        await loop.create_connection(lambda end=end: Connection(load, end), "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*ends)
    return time.perf_counter() - begun


def main() -> None:
    """Ask, and print what came of it."""
    port, connections, requests = map(int, sys.argv[1:4])
    load = Load(sys.stdin.read().split(), requests)
    with contextlib.suppress(ImportError):
        import uvloop

        uvloop.install()
    taken = asyncio.run(_run(port, connections, load))
    times = sorted(load.times)
    print(
        json.dumps(
            {
                "rate": len(times) / taken,
                "median": 1000 * times[len(times) // 2],
                "p99": 1000 * times[int(0.99 * len(times))],
                "statuses": load.statuses,
            }
        )
    )


if __name__ == "__main__":
    main()
