"""What is read over HTTP is what the library says, on both engines."""

import io
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from fastapi.testclient import TestClient

from comity.graph import reading as readings
from comity.graph.curation import decide, withdraw
from comity.graph.dates import parse_day
from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.slices import take
from comity.graph.stores import open_store
from comity.queries.asking import question_of
from comity.queries.dyads import relate
from comity.queries.library import run
from comity.queries.networks import to_networkx
from comity.queries.profiles import show
from comity.service.app import create_app
from comity.service.settings import ServiceSettings
from tests.conftest import with_dossiers
from tests.graph.facts import stated
from tests.service.conftest import Reading


def got(client: TestClient, address: str) -> Any:
    """The document at an address."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_actors_are_found_by_what_they_were_called(reading: Reading) -> None:
    client = reading.client
    german = {row["actor"] for row in got(client, "/api/actors?q=Germany&as_of=1990")["rows"]}
    assert german == {"DDR", "DEU", "COW-GFR"}
    assert [row["actor"] for row in got(client, "/api/actors?q=Germany&as_of=2000")["rows"]] == ["DEU"]
    assert got(client, "/api/actors?q=740&system=cow")["rows"][0]["actor"] == "JPN"
    assert got(client, "/api/actors?q=Unted Kingdm")["rows"][0]["actor"] == "GBR"
    assert got(client, "/api/actors/cow:740")["name"] == "Japan"
    assert got(client, "/api/actors/JPN")["held"]
    assert client.get("/api/actors/Korea").status_code == 409
    nobody = client.get("/api/actors/Atlantiss")
    assert nobody.status_code == 404
    assert "/api/actors?q=" in nobody.json()["detail"]


def test_profiles_and_dyads_are_those_of_the_library(reading: Reading) -> None:
    client, store = reading.client, reading.store
    day = parse_day("2016-12-31")
    assert (
        got(client, "/api/actors/Japan/profile?as_of=2016-12-31") == show(store, "JPN", as_of=day).to_dict()
    )
    assert (
        got(client, "/api/dyads/JPN/GBR?as_of=2016-12-31") == relate(store, "JPN", "GBR", as_of=day).to_dict()
    )
    assert client.get("/api/dyads/JPN/JPN").status_code == 400


def test_a_fact_stands_with_its_statements(reading: Reading) -> None:
    client = reading.client
    found = got(client, "/api/facts/japan-europe:guardian-north-16")
    assert found["fact"]["kind"] == "drill"
    assert len(found["evidence"]["statements"]) > 1
    assert found["evidence"]["conflicts"]
    assert {one["action"] for one in found["changes"]} == {"load"}
    [one] = got(client, "/api/statements?fact=treaties:anzus")["rows"]
    told = got(client, f"/api/statements/{one['statement'][:12]}")
    assert (told["fact"], told["live"]) == ("treaties:anzus", True)
    assert client.get("/api/facts/treaties:anzu").status_code == 404


def test_facts_are_narrowed(reading: Reading) -> None:
    client = reading.client
    both = got(client, "/api/facts?actor=JPN&actor=GBR&layer=drill")
    assert both["total"] > 0
    assert {row["kind"] for row in both["rows"]} == {"drill"}
    assert all({"JPN", "GBR"} <= {party["actor"] for party in row["parties"]} for row in both["rows"])
    # What one source says of a fact is told alike, whether an actor is named or not.
    of_source = "/api/facts?source=japan-europe:article"
    told = {row["fact"]: row for row in got(client, of_source)["rows"]}
    own = got(client, f"{of_source}&actor=JPN")["rows"]
    assert own == [row for row in told.values() if "JPN" in {party["actor"] for party in row["parties"]}]
    assert own and all(row["sources"] == ["japan-europe:article"] for row in own)
    disputed = got(client, "/api/facts?disputed=true")
    assert all(row["conflicts"] for row in disputed["rows"])
    assert got(client, "/api/conflicts?layer=drill")["conflicts"] > 0


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("/api/facts?type=defense", "defence"), ("/api/facts?type=sea&layer=agreement", "type of agreement"),
        ("/api/facts?status=in-force", "in_force"), ("/api/facts?actor=JPN&layer=drills", "drill"),
        ("/api/facts?actor=JPN&source=treatises", "treaties"), ("/api/statements?fact=treaties:anzu", "treaties:anzus"),
        ("/api/statements?source=treatises", "treaties"), ("/api/statements?layer=drills", "drill"),
        ("/api/sources?collection=treatises", "treaties"), ("/api/quarantine?scope=treatises", "treaties"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_told_and_does_not_empty_a_list(
    reading: Reading, path: str, remedy: str
) -> None:
    told = reading.client.get(path)
    assert (told.status_code, told.json().get("type")) == (404, "urn:comity:UnknownName")
    assert remedy in told.json()["detail"]


def test_names_of_which_there_is_nothing_just_now_empty_a_list(reading: Reading) -> None:
    for path in (
        "/api/facts?status=conflict&layer=talks",
        "/api/facts?type=sea&status=cancelled&actor=NATO",
        "/api/quarantine?scope=treaties",
    ):
        assert got(reading.client, path)["total"] == 0


def test_sources_say_what_rests_on_them(reading: Reading) -> None:
    client = reading.client
    rows = got(client, "/api/sources?collection=treaties&live=true")["rows"]
    first = next(row for row in rows if row["facts"])
    found = got(client, f"/api/sources/{first['source']}")
    assert found["source"] == first
    assert len(found["facts"]) == first["facts"]
    assert client.get("/api/cite?format=bibtex").text.startswith("@")
    assert got(client, "/api/cite?of=ties&as_of=2016-12-31")["rows"]


def test_ties_are_a_network_in_every_form(reading: Reading) -> None:
    client, store = reading.client, reading.store
    slice = take(store, question_of("2016-12-31"))
    listed = got(client, "/api/ties?as_of=2016-12-31&limit=10000")
    assert listed["total"] == len(listed["rows"]) == len(slice.ties)
    drawn: Any = nx.read_graphml(io.BytesIO(client.get("/api/ties?as_of=2016-12-31&format=graphml").content))
    assert set(map(frozenset, drawn.edges)) == set(map(frozenset, to_networkx(slice).edges))
    own = got(client, "/api/actors/JPN/ties?as_of=2016-12-31")
    assert all("JPN" in (row["left"], row["right"]) for row in own["rows"])


def test_an_ego_network_is_part_of_the_slice(reading: Reading) -> None:
    client, store = reading.client, reading.store
    found = got(client, "/api/actors/GBR/ego?as_of=2016-12-31")
    network = to_networkx(take(store, question_of("2016-12-31")))
    ego: Any = nx.ego_graph(network, "GBR")
    assert {(row["left"], row["right"], tuple(row["facts"])) for row in found["rows"]} == {
        (min(left, right), max(left, right), tuple(ego.edges[left, right]["facts"]))
        for left, right in ego.edges
    }
    assert {one["actor"] for one in found["actors"]} == set(ego)
    asked = {"actor": "GBR", "day": "2016-12-31"}
    assert run(store, "ego", asked).to_dict()["rows"] == found["rows"]
    possible = got(client, "/api/actors/GBR/ego?as_of=2016-12-31&certainty=possible")
    assert run(store, "ego", {**asked, "possible": "yes"}).to_dict()["rows"] == possible["rows"]
    named = got(client, "/api/actors/GBR/ego?as_of=2016-12-31&source=dossiers")
    assert (named["rows"], named["sources"]) == (found["rows"], found["sources"])
    unknown = client.get("/api/actors/GBR/ego?as_of=2016-12-31&source=nonsense")
    assert (unknown.status_code, "treaties" in unknown.json()["detail"]) == (404, True)
    alone = got(client, "/api/actors/NATO/ego?as_of=1900-01-01")
    assert (alone["rows"], [one["actor"] for one in alone["actors"]]) == ([], ["NATO"])
    assert alone["revision"] == found["revision"]
    refused = client.get("/api/actors/GBR/ego?policy=majority")
    assert refused.status_code == 422


def test_panels_are_bounded(reading: Reading) -> None:
    client = reading.client
    found = got(client, "/api/panel?measure=degree&measure=betweenness&from=2010&to=2016&limit=5")
    assert len(found["rows"]) == 5 < found["total"]
    assert {"degree", "degree_rank", "betweenness"} <= found["rows"][0].keys()
    much = client.get("/api/panel?from=1000&to=9000")
    assert much.status_code == 422
    assert "fewer years" in much.json()["detail"]
    assert client.get("/api/panel?doubt=true&every=month&from=1950&to=2020").status_code == 422


def test_changes_of_a_fact_are_those_of_the_day_of_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill, day = "japan-europe:guardian-north-16", "2040-01-0{}"

    def at(number: int) -> None:
        monkeypatch.setattr("comity.graph.writing.now", lambda: f"{day.format(number)}T12:00:00.000000+00:00")

    with open_store(str(tmp_path / "store")) as store:
        at(1)
        with_dossiers(store, "japan-europe")
        at(3)
        (decided,) = decide(store, drill, {"arrival": "2016-10-22"}, reason="four of six", by="Mori")
        at(5)
        withdraw(store, decided.id, by="Ito")
        client = TestClient(create_app(store, ServiceSettings()))
        changes = {
            number: client.get(f"/api/facts/{drill}?known_on={day.format(number)}").json()["changes"]
            for number in (2, 4, 6)
        }
    assert [[one["action"] for one in found] for found in changes.values()] == [
        ["load"],
        ["decide", "load"],
        ["withdraw", "decide", "load"],
    ]
    assert changes[4][0]["undone"] == ""
    assert changes[6][1]["undone"].startswith(day.format(5))


def test_the_log_is_kept_by_nobody_between(reading: Reading) -> None:
    told = reading.client.get("/api/log")
    assert "private" in told.headers["cache-control"]
    assert "etag" not in told.headers


def test_a_day_of_which_nobody_tells_has_no_number(tmp_path: Path) -> None:
    pact = stated("pact", "FRA GBR", ["in_force 1904/.."], method="table")
    told = readings.Reading("test", (Source("test:a", "A table", coverage="1900/1914"),), [pact], whole=False)
    with open_store(str(tmp_path / "store")) as store:
        load(store, told)
        with TestClient(create_app(store, ServiceSettings(freshness=0))) as client:
            ego = client.get("/api/actors/FRA/ego?as_of=1950-01-01")
            assert (ego.status_code, "nobody tells of agreement in 1950-01-01" in ego.text) == (404, True)
            assert len(got(client, "/api/actors/FRA/ego?as_of=1914-07-28")["rows"]) == 1
            dyad = got(client, "/api/dyads/FRA/GBR?as_of=1950-01-01")
            assert dyad["by_source"] == [{"source": "test", "certain": None, "possible": 1, "facts": 1}]
            assert dyad["untold"] == ["agreement"]
            for page in ("/dyads/FRA/GBR", "/actors/FRA"):
                assert dyad["note"] in client.get(f"{page}?as_of=1950-01-01").text
