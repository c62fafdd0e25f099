"""A store that is only read, for what asks on behalf of others: nothing that holds it can write."""

from collections.abc import Callable, Generator, Mapping
from typing import Any, Never

from comity.graph.errors import StoreError
from comity.graph.stores.base import DEFAULT_LIMITS, Limits, Result, Row, Store, Transaction
from comity.graph.stores.stopping import Stop


class ReadOnly(Store):
    """An open store without its writing. Who opened the store closes it.

    Its `read` cannot write either: both engines refuse to in the way it asks them.
    """

    def __init__(self, store: Store) -> None:
        self.url, self.engine = store.url, store.engine
        self._read, self._stream, self._ask = store.read, store.stream, store.ask

    def ensure_schema(self) -> Never:
        raise StoreError(_REFUSED)

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        return self._read(cypher, parameters)

    def stream(self, cypher: str) -> Generator[Row, None, None]:
        return self._stream(cypher)

    def ask(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        limits: Limits = DEFAULT_LIMITS,
        stop: Stop | None = None,
    ) -> list[Row]:
        return self._ask(cypher, parameters, limits, stop)

    def write(self, work: Callable[[Transaction], Result]) -> Never:
        raise StoreError(_REFUSED)

    def close(self) -> None:
        """Nothing: it holds nothing of its own."""


_REFUSED = "this store is open for reading only: write by the commands of comity"
