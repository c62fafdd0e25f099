"""The graph that the service holds open, and its revision, by which every answer is known."""

import time

from comity.graph.stores.base import Store


class Held:
    """The open store. Its revision is looked up at most every `freshness` seconds: others may load into a Neo4j server."""

    def __init__(self, store: Store, freshness: float = 0.0) -> None:
        self.store = store
        self._freshness = freshness
        self._looked, self._revision = -float("inf"), ""

    def revision(self) -> str:
        """The revision, as it was no more than `freshness` seconds ago."""
        if time.monotonic() - self._looked >= self._freshness:
            self._revision, self._looked = self.store.revision(), time.monotonic()
        return self._revision

    def changed(self) -> None:
        """Say that the service itself has written, so that the next answer is of what it wrote."""
        self._looked = -float("inf")
