"""The Neo4j store: a server of version 5.26 or later, through the official driver."""

import logging
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionPoolError,
    DatabaseError,
    DatabaseUnavailable,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)
from neo4j.graph import Node, Path, Relationship

from comity.graph.errors import (
    ComityError,
    InputError,
    NotAStore,
    QueryError,
    QueryLimit,
    StoreBusy,
    StoreError,
    StoreUnavailable,
    UnsafeQuery,
    WrongPassword,
)
from comity.graph.stores.base import (
    DEFAULT_LIMITS,
    NODE_LABELS,
    Limits,
    Result,
    Row,
    Store,
    Transaction,
    nothing_loaded,
    schema_statements,
)
from comity.graph.stores.guard import check_plan, check_text
from comity.graph.stores.stopping import Meter, Stop, heeded, metered, out_of_time, too_large

_CONNECT_SECONDS = 10.0
_CONNECTIONS = 100
_WAIT_SECONDS = 15.0
"""How long to wait for one of the connections where all are in use."""
_RETRY_SECONDS = 7.0
"""Until when another attempt is begun. The pauses between them double, so that the last may be twice as late."""
_GRACE = 1.0
"""Seconds beyond the limit in which the server may end a query by itself."""

_UNREACHABLE = (
    ServiceUnavailable,
    SessionExpired,  # the server of a session went away, or is no leader any more
    DatabaseUnavailable,
    ConfigurationError,
)

# Where nobody asks for its log, the driver's notes on what it tries again would be printed; what fails in the end is told by an error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jStore(Store):
    """A comity graph on a Neo4j server."""

    engine = "neo4j"
    capabilities = frozenset({"gds"})

    def __init__(self, url: str, *, auth: tuple[str, str] | None = None, create: bool = True) -> None:
        self.url = url
        # Shared by all sessions: on a cluster a read then waits for what this store wrote before.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        try:
            self._driver = neo4j.GraphDatabase.driver(
                url,
                auth=auth,
                connection_timeout=_CONNECT_SECONDS,
                max_connection_pool_size=_CONNECTIONS,
                connection_acquisition_timeout=_WAIT_SECONDS,
                max_transaction_retry_time=_RETRY_SECONDS,
                notifications_min_severity="OFF",
                warn_notification_severity="OFF",
            )
        except (ConfigurationError, ValueError):  # its text repeats the address
            raise InputError("the store's address cannot be used: write it as bolt://HOST:7687") from None
        try:
            self._driver.verify_connectivity()
            self._check_ours(create)
            if create:
                self.ensure_schema()
        except BaseException as error:
            self.close()
            raise self._named(error) from None

    def _check_ours(self, create: bool) -> None:
        """Leave a database alone that holds nodes like ours and was not made by a load."""
        [found] = self.read(
            "OPTIONAL MATCH (c:Comity {id: 'comity'}) "
            f"RETURN c IS NOT NULL AS ours, EXISTS {{ MATCH (n:{'|'.join(NODE_LABELS)}) }} AS alike"
        )
        if found["ours"]:
            return
        if found["alike"]:
            raise NotAStore(
                f"the database at {self.url} holds another program's nodes under labels of comity's "
                f"({', '.join(NODE_LABELS)}): use an empty database"
            )
        if not create:
            raise nothing_loaded(f"at {self.url}")

    def _session(self, **settings: Any) -> neo4j.Session:
        self._check_open()
        return self._driver.session(bookmark_manager=self._bookmarks, **settings)

    def ensure_schema(self) -> None:
        with self._session() as session:
            for statement in neo4j_schema():
                session.run(statement).consume()
            session.run("CALL db.awaitIndexes(60)").consume()

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        stop = heeded()
        stop.check()
        seconds = None if stop.left is None else max(stop.left, 0.001)  # 0 would be no limit at all

        @neo4j.unit_of_work(timeout=seconds)
        def work(transaction: neo4j.ManagedTransaction) -> list[Row]:
            return [_row(record) for record in transaction.run(cypher, dict(parameters or {}))]

        try:
            with self._session(default_access_mode=neo4j.READ_ACCESS) as session:
                return session.execute_read(work)
        except (Neo4jError, DriverError) as error:
            stop.check()
            raise self._named(error) from error

    def stream(self, cypher: str) -> Generator[Row, None, None]:
        try:
            with (
                self._session(default_access_mode=neo4j.READ_ACCESS) as session,
                session.begin_transaction() as transaction,
            ):
                for record in transaction.run(cypher):
                    yield _row(record)
        except (Neo4jError, DriverError) as error:
            raise self._named(error) from error

    def check(self) -> None:
        try:
            # Without a managed transaction, which would try again for a while.
            with self._session(default_access_mode=neo4j.READ_ACCESS) as session:
                session.run("RETURN 1").consume()
        except (Neo4jError, DriverError) as error:
            raise self._named(error) from error

    def ask(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        limits: Limits = DEFAULT_LIMITS,
        stop: Stop | None = None,
    ) -> list[Row]:
        check_text(cypher)
        given, stop = dict(parameters or {}), stop or heeded()
        meter: Meter | None = None
        try:
            with self._session(
                default_access_mode=neo4j.READ_ACCESS, fetch_size=min(limits.rows + 1, 1000)
            ) as session:
                # Looked at before it runs: a read transaction alone does not stop LOAD CSV or procedures.
                with session.begin_transaction(timeout=limits.seconds) as transaction:
                    check_plan(_explained(transaction, cypher, given))
                stop.check()
                with (
                    session.begin_transaction(timeout=limits.seconds) as transaction,
                    metered(transaction, limits.bytes, limits.seconds + _GRACE, stop) as meter,
                ):
                    rows = [_row(record) for record in transaction.run(cypher, given).fetch(limits.rows + 1)]
        except (Neo4jError, DriverError) as error:
            stop.check()
            if meter and meter.full:
                raise too_large(limits.bytes) from None
            if meter and meter.late:
                raise out_of_time(limits.seconds) from None
            raise _asking_error(error, limits) or self._named(error) from None
        if len(rows) > limits.rows:
            raise QueryLimit(f"the answer has more than {limits.rows} rows: add LIMIT, or ask for less")
        return rows

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        try:
            with self._session() as session:
                done = session.execute_write(lambda transaction: work(_Writing(transaction)))
            self.writes += 1
            return done
        except (Neo4jError, DriverError) as error:
            raise self._named(error) from error

    def close(self) -> None:
        self._closed = True
        self._driver.close()

    def _named(self, error: BaseException) -> BaseException:
        """The error in comity's own words, without anything secret."""
        if isinstance(error, AuthError):
            return WrongPassword(
                f"{self.url} refuses the user or password: set NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        if isinstance(error, IncompleteCommit):
            return StoreUnavailable(
                f"the connection to {self.url} broke before it said whether the change was kept: do it again, what was kept is not doubled"
            )
        if isinstance(error, ConnectionPoolError):
            return StoreBusy(f"all connections to {self.url} are in use: try again later")
        if isinstance(error, _UNREACHABLE):
            return StoreUnavailable(f"no Neo4j server answers at {self.url}: start it, or check the address")
        if isinstance(error, TransientError):
            return StoreBusy(f"Neo4j at {self.url} cannot do it now, try again later: {error.message}")
        if isinstance(error, UnicodeError):  # of a host's name that no network could know
            return InputError(f"the host of {self.url} is no host's name: check the address")
        if isinstance(error, Neo4jError | DriverError):
            return StoreError(f"Neo4j at {self.url}: {error}")
        return error


def neo4j_schema() -> Iterator[str]:
    """The statements that make the constraints and indexes of a comity graph on Neo4j."""
    return schema_statements(
        "CREATE CONSTRAINT comity_{label}_{property} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{property} IS UNIQUE",
        "CREATE INDEX comity_{label}_{property} IF NOT EXISTS FOR (n:{label}) ON (n.{property})",
        "CREATE INDEX comity_{label}_{property} IF NOT EXISTS FOR ()-[t:{label}]-() ON (t.{property})",
    )


class _Writing:
    """A managed transaction of the driver."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def __call__(self, cypher: str, parameters: Mapping[str, Any], /) -> list[Row]:
        result = self._transaction.run(cypher, dict(parameters))
        # What gives no rows is not waited for: the server writes while the next rows are made. Its faults come with the next
        # query, or with the commit.
        return [_row(record) for record in result] if result.keys() else []

    def delete_ties(self, label: str, facts: Sequence[str]) -> None:
        self(
            f"UNWIND $facts AS fact MATCH ()-[t:{label} {{fact: fact}}]->() DELETE t", {"facts": list(facts)}
        )


def _explained(transaction: neo4j.Transaction, cypher: str, given: dict[str, Any]) -> neo4j.ResultSummary:
    """The plan of a query that somebody typed."""
    try:
        return transaction.run("EXPLAIN " + cypher, given).consume()
    except DatabaseError as error:
        # No data were read yet: what broke in the server is its parser or planner, over this text (`UNWIND $x // AS y`, up to 5.26 at least).
        if "UnknownError" not in (error.code or ""):
            raise
        raise QueryError(f"Neo4j cannot make sense of this Cypher, and fails with: {error.message}") from None


def _asking_error(error: Exception, limits: Limits) -> ComityError | None:
    code = getattr(error, "code", None) or ""
    if "TransactionTimedOut" in code or "TransactionTerminated" in code:
        return out_of_time(limits.seconds)
    if "OutOfMemory" in code:
        return QueryLimit("the query needs more memory than the server gives it: ask for less")
    if "AccessMode" in code or "Forbidden" in code:
        return UnsafeQuery("this Cypher would write; only reading is allowed here")
    if isinstance(error, ClientError) and ".Statement." in code:
        return QueryError(f"this Cypher cannot be run: {error.message}")
    return None


def _row(record: neo4j.Record) -> Row:
    return {name: _plain(value) for name, value in record.items()}  # type: ignore[no-untyped-call]


def _plain(value: Any) -> Any:
    """A value of the driver as a plain Python one."""
    if isinstance(value, str):  # as most are
        return value
    if isinstance(value, neo4j.time.Date):
        return date(value.year, value.month, value.day)
    if isinstance(value, neo4j.time.DateTime):
        return value.to_native().isoformat()
    if isinstance(value, neo4j.time.Time | neo4j.time.Duration):
        return value.iso_format()
    if isinstance(value, Node):
        return {"label": next(iter(value.labels), ""), **_properties(value)}
    if isinstance(value, Relationship):
        return {"label": value.type, **_properties(value)}
    if isinstance(value, Path):
        return [_plain(part) for part in _alternating(value)]
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


def _properties(entity: Node | Relationship) -> Row:
    return {name: _plain(entity[name]) for name in sorted(entity)}


def _alternating(path: Path) -> list[Node | Relationship]:
    parts: list[Node | Relationship] = [path.nodes[0]]
    for edge, node in zip(path.relationships, path.nodes[1:], strict=True):
        parts += [edge, node]
    return parts
