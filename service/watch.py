"""Around every request: an id, headers that keep browsers safe, a line in the log, a figure for Prometheus; never a bare error."""

import re
import time
from collections.abc import Iterable
from random import getrandbits

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.service.metrics import Metrics
from comity.service.outage import Outage
from comity.service.problems import RETRY_SECONDS, problem
from comity.service.rights import REFUSED
from comity.service.settings import ServiceSettings

_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")

_PAGE = (
    b"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    b"form-action 'self'; frame-ancestors 'self'"
)
_DATA = b"default-src 'none'; frame-ancestors 'none'"
"""What a browser may do with what is no page. A route that needs another policy sends its own."""

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

_NO_ROUTE, _KEPT = "(none)", "(kept)"
"""Stand for every path that no route has, and every answer that came out of memory."""

_HEALTH = frozenset({"/healthz", "/readyz"})
_WITHOUT_STORE = ("/metrics", "/sign-in", "/assets/", "/docs", "/openapi.json")
"""What is answered without the store."""

log = structlog.get_logger()


class Watch:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings, metrics: Metrics, outage: Outage) -> None:
        self._app, self._metrics, self._outage = app, metrics, outage
        self._most, self._running = settings.at_once, 0
        metrics.in_flight.set_function(lambda: self._running)
        self._hsts = f"max-age={settings.hsts}".encode() if settings.hsts else b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        id = _request_id(scope)
        state = scope.setdefault("state", {})
        state["request_id"] = id.decode()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                hsts = self._hsts if scope["scheme"] == "https" else b""
                message["headers"] = [*_completed(message["headers"], status, hsts), (b"x-request-id", id)]
            await send(message)

        self._running += 1
        failed: Exception | None = None
        try:
            refusal = self._refused(scope)
            await (refusal or self._app)(scope, receive, sending)
        except Exception as error:
            failed = error
            if not status:
                await problem(
                    500, "Internal", "An error of the service",
                    f"this should not happen; whoever runs the service finds it in the log as {id.decode()}",
                )(scope, receive, sending)  # fmt: skip
        finally:
            self._running -= 1
            self._tell(scope, status, began, failed)

    def _refused(self, scope: Scope) -> ASGIApp | None:
        if scope["path"] in _HEALTH:
            return None
        if self._running > self._most:
            return problem(
                503, "Full", "Too many requests at the same time",
                f"{self._most} requests are being answered: try again in {RETRY_SECONDS} s", {"Retry-After": str(RETRY_SECONDS)},
            )  # fmt: skip
        if self._outage.lasts and not scope["path"].startswith(_WITHOUT_STORE):
            return problem(
                503, "StoreUnavailable", "The store does not answer",
                f"it did not a moment ago: try again in {RETRY_SECONDS} s", {"Retry-After": str(RETRY_SECONDS)},
            )  # fmt: skip
        return None

    def _tell(self, scope: Scope, status: int, began: float, failed: Exception | None) -> None:
        seconds = time.perf_counter() - began
        person = scope["state"].get("person")
        route = scope["state"].get("route") or (REFUSED if person is None else _KEPT)
        self._metrics.answered(scope["method"], route, status, seconds)
        client = scope.get("client")
        told = {
            "id": scope["state"]["request_id"], "method": scope["method"], "path": _as_sent(scope), "status": status,
            "ms": round(seconds * 1000, 1), "client": client[0] if client else "",
        }  # fmt: skip
        if person is not None and person.key:
            told |= {"by": person.name, "key": person.key}
        if failed is not None:
            log.error("request failed", **told, exc_info=failed)
        elif scope["path"] in _HEALTH and status < 400:
            log.debug("request", **told)
        else:
            log.info("request", **told)


def _completed(given: Iterable[tuple[bytes, bytes]], status: int, hsts: bytes) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with those that it lacks. None are remembered: what sets a cookie holds somebody's key."""
    present = dict(given)
    headers = [*given, *(header for header in _ALWAYS if header[0] not in present)]
    # What has not changed keeps the policy that it came with.
    if b"content-security-policy" not in present and status != 304:
        page = present.get(b"content-type", b"").startswith(b"text/html")
        headers.append((b"content-security-policy", _PAGE if page else _DATA))
    if b"cache-control" not in present:  # what names people must not be kept by anybody between
        headers.append((b"cache-control", b"no-store" if status >= 400 else b"private, no-cache"))
    if hsts:
        headers.append((b"strict-transport-security", hsts))
    return headers


class Routed:
    """The innermost layer: notes which route answers, by the template of its path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "http":
                scope.setdefault("state", {})["route"] = _template(scope)


def _template(scope: Scope) -> str:
    """The path with the names of its parameters in place of what was asked, so that there are no more of them than routes."""
    # FastAPI keeps the prefix that a router was included with apart from the route; where it does not, the route has all.
    whole = getattr(scope.get("fastapi", {}).get("effective_route_context"), "path", "")
    return whole or getattr(scope.get("route"), "path", _NO_ROUTE)


def _as_sent(scope: Scope) -> str:
    """The path with its escapes, so that nobody writes lines of their own into the log."""
    raw: bytes | None = scope.get("raw_path")
    return raw.decode("latin-1") if raw else repr(scope["path"])


def _request_id(scope: Scope) -> bytes:
    """The id that a proxy has given the request, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(value):
            given: bytes = value
            return given
    return b"%016x" % getrandbits(64)  # to be told from others, not to be kept from anybody
