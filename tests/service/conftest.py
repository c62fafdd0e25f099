"""The service as its users meet it: a real store with facts, asked by HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from comity.graph.loading import load
from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.loaders.dossier import open_bundled
from comity.service.app import create_app
from comity.service.keys import Keys
from comity.service.settings import ServiceSettings


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
def client(store: Store) -> Iterator[TestClient]:
    """A client of the service of a store with the bundled dossiers, once on each engine."""
    for dossier in ("treaties", "japan-europe"):
        load(store, open_bundled(dossier).reading())
    with TestClient(create_app(store, ServiceSettings(freshness=0))) as client:
        yield client


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with a bundled dossier, made once: for tests that do not write."""
    with open_store(str(tmp_path_factory.mktemp("kept") / "store")) as store:
        load(store, open_bundled("japan-europe").reading())
        yield store
