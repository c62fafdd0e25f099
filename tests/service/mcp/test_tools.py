"""What the tools tell is what the library tells, with the question, the revision and the sources, and slips are told with the remedy."""

import threading
import time
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client
from mcp.server.lowlevel import Server

from comity.graph.retracting import retract
from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.graph.stores.stopping import check_stop
from comity.queries.asking import question_of
from comity.queries.chain import why
from comity.queries.conflicts import find_conflicts
from comity.queries.doubt.ranges import doubt
from comity.queries.measures import measure_of
from comity.service.app import create_app
from comity.service.mcp.answers import LIMIT
from comity.service.mcp.arguments import Graph
from comity.service.mcp.graph import DescribeGraph
from comity.service.mcp.server import assistant_server
from comity.service.mcp.tool import Tool
from comity.service.settings import ServiceSettings
from tests.conftest import with_dossiers
from tests.service.mcp.conftest import ask, document, text, with_client

FACT = "japan-europe:guardian-north-16"
DAY = "2016-12-31"


@pytest.fixture(scope="module")
def server(kept: Store) -> Server[Any]:
    return assistant_server(kept, cypher=True)


def tell(server: Server[Any], tool: str, **arguments: Any) -> Any:
    """What a tool tells, which always says of which graph."""
    answer = ask(server, tool, **arguments)
    found = document(answer)
    assert len(text(answer)) <= LIMIT
    assert len(found["revision"]) == 64
    assert "asked" in found
    return found


def refused(server: Server[Any], tool: str, **arguments: Any) -> str:
    answer = ask(server, tool, **arguments)
    assert answer.is_error
    return text(answer)


def test_facts_are_found_by_words_of_their_titles(server: Server[Any]) -> None:
    found = tell(server, "find_facts", words="north guardian")
    assert [(one["fact"], one["kind"]) for one in found["facts"]] == [(FACT, "drill")]
    assert not found["there_are_more"]
    assert tell(server, "find_facts", words=FACT)["facts"] == found["facts"]
    assert tell(server, "find_facts", words="guardian xyz")["facts"] == []
    some = tell(server, "find_facts", words="a", limit=2)
    assert len(some["facts"]) == 2 and some["there_are_more"]


def test_what_a_client_takes_back_is_ended(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def endless(self: Tool, graph: Graph) -> Any:
        try:
            while True:
                check_stop()
                time.sleep(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(DescribeGraph, "answer", endless)

    async def impatient(client: Client) -> None:
        with anyio.move_on_after(1):
            await client.call_tool("describe_graph", {})
        with anyio.fail_after(5):
            while not ended.is_set():
                await anyio.sleep(0.05)
        assert not (await client.call_tool("find_facts", {"words": "a"})).is_error

    with_client(assistant_server(kept), impatient)


def test_every_candidate_is_named(server: Server[Any]) -> None:
    found = tell(server, "find_actors", name="Germany", on="1990")
    assert [one["id"] for one in found["candidates"]] == ["COW-GFR", "DDR", "DEU"]
    assert tell(server, "find_actors", name="255", system="cow")["candidates"][0]["id"] == "DEU"
    japan = tell(server, "find_actors", name="JPN")["candidates"][0]
    assert japan["facts_in_graph"] > 20
    assert "iso3:JPN" in japan["codes"]


def test_a_profile(server: Server[Any]) -> None:
    found = tell(server, "actor_profile", actor="Japan", as_of=DAY, kinds="drill")
    assert {fact["kind"] for fact in found["facts"]} == {"drill"}
    (agreements,) = (layer for layer in found["layers"] if layer["kind"] == "agreement")
    assert agreements["number"] == len(agreements["partners"]) == 36
    whole = tell(server, "actor_profile", actor="USA", as_of=DAY)
    assert whole["cut"]["to_see_more"].startswith("name `kinds`")
    assert set(whole["sources"]) == {source for fact in whole["facts"] for source in fact["sources"]}


def test_two_actors(server: Server[Any]) -> None:
    found = tell(server, "relate_actors", a="Japan", b="United Kingdom", as_of=DAY)
    assert found["asked"]["a"] == "JPN"
    assert sum(tie["certain"] for tie in found["in_force"]) == 4
    assert found["announced"] == ["japan-europe:acsa-united-kingdom"]
    told = {fact["fact"]: fact for fact in found["facts"]}
    assert told[FACT]["disputed"] == ["begin", "arrival", "personnel"]
    assert all(source in found["sources"] for fact in found["facts"] for source in fact["sources"])


def test_a_suspension_of_one_pair_is_told_as_theirs(server: Server[Any]) -> None:
    found = tell(server, "relate_actors", a="Australia", b="USA", kinds=["agreement"], as_of=DAY)
    (anzus,) = (fact for fact in found["facts"] if fact["fact"] == "treaties:anzus")
    assert (anzus["status"], anzus["steps"][-1]) == ("in_force", "suspended between NZL USA 1986-08/..")


def test_a_ranking_is_that_of_the_library(server: Server[Any], kept: Store) -> None:
    found = tell(server, "rank_actors", as_of=DAY, limit=2)
    assert [(row["actor"], row["value"]) for row in found["rows"]] == [("USA", 53), ("FRA", 38)]
    assert found["asked"]["types"] == ["defence"]
    assert found["rows_in_all"] == found["actors_in_network"] == 134
    after = tell(server, "rank_actors", as_of=DAY, limit=1, offset=1)
    assert after["rows"] == found["rows"][1:]
    some = tell(server, "rank_actors", as_of=DAY, actors=["Japan", "Vatican"])
    assert [row["actor"] for row in some["rows"]] == ["JPN"]
    assert some["not_in_network"] == ["VAT"]


def test_a_ranking_in_doubt_has_the_ranges_of_the_library(server: Server[Any], kept: Store) -> None:
    found = tell(
        server, "rank_actors", measure="betweenness", as_of=DAY, doubt=True, explain="AZE", limit=500
    )
    expected = doubt(kept, question_of(DAY), measure_of("betweenness"))
    ranges = {
        row.actor: (row.rank_best, row.rank_worst, row.value_least, row.value_most) for row in expected.rows
    }
    shown = {row["actor"]: (row["rank_best"], row["rank_worst"], row["value_least"], row["value_most"]) for row in found["rows"]}  # fmt: skip
    assert shown
    assert shown == {actor: ranges[actor] for actor in shown}
    assert len(expected.choices) == found["doubt"]["open_choices"]
    assert found["what_moves_it"][0]["fact"]
    assert set(found["what_moves_it"][0]["sources"]) <= set(found["sources"])


def test_a_number_rests_on_what_the_library_says(server: Server[Any], kept: Store) -> None:
    found = tell(server, "explain_number", actor="Japan", layers=["drill"], as_of="2016")
    chain = why(kept, question_of("2016", layers="drill"), measure_of("degree"), "JPN")
    assert (found["value"], found["rank"]) == (chain.standing.value, chain.standing.rank)
    assert [tie["fact"] for tie in found["ties"]] == [tie.fact for tie in chain.ties]
    (north,) = (tie for tie in found["ties"] if tie["fact"] == FACT)
    assert {item["source"] for item in north["says_so"]} <= set(found["sources"])
    through = tell(server, "explain_number", actor="USA", measure="betweenness", as_of=DAY, limit=1)
    assert through["pairs_whose_paths_run_through_it"] > 100
    assert len(through["ties"]) == 1
    assert tell(server, "explain_number", actor="Japan", measure="eigenvector", as_of=DAY)[
        "share_of_each_partner"
    ]


def test_a_fact_with_its_statements_and_conflicts(server: Server[Any]) -> None:
    found = tell(server, "get_fact", fact=FACT)
    assert found["status"] == "held"
    begin = next(one for one in found["disagreements"] if one["property"] == "begin")
    assert {account["value"] for account in begin["accounts"]} == {"2016-10-23", "2016-10-24"}
    assert begin["settled_by"] is None
    settled = tell(server, "get_fact", fact=FACT, policy="earliest")
    assert (
        next(one for one in settled["disagreements"] if one["property"] == "begin")["settled_by"]
        == "earliest"
    )
    assert len(found["statements"]) == 10
    assert all(item["says"] and item["known_since"] for item in found["statements"])


def test_the_words_of_a_text_that_is_at_hand(kept: Store, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("another text", encoding="utf-8")
    found = tell(assistant_server(kept, texts=tmp_path), "get_fact", fact=FACT)
    (article,) = (item for item in found["statements"] if item["source"] == "japan-europe:article")
    assert "the text is not at hand" in article["no_words_because"]


def test_conflicts_are_those_of_the_library(server: Server[Any], kept: Store) -> None:
    found = tell(server, "list_conflicts", limit=200)
    expected = find_conflicts(kept)
    assert found["disagreements_in_all"] == len(expected.rows)
    assert found["unsettled"] == expected.unsettled
    one = tell(server, "list_conflicts", facts=FACT, limit=1, offset=1)
    assert [each["property"] for each in one["disagreements"]] == ["arrival"]


def test_of_a_past_day_of_record_the_sources_of_that_day_are_cited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, asked = "2040-01-0{}", {"layers": "talks", "as_of": "2015-01-21"}

    def at(number: int) -> None:
        monkeypatch.setattr("comity.graph.writing.now", lambda: f"{day.format(number)}T12:00:00.000000+00:00")

    with open_store(str(tmp_path / "store")) as store:
        at(1)
        with_dossiers(store, "japan-europe")
        server, client = assistant_server(store), TestClient(create_app(store, ServiceSettings()))
        before = tell(server, "cite_sources", **asked)["citations"]
        at(3)
        retract(store, "japan-europe")
        assert tell(server, "cite_sources", of="graph")["sources_in_all"] == 0
        asked["known_on"] = day.format(2)
        assert tell(server, "cite_sources", **asked)["citations"] == before
        of_fact = tell(server, "cite_sources", of="facts", facts=[FACT], known_on=day.format(2))
        assert all(before) and of_fact["sources_in_all"] == 10
        assert client.get("/api/cite").json()["rows"] == []
        asked["layer"] = asked.pop("layers")
        told = client.get("/api/cite", params={"of": "ties", **asked}).json()["rows"]
        assert [row["cite"] for row in told] == before


def test_what_to_cite(server: Server[Any]) -> None:
    ranked = tell(server, "rank_actors", as_of=DAY)
    cited = tell(server, "cite_sources", as_of=DAY)
    assert cited["sources_in_all"] == ranked["rests_on"]["number_of_sources"] == len(cited["citations"])
    entries = tell(server, "cite_sources", of="facts", facts=[FACT], style="bibtex")["citations"]
    assert len(entries) == 10
    assert all(entry.startswith("@misc{japan-europe:") for entry in entries)
    assert tell(server, "cite_sources", of="graph", style="csl", limit=3)["citations"][0]["type"]
    few = tell(server, "rank_actors", layers="talks", as_of="2015-01-21")
    assert set(few["rests_on"]["sources"]) == set(few["sources"])
    assert "no proof" in tell(server, "rank_actors", layers="talks", as_of="1914")["note"]


def test_what_the_graph_holds(server: Server[Any]) -> None:
    found = tell(server, "describe_graph")
    assert found["facts"] == 303
    assert "defence" in found["layers"]["agreement"]["types"]
    assert "degree" in found["measures"]
    assert {each["collection"] for each in found["collections"]} == {"japan-europe", "treaties"}


def test_questions_of_the_library(server: Server[Any]) -> None:
    assert len(tell(server, "list_queries")["queries"]) > 20
    (chain,) = tell(server, "list_queries", query="chain")["queries"]
    assert {"a", "b", "day"} <= {parameter["name"] for parameter in chain["parameters"]}
    found = tell(
        server, "run_query", query="partners", parameters={"actor": "Japan", "day": DAY, "possible": True}
    )
    assert found["asked"]["parameters"]["actor"] == "JPN"
    assert found["asked"]["parameters"]["possible"] is True
    told = tell(server, "run_query", query="history", parameters={"a": "JPN", "b": "GBR"}, limit=3)
    assert set(told["sources"]) == {source for row in told["rows"] for source in row["sources"]}


def test_cypher_that_reads(server: Server[Any]) -> None:
    query = "MATCH (a:Country)-[t:DRILL]-(b) WHERE a.id IN $who RETURN DISTINCT b.id AS partner, t.sources AS sources ORDER BY partner"
    found = tell(server, "ask_cypher", cypher=query, parameters={"who": ["JPN"]})
    assert [row["partner"] for row in found["rows"]]
    assert set(found["sources"]) == {source for row in found["rows"] for source in row["sources"]}
    numbers = tell(
        server, "ask_cypher", cypher="UNWIND range(1, 900) AS n RETURN n, 'some words for each' AS text"
    )
    assert numbers["rows_in_all"] == 900
    assert numbers["cut"]["rows"].endswith("of 900")


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("find_actors", {"name": "Japn"}, "did you mean JPN (Japan)"),
        ("find_actors", {"name": "JPN", "system": "esa"}, "system of codes"),
        ("find_actors", {}, "name: Field required"),
        ("find_actors", {"name": "x" * 1000}, "at most 200 characters"),
        ("actor_profile", {"actor": "Nowhereland"}, "find_actors looks a name or code up"),
        ("actor_profile", {"actor": "JPN", "as_of": "2016"}, "write it as YYYY-MM-DD"),
        ("relate_actors", {"a": "Korea", "b": "JPN"}, "KOR (South Korea), PRK (North Korea)"),
        ("relate_actors", {"a": "Japan", "b": "JPN"}, "name two different actors"),
        ("rank_actors", {"lairs": ["drill"]}, "there is no argument lairs. rank_actors takes"),
        ("rank_actors", {"measure": "fame"}, "choose from: degree"),
        ("rank_actors", {"layers": ["treaty"]}, "agreement, drill"),
        ("rank_actors", {"types": ["defense"]}, "defence"),
        ("rank_actors", {"as_of": "last year"}, "last year"),
        ("rank_actors", {"as_of": "2016/.."}, "has no end"),
        ("rank_actors", {"certainty": "sure"}, "'certain' or 'possible'"),
        ("rank_actors", {"explain": "VAT"}, "no tie in this slice"),
        ("rank_actors", {"sources": ["wikipedia"]}, "treaties"),
        ("rank_actors", {"limit": 0}, "greater than or equal to 1"),
        ("get_fact", {"fact": "japan-europe:guardian"}, FACT),
        ("get_fact", {"fact": FACT, "known_on": "2000-01-01"}, "`known_on`"),
        ("cite_sources", {"of": "facts"}, "name the facts"),
        ("cite_sources", {"style": "apa"}, "text, bibtex, csl"),
        ("run_query", {"query": "gossip"}, "there is no query 'gossip'"),
        ("run_query", {"query": "partners"}, "partners needs actor"),
        ("run_query", {"query": "partners", "parameters": {"actor": "JPN", "dya": "2016"}}, "dya"),
        ("run_query", {"query": "betweenness"}, "ask rank_actors"),
        ("ask_cypher", {"cypher": "MATCH (n) DETACH DELETE n"}, "only reading is allowed"),
        ("ask_cypher", {"cypher": "UNWIND range(1, 5000) AS n RETURN n"}, "1000 rows"),
    ],
)  # fmt: skip
def test_slips_are_told_with_the_remedy(
    server: Server[Any], tool: str, arguments: dict[str, Any], told: str
) -> None:
    said = refused(server, tool, **arguments)
    assert told in said
    # What only helps at a terminal is no remedy here.
    assert "comity " not in said.replace("a fault in comity", "comity fault")
    assert "--" not in said
    assert " -p " not in said


def test_outside_the_time_that_is_covered_there_is_no_number(tmp_path: Path) -> None:
    from comity.graph.loading import load
    from comity.graph.model import Source
    from comity.graph.reading import Reading
    from tests.queries.balance.networks import powers

    told = sorted(powers(), key=lambda statement: statement.fact)
    with open_store(str(tmp_path / "powers")) as store:
        load(store, Reading("test", (Source("test:a", "A table", coverage="1872/1918"),), told))
        server = assistant_server(store)
        assert "nobody tells of agreement in 1950" in refused(server, "rank_actors", as_of="1950")
        assert tell(server, "rank_actors", as_of="1914", types="all")["rows"]
        assert tell(server, "describe_graph")["collections"][0]["covers"]["agreement"] == ["1872/1918"]


def test_nulls_and_single_names_are_taken_as_they_are_meant(server: Server[Any]) -> None:
    plainly = tell(server, "rank_actors", layers=["drill"], as_of="2016")
    assert tell(server, "rank_actors", layers="drill", as_of="2016", types=None, limit=None) == plainly
    assert tell(server, "rank_actors", layers='["drill"]', as_of="2016") == plainly


def test_an_answer_may_be_held_shorter(kept: Store) -> None:
    short = ask(assistant_server(kept, characters=3_000), "actor_profile", actor="NATO", as_of=DAY)
    assert len(text(short)) <= 3_000
    assert "members" in document(short)["cut"]


def test_an_answer_is_of_the_revision_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier is loaded after the tool has read: what it read before is not told with the revision of afterwards."""
    with open_store(str(tmp_path / "store")) as store:
        with_dossiers(store, "japan-europe")
        answer, told = DescribeGraph.answer, []

        def interrupted(tool: DescribeGraph, graph: Graph) -> Any:
            found = answer(tool, graph)
            told.append(found["facts"])
            if len(told) == 1:
                with_dossiers(store, "treaties")
            return found

        monkeypatch.setattr(DescribeGraph, "answer", interrupted)
        found = tell(assistant_server(store), "describe_graph")
        assert found["revision"] == store.revision()
        assert told == [told[0], found["facts"]] and told[0] < found["facts"]
        assert list(found)[:2] == ["asked", "revision"]
