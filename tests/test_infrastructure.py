"""The servers and the browser that other tests rely on answer at all."""

from pathlib import Path

import pytest
from neo4j import GraphDatabase
from playwright.sync_api import Page

from tests.servers.neo4j import Server


@pytest.mark.neo4j
def test_neo4j_answers_and_is_empty(empty_neo4j: Server) -> None:
    with GraphDatabase.driver(empty_neo4j.uri, auth=empty_neo4j.auth) as driver:
        records, _, _ = driver.execute_query("MATCH (n) RETURN count(n) AS nodes")
    assert records[0]["nodes"] == 0


@pytest.mark.browser
def test_chromium_shows_a_local_page(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<title>before</title><script>document.title = 'after'</script>", encoding="utf-8")
    page.goto(file.as_uri())
    assert page.title() == "after"
