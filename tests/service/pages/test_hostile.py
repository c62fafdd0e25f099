"""What sources say may be anything: it stays text, its addresses lead only to the web, and strange ids have pages of their own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from comity.graph.loading import load
from comity.graph.stores import open_store
from comity.service.app import create_app
from comity.service.pages.links import Links
from comity.service.settings import ServiceSettings
from tests.graph.facts import reading, stated

SCRIPT = "<script>alert(1)</script>"
FACTS = ("a/b", "a/b/c", "ä ö?#&=+", "50%2F", 'quo"ted', "x@y~z,w")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the service of a graph of hostile facts."""
    told = [
        replace(
            stated(name, "JPN GBR", ["signed 2001-01-01"], location=SCRIPT, summary='"><img src=x onerror=alert(1)>'),
            titles=(f"{SCRIPT} {name}",), words=f"{SCRIPT} said the source",
        )
        for name in FACTS
    ]  # fmt: skip
    read = reading(told)
    sources = tuple(
        replace(source, url="javascript:alert(1)", title=SCRIPT, publisher="{{ 7 * 7 }}")
        for source in read.sources
    )
    folder: Path = tmp_path_factory.mktemp("hostile") / "store"
    with open_store(str(folder)) as store:
        load(store, replace(read, sources=sources))
        with TestClient(create_app(store, ServiceSettings(freshness=0))) as client:
            yield client


@pytest.mark.parametrize("name", FACTS)
def test_a_strange_id_has_its_own_page(client: TestClient, name: str) -> None:
    answer = client.get(Links().fact(f"test:{name}"))
    assert answer.status_code == 200
    assert answer.text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 3
    assert "<script" not in answer.text and "<img" not in answer.text
    assert 'href="javascript' not in answer.text


def test_no_page_runs_what_a_source_says(client: TestClient) -> None:
    for address in (
        "/", "/search?q=script", "/actors/JPN", "/dyads/JPN/GBR", Links().source("test:a"), "/sources",
        f"/facts/{SCRIPT}", f"/rankings/degree?source={SCRIPT}", f"/queries/partners?actor={SCRIPT}",
    ):  # fmt: skip
        text = client.get(address, headers={"Accept": "text/html"}).text
        assert "<script" not in text and "<img" not in text and 'href="javascript' not in text, address
    assert "{{ 7 * 7 }}" in client.get(Links().source("test:a")).text


def test_pages_of_ids_that_differ_in_a_slash_are_not_mixed_up(client: TestClient) -> None:
    assert client.get("/dyads/JPN/GBR").status_code == 200
    assert client.get("/dyads/JPN%2FGBR").status_code == 400
