"""The pages of a Neo4j server are those of a folder: the same facts give the same bytes."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.settings import ServiceSettings
from tests.conftest import with_dossiers
from tests.servers.neo4j import Server

pytestmark = pytest.mark.neo4j

SAME = (
    "/search?q=japan", "/actors/JPN?as_of=2017-01-31", "/dyads/JPN/GBR?as_of=2017-01-31", "/sources",
    "/sources/japan-europe:article", "/rankings/betweenness?as_of=2016-12-31&type=all", "/queries/partners?actor=JPN&day=2017-01-31",
    "/map?as_of=2016-12-31&type=all",
)  # fmt: skip

LIKE = ("/", "/facts/japan-europe:guardian-north-16")
"""Pages that tell when something was loaded."""


@pytest.fixture
def on_server(empty_neo4j: Server) -> Iterator[TestClient]:
    """A client of the service of a Neo4j server with a bundled dossier."""
    with (
        open_store(empty_neo4j.uri, auth=empty_neo4j.auth) as store,
        TestClient(create_app(with_dossiers(store, "japan-europe"), ServiceSettings(freshness=0))) as client,
    ):
        yield client


def test_the_pages_are_the_same(on_server: TestClient, own_store: Store) -> None:
    folder = TestClient(create_app(own_store, ServiceSettings(freshness=0)))
    for address in SAME:
        answer = on_server.get(address)
        assert answer.status_code == 200, address
        assert answer.content == folder.get(address).content, address
    for address in LIKE:
        assert on_server.get(address).status_code == 200, address
