"""Fixtures shared by all tests.

Fixture policy
- Pull in the smallest dataset that has what you need: a handful of facts written in the test, before a bundled dossier, before
  a file of `data_folder`, before a browser or a server.
- What runs is real: a real embedded database, a real Neo4j, a real Chromium; nothing is mocked.
- `store` and `store_url` run a test once on each engine, on an empty database.
- What a machine lacks skips a test with the reason. Where CI is set that is a failure instead, for Neo4j and Chromium.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import hypothesis
import pytest
from neo4j import Driver, GraphDatabase
from playwright.sync_api import Browser, Page, sync_playwright

from tests.servers.neo4j import LONG_TERM, Server, ServerUnavailable, running_neo4j

if TYPE_CHECKING:
    from comity.graph.stores import Store

Found = TypeVar("Found")

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# The variables comity itself reads are taken away from every test (see `clean_environment`): what a developer has set for
# daily work must not steer a test, nor a test touch a developer's store. What the fixtures need is read here, before that.
_COMITY_READS = (
    "COMITY_STORE",
    "COMITY_DATA",
    "COMITY_LLM_KEY",
    "NEO4J_URI",
    "NEO4J_USERNAME",
    "NEO4J_PASSWORD",
)
_GIVEN = {name: os.environ.get(name, "") for name in _COMITY_READS}

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Everything by which a browser would call home on its own, so that a request seen in a test is the page's.
_CHROMIUM_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Neither engine nor browser answers in Hypothesis' 200 ms every time, hence no deadline.
hypothesis.settings.register_profile("dev", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True, print_blob=True)
hypothesis.settings.register_profile("fuzz", deadline=None, max_examples=5000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "dev"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave Spark to `just spark`: it is large, and takes most of a minute to start."""
    if not os.environ.get("COMITY_TEST_SPARK"):
        for item in items:
            if item.get_closest_marker("spark"):
                item.add_marker(pytest.mark.skip(reason="needs comity[spark]; run `just spark`"))


def pytest_collection_finish() -> None:
    """Spare Python's collector what stays until the end, half a million objects of modules and tests: to go through them took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def lacking(reason: str) -> NoReturn:
    """Skip for want of a server or a browser, or fail where both are required."""
    if IN_CI:
        pytest.fail(f"required where CI is set: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a developer's own settings out of the tests."""
    for name in _COMITY_READS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of published data sets, which are not ours to ship."""
    if not _GIVEN["COMITY_DATA"]:
        pytest.skip("COMITY_DATA names no folder of data sets")
    folder = Path(_GIVEN["COMITY_DATA"]).resolve()
    if not folder.is_dir():
        pytest.fail(f"COMITY_DATA names {folder}, which is no folder", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running Neo4j: the one that NEO4J_URI names (its content is deleted!), else a new one started from Maven's jars."""
    if _GIVEN["NEO4J_URI"]:
        yield Server(_GIVEN["NEO4J_URI"], _GIVEN["NEO4J_USERNAME"] or "neo4j", _GIVEN["NEO4J_PASSWORD"])
        return
    version = os.environ.get("COMITY_TEST_NEO4J", LONG_TERM)
    try:
        with running_neo4j(tmp_path_factory.mktemp("neo4j"), version) as server:
            yield server
    except ServerUnavailable as error:
        lacking(str(error))


@pytest.fixture(scope="session")
def gds_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running Neo4j with the Graph Data Science library, started from Maven's jars."""
    try:
        with running_neo4j(tmp_path_factory.mktemp("gds"), gds=True) as server:
            yield server
    except ServerUnavailable as error:
        lacking(str(error))


@pytest.fixture
def empty_neo4j(neo4j_server: Server) -> Server:
    """The session's Neo4j without nodes and relationships; constraints and indexes stay."""
    return emptied(neo4j_server)


def emptied(server: Server) -> Server:
    """The server without nodes and relationships."""
    with (
        GraphDatabase.driver(server.uri, auth=server.auth) as driver,
        driver.session() as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    return server


ON_EACH = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]
"""The parameters of a fixture that is there once on each engine."""


@pytest.fixture(params=ON_EACH)
def engine(request: pytest.FixtureRequest) -> str:
    """Which of the engines a test is of."""
    found: str = request.param
    return found


@pytest.fixture
def store_url(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The URL of an empty store, once on each engine; user and password stand in the environment, as for a user."""
    if engine == "embedded":
        return str(tmp_path / "store")
    server: Server = request.getfixturevalue("empty_neo4j")
    monkeypatch.setenv("NEO4J_USERNAME", server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    return server.uri


@pytest.fixture
def store(request: pytest.FixtureRequest, store_url: str) -> "Iterator[Store]":
    """An empty open store, once on each engine, closed at the end."""
    from comity.graph.stores import open_store

    if "://" not in store_url:
        shutil.copytree(request.getfixturevalue("empty_folder"), store_url)
    server: Server | None = request.getfixturevalue("empty_neo4j") if "://" in store_url else None
    with open_store(store_url, auth=server.auth if server else None) as opened:
        yield opened


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty embedded store, made once: to copy it takes a tenth of the time that making another one does."""
    from comity.graph.stores import open_store

    folder = tmp_path_factory.mktemp("empty") / "store"
    open_store(str(folder)).close()
    return folder


@pytest.fixture
def embedded_store(tmp_path: Path, empty_folder: Path) -> "Iterator[Store]":
    """An empty open store of the embedded engine alone: for whole data sets, of which a few are enough to try the other one with."""
    from comity.graph.stores import open_store

    with open_store(str(shutil.copytree(empty_folder, tmp_path / "store"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def bundled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store with the bundled dossiers, made once, as that takes seconds: to be read, or to be copied."""
    from comity.graph.stores import open_store

    folder = tmp_path_factory.mktemp("bundled") / "store"
    with open_store(str(folder)) as opened:
        with_dossiers(opened)
    return folder


@pytest.fixture
def bundled_store(
    request: pytest.FixtureRequest, engine: str, tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[Store]":
    """An open store with the bundled dossiers, once on each engine; it is the test's own."""
    with opened_bundled(engine, request, tmp_path_factory) as opened:
        yield opened


def opened_bundled(engine: str, request: pytest.FixtureRequest, folders: pytest.TempPathFactory) -> "Store":
    """An open store of the engine with the bundled dossiers and nothing else."""
    from comity.graph.stores import open_store

    if engine == "embedded":
        folder = folders.mktemp("bundled") / "store"
        return open_store(str(shutil.copytree(request.getfixturevalue("bundled_folder"), folder)))
    server: Server = request.getfixturevalue("neo4j_server")
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        # To load them takes seconds, and what only reads leaves them as they were.
        if _last_change(driver) != _BUNDLED.get(server.uri):
            emptied(server)
            with open_store(server.uri, auth=server.auth) as store:
                with_dossiers(store)
            _BUNDLED[server.uri] = _last_change(driver)
    return open_store(server.uri, auth=server.auth)


_BUNDLED: dict[str, str] = {}
"""Of servers to which the bundled dossiers have been loaded, the last change then."""


def _last_change(driver: Driver) -> str:
    """The server's name for the last transaction that has changed anything."""
    with driver.session() as session:
        session.run("RETURN 1").consume()
        (mark,) = session.last_bookmarks().raw_values
        return mark


def with_dossiers(store: "Store", *names: str) -> "Store":
    """The store with these of the bundled dossiers loaded into it, or all of them."""
    from comity.graph.loading import load
    from comity.loaders.dossier import bundled, open_bundled

    for name in names or bundled():
        load(store, open_bundled(name).reading())
    return store


def apart(run: Callable[..., Found], *arguments: Any) -> Found:
    """What it gives, run in a thread of its own: where a browser has been started for other tests, its event loop runs in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run, *arguments).result()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The system's Chromium (COMITY_CHROMIUM, or the first of the usual names on the PATH)."""
    named = os.environ.get("COMITY_CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)
    if found is None:
        lacking(f"there is no {named or ' or '.join(_CHROMIUM_NAMES)} here")
    return Path(found)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One headless Chromium for the whole session."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(_CHROMIUM_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of its own."""
    with browser.new_context() as context:
        yield context.new_page()
