"""A store that is only read."""

import pytest

from comity.graph.errors import ComityError, StoreError
from comity.graph.loading import load
from comity.graph.stores.base import Store
from comity.graph.stores.read_only import ReadOnly
from comity.loaders.dossier import open_bundled

WRITING = (
    "CREATE (n:Country {id: 'ATL'}) RETURN n",
    "MATCH (n:Country) SET n.name = 'Atlantis' RETURN n",
    "MATCH (n) DETACH DELETE n",
    "MERGE (c:Comity {id: 'comity'}) SET c.revision = '0' RETURN c",
)


@pytest.fixture
def reading(store: Store) -> ReadOnly:
    load(store, open_bundled("japan-europe").reading())
    return ReadOnly(store)


def test_it_reads_what_the_store_holds(store: Store, reading: ReadOnly) -> None:
    query = "MATCH (f:Fact) RETURN count(f) AS n"
    assert reading.read(query) == reading.ask(query) == list(reading.stream(query)) == [{"n": 21}]
    assert reading.revision() == store.revision()
    assert (reading.url, reading.engine) == (store.url, store.engine)
    reading.close()
    assert store.read(query) == [{"n": 21}]


def test_nothing_of_it_writes(store: Store, reading: ReadOnly) -> None:
    before = store.read("MATCH (n) RETURN count(n) AS n"), store.revision()
    for query in WRITING:
        with pytest.raises(ComityError):
            reading.read(query)
        with pytest.raises(ComityError):
            reading.ask(query)
        with pytest.raises(ComityError):
            list(reading.stream(query))
    with pytest.raises(StoreError, match="reading only"):
        reading.write(lambda run: run(WRITING[0], {}))
    with pytest.raises(StoreError, match="reading only"):
        reading.ensure_schema()
    assert (store.read("MATCH (n) RETURN count(n) AS n"), store.revision()) == before
