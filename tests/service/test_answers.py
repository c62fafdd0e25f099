"""Answers: their forms, their tags, their pages, their problems."""

import io
import json
import threading
from datetime import date
from math import inf, nan
from typing import Any

import pandas
import pytest
from fastapi.testclient import TestClient

from comity.graph.curation import decide
from comity.graph.retracting import restore, retract
from comity.graph.stores.base import Store
from comity.queries.entries import StepTaken
from comity.service.answers import REVISION, encoded
from comity.service.forms import FORMS, form_of
from comity.service.held import Held
from comity.service.memory import Memory
from comity.service.problems import NotAcceptable, in_http

RANKING = "/api/measures/degree?as_of=2016-12-31"


def test_one_answer_has_many_forms(client: TestClient) -> None:
    table = client.get(f"{RANKING}&format=csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = client.get(RANKING).json()["rows"]
    assert len(table.text.splitlines()) == len(rows) + 1
    frame = pandas.read_parquet(
        io.BytesIO(client.get(RANKING, headers={"Accept": FORMS["parquet"].media_type}).content)
    )
    assert frame.to_dict("records") == rows
    wrong = client.get(RANKING, headers={"Accept": "application/graphml+xml"})
    assert wrong.status_code == 406
    assert "json, csv, parquet" in wrong.json()["detail"]
    facts = pandas.read_parquet(io.BytesIO(client.get("/api/facts?format=parquet").content))
    assert len(facts) == client.get("/api/facts?limit=1").json()["total"]


def test_who_has_an_answer_is_told_so_until_the_graph_changes(
    client: TestClient, bundled_store: Store
) -> None:
    first = client.get(RANKING)
    tag = first.headers["etag"]
    assert first.headers[REVISION] == bundled_store.revision()
    for told in (tag, "*", f'"other", {tag}', tag.removeprefix("W/")):
        assert client.get(RANKING, headers={"If-None-Match": told}).status_code == 304, told
    assert client.get(RANKING, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(RANKING, headers={"If-None-Match": tag, "Accept": "text/csv"}).status_code == 200
    swapped = client.get("/api/measures/degree", params={"layer": "agreement", "as_of": "2016"})
    assert (
        swapped.headers["etag"]
        == client.get("/api/measures/degree?as_of=2016&layer=agreement").headers["etag"]
    )
    decide(bundled_store, "treaties:anzus", {"signed": "1951-09-02"}, reason="a test", by="test")
    again = client.get(RANKING, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers[REVISION] == bundled_store.revision() != first.headers[REVISION]


def test_what_was_retracted_and_restored_is_not_told_as_before(client: TestClient) -> None:
    store = client.app.state.held.store  # type: ignore[attr-defined]
    first = client.get("/api/statements?source=treaties:nato-members&limit=1")
    statement = f"/api/statements/{first.json()['rows'][0]['statement']}"
    before = client.get(statement)
    retract(store, "treaties:nato-members", by="Mori")
    restore(store, "treaties:nato-members", by="Mori")
    after = client.get(statement, headers={"If-None-Match": before.headers["etag"]})
    assert after.headers["comity-revision"] == before.headers["comity-revision"]
    assert after.status_code == 200
    assert len(after.json()["record"]["closed"]) == 1 and before.json()["record"]["closed"] == []


def test_a_head_is_an_answer_without_its_body(client: TestClient) -> None:
    plain = {"Accept-Encoding": "identity"}
    whole, head = client.get(RANKING, headers=plain), client.head(RANKING, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    for answer in (head, whole):
        del answer.headers["x-request-id"]
    assert head.headers == whole.headers
    packed = client.get(RANKING, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == whole.content
    assert (
        client.get(RANKING, headers={"Accept-Encoding": "gzip;q=0"}).headers.get("content-encoding") is None
    )


def test_pages_follow_each_other_to_the_end(client: TestClient) -> None:
    seen, address = [], "/api/facts?layer=agreement&limit=70"
    while address:
        page = client.get(address)
        seen += [row["fact"] for row in page.json()["rows"]]
        address = page.json()["next"]
        assert (
            (f'<{address}>; rel="next"' == page.headers.get("link"))
            if address
            else "link" not in page.headers
        )
    assert len(seen) == len(set(seen)) == page.json()["total"] > 200
    assert client.get("/api/facts?layer=agreement&limit=70&format=csv").headers["link"]


def test_a_cursor_holds_for_one_list_of_one_revision(client: TestClient, bundled_store: Store) -> None:
    following = client.get("/api/facts?limit=10").json()["next"]
    other = client.get(following.replace("/api/facts", "/api/statements"))
    assert other.status_code == 422
    assert client.get("/api/facts?cursor=nonsense").status_code == 422
    decide(bundled_store, "treaties:anzus", {"signed": "1951-09-02"}, reason="a test", by="test")
    gone = client.get(following)
    assert gone.status_code == 410
    assert "start again" in gone.json()["detail"]


def test_a_slip_in_a_parameter_is_told(client: TestClient) -> None:
    slip = client.get("/api/measures/degree?asof=2016")
    assert slip.status_code == 422
    assert "as_of" in slip.json()["detail"]
    assert client.get("/api/measures/degree?as_of=soon").status_code == 400


def test_remedies_are_those_of_requests() -> None:
    assert in_http("choose with --source one of a, b") == "choose with source= one of a, b"
    assert (
        in_http("use --engine networkx, or `comity find TEXT`")
        == "use engine= networkx, or /api/actors?q=TEXT"
    )
    assert in_http("leave --as-of out; give it with -p day=…") == "leave as_of= out; give it with day="


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("application/json;q=0.5, text/csv", "csv"),
        ("text/*, application/json;q=0.9", "csv"),
        ("*/*, application/json;q=0", "csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
    ],
)
def test_the_form_is_what_is_accepted_most(accept: str, form: str) -> None:
    assert form_of(accept, None, ("json", "csv")).name == form
    assert form_of(accept, "csv", ("json", "csv")).name == "csv"


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "nonsense", "text/csv;q=nan"])
def test_nothing_is_sent_that_is_not_accepted(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="json"):
        form_of(accept, None, ("json",))


def test_memory_keeps_what_was_used_last() -> None:
    memory: Memory[str] = Memory(800)
    for number in range(9):
        memory.put(number, str(number), 100)
        assert memory.get(0) is not None
    assert (memory.size, len(memory)) == (800, 8)
    assert memory.get(1) is None
    memory.put("large", "x", 101)
    assert memory.get("large") is None
    memory.clear()
    assert (memory.size, memory.get(0)) == (0, None)


def test_many_who_ask_the_same_at_once_have_it_made_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    steadily = Held.steadily

    def counted(held: Held, read: Any) -> Any:
        made.append(read)
        return steadily(held, read)

    monkeypatch.setattr(Held, "steadily", counted)
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: answers.append(client.get("/api/measures/betweenness").content))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert len(made) == 1


def test_what_json_has_no_form_of_is_null_or_text() -> None:
    told = {"tie": StepTaken("signed", "1914-05", "unique"), "value": nan, 1914: (date(1914, 7, 28), inf)}
    assert json.loads(encoded(told)) == {
        "tie": {"name": "signed", "when": "1914-05", "state": "unique", "between": []},
        "value": None,
        "1914": ["1914-07-28", None],
    }
    assert encoded({date(1914, 7, 28): "begun"}) == b'{"1914-07-28":"begun"}'
    with pytest.raises(TypeError):
        encoded({"value": object()})
