"""Data sets loaded over HTTP: as `comity load` does, by editors only, and nothing stays of the files, whatever becomes of them."""

import asyncio
import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.loaders.sources import loaders
from comity.service import bringing, progress, writer
from comity.service.app import create_app
from comity.service.headers import COOKIE
from comity.service.keys import Keys, Role
from comity.service.settings import ServiceSettings
from tests.conftest import apart
from tests.loaders.test_table import PAIRS

MAPPING = PAIRS.encode()
ROWS = b"id,a,b,day\n1,JPN,USA,2016-10\n2,JPN,XXX,2016\n3,JPN,GBR,soon\n4,GBR,USA,2016-12-01\n"
TABLE = (("pairs.csv", ROWS), ("pairs.yaml", MAPPING))

Files = Sequence[tuple[str, bytes]]


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have files lie in a folder of the test's own, which is empty at its end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


@pytest.fixture
def editor(store: Store, keys: Keys) -> Iterator[TestClient]:
    """A client with an editor's key, of a service whose store is empty, once on each engine."""
    with client_of(store, keys) as client:
        yield client


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store for what is refused."""
    with open_store(str(tmp_path_factory.mktemp("refusing") / "store")) as store:
        yield store


@pytest.fixture
def refused(one_store: Store, keys: Keys) -> Iterator[TestClient]:
    """An editor's client whose store is to be as it was at the end of the test."""
    before = one_store.revision(), changes_of(one_store)
    with client_of(one_store, keys) as client:
        yield client
    assert (one_store.revision(), changes_of(one_store)) == before


def client_of(store: Store, keys: Keys, **settings: Any) -> TestClient:
    _, text = keys.add("Mori", Role.EDITOR)
    app = create_app(store, ServiceSettings(freshness=60, **settings))
    return TestClient(app, headers={"X-API-Key": text})


def changes_of(store: Store) -> int:
    found: int = store.read("MATCH (l:Load) RETURN count(*) AS n")[0]["n"]
    return found


def send(client: TestClient, loader: str, files: Files, headers: Any = None, **parameters: Any) -> Any:
    return client.post(
        f"/api/loads/{loader}",
        files=[("file", file) for file in files],
        params=parameters,
        headers=headers,
    )


def test_a_published_data_set_is_planned_loaded_and_loaded_again(
    editor: TestClient, store: Store, data_folder: Path
) -> None:
    lines = (data_folder / "exercises" / "mme_v7.csv").read_bytes().splitlines(keepends=True)
    file = [("mme_v7.csv.gz", gzip.compress(b"".join(lines[:120])))]
    before = store.revision()
    planned = send(editor, "mme", file, dry_run=True).json()
    assert store.revision() == before and changes_of(store) == 0
    answer = send(editor, "mme", file)
    assert answer.status_code == 200, answer.text
    [done] = answer.json()["loads"]
    assert done["read"] == 119 == done["stored"] + done["unchanged"] + done["skipped"] + done["rejected"]
    assert planned["counts"][0]["added"] == len(planned["changes"]) > 0
    assert done["revision"] == store.revision() != before
    assert "D'Orazio" in answer.json()["cite"][0]
    waiting = editor.get(done["quarantine"]).json()
    assert waiting["total"] == done["quarantined"] == len(done["rejections"]) > 0
    assert {row["place"] for row in waiting["rows"]} == {one["place"] for one in done["rejections"]}
    log = editor.get("/api/log").json()["rows"]
    assert [(entry["action"], entry["subject"], entry["by"]) for entry in log] == [("load", "mme", "Mori")]
    [again] = send(editor, "mme", file).json()["loads"]
    assert (again["stored"], again["unchanged"], again["retracted"]) == (0, done["stored"], 0)
    assert again["revision"] == done["revision"] and changes_of(store) == 1
    assert again["rejections"] == done["rejections"]


def test_of_a_table_the_good_rows_go_on_and_how_far_it_is_is_told(
    editor: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "BEAT_SECONDS", 0.001)
    answer = send(editor, "table", TABLE, {"Accept": "application/x-ndjson"})
    first, *between, last = (json.loads(line) for line in answer.text.splitlines())
    assert (first["state"], first["sources"]) == ("read", ["pairs"])
    assert {line["state"] for line in between} == {"writing"}
    assert between[-1]["source"] == "pairs" and between[-1]["of"] == 4
    assert last["state"] == "done"
    [done] = last["loads"]
    assert (done["read"], done["stored"], done["rejected"]) == (4, 2, 2)
    assert [(one["place"], one["record"]) for one in done["rejections"]] == [
        ("row 3", "2,JPN,XXX,2016"),
        ("row 4", "3,JPN,GBR,soon"),
    ]
    assert store.read("MATCH (f:Fact) RETURN f.id AS id ORDER BY id") == [
        {"id": "pairs:1"},
        {"id": "pairs:4"},
    ]
    # What another version does not hold any more is retracted, and what can be read now is out of quarantine.
    other = [("pairs.csv", b"id,a,b,day\n1,JPN,USA,2016-10\n2,JPN,FRA,2016\n"), TABLE[1]]
    planned = send(editor, "table", other, dry_run=True).json()
    assert [(one["change"], one["fact"]) for one in planned["changes"]] == [
        ("added", "pairs:2"),
        ("retracted", "pairs:4"),
    ]
    [done] = send(editor, "table", other).json()["loads"]
    assert (done["stored"], done["unchanged"], done["retracted"], done["quarantined"]) == (1, 1, 1, 0)
    assert editor.get(done["quarantine"]).json()["total"] == 0


def test_a_dossier_may_come_as_a_file(refused: TestClient) -> None:
    wrong = [("small.yaml", b"dossier: small\n")]
    answer = send(refused, "dossier", wrong)
    assert answer.status_code == 400
    assert "small.yaml" in answer.json()["detail"] and "comity-upload" not in answer.json()["detail"]


def test_what_can_be_loaded_is_listed(refused: TestClient) -> None:
    rows = refused.get("/api/loaders").json()["rows"]
    assert [row["name"] for row in rows] == list(loaders())
    cow = next(row for row in rows if row["name"] == "cow")
    assert "alliance_v4.1_by_member.csv" in cow["files"] and cow["licence"] and "Gibler" in cow["citation"]


@pytest.mark.parametrize(
    "name",
    ["..", "../..", ".hidden", "a\tb.csv", "a\0.csv", "*.csv", "[a].csv", "a'b.csv", "x" * 300 + ".csv", "a;b.csv", "/", "../", "~/\u202e.csv"],
)  # fmt: skip
def test_names_that_mean_something_else_are_refused(refused: TestClient, name: str) -> None:
    answer = post_raw(refused, form([(name, ROWS), TABLE[1]]))
    assert answer.status_code == 400, answer.text
    assert "cannot be called" in answer.json()["detail"]


@pytest.mark.parametrize(
    "name", ["../../../pairs.csv", "/etc/pairs.csv", "C:\\temp\\pairs.csv", "a/pairs.csv"]
)
def test_of_a_path_only_the_name_counts(refused: TestClient, tmp_path: Path, name: str) -> None:
    answer = post_raw(refused, form([(name, ROWS), TABLE[1]]), dry_run=True)
    assert answer.status_code == 200, answer.text
    assert answer.json()["counts"][0]["source"] == "pairs"
    assert list(tmp_path.rglob("pairs.csv")) == []


def form(files: Files, end: bytes = b"--x--\r\n") -> bytes:
    """A form as a careless or hostile client writes it."""
    parts = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n%s\r\n'
        % (name.encode(), content)
        for name, content in files
    )
    return b"".join(parts) + end


def post_raw(client: TestClient, body: bytes, **parameters: Any) -> Any:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    return client.post("/api/loads/table", content=body, params=parameters, headers=headers)


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def test_what_is_too_large_is_refused_packed_or_not(one_store: Store, keys: Keys) -> None:
    before = one_store.revision()
    bomb = b"1,JPN,USA,2016\n" * 200_000
    with client_of(one_store, keys, upload=100_000) as client:
        for files in (
            [("pairs.csv", b"x" * 100_001), TABLE[1]],
            [("pairs.csv.gz", gzip.compress(bomb)), TABLE[1]],
            [("pairs.csv.zip", zipped(("pairs.csv", bomb))), TABLE[1]],
            [(f"pairs-{n}.csv.gz", gzip.compress(bomb[: len(bomb) // 2])) for n in range(2)],
        ):
            answer = send(client, "table", files)
            assert answer.status_code == 413, answer.text
        assert send(client, "table", TABLE, dry_run=True).status_code == 200
    assert one_store.revision() == before


def test_files_that_the_loader_does_not_read_are_refused_by_their_names(refused: TestClient) -> None:
    inner = ("pairs.csv", ROWS)
    for loader, files, said in (
        ("cow", [("pairs.csv", ROWS)], "pairs.csv has no column"),
        ("cow", [], "file"),
        ("mme", [("mme_v7.csv", b"\x00\xff" * 50)], "mme_v7.csv"),
        ("mme", [("mme_v7.csv", b"")], "mme_v7.csv is empty"),
        ("table", [TABLE[0]], "one mapping"),
        ("table", [TABLE[0], TABLE[0], TABLE[1]], "two of the files are called pairs.csv"),
        ("table", [("pairs.zip", zipped(inner, ("more.csv", ROWS))), TABLE[1]], "holds 2 files"),
        ("table", [("pairs.gz", gzip.compress(ROWS)[:-9]), TABLE[1]], "pairs.gz is damaged"),
        ("table", [("pairs.parquet", b"PAR1"), TABLE[1]], "pairs.parquet is damaged"),
        ("gdelt", [TABLE[0]], "pairs.csv"),
        ("icews-month", [("events.parquet", b"PAR1")], "events.parquet"),
    ):  # fmt: skip
        answer = send(refused, loader, files) if files else post_raw(refused, form([]))
        assert answer.status_code == 400, (loader, answer.text)
        assert said in answer.json()["detail"], (loader, answer.text)
        assert "comity-upload" not in answer.text
    assert send(refused, "nothing", TABLE).status_code == 404


def test_no_loader_falls_over_a_strange_file(refused: TestClient) -> None:
    for name in loaders():
        for content in (
            b"",
            b"\n\n",
            b"a,b\n1",
            b"\xff\xfe\x00",
            b"PAR1PAR1",
            b"PK\x03\x04",
            b"\x1f\x8b",
            b"%PDF",
            b"{}",
            b'"',
        ):
            answer = send(refused, name, [("20160101.export.CSV", content)], dry_run=True)
            assert answer.status_code == 400, (name, content, answer.text)


def test_what_breaks_off_is_nothing(refused: TestClient) -> None:
    whole = form(TABLE)
    for body in (
        form(TABLE, b""),
        whole[:-20],
        whole[:150],
        b"",
        b"--x",
        b"--y\r\n",
        whole.replace(b"name=", b"nam="),
    ):
        assert post_raw(refused, body).status_code == 400, body
    assert post_raw(refused, form([(f"{n}.csv", b"") for n in range(101)])).status_code == 400
    plain = refused.post("/api/loads/table", content=ROWS, headers={"Content-Type": "text/csv"})
    assert plain.status_code == 415


def test_who_leaves_while_sending_leaves_nothing(refused: TestClient) -> None:
    body = form([("pairs.csv", ROWS * 10_000), TABLE[1]])
    sent = [
        {"type": "http.request", "body": body[:200_000], "more_body": True},
        {"type": "http.disconnect"},
    ]
    told: list[Any] = []

    async def receive() -> Any:
        return sent.pop(0)

    async def tell(message: Any) -> None:
        told.append(message)

    headers = [
        (b"host", b"testserver"),
        (b"content-type", b"multipart/form-data; boundary=x"),
        (b"x-api-key", refused.headers["X-API-Key"].encode()),
    ]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": "/api/loads/table",
        "raw_path": b"/api/loads/table", "query_string": b"", "root_path": "", "headers": headers, "client": ("127.0.0.1", 1), "server": ("testserver", 80),
    }  # fmt: skip
    apart(asyncio.run, refused.app(scope, receive, tell))
    assert told[0]["status"] == 400 and not sent


def test_a_second_writer_waits_and_is_told_to_come_again(
    refused: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "WAIT_SECONDS", 0.05)
    with refused.app.state.writer.writing():  # type: ignore[attr-defined]
        answer = send(refused, "table", TABLE)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        watched = send(refused, "table", TABLE, {"Accept": "application/x-ndjson"})
        assert json.loads(watched.text.splitlines()[-1])["status"] == 503
        assert send(refused, "table", TABLE, dry_run=True).status_code == 200


def test_a_file_of_which_nothing_can_be_read_has_an_end(
    refused: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "MOST_REJECTED", 5)
    answer = send(refused, "table", [("pairs.csv", b"id,a,b,day\n" + b"1,,,\n" * 6), TABLE[1]])
    assert answer.status_code == 400
    assert "more than 5 records cannot be read, such as row 7" in answer.json()["detail"]


@pytest.mark.parametrize("role", [None, Role.READER])
def test_who_is_no_editor_loads_nothing(refused: TestClient, keys: Keys, role: Role | None) -> None:
    headers = {"X-API-Key": keys.add("Ito", role)[1]} if role else {}
    client = TestClient(refused.app, headers=headers)
    for dry in (True, False):
        assert send(client, "table", TABLE, dry_run=dry).status_code == (403 if role else 401)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_a_form_from_elsewhere_loads_nothing(refused: TestClient, origin: str | None) -> None:
    cookie = f"{COOKIE}={refused.headers['X-API-Key']}"
    client = TestClient(refused.app, headers={"Cookie": cookie, **({"Origin": origin} if origin else {})})
    assert send(client, "table", TABLE).status_code == 403
