"""Writing for several people: one at a time, and what is answered next knows of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from comity.graph.errors import StoreBusy
from comity.graph.stores.base import Store
from comity.service.held import Held

WAIT_SECONDS = 10.0
"""How long somebody who writes waits for another to be done."""


class Writer:
    """The one place from which the service writes."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._lock = threading.Lock()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store, for writing; `StoreBusy` where another's work takes too long."""
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            raise StoreBusy("somebody else is writing, and is not done yet: try again later")
        try:
            yield self._held.store
        finally:
            self._lock.release()
            self._held.changed()
