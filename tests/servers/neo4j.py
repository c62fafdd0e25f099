"""Starts a real Neo4j Community server from the jars on Maven Central, for the tests or for a developer.

    python -m tests.servers.neo4j --version 5.26.12

runs one until Ctrl-C and prints the variables under which comity and the tests find it. Maven and a fitting Java are all it
needs: the jars are fetched once into the user's cache folder, the database lives in a temporary folder.
"""

import argparse
import contextlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import Neo4jError, ServiceUnavailable
from platformdirs import user_cache_path

LONG_TERM = "5.26.12"
CURRENT = "2026.08.1"

GDS = "2.13.9"
"""The Graph Data Science library for the long-term release; `neo4j-pom.xml` names it too."""

_POM = Path(__file__).with_name("neo4j-pom.xml")
_START_SECONDS = 240
_STOP_SECONDS = 30
_OPENED_PACKAGES = ("java.nio", "java.io", "sun.nio.ch")

_CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.initial_size=256m
server.memory.heap.max_size=1g
server.memory.pagecache.size=64m
"""

SOON_STOPPED = "internal.dbms.bolt.netty_server_shutdown_quiet_period=1\n"
"""A setting of the long-term release: told to end, it listens on for a second, twice, to clients that might have more to say, and not for five."""

_SHORT_RUNS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""What spares a server that lives for minutes the work of one that lives for months: its compiler would take half of the time."""

# The shell stands between us and Java for one reason: it holds the other end of a pipe, and kills the server as soon as
# the pipe closes. So no server outlives the tests, even when they are killed. A server whose content is wanted again is told
# to end, for which it takes some seconds.
_KEEPER = """\
exec 3<&0
"$@" </dev/null 3<&- & server=$!
(read -r told <&3; kill "-${told:-KILL}" "$server") 2>/dev/null & keeper=$!
exec 3<&-
wait "$server"; code=$?
kill "$keeper" 2>/dev/null
exit "$code"
"""


class ServerUnavailable(Exception):
    """No server can be started here; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server answers and who may ask."""

    uri: str
    user: str
    password: str
    started_here: bool = False
    """Whether it runs on this machine, where it can read every file that this process can."""

    @property
    def auth(self) -> tuple[str, str]:
        """User and password as the driver wants them."""
        return self.user, self.password


@dataclass(frozen=True, slots=True)
class _Addition:
    """Procedures that a server is given: the profile of the pom that fetches them, which of its jars are plugins, and what they need."""

    profile: str
    plugins: str
    options: tuple[str, ...] = ()


_APOC = _Addition("apoc", "apoc-*.jar")
# Its own jars alone are plugins: what they are made of stands on the class path, where plugins find it.
_GDS = _Addition("gds", f"*-{GDS}.jar", ("--add-modules=jdk.incubator.vector",))


@dataclass(slots=True)
class Restartable:
    """A server that can be stopped and started again, at the same address and with the same content."""

    server: Server
    _home: Path
    _command: Sequence[str]
    _process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Tell the server to end, and wait until it has; nothing where it does not run."""
        _end(self._process, b"TERM\n")

    def start(self) -> None:
        """Start it again, and wait until it answers."""
        self._process = _started(self._command, self._home)


@contextlib.contextmanager
def running_neo4j(
    home: Path, version: str = LONG_TERM, *, apoc: bool = False, gds: bool = False, lasting: bool = False
) -> Iterator[Server]:
    """Run a new, empty server in the folder `home` for as long as the context lasts.

    With `apoc` it has those procedures, with `gds` instead the Graph Data Science library, which needs the long-term release. A `lasting`
    one has its optimizing compiler, without which it is no measure of anything.
    """
    if gds and version != LONG_TERM:
        raise ServerUnavailable(f"GDS {GDS} needs Neo4j {LONG_TERM}")
    addition = _APOC if apoc else _GDS if gds else None
    with restartable_neo4j(home, version, addition=addition, lasting=lasting) as running:
        yield running.server


@contextlib.contextmanager
def restartable_neo4j(
    home: Path,
    version: str = LONG_TERM,
    *,
    settings: str = "",
    addition: _Addition | None = None,
    lasting: bool = False,
) -> Iterator[Restartable]:
    """The same, with lines of its configuration file, and as one that can be stopped and started again meanwhile."""
    java = _find_java(version)
    jars = _jars(version, addition)
    configuration = home / "conf" / "neo4j.conf"
    configuration.parent.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    settings = _CONFIGURATION.format(port=port) + settings
    if addition:
        settings += f"dbms.security.procedures.unrestricted={addition.profile}.*\n"
        (home / "plugins").mkdir()
        for jar in jars.glob(addition.plugins):
            (home / "plugins" / jar.name).symlink_to(jar)
    configuration.write_text(settings, encoding="utf-8")
    command = [
        str(java),
        "-Xmx1g",
        *(() if lasting else _SHORT_RUNS),
        "-cp",
        f"{jars}/*",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED_PACKAGES),
        *(addition.options if addition else ()),
        "org.neo4j.server.CommunityEntryPoint"
        if version.startswith("5.")
        else "org.neo4j.server.Neo4jCommunity",
        f"--home-dir={home}",
        f"--config-dir={configuration.parent}",
    ]
    process = _started(command, home)
    uri = f"bolt://127.0.0.1:{port}"
    password = secrets.token_urlsafe(12)
    running = Restartable(Server(uri, "neo4j", password, started_here=True), home, command, process)
    try:
        _set_first_password(uri, password, process, home)
        yield running
    finally:
        _end(running._process)


def _started(command: Sequence[str], home: Path) -> subprocess.Popen[bytes]:
    """The server's process, once it has said that it has started."""
    earlier = _starts(home)
    with (home / "output.log").open("ab") as sink:
        process = subprocess.Popen(
            ["sh", "-c", _KEEPER, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_started(process, home, earlier)
    except BaseException:
        _end(process)
        raise
    return process


def import_full(home: Path, folder: Path, version: str = LONG_TERM) -> str:
    """Import the files of an export into the database of the folder `home`, where no server runs; what the tool said."""
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED_PACKAGES]
    command = [
        *(
            str(_find_java(version)),
            "-Xmx1g",
            *_SHORT_RUNS,
            "-cp",
            f"{_jars(version, None)}/*",
            *opened,
            "org.neo4j.cli.AdminTool",
        ),
        *("database", "import", "full", "neo4j", "@import.args"),
    ]
    configuration = home / "conf"
    configuration.mkdir(parents=True)
    done = subprocess.run(
        command, cwd=folder, env={**environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(configuration)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"nothing was imported:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def _end(process: subprocess.Popen[bytes], by: bytes = b"") -> None:
    """End a server by a signal that it may heed, or at once; nothing where it has ended."""
    assert process.stdin is not None
    if not process.stdin.closed:
        with contextlib.suppress(BrokenPipeError), process.stdin as keeper:
            keeper.write(by)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _starts(home: Path) -> int:
    """How many times the server of this folder has started."""
    log = home / "logs" / "neo4j.log"
    return log.read_text(encoding="utf-8", errors="replace").count("Started.") if log.exists() else 0


def _wait_until_started(process: subprocess.Popen[bytes], home: Path, earlier: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if _starts(home) > earlier:
            return
        if process.poll() is not None:
            raise RuntimeError(
                f"Neo4j ended with code {process.returncode} while starting:\n{_log_tail(home)}"
            )
        time.sleep(0.2)
    raise RuntimeError(f"Neo4j was not ready within {_START_SECONDS} seconds:\n{_log_tail(home)}")


def _set_first_password(uri: str, password: str, process: subprocess.Popen[bytes], home: Path) -> None:
    """A new server lets its user do nothing but change the password, on the `system` database."""
    deadline = time.monotonic() + _START_SECONDS
    with GraphDatabase.driver(uri, auth=("neo4j", "neo4j")) as driver:
        while True:
            try:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
                    password=password,
                    database_="system",
                )
                return
            except (ServiceUnavailable, Neo4jError) as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"Neo4j does not answer ({error}):\n{_log_tail(home)}") from error
                time.sleep(0.5)


def _log_tail(home: Path, lines: int = 30) -> str:
    tail: list[str] = []
    for log in (home / "output.log", home / "logs" / "neo4j.log"):
        if log.exists():
            tail += log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "\n".join(tail) or "(it wrote no log)"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _jars(version: str, addition: _Addition | None) -> Path:
    """The folder with the server's jars, fetched by Maven the first time."""
    folder = user_cache_path("comity-tests") / f"neo4j-{version}{f'-{addition.profile}' if addition else ''}"
    if folder.exists():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise ServerUnavailable("there is no Maven (mvn) to fetch Neo4j with")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Fetched aside and renamed when complete: a folder of that name is whole, whoever else fetches at the same time.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}-") as aside:
        fetched = Path(aside) / "lib"
        done = subprocess.run(
            [
                maven,
                "--quiet",
                "--batch-mode",
                f"--file={_POM}",
                f"-Dneo4j.version={version}",
                *([f"-P{addition.profile}"] if addition else []),
                "dependency:copy-dependencies",
                f"-DoutputDirectory={fetched}",
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServerUnavailable(
                f"Maven could not fetch Neo4j {version}:\n{(done.stdout + done.stderr)[-2000:]}"
            )
        try:
            fetched.rename(folder)
        except OSError:
            if not folder.exists():
                raise
    return folder


def _find_java(version: str) -> Path:
    """The first Java that this Neo4j runs on: of JAVA_HOME, of the PATH, then of the usual system folder."""
    wanted = (17, 21) if version.startswith("5.") else (21, 25)
    candidates = [Path(environ["JAVA_HOME"]) / "bin" / "java"] if environ.get("JAVA_HOME") else []
    on_path = shutil.which("java")
    if on_path:
        candidates.append(Path(on_path))
    candidates += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    for java in candidates:
        if java.exists() and _java_release(java) in wanted:
            return java
    raise ServerUnavailable(
        f"Neo4j {version} needs Java {' or '.join(map(str, wanted))} and there is none here"
    )


def _java_release(java: Path) -> int:
    said = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False).stderr
    release = re.search(r'version "(\d+)', said)
    return int(release[1]) if release else 0


def main() -> None:
    """Run a server until Ctrl-C or a TERM signal."""
    parser = argparse.ArgumentParser(description="Run a Neo4j server for development until Ctrl-C.")
    parser.add_argument("--version", default=LONG_TERM, help=f"a release on Maven Central, such as {CURRENT}")
    parser.add_argument("--gds", action="store_true", help="with the Graph Data Science library")
    given = parser.parse_args()
    # Ended from outside it cleans up just the same; a shell starts what runs in the background with Ctrl-C ignored.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with (
        contextlib.suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory(prefix="comity-neo4j-", ignore_cleanup_errors=True) as folder,
        running_neo4j(Path(folder), given.version, gds=given.gds, lasting=True) as server,
    ):
        print(f"export NEO4J_URI={server.uri} NEO4J_USERNAME={server.user} NEO4J_PASSWORD={server.password}")
        print(f"Neo4j {given.version} is running; stop it with Ctrl-C.", file=sys.stderr, flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
