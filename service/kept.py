"""Answers kept as bytes, in front of the framework: made once for a revision, however many ask, and not sent to who has them."""

import asyncio
import gzip
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import comity
from comity.graph.errors import ComityError, NobodyWaits
from comity.graph.slices import today
from comity.service.addresses import canonical, is_of_revision
from comity.service.answers import REVISION
from comity.service.forms import LONGEST_ACCEPT, accepted
from comity.service.held import Held
from comity.service.memory import Memory

_REVISION = REVISION.lower().encode()
_SMALLEST = 1000
"""Bytes from which it is worth while to pack an answer."""
_LARGE = 20_000
"""Bytes from which packing is a thread's work."""
_PACKED_ALREADY = (b"application/vnd.apache.parquet", b"application/zip")
_LONG = 2000
"""Bytes of a query from which it is not remembered what it means."""
_VARY = (b"vary", b"Accept, Accept-Encoding")

_FOR_ONE = "/api/exports/"
"""Below it stands what is too large to be made for many at once: who asks the same meanwhile is not to wait for it."""

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: status, headers and bytes, the same packed once somebody has asked for that, and its tag (empty: it is of no revision)."""

    status: int
    headers: Headers
    body: bytes
    packed: bytes = b""
    tag: bytes = b""

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.body) + len(self.packed) + 1000

    @property
    def to_pack(self) -> bool:
        """Whether it is worth while to pack it, and not done yet."""
        if self.packed or not self.tag or len(self.body) < _SMALLEST:
            return False
        return dict(self.headers)[b"content-type"] not in _PACKED_ALREADY


class Keeper:
    """Answers reading requests below the prefixes from memory where it has the answer, and has the application make it where not.

    A request is known by its address (with whose name it was asked by), parameters in any order, accepted forms, day, revision and the moment of the
    latest change. The answer has a weak tag of these, for the
    same graph asked the same is told the same; who sends it back is told that nothing has changed, without any work. What is asked
    by many at once is made once. What the application streams is passed on as it comes, and not kept.
    """

    def __init__(
        self, app: ASGIApp, held: Held, capacity: int, prefixes: Collection[str] = ("/api/",)
    ) -> None:
        self.app = app
        self.memory: Memory[Kept] = Memory(capacity)
        self._held, self._prefixes = held, tuple(prefixes)
        self._making: dict[tuple[str, str], _Making] = {}
        self._looking: asyncio.Future[str | None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if not path.startswith(self._prefixes) or not is_of_revision(path):
            return await self._pass_on(scope, receive, send)
        revision = self._held.known() or await self._look()
        if revision is None:  # the store does not answer: the application tells why
            return await self.app(scope, receive, send)
        asked = _asked_headers(scope)
        place = scope["scheme"], asked.host, scope["path"]
        known = _key if len(scope["query_string"]) < _LONG else _key.__wrapped__
        moment = f"{today().text} {self._held.changed_at}"
        key = known(place, scope["query_string"], asked.accept, moment), revision
        if (
            asked.tags and b"*" not in asked.tags and _has(asked.tags, _tag(*key))
        ):  # `*` asks whether there is an answer at all
            return await _not_changed(send, _tag(*key), revision)
        if path.startswith(_FOR_ONE):
            return await self._pass_on(scope, receive, send)
        kept = self.memory.get(key)
        while kept is None:
            making = self._making.get(key)
            if making is None:
                kept = await self._make(key, scope, receive, send)
                if kept is None:  # it was streamed
                    return
                break
            making.others += 1
            # Shielded: one who goes away must not end it for the others.
            kept = await asyncio.shield(making.made)
            if kept is None and key not in self._making:
                return await self.app(scope, receive, send)
        if asked.packs and kept.to_pack:
            kept = await self._pack(key, kept)
        await _send(kept, scope["method"], asked, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the application answer, and keep nothing. HEAD is GET without the body, for every route."""
        if scope["method"] == "GET":
            return await self.app(scope, receive, send)

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, without_body)

    async def _make(self, key: tuple[str, str], scope: Scope, receive: Receive, send: Send) -> Kept | None:
        """Have the application answer, and keep what it says for those who ask the same; None where it streams."""
        making = self._making[key] = _Making(asyncio.get_running_loop().create_future())
        caught = _Caught(send, head=scope["method"] == "HEAD")
        kept = None
        try:
            await self.app({**scope, "method": "GET"}, making.heard(receive), caught)
            if caught.kept is not None:
                kept = _finished(caught.kept, key[0])
                self._keep(key, kept)
        finally:
            del self._making[key]
            # Where it was ended since the one who asked first went away, those who came meanwhile ask anew.
            making.made.set_result(None if kept and kept.status == NobodyWaits.status else kept)
        return kept

    async def _pack(self, key: tuple[str, str], kept: Kept) -> Kept:
        """The answer with its packed bytes, which are kept as well."""
        large = len(kept.body) > _LARGE  # a small answer is packed sooner than handed to a thread
        packed = await run_in_threadpool(_packed, kept.body) if large else _packed(kept.body)
        kept = replace(kept, packed=packed)
        self._keep(key, kept)
        return kept

    def _keep(self, key: tuple[str, str], kept: Kept) -> None:
        if kept.tag:
            revision = dict(kept.headers)[_REVISION].decode("ascii")
            self.memory.put((key[0], revision), kept, kept.size + 2 * len(key[0]))

    async def _look(self) -> str | None:
        """The revision, looked up once for all who wait for it; None where the store does not answer."""
        if self._looking is None:
            self._looking = asyncio.ensure_future(self._looked())
        return await asyncio.shield(self._looking)

    async def _looked(self) -> str | None:
        try:
            return await run_in_threadpool(self._held.revision)
        except ComityError:
            return None
        finally:
            self._looking = None


@dataclass(slots=True)
class _Making:
    """An answer that is being made for somebody, and perhaps for others who ask the same."""

    made: asyncio.Future[Kept | None]
    others: int = 0

    def heard(self, receive: Receive) -> Receive:
        """What the first of them sends, but not that he goes away as long as others wait: what he asked is ended by it."""

        async def hearing() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect" and self.others:
                await asyncio.shield(self.made)
            return message

        return hearing


class _Caught:
    """What the application sends: held back where it comes whole, passed on where it is streamed."""

    def __init__(self, send: Send, *, head: bool) -> None:
        self.kept: Kept | None = None
        self._send, self._head = send, head
        self._start: Message | None = None
        self._streamed = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            self._streamed = all(name != b"content-length" for name, _ in message["headers"])
            if self._streamed:
                await self._send({**message, "headers": [*message["headers"], _VARY]})
        elif self._streamed:
            await self._send({**message, "body": b""} if self._head else message)
        elif message["type"] == "http.response.body" and self._start is not None:
            before = self.kept.body if self.kept else b""
            headers = [each for each in self._start["headers"] if each[0] != b"content-length"]
            self.kept = Kept(self._start["status"], headers, before + message.get("body", b""))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The headers of a request that matter: whom it asks, what it accepts, whether packed, and which tags it has."""

    host: bytes
    accept: str
    packs: bool
    tags: bytes


def _asked_headers(scope: Scope) -> _Asked:
    host, accept, packs, tags = b"", [], False, []
    for name, value in scope["headers"]:
        if name == b"accept":
            accept.append(value.decode("latin-1"))
        elif name == b"accept-encoding":
            packs = _packs(value)
        elif name == b"if-none-match":
            tags.append(value)
        elif name == b"host":
            host = value
    return _Asked(host, ",".join(accept)[:LONGEST_ACCEPT], packs, b",".join(tags))


@lru_cache(maxsize=64)
def _packs(value: bytes) -> bool:
    """Whether a header accepts gzip."""
    for part in value.lower().split(b","):
        coding, _, quality = part.partition(b";")
        if coding.strip() in (b"gzip", b"*"):
            return quality.replace(b" ", b"").rstrip(b"0").rstrip(b".") not in (b"q=", b"q=0")
    return False


@lru_cache(maxsize=2048)
def _key(place: tuple[str, bytes, str], query: bytes, accept: str, moment: str) -> str:
    """What is asked, on which day, after which change: two requests with one key are told the same of one graph."""
    return f"{place}?{canonical(query.decode('latin-1'))} {accepted(accept)} {moment}"


@lru_cache(maxsize=1024)
def _tag(asked: str, revision: str) -> bytes:
    told = f"{comity.__version__} {asked} {revision}"
    return f'W/"{hashlib.sha256(told.encode(errors="replace")).hexdigest()[:32]}"'.encode()


def _has(tags: bytes, tag: bytes) -> bool:
    """Whether the tag is among those of an If-None-Match header, compared weakly as RFC 9110 wants it; `*` has any."""
    bare = tag.removeprefix(b"W/")
    return any(one.strip().removeprefix(b"W/") in (bare, b"*") for one in tags.split(b","))


def _finished(found: Kept, asked: str) -> Kept:
    """The answer with all that belongs to it: tag, headers that say what it depends on."""
    headers, tag = [*found.headers, _VARY], b""
    named = dict(headers)
    if found.status == 200 and _REVISION in named:
        tag = _tag(asked, named[_REVISION].decode("ascii"))
        headers += [(b"etag", tag), (b"cache-control", b"no-cache")]
    return Kept(found.status, headers, found.body, tag=tag)


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=5, mtime=0)


async def _send(kept: Kept, method: str, asked: _Asked, send: Send) -> None:
    if asked.tags and kept.tag and _has(asked.tags, kept.tag):
        return await _not_changed(send, kept.tag, dict(kept.headers)[_REVISION].decode("ascii"))
    body, coding = kept.body, []
    if asked.packs and kept.packed:
        body, coding = kept.packed, [(b"content-encoding", b"gzip")]
    headers = [*kept.headers, *coding, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": kept.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


async def _not_changed(send: Send, tag: bytes, revision: str) -> None:
    headers = [(b"etag", tag), (b"cache-control", b"no-cache"), _VARY, (_REVISION, revision.encode())]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
