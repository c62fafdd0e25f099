"""The embedded store: ArcadeDB inside this process, one folder, no server."""

import contextlib
import math
import os
import platform
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from comity.graph.errors import (
    NotAStore,
    QueryError,
    QueryLimit,
    StoreBusy,
    StoreError,
    StoreLocked,
    StoreUnavailable,
    UnsafeQuery,
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
from comity.graph.stores.gate import Gate
from comity.graph.stores.guard import check_text
from comity.graph.stores.stopping import Stop, heeded, out_of_time, too_large
from comity.graph.stores.values import java_parameters, java_size, plain, plain_rows

_JVM_LOCK = threading.Lock()

# A command lives for seconds: the optimizing compiler and the parallel collector would cost it a third of its time. Whoever
# runs for hours sets the engine's own variable, and then these are left away.
_SHORT_RUNS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")

# With less, the linear algebra of numpy ends the process once the Java machine runs in it (numpy.linalg.solve, from 135 rows on).
_STACK = "-Xss8m"

# What a signal does stays with Python: what JPype lets the Java machine do with SIGTERM calls into Python without its lock, and crashes.
_SIGNALS = "-Xrs"

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
        arcade = _engine()
        place = str(folder.absolute())  # Java knows only the working directory in which it was started
        present = _is_database(folder)
        self._has_data = present and any(folder.glob("*.bucket"))
        if not present and not create:
            raise nothing_loaded(f"in {folder}")
        try:
            self._database = arcade.open_database(place) if present else arcade.create_database(place)
        except arcade.ArcadeDBError as error:
            if not present and _is_full(error):  # what was begun is no store that could be opened
                shutil.rmtree(folder, ignore_errors=True)
            raise _opening_error(folder, error) from None
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
                raise _opening_error(folder, error) from None
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
        with self._gate.reading():
            self._check_open()
            try:
                return plain_rows(
                    self._database.query("opencypher", cypher, dict(parameters or {})).to_list()
                )
            except self._error as error:
                raise StoreError(f"the embedded store could not answer: {_first_line(error)}") from error

    def stream(self, cypher: str) -> Generator[Row, None, None]:
        with self._gate.reading():
            self._check_open()
            try:
                for row in self._database.query("opencypher", cypher).iter_dicts():
                    yield {name: plain(value) for name, value in row.items()}
            except self._error as error:
                raise StoreError(f"the embedded store could not answer: {_first_line(error)}") from error

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
            raise _asking_error(answer, limits) from None
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
        _end_after(last - time.monotonic())
        for found in self._database.query("opencypher", cypher, parameters):
            if given_up.is_set():
                break
            if len(rows) == limits.rows:
                raise QueryLimit(f"the answer has more than {limits.rows} rows: add LIMIT, or ask for less")
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
                if _is_full(error):
                    raise _full(self.url) from error
                raise StoreError(f"the embedded store could not write: {_first_line(error)}") from error

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


def _end_after(seconds: float) -> None:
    """Let the engine end what this thread asks from now on, after so long.

    The thread's own limit and not the setting of the database, which would end what other threads read too. None or less would
    be no limit at all.
    """
    import jpype

    override = jpype.JClass("com.arcadedb.query.sql.executor.CommandTimeoutOverride")
    override.set(max(1, math.ceil(seconds * 1000)))


def _engine() -> Any:
    """The engine's package with its virtual machine running."""
    try:
        from arcadedb_embedded import jvm
    except ImportError:
        raise StoreUnavailable(
            f"the embedded store's engine is not installed or has no build for {platform.platform()} with Python "
            f"{platform.python_version()} (it needs Linux with glibc 2.34 or later, macOS on Apple silicon or Windows): "
            "use a Neo4j server instead with --store bolt://HOST:7687"
        ) from None
    import jpype

    with _JVM_LOCK:
        if not jpype.isJVMStarted():
            _start(jvm)
    import arcadedb_embedded

    return arcadedb_embedded


def _start(jvm: Any) -> None:
    """Start the Java machine without its notes on standard error and its log folder in the working directory.

    The start prints a warning that no option turns off, so standard error is set aside meanwhile and shown if it fails.
    """
    # The package names a file for crashes after all options that are given to it; only its own variable changes that.
    os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(Path(tempfile.gettempdir()) / "comity-jvm-%p.log"))
    quiet = resources.files("comity.graph.stores") / "logging.properties"
    with tempfile.TemporaryFile() as aside, resources.as_file(quiet) as settings:
        sys.stderr.flush()
        kept = os.dup(2)
        os.dup2(aside.fileno(), 2)
        try:
            jvm.start_jvm(
                jvm_args=[
                    f"-Djava.util.logging.config.file={settings}",
                    _STACK,
                    _SIGNALS,
                    *([] if os.environ.get("ARCADEDB_JVM_ARGS") else _SHORT_RUNS),
                ]
            )
        except Exception as error:
            aside.seek(0)
            notes = aside.read().decode(errors="replace").strip()
            raise StoreUnavailable(
                f"the embedded store's engine did not start: {error}\n{notes}".rstrip()
            ) from error
        finally:
            os.dup2(kept, 2)
            os.close(kept)


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


_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "not enough space on the disk")
"""In what words systems say that nothing more can be written."""


def _is_full(error: BaseException) -> bool:
    """Whether one of the causes of the error is a full disk."""
    cause: BaseException | None = error
    while cause is not None:
        if any(words in str(cause) for words in _FULL):
            return True
        cause = cause.__cause__
    return False


def _full(url: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"the disk of {url} is full: make room and do it again; what was cut off left nothing behind"
    )


def _opening_error(folder: Path, error: Exception) -> StoreError:
    text = str(error)
    if _is_full(error):
        return _full(str(folder))
    if "already in use" in text:
        return StoreLocked(
            f"{folder} is open already in this process: close it there first, or use that store"
        )
    if "locked by another process" in text:
        return StoreLocked(
            f"{folder} is open in another comity process: end that one first, or name another store"
        )
    if isinstance(error.__cause__, PermissionError) or "ermission" in text:
        return StoreError(
            f"{folder} cannot be written: check the permissions, or name another folder with --store"
        )
    return NotAStore(f"{folder} could not be opened as a comity store: {_first_line(error)}")


def _asking_error(error: Exception, limits: Limits) -> Exception:
    text = str(error)
    if "OutOfMemoryError" in text or "Java heap space" in text:
        return QueryLimit("the query needs more memory than there is: ask for less")
    if "command.timeout" in text:
        return out_of_time(limits.seconds)
    if "not idempotent" in text:
        return UnsafeQuery("this Cypher would write; only reading is allowed here")
    return QueryError(f"this Cypher cannot be run: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    """The engine's message without the names of Java classes."""
    line = (str(error).splitlines() or [""])[0]
    for prefix in (
        "Query failed: ",
        "Command failed: ",
        "Reading the result set failed: ",
        "Failed to open database: ",
    ):
        line = line.removeprefix(prefix)
    name, colon, rest = line.partition(": ")
    return rest if colon and name.startswith("com.arcadedb.") else line
