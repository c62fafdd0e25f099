"""Reading what belongs together, by several queries, while others may write."""

import time
from collections.abc import Callable
from typing import TypeVar

from comity.graph.errors import StoreBusy
from comity.graph.stores.base import Store

Found = TypeVar("Found")
State = TypeVar("State")

PAUSES = (0.0, 0.1, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait before each further attempt: a load writes in batches, and a long one must not keep readers for ever."""


def read_steadily(store: Store, read: Callable[[], Found]) -> tuple[Found, str]:
    """What `read` gives, and the revision that all of it belongs to.

    It is read again where the revision changed meanwhile, as it would then belong to no one revision. `StoreBusy` where that
    keeps happening.
    """
    return read_unchanged(store.revision, read)


def read_unchanged(state: Callable[[], State], read: Callable[[], Found]) -> tuple[Found, State]:
    """What `read` gives, and the state that was the same before and after it."""
    for pause in PAUSES:
        time.sleep(pause)
        before = state()
        found = read()
        if state() == before:
            return found, before
    raise StoreBusy("the store is being written to without a pause: ask again when the load is done")
