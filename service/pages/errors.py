"""Problems as pages: who asks for HTML gets in words what programs get as problem+json."""

import json
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.service.pages.frame import HEADERS, POLICY, Page, fill
from comity.service.pages.links import links_of
from comity.service.problems import MEDIA_TYPE


class ProblemPages:
    """Turns answers that are problems into pages where the asker accepts HTML, whoever in the service gave them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and look at what comes back."""
        if scope["type"] != "http" or scope["method"] == "HEAD" or not _wants_html(scope):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None
        body = b""

        async def seen(message: Message) -> None:
            nonlocal begun, body
            if message["type"] == "http.response.start" and _is_problem(message):
                begun = message
                return
            if begun is None:
                await send(message)
                return
            body += message.get("body", b"")
            if not message.get("more_body", False):
                await _send_page(scope, begun, json.loads(body), send)

        await self._app(scope, receive, seen)


def _wants_html(scope: Scope) -> bool:
    """Whether HTML is asked for by name, as browsers do."""
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_problem(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith(MEDIA_TYPE)


async def _send_page(scope: Scope, begun: Message, problem: dict[str, Any], send: Send) -> None:
    page = Page("problem.html", {"problem": problem}, begun["status"])
    _, body = fill(page, links_of(Request(scope), {}))
    headers = MutableHeaders(raw=list(begun["headers"]))
    for name, value in {**HEADERS, "Content-Security-Policy": POLICY}.items():
        headers[name] = value
    headers["Cache-Control"] = "no-store"
    headers["Content-Type"], headers["Content-Length"] = "text/html; charset=utf-8", str(len(body))
    await send({**begun, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})
