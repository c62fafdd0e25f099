"""What only shows in a process of its own: how fast it starts, that it ends, and how."""

import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comity.cli.interrupt import PATIENCE
from tests.cli.conftest import DOSSIER
from tests.servers.neo4j import Server

COMITY = (sys.executable, "-m", "comity")
SLOW = (
    "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b = -1 RETURN count(*) AS n"
)
HOLDER = (
    "import sys; from comity.graph.stores import open_store\n"
    "with open_store(sys.argv[1]): print('open', flush=True); sys.stdin.read()"
)
"""Has the store open until its standard input is closed."""


@pytest.fixture
def environment(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of the processes, with the small dossier in the store."""
    monkeypatch.chdir(tmp_path)
    return {**os.environ, "COMITY_STORE": str(kept)}


def comity(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own; it must end within a minute."""
    return subprocess.run(
        (*COMITY, *arguments), env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_help_needs_neither_database_nor_networkx(environment: dict[str, str]) -> None:
    code = (
        "import sys; from comity.cli.app import commands; commands(['rank', '--help'], standalone_mode=False); "
        "heavy = {'jpype', 'networkx', 'neo4j', 'numpy', 'yaml', 'rich', 'pyvis', 'arcadedb_embedded'} & sys.modules.keys(); "
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("rank", "--as-of", "1980-01-01", "--format", "csv"), 0),
        (("rank", "popularity"), 1),
        (("cypher", "nonsense"), 1),
        (("query", "history", "-p", "a=Korea", "-p", "b=JPN"), 1),
    ],
)
def test_every_process_ends(environment: dict[str, str], arguments: tuple[str, ...], code: int) -> None:
    done = comity(*arguments, environment=environment)
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0)
    assert done.stderr.startswith("Error: ") if code else not done.stderr


def test_a_folder_that_another_process_has_open(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, environment["COMITY_STORE"]],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        done = comity("rank", environment=environment)
        process.communicate()
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "open in another comity process" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_store(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").touch()
    for command in (("status",), ("load", "dossier", "treaties")):
        done = comity(*command, "--store", "photos", environment=environment)
        assert done.returncode == 1
        assert done.stderr == "Error: photos holds other files and no comity store: name another folder\n"
    assert os.listdir(tmp_path / "photos") == ["cat.jpg"]


def test_no_server(environment: dict[str, str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"bolt://127.0.0.1:{free.getsockname()[1]}"
    done = comity("rank", "--store", address, environment={**environment, "NEO4J_PASSWORD": "secret"})
    assert done.returncode == 1
    assert done.stderr == f"Error: no Neo4j server answers at {address}: start it, or check the address\n"


def test_an_address_with_a_password_is_refused_without_showing_it(environment: dict[str, str]) -> None:
    done = comity("rank", "--store", "bolt://ada:secret@localhost:7687", environment=environment)
    assert done.returncode == 1
    assert "NEO4J_PASSWORD" in done.stderr
    assert "secret" not in done.stdout + done.stderr


@pytest.mark.neo4j
def test_a_wrong_password_is_not_shown(environment: dict[str, str], empty_neo4j: Server) -> None:
    wrong = {**environment, "NEO4J_USERNAME": empty_neo4j.user, "NEO4J_PASSWORD": "not-it"}
    done = comity("status", "--store", empty_neo4j.uri, environment=wrong)
    assert done.returncode == 1
    assert "refuses the user or password" in done.stderr
    assert "not-it" not in done.stdout + done.stderr


@pytest.mark.neo4j
def test_a_password_is_asked_for_on_a_terminal(environment: dict[str, str], empty_neo4j: Server) -> None:
    server = {"COMITY_STORE": "", "NEO4J_URI": empty_neo4j.uri, "NEO4J_USERNAME": empty_neo4j.user}
    known = {**environment, **server, "NEO4J_PASSWORD": empty_neo4j.password}
    subprocess.run((*COMITY, "load", "dossier", "japan-europe"), env=known, check=True, capture_output=True)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        (*COMITY, "status", "--format", "json"),
        env={**environment, **server},
        stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True, text=True,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while b"Password of" not in seen:
        seen += os.read(ours, 1000)
    time.sleep(0.2)
    os.write(ours, f"{empty_neo4j.password}\n".encode())
    printed, _ = process.communicate(timeout=60)
    os.close(ours)
    assert process.returncode == 0, seen
    assert '"engine": "neo4j"' in printed


def test_a_reader_that_stops_reading_is_no_error(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        (*COMITY, "cypher", "UNWIND range(1, 9999) AS n RETURN n, 'long ' + n AS text", "--format", "csv"),
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) in (0, 1)


def test_ctrl_c_ends_a_command_while_the_engine_works(environment: dict[str, str]) -> None:
    started = "import comity.cli.interrupt as i, sys; i.end_soon_after_ctrl_c(); from comity.graph.stores import open_store\n"
    started += "with open_store(sys.argv[1]) as s: print('open', flush=True); s.ask(sys.argv[2])"
    with subprocess.Popen(
        [sys.executable, "-c", started, environment["COMITY_STORE"], SLOW],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - begun < PATIENCE + 5
    assert err == "Interrupted.\n"
    assert comity("status", environment=environment).returncode == 0


@pytest.mark.parametrize("sort", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_what_has_the_store_open_without_a_crash(environment: dict[str, str], sort: signal.Signals) -> None:  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, environment["COMITY_STORE"]],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.send_signal(sort)
        told, _ = process.communicate(timeout=60)
    assert process.returncode == -sort
    assert not told
    assert comity("rank", environment=environment).returncode == 0


def test_ctrl_c_before_the_engine_works(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        (*COMITY, "cypher", "-"),
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        time.sleep(3)  # it reads standard input by now, or is about to
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err


@pytest.mark.parametrize(("answer", "facts"), [(b"n\n", 3), (b"y\n", 2)], ids=["no", "yes"])
def test_a_dossier_that_holds_less_is_asked_about_on_a_terminal(
    environment: dict[str, str], tmp_path: Path, answer: bytes, facts: int
) -> None:
    store = tmp_path / "own"
    shutil.copytree(environment["COMITY_STORE"], store)
    Path("small.yaml").write_text(DOSSIER.partition("  drill:")[0], encoding="utf-8")
    ours = {**environment, "COMITY_STORE": str(store)}
    above, below = pty.openpty()
    os.write(above, answer)
    done = subprocess.run(
        (*COMITY, "load", "dossier", "small.yaml"),
        env=ours, stdin=below, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "small: another version. 0 facts added, 0 changed, 1 retracted, 2 as before" in done.stderr
    assert "Load it? [y/N]" in done.stderr
    assert f"facts     {facts}" in comity("status", environment=ours).stdout
    os.close(above)
    os.close(below)
