"""What the headers of a request say about who asks, and the cookie in which a browser keeps a key."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import cookie_parser
from starlette.responses import Response

COOKIE = "comity_key"
"""The cookie in which a browser keeps a key, once its user has signed in."""


@dataclass(slots=True)
class Asked:
    """What a request says about who asks, by which `scheme` (as a proxy that is believed tells it), and how much is sent."""

    scheme: str = ""
    host: str = ""
    key: str | None = None
    by_cookie: bool = False
    origin: str | None = None
    fetch_site: str | None = None
    referer: str | None = None
    length: int | None = None
    for_people: bool = False
    forwarded: bool = False

    @property
    def own_page(self) -> bool | None:
        """Whether a page of this service sent it: by its Origin, else by Sec-Fetch-Site, else by its Referer; None where none of them says,
        as with programs. A browser tells at least one with whatever a page has it send that is no GET.
        """
        if self.origin is None and self.fetch_site is not None:
            return self.fetch_site == "same-origin"
        page = self.referer if self.origin is None else self.origin
        if page is None:
            return None
        # A page of this host without TLS may be anybody's who is on the way to it: the scheme counts, too.
        sent = urlsplit(page)
        return (sent.scheme, sent.netloc.lower()) == (self.scheme, self.host) and self.host != ""


def asked_by(scheme: str, headers: Iterable[tuple[bytes, bytes]]) -> Asked:
    """Who asks, by the scheme and the headers of a request."""
    asked = Asked(scheme)
    cookie = ""
    for name, value in headers:
        if name == b"host":
            asked.host = value.decode("latin-1").lower()
        elif name == b"authorization":
            scheme, _, rest = value.decode("latin-1").partition(" ")
            # What is no key is a wrong one: it must not pass for a stranger.
            asked.key = rest.strip() if scheme.lower() == "bearer" else ""
        elif name == b"x-api-key":
            asked.key = value.decode("latin-1").strip()
        elif name == b"cookie":
            cookie += f"; {value.decode('latin-1')}"
        elif name == b"origin":
            asked.origin = value.decode("latin-1")
        elif name == b"sec-fetch-site":
            asked.fetch_site = value.decode("latin-1")
        elif name == b"referer":
            asked.referer = value.decode("latin-1")
        elif name == b"content-length":
            asked.length = int(value) if value.isdigit() else None
        elif name == b"accept":
            asked.for_people = b"text/html" in value
        elif name in (b"forwarded", b"via") or name.startswith(b"x-forwarded-"):
            asked.forwarded = True
    if asked.key is None and COOKIE in cookie:
        asked.key = key_of_cookie(cookie.removeprefix("; "))
        asked.by_cookie = asked.key is not None
    return asked


def forget_key(answer: Response, scheme: str) -> None:
    """Have the browser that gets this answer forget its key."""
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=scheme == "https")


def key_of_cookie(header: str) -> str | None:
    """The key that a Cookie header carries, if it does."""
    return cookie_parser(header).get(COOKIE) or None
