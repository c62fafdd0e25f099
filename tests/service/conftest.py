"""The service as its users meet it: a real store with facts, asked by HTTP."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from comity.graph.loading import load
from comity.graph.stores.base import Store
from comity.loaders.dossier import open_bundled
from comity.service.app import create_app
from comity.service.settings import ServiceSettings


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    """A client of the service of a store with the bundled dossiers, once on each engine."""
    for dossier in ("treaties", "japan-europe"):
        load(store, open_bundled(dossier).reading())
    with TestClient(create_app(store, ServiceSettings(freshness=0))) as client:
        yield client
