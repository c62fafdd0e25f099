"""Backup: what is restored is the graph that was backed up, on either engine, whatever happens in between."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

from comity.graph.backup.making import make_backup
from comity.graph.backup.manifest import MANIFEST, Manifest, file_of
from comity.graph.backup.restoring import restore_backup
from comity.graph.backup.tables import TABLES
from comity.graph.curation import judge
from comity.graph.dates import When
from comity.graph.errors import InputError, StoreBusy, StoreError
from comity.graph.identity import Judgement, Verdict
from comity.graph.loading import load
from comity.graph.log import read_log
from comity.graph.mappings import read_mappings
from comity.graph.quarantine import read_quarantine
from comity.graph.retracting import restore, retract
from comity.graph.slices import Question, read_history, take
from comity.graph.stores import Store, open_store, steady
from comity.graph.stores.base import NODE_LABELS
from comity.queries.inventory import inventory
from comity.queries.measures import measure_of
from comity.queries.ranking import rank
from tests.graph.everything import content, filled
from tests.graph.facts import reading, stated
from tests.servers.neo4j import Server

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def aged(store: Store) -> None:
    """Let some of the record have been known since yesterday, and two facts be one."""
    judge(
        store,
        [
            Judgement(
                "treaties:anzus", "japan-europe:acsa-france", Verdict.SAME, "somebody", 1.0, "", ("a", "b")
            )
        ],
    )
    at = YESTERDAY.isoformat(timespec="microseconds")
    query = "MATCH (n:Statement|Source) WHERE n.collection = 'treaties' SET n.opened = [$at]"
    store.write(lambda run: run(query, {"at": at}))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An embedded store with a bit of everything, and its backup."""
    folder = tmp_path_factory.mktemp("original")
    with open_store(str(folder / "store")) as store:
        filled(store)
        aged(store)
        make_backup(store, folder / "saved")
    return folder / "store", folder / "saved"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same of a few facts, two of which are one."""
    folder = tmp_path_factory.mktemp("small")
    with open_store(str(folder / "store")) as store:
        told = [stated(f"pact-{n}", "FRA GBR RUS", ["in_force 1900/.."]) for n in range(30)]
        load(store, reading(told))
        judge(store, [Judgement("test:pact-3", "test:pact-28", Verdict.SAME, "somebody")])
        make_backup(store, folder / "saved")
    return folder / "store", folder / "saved"


def known(store: Store) -> list[Any]:
    """What users see of a store, and what they saw yesterday."""
    held = inventory(store).to_dict()
    question = Question(types=("defence",), as_of=When.parse("1960"))
    return [
        {name: held[name] for name in held if name not in ("store", "engine")},
        rank(take(store, question), measure_of("betweenness")).rows,
        read_log(store),
        read_log(store, subject="treaties:nato-members"),
        read_quarantine(store),
        read_mappings(store),
        read_history(store, known_on=YESTERDAY.date()).facts,
        read_history(store, known_on=YESTERDAY.date() - timedelta(days=1)).facts,
    ]


def test_the_same_graph_comes_back(store: Store, original: tuple[Path, Path], tmp_path: Path) -> None:
    """From the embedded store into each engine, and from there into the embedded one again."""
    where, saved = original
    told: list[int] = []
    made = restore_backup(store, saved, told.append)
    assert told[-1] == made.rows
    again = make_backup(store, tmp_path / "again")
    assert again.revision == made.revision == store.revision()
    shutil.copytree(where, tmp_path / "first")
    with (
        open_store(str(tmp_path / "first")) as first,
        open_store(str(tmp_path / "third")) as third,
    ):
        restore_backup(third, tmp_path / "again")
        assert content(first) == content(store) == content(third)
        seen = known(first)
        assert seen == known(store) == known(third)
        assert len(seen[-2]) > 100
        assert seen[-1] == ()
        # And it lives on: the same changes lead to the same revision.
        for one in (first, store, third):
            restore(one, "treaties:nato-members")
        assert first.revision() == store.revision() == third.revision() != made.revision
        for one in (first, store, third):
            retract(one, "treaties:nato-members")


def test_restored_twice_is_restored_once(store: Store, original: tuple[Path, Path], tmp_path: Path) -> None:
    saved = restore_backup(store, original[1])
    before = content(store)
    assert restore_backup(store, original[1]) == saved
    assert content(store) == before
    restore(store, "treaties:nato-members")
    with pytest.raises(InputError, match="something in it, and a backup is restored into an empty one"):
        restore_backup(store, original[1])
    load(store, reading([]))


def test_an_empty_store_has_a_backup_too(store: Store, tmp_path: Path) -> None:
    made = make_backup(store, tmp_path / "saved")
    assert (made.rows, made.revision) == (0, "0" * 64)
    assert restore_backup(store, tmp_path / "saved") == made
    assert store.revision() == "0" * 64


def test_every_label_is_in_a_table_or_made_of_statements() -> None:
    assert {label for table in TABLES for label in table.labels} == {*NODE_LABELS} - {"Fact", "Comity"}


def test_other_programs_read_the_files(original: tuple[Path, Path]) -> None:
    _, saved = original
    path = saved / "statements.parquet"
    number = json.loads((saved / MANIFEST).read_text())["files"]["statements"]["rows"]
    frame = polars.read_parquet(path)
    assert frame.height == number > 300
    assert frame.schema["confidence"] == polars.Float64
    assert frame.schema["live"] == polars.Boolean
    assert frame.schema["opened"] == polars.List(polars.Datetime("us", "UTC"))
    assert frame["opened"].list.first().min() == YESTERDAY
    assert frame["states"].str.json_path_match("$.kind").to_list() == frame["kind"].to_list()
    table = pandas.read_parquet(path)
    assert table["confidence"].dtype == "float64"
    assert table["live"].dtype == "bool"
    assert len(table) == number
    log = pandas.read_parquet(saved / "log.parquet")
    assert isinstance(log["finished"].dtype, pandas.DatetimeTZDtype)
    found = duckdb.sql(
        f"SELECT s.kind, count(*) FROM '{path}' s JOIN '{saved / 'sources.parquet'}' o ON s.source = o.id "
        "WHERE s.live AND len(s.opened) > len(s.closed) GROUP BY ALL"
    ).fetchall()
    assert dict(found) == dict(table[table["live"]].groupby("kind").size())
    types = duckdb.sql(f"DESCRIBE SELECT * FROM '{saved / 'log.parquet'}'").fetchall()
    assert {"finished": "TIMESTAMP WITH TIME ZONE", "read": "BIGINT", "files": "VARCHAR[]"}.items() <= {
        name: sort for name, sort, *_ in types
    }.items()
    for file in saved.glob("*.parquet"):
        metadata = pyarrow.parquet.ParquetFile(file).metadata
        for group in range(metadata.num_row_groups):
            assert metadata.row_group(group).column(0).compression == "ZSTD"


def test_the_manifest_tells_what_is_there(original: tuple[Path, Path]) -> None:
    _, saved = original
    manifest = Manifest.from_json((saved / MANIFEST).read_text())
    assert {path.name for path in saved.iterdir()} == {MANIFEST, *(table.file for table in TABLES)}
    for table in TABLES:
        path = saved / table.file
        rows = pyarrow.parquet.ParquetFile(path).metadata.num_rows
        assert file_of(path, rows) == manifest.files[table.name]


# ---- what is not whole ---------------------------------------------------------------------------------------------------------


def rewritten(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((folder / MANIFEST).read_text())
    change(manifest)
    (folder / MANIFEST).write_text(json.dumps(manifest))


def flipped(folder: Path) -> None:
    content = bytearray((folder / "statements.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "statements.parquet").write_bytes(content)


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "flipped bit": (flipped, r"statements\.parquet is damaged or was changed"),
    "cut off": (lambda folder: os.truncate(folder / "log.parquet", 100), r"log\.parquet is damaged"),
    "missing file": (lambda folder: (folder / "sources.parquet").unlink(), r"sources\.parquet is missing"),
    "no manifest": (lambda folder: (folder / MANIFEST).unlink(), rf"holds no backup: there is no {MANIFEST}"),
    "torn manifest": (lambda folder: os.truncate(folder / MANIFEST, 200), rf"{MANIFEST} is damaged"),
    "no text": (lambda folder: (folder / MANIFEST).write_bytes(b"\xff\xfe{"), rf"{MANIFEST} is damaged"),
    "another manifest": (
        lambda folder: (folder / MANIFEST).write_text('{"format": "else"}'),
        "is not of a comity backup",
    ),
    "a list": (lambda folder: (folder / MANIFEST).write_text("[]"), "is damaged"),
    "newer form": (
        lambda folder: rewritten(folder, lambda told: told.update(version=2, comity="9.0")),
        r"newer form \(2, made by comity 9\.0; this one reads up to 1\): restore it with that comity",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_written(
    original: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    damage, words = DAMAGES[name]
    shutil.copytree(original[1], tmp_path / "saved")
    damage(tmp_path / "saved")
    with open_store(str(tmp_path / "store")) as store:
        with pytest.raises(InputError, match=words):
            restore_backup(store, tmp_path / "saved")
        assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def replaced(folder: Path, table: pyarrow.Table) -> None:
    """Put other statements into the backup, so that hash and rows are right."""
    pyarrow.parquet.write_table(table, folder / "statements.parquet")
    made = file_of(folder / "statements.parquet", table.num_rows)
    told = {"rows": made.rows, "bytes": made.bytes, "sha256": made.sha256}
    rewritten(folder, lambda manifest: manifest["files"].update(statements=told))


FALSIFIED: dict[str, tuple[Callable[[Any], Any], type[Exception], str]] = {
    "one less": (lambda table: table.slice(1), StoreError, "has revision .* the store may not be used"),
    "one twice": (
        lambda table: pyarrow.concat_tables([table, table.slice(0, 1)]),
        StoreError,
        "could not write: .*Duplicated key",
    ),
    "other columns": (lambda table: table.drop_columns(["live"]), InputError, "has other columns"),
}


@pytest.mark.parametrize("name", FALSIFIED)
def test_another_graph_than_the_manifest_tells_of_is_never_one(
    original: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    change, error, words = FALSIFIED[name]
    saved = tmp_path / "saved"
    shutil.copytree(original[1], saved)
    replaced(saved, change(pyarrow.parquet.read_table(saved / "statements.parquet")))
    with open_store(str(tmp_path / "store")) as store, pytest.raises(error, match=words):
        restore_backup(store, saved)
    with pytest.raises(StoreBusy, match="repeat `comity restore FOLDER`"):
        open_store(str(tmp_path / "store"))
    with (
        open_store(str(tmp_path / "store"), unfinished=True) as store,
        pytest.raises(InputError, match="holds part of another backup"),
    ):
        restore_backup(store, original[1])


def test_what_no_table_has_a_place_for_is_not_lost_in_silence(store: Store, tmp_path: Path) -> None:
    load(store, reading([stated("pact", "FRA GBR", ["signed 1904"])]))
    store.write(lambda run: run("MATCH (s:Source) SET s.shelf = 7", {}))
    with pytest.raises(StoreError, match="Source test:a has shelf, which no backup holds"):
        make_backup(store, tmp_path / "saved")
    assert not [path for path in tmp_path.iterdir() if path.name != "store"]
    store.write(lambda run: run("MATCH (s:Source) SET s.shelf = null, s.opened = ['yesterday']", {}))
    with pytest.raises((StoreError, ValueError), match="yesterday"):
        make_backup(store, tmp_path / "saved")


# ---- while others write, and when it is cut off --------------------------------------------------------------------------------


def test_a_backup_is_of_one_revision_while_others_write(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "PAUSES", (0,) * 1000)
    told = [stated(f"pact-{n}", "FRA GBR RUS", ["in_force 1900/.."]) for n in range(30)]
    load(store, reading(told))
    done = threading.Event()
    changes = 0

    def change() -> None:
        nonlocal changes
        while not done.wait(0.2) and changes < 8:
            load(store, reading(told[: 20 + changes % 10]))
            changes += 1

    writer = threading.Thread(target=change)
    writer.start()
    try:
        made = make_backup(store, tmp_path / "saved")
    finally:
        done.set()
        writer.join()
    with open_store(str(tmp_path / "restored"), unfinished=True) as restored:
        restore_backup(restored, tmp_path / "saved")
        assert restored.revision() == made.revision
        entries = {entry.revision for entry in read_log(restored)}
        assert made.revision in entries


CHILD = """
import json, os, signal, sys
from comity.graph.backup import making, restoring
from comity.graph.stores import open_store

module, where, deaths = sys.argv[1:4]
module = {"making": making, "restoring": restoring}[module]
restoring._ROWS_AT_ONCE = 10
left = int(deaths)
original = getattr(module, where)
def hooked(*given):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return original(*given)
setattr(module, where, hooked)
auth = tuple(json.loads(os.environ["AUTH"])) if "AUTH" in os.environ else None
with open_store(os.environ["STORE"], auth=auth, unfinished=True) as store:
    (making.make_backup if module is making else restoring.restore_backup)(store, sys.argv[4])
"""


def killed(module: str, where: str, after: int, folder: Path, url: str, auth: tuple[str, str] | None) -> None:
    environment = {**os.environ, "STORE": url, **({"AUTH": json.dumps(auth)} if auth else {})}
    done = subprocess.run(
        [sys.executable, "-c", CHILD, module, where, str(after), str(folder)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture
def auth(request: pytest.FixtureRequest, store_url: str) -> Iterator[tuple[str, str] | None]:
    server: Server | None = request.getfixturevalue("empty_neo4j") if "://" in store_url else None
    yield server.auth if server else None


@pytest.mark.parametrize(("where", "after"), [("_create", 4), ("_make_facts", 1), ("_finish", 0)])
def test_a_killed_restoring_is_repeated(
    store_url: str, auth: tuple[str, str] | None, small: tuple[Path, Path], where: str, after: int
) -> None:
    killed("restoring", where, after, small[1], store_url, auth)
    for create in (True, False):
        with pytest.raises(StoreBusy, match="repeat `comity restore FOLDER`"):
            open_store(store_url, auth=auth, create=create)
    with open_store(store_url, auth=auth, unfinished=True) as store:
        for work in (
            lambda: load(store, reading([stated("pact", "FRA GBR", ["signed 1904"])])),
            lambda: retract(store, "test"),
            lambda: make_backup(store, small[1].with_name("half")),
        ):
            with pytest.raises(StoreBusy):
                work()
        restore_backup(store, small[1])
    with open_store(store_url, auth=auth) as store, open_store(str(small[0])) as first:
        assert content(store) == content(first)


def test_a_killed_backup_leaves_none(small: tuple[Path, Path], tmp_path: Path) -> None:
    killed("making", "_keep", 3, tmp_path / "saved", str(small[0]), None)
    assert not (tmp_path / "saved").exists()
    with open_store(str(small[0])) as store:
        made = make_backup(store, tmp_path / "saved")
    assert made.revision == Manifest.from_json((small[1] / MANIFEST).read_text()).revision
