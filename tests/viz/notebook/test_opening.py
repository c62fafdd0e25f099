"""`comity.open`: the store that the command line would take, opened for code."""

from pathlib import Path

import pytest

import comity
from comity.graph.errors import NotAStore, StoreError
from comity.graph.loading import load
from comity.graph.stores import open_store
from tests.queries.alliances import alliances_1914


@pytest.fixture
def loaded(store_url: str, request: pytest.FixtureRequest) -> str:
    auth = request.getfixturevalue("empty_neo4j").auth if "://" in store_url else None
    with open_store(store_url, auth=auth) as store:
        load(store, alliances_1914())
    return store_url


def test_a_named_store_and_the_default_are_the_same(loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with comity.open(loaded) as graph:
        named = graph.slice("1914-07-28").rank("degree").found
    monkeypatch.setenv("COMITY_STORE", loaded)
    with comity.open() as graph:
        assert graph.slice("1914-07-28").rank("degree").found == named


def test_a_path_is_taken_and_what_was_read_outlives_the_store(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        load(store, alliances_1914())
    with comity.open(tmp_path / "store") as graph:
        view, panel = graph.slice("1914-07-28"), graph.panel("degree", 1914, 1914)
    assert view.rank("degree", doubt=True)[0].value == 3
    assert "Germany" in panel.plot(actors=["DEU"]).svg()
    with pytest.raises(StoreError, match="closed"):
        view.map()


def test_where_nothing_was_loaded_the_remedy_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotAStore, match="comity load"):
        comity.open(tmp_path / "nothing")
