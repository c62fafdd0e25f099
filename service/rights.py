"""Who may do what: every request passes here before any route, so that none can be open by an oversight.

Reading asks for a key unless the settings say that it is public. Whatever is not known to be reading asks for an editor's key, always.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

import structlog
from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.graph.errors import InputError
from comity.service.headers import Asked, asked_by, forget_key
from comity.service.keys import Keys, KeysUnreadable, Role
from comity.service.problems import problem
from comity.service.rates import Rates, neighbourhood
from comity.service.refusals import (
    WRONG,
    behind_proxy,
    from_elsewhere,
    size_allowed,
    too_large,
    too_many,
    unauthorized,
    unreadable,
)
from comity.service.settings import ServiceSettings

log = structlog.get_logger()

SIGN_IN = "/sign-in"

REFUSED = "(refused)"
"""Stands for the route of a request that was not let in."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_READING_POSTS = ("/api/cypher", "/api/reconcile")
_READ_ONLY = "/mcp"
"""What is asked by POST and only reads, and what only reads whatever the method: for all else that is no GET an editor's key is needed."""

OPEN = frozenset({"/healthz", "/readyz", "/assets/pages.css", SIGN_IN})
"""What tells nothing of the graph, and must answer whoever asks."""

LOADING = "/loading"
"""The page from which editors load files."""

_UPLOADS = ("/api/loads", LOADING)
"""Where more may be sent than elsewhere."""

_METRICS = "/metrics"

_WHOSE = {Role.READER: "a reader's", Role.EDITOR: "an editor's", Role.ADMIN: "an admin's"}
"""Keys of each role in words."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the name on the key, "" for a stranger."""

    name: str = ""
    role: Role = Role.READER
    key: str = ""


STRANGER = Person()


class Rights:
    """The door: keys, roles, rates, the names of this host and the size of what is sent."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings, keys: Keys) -> None:
        self._app, self._settings, self._keys = app, settings, keys
        self._fault = ""
        self._open = settings.public is None and settings.local and not self._some()
        self._by_key, self._by_address = Rates(settings.key_rate), Rates(settings.public_rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = asked_by(scope["scheme"], scope["headers"])
        refusal = self._refused(scope, asked)
        if refusal is None and scope["method"] not in ("GET", "HEAD"):
            most = (
                self._settings.upload
                if any(_is(scope["path"], upload) for upload in _UPLOADS)
                else self._settings.body
            )
            receive = _counted(receive, most)
            if asked.length is not None and asked.length > most:
                refusal = too_large(most)
        if refusal is not None:
            scope.setdefault("state", {})["route"] = REFUSED
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refused(self, scope: Scope, asked: Asked) -> Response | None:
        """The answer to a request that is not let in; else it is noted in the scope who asks."""
        path: str = scope["path"]
        if self._settings.hosts and not _among(asked.host, self._settings.hosts):
            return problem(
                421, "Host", "This service is not known by that name",
                f"there is no service for the host {asked.host[:100]!r} here; COMITY_SERVE_HOSTS lists those it answers for",
            )  # fmt: skip
        state = scope.setdefault("state", {})
        state["own_page"] = asked.own_page
        if path in OPEN:
            state["person"] = STRANGER
            return self._not_signing_in(scope, asked) if path == SIGN_IN else None
        person = STRANGER
        if asked.key is not None:
            try:
                key, self._fault = self._keys.find(asked.key), ""
            except KeysUnreadable as error:
                self._tell(error)
                if not (
                    asked.by_cookie and self._settings.public and needed(scope["method"], path) is Role.READER
                ):
                    return self._slowed(scope) or unreadable()
                key = None
            if key is not None:
                wait = self._by_key.take(key.id)
                if wait:
                    return too_many(wait, f"the key of {key.name}")
                person = Person(key.name, key.role, key.id)
            elif not asked.by_cookie:
                return self._slowed(scope) or unauthorized(WRONG, "invalid_token")
            # A browser sends an old cookie without being told to: whoever has it is a stranger, who may read what strangers may.
        state["person"] = person
        return self._not_allowed(scope, asked, person)

    def _not_signing_in(self, scope: Scope, asked: Asked) -> Response | None:
        elsewhere = scope["method"] not in _READING and asked.own_page is False
        return self._slowed(scope) or (from_elsewhere() if elsewhere else None)

    def _not_allowed(self, scope: Scope, asked: Asked, person: Person) -> Response | None:
        path: str = scope["path"]
        least = needed(scope["method"], path)
        if not person.key:
            open_here = self._open_here()
            if open_here and least is not Role.EDITOR:
                return behind_proxy() if asked.forwarded else None
            if self._settings.public and least is Role.READER:
                return self._slowed(scope)
            return self._slowed(scope) or _without_key(scope, asked, least)
        if person.role < least:
            return problem(
                403, "Forbidden", "This key does not allow that",
                f"the key of {person.name} is {_WHOSE[person.role]}, and this needs {_WHOSE[least]}",
                {"WWW-Authenticate": f'Bearer realm="comity", error="insufficient_scope", scope="{least.name.lower()}"'},
            )  # fmt: skip
        if asked.by_cookie and scope["method"] not in _READING and not asked.own_page:
            # A browser sends the cookie whatever page makes it ask. A key in a header no page can have it send that does not know it.
            return from_elsewhere()
        return None

    def _open_here(self) -> bool:
        """Whether this is one person's own service: on their machine only, and no key was ever made.

        Once there was one it stays closed, for a file of keys that has gone away says nothing of who may ask.
        """
        self._open = self._open and not self._some()
        return self._open

    def _some(self) -> bool:
        """Whether there are keys; of a file that cannot be read it has to be believed."""
        try:
            return self._keys.some()
        except KeysUnreadable as error:
            self._tell(error)
            return True

    def _tell(self, error: KeysUnreadable) -> None:
        """Log why keys cannot be read, once as long as it lasts."""
        if str(error) != self._fault:
            self._fault = str(error)
            log.error("keys cannot be read", remedy=self._fault)

    def _slowed(self, scope: Scope) -> Response | None:
        client = scope.get("client")
        wait = self._by_address.take(neighbourhood(client[0]) if client else "")
        return too_many(wait, "your address") if wait else None


def needed(method: str, path: str) -> Role:
    """The least role that a key must have for such a request; what readers may can be open to all by the settings."""
    if path == _METRICS:
        return Role.ADMIN
    by_post = method == "POST" and any(_is(path, post) for post in _READING_POSTS)
    reads = method in _READING or by_post or _is(path, _READ_ONLY)
    return Role.READER if reads else Role.EDITOR


def _is(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")


def _among(host: str, names: Iterable[str]) -> bool:
    bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return any(
        bare == name.lower() or (name.startswith("*.") and bare.endswith(name[1:].lower())) for name in names
    )


def _without_key(scope: Scope, asked: Asked, needed: Role) -> Response:
    path: str = scope["path"]
    if asked.for_people and scope["method"] == "GET" and not _is(path, "/api"):
        query = scope["query_string"].decode("latin-1")
        onward = RedirectResponse(f"{SIGN_IN}?next={quote(f'{path}?{query}' if query else path)}", 303)
        if asked.by_cookie:
            forget_key(onward, scope["scheme"])
        return onward
    if asked.by_cookie:
        return unauthorized(f"{WRONG}; sign in anew at {SIGN_IN}", "invalid_token")
    whose = "a" if needed is Role.READER else _WHOSE[needed]
    return unauthorized(
        f"this needs {whose} key: send it as Authorization: Bearer KEY, or X-API-Key: KEY. "
        "Whoever runs the service makes one with `comity keys add`"
    )


def _counted(receive: Receive, most: int) -> Receive:
    """The same, ended where more comes than was announced or is allowed."""
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413, size_allowed(most))
        return message

    return counting


def _person(request: Request) -> Person:
    found: Person = getattr(request.state, "person", STRANGER)
    return found


def _editor(person: Annotated[Person, Depends(_person)]) -> Person:
    if person.role < Role.EDITOR:
        raise HTTPException(403, "This needs an editor's key")
    return person


Asker = Annotated[Person, Depends(_person)]
"""Who asks."""

Editor = Annotated[Person, Depends(_editor)]
"""Who edits: the log names them."""


def check_safe(settings: ServiceSettings, keys: Keys) -> str:
    """What to tell whoever starts the service so, or "" where nothing; `InputError` where strangers would be let in by default."""
    some = keys.some()
    if settings.public is None and not settings.local and not some:
        reached = "through a proxy" if settings.proxies else f"from other machines ({settings.host})"
        raise InputError(
            f"the service would be reached {reached}, and there is no key: make one with `comity keys add NAME`, "
            "or set COMITY_SERVE_PUBLIC=true to let everybody read"
        )
    if not some and settings.local and settings.public is None:
        return "Only this machine can ask, without a key. Nobody can change anything before there is one: `comity keys add NAME --role editor`."
    return "Everybody may read without a key." if settings.public else ""
