"""Assistants as they are: the official client, over standard input and output, over HTTP, or in the process."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.server.lowlevel import Server
from mcp.types import CallToolResult, TextContent

from comity.graph.stores import open_store
from comity.graph.stores.base import Store
from tests.conftest import apart, opened_bundled, with_dossiers

Found = TypeVar("Found")

COMITY = (sys.executable, "-m", "comity")


def with_client(server: "Server[Any] | StdioServerParameters | str", work: Callable[[Client], Awaitable[Found]]) -> Found:  # fmt: skip
    """Do something with a client that is connected to a server."""

    async def run() -> Found:
        with anyio.fail_after(60):
            async with Client(server) as client:
                return await work(client)

    found: Found = apart(anyio.run, run)
    return found


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


@pytest.fixture
def filled(store: Store) -> Store:
    """An open store with the smaller of the bundled dossiers, once on each engine."""
    return with_dossiers(store, "japan-europe")


@pytest.fixture
def filled_url(store_url: str, request: pytest.FixtureRequest) -> str:
    """The URL of a store with the smaller of the bundled dossiers, which nobody has open, once on each engine."""
    auth = request.getfixturevalue("empty_neo4j").auth if "://" in store_url else None
    with open_store(store_url, auth=auth) as store:
        with_dossiers(store, "japan-europe")
    return store_url


@pytest.fixture(scope="session")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open embedded store with both bundled dossiers, made once: for tests that only read."""
    with opened_bundled("embedded", request, tmp_path_factory) as store:
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
