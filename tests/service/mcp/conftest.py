"""Assistants as they are: the official client, over standard input and output, over HTTP, or in the process."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.server.lowlevel import Server
from mcp.types import CallToolResult, TextContent

from comity.graph.loading import load
from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from comity.loaders.dossier import open_bundled

Found = TypeVar("Found")

COMITY = (sys.executable, "-m", "comity")


def with_client(server: "Server[Any] | StdioServerParameters | str", work: Callable[[Client], Awaitable[Found]]) -> Found:  # fmt: skip
    """Do something with a client that is connected to a server."""

    async def run() -> Found:
        with anyio.fail_after(60):
            async with Client(server) as client:
                return await work(client)

    # In a thread of its own: where a browser has been started for other tests, its event loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, run).result()


def ask(server: "Server[Any] | StdioServerParameters | str", tool: str, **arguments: Any) -> CallToolResult:
    """The answer of a tool."""

    async def work(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    return with_client(server, work)


def text(answer: CallToolResult) -> str:
    """The text of an answer."""
    (content,) = answer.content
    assert isinstance(content, TextContent)
    return content.text


def document(answer: CallToolResult) -> Any:
    """An answer that is none of an error, which stands there twice."""
    assert not answer.is_error, text(answer)
    found = json.loads(text(answer))
    assert found == answer.structured_content
    return found


def fill(store: Store, *dossiers: str) -> None:
    """Load bundled dossiers."""
    for dossier in dossiers:
        load(store, open_bundled(dossier).reading())


@pytest.fixture
def filled(store: Store) -> Store:
    """An open store with the smaller of the bundled dossiers, once on each engine."""
    fill(store, "japan-europe")
    return store


@pytest.fixture
def filled_url(store_url: str, request: pytest.FixtureRequest) -> str:
    """The URL of a store with the smaller of the bundled dossiers, which nobody has open, once on each engine."""
    auth = request.getfixturevalue("empty_neo4j").auth if "://" in store_url else None
    with open_store(store_url, auth=auth) as store:
        fill(store, "japan-europe")
    return store_url


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open embedded store with both bundled dossiers, made once: for tests that only read."""
    with open_store(str(tmp_path_factory.mktemp("kept") / "store")) as store:
        fill(store, "treaties", "japan-europe")
        yield store


@contextmanager
def listening(*arguments: str, environment: dict[str, str], folder: Path) -> Iterator[str]:
    """A `comity mcp --http` in a process of its own; gives its URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            (*COMITY, "mcp", "--http", "--port", str(port), *arguments),
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            for _ in range(300):
                with socket.socket() as tried:
                    if tried.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            process.terminate()
            process.wait(30)
