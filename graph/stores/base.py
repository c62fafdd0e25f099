"""The seam between comity and a graph database: schema, read, stream, ask, write in one transaction, close."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from comity.graph.errors import NotAStore, StoreBusy, StoreError
from comity.graph.kinds import kinds
from comity.graph.stores.stopping import Stop

Row = dict[str, Any]
"""One row of an answer: plain Python values by column; dates as `datetime.date`, nodes and edges as dictionaries."""

Run = Callable[[str, Mapping[str, Any]], list[Row]]
"""Runs one Cypher text with parameters inside a transaction and gives its rows."""


class Transaction(Protocol):
    """A write in progress: runs Cypher as `Run` does, and takes away ties."""

    def __call__(self, cypher: str, parameters: Mapping[str, Any], /) -> list[Row]: ...

    def delete_ties(self, label: str, facts: Sequence[str]) -> None:
        """Delete every edge of the label whose `fact` is one of these.

        Each engine has its own way to find edges by a property; the common Cypher would go through all ties of their actors.
        """


Result = TypeVar("Result")

NODE_LABELS = (
    "Country", "Organization", "Source", "Statement", "Fact", "Judgement", "Quarantined", "Mapping", "Load", "Comity",
)  # fmt: skip
"""Every node label; each node has one, and an `id` that is unique under it."""

INDEXED = (
    ("Statement", "fact"),
    ("Statement", "collection"),
    ("Statement", "source"),
    ("Statement", "kind"),
    ("Fact", "kind"),
    ("Quarantined", "collection"),
)
"""Node properties that comity's own queries look up, beside the ids."""


BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
"""Properties that are days, of facts, parties and ties; see `comity.graph.records.bounds_row`."""


def edge_labels() -> tuple[str, ...]:
    """Every edge label: evidence first, then one per kind of fact."""
    return ("PARTY", "ABOUT", "FROM", *(kind.label for kind in kinds().values()))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query of a stranger may cost: seconds, and rows and bytes of its answer as it leaves the database."""

    seconds: float = 30.0
    rows: int = 10_000
    bytes: int = 100_000_000


DEFAULT_LIMITS = Limits()


class Store(ABC):
    """A graph database that holds one comity graph. Both engines run the same Cypher and give the same rows.

    `url` names it without user or password.
    """

    url: str
    engine: str

    capabilities: frozenset[str] = frozenset()
    """Names of what this engine can do beyond the seam and others cannot: `gds`, Graph Data Science, where the server has it."""

    alone: bool = False
    """Whether nobody can write to the database but through this object."""

    writes: int = 0
    """How many transactions this object has written; it grows before `write` returns."""

    _closed = False

    @abstractmethod
    def ensure_schema(self) -> None:
        """Make constraints and indexes that are missing; does nothing where all are there."""

    @abstractmethod
    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a query of comity's own; `QueryLimit` where the work that it belongs to has no time left (`stopping.heeding`)."""

    @abstractmethod
    def stream(self, cypher: str) -> Generator[Row, None, None]:
        """The rows of a query of comity's own one by one, as there may be more of them than memory holds.

        Write nothing to the store before the last of them is taken, or the generator closed.
        """

    @abstractmethod
    def ask(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        limits: Limits = DEFAULT_LIMITS,
        stop: Stop | None = None,
    ) -> list[Row]:
        """Run a query that someone typed.

        It is refused with `UnsafeQuery` unless it is surely read-only, and ended with `QueryLimit` where it goes
        beyond the limits, or another thread tells `stop`.
        """

    @abstractmethod
    def write(self, work: Callable[[Transaction], Result]) -> Result:
        """Do the work in one transaction: all of it is kept, or nothing. It may be called again after a conflict."""

    def check(self) -> None:
        """Raise the `StoreError` that keeps the store from answering, without trying again."""
        self.revision()

    @abstractmethod
    def close(self) -> None:
        """Give everything back; every later call but this one raises `StoreError`."""

    def revision(self) -> str:
        """The revision of what the store holds: equal for equal content on every store.

        `StoreBusy` while a graph is being restored from a backup: until that is done it is no graph of any revision.
        """
        return self.state()[0]

    def state(self) -> tuple[str, str]:
        """What tells whether anything was changed: the `revision`, and the moment of the latest change (empty where there was none).

        What was retracted and restored has the same revision as before, but another history.
        """
        rows = self.read(
            "MATCH (c:Comity {id: 'comity'}) RETURN c.revision AS revision, c.at AS at, c.restoring AS restoring"
        )
        if rows and rows[0]["restoring"]:
            raise being_restored()
        return (str(rows[0]["revision"]), rows[0]["at"] or "") if rows else (EMPTY_REVISION, "")

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError("this store is closed")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def nothing_loaded(where: str) -> NotAStore:
    """The error for a place (`in FOLDER`, `at URL`) that is asked for its graph before anything was loaded into it."""
    return NotAStore(
        f"there is no store {where}: load something first, such as `comity load dossier treaties`"
    )


def being_restored() -> StoreBusy:
    """The error for a graph that is not whole yet."""
    return StoreBusy(
        "the graph is being restored from a backup, or that was cut off: wait until it is done, or repeat `comity restore FOLDER`"
    )


EMPTY_REVISION = "0" * 64
"""The revision of a store without any statement."""


def schema_statements(unique: str, node_index: str, edge_index: str) -> Iterator[str]:
    """The engine's own statements for the schema, from its three templates with {label} and {property}."""
    for label in NODE_LABELS:
        yield unique.format(label=label, property="id")
    for label, name in INDEXED:
        yield node_index.format(label=label, property=name)
    for kind in kinds().values():
        yield edge_index.format(label=kind.label, property="fact")
