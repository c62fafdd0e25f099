"""The answers to requests that are not let in (rights.py): what was wrong, and what to do."""

from math import ceil

from starlette.responses import Response

from comity.service.problems import RETRY_SECONDS, problem

WRONG = "this key is not valid: it is unknown, expired or revoked"


def unauthorized(detail: str, error: str = "") -> Response:
    """The answer to a request without a key, or with one that is not valid (then `error` says so to programs)."""
    header = 'Bearer realm="comity"' + (f', error="{error}"' if error else "")
    return problem(401, "Unauthorized", "A key is needed", detail, {"WWW-Authenticate": header})


def unreadable() -> Response:
    """The answer to a key that cannot be looked up: it may be valid, so it is not refused, and it may be revoked, so it is not taken."""
    return problem(
        503, "KeysUnreadable", "Keys cannot be looked up",
        f"the file of keys cannot be read just now: try again in {RETRY_SECONDS} s. Whoever runs the service finds in its log why, and what to do",
        {"Retry-After": str(RETRY_SECONDS)},
    )  # fmt: skip


def from_elsewhere() -> Response:
    """The answer to what a page elsewhere has a browser send."""
    return problem(
        403, "Origin", "Sent by a page elsewhere",
        "a browser may send this from a page of this service only; programs send the key as a header",
    )  # fmt: skip


def behind_proxy() -> Response:
    """The answer to a proxy that asks a service of one person."""
    return problem(
        403, "Proxy", "Asked through a proxy, without a key",
        "without keys only this machine may ask, and a proxy asks for others: name it in COMITY_SERVE_PROXIES, and make a key with "
        "`comity keys add NAME` or set COMITY_SERVE_PUBLIC=true to let everybody read",
    )  # fmt: skip


def too_many(wait: float, whose: str) -> Response:
    """The answer to who asks too often, `whose` being the key or the address that is counted."""
    seconds = ceil(wait)
    return problem(
        429, "TooMany", "Too many requests",
        f"{whose} asks more often than is allowed here: try again in {seconds} s", {"Retry-After": str(seconds)},
    )  # fmt: skip


def too_large(most: int) -> Response:
    """The answer to a body that announces more than may be sent."""
    return problem(413, "TooLarge", "Too much was sent", size_allowed(most))


def size_allowed(most: int) -> str:
    """How much may be sent, in words."""
    return f"a body may have {most:,} bytes here, at most"
