"""The pages as people meet them: a server with the bundled dossiers, read over HTTP and in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.keys import Keys, Role
from comity.service.settings import ServiceSettings
from tests.conftest import opened_bundled, with_dossiers
from tests.servers.application import served


class AskedBy:
    """Sends a key of Ada Lovelace's with every request to the application: one of this role, or none."""

    def __init__(self, app: FastAPI, role: str) -> None:
        keys: Keys = app.state.keys
        key = keys.add("Ada Lovelace", Role.parse(role))[1] if role else ""
        self._app = app
        self._headers = [(b"authorization", f"Bearer {key}".encode())] if key else []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "headers": [*scope["headers"], *self._headers]}
        await self._app(scope, receive, send)


@pytest.fixture(scope="session")
def dossiers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with the bundled dossiers, for what only reads."""
    with opened_bundled("embedded", request, tmp_path_factory) as store:
        yield store


@pytest.fixture(scope="session")
def reading(dossiers: Store) -> Iterator[TestClient]:
    """A client of the service of that store, without rights."""
    with TestClient(
        create_app(dossiers, ServiceSettings(freshness=0)), headers={"Accept": "text/html"}
    ) as client:
        yield client


@pytest.fixture(scope="session")
def site(dossiers: Store) -> Iterator[str]:
    """The address of a server of that store."""
    with served(create_app(dossiers, ServiceSettings(freshness=0))) as address:
        yield address


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[Store]:
    """An embedded store with a bundled dossier for one test, which may write."""
    with open_store(str(tmp_path / "store"), create=True) as store:
        yield with_dossiers(store, "japan-europe")


def client_of(store: Store, role: str) -> TestClient:
    """A client of a service of the store for a person of this role."""
    asked_by = AskedBy(create_app(store, ServiceSettings(freshness=0)), role)
    return TestClient(asked_by, headers={"Accept": "text/html"}, follow_redirects=False)
