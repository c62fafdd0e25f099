"""The store of these tests: once on each engine, and once on a Neo4j that has Graph Data Science."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.graph.stores import Store, open_store
from tests.conftest import emptied
from tests.servers.neo4j import Server


@pytest.fixture(
    params=[
        "embedded",
        pytest.param("neo4j", marks=pytest.mark.neo4j),
        pytest.param("gds", marks=pytest.mark.neo4j),
    ]
)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty open store."""
    if request.param == "embedded":
        with open_store(str(tmp_path / "store")) as opened:
            yield opened
        return
    server: Server = request.getfixturevalue(f"{request.param}_server")
    emptied(server)
    with open_store(server.uri, auth=server.auth) as opened:
        yield opened


@pytest.fixture
def gds_store(gds_server: Server) -> Iterator[Store]:
    """An empty open store on a Neo4j that has Graph Data Science."""
    emptied(gds_server)
    with open_store(gds_server.uri, auth=gds_server.auth) as opened:
        yield opened
