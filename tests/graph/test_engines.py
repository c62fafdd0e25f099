"""What the contract of the stores leaves open: threads, addresses, other people's databases, ends and limits."""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from comity.graph.errors import InputError, NotAStore, QueryLimit, StoreError, StoreLocked
from comity.graph.loading import load
from comity.graph.stores import Limits, Store, open_store
from comity.graph.stores.base import INDEXED
from tests.graph.facts import reading, stated
from tests.servers.neo4j import Server

# One expression, in which the embedded engine does not look at the time: about half a minute's work.
ENDLESS = "RETURN size(reduce(s = '', x IN range(1, 1000000) | s + 'x')) AS n"


@pytest.mark.parametrize(
    "address",
    [
        "bolt://neo4j:s3cret@localhost",
        "bolt://neo4j:s3cret@ho℀st:1",
        "bolt://neo4j:s3cret＠host",
        "bolt://neo4j:s3cret",
        "neo4j:s3cret@bolt://localhost",
        "neo4j:s3cret://localhost",
        "bolt:/neo4j:s3cret@localhost:7687",
        "bolt:neo4j:s3cret",
        "BOLT+S:/localhost/s3cret",
        "neo4j:s3cret@localhost",
        "someone:s3cret@localhost",
        "./someone:s3cret@localhost:7687",
        "bolt://[::1",
        "bolt://localhost:abc",
        "bolt://localhost:0",
        "bolt://localhost:70000",
        "bolt://",
        "bolt://:7687",
        "bolt://h?x=s3cret",
        "bolt://h?x=1#y",
        "bolt://h#s3cret",
        "bolt://two hosts",
        "http:/localhost:7474",
        f"bolt://{'h' * 300}:7687",
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_an_address_that_cannot_be_is_refused_and_not_repeated(
    address: str, create: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as refusal:
        open_store(address, create=create)
    shown: BaseException | None = refusal.value
    while shown is not None:
        assert "s3cret" not in str(shown)
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["C:\\x", "C:\\me@home", "a:b", "me@home", "bolt", "notes-2016"])
def test_an_unusual_folder_is_a_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(name) as store:
        assert store.url == name
        assert (tmp_path / name).is_dir()


def test_a_closed_store_says_so(store: Store) -> None:
    load(store, reading([stated("entente", "FRA RUS", ["signed 1892"])]))
    store.close()
    store.close()
    for call in (
        lambda: store.read("RETURN 1 AS n"),
        lambda: store.ask("RETURN 1 AS n"),
        lambda: store.write(lambda run: run("RETURN 1 AS n", {})),
        store.revision,
        store.ensure_schema,
    ):
        with pytest.raises(StoreError, match=r"^this store is closed$"):
            call()


def test_what_retracting_looks_up_is_indexed() -> None:
    assert ("Statement", "source") in INDEXED


# ----------------------------------------------------------------------------------------------- embedded


def test_readers_never_see_half_a_commit(tmp_path: Path) -> None:
    # Not promised on Neo4j, whose queries see what others commit while they run.
    many = [stated(f"pact-{n}", "FRA GBR RUS", ["in_force 1900/1914"]) for n in range(40)]
    few = many[:2]
    query = "MATCH (f:Fact) OPTIONAL MATCH (f)-[p:PARTY]-() WITH f, count(p) AS parties RETURN parties, count(f) AS facts"
    done = threading.Event()
    seen: set[tuple[tuple[int, int], ...]] = set()

    def look(store: Store) -> None:
        while not done.is_set():
            for rows in (store.read(query), store.ask(query)):
                seen.add(tuple((row["parties"], row["facts"]) for row in rows))

    with open_store(str(tmp_path / "store")) as store, ThreadPoolExecutor(2) as threads:
        load(store, reading(few))
        lookers = [threads.submit(look, store) for _ in range(2)]
        try:
            for _ in range(10):
                load(store, reading(many))
                load(store, reading(few))
        finally:
            done.set()
        for looker in lookers:
            looker.result()
    assert seen <= {((3, 40),), ((3, 2),)}


def test_the_same_folder_twice_in_one_process(tmp_path: Path) -> None:
    with (
        open_store(str(tmp_path / "store")) as store,
        pytest.raises(StoreLocked, match="open already in this process"),
    ):
        open_store(store.url)


def test_a_query_that_cannot_be_ended_is_given_up(tmp_path: Path) -> None:
    # In a process of its own: what was given up runs on there, and must keep neither the store nor the process open.
    script = f"""if True:
        import sys, time
        from comity.graph.errors import QueryLimit, StoreBusy
        from comity.graph.stores import Limits, open_store
        with open_store(sys.argv[1]) as store:
            for expected in (QueryLimit, QueryLimit, StoreBusy):
                begun = time.monotonic()
                try:
                    store.ask({ENDLESS!r}, limits=Limits(seconds=0.5))
                except expected as error:
                    print(type(error).__name__, flush=True)
                assert time.monotonic() - begun < 8
            store.write(lambda run: run("CREATE (l:Load {{id: 'x'}})", {{}}))
            print(store.read("MATCH (l:Load) RETURN count(l) AS n"))
        """
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["QueryLimit", "QueryLimit", "StoreBusy", "[{'n': 1}]"]
    assert time.monotonic() - begun < 30


def test_other_reads_go_on_while_a_query_takes_its_time(tmp_path: Path) -> None:
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(a) AS n"
    with open_store(str(tmp_path / "store")) as store, ThreadPoolExecutor(1) as threads:
        asked = threads.submit(store.ask, slow, None, Limits(seconds=3))
        assert store.read("RETURN 1 AS n") == [{"n": 1}]
        assert not asked.done()
        with pytest.raises(QueryLimit, match="longer than 3 seconds"):
            asked.result()
        assert store.ask("RETURN 1 AS n") == [{"n": 1}]


def test_the_limit_of_one_query_is_none_of_others(tmp_path: Path) -> None:
    slow = "UNWIND range(1, 30000) AS a WITH a WHERE a % 3 = 0 RETURN count(a) AS n"
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 1000) AS b WITH a WHERE a < 0 RETURN count(a) AS n"
    )
    with open_store(str(tmp_path / "store")) as store, ThreadPoolExecutor(2) as threads:
        done = threading.Event()

        def look() -> int:
            times = 0
            while not done.is_set():
                assert store.read(slow) == list(store.stream(slow)) == [{"n": 10_000}]
                times += 1
            return times

        lookers = [threads.submit(look) for _ in range(2)]
        try:
            for _ in range(20):
                with pytest.raises(QueryLimit, match=r"longer than 0\.01 seconds"):
                    store.ask(endless, limits=Limits(seconds=0.01))
        finally:
            done.set()
        assert all(looker.result() for looker in lookers)


def test_the_shortest_limit_is_one(tmp_path: Path) -> None:
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(a) AS n"
    )
    with open_store(str(tmp_path / "store")) as store:
        for _ in range(3):  # more than may run on
            with pytest.raises(QueryLimit):
                store.ask(endless, limits=Limits(seconds=1e-9))
        assert store.ask("RETURN 1 AS n") == [{"n": 1}]


def test_a_crash_leaves_nothing_in_the_working_directory(tmp_path: Path) -> None:
    script = """if True:
        import sys
        from comity.graph.stores import open_store
        with open_store(sys.argv[1]):
            import jpype
            options = jpype.JClass("java.lang.management.ManagementFactory").getRuntimeMXBean().getInputArguments()
            print([str(one) for one in options if "ErrorFile" in str(one)][-1])
        """
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store")],
        capture_output=True, text=True, check=True, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.strip() == f"-XX:ErrorFile={Path(tempfile.gettempdir()) / 'comity-jvm-%p.log'}"


# -------------------------------------------------------------------------------------------------- Neo4j


@pytest.fixture
def driver(empty_neo4j: Server) -> Iterator[Driver]:
    """Somebody else at the same, empty server."""
    with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j.auth) as driver:
        yield driver
        driver.execute_query("MATCH (n) DETACH DELETE n")


@pytest.mark.neo4j
def test_somebody_elses_database_is_left_alone(empty_neo4j: Server, driver: Driver) -> None:
    for constraint in driver.execute_query("SHOW CONSTRAINTS YIELD name").records:
        driver.execute_query(f"DROP CONSTRAINT `{constraint['name']}`")
    driver.execute_query("CREATE (:Country {name: 'France'})")
    for create in (True, False):
        with pytest.raises(NotAStore, match="use an empty database"):
            open_store(empty_neo4j.uri, auth=empty_neo4j.auth, create=create)
    assert driver.execute_query("SHOW CONSTRAINTS YIELD name").records == []
    assert len(driver.execute_query("MATCH (n) RETURN n").records) == 1


@pytest.mark.neo4j
def test_an_empty_server_holds_no_store_until_something_is_loaded(
    empty_neo4j: Server, driver: Driver
) -> None:
    def reopen() -> Store:
        return open_store(empty_neo4j.uri, auth=empty_neo4j.auth, create=False)

    with pytest.raises(NotAStore, match=f"^there is no store at {empty_neo4j.uri}: load something first"):
        reopen()
    with open_store(empty_neo4j.uri, auth=empty_neo4j.auth) as store:
        with pytest.raises(NotAStore, match="load something first"):
            reopen()
        report = load(store, reading([stated("entente", "FRA RUS", ["signed 1892"])]))
    with reopen() as store:
        assert store.revision() == report.revision


@pytest.mark.neo4j
def test_sessions_share_their_bookmarks(empty_neo4j: Server) -> None:
    # One server cannot show a stale read, so what a cluster would wait for is looked at instead.
    with open_store(empty_neo4j.uri, auth=empty_neo4j.auth) as store:
        load(store, reading([stated("entente", "FRA RUS", ["signed 1892"])]))
        bookmarks = set(store._bookmarks.get_bookmarks())  # type: ignore[attr-defined]
        assert bookmarks
        load(store, reading([stated("cordiale", "FRA GBR", ["signed 1904"])]))
        assert set(store._bookmarks.get_bookmarks()) != bookmarks  # type: ignore[attr-defined]
