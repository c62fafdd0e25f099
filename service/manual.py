"""The examples in the description of the API, made by asking: `python -m comity.service.manual service/examples.json` brings the file up to date.

A service of the two bundled dossiers is asked by the examples of the parameters, and each of its answers is kept. Of lists only the first entries
are shown. All was loaded at one moment, and is asked as of one day, so that the same is answered whenever it is asked.
"""

import csv
import io
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import structlog
from fastapi.testclient import TestClient

from comity.graph.loading import load
from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.loaders.dossier import open_bundled
from comity.queries.cells import csv_text
from comity.service.app import create_app
from comity.service.keys import Keys, Role
from comity.service.problems import MEDIA_TYPE
from comity.service.progress import MEDIA_TYPE as PROGRESS
from comity.service.settings import ServiceSettings
from comity.service.shown import AS_OF, ASKED, DISPUTE, OF_DISPUTES, OF_OTHER_TIMES, TABLE

DOSSIERS = ("japan-europe", "treaties")
EDITOR = "Mori"
MOMENT = "2026-01-02T09:00:00.000000+00:00"
"""When all of the dossiers was loaded, as the store of the examples has it."""
SHOWN = 2
"""Entries of a list that are shown."""
LONGEST = 700
"""Characters of a CSV file that is shown."""

Found = dict[str, dict[str, Any]]
Response = Any
"""What the client gives: of which package it is differs between its releases."""


def made(store: Store) -> dict[str, Any]:
    """All examples, of an empty store, which holds the bundled dossiers and more afterwards."""
    for dossier in DOSSIERS:
        load(store, open_bundled(dossier).reading(), by=EDITOR)
    _at_one_moment(store)
    with tempfile.TemporaryDirectory() as folder:
        keys = Keys(Path(folder) / "keys.sqlite")
        _, editor = keys.add(EDITOR, Role.EDITOR)
        _, reader = keys.add("Sato", Role.READER)
        keys.close()
        settings = ServiceSettings(keys=Path(folder) / "keys.sqlite", key_rate=0)
        app = create_app(store, settings)
        with TestClient(app, "http://localhost:8000", headers={"X-API-Key": editor}) as client:
            asking = _Asking(client)
            asking.read()
            asking.reconcile()
            page = client.get("/api/facts", params={"limit": 1}).json()["next"]
            asking.edit()
            problems = _problems(store, settings, client, reader, page)
            asking.read(OF_DISPUTES)
    return {"answers": dict(sorted(asking.found.items())), "problems": problems}


def text(found: dict[str, Any]) -> str:
    """The examples as they stand in the file."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _at_one_moment(store: Store) -> None:
    """Have the record and the log say that all was loaded at one moment, which is the same each time."""

    def write(run: Any) -> None:
        run("MATCH (s:Statement) SET s.opened = [$at]", {"at": MOMENT})
        run("MATCH (l:Load) SET l.started = $at, l.finished = $at", {"at": MOMENT})

    store.write(write)


class _Asking:
    """Asks a service, and keeps what it answers by operation and name."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self.found: dict[str, Found] = {}
        paths = client.get("/openapi.json").json()["paths"]
        self._operations = {
            told["operationId"]: (method.upper(), path, told)
            for path, operations in paths.items()
            for method, told in operations.items()
            if path.startswith("/api/")
        }

    def read(self, only: tuple[str, ...] = ()) -> None:
        """Ask every reading operation that answers JSON, once in each form that is shown."""
        for name, (method, _, told) in self._operations.items():
            forms = told["responses"]["200"].get("content", {})
            wanted = name in only if only else name not in OF_DISPUTES
            if method == "GET" and "application/json" in forms and wanted:
                # Answers of the library's queries are rows all alike: as a table they show nothing more.
                self._read(name, told, "text/csv" in forms and not name.startswith("ask_"))

    def _read(self, name: str, told: dict[str, Any], as_table: bool) -> None:
        given = ASKED.get(name, {})
        path, asked = self._operations[name][1], {}
        for parameter in told.get("parameters", ()):
            key, examples = parameter["name"], parameter["schema"].get("examples", [None])
            if parameter["in"] == "path":
                path = path.replace(f"{{{key}}}", str(given.get(key, examples[0])))
            elif key in given or parameter["required"]:
                asked[key] = given.get(key, examples[0])
            elif key in ("as_of", "day") and name not in OF_OTHER_TIMES:
                asked[key] = AS_OF
            elif key == "limit":
                asked[key] = SHOWN
        self._ask(name, "dossiers", "GET", path, params=asked)
        if as_table:
            answer = self._send("GET", path, params=asked, headers={"Accept": "text/csv"})
            shown = _first_rows(answer.text)
            if len(shown) <= LONGEST:
                self.found[name]["dossiers"]["answer"]["text/csv"] = shown

    def reconcile(self) -> None:
        """Ask as OpenRefine does, and in Cypher."""
        sent = {"queries": '{"q0": {"query": "Germany", "properties": [{"pid": "as_of", "v": "1990"}]}}'}
        self._ask("reconcile", "queries", "GET", "/api/reconcile", params=sent)
        self._ask("reconcile_form", "queries", "POST", "/api/reconcile", data=sent)
        sent = {"extend": '{"ids": ["JPN"], "properties": [{"id": "cow"}, {"id": "latitude"}]}'}
        self._ask("reconcile_form", "extend", "POST", "/api/reconcile", data=sent)
        question = {
            "query": "MATCH (a:Country {id: $who})-[t:DRILL]-(b) RETURN b.name AS partner, t.title AS drill ORDER BY partner, drill",
            "parameters": {"who": "JPN"},
            "limits": {"seconds": 5, "rows": 100},
        }
        self._ask("cypher", "drills", "POST", "/api/cypher", json=question)

    def edit(self) -> None:
        """Do what editors do, each after what it presupposes."""
        yaml = {"content": DISPUTE.encode(), "headers": {"Content-Type": "application/yaml"}}
        watching = {**yaml, "headers": {"Content-Type": "application/yaml", "Accept": PROGRESS}}
        self._ask("loads", "planned", "POST", "/api/loads", params={"dry_run": True}, **yaml)
        self._ask("loads", "loaded", "POST", "/api/loads", **yaml)
        self._ask("loads", "again", "POST", "/api/loads", **watching)
        fact = "japan-europe:guardian-north-16"
        decided = self._edit(
            "decisions", {"fact": fact, "says": {"arrival": "2016-10-22"}, "reason": "four of six accounts"}
        )
        self._edit("withdrawals", {"id": decided["decisions"][0]["id"], "reason": "a seventh was found"})
        pair = {"left": "japan-europe:acsa-france", "right": "treaties:anzus"}
        self._edit("judgements", {**pair, "verdict": "different", "reason": "other parties"})
        self._edit("retractions", {"name": "japan-europe:diplomat-2016", "reason": "to be read again"})
        self._edit("restorations", {"name": "japan-europe:diplomat-2016"})

        files = [("file", file) for file in TABLE]
        self._ask("load_files", "planned", "POST", "/api/loads/table", params={"dry_run": True}, files=files)
        self._ask("load_files", "loaded", "POST", "/api/loads/table", files=files)

    def _edit(self, name: str, sent: dict[str, Any]) -> Any:
        return self._ask(name, "dossiers", "POST", f"/api/{name}", json=sent)

    def _ask(self, operation: str, name: str, method: str, path: str, **asked: Any) -> Any:
        """Keep what is answered, and under which address; what it is in full comes back."""
        answer = self._send(method, path, **asked)
        form = answer.headers["content-type"].partition(";")[0]
        whole = answer.json() if form != PROGRESS else _lines(answer.text)
        sent = asked.get("json") or asked.get("data") or asked.get("content", b"").decode() or None
        if "files" in asked:
            sent = {"file": [content for _, (_, content) in asked["files"]]}
        example = {"request": _request(answer), "sent": sent, "answer": {form: _short(whole)}}
        self.found.setdefault(operation, {})[name] = example
        return whole

    def _send(self, method: str, path: str, **asked: Any) -> Response:
        answer = self._client.request(method, path, **asked)
        if answer.status_code != 200:
            raise SystemExit(f"{_request(answer)} is answered with {answer.status_code}: {answer.text}")
        return answer


def _problems(store: Store, settings: ServiceSettings, client: TestClient, reader: str, page: str) -> Found:
    """What is answered to requests that cannot be served: to a service with narrow limits, where these are what is in the way."""
    narrow = create_app(
        store,
        settings.model_copy(
            update={"hosts": ["localhost"], "upload": 100, "key_rate": 1, "cypher_at_once": 1}
        ),
    )
    narrow.add_api_route("/fault", lambda: 1 / 0)
    with TestClient(
        narrow, "http://localhost:8000", headers=dict(client.headers), raise_server_exceptions=False
    ) as limited:
        answers = [
            client.get("/api/ties", params={"as_of": "soon"}),
            client.get("/api/status", headers={"X-API-Key": "unknown"}),
            client.post("/api/retractions", json={"name": "treaties"}, headers={"X-API-Key": reader}),
            client.get("/api/actors/Atlantis"),
            client.get("/api/ties", params={"format": "xlsx"}),
            client.get("/api/actors/Germany", params={"as_of": "1990"}),
            client.get(page),
            client.get("/api/ties", params={"asof": AS_OF}),
            limited.post("/api/loads", content=DISPUTE.encode()),
            limited.get("/api/status", headers={"Host": "graph.example.org"}),
            limited.get("/fault", headers={"X-Request-ID": "7c1d5e0f4b2a9683"}),
        ]
        with narrow.state.work.cypher.place():
            answers.append(limited.post("/api/cypher", json={"query": "RETURN 1 AS one"}))
        while answers[-1].status_code != 429:
            answers.append(limited.get("/api/status"))
    found = {
        str(answer.status_code): {"request": _request(answer), "answer": answer.json()}
        for answer in answers
        if answer.headers["content-type"] == MEDIA_TYPE
    }
    return dict(sorted(found.items()))


def _request(answer: Response) -> str:
    """The request that was answered so, as it may be written."""
    asked = answer.request
    path = unquote(asked.url.raw_path.decode()).replace("+", " ")
    return f"{asked.method} {_lasting(path)}"


def _lasting(address: str) -> str:
    """The address without the cursor, which is another one every day."""
    return re.sub(r"cursor=[^&]+", "cursor=…", address)


def _short(value: Any) -> Any:
    """The value with the first entries of what is long in it."""
    if isinstance(value, dict):
        whole = len(value) <= SHOWN + 1 or not all(":" in name for name in value)
        shown = list(value.items()) if whole else list(value.items())[:SHOWN]  # facts or sources by their ids
        return {name: _lasting(item) if name == "next" and item else _short(item) for name, item in shown}
    if isinstance(value, list):
        return [_short(item) for item in (value if len(value) <= SHOWN + 1 else value[:SHOWN])]
    return value


def _first_rows(text: str) -> str:
    """The header and the first rows of a CSV file."""
    rows = list(csv.reader(io.StringIO(text)))[: SHOWN + 1]
    return csv_text([dict(zip(rows[0], row, strict=True)) for row in rows[1:]], rows[0])


def _lines(text: str) -> str:
    """The lines that tell of a load, but for those that only say that it goes on: how many they are is the machine's affair."""
    return "".join(line for line in text.splitlines(keepends=True) if json.loads(line)["state"] != "writing")


if __name__ == "__main__":
    structlog.configure(
        logger_factory=structlog.ReturnLoggerFactory()
    )  # of what is asked here no log is kept
    with tempfile.TemporaryDirectory() as empty, open_store(str(Path(empty) / "store")) as opened:
        Path(sys.argv[1]).write_text(text(made(opened)), encoding="utf-8")
