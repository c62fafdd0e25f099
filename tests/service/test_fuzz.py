"""Made-up queries, dossiers and files by the thousand: none writes, reads a file, hangs, takes more and more memory or breaks the service.

Six seconds each (files two), most of a minute for all of them on both stores; COMITY_FUZZ_SECONDS says otherwise (`just fuzz`: ten minutes), and then every run is another one.
"""

import gzip
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from comity.graph.loading import load
from comity.graph.stores.base import Store
from comity.loaders.dossier import bundled, open_bundled
from comity.loaders.sources import loaders
from comity.service.app import create_app
from comity.service.keys import Keys, Role
from comity.service.settings import ServiceSettings
from tests.graph.test_guard import ATTACKS, HARMLESS, SECRET, TOO_DEEP, content
from tests.service.test_cypher import resident
from tests.service.test_editing import SMALL
from tests.service.test_loading import TABLE

SECONDS = float(os.environ.get("COMITY_FUZZ_SECONDS", "6"))
SEED = 20261129 if "COMITY_FUZZ_SECONDS" not in os.environ else time.time_ns()

MOST_SECONDS = 12
"""In which everything is answered: a query's own two, and those of a machine that has other things to do."""

MOST_MEGABYTES = 1500
"""By which the process may grow, the embedded engine's memory included."""

WORDS = [
    "MATCH",
    "OPTIONAL",
    "WITH",
    "UNWIND",
    "RETURN",
    "CALL",
    "WHERE",
    "AS",
    "SET",
    "CREATE",
    "MERGE",
    "DELETE",
    "DETACH",
    "REMOVE",
    "FOREACH",
    "LOAD",
    "CSV",
    "FROM",
    "HEADERS",
    "USE",
    "SHOW",
    "PROFILE",
    "EXPLAIN",
    "CYPHER",
    "UNION",
    "ALL",
    "IN",
    "TRANSACTIONS",
    "CONCURRENT",
    "YIELD",
    "LIMIT",
    "SKIP",
    "ORDER",
    "BY",
    "DISTINCT",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "EXISTS",
    "COUNT",
    "COLLECT",
    "INSERT",
    "LET",
    "FILTER",
    "NEXT",
    "FINISH",
    "ANY",
    "NONE",
    "SINGLE",
    "REDUCE",
    "SHORTEST",
    "TERMINATE",
    "USING",
    "PERIODIC",
    "COMMIT",
    "DROP",
    "ALTER",
    "GRANT",
    "n",
    "a",
    "b",
    "x",
    "$x",
    "$given",
    "$label",
    "`n`",
    "`a",
    "b`",
    "'FILE'",
    "'text'",
    '"text"',
    "1",
    "2.5",
    "1e3",
    "0x1F",
    "[]",
    "{}",
    "()",
    "(n)",
    "(n:Country)",
    "(:Country{id:'XXX'})",
    "[t:DRILL]",
    "-[t]-",
    "-->",
    "<--",
    "[*1..2]",
    "[*]",
    ":",
    ",",
    ".",
    ";",
    "|",
    "&",
    "!",
    "=",
    "<>",
    "=~",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "..",
    "::",
    "=>",
    "->",
    "<-",
    "n.id",
    "n.x",
    "=",
    "1",
    "apoc.load.csv('FILE')",
    "sql.eval('1')",
    "db.labels()",
    "dbms.components()",
    "file()",
    "range(1,100000)",
    "toString(1)",
    "date('2016-01-01')",
    "nodes(p)",
    "size([1])",
    "//",
    "/*",
    "*/",
    "\\u0041",
    "\\u0027",
    "\\u000A",
    "\xa0",
    "\u2028",
    "\u200b",
    "Ｌ",
    "é",
    "😀",
    "\x00",
    "\r\n",
    "\t",
    "NULL",
    "true",
    "false",
]


def query(some: random.Random) -> str:
    """A text that is no query, or one with something in it that ought not to be."""
    kind = some.random()
    if kind < 0.1:
        return some.choice(HARMLESS).replace("JPN", some.choice(["JPN", "\\u004aPN", "é", "' + 'JPN"]))
    if kind < 0.4:
        return " ".join(some.choices(WORDS, k=some.randint(1, 25)))
    if kind < 0.75:
        return _mutated(some, some.choice(ATTACKS if some.random() < 0.6 else HARMLESS))
    if kind < 0.95:
        left, right = some.choice(HARMLESS), some.choice([*ATTACKS, *HARMLESS])
        glue = some.choice(
            [
                " ",
                ";",
                "\n",
                " UNION ",
                " // ",
                " /* */ ",
                " WITH * ",
                " CALL { ",
                "\\u003B",
                "'",
                "`",
                "\u2028",
            ]
        )
        return left[: some.randint(0, len(left))] + glue + right
    if kind < 0.99:
        depth = some.choice([3, 10, 49, 51, 300])
        opened, closed = some.choice(
            [("(", ")"), ("[", "]"), ("CASE WHEN true THEN ", " END"), ("{a: ", "}"), ("CALL { ", " }")]
        )
        return f"RETURN {opened * depth}{some.choice(WORDS)}{closed * depth} AS x"
    return some.choice(TOO_DEEP)


def _mutated(some: random.Random, text: str) -> str:
    for _ in range(some.randint(1, 4)):
        place = some.randint(0, len(text))
        change = some.random()
        if change < 0.3:
            text = text[:place] + some.choice(WORDS) + text[place:]
        elif change < 0.5:
            text = text[:place] + text[place + some.randint(1, 5) :]
        elif change < 0.7 and place < len(text):
            text = text[:place] + f"\\u{ord(text[place]) & 0xFFFF:04x}" + text[place + 1 :]
        elif change < 0.85:
            text = (
                text[:place]
                + some.choice(["/**/", "//\n", " ", "\n", "\u00a0", "'", '"', "`", "\\"])
                + text[place:]
            )
        else:
            text = "".join(some.choice([sign.lower(), sign.upper()]) for sign in text)
    return text


def value(some: random.Random, depth: int = 0) -> Any:
    """A value as JSON has it."""
    kind = some.randint(0, 9 if depth < 4 else 6)
    if kind < 3:
        return some.choice(WORDS)
    if kind < 7:
        return some.choice(
            [None, True, 0, -1, 2**62, 2**63, 10**30, 1.5, -0.0, 1e308, "", "\x00", "JPN", "x" * 5000]
        )
    if kind < 9:
        return [value(some, depth + 1) for _ in range(some.randint(0, 4))]
    return {some.choice(WORDS): value(some, depth + 1) for _ in range(some.randint(0, 4))}


@pytest.fixture
def tried(store: Store, keys: Keys) -> Iterator[TestClient]:
    """A client with an editor's key, of a service that allows little."""
    load(store, open_bundled("japan-europe").reading())
    _, text = keys.add("Mori", Role.EDITOR)
    settings = ServiceSettings(freshness=0, cypher_seconds=2, cypher_bytes=500_000, key_rate=0)
    with TestClient(create_app(store, settings), headers={"X-API-Key": text}) as client:
        yield client


def trying(one: Callable[[random.Random], Any], allowed: set[int], seconds: float = SECONDS) -> Counter[int]:
    """Try as many as there is time for; how they were answered. A failure names the seed and what was sent."""
    statuses: Counter[int] = Counter()
    before, end = resident(), time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number += 1
        some = random.Random(SEED + number)
        began = time.monotonic()
        sent, answer = one(some)
        said = f"seed {SEED + number}: {sent!r:.2000} → {answer.status_code} {answer.text:.500}"
        assert answer.status_code in allowed, said
        assert SECRET not in answer.text, said
        assert time.monotonic() - began < MOST_SECONDS, said
        statuses[answer.status_code] += 1
        if number % 100 == 0:
            assert resident() - before < MOST_MEGABYTES, said
    print(f"{number} tried from seed {SEED + 1}: {dict(statuses)}")
    return statuses


def test_no_query_does_harm(tried: TestClient, store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(SECRET, encoding="utf-8")
    before, revision = content(store), store.revision()

    def one(some: random.Random) -> Any:
        text = query(some).replace("FILE", secret.as_uri())
        given = {name: value(some) for name in ("x", "given", "label", "set", "load", some.choice(WORDS))}
        # 503: those that neither database can end are given up, and no more than two of them run on.
        return (text, given), tried.post("/api/cypher", json={"query": text, "parameters": given})

    statuses = trying(one, {200, 400, 403, 422, 503})
    assert statuses[200] and statuses[403]
    assert (content(store), store.revision()) == (before, revision)


BOMBS = [
    "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "&a [*a]",
    "? " * 2000 + "x",
    "[" * 5000,
    "{a: " * 5000,
    "- " * 5000 + "x",
    "!!python/object/apply:os.system ['touch harm']",
    "dossier: !include /etc/hostname",
    "%YAML 9.9\n---\n",
    "a: " + "x" * 1_000_000,
    "\ufeffdossier: x",
]  # fmt: skip


def test_no_dossier_does_harm(tried: TestClient, store: Store) -> None:
    texts = [file.read_text(encoding="utf-8") for file in bundled().values()]

    def one(some: random.Random) -> Any:
        if some.random() < 0.6:
            text, most = SMALL.replace("small", some.choice(["small", "other"])), 2
        else:
            lines = some.choice(texts).splitlines()
            start = some.randint(0, max(len(lines) - 60, 0))
            text, most = "\n".join([*lines[:12], *lines[start : start + 60]]), 4
        for _ in range(some.randint(0, most)):
            place = some.randint(0, len(text))
            text = (
                text[:place]
                + some.choice([*WORDS, "\n", "  ", ": ", "- ", "2016-13-45", "/..", "&a ", "*a"])
                + text[place + some.randint(0, 8) :]
            )
        if some.random() < 0.05:
            text = some.choice(BOMBS)
        body = text.encode()
        if some.random() < 0.1:
            body = bytes(some.choice([byte, some.randint(0, 255)]) for byte in body[:2000])
        answer = tried.post(
            "/api/loads",
            content=body,
            params={"dry_run": str(some.random() < 0.5)},
            headers={"Content-Type": "application/yaml"},
        )
        return text, answer

    statuses = trying(one, {200, 400, 422})
    assert statuses[200] and statuses[400]
    for bomb in BOMBS:
        assert (
            tried.post(
                "/api/loads", content=bomb.encode(), headers={"Content-Type": "application/yaml"}
            ).status_code
            == 400
        )
    assert not Path("harm").exists()
    rows = store.read("MATCH (s:Statement) RETURN s.id AS id")
    assert len({row["id"] for row in rows}) == len(rows)


NAMES = [
    "pairs.csv",
    "other.tsv",
    "pairs.yaml",
    "PAIRS.CSV.gz",
    "../pairs.csv",
    "..",
    "/etc/passwd",
    "*.csv",
    "",
    "a\x00",
    "20160101.export.CSV",
    "mme_v7.csv",
]
SIGNS = [b'"', b",", b"\n", b"\t", b"\x00", b"\xff", b"9" * 30, b"-9", b"\xe2\x80\xa8", b";", b"../", b"\r", b"2016-13-45", b"*a", b"&a ", b": "]  # fmt: skip


def test_no_upload_does_harm(tried: TestClient, store: Store, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())

    def changed(some: random.Random, body: bytes) -> bytes:
        for _ in range(some.randint(0, 3)):
            place = some.randint(0, len(body))
            body = body[:place] + some.choice(SIGNS) + body[place + some.randint(0, 8) :]
        return gzip.compress(body) if some.random() < 0.1 else body

    def one(some: random.Random) -> Any:
        files = [(name, changed(some, body)) for name, body in TABLE]
        if some.random() < 0.3:
            files = [(some.choice(NAMES), body) for _, body in files][: some.randint(1, 2)]
        loader = "table" if some.random() < 0.8 else some.choice([*loaders(), "nothing", "../loads"])
        dry = {"dry_run": str(some.random() < 0.3)}
        sent = [("file", file) for file in files]
        return (loader, files), tried.post(f"/api/loads/{loader}", files=sent, params=dry)

    whole = tried.post("/api/loads/table", files=[("file", file) for file in TABLE])
    assert whole.status_code == 200, whole.text
    trying(one, {200, 400, 404, 405}, SECONDS / 5)
    assert set(tmp_path.iterdir()) == before
    rows = store.read("MATCH (s:Statement) RETURN s.id AS id")
    assert len({row["id"] for row in rows}) == len(rows)


def test_no_change_that_is_asked_for_does_harm(tried: TestClient, store: Store) -> None:
    before = store.revision()
    names = [
        "japan-europe:guardian-north-16",
        "japan-europe:acsa-france",
        "nothing",
        "a:b",
        "../x",
        "decisions",
    ]
    fields = {
        "retractions": ("name", "reason"), "restorations": ("name", "reason"), "withdrawals": ("id", "reason"),
        "decisions": ("fact", "says", "reason"), "judgements": ("left", "right", "verdict", "confidence", "reason"),
    }  # fmt: skip

    def one(some: random.Random) -> Any:
        path = some.choice([*fields, "log"])
        if path == "log":
            given = {
                name: some.choice([*WORDS, *names, "-1", "99999999999999999999"])
                for name in ("subject", "limit", "start")
                if some.random() < 0.6
            }
            return given, tried.get("/api/log", params=given)
        body = {
            name: some.choice([value(some), some.choice(names)])
            for name in fields[path]
            if some.random() < 0.95
        }
        if path == "retractions" and body.get("name") == "japan-europe":
            body["name"] = "nothing"
        sent = json.dumps(body).encode()
        return body, tried.post(f"/api/{path}", content=sent, headers={"Content-Type": "application/json"})

    trying(one, {200, 400, 404, 409, 422})
    changed = tried.get("/api/log", params={"limit": 1000}).json()["rows"]
    for change in changed:
        if change["id"] and not change["undone"]:
            assert tried.post("/api/withdrawals", json={"id": change["id"]}).status_code in (200, 400)
    assert store.revision() == before
