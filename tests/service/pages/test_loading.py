"""Editors load files from a page: they look first, and nobody else does, nor anybody else's page in their name."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect

from comity.graph.log import read_log
from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.settings import ServiceSettings
from tests.servers.application import served
from tests.service.pages.conftest import AskedBy, client_of
from tests.service.pages.test_browser import faults
from tests.service.test_loading import MAPPING, ROWS, TABLE


def send(client: TestClient, headers: dict[str, str] | None = None, **fields: str) -> Any:
    token = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/loading").text)
    data = {"token": token[1] if token else "", "loader": "table", "do": "load", **fields}
    return client.post("/loading", data=data, files=[("file", file) for file in TABLE], headers=headers)


def test_files_are_looked_at_and_loaded(own_store: Store) -> None:
    client, before = client_of(own_store, "editor"), own_store.revision()
    looked = send(client, do="look")
    assert looked.status_code == 200 and "added <code>pairs:1</code>" in looked.text
    assert own_store.revision() == before
    loaded = send(client)
    assert loaded.status_code == 200 and "row 3" in loaded.text and "XXX" in loaded.text
    (latest, *_) = read_log(own_store)
    assert (latest.action, latest.subject, latest.by) == ("load", "pairs", "Ada Lovelace")
    assert latest.revision == own_store.revision() != before


def test_what_cannot_be_loaded_is_said_on_the_page(dossiers: Store) -> None:
    client, before = client_of(dossiers, "editor"), dossiers.revision()
    for loader, said in {
        "cow": "has no column",
        "nothing": "there is no source",
        "": "there is no source",
    }.items():
        answer = send(client, loader=loader)
        assert answer.status_code in (400, 404) and said in answer.text and "comity-upload" not in answer.text
    assert dossiers.revision() == before


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({"token": ""}, {}),
        ({"token": "0" * 64}, {}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Origin": "https://elsewhere.example"}),
    ],
)
def test_a_strangers_form_loads_nothing(
    dossiers: Store, fields: dict[str, str], headers: dict[str, str]
) -> None:
    client, before = client_of(dossiers, "editor"), dossiers.revision()
    assert send(client, headers, **fields).status_code == 403
    assert dossiers.revision() == before


@pytest.mark.parametrize("role", ["reader", ""])
def test_who_only_reads_has_no_such_page(dossiers: Store, role: str) -> None:
    client, before = client_of(dossiers, role), dossiers.revision()
    assert client.get("/loading").status_code == 403
    assert send(client).status_code == (403 if role else 401)
    assert "/loading" not in client.get("/").text
    assert dossiers.revision() == before


@pytest.mark.browser
def test_in_a_browser(browser: Browser, own_store: Store, tmp_path: Path) -> None:
    """Chosen and sent as people do it, on a telephone, and no fault for who cannot see."""
    names = {"pairs.csv": ROWS, "pairs.yaml": MAPPING}
    for name, content in names.items():
        (tmp_path / name).write_bytes(content)
    asked = AskedBy(create_app(own_store, ServiceSettings(freshness=0)), "editor")
    with served(asked) as address, browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("link", name="Load").click()
        for button, heading in {
            "See what it would change": "What loading would change",
            "Load them": "What has been loaded",
        }.items():
            page.get_by_label("What they are").select_option("table")
            page.get_by_label("The files").set_input_files([tmp_path / name for name in names])
            page.get_by_role("button", name=button).click()
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert read_log(own_store)[0].subject == "pairs"
