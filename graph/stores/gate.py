"""Lets many threads read at once, or one write: for an engine whose readers would otherwise see half a commit."""

import contextlib
import threading
from collections.abc import Iterator


class Gate:
    """Readers share, a writer excludes. A writer who waits keeps new readers out, so that it gets its turn.

    But while it waits for a long reader others may come in, who would be done before that one; no second long one does.

    The thread that writes may enter again: what it reads is its own half-done work.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._long_readers = 0
        self._writers_waiting = 0
        self._writer: int | None = None

    @contextlib.contextmanager
    def reading(self, *, long: bool = False) -> Iterator[None]:
        """Hold the gate together with other readers, perhaps for many seconds (`long`)."""
        if self._writer == threading.get_ident():
            yield
            return
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._writer is None
                    and (not self._writers_waiting or (self._long_readers > 0 and not long))
                )
            )
            self._readers += 1
            self._long_readers += long
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                self._long_readers -= long
                self._changed.notify_all()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the gate alone."""
        if self._writer == threading.get_ident():
            yield
            return
        with self._changed:
            self._writers_waiting += 1
            try:
                self._changed.wait_for(lambda: self._writer is None and not self._readers)
                self._writer = threading.get_ident()
            finally:
                self._writers_waiting -= 1
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._writer = None
                self._changed.notify_all()
