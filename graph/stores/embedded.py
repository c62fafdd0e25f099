"""The embedded store: ArcadeDB inside this process, one folder, no server."""

import contextlib
import math
import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.graph.errors import (
    NotAStore,
    QueryLimit,
    StoreBusy,
    StoreError,
)
from comity.graph.kinds import kinds
from comity.graph.stores.base import (
    BOUNDS,
    DEFAULT_LIMITS,
    NODE_LABELS,
    Limits,
    Result,
    Row,
    Store,
    Transaction,
    edge_labels,
    nothing_loaded,
    schema_statements,
)
from comity.graph.stores.embedded_errors import asking_error, first_line, full, is_full, opening_error
from comity.graph.stores.gate import Gate
from comity.graph.stores.guard import check_text
from comity.graph.stores.machine import engine
from comity.graph.stores.stopping import Stop, heeded, out_of_time, too_large
from comity.graph.stores.values import java_parameters, java_size, plain, plain_rows

_MARKS = "ComitySchema"
_MARK = f"{_MARKS}2"
"""A type without content that says that the schema is whole, and which version of it."""

# The engine looks at the time between rows, not within one expression, and no interrupt ends it there: such a query is given up
# and runs on unheard. Few may do so at a time, for each keeps a processor busy.
_MAY_RUN_ON = 2
# The engine makes the whole list, and looks at nothing meanwhile.
_LONGEST_RANGE = 1_000_000

_GRACE = 1.0
"""Seconds beyond the limit in which the engine may end a query by itself."""

_LOOK_SECONDS = 0.1
"""How often a query that waits for another looks whether somebody still waits for it."""


class EmbeddedStore(Store):
    """A comity graph in a folder. One process has it open at a time; within it threads may read together."""

    engine = "arcadedb"
    alone = True

    def __init__(self, folder: Path, *, create: bool = True) -> None:
        self.url = str(folder)
        arcade = engine()
        place = str(folder.absolute())  # Java knows only the working directory in which it was started
        present = _is_database(folder)
        self._has_data = present and any(folder.glob("*.bucket"))
        if not present and not create:
            raise nothing_loaded(f"in {folder}")
        try:
            self._database = arcade.open_database(place) if present else arcade.create_database(place)
        except arcade.ArcadeDBError as error:
            if not present and is_full(error):  # what was begun is no store that could be opened
                shutil.rmtree(folder, ignore_errors=True)
            raise opening_error(folder, error) from None
        settings = self._database.get_java_database().getConfiguration()
        settings.setValue("arcadedb.queryMaxRangeSize", _LONGEST_RANGE)
        self._error: type[Exception] = arcade.ArcadeDBError
        self._gate = Gate()
        self._asker = threading.Lock()
        self._given_up: list[threading.Thread] = []
        try:
            self.ensure_schema()
        except BaseException as error:
            self.close()
            if isinstance(error, self._error):
                raise opening_error(folder, error) from None
            raise

    def ensure_schema(self) -> None:
        self._check_open()
        present = {str(kind.getName()) for kind in self._database.schema.get_types()}
        if _MARK in present:
            return
        if not present and self._has_data:
            raise NotAStore(
                f"{self.url} is damaged: restore it from a copy, or load anew into another folder"
            )
        foreign = present - {*NODE_LABELS, *edge_labels()}
        if any(not name.startswith(_MARKS) for name in foreign):
            raise NotAStore(f"{self.url} is a database of another program: name another folder for the store")
        for label in edge_labels():
            self._database.command("sql", f"CREATE EDGE TYPE `{label}` IF NOT EXISTS")
        for label in NODE_LABELS:
            self._database.command("sql", f"CREATE VERTEX TYPE `{label}` IF NOT EXISTS")
        named = "CREATE PROPERTY `{label}`.`{property}` IF NOT EXISTS STRING;"
        for statements in schema_statements(
            named + "CREATE INDEX IF NOT EXISTS ON `{label}` (`{property}`) UNIQUE",
            named + "CREATE INDEX IF NOT EXISTS ON `{label}` (`{property}`) NOTUNIQUE",
            named + "CREATE INDEX IF NOT EXISTS ON `{label}` (`{property}`) NOTUNIQUE",
        ):
            for statement in statements.split(";"):
                self._database.command("sql", statement)
        for label in ("Fact", "PARTY", *(kind.label for kind in kinds().values())):
            for name in BOUNDS:
                self._database.command("sql", f"CREATE PROPERTY `{label}`.`{name}` IF NOT EXISTS DATE")
        # The mark comes last: where it is there, all else is.
        self._database.command("sql", f"CREATE DOCUMENT TYPE `{_MARK}` IF NOT EXISTS")

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        stop = heeded()
        # Work that has a time of its own may take all of it: who only looks something up must not wait for that.
        with self._gate.reading(long=stop.left is not None):
            self._check_open()
            stop.check()
            try:
                with _ended_after(stop.left):
                    return plain_rows(
                        self._database.query("opencypher", cypher, dict(parameters or {})).to_list()
                    )
            except self._error as error:
                stop.check()
                raise StoreError(f"the embedded store could not answer: {first_line(error)}") from error

    def stream(self, cypher: str) -> Generator[Row, None, None]:
        with self._gate.reading():
            self._check_open()
            try:
                for row in self._database.query("opencypher", cypher).iter_dicts():
                    yield {name: plain(value) for name, value in row.items()}
            except self._error as error:
                raise StoreError(f"the embedded store could not answer: {first_line(error)}") from error

    def ask(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        limits: Limits = DEFAULT_LIMITS,
        stop: Stop | None = None,
    ) -> list[Row]:
        check_text(cypher)
        stop, last = stop or heeded(), time.monotonic() + limits.seconds
        with self._turn(limits, stop, last), self._gate.reading(long=True):
            self._check_open()
            stop.check()
            self._given_up = [thread for thread in self._given_up if thread.is_alive()]
            if len(self._given_up) >= _MAY_RUN_ON:
                raise StoreBusy("queries that ran out of time have not ended yet: try again later")
            return self._in_time(cypher, dict(parameters or {}), limits, stop, last)

    @contextlib.contextmanager
    def _turn(self, limits: Limits, stop: Stop, last: float) -> Iterator[None]:
        """One query at a time, for each may keep a processor busy and take the memory of a whole answer. Waiting counts as part of its seconds."""
        while not self._asker.acquire(timeout=_LOOK_SECONDS):
            stop.check()
            if time.monotonic() > last:
                raise StoreBusy(
                    f"other queries ran for all of the {limits.seconds:g} seconds that this one had: try again later"
                )
        try:
            yield
        finally:
            self._asker.release()

    def _in_time(
        self, cypher: str, parameters: dict[str, Any], limits: Limits, stop: Stop, last: float
    ) -> list[Row]:
        """The query's rows, from a thread that is left to itself when it takes too long, or nobody waits for it any more."""
        outcome: list[list[Row] | BaseException] = []
        done, given_up = threading.Event(), threading.Event()

        def work() -> None:
            try:
                outcome.append(self._fetched(cypher, parameters, limits, last, given_up))
            except BaseException as error:
                outcome.append(error)
            finally:
                done.set()

        thread = threading.Thread(target=work, name="comity-ask", daemon=True)
        thread.start()
        try:
            with stop.by(done.set):
                done.wait(max(last - time.monotonic(), 0) + _GRACE)
        except KeyboardInterrupt:
            # Heard when the engine is done, as in every other call of it; a second Ctrl-C does not wait.
            done.wait(max(last + _GRACE - time.monotonic(), 0))
            raise
        finally:
            if not outcome:
                given_up.set()
                self._given_up.append(thread)
        if not outcome:
            stop.check()
            raise out_of_time(limits.seconds)
        [answer] = outcome
        if isinstance(answer, self._error):
            raise asking_error(answer, limits) from None
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _fetched(
        self,
        cypher: str,
        parameters: dict[str, Any],
        limits: Limits,
        last: float,
        given_up: threading.Event,
    ) -> list[Row]:
        rows: list[Row] = []
        left = limits.bytes
        with _ended_after(last - time.monotonic()):
            for found in self._database.query("opencypher", cypher, parameters):
                if given_up.is_set():
                    break
                if len(rows) == limits.rows:
                    raise QueryLimit(
                        f"the answer has more than {limits.rows} rows: add LIMIT, or ask for less"
                    )
                row = found.to_dict(convert_types=False)
                left -= java_size(row, left, given_up)
                if left < 0:
                    raise too_large(limits.bytes)
                rows.append(plain(row))
        return rows

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        with self._gate.writing():
            self._check_open()
            try:
                with self._database.transaction():
                    done = work(_Writing(self._database))
                self.writes += 1
                return done
            except self._error as error:
                if is_full(error):
                    raise full(self.url) from error
                raise StoreError(f"the embedded store could not write: {first_line(error)}") from error

    def close(self) -> None:
        with self._gate.writing():
            self._closed = True
            if self._database.is_open():
                self._database.close()


class _Writing:
    """A transaction of the embedded engine."""

    def __init__(self, database: Any) -> None:
        self._database = database

    def __call__(self, cypher: str, parameters: Mapping[str, Any], /) -> list[Row]:
        answer = self._database.command("opencypher", cypher, java_parameters(parameters))
        return plain_rows(answer.to_list()) if answer is not None else []

    def delete_ties(self, label: str, facts: Sequence[str]) -> None:
        # By SQL: the engine's Cypher does not use the index of edges.
        self._database.command(
            "sql", f"DELETE FROM `{label}` WHERE fact IN :facts", java_parameters({"facts": list(facts)})
        )


@contextlib.contextmanager
def _ended_after(seconds: float | None) -> Iterator[None]:
    """Let the engine end what this thread asks within the block, after so long; None for as long as it takes.

    The thread's own limit and not the setting of the database, which would end what other threads read too. To the engine, 0 or
    less would be no limit at all.
    """
    if seconds is None:
        yield
        return
    import jpype

    override = jpype.JClass("com.arcadedb.query.sql.executor.CommandTimeoutOverride")
    override.set(max(1, math.ceil(seconds * 1000)))
    try:
        yield
    finally:
        override.clear()


def _is_database(folder: Path) -> bool:
    """Whether the folder holds an ArcadeDB database; `NotAStore` where it holds anything else."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise NotAStore(f"{folder} is a file: name a folder for the store")
    names = {entry.name for entry in folder.iterdir()}
    if not names:
        return False
    if "schema.json" not in names and "configuration.json" not in names:
        raise NotAStore(f"{folder} holds other files and no comity store: name another folder")
    return True
