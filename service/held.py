"""The graph that the service holds open, and its revision, by which every answer is known."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_unchanged

Found = TypeVar("Found")


class Held:
    """The open store.

    Its revision is looked up anew after each write of this process and, where others may write too (a Neo4j server), at most every
    `freshness` seconds. `changed_at` is the moment of the latest change, looked up with it (`Store.state`).
    """

    def __init__(self, store: Store, freshness: float = 0.0) -> None:
        self.store = store
        self._freshness = freshness
        self._lock = threading.Lock()
        self._last: tuple[int, float, str] | None = None
        self._lasting: tuple[tuple[str, str], dict[Hashable, Any]] = (("", ""), {})
        self.changed_at = ""

    def known(self) -> str | None:
        """The revision, where it need not be looked up."""
        if self._last is None:
            return None
        writes, at, revision = self._last
        if writes != self.store.writes:
            return None
        return revision if self.store.alone or time.monotonic() - at < self._freshness else None

    def revision(self) -> str:
        """The revision, as it was no more than `freshness` seconds ago."""
        with self._lock:  # many who ask at once look it up once
            return self.known() or self._look()

    def steadily(self, read: Callable[[], Found]) -> tuple[Found, str]:
        """What `read` gives, and the revision that all of it belongs to; it is read again where others wrote meanwhile."""
        return read_unchanged(self._now, read)

    def lasting(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What `make` finds, which is small, few in number, and asked for again and again while the graph stays what it is."""
        state = self.revision(), self.changed_at
        if self._lasting[0] != state:
            self._lasting = (state, {})
        kept = self._lasting[1]
        if key not in kept:
            kept[key] = make()
        found: Found = kept[key]
        return found

    def changed(self) -> None:
        """Say that something was written by another way than the store, so that the next answer is of what there is then."""
        self._last = None

    def _now(self) -> str:
        """The revision of this moment."""
        return (self.known() if self.store.alone else None) or self._look()

    def _look(self) -> str:
        # Counted before: a write that comes between is seen as later than what was read.
        writes, at = self.store.writes, time.monotonic()
        revision, self.changed_at = self.store.state()
        self._last = (writes, at, revision)
        return revision
