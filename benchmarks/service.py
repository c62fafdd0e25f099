"""What an answer over HTTP costs: a real uvicorn process, and 64 connections of a load client in another process.

The peers stand in the same process, and are asked in the same run: the rows of a ranking as Python objects that a handler of FastAPI
returns (plainly, and with a declared type, which pydantic serializes), a bare ASGI endpoint that sends the bytes of that ranking, and an ego network read record by record. The client is our own
(benchmarks/http_client.py). Each figure is the best of several rounds, in which every
contender has its turn: the machine disturbs, but never helps.

    python -m benchmarks.service [ranking|embedded|ego|soak ...]

`ego` needs a Neo4j server: the one that NEO4J_URI names (its content is deleted!), else one started from Maven's jars.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.figures import report
from comity.graph.loading import load
from comity.graph.stores import Store, open_store
from comity.loaders.dossier import bundled, open_bundled

CONNECTIONS = 64
ROUNDS = 9
RANKING = "/api/measures/degree?layer=agreement&layer=membership&type=all&as_of=2016-12-31"
OBJECTS, MODELS, BARE, ROWS = "/peers/objects", "/peers/models", "/peers/bare", "/peers/rows"
EGO = "GBR"
SOAK = 36_000
"""Requests of the soak: an hour of ten a second."""

_ASKED = 200
"""Requests of one round for ego networks."""


def main() -> None:
    """Measure and print."""
    parts = sys.argv[1:] or ["ranking", "embedded", "ego", "soak"]
    if "ego" in parts:
        with ExitStack() as stack:
            _ego(stack)
    if parts == ["ego"]:
        return
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        with open_store(store) as opened:
            _fill(opened)
        if {"ranking", "embedded"} & set(parts):
            with served(store) as port:
                if "ranking" in parts:
                    _ranking(port)
                if "embedded" in parts:
                    _embedded(port)
        if "soak" in parts:
            with served(store, memory=8) as port:
                _soak(port)


def _fill(store: Store) -> None:
    for dossier in bundled():
        load(store, open_bundled(dossier).reading())


def _ranking(port: int) -> None:
    rows = len(json.loads(_get(port, RANKING))["rows"])
    about = f"{rows} rows, {CONNECTIONS} connections, the client of benchmarks/http_client.py"
    contenders = {RANKING: 6_000, BARE: 6_000, OBJECTS: 300, MODELS: 1_000}
    rounds: dict[str, list[dict[str, Any]]] = {path: [] for path in contenders}
    for _ in range(ROUNDS):
        for path, requests in contenders.items():
            rounds[path].append(ask(port, [path], requests))
    rates = {path: max(one["rate"] for one in found) for path, found in rounds.items()}
    p99 = min(one["p99"] for one in rounds[RANKING])
    report("service_ranking", rates[RANKING], "requests/s", about)
    report("service_ranking_p99", p99, "ms", f"goal: under 20; {about}")
    report(
        "service_objects", rates[OBJECTS], "requests/s", f"the same rows as objects from a handler; {about}"
    )
    report(
        "service_models",
        rates[MODELS],
        "requests/s",
        f"the same, serialized by pydantic as a declared type; {about}",
    )
    report("service_bare", rates[BARE], "requests/s", f"a bare ASGI endpoint with the same bytes; {about}")
    report("service_ranking_ratio_to_objects", rates[RANKING] / rates[OBJECTS], "ratio", "goal: at least 20")
    report("service_ranking_ratio_to_models", rates[RANKING] / rates[MODELS], "ratio", "no goal")
    report("service_ranking_ratio_to_bare", rates[RANKING] / rates[BARE], "ratio", "goal: at least 0.6")


def _embedded(port: int) -> None:
    ids = [row["actor"] for row in json.loads(_get(port, "/api/actors?limit=200"))["rows"]]
    paths = [f"/api/actors/{id}?as_of=2016-12-31" for id in ids]
    first = ask(port, paths, len(paths))
    again = [ask(port, paths, 6_000) for _ in range(ROUNDS)]
    about = f"{len(paths)} actors in turn, {CONNECTIONS} connections"
    report("service_embedded_first_reads", first["rate"], "requests/s", f"each asked for once; {about}")
    report(
        "service_embedded_reads", max(one["rate"] for one in again), "requests/s",
        f"goal: at least 2000; {about}",
    )  # fmt: skip


def _ego(stack: ExitStack) -> None:
    from tests.servers.neo4j import Server, running_neo4j

    if os.environ.get("NEO4J_URI"):
        server = Server(
            os.environ["NEO4J_URI"], os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        )  # fmt: skip
    else:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running_neo4j(folder, lasting=True))
    with open_store(server.uri, auth=server.auth) as store:
        store.write(lambda run: run("MATCH (n) DETACH DELETE n", {}))
        store.ensure_schema()
        _fill(store)
    port = stack.enter_context(served(server.uri, user=server.user, password=server.password))
    days = _days()
    ours = [f"/api/actors/{EGO}/ego?as_of={day}" for day in days]
    theirs = [f"{ROWS}?day={day}" for day in days]
    rows = len(json.loads(_get(port, ours[0]))["rows"])
    rates: dict[str, list[float]] = {"one": [], "rows": []}
    for number in range(
        0, len(days), _ASKED
    ):  # every day is asked about once, so that nothing comes from memory
        rates["one"].append(ask(port, ours[number : number + _ASKED], _ASKED)["rate"])
        rates["rows"].append(ask(port, theirs[number : number + _ASKED], _ASKED)["rate"])
    one, records = max(rates["one"]), max(rates["rows"])
    about = f"an ego network of {rows} ties from Neo4j, every time another day, {CONNECTIONS} connections"
    report("service_ego", one, "requests/s", f"in one record; {about}")
    report("service_ego_rows", records, "requests/s", f"a record for each tie; {about}")
    report("service_ego_ratio_to_rows", one / records, "ratio", "goal: at least 4")


def _days() -> list[str]:
    """Days on which the network is much the same."""
    return [(date(2005, 1, 1) + timedelta(days=number)).isoformat() for number in range(5 * _ASKED)]


def _soak(port: int) -> None:
    """Many requests for more different answers than memory holds."""
    ids = [row["actor"] for row in json.loads(_get(port, "/api/actors?limit=200"))["rows"]]
    mixed = [
        path for day in _days()[:60] for id in ids for path in (f"/api/actors/{id}?as_of={day}", RANKING)
    ]
    sizes = []
    for part in range(6):
        ask(port, mixed[part * SOAK // 6 % len(mixed) :] + mixed, SOAK // 6)
        sizes.append(_resident(_SERVER.pid))
    growth = 100 * (sizes[-1] / sizes[1] - 1)
    report(
        "service_soak_growth", growth, "%",
        f"resident memory after {SOAK} requests, against that after a third of them: {sizes[1]:.0f} to {sizes[-1]:.0f} MB",
    )  # fmt: skip


def _resident(process: int) -> float:
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(text.partition("VmRSS:")[2].split()[0]) / 1000


_SERVER: "subprocess.Popen[bytes]"


@contextmanager
def served(store: str, *, memory: int = 256, user: str = "", password: str = "") -> Iterator[int]:
    """The service of a store in a process of its own, with the peers beside it; its port."""
    global _SERVER
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.service_server", store, str(port), str(memory)]
    environment = {**os.environ, "NEO4J_USERNAME": user, "NEO4J_PASSWORD": password}
    _SERVER = subprocess.Popen(command, env=environment)
    try:
        for _ in range(600):
            try:
                _get(port, "/api/status")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        _SERVER.send_signal(signal.SIGINT)
        _SERVER.wait(60)


def ask(port: int, paths: Sequence[str], requests: int) -> dict[str, Any]:
    """What the load client says of so many requests for these paths in turn."""
    command = [sys.executable, "-m", "benchmarks.http_client", str(port), str(CONNECTIONS), str(requests)]
    found = subprocess.run(command, input="\n".join(paths), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(found.stdout)
    if set(told["statuses"]) != {"200"}:
        sys.exit(f"not all was answered: {told['statuses']}")
    return told


def _get(port: int, path: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        content: bytes = answer.read()
        return content


if __name__ == "__main__":
    main()
