"""What was made once and is asked for again: pages, panels and histories, each of one revision of the graph."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from comity.service.memory import Memory

Made = TypeVar("Made")


class Kept:
    """The latest things that were made, none of them None, by their keys, of no more than `most` weight in all.

    A key has the revision in it: what is of another revision is not found, and goes when the room is needed. Where two ask for the same
    thing at once, one makes it and the other waits.
    """

    def __init__(self, most: int, weigh: Callable[[Any], int] = lambda thing: 1) -> None:
        self._weigh = weigh
        self._memory: Memory[Any] = Memory(most, largest=most)
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing of that key, made now where it is not there. What `make` raises is passed on, and nothing is kept."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            try:
                found: Made | None = self._memory.get(key)
                if found is None:
                    found = make()
                    self._memory.put(key, found, self._weigh(found))
                return found
            finally:
                with self._lock:
                    self._making.pop(key, None)
