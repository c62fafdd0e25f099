"""Memory for answers: the latest used, up to a number of bytes."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


def freeze() -> None:
    """Tell Python's collector that what there is now stays: for a process that begins to serve, whose requests it would else hold up."""
    gc.collect()
    gc.freeze()


class Memory(Generic[Kept]):
    """Keeps what was used last while all of it is no larger than `capacity` bytes, and nothing larger than `largest` (an eighth of it, unless given)."""

    def __init__(self, capacity: int, largest: int | None = None) -> None:
        self.capacity = capacity
        self._largest = capacity // 8 if largest is None else largest
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """The bytes that are kept."""
        return self._size

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        """What was kept under the key, if it still is."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Kept, size: int) -> None:
        """Keep the value, whose bytes are `size`."""
        if size > self._largest:
            return
        with self._lock:
            self._forget(key)
            self._kept[key] = (value, size)
            self._size += size
            while self._size > self.capacity:
                self._forget(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _forget(self, key: Hashable) -> None:
        gone = self._kept.pop(key, None)
        self._size -= gone[1] if gone else 0
