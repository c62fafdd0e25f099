"""A server that is stopped, slow, silent, full or cut off: no wrong answer, nothing lost or doubled, and it works again by itself."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from comity.graph import comparing
from comity.graph.errors import StoreBusy, StoreUnavailable
from comity.graph.loading import load
from comity.graph.stores import Store, open_store
from comity.graph.stores import neo4j as engine
from comity.graph.stores.base import Transaction
from tests.conftest import lacking
from tests.faults.told import check_whole, pacts
from tests.graph.facts import reading
from tests.servers.neo4j import SOON_STOPPED, Restartable, Server, ServerUnavailable, restartable_neo4j
from tests.servers.proxy import COMMIT, Proxy, proxy_to

pytestmark = pytest.mark.neo4j

TOLD = pacts(60)

SETTINGS = """\
server.bolt.thread_pool_max_size=5
server.bolt.connection_keep_alive=1s
"""
"""Few can be served at a time, and a client takes a server that says nothing for some seconds for gone."""


PATIENCE = 240.0
"""Seconds that a slow machine may take."""


def wait_for(come: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not come():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def proxy(empty_neo4j: Server) -> Iterator[Proxy]:
    with proxy_to(empty_neo4j.uri) as running:
        yield running


@pytest.fixture
def far(proxy: Proxy, empty_neo4j: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that is reached by way of the proxy. It gives up after a second or two."""
    monkeypatch.setattr(engine, "_RETRY_SECONDS", 0.5)
    monkeypatch.setattr(engine, "_CONNECT_SECONDS", 2.0)
    with open_store(proxy.uri, auth=empty_neo4j.auth) as store:
        load(store, reading(TOLD))
        yield store


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restartable]:
    """A server of these tests' own, which they may stop."""
    try:
        with restartable_neo4j(
            tmp_path_factory.mktemp("faults"), settings=SETTINGS + SOON_STOPPED
        ) as running:
            yield running
    except ServerUnavailable as error:
        lacking(str(error))


COUNT = "MATCH (f:Fact) RETURN count(f) AS n"

USES: dict[str, Callable[[Store], Any]] = {
    "read": lambda store: store.read(COUNT),
    "ask": lambda store: store.ask(COUNT),
    "stream": lambda store: list(store.stream(COUNT)),
    "write": lambda store: store.write(lambda run: run(COUNT, {})),
}
ANSWER = [{"n": len(TOLD)}]


def filled_pool(store: Store, connections: int = 4) -> None:
    """Let the store have so many connections, which then wait to be used again."""
    together = threading.Barrier(connections)

    def work(run: Transaction) -> None:
        run("RETURN 1 AS x", {})
        together.wait(30)

    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(lambda _: store.write(work), range(connections)))


@pytest.mark.parametrize("use", USES)
def test_after_a_restart_the_first_use_works(far: Store, proxy: Proxy, use: str) -> None:
    """To a client a restart is that all connections are gone, those that wait to be used again among them."""
    filled_pool(far)
    proxy.cut()
    for _ in range(3):
        assert USES[use](far) == ANSWER


@pytest.mark.parametrize("use", USES)
def test_no_server_is_said_soon_and_forgotten_when_it_is_back(far: Store, proxy: Proxy, use: str) -> None:
    proxy.refusing = True
    proxy.cut()
    started = time.monotonic()
    with pytest.raises(StoreUnavailable, match=r"no Neo4j server answers at .*: start it") as refusal:
        USES[use](far)
    assert refusal.value.transient
    assert time.monotonic() - started < 15
    proxy.refusing = False
    assert USES[use](far) == ANSWER


def test_a_slow_server_is_waited_for(far: Store, proxy: Proxy) -> None:
    proxy.delay = 0.1  # a hundred times what the session's server takes
    for use in USES.values():
        assert use(far) == ANSWER
    assert load(far, reading(TOLD[:50])).retracted == 10
    proxy.delay = 0
    check_whole(far, TOLD[:50])


def test_a_commit_that_is_not_answered_is_not_made_twice(far: Store, proxy: Proxy) -> None:
    proxy.cut_at = COMMIT
    with pytest.raises(StoreUnavailable, match="before it said whether the change was kept: do it again"):
        load(far, reading(pacts(80)))
    assert proxy.cut_at is None
    assert load(far, reading(pacts(80))).stored in (0, 20)
    check_whole(far, pacts(80))


def test_a_load_whose_connection_is_cut_again_and_again(
    far: Store, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "BATCH_STATEMENTS", 20)
    told = pacts(300)
    done = threading.Event()

    def cut() -> None:
        while not done.wait(0.4):
            proxy.cut()

    cutter = threading.Thread(target=cut)
    cutter.start()
    tries = 0
    try:
        while True:
            tries += 1
            if tries == 4:
                done.set()
            try:
                load(far, reading(told, whole=False))
                break
            except (StoreBusy, StoreUnavailable):
                continue
    finally:
        done.set()
        cutter.join()
    check_whole(far, told)


def test_a_stream_that_is_cut_is_no_shorter_answer(far: Store, proxy: Proxy) -> None:
    rows = far.stream("UNWIND range(1, 100000) AS x RETURN x, toString(x) + ' and so on' AS y")
    next(rows)
    proxy.cut()
    with pytest.raises(StoreUnavailable):
        list(rows)
    assert USES["stream"](far) == ANSWER


def test_all_connections_in_use(empty_neo4j: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_CONNECTIONS", 2)
    monkeypatch.setattr(engine, "_WAIT_SECONDS", 0.5)
    with open_store(empty_neo4j.uri, auth=empty_neo4j.auth) as store:
        load(store, reading(TOLD))
        held, free = threading.Barrier(3), threading.Event()

        def hold(run: Transaction) -> None:
            run("RETURN 1 AS x", {})
            held.wait(30)
            free.wait(60)

        with ThreadPoolExecutor(2) as pool:
            holding = [pool.submit(store.write, hold) for _ in range(2)]
            try:
                held.wait(30)
                for use in USES.values():
                    with pytest.raises(StoreBusy, match="are in use: try again later"):
                        use(store)
            finally:
                free.set()
            for one in holding:
                one.result()
        for use in USES.values():
            assert use(store) == ANSWER


def test_stopped_and_started_under_load(own: Restartable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers and a loader go on through it; every answer is right, every refusal is transient, and the load is whole in the end."""
    monkeypatch.setattr(comparing, "BATCH_STATEMENTS", 20)
    told = pacts(200)
    done = threading.Event()
    answers, refusals, faults = [0], [0], []
    with open_store(own.server.uri, auth=own.server.auth) as store:
        load(store, reading(told[:20], whole=False))

        def keep_reading() -> None:
            while not done.wait(0.02):
                try:
                    [row] = store.read(
                        "MATCH (f:Fact) OPTIONAL MATCH (f)-[p:PARTY]->() WITH f, count(p) AS parties "
                        "RETURN count(f) AS facts, min(parties) AS least, max(parties) AS most"
                    )
                    assert (row["least"], row["most"], row["facts"] % 20) == (3, 3, 0), row
                    answers[0] += 1
                except (StoreBusy, StoreUnavailable):
                    refusals[0] += 1
                except BaseException as error:
                    faults.append(error)
                    return

        def keep_loading() -> None:
            while not done.is_set():
                try:
                    load(store, reading(told, whole=False))
                    return
                except (StoreBusy, StoreUnavailable):
                    refusals[0] += 1
                except BaseException as error:
                    faults.append(error)
                    return

        threads = [threading.Thread(target=work) for work in (keep_loading, keep_reading, keep_reading)]
        for thread in threads:
            thread.start()
        wait_for(lambda: answers[0] or faults)
        own.stop()
        # Of what is opened now: the store in use keeps its seven seconds.
        monkeypatch.setattr(engine, "_RETRY_SECONDS", 0.5)
        with pytest.raises(StoreUnavailable, match="no Neo4j server answers"):
            open_store(own.server.uri, auth=own.server.auth)
        own.start()
        threads[0].join(PATIENCE)
        before = answers[0]
        wait_for(lambda: answers[0] > before or faults)
        done.set()
        for thread in threads:
            thread.join()
        assert not faults
        check_whole(store, told)


def test_a_server_that_says_nothing_any_more(own: Restartable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_RETRY_SECONDS", 0.5)
    with proxy_to(own.server.uri) as proxy, open_store(proxy.uri, auth=own.server.auth) as store:
        load(store, reading(TOLD))
        proxy.silent = True
        started = time.monotonic()
        with pytest.raises(StoreUnavailable):
            store.stream(COUNT).__next__()
        assert time.monotonic() - started < 30
        proxy.silent = False
        assert store.read(COUNT) == ANSWER


def test_more_at_a_time_than_the_server_serves(own: Restartable) -> None:
    """What is too much waits or is refused as transient; all is well when there is room again."""
    with open_store(own.server.uri, auth=own.server.auth) as store:
        load(store, reading(TOLD))
        slow = "UNWIND range(1, 3000000) AS x WITH x WHERE x % 7 = 0 WITH count(x) AS n MATCH (f:Fact) RETURN count(f) AS n"

        def use(_: int) -> str:
            try:
                assert store.read(slow) == ANSWER
            except (StoreBusy, StoreUnavailable):
                return "refused"
            return "answered"

        with ThreadPoolExecutor(12) as pool:
            ends = list(pool.map(use, range(12)))
        assert "answered" in ends
        assert store.read(COUNT) == ANSWER
        check_whole(store, TOLD)


def test_no_password_is_in_any_refusal(
    own: Restartable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_RETRY_SECONDS", 0.5)
    with proxy_to(own.server.uri) as proxy:
        proxy.refusing = True
        with pytest.raises(StoreUnavailable) as refusal:
            open_store(proxy.uri, auth=own.server.auth)
        assert own.server.password not in str(refusal.value)
