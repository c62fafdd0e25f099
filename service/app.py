"""The application: the graph behind HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from comity.graph.stores.base import Store
from comity.service.asking import only_documented, wanted_form
from comity.service.held import Held
from comity.service.kept import Keeper
from comity.service.keys import Keys
from comity.service.mcp.server import assistant_server
from comity.service.mcp.transports import mount
from comity.service.memory import Memory
from comity.service.metrics import Metrics
from comity.service.openapi import describe, name_of
from comity.service.outage import Outage
from comity.service.pages.errors import ProblemPages
from comity.service.pages.router import PAGES, serve_pages
from comity.service.places import Work
from comity.service.problems import handle_problems
from comity.service.rights import Rights
from comity.service.routes import READING, cypher, editing, health, loading
from comity.service.settings import ServiceSettings
from comity.service.watch import Routed, Watch
from comity.service.writer import Writer


class Service(FastAPI):
    """The application. What every request passes stands in front of the framework, so that an answer from memory needs none of it."""

    front: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI wants it."""
        scope["app"] = self
        await self.front(scope, receive, send)

    async def framework(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is behind the front: the routes."""
        await super().__call__(scope, receive, send)


def create_app(store: Store, settings: ServiceSettings) -> Service:
    """The service of an open store; whoever opened it closes it."""
    keys = Keys(settings.keys)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        yield
        app.state.outage.close()
        keys.close()

    app = Service(
        lifespan=lifespan,
        routes=_routes(),
        docs_url=None,  # which would have the browser fetch its scripts from elsewhere
        redoc_url=None,
    )
    app.state.held = Held(store, settings.freshness)
    app.state.settings = settings
    app.state.lists = Memory(settings.memory * 1_000_000 // 4)
    app.state.keys = keys
    app.state.metrics = Metrics()
    app.state.outage = Outage(store)
    app.state.looking = health.Looking(app.state.outage)
    app.state.writer = Writer(app.state.held)
    app.state.work = Work(settings)
    handle_problems(app)
    app.openapi = _description  # type: ignore[method-assign]
    mount(app, assistant_server(store))
    serve_pages(app)
    app.front = _front(app, settings, keys)
    return app


@cache
def _routes() -> list[BaseRoute]:
    """The routes of every service, put together once in a process: they know neither store nor settings, and take half a second."""
    together = APIRouter(generate_unique_id_function=name_of)
    for router in READING:
        together.include_router(
            router, prefix="/api", dependencies=[Depends(only_documented), Depends(wanted_form)]
        )
    for routes in (cypher, loading, editing):
        together.include_router(routes.router, prefix="/api")
    together.include_router(health.router)
    for router in PAGES:
        together.include_router(router, include_in_schema=False)
    return together.routes


@cache
def _description() -> dict[str, Any]:
    """What these routes are: the same for every service, and made once, as it takes as long as they do."""
    return describe(_routes())


def _front(app: Service, settings: ServiceSettings, keys: Keys) -> ASGIApp:
    """What every request passes, the last one first: who may read, and what is counted, is settled before an answer is looked for."""
    front: ASGIApp = Routed(app.framework)
    front = Keeper(front, app.state.held, settings.memory * 750_000)
    front = Rights(front, settings, keys)
    if settings.origins:
        front = CORSMiddleware(
            front, allow_origins=settings.origins, allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "X-API-Key", "Content-Type", "If-None-Match"],
            expose_headers=["Comity-Revision", "Content-Disposition", "ETag", "Link", "Location", "Retry-After", "X-Request-ID"],
        )  # fmt: skip
    return ProblemPages(Watch(front, settings, app.state.metrics, app.state.outage))
