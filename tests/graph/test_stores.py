"""The contract: every engine behaves the same."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from comity.graph.actors import Actor, Name
from comity.graph.errors import (
    InputError,
    NotAStore,
    QueryError,
    QueryLimit,
    StoreError,
    StoreLocked,
    StoreUnavailable,
    UnknownName,
    UnsafeQuery,
    WrongPassword,
)
from comity.graph.loading import load
from comity.graph.model import Rejected, Source, Statement
from comity.graph.reading import Reading
from comity.graph.retracting import retract
from comity.graph.revision import revision_of
from comity.graph.slices import read_history
from comity.graph.statements import read_sources, read_statements
from comity.graph.stores import Limits, Run, Store, open_store
from comity.graph.stores.stopping import Stop, heeding
from tests.graph.facts import reading, stated
from tests.servers.neo4j import Server

PACTS = [
    stated("entente", "FRA RUS", ["signed 1892-08-18", "in_force 1894-01-04/1917-11"], source="a"),
    stated("entente", "FRA RUS", ["in_force 1893-12/1917"], source="b"),
    stated(
        "cordiale", "FRA GBR", ["signed 1904-04-08", "in_force 1904-04-08/.."], source="a", types=["entente"]
    ),
    stated(
        "members",
        "FRA:member GBR:member UN:organization",
        ["in_force 1945-10-24/.."],
        kind="membership",
        types=["full"],
    ),
    stated(
        "manœuvres – 海",
        "JPN:host GBR:guest",
        ["held 2016-10"],
        kind="drill",
        types=["sea"],
        location="三沢 “Ō”",
    ),
]


def counts(store: Store) -> dict[str, int]:
    """Nodes by label and edges by type, the log of loads left out."""
    nodes = store.read("MATCH (n) WITH labels(n)[0] AS label, count(*) AS n RETURN label, n")
    edges = store.read("MATCH ()-[t]->() WITH type(t) AS label, count(*) AS n RETURN label, n")
    return {row["label"]: row["n"] for row in nodes + edges if row["label"] != "Load"}


def revision_by_hand(*readings: Reading) -> str:
    """The revision that a store must have which holds exactly these readings."""
    items = [item.id for told in readings for item in told.records if isinstance(item, Statement)]
    items += [source.digest for told in readings for source in told.sources]
    return revision_of(items)


def test_a_load_stores_everything_and_the_same_load_again_nothing(store: Store) -> None:
    first = load(store, reading(PACTS))
    assert (first.read, first.stored, first.unchanged, first.rejected) == (4, 4, 0, 0)
    before, content = store.revision(), counts(store)
    again = load(store, reading(PACTS))
    assert (again.read, again.stored, again.unchanged) == (4, 0, 4)
    assert store.revision() == before == first.revision == again.revision == revision_by_hand(reading(PACTS))
    assert counts(store) == content
    assert store.read("MATCH (l:Load) RETURN count(l) AS n") == [{"n": 1}]
    assert content == {
        "Comity": 1, "Country": 4, "Organization": 1, "Source": 2, "Statement": 5, "Fact": 4,
        "FROM": 5, "ABOUT": 5, "PARTY": 9, "AGREEMENT": 3, "MEMBERSHIP": 2, "DRILL": 1,
    }  # fmt: skip


def test_statements_come_back_as_they_went_in(store: Store) -> None:
    load(store, reading(PACTS))
    assert sorted(read_statements(store), key=lambda s: s.id) == sorted(PACTS, key=lambda s: s.id)
    assert {s.fact for s in read_statements(store, kinds=["drill"])} == {"test:manœuvres – 海"}
    assert len(read_statements(store, sources=["test:b"])) == 1
    assert read_statements(store, facts=["test:none"]) == []
    assert read_sources(store) == {name: Source(name, f"Source {name}") for name in ("test:a", "test:b")}


def test_a_stream_gives_the_same_rows_one_by_one(store: Store) -> None:
    load(store, reading(PACTS))
    query = "MATCH (f:Fact) RETURN f.id AS id, properties(f) AS p ORDER BY id"
    rows = store.stream(query)
    first = next(rows)
    assert first["p"]["earliest_begin"] == date(1904, 4, 8)
    assert [first, *rows] == store.read(query)
    unfinished = store.stream(query)
    next(unfinished)
    unfinished.close()
    assert load(store, reading(PACTS[:-1])).retracted == 1  # it stands in no writer's way
    with pytest.raises(StoreError):
        next(store.stream("nonsense"))
    store.close()
    with pytest.raises(StoreError, match="this store is closed"):
        next(store.stream(query))


def test_dates_and_text_are_plain_values(store: Store) -> None:
    load(store, reading(PACTS))
    rows = store.read(
        "MATCH (a)-[t:AGREEMENT {fact: 'test:entente'}]->(b) WHERE t.in_effect "
        "RETURN a.id AS a, b.id AS b, t.earliest_begin AS low, t.latest_begin AS high, t.when AS text, t.types AS types"
    )
    # Two sources, two ways of dating the beginning: December 1893 and 4 January 1894.
    assert rows == [
        {"a": "FRA", "b": "RUS", "low": date(1893, 12, 1), "high": date(1894, 1, 4),
         "text": "[1893-12-01..1894-01-04]/1917-11", "types": ["defence"]},
    ]  # fmt: skip
    drill = store.read("MATCH (f:Fact {kind: 'drill'}) RETURN f.location AS place, f.id AS id")
    assert drill == [{"place": ["三沢 “Ō”"], "id": "test:manœuvres – 海"}]
    asked = store.ask(
        "MATCH (f:Fact) WHERE f.earliest_begin < date('1900-01-01') RETURN f.id AS id, f.earliest_begin AS day"
    )
    assert asked == [{"id": "test:entente", "day": date(1893, 12, 1)}]


def test_nodes_edges_paths_and_moments_are_alike(store: Store) -> None:
    load(store, reading(PACTS))
    [row] = store.ask("MATCH p = (a {id: 'GBR'})-[t:DRILL]-(b) RETURN a, t, p")
    assert row["a"]["label"] == "Country"
    assert row["t"]["label"] == "DRILL"
    assert [part["label"] for part in row["p"]] == ["Country", "DRILL", "Country"]
    assert list(row["a"])[1:] == sorted(list(row["a"])[1:])
    [values] = store.ask(
        "RETURN datetime('2016-10-24T12:30:00Z') AS moment, {day: date('2016-10-24')} AS map, 1.5 AS number"
    )
    assert values == {
        "moment": "2016-10-24T12:30:00+00:00",
        "map": {"day": date(2016, 10, 24)},
        "number": 1.5,
    }


def test_a_corrected_version_closes_what_it_no_longer_holds(store: Store) -> None:
    load(store, reading(PACTS))
    corrected = [stated("cordiale", "FRA GBR", ["in_force 1904-04-08/1940"], types=["entente"]), *PACTS[:2]]
    report = load(store, reading(corrected))
    assert (report.read, report.stored, report.unchanged) == (2, 1, 1)
    assert {fact.id for fact in read_history(store).facts} == {"test:entente", "test:cordiale"}
    assert store.revision() == revision_by_hand(reading(corrected))
    kept = store.read("MATCH (s:Statement) WHERE NOT s.live RETURN count(s) AS n")
    assert kept == [{"n": 3}]


def test_retracting_a_source_and_its_return_is_the_identity(store: Store) -> None:
    load(store, reading(PACTS))
    before, content, facts = store.revision(), counts(store), read_history(store).facts
    retract(store, "test:b")
    assert (
        store.revision()
        == revision_by_hand(reading([pact for pact in PACTS if pact.source == "test:a"]))
        != before
    )
    assert {fact.id: len(fact.statements) for fact in read_history(store).facts}["test:entente"] == 1
    load(store, reading(PACTS))
    assert (store.revision(), counts(store), read_history(store).facts) == (before, content, facts)
    lives = store.read(
        "MATCH (s:Statement {source: 'test:b'}) RETURN size(s.opened) AS opened, size(s.closed) AS closed"
    )
    assert lives == [{"opened": 2, "closed": 1}]


def test_unloading_leaves_the_record_and_nothing_else(store: Store) -> None:
    load(store, reading(PACTS))
    retract(store, "test")
    assert store.revision() == "0" * 64
    assert read_history(store).facts == ()
    left = counts(store)
    assert left["Statement"] == len(PACTS)
    assert not {"Fact", "PARTY", "AGREEMENT", "DRILL", "MEMBERSHIP", "ABOUT"} & left.keys()
    with pytest.raises(UnknownName, match="none yet"):
        retract(store, "test")


def test_another_description_of_a_source_changes_the_revision_and_only_that(store: Store) -> None:
    load(store, reading(PACTS))
    before = store.revision()
    told = reading(PACTS)
    renamed = type(told)(told.collection, (Source("test:a", "Another title"), told.sources[1]), told.records)
    report = load(store, renamed)
    assert report.stored == 0
    assert report.revision == store.revision() == revision_by_hand(renamed) != before
    load(store, reading(PACTS))
    assert store.revision() == before


def test_a_source_that_a_corrected_version_drops_is_closed(store: Store) -> None:
    load(store, reading(PACTS))
    shorter = reading([pact for pact in PACTS if pact.source == "test:a"])
    load(store, shorter)
    assert store.revision() == revision_by_hand(shorter)
    assert store.read("MATCH (s:Source) WHERE s.live RETURN s.id AS id") == [{"id": "test:a"}]
    retract(store, "test")
    assert store.revision() == "0" * 64


def test_actors_that_only_a_dossier_knows_live_with_it(store: Store) -> None:
    def told(name: str, collection: str = "test") -> Reading:
        pact = stated("pact", "FRA CLUB", ["in_force 1950/.."], collection=collection)
        club = Actor("CLUB", "Organization", name, names=(Name(name),))
        return Reading(collection, reading([pact], collection=collection).sources, [pact], (club,))

    first = load(store, told("The Club")).revision
    second = load(store, told("The New Club")).revision
    assert first != second
    assert store.read("MATCH (a:Organization {id: 'CLUB'}) RETURN a.name AS name") == [
        {"name": "The New Club"}
    ]
    with pytest.raises(InputError, match="CLUB is an actor of test already"):
        load(store, told("Another Club", "other"))
    assert load(store, told("The Club")).revision == first
    retract(store, "test:a")
    retract(store, "test")
    assert store.revision() == "0" * 64
    load(store, told("Another Club", "other"))


def test_rows_of_a_fact_that_do_not_stand_together_are_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comity.graph.comparing.BATCH_STATEMENTS", 1)
    apart = [PACTS[0], PACTS[2], PACTS[1]]
    with pytest.raises(InputError, match="sort them by fact"):
        load(store, Reading("test", reading(PACTS).sources, apart, whole=False))


def test_a_table_of_which_nothing_can_be_read_retracts_nothing(store: Store) -> None:
    load(store, reading(PACTS, whole=False))
    before = store.revision()
    report = load(store, Reading("test", reading(PACTS).sources, [Rejected("row 1", "no year")], whole=False))
    assert (report.read, report.rejected, report.retracted) == (1, 1, 0)
    assert store.revision() == before
    assert len(read_history(store).facts) == 4


def test_what_is_retracted_is_counted(store: Store) -> None:
    load(store, reading(PACTS))
    assert load(store, reading(PACTS[:2])).retracted == 3
    assert retract(store, "test").facts == 1
    with pytest.raises(InputError, match="stands for all dossiers"):
        load(
            store,
            reading(
                [stated("pact", "FRA GBR", ["signed 1904"], collection="dossiers")], collection="dossiers"
            ),
        )


def test_equal_content_has_an_equal_revision_whatever_the_history(store: Store, tmp_path: Path) -> None:
    for part in (PACTS[:1], PACTS[2:], PACTS):
        load(store, reading(part))
    with open_store(str(tmp_path / "other")) as other:
        load(other, reading(reversed(PACTS)))
        assert other.revision() == store.revision()
        assert read_history(other).facts == read_history(store).facts


def test_a_failing_transaction_leaves_nothing(store: Store) -> None:
    load(store, reading(PACTS))
    before = counts(store)

    def work(run: Run) -> None:
        run("MATCH (f:Fact) DETACH DELETE f", {})
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        store.write(work)
    assert counts(store) == before


def test_a_table_in_batches_is_the_same_as_in_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.graph.comparing.BATCH_STATEMENTS", 2)
    report = load(store, reading(PACTS, whole=False))
    assert (report.read, report.stored) == (5, 5)
    assert store.revision() == revision_by_hand(reading(PACTS))
    assert load(store, reading(PACTS, whole=False)).unchanged == 5
    assert load(store, reading(PACTS[:2], whole=False)).stored == 0
    assert {fact.id for fact in read_history(store).facts} == {"test:entente"}


def test_what_someone_typed_is_limited_and_cannot_write(store: Store) -> None:
    load(store, reading(PACTS))
    before = counts(store)
    with pytest.raises(UnsafeQuery):
        store.ask("CREATE (x:Country {id: 'X'})")
    with pytest.raises(QueryError, match="cannot be run"):
        store.ask("MATCH (n RETURN n")
    with pytest.raises(QueryError, match="Cypher"):  # over which the parser of Neo4j 5.26 fails by itself
        store.ask("UNWIND $given // MATCH (n) RETURN n.id AS id", {"given": "="})
    with pytest.raises(QueryLimit, match="more than 3 rows"):
        store.ask("MATCH (n) RETURN n.id AS id", limits=Limits(rows=3))
    assert len(store.ask("MATCH (n:Fact) RETURN n.id AS id", limits=Limits(rows=4))) == 4
    started = time.monotonic()
    with pytest.raises(QueryLimit, match="longer than"):
        store.ask(
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(a) AS n",
            limits=Limits(seconds=1),
        )
    assert time.monotonic() - started < 20
    assert store.ask("MATCH (f:Fact) RETURN count(f) AS n") == [{"n": 4}]
    assert counts(store) == before


def test_work_that_has_a_time_ends_in_it_and_lets_others_read_though_somebody_writes(store: Store) -> None:
    endless = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(a) AS n"
    )

    def read_long() -> None:
        with heeding(Stop(2)), pytest.raises(QueryLimit, match="longer than 2 seconds"):
            store.read(endless)

    with ThreadPoolExecutor(3) as threads:

        def begun(work: Callable[[], object]) -> Future[object]:
            started = threads.submit(work)
            time.sleep(0.3)
            return started

        reading_long, loading = begun(read_long), begun(lambda: load(store, reading(PACTS)))
        threads.submit(store.read, "RETURN 1 AS n").result(timeout=1)
        assert not reading_long.done()
        reading_long.result(timeout=20)
        loading.result(timeout=20)
        # Who comes after it in the same thread has a time of their own, or none.
        assert threads.submit(store.read, "MATCH (f:Fact) RETURN count(f) AS n").result() == [{"n": 4}]


@pytest.mark.parametrize("name", ["FRA", "x' OR true //", "`", "\\u0027"])
def test_values_are_parameters_never_text(store: Store, name: str) -> None:
    load(store, reading([stated(f"pact {name}", "FRA GBR", ["signed 1904"], location=name)]))
    assert store.read("MATCH (f:Fact) RETURN f.location AS name") == [{"name": [name]}]


def test_an_unknown_actor_stops_the_load_whole(store: Store) -> None:
    with pytest.raises(InputError, match="Atlantis"):
        load(store, reading([*PACTS, stated("myth", "FRA Atlantis", ["signed 1904"])]))
    assert "Statement" not in counts(store)


CHILD = """
import json, os, signal, sys
from pathlib import Path
from comity.graph import comparing, records
from comity.graph.loading import load
from comity.graph.reading import Reading
from comity.graph.model import Source, Statement
from comity.graph.stores import open_store

comparing.BATCH_STATEMENTS = 10
where, deaths = json.loads(sys.argv[2]), int(sys.argv[3])
calls = 0
def die(*args):
    global calls
    calls += 1
    if calls > deaths:
        os.kill(os.getpid(), signal.SIGKILL)
original = getattr(records, where)
def hooked(*args):
    die()
    return original(*args)
setattr(records, where, hooked)
statements = [Statement.from_dict(item) for item in json.loads(Path(sys.argv[1]).read_text())]
auth = tuple(json.loads(os.environ["AUTH"])) if "AUTH" in os.environ else None
with open_store(os.environ["STORE"], auth=auth) as store:
    load(store, Reading("test", (Source("test:a", "Source test:a"),), statements, whole=sys.argv[4] == "whole"))
"""


@pytest.mark.parametrize("whole", [True, False], ids=["dossier", "table"])
@pytest.mark.parametrize("where", ["write_statements", "write_facts", "delete_facts"])
def test_a_killed_load_repeated_is_a_load(
    store_url: str, request: pytest.FixtureRequest, tmp_path: Path, where: str, whole: bool
) -> None:
    statements = [
        stated(f"pact-{n:03}", "FRA GBR RUS", ["signed 1900", "in_force 1900/1914"]) for n in range(40)
    ]
    content = tmp_path / "statements.json"
    content.write_text(json.dumps([statement.to_dict() for statement in statements]))
    environment = {**os.environ, "STORE": store_url}
    auth = None
    if "://" in store_url:
        server: Server = request.getfixturevalue("empty_neo4j")
        auth = server.auth
        environment["AUTH"] = json.dumps(auth)
    killed = subprocess.run(
        [sys.executable, "-c", CHILD, str(content), json.dumps(where), "0" if whole else "2", "whole" if whole else "table"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with open_store(store_url, auth=auth) as store:
        half = counts(store)
        assert half.get("Fact", 0) == (0 if whole else 20)
        # No half fact: each has its three parties, and its ties in both phases.
        assert half.get("PARTY", 0) == half.get("Fact", 0) * 3
        assert half.get("AGREEMENT", 0) == half.get("Fact", 0) * 6
        assert half.get("Statement", 0) == half.get("Fact", 0)
        report = load(store, reading(statements, whole=whole))
        assert (report.read, report.stored) == (40, 40 - half.get("Fact", 0))
        assert store.revision() == revision_by_hand(reading(statements))
        whole_store = counts(store)
        assert (whole_store["Fact"], whole_store["PARTY"], whole_store["AGREEMENT"]) == (40, 120, 240)


def test_a_folder_in_use_by_another_process_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(
            f"""
            from comity.graph.stores import open_store
            with open_store({str(folder)!r}):
                print("open", flush=True)
                input()
            """
        )],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout and holder.stdin
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked, match="another comity process"):
            open_store(str(folder))
        holder.stdin.write("\n")
    with open_store(str(folder)) as store:
        assert store.revision() == "0" * 64


def test_a_folder_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(NotAStore, match="holds other files"):
        open_store(str(tmp_path))
    with pytest.raises(NotAStore, match="is a file"):
        open_store(str(tmp_path / "letter.txt"))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    with pytest.raises(NotAStore, match="load something first"):
        open_store(str(tmp_path / "none"), create=False)
    (tmp_path / "torn").mkdir()
    with open_store(str(tmp_path / "torn")) as store:
        load(store, reading(PACTS))
    for schema in (tmp_path / "torn").glob("schema*.json"):
        schema.write_text("{")
    with pytest.raises(StoreError, match="torn"):
        open_store(str(tmp_path / "torn"))


@pytest.mark.parametrize(
    "url",
    ["bolt://neo4j:secret@localhost", "neo4j+s://user@host:7687", "http://localhost:7474", "sqlite://x"],
)
def test_addresses_that_cannot_be_are_refused_without_repeating_secrets(url: str) -> None:
    with pytest.raises(InputError) as refusal:
        open_store(url)
    assert "secret" not in str(refusal.value)


def test_no_server_is_said_plainly() -> None:
    with pytest.raises(StoreUnavailable, match=r"no Neo4j server answers at bolt://127\.0\.0\.1:1"):
        open_store("bolt://127.0.0.1:1", auth=("neo4j", "secret"))


@pytest.mark.neo4j
def test_a_wrong_password_is_said_plainly(neo4j_server: Server) -> None:
    with pytest.raises(WrongPassword, match="NEO4J_PASSWORD") as refusal:
        open_store(neo4j_server.uri, auth=(neo4j_server.user, "not-the-secret"))
    assert "not-the-secret" not in str(refusal.value)
