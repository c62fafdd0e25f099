"""Editing over HTTP: the library's own functions, under the name on the key, one at a time, and the same twice changes nothing."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from comity.graph.loading import load
from comity.graph.stores.base import Store
from comity.loaders.dossier import bundled, open_bundled
from comity.service.app import create_app
from comity.service.keys import Keys, Role
from comity.service.settings import ServiceSettings

TREATIES = bundled()["treaties"].read_bytes()
SMALL = """\
dossier: small
title: A few facts
sources:
  paper: {title: A newspaper}
facts:
  pact:
    kind: agreement
    types: [defence]
    title: A pact
    parties: [JPN, USA]
    accounts:
      - {source: paper, says: {signed: 1960-01-19}}
"""


@pytest.fixture
def editor(store: Store, keys: Keys) -> Iterator[TestClient]:
    """A client with an editor's key, of a service whose store holds a dossier with disagreement."""
    load(store, open_bundled("japan-europe").reading())
    _, text = keys.add("Mori", Role.EDITOR)
    with TestClient(create_app(store, ServiceSettings(freshness=60)), headers={"X-API-Key": text}) as client:
        yield client


def send(client: TestClient, content: bytes | str, **parameters: Any) -> Any:
    return client.post(
        "/api/loads", content=content, params=parameters, headers={"Content-Type": "application/yaml"}
    )


def changes(client: TestClient, subject: str | None = None) -> list[dict[str, Any]]:
    answer = client.get("/api/log", params={"subject": subject} if subject else {})
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def test_a_dossier_is_planned_loaded_and_loaded_again(editor: TestClient, store: Store) -> None:
    before = store.revision()
    planned = send(editor, TREATIES, dry_run=True).json()
    assert store.revision() == before
    assert planned["changed"] == planned["retracted"] == []
    done = send(editor, TREATIES).json()
    assert done["stored"] == done["read"] == len(planned["added"])
    assert done["revision"] == store.revision() != before
    again = send(editor, TREATIES).json()
    assert (again["stored"], again["unchanged"], again["revision"]) == (0, done["read"], done["revision"])
    entries = changes(editor, "treaties")
    assert [(entry["action"], entry["by"]) for entry in entries] == [("load", "Mori")]


def test_what_is_answered_after_a_load_is_of_what_was_loaded(editor: TestClient) -> None:
    """Though the revision is believed for a minute where nobody writes."""
    asked = {"as_of": "2016-12-31"}
    before = editor.get("/api/measures/degree", params=asked)
    send(editor, TREATIES)
    after = editor.get(
        "/api/measures/degree", params=asked, headers={"If-None-Match": before.headers["etag"]}
    )
    assert after.status_code == 200


def test_a_load_tells_how_far_it_is(editor: TestClient) -> None:
    headers = {"Content-Type": "application/yaml", "Accept": "application/x-ndjson"}
    answer = editor.post("/api/loads", content=TREATIES, headers=headers)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines[0]["state"] == "read" and lines[0]["facts"] == lines[-1]["read"]
    assert lines[-1]["state"] == "done"


def test_a_dossier_with_faults_changes_nothing_and_they_are_named(editor: TestClient, store: Store) -> None:
    before = store.revision()
    for text, said in {
        SMALL.replace("JPN", "Atlantis"): "Atlantis", SMALL.replace("1960-01-19", "soon"): "soon", "{": "not YAML",         "\x00": "dossier", "- 1": "dossier", SMALL.replace("dossier: small", "dossier: dossiers"): "stands for all dossiers",
    }.items():  # fmt: skip
        answer = send(editor, text)
        assert answer.status_code == 400, text
        assert said in answer.json()["detail"]
    assert send(editor, b"\xff\xfe").status_code == 400
    assert send(editor, b"").status_code == 422
    assert store.revision() == before


def test_a_dossier_may_be_larger_than_other_bodies_and_has_an_end(store: Store, keys: Keys) -> None:
    _, text = keys.add("Mori", Role.EDITOR)
    settings = ServiceSettings(body=10, upload=len(SMALL))
    with TestClient(create_app(store, settings), headers={"X-API-Key": text}) as client:
        assert send(client, SMALL).status_code == 200
        assert send(client, SMALL + "#").status_code == 413
        assert client.post("/api/retractions", json={"name": "small"}).status_code == 413


def test_what_a_source_says_is_retracted_and_restored(editor: TestClient, store: Store) -> None:
    before = store.revision()
    done = editor.post("/api/retractions", json={"name": "japan-europe", "reason": "checked anew"}).json()
    assert done["statements"] > 0 and done["revision"] == store.revision() != before
    assert editor.post("/api/retractions", json={"name": "japan-europe"}).status_code == 404
    assert editor.post("/api/restorations", json={"name": "japan-europe"}).json()["revision"] == before
    assert editor.post("/api/restorations", json={"name": "japan-europe"}).status_code == 400
    latest, earlier, first = changes(editor, "japan-europe")
    assert (latest["action"], latest["by"]) == ("restore", "Mori")
    assert (earlier["action"], earlier["by"], earlier["reason"]) == ("retract", "Mori", "checked anew")
    assert earlier["undone"] and first["by"] == ""


def test_a_decision_is_taken_and_withdrawn(editor: TestClient, store: Store) -> None:
    before = store.revision()
    decision = {
        "fact": "japan-europe:guardian-north-16",
        "says": {"under_way": "2016-10-24"},
        "reason": "two of three",
    }
    done = editor.post("/api/decisions", json=decision)
    assert done.status_code == 200, done.text
    [made] = done.json()["decisions"]
    assert made["property"] == "under_way"
    assert editor.post("/api/decisions", json=decision).json()["revision"] == done.json()["revision"]
    assert len(changes(editor, decision["fact"])) == 2  # type: ignore[arg-type]
    assert editor.post("/api/withdrawals", json={"id": made["id"][:12]}).json()["revision"] == before
    assert editor.post("/api/withdrawals", json={"id": made["id"]}).status_code == 400
    for wrong in ({"under_way": "soon"}, {"claim": "x"}):
        assert editor.post("/api/decisions", json={**decision, "says": wrong}).status_code == 400
    assert editor.post("/api/decisions", json={**decision, "fact": "nothing:here"}).status_code == 404
    assert editor.post("/api/decisions", json={**decision, "reason": ""}).status_code == 422


def test_a_judgement_is_recorded_once(editor: TestClient, store: Store) -> None:
    send(editor, TREATIES)
    pair = {
        "left": "japan-europe:acsa-france",
        "right": "treaties:anzus",
        "verdict": "different",
        "reason": "another treaty",
    }
    done = editor.post("/api/judgements", json=pair).json()
    assert (done["recorded"], done["unchanged"]) == (1, 0)
    again = editor.post("/api/judgements", json=pair).json()
    assert (again["recorded"], again["unchanged"], again["revision"]) == (0, 1, done["revision"])
    assert editor.post("/api/judgements", json={**pair, "right": pair["left"]}).status_code == 400
    assert editor.post("/api/withdrawals", json={"id": done["id"]}).json()["sort"] == "judgement"
    assert [entry["action"] for entry in changes(editor)][:2] == ["withdraw", "judge"]


def test_the_log_comes_in_parts(editor: TestClient) -> None:
    for _ in range(2):
        editor.post("/api/retractions", json={"name": "japan-europe"})
        editor.post("/api/restorations", json={"name": "japan-europe"})
    every = editor.get("/api/log").json()
    assert every["total"] == len(every["rows"]) == 5
    rows, address = [], "/api/log?limit=2"
    while address:
        part = editor.get(address).json()
        rows += part["rows"]
        address = part["next"]
    assert rows == every["rows"]
    assert editor.get("/api/log", params={"subject": "nothing"}).status_code == 404


@pytest.mark.parametrize("role", [None, Role.READER])
def test_who_is_no_editor_changes_nothing(
    editor: TestClient, store: Store, keys: Keys, role: Role | None
) -> None:
    before = store.revision()
    headers = {"X-API-Key": keys.add("Ito", role)[1]} if role else {}
    client = TestClient(editor.app, headers=headers)
    assert send(client, TREATIES).status_code == (403 if role else 401)
    for path, body in {
        "retractions": {"name": "japan-europe"}, "restorations": {"name": "japan-europe"}, "withdrawals": {"id": "0123456789"},
        "decisions": {"fact": "a", "says": {"held": "2016"}, "reason": "x"}, "judgements": {"left": "a", "right": "b", "verdict": "same"},
    }.items():  # fmt: skip
        assert client.post(f"/api/{path}", json=body).status_code == (403 if role else 401)
    assert store.revision() == before


def test_many_editors_at_once_lose_and_double_nothing(editor: TestClient, store: Store) -> None:
    statuses: list[int] = []

    def work(number: int) -> None:
        text = SMALL.replace("dossier: small", f"dossier: small-{number % 4}")
        statuses.append(send(editor, text).status_code)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 8
    rows = store.read(
        "MATCH (s:Statement) WHERE s.fact STARTS WITH 'small-' RETURN s.fact AS fact, count(*) AS n ORDER BY fact"
    )
    assert rows == [{"fact": f"small-{number}:pact", "n": 1} for number in range(4)]
    assert len([entry for entry in changes(editor) if entry["subject"].startswith("small-")]) == 4
