"""Ends before its time what somebody asked for: nobody waits for it any more, it takes too long, or its answer is larger than is allowed.

A thread cannot be ended from outside. A query is ended by way of its database; what is computed here calls `check_stop` again and again,
between one network, fact or row and the next.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from comity.graph.errors import NobodyWaits, QueryLimit


class Stop:
    """Told by one thread that the work of another is to end; without being told it ends after so many seconds, where some are given."""

    def __init__(self, seconds: float | None = None) -> None:
        self._lock = threading.Lock()
        self._ways: list[Callable[[], None]] = []
        self._seconds = seconds
        self._last = None if seconds is None else time.monotonic() + seconds
        self.told = False

    def tell(self) -> None:
        """End the work; what has not begun yet does not begin."""
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

    @property
    def left(self) -> float | None:
        """The seconds that are left; None for as many as it takes."""
        return None if self._last is None else max(self._last - time.monotonic(), 0.0)

    def check(self) -> None:
        """Raise `QueryLimit` where the work is to end."""
        if self.told:
            raise NobodyWaits("it was ended: nobody waits for its answer")
        if self.left == 0:
            raise QueryLimit(
                f"that takes longer than {self._seconds:g} seconds, which is all that one request may: ask for less, such as fewer "
                "years, samples, measures or types"
            )


_heeded: ContextVar[Stop | None] = ContextVar("stop", default=None)


@contextmanager
def heeding(stop: Stop) -> Iterator[Stop]:
    """What is computed within the context, in threads that are started from it too, ends when it is told so."""
    before = _heeded.set(stop)
    try:
        yield stop
    finally:
        _heeded.reset(before)


def heeded() -> Stop:
    """What tells the work of this context to end; where nothing does, one that nobody tells."""
    return _heeded.get() or Stop()


def check_stop() -> None:
    """Raise `QueryLimit` where the work of this context is to end: called wherever many of something are computed one after the other."""
    if (stop := _heeded.get()) is not None:
        stop.check()


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
