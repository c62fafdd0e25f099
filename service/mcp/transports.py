"""How assistants reach the server: over standard input and output, or over HTTP, on its own or within an application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from fastapi import FastAPI
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

PATH = "/mcp"
"""Where the server answers over HTTP."""

LARGEST = 100_000
"""Bytes of a request, at most: questions are short."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve_stdio(server: Server[Any]) -> None:
    """Answer on standard output what is asked on standard input, until that ends.

    Meanwhile whatever else writes to standard output, the engine's Java included, goes to standard error.
    """

    async def run() -> None:
        async with stdio_server() as (asked, answered):
            await server.run(asked, answered, server.create_initialization_options())

    anyio.run(run)


class Endpoint:
    """The server as an ASGI application: streamable HTTP without sessions, so that a restart or a second process breaks nothing.

    It answers while `running`. With `local` only requests by a name of this machine are answered, and of a browser only those from its
    own pages: otherwise any page could ask it in the name of who sits before it.
    """

    def __init__(self, server: Server[Any], *, local: bool = False) -> None:
        self._server, self._local = server, local
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Ready to answer for the length of the block."""
        names = [f"[{name}]" if ":" in name else name for name in LOOPBACK]
        guarded = TransportSecuritySettings(
            enable_dns_rebinding_protection=self._local,
            allowed_hosts=[f"{name}:*" for name in names],
            allowed_origins=[f"http://{name}:*" for name in names],
        )
        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, security_settings=guarded, max_request_body_size=LARGEST
        )  # fmt: skip
        async with manager.run():
            self._manager = manager
            yield
        self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._manager is not None, "the application's lifespan has not begun"
        await self._manager.handle_request(scope, receive, send)


def mount(app: FastAPI, server: Server[Any]) -> None:
    """Let an application answer assistants at /mcp, behind whatever middleware it has; its lifespan is the server's as well."""
    endpoint, before = Endpoint(server), app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with before(app) as state, endpoint.running():
            yield state

    app.router.lifespan_context = lifespan
    app.router.routes.append(_route(endpoint))


def http_app(server: Server[Any], *, local: bool) -> Starlette:
    """An application of the server alone."""
    endpoint = Endpoint(server, local=local)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with endpoint.running():
            yield

    return Starlette(routes=[_route(endpoint)], lifespan=lifespan)


def _route(endpoint: Endpoint) -> Route:
    # Without sessions there is nothing to listen for (GET) and nothing to end (DELETE).
    return Route(PATH, endpoint, methods=["POST"])
