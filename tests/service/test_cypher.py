"""What strangers type: it reads within its limits, or is refused; on both databases, over HTTP."""

import csv
import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from comity.graph.errors import NobodyWaits, QueryLimit, StoreBusy
from comity.graph.loading import load
from comity.graph.stores.base import Limits, Store
from comity.graph.stores.stopping import Stop
from comity.loaders.dossier import open_bundled
from comity.service.app import create_app
from comity.service.settings import ServiceSettings
from tests.conftest import ON_EACH, with_dossiers
from tests.graph.test_guard import ATTACKS, HARMLESS, NEO4J_ONLY, SECRET, TOO_DEEP, content
from tests.servers.neo4j import Server
from tests.service.conftest import opened_empty
from tests.service.processes import Service, login, serving

HUGE = [
    "RETURN range(1, 2000000000) AS x",
    "UNWIND range(1, 2000000000) AS x RETURN x",
    "RETURN [x IN range(1, 3000) | range(1, 3000)] AS x",
    "RETURN reduce(s = 'x', i IN range(1, 26) | s + s) AS x",
    "RETURN reduce(s = [1], i IN range(1, 24) | s + s) AS x",
    "UNWIND range(1, 1000000) AS x WITH collect(x) AS xs RETURN xs, xs AS ys, xs AS zs",
    "UNWIND range(1, 20000) AS x RETURN x",
    "UNWIND range(1, 9000) AS x RETURN [y IN range(1, 1000) | 'abcdefgh'] AS y",
]
"""More than is allowed to be answered."""

LONG = [
    "MATCH (a), (b), (c), (d), (e) WHERE a.id + b.id + c.id + d.id + e.id = 'x' RETURN count(*) AS n",
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b UNWIND range(1, 1000) AS c WITH a WHERE a < 0 RETURN a",
]
"""Longer than is allowed."""

ENDS_ITSELF = Limits(12)
"""Longer than any test waits, and not much: the embedded engine runs on with what was given up for as long as it was allowed, and lets
no other store be opened meanwhile."""

DISGUISED: list[tuple[str, dict[str, Any]]] = [
    ("MATCH (n:$label) SET n.x = 1 RETURN n", {"label": "Country"}),
    ("$query", {"query": "CREATE (:Country {id: 'XXX'})"}),
    ("CALL $procedure()", {"procedure": "db.labels"}),
    ("CALL { $query }", {"query": "CREATE (:Country {id: 'XXX'})"}),
    ("MATCH (n) SET n = $properties", {"properties": {"id": "XXX"}}),
    ("MATCH (n) SET n += $properties RETURN n", {"properties": {"id": "XXX"}}),
    ("CREATE (n $properties)", {"properties": {"id": "XXX"}}),
    ("LOAD CSV FROM $file AS row RETURN row", {"file": "FILE"}),
    ("RETURN apoc.cypher.runFirstColumnSingle($query, {})", {"query": "CREATE (:Country {id: 'XXX'})"}),
    ("RETURN sql.eval($query)", {"query": "DELETE FROM Country"}),
    ("FOREACH (x IN $given | CREATE (:Country {id: x}))", {"given": ["XXX"]}),
    ("UNWIND $given AS x MERGE (:Country {id: x})", {"given": ["XXX"]}),
    ("WITH $given AS x CALL { WITH x CREATE (:Country {id: x}) } IN TRANSACTIONS", {"given": "XXX"}),
]
"""Attacks that need their parameters."""

DATA: list[dict[str, Any]] = [
    {"x": "'}) CREATE (:Country {id: 'XXX'}) //"},
    {"x": "\\u0027}) DETACH DELETE n //"},
    {"x": {"$ne": None}},
    {"x": ["a", {"b": [None, True, 1.5, "é"]}]},
    {"x": "`) MATCH (n) DETACH DELETE n"},
    {"x": "", "": 1, "y": {}, "z": []},
    {"x": 2**63 - 1},
    {"x": -(2**63)},
    {"x": "a" * 100_000},
    {"x": 1e308},
]
"""What stays a value, whatever stands in it."""


@pytest.fixture
def asked(store: Store) -> Iterator[TestClient]:
    """A service that allows little."""
    load(store, open_bundled("japan-europe").reading())
    settings = ServiceSettings(freshness=0, cypher_seconds=3, cypher_bytes=1_000_000)
    with TestClient(create_app(store, settings)) as client:
        yield client


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """The address of a file that both engines could read."""
    file = tmp_path / "secret.csv"
    file.write_text(SECRET, encoding="utf-8")
    return file.as_uri()


def ask(client: TestClient, query: str, parameters: Any = None, **more: Any) -> Any:
    return client.post("/api/cypher", json={"query": query, "parameters": parameters or {}, **more})


def test_rows_are_those_of_the_store(asked: TestClient, store: Store) -> None:
    query = "MATCH (a:Country {id: $who})-[t:DRILL]-(b) RETURN b.name AS partner, t.earliest_begin AS day, t.types AS types ORDER BY partner, day"
    answer = ask(asked, query, {"who": "JPN"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    rows = store.ask(query, {"who": "JPN"})
    assert rows
    expected = [{**row, "day": row["day"].isoformat() if row["day"] else None} for row in rows]
    assert answer.json() == {"columns": ["partner", "day", "types"], "rows": expected}
    table = asked.post(
        "/api/cypher", json={"query": query, "parameters": {"who": "JPN"}}, headers={"Accept": "text/csv"}
    )
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    told = list(csv.DictReader(io.StringIO(table.text, newline="")))
    assert [(row["partner"], row["day"]) for row in told] == [
        (row["partner"], row["day"] or "") for row in expected
    ]


def test_nothing_found_is_no_error(asked: TestClient) -> None:
    assert ask(asked, "MATCH (n:Country {id: 'XXX'}) RETURN n").json() == {"columns": [], "rows": []}


def test_many_rows_come_whole(asked: TestClient) -> None:
    query = "UNWIND range(1, 10000) AS x RETURN x, toString(x) + ' \"é\"' AS y"
    answer = ask(asked, query).json()
    assert answer["rows"] == [{"x": x, "y": f'{x} "é"'} for x in range(1, 10_001)]
    table = asked.post("/api/cypher", json={"query": query}, headers={"Accept": "text/csv"}).text
    assert [row["y"] for row in csv.DictReader(io.StringIO(table, newline=""))] == [
        f'{x} "é"' for x in range(1, 10_001)
    ]


def test_known_attacks_change_and_show_nothing(asked: TestClient, store: Store, secret: str) -> None:
    before, revision = content(store), store.revision()
    attacks: list[tuple[str, dict[str, Any]]] = [(attack, {}) for attack in ATTACKS] + DISGUISED
    for attack, parameters in attacks:
        given = {name: secret if value == "FILE" else value for name, value in parameters.items()}
        answer = ask(asked, attack.replace("FILE", secret), given)
        assert answer.status_code in (400, 403, 422), (attack, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert SECRET not in answer.text
    assert (content(store), store.revision()) == (before, revision)


def test_what_is_too_deep_is_refused(asked: TestClient) -> None:
    for query in TOO_DEEP:
        assert ask(asked, query).status_code in (403, 422)
    assert ask(asked, "RETURN 1 AS x").status_code == 200


def test_values_stay_values(asked: TestClient, store: Store) -> None:
    before = content(store)
    for given in DATA:
        answer = ask(asked, "RETURN $x AS x", given)
        assert answer.status_code == 200, (given, answer.text)
        assert answer.json()["rows"] == [{"x": given["x"]}]
        assert ask(asked, "MATCH (n:Country) WHERE n.id = $x RETURN n", given).status_code in (200, 400)
    assert content(store) == before


def test_ordinary_questions_are_not_hindered(asked: TestClient, store: Store) -> None:
    for question in HARMLESS:
        if store.engine == "neo4j" or question not in NEO4J_ONLY:
            answer = ask(asked, question, {"given": ["JPN"], "set": 1, "load": 2})
            assert answer.status_code == 200, answer.text


def test_what_is_too_much_is_ended(asked: TestClient) -> None:
    before = resident()
    for query in HUGE:
        answer = ask(asked, query)
        assert answer.status_code in (400, 422), (query, answer.text[:300])
        assert resident() - before < 1500, query  # the embedded engine's own memory is this process's
    assert ask(asked, "RETURN 1 AS x").json()["rows"] == [{"x": 1}]


def test_what_takes_too_long_is_ended(asked: TestClient) -> None:
    for query in LONG:
        began = time.monotonic()
        answer = ask(asked, query, limits={"seconds": 1})
        assert answer.status_code == 422, answer.text[:300]
        assert "longer than 1 seconds" in answer.json()["detail"]
        assert time.monotonic() - began < 5
    assert ask(asked, "RETURN 1 AS x").json()["rows"] == [{"x": 1}]


def test_limits_can_be_lowered_and_not_raised(asked: TestClient) -> None:
    query = "UNWIND range(1, 20) AS x RETURN x"
    assert ask(asked, query, limits={"rows": 19}).status_code == 422
    assert ask(asked, query, limits={"rows": 20}).status_code == 200
    more = "UNWIND range(1, 20000) AS x RETURN x"
    assert ask(asked, more, limits={"rows": 1_000_000, "seconds": 1e9}).status_code == 422


NO_QUESTIONS = [
        b"", b"{}", b"[]", b"null", b"{", b'"RETURN 1"', b'{"query": 1}', b'{"query": ""}', b'{"query": "RETURN 1", "more": 1}',
        b'{"query": "RETURN 1", "parameters": []}', b'{"query": "RETURN 1", "limits": {"rows": 0}}', b"\xff\xfe",
        b'{"query": "RETURN 1", "limits": {"seconds": 0.009}}',
        b'{"query": "RETURN 1", "limits": {"seconds": "NaN"}}', b'{"query": "RETURN 1", "limits": {"seconds": NaN}}',
        b'{"query": "RETURN $x AS x", "parameters": {"x": 99999999999999999999}}',
        b'{"query": "RETURN $x AS x", "parameters": {"x": "\\ud800"}}', b'{"query": "RETURN \'\\ud800\' AS x"}',
        b'{"query": "RETURN $x AS x", "parameters": {"x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}}",
    ]  # fmt: skip
"""What is sent and is none."""


def test_what_is_no_question_is_told(asked: TestClient) -> None:
    for body in NO_QUESTIONS:
        answer = asked.post("/api/cypher", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in (400, 422), (body[:100], answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_query_can_be_stopped_by_another_thread(asked: TestClient, store: Store) -> None:
    stop = Stop()
    threading.Timer(0.5, stop.tell).start()
    began = time.monotonic()
    with pytest.raises(QueryLimit, match="nobody waits"):
        store.ask(LONG[0], {}, ENDS_ITSELF, stop)
    assert time.monotonic() - began < 5
    with pytest.raises(QueryLimit, match="nobody waits"):
        store.ask("RETURN 1 AS x", {}, Limits(60), stop)
    assert store.ask("RETURN 1 AS x") == [{"x": 1}]


def test_waiting_for_others_counts_as_time_and_can_be_stopped(kept: Store) -> None:
    """The embedded database answers one query at a time."""
    first, second = Stop(), Stop()
    running = threading.Thread(target=ended, args=(kept, first))
    running.start()
    time.sleep(0.3)
    began = time.monotonic()
    with pytest.raises(StoreBusy, match=r"all of the 0\.5 seconds"):
        kept.ask("RETURN 1 AS x", {}, Limits(0.5))
    threading.Timer(0.3, second.tell).start()
    with pytest.raises(NobodyWaits):
        kept.ask("RETURN 1 AS x", {}, Limits(60), second)
    assert time.monotonic() - began < 5
    assert running.is_alive()
    first.tell()
    running.join(10)
    assert kept.ask("RETURN 1 AS x") == [{"x": 1}]


def ended(store: Store, stop: Stop) -> None:
    """Ask for long, until it is stopped."""
    with pytest.raises(NobodyWaits):
        store.ask(LONG[1], {}, ENDS_ITSELF, stop)


# --- as a process ---


@pytest.fixture(scope="module", params=ON_EACH)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with two places for queries, once on each engine."""
    with opened_empty(request, tmp_path_factory) as store:
        url = with_dossiers(store, "japan-europe").url
    environment = {"COMITY_SERVE_CYPHER_AT_ONCE": "2", "COMITY_SERVE_LOG": "json"}
    if store.engine == "neo4j":
        environment |= login(request.getfixturevalue("neo4j_server"))
    with serving(url, tmp_path_factory.mktemp("config") / "keys.sqlite", environment) as running:
        yield running


def test_more_at_once_than_there_are_places_come_again(service: Service) -> None:
    statuses: list[int] = []

    def long() -> None:
        question = {"query": LONG[0], "limits": {"seconds": 3}}
        statuses.append(httpx.post(f"{service.address}/api/cypher", json=question, timeout=60).status_code)

    threads = [threading.Thread(target=long) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    refused = httpx.post(f"{service.address}/api/cypher", json={"query": "RETURN 1 AS x"}, timeout=60)
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert httpx.get(f"{service.address}/readyz", timeout=60).status_code == 200
    for thread in threads:
        thread.join()
    assert set(statuses) <= {422, 503}


def test_it_ends_a_query_when_the_client_leaves(service: Service, request: pytest.FixtureRequest) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{service.address}/api/cypher", json={"query": LONG[0]}, timeout=1)
    deadline = time.monotonic() + 10
    while '"status": 499' not in service.logged():
        assert time.monotonic() < deadline, service.logged()
        time.sleep(0.1)
    if "neo4j" in request.node.name:
        server: Server = request.getfixturevalue("neo4j_server")
        while any(LONG[0] in query for query in running_on(server)):
            assert time.monotonic() < deadline, "the server goes on with it"
            time.sleep(0.2)


def running_on(server: Server) -> list[str]:
    """The queries that a Neo4j server works on."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        records, _, _ = driver.execute_query(
            "SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery AS query"
        )
        return [record["query"] for record in records]


def resident() -> int:
    """Megabytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 // 1_000_000
