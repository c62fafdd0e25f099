"""Analyses over HTTP are those of the library, on both engines: structure, evidence, questions, files."""

import io
import json
import zipfile
from typing import Any

import pandas
import pytest
from fastapi.testclient import TestClient

from comity.graph.slices import take
from comity.queries.asking import question_of
from comity.queries.chain import why
from comity.queries.communities import communities, memberships
from comity.queries.library import run
from comity.queries.measures import measure_of
from comity.queries.stated_claims import check_claim
from comity.queries.tracing import Passage, trace
from tests.service.conftest import Reading
from tests.service.test_reading import got

DAY = "as_of=2016-12-31"


def test_structure_is_that_of_the_library(reading: Reading) -> None:
    client, question = reading.client, question_of("2016-12-31")
    found = communities(
        take(reading.store, question), organizations=memberships(reading.store, question)
    ).to_dict()
    assert got(client, f"/api/communities?{DAY}") == json.loads(json.dumps(found))
    whole = {row["name"]: row["value"] for row in got(client, f"/api/structure?{DAY}")["rows"]}
    assert whole["actors"] == len(take(reading.store, question).members)
    links = got(client, f"/api/brokers/links?{DAY}&group=NATO&group=asia%3DJPN,KOR,AUS")
    assert links["groups"]["asia"] == ["AUS", "JPN", "KOR"]
    assert got(client, f"/api/brokers/roles?{DAY}")["rows"]
    assert got(client, f"/api/brokers/cuts?{DAY}")["articulation_points"]
    assert got(client, "/api/layers/degree?layer=agreement&layer=drill&as_of=2016")["overlaps"]
    assert got(client, f"/api/significance/transitivity?samples=9&{DAY}")["rows"][0][
        "value"
    ] == pytest.approx(whole["transitivity"])
    moved = got(client, "/api/diff?before=1990-01-01&after=2016-12-31&permutations=9")
    assert moved["gained"]
    assert client.get("/api/balance?as_of=2016").status_code == 404


def test_evidence_leads_to_the_words_and_back(reading: Reading) -> None:
    client, store = reading.client, reading.store
    question = question_of("2016-12-31")
    assert got(client, f"/api/why/Japan?{DAY}") == _json(
        why(store, question, measure_of("degree"), "JPN").to_dict()
    )
    source = "treaties:nato-members"
    assert got(client, f"/api/trace/{source}?{DAY}") == _json(
        trace(store, Passage.parse(source), question).to_dict()
    )
    claim = {
        "fact": "japan-europe:guardian-north-16",
        "claim": "first drill of JPN with a country other than USA",
    }
    [tested] = client.get("/api/claims", params=claim).json()["claims"]
    [known] = check_claim(store, claim["fact"], claim["claim"]).rows
    assert (tested["finding"], tested["because"]) == (known.finding, known.because)
    assert client.get("/api/claims?claim=first drill of JPN").status_code == 422
    assert got(client, "/api/audit?level=note")["findings"]
    assert client.get("/api/audit?format=sarif").json()["version"] == "2.1.0"


def test_questions_of_the_library_have_addresses(reading: Reading) -> None:
    client = reading.client
    asked = {"a": "Japan", "b": "cow:220", "day": "2016-12-31"}
    answer = client.get("/api/queries/common_partners/answer", params=asked).json()
    assert answer["rows"] == _json(run(reading.store, "common_partners", asked).to_dict()["rows"])
    lacking = client.get("/api/queries/common_partners/answer?a=JPN")
    assert lacking.status_code == 400
    assert "b=" in lacking.json()["detail"]
    assert client.get("/api/queries/common_partners/answer?a=JPN&b=FRA&c=1").status_code == 422
    assert {row["query"] for row in got(client, "/api/queries")["rows"]} >= {"ego", "pairs", "sources"}


def test_files_are_those_of_the_field(reading: Reading) -> None:
    client = reading.client
    page = client.get(f"/api/map?{DAY}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Relations between states" in page.text
    assert (
        page.headers["content-security-policy"]
        == client.get(f"/map?{DAY}").headers["content-security-policy"]
    )
    dyads = "/api/tables/dyad-year?from=2010&to=2016"
    table = pandas.read_csv(io.BytesIO(client.get(f"{dyads}&format=csv").content))
    assert list(table.columns[:3]) == ["ccode1", "ccode2", "year"]
    assert len(pandas.read_stata(io.BytesIO(client.get(f"{dyads}&format=stata").content))) == len(table)
    assert client.get("/api/tables/dyad-year?from=1900&to=2016&all_pairs=true").status_code == 422
    whole = client.get("/api/exports/neo4j-import")
    assert "content-length" not in whole.headers
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert {"graph/README.txt", "graph/import.args"} <= set(archive.namelist())


def test_openrefine_reconciles_names(reading: Reading) -> None:
    client = reading.client
    manifest = got(client, "/api/reconcile")
    assert manifest["versions"] == ["0.2"]
    assert manifest["view"]["url"].endswith("/actors/{{id}}")
    assert (
        client.get("/api/reconcile", headers={"Host": "other.example"})
        .json()["identifierSpace"]
        .startswith("http://other.example/")
    )
    asked = {
        "q0": {"query": "Germany", "properties": [{"pid": "as_of", "v": "1990"}]},
        "q1": {"query": "Japan", "type": "Country", "limit": 3},
    }
    for answer in (
        client.get("/api/reconcile", params={"queries": json.dumps(asked)}),
        client.post("/api/reconcile", data={"queries": json.dumps(asked)}),
    ):
        found = answer.json()
        assert "access-control-allow-origin" not in answer.headers
        assert {one["id"] for one in found["q0"]["result"]} == {"DDR", "DEU", "COW-GFR"}
        assert not any(one["match"] for one in found["q0"]["result"])
        assert (found["q1"]["result"][0]["id"], found["q1"]["result"][0]["match"]) == ("JPN", True)
    extended = client.post(
        "/api/reconcile", data={"extend": '{"ids": ["JPN"], "properties": [{"id": "cow"}, {"id": "name"}]}'}
    ).json()
    assert extended["rows"] == {"JPN": {"cow": [{"str": "740"}], "name": [{"str": "Japan"}]}}
    assert got(client, "/api/reconcile/suggest/entity?prefix=Portug")["result"][0]["id"] == "PRT"
    preview = client.get("/api/reconcile/preview?id=JPN")
    assert "Japan" in preview.text
    assert preview.headers["content-security-policy"] == "default-src 'none'; frame-ancestors *"
    assert _refused(client, {"queries": "[1]"}) and _refused(
        client, {"extend": '{"ids": ["JPN"], "properties": [{"id": "x"}]}'}
    )
    many = {f"q{number}": {"query": "Japan"} for number in range(51)}
    assert _refused(client, {"queries": json.dumps(many)})


def _refused(client: TestClient, form: dict[str, str]) -> bool:
    return client.post("/api/reconcile", data=form).status_code == 422


def _json(document: Any) -> Any:
    return json.loads(json.dumps(document))
