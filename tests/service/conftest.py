"""The service as its users meet it: a real store with facts, asked by HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.keys import Keys
from comity.service.settings import ServiceSettings
from tests.conftest import ON_EACH, emptied, opened_bundled, with_dossiers
from tests.servers.neo4j import Server


@dataclass(frozen=True, slots=True)
class Reading:
    """A store that is only read, and a client of its service."""

    store: Store
    client: TestClient


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """Where the keys of a test are, which are none."""
    return tmp_path / "config" / "keys.sqlite"


@pytest.fixture(autouse=True)
def own_configuration(key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a developer's keys and settings out of the tests."""
    monkeypatch.setenv("COMITY_SERVE_KEYS", str(key_file))
    monkeypatch.setattr("comity.service.settings._OWN_FOLDER", key_file.parent)


@pytest.fixture
def keys(key_file: Path) -> Iterator[Keys]:
    """The file of keys."""
    opened = Keys(key_file)
    yield opened
    opened.close()


@pytest.fixture
def client(bundled_store: Store) -> Iterator[TestClient]:
    """A client of the service of a store with the bundled dossiers, once on each engine."""
    with TestClient(create_app(bundled_store, ServiceSettings(freshness=0))) as client:
        yield client


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with a bundled dossier, made once: for tests that do not write."""
    with open_store(str(tmp_path_factory.mktemp("kept") / "store")) as store:
        yield with_dossiers(store, "japan-europe")


@pytest.fixture(scope="module", params=ON_EACH)
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """The same for tests that change nothing: one store for all of a module, once on each engine."""
    with (
        opened_bundled(request.param, request, tmp_path_factory) as store,
        TestClient(create_app(store, ServiceSettings())) as client,
    ):
        yield Reading(store, client)


@pytest.fixture(scope="module", params=ON_EACH)
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """The same with one small dossier, where there is much to be asked."""
    with (
        opened_empty(request, tmp_path_factory) as store,
        TestClient(create_app(with_dossiers(store, "japan-europe"), ServiceSettings())) as client,
    ):
        yield Reading(store, client)


def opened_empty(request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> Store:
    """An empty store of the engine that is the fixture's parameter."""
    if request.param == "embedded":
        return open_store(str(folders.mktemp("reading") / "store"))
    server: Server = emptied(request.getfixturevalue("neo4j_server"))
    return open_store(server.uri, auth=server.auth)
