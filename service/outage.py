"""While the store does not answer, everybody who would ask it is told so at once, and one thread looks whether it does again.

Without this every request would wait for the driver to give up, until no thread is left for those that need no store.
"""

import threading

from comity.graph.errors import ComityError
from comity.graph.stores.base import Store

LOOK_SECONDS = 1.0
"""How often the thread looks."""


class Outage:
    """Whether the store is known not to answer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._looking = False
        self._ended = threading.Event()
        self.lasts = False

    def began(self) -> None:
        """Say that the store did not answer."""
        with self._lock:
            self.lasts = True
            if not self._looking:
                self._looking = True
                threading.Thread(target=self._look, name="comity-outage", daemon=True).start()

    def look(self) -> bool:
        """Whether the store answers now."""
        try:
            self._store.check()
        except ComityError:
            self.began()
        return not self.lasts

    def close(self) -> None:
        """Look no more."""
        self._ended.set()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            try:
                self._store.check()
            except ComityError:
                continue
            with self._lock:
                self._looking = self.lasts = False
            return
