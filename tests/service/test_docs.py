"""What docs/service.md shows is answered."""

import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from comity.graph.stores import open_store
from comity.service.app import create_app
from comity.service.keys import Keys, Role
from comity.service.settings import ServiceSettings

_DOCS = Path(__file__).parents[2] / "docs" / "service.md"


@pytest.fixture
def client(bundled_folder: Path) -> Iterator[TestClient]:
    """A client of the service of an embedded store with the bundled dossiers."""
    with open_store(str(bundled_folder)) as store, TestClient(create_app(store, ServiceSettings())) as client:
        yield client


def test_every_example_of_the_docs_is_answered(client: TestClient) -> None:
    """On one engine: that each operation answers on both is the matter of `test_openapi.py`, and that both answer alike of `cli/test_same_on_both.py`."""
    if not _DOCS.is_file():
        pytest.skip("the docs are not here: this is an installed copy")
    text = _DOCS.read_text(encoding="utf-8")
    shown = re.findall(r"curl 'localhost:8000(/[^']*)'", text)
    shown += re.findall(r'"http://localhost:8000(/[^"]*)"', text)
    assert len(shown) > 40
    for address in shown:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])


def test_every_load_of_the_docs_is_done(tmp_path: Path, keys: Keys) -> None:
    if not _DOCS.is_file():
        pytest.skip("the docs are not here: this is an installed copy")
    shown = re.findall(r'curl -H "X-API-Key: \$KEY" (.*-F .*)', _DOCS.read_text(encoding="utf-8"))
    table = _DOCS.with_name("table.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", table, re.DOTALL))
    key = keys.add("Mori", Role.EDITOR)[1]
    answers = []
    with (
        open_store(str(tmp_path / "store")) as store,
        TestClient(create_app(store, ServiceSettings())) as client,
    ):
        for words in map(shlex.split, shown):
            headers = dict(given.split(": ") for name, given in pairwise(words) if name == "-H")
            named = [given.removeprefix("file=@") for name, given in pairwise(words) if name == "-F"]
            answer = client.post(
                words[-1].removeprefix("localhost:8000"),
                headers={"X-API-Key": key, **headers},
                files=[("file", (name, files[name].encode())) for name in named],
            )
            assert answer.status_code == 200, answer.text
            answers.append(json.loads(answer.text.splitlines()[-1]))
    planned, loaded, again = answers
    assert planned["counts"][0]["added"] == 3
    assert loaded["loads"][0]["stored"] == loaded["loads"][0]["read"] == 4
    assert (again["state"], again["loads"][0]["unchanged"]) == ("done", 4)
