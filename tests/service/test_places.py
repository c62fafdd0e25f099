"""What takes long: few at the same time, each within its time, ended when whoever asked goes away, and nothing of it stays behind."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from comity.graph.errors import NobodyWaits, QueryLimit
from comity.graph.slices import Question, history_of, take
from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.graph.stores.stopping import Stop, heeding
from comity.queries.asking import question_of
from comity.queries.communities import communities
from comity.queries.differences import difference
from comity.queries.doubt.ranges import doubt
from comity.queries.engines import engine_of
from comity.queries.import_files import export_import_files
from comity.queries.measures import measure_of
from comity.queries.panels import panel
from comity.queries.ranking import rank
from comity.queries.significance import significance_of
from comity.queries.yearly import Shape, yearly
from comity.service.app import create_app
from comity.service.places import Work
from comity.service.settings import ServiceSettings
from tests.conftest import with_dossiers
from tests.servers.application import served

LONG = "/api/significance/modularity?as_of=2016-12-31&samples=999"
"""Many seconds, on any machine."""

EXPORT = "/api/exports/neo4j-import"

UNSENT = 4096
"""Bytes that a server keeps of what nobody takes: few, so that it soon waits for whoever asked."""


def wait_until(true: Callable[[], object], seconds: float = 8) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def treaties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A graph that is large enough for work to be long."""
    with open_store(str(tmp_path_factory.mktemp("treaties") / "store")) as store:
        yield with_dossiers(store, "treaties")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("sort", "paths"),
    [
        ("exporting", [EXPORT]),
        (
            "computing",
            [
                "/api/measures/degree?as_of=2016-12-31&doubt=true", "/api/panel?from=2015&to=2016", "/api/map?doubt=true", "/api/structure",
                "/api/tables/dyad-year", "/api/communities", "/api/significance/modularity", "/api/why/JPN", "/api/audit", "/api/history",
                "/api/similarity", "/api/queries/degree/answer", "/rankings/degree", "/map", "/queries/degree?run=1",
            ],
        ),
    ],
)  # fmt: skip
def test_who_finds_no_place_is_told_to_come_again(treaties: Store, sort: str, paths: list[str]) -> None:
    app = create_app(treaties, ServiceSettings(compute_at_once=1, public_rate=0))
    client, work = TestClient(app), app.state.work
    with getattr(work, sort).place():
        for path in paths:
            refused = client.get(path)
            assert refused.status_code == 503, path
            assert refused.headers["content-type"] == "application/problem+json"
            assert refused.json()["type"] == "urn:comity:Occupied"
            assert "at the same time" in refused.json()["detail"]
            assert int(refused.headers["retry-after"]) > 0
        # What takes no time goes on, and so does the other sort of work.
        assert client.get("/api/measures/degree?as_of=2016-12-31").status_code == 200
    assert getattr(work, sort).free == 1


def test_what_is_known_already_takes_no_place(treaties: Store) -> None:
    app = create_app(treaties, ServiceSettings(compute_at_once=1))
    client = TestClient(app)
    paths = ["/api/structure?as_of=2016-12-31", "/rankings/degree?as_of=2016-12-31"]
    before = [client.get(path).content for path in paths]
    with app.state.work.computing.place():
        assert [client.get(path).content for path in paths] == before


def test_what_takes_too_long_is_ended_and_says_so(treaties: Store) -> None:
    client = TestClient(create_app(treaties, ServiceSettings(compute_seconds=0.5)))
    began = time.monotonic()
    ended = client.get(LONG)
    assert ended.status_code == 422
    assert "longer than 0.5 seconds" in ended.json()["detail"]
    assert time.monotonic() - began < 8
    assert client.get("/api/structure?as_of=2016-12-31").status_code in (
        200,
        422,
    )  # it has its own half second


def test_a_question_for_which_cypher_takes_far_longer_than_its_measure_is_refused(treaties: Store) -> None:
    client = TestClient(create_app(treaties, ServiceSettings()))
    began = time.monotonic()
    for path, instead in [
        ("/api/queries/betweenness/answer", "/api/measures/betweenness"),
        ("/queries/betweenness", "/rankings/betweenness"),
    ]:
        refused = client.get(path, params={"types": "none", "day": "2016-12-31"})
        assert (refused.status_code, instead in refused.text) == (422, True)
        few = client.get(path, params={"types": "none", "day": "1900-01-01"})
        assert few.status_code == 200
    assert time.monotonic() - began < 8


def test_who_leaves_frees_the_place_unless_others_wait(treaties: Store) -> None:
    app = create_app(treaties, ServiceSettings(compute_at_once=1))
    computing = app.state.work.computing
    with served(app, unsent=UNSENT) as address:
        with asking(address, LONG):
            wait_until(lambda: not computing.free, 30)
        wait_until(lambda: computing.free == 1, 30)
        shared, answers = LONG.replace("999", "50"), []
        other = threading.Thread(target=lambda: answers.append(httpx.get(address + shared, timeout=90)))
        with asking(address, shared):
            wait_until(lambda: not computing.free, 30)
            other.start()
            time.sleep(1)
        other.join()
        assert [answer.status_code for answer in answers] == [200]


@contextmanager
def asking(address: str, path: str) -> Iterator[None]:
    """A client that asks and goes away at the end of the block, whether it was answered or not."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: */*\r\n\r\n".encode())
        yield


def test_an_export_leaves_nothing_behind(treaties: Store, temporary: Path) -> None:
    app = create_app(treaties, ServiceSettings())
    work: Work = app.state.work
    with served(app, unsent=UNSENT) as address:
        with httpx.stream("GET", address + EXPORT, timeout=60) as answer:
            assert answer.status_code == 200
            assert httpx.get(address + EXPORT, timeout=60).status_code == 503  # the first is still being sent
            assert list(temporary.iterdir()) != []
        wait_until(lambda: work.exporting.free)
        assert list(temporary.iterdir()) == []


def test_an_export_that_nobody_takes_is_cut_off(treaties: Store, temporary: Path) -> None:
    app = create_app(treaties, ServiceSettings(export_seconds=10))
    with served(app, unsent=UNSENT) as address, httpx.stream("GET", address + EXPORT, timeout=60):
        assert not app.state.work.exporting.free
        wait_until(lambda: app.state.work.exporting.free, 20)
        assert list(temporary.iterdir()) == []


def computations(store: Store, folder: Path) -> dict[str, Callable[[], Any]]:
    """Everything that goes on for long, each by itself."""
    question: Question = question_of("2016-12-31")
    slice, history = take(store, question), history_of(store, question)
    betweenness = measure_of("betweenness")
    return {
        "facts": lambda: take(store, question),
        "panel": lambda: panel(history, question, [betweenness], 2010, 2016),
        "doubt": lambda: doubt(store, question, betweenness),
        "fast": lambda: rank(slice, betweenness, engine_of("fast", store)),
        "significance": lambda: significance_of(slice, "modularity"),
        "communities": lambda: communities(slice),
        "difference": lambda: difference(slice, slice, betweenness),
        "table": lambda: yearly(history, question, Shape("dyad-year", 2010, 2016, "cow", True)),
        "export": lambda: export_import_files(store, folder / "graph"),
    }


def test_every_computation_ends_when_it_is_told_to(treaties: Store, tmp_path: Path) -> None:
    for name, compute in computations(treaties, tmp_path).items():
        stop = Stop()
        stop.tell()
        with heeding(stop), pytest.raises(NobodyWaits):
            compute()
            raise AssertionError(f"{name} was not ended")
        with heeding(Stop(0)), pytest.raises(QueryLimit, match="longer than 0 seconds"):
            compute()
    assert list(tmp_path.iterdir()) == []
