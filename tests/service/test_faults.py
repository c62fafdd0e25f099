"""What goes wrong around a running service: no wrong answer, nothing lost or doubled, and it comes back without a hand."""

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from comity.graph.loading import load
from comity.graph.stores import open_store
from comity.loaders.dossier import bundled, open_bundled
from comity.service.keys import Keys, Role
from tests.conftest import lacking
from tests.servers.neo4j import SOON_STOPPED, Server, ServerUnavailable, restartable_neo4j
from tests.servers.proxy import Proxy, proxy_to
from tests.service.processes import Service, login, serving

TREATIES = bundled()["treaties"].read_bytes()
DAYS = [f"{year}-12-31" for year in range(2008, 2020)]
YAML = {"Content-Type": "application/yaml"}
ANY_NUMBER = {"COMITY_SERVE_KEY_RATE": "0", "COMITY_SERVE_PUBLIC_RATE": "0"}
"""Whoever asks may ask as often as they like."""


@pytest.fixture
def editor(keys: Keys) -> str:
    """The text of an editor's key."""
    return keys.add("Mori", Role.EDITOR)[1]


def rankings(service: Service, key: str) -> dict[str, Any]:
    """The right answers."""
    with httpx.Client(base_url=service.address, headers={"X-API-Key": key}, timeout=60) as client:
        return {day: _rows(client, day).raise_for_status().json()["rows"] for day in DAYS}


def _rows(client: httpx.Client, day: str) -> httpx.Response:
    return client.get("/api/measures/degree", params={"as_of": day, "type": "all", "source": "japan-europe"})


class Load:
    """Clients that ask all the time, and look at every answer."""

    def __init__(self, service: Service, key: str, right: dict[str, Any], clients: int = 6) -> None:
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.slowest = 0.0
        self.last_good = 0.0
        self._service, self._key, self._right = service, key, right
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(clients)]

    def _ask(self, seed: int) -> None:
        days = random.Random(seed)
        with httpx.Client(
            base_url=self._service.address, headers={"X-API-Key": self._key}, timeout=60
        ) as client:
            while not self._end.is_set():
                day = days.choice(DAYS)
                began = time.monotonic()
                answer = _rows(client, day)
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.statuses[answer.status_code] += 1
                if answer.status_code == 200:
                    self.last_good = time.monotonic()
                    if answer.json()["rows"] != self._right[day]:
                        self.wrong.append(f"another ranking of {day}")
                elif answer.status_code == 503:
                    if "retry-after" not in answer.headers:
                        self.wrong.append("503 without Retry-After")
                    time.sleep(0.1)
                else:
                    self.wrong.append(answer.text)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.neo4j
def test_neo4j_is_stopped_and_started_under_load(tmp_path: Path, key_file: Path, editor: str) -> None:
    with contextlib.ExitStack() as stack:
        try:
            own = stack.enter_context(restartable_neo4j(tmp_path / "neo4j", settings=SOON_STOPPED))
        except ServerUnavailable as error:
            lacking(str(error))
        server = own.server
        with open_store(server.uri, auth=server.auth) as store:
            load(store, open_bundled("japan-europe").reading())
        service = stack.enter_context(serving(server.uri, key_file, ANY_NUMBER | login(server)))
        right = rankings(service, editor)
        with Load(service, editor, right) as clients:
            time.sleep(2)
            own.stop()  # whoever asks
            with ThreadPoolExecutor(1) as pool:
                refused = pool.submit(_ask, service, editor)
                for _ in range(2):
                    assert _send(service, editor).status_code == 503
                    assert httpx.get(f"{service.address}/healthz", timeout=5).status_code == 200
                    assert httpx.get(f"{service.address}/readyz", timeout=10).status_code == 503
                assert refused.result().status_code == 503
            stopped = time.monotonic()
            while (
                503 not in clients.statuses
            ):  # who asks for what is remembered waits for the server a while, and is refused then
                assert time.monotonic() < stopped + 60, clients.statuses
                time.sleep(0.2)
            own.start()
            started = time.monotonic()
            while not (
                clients.last_good > started
                and httpx.get(f"{service.address}/readyz", timeout=30).status_code == 200
            ):
                assert time.monotonic() < started + 60, (
                    f"it did not come back: {clients.statuses}\n{service.logged()[-3000:]}"
                )
                time.sleep(0.2)
            time.sleep(1)
            good = clients.statuses[200]
            stored = _send(service, editor)
            assert stored.status_code == 200, stored.text
            again = _send(service, editor).json()
            assert (again["stored"], again["unchanged"]) == (0, stored.json()["read"])
            time.sleep(2)
            assert clients.statuses[200] > good
            clients._end.set()
            with open_store(server.uri, auth=server.auth) as store:
                assert _doubled(store.read("MATCH (s:Statement) RETURN s.id AS id")) == []
            assert service.end() == 0
    assert clients.wrong == []
    assert set(clients.statuses) == {200, 503}
    assert clients.slowest < 40


def _send(service: Service, key: str) -> httpx.Response:
    return httpx.post(
        f"{service.address}/api/loads", content=TREATIES, headers={"X-API-Key": key, **YAML}, timeout=120
    )


def _ask(service: Service, key: str) -> httpx.Response:
    return httpx.post(
        f"{service.address}/api/cypher",
        json={"query": "RETURN 1 AS x"},
        headers={"X-API-Key": key},
        timeout=60,
    )


def _doubled(rows: list[dict[str, Any]]) -> list[str]:
    return [id for id, number in Counter(row["id"] for row in rows).items() if number > 1]


@pytest.fixture
def slow(empty_neo4j: Server) -> Iterator[Proxy]:
    """A proxy before the session's Neo4j, which holds a dossier."""
    with open_store(empty_neo4j.uri, auth=empty_neo4j.auth) as store:
        load(store, open_bundled("japan-europe").reading())
    with proxy_to(empty_neo4j.uri) as proxy:
        yield proxy


@pytest.mark.neo4j
def test_a_slow_neo4j_slows_only_what_needs_it(
    slow: Proxy, neo4j_server: Server, key_file: Path, editor: str
) -> None:
    environment = {**ANY_NUMBER, **login(neo4j_server), "COMITY_SERVE_AT_ONCE": "12"}
    with serving(slow.uri, key_file, environment) as service:
        right = rankings(service, editor)
        with Load(service, editor, right, clients=20) as clients:
            time.sleep(1)
            slow.hold()
            time.sleep(1)
            began = time.monotonic()
            assert httpx.get(f"{service.address}/healthz", timeout=5).status_code == 200
            assert time.monotonic() - began < 2
            assert httpx.get(f"{service.address}/readyz", timeout=10).status_code == 503
            time.sleep(3)
            slow.release()
            released = time.monotonic()
            while clients.last_good < released:
                assert time.monotonic() < released + 20
                time.sleep(0.1)
            assert httpx.get(f"{service.address}/readyz", timeout=10).status_code == 200
        assert service.end() == 0
    assert clients.wrong == []
    assert set(clients.statuses) == {200, 503}  # 503 for those beyond twelve


def test_comity_is_killed_while_it_loads(
    store_url: str, key_file: Path, editor: str, request: pytest.FixtureRequest
) -> None:
    auth = request.getfixturevalue("neo4j_server").auth if "://" in store_url else None
    with open_store(store_url, auth=auth) as store:
        load(store, open_bundled("japan-europe").reading())
        before = store.revision()
    with open_store(f"{key_file.parent}/whole") as whole:
        load(whole, open_bundled("japan-europe").reading())
        load(whole, open_bundled("treaties").reading())
        after = whole.revision()
    found: set[str] = set()
    for delay in (0.2, 0.8, 1.6):
        with serving(store_url, key_file) as service:
            sending = threading.Thread(target=_send_into_the_void, args=(service, editor))
            sending.start()
            time.sleep(delay)
            service.process.kill()
            service.process.wait()
            sending.join()
        with open_store(store_url, auth=auth) as store:
            found.add(store.revision())
            assert _doubled(store.read("MATCH (s:Statement) RETURN s.id AS id")) == []
    assert found <= {before, after}
    with serving(store_url, key_file) as service:
        done = _send(service, editor)
        assert done.status_code == 200
        assert done.json()["revision"] == after
        assert service.end() == 0


def _send_into_the_void(service: Service, key: str) -> None:
    with contextlib.suppress(httpx.HTTPError):
        _send(service, key)
