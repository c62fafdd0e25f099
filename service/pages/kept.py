"""What was made once and is asked for again: pages, panels and histories, each of one revision of the graph."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Kept:
    """The latest things that were made, by their keys, of no more than `most` weight in all.

    A key has the revision in it: what is of another revision is not found, and goes when the room is needed. Where two ask for the same
    thing at once, one makes it and the other waits.
    """

    def __init__(self, most: int, weigh: Callable[[Any], int] = lambda thing: 1) -> None:
        self._most, self._weigh = most, weigh
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._weight = 0

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing of that key, made now where it is not there. What `make` raises is passed on, and nothing is kept."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            try:
                with self._lock:
                    if key in self._held:
                        self._held.move_to_end(key)
                        found: Made = self._held[key]
                        return found
                made = make()
                self._keep(key, made)
                return made
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _keep(self, key: Hashable, made: Any) -> None:
        with self._lock:
            if key in self._held:  # those who came while the first was done have made it too
                self._weight -= self._weigh(self._held.pop(key))
            self._held[key] = made
            self._weight += self._weigh(made)
            while self._weight > self._most and self._held:
                _, gone = self._held.popitem(last=False)
                self._weight -= self._weigh(gone)
