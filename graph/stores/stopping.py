"""Ends a query that somebody typed before its time: nobody waits for it any more, or its answer is larger than is allowed."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from comity.graph.errors import QueryLimit


class Stop:
    """Told by one thread that the query of another is to end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ways: list[Callable[[], None]] = []
        self.told = False

    def tell(self) -> None:
        """End the query; what has not begun yet does not begin."""
        with self._lock:
            self.told = True
            for way in self._ways:
                way()

    @contextmanager
    def by(self, way: Callable[[], None]) -> Iterator[None]:
        """As long as the context lasts the query is ended in this way."""
        with self._lock:
            self._ways.append(way)
            if self.told:
                way()
        try:
            yield
        finally:
            with self._lock:
                self._ways.remove(way)

    def check(self) -> None:
        """Raise `QueryLimit` where the query is to end."""
        if self.told:
            raise stopped()


def stopped() -> QueryLimit:
    """The error of a query that was stopped."""
    return QueryLimit("the query was ended: nobody waits for its answer")


def out_of_time(seconds: float) -> QueryLimit:
    """The error of a query that took too long."""
    return QueryLimit(f"the query ran longer than {seconds:g} seconds: ask for less, or raise --timeout")


def too_large(most: int) -> QueryLimit:
    """The error of a query whose answer has too many bytes."""
    return QueryLimit(
        f"the answer is larger than {most:,} bytes: return single properties, fewer rows or shorter lists"
    )


class Meter:
    """Stands between the Neo4j driver and its socket: counts the bytes of an answer, and ends it where there are too many.

    The driver reads a record whole before it hands it on, whatever its size, and a list of ten characters can be one of a billion numbers.
    """

    def __init__(self, plain: Any, most: int) -> None:
        self._socket, self._most = plain, most
        self._taken = 0
        self.late = False

    @property
    def full(self) -> bool:
        """Whether there were too many."""
        return self._taken > self._most

    def recv_into(self, buffer: Any, nbytes: int) -> int:
        """As the socket does it."""
        count: int = self._socket.recv_into(buffer, nbytes)
        self._taken += count
        if self.full:
            raise OSError("the answer is too large")
        return count

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def cut(self) -> None:
        """Close the connection, upon which the server ends what runs on it."""
        # That of the plain socket: that of TLS is not made for being called while another thread reads.
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._socket._socket, socket.SHUT_RDWR)

    def time_out(self) -> None:
        """Close it because the answer takes too long."""
        self.late = True
        self.cut()


@contextmanager
def metered(transaction: Any, most: int, seconds: float, stop: Stop) -> Iterator[Meter]:
    """Count what a transaction of the driver receives, for so long at most: within one expression the server looks at no time limit.

    The transaction's connection is not part of the driver's interface: a test watches over this.
    """
    inbox = transaction._connection.inbox
    plain = inbox._socket
    meter = inbox._socket = Meter(plain, most)
    timer = threading.Timer(seconds, meter.time_out)
    timer.start()
    try:
        with stop.by(meter.cut):
            yield meter
    finally:
        timer.cancel()
        inbox._socket = plain
