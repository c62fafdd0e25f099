"""Addresses of the service: requests that mean the same are one, and links are quoted so that any id can stand in them."""

from collections.abc import Collection
from urllib.parse import parse_qsl, quote, urlencode

_PLAIN = "/:@~!$&'()*+,;="
"""What may stand in a path as it is (RFC 3986) beside letters and digits."""

_OF_NO_REVISION = ("/api/log", "/api/quarantine", "/api/status")
"""What is asked for anew each time. It may change though the revision stays, and the log names people: it has no tag, so that nothing between
the service and who asks keeps it, and is private to who asks."""


def canonical(query: str, without: Collection[str] = ()) -> str:
    """The query with its parameters in order of their names; several values of one stay in their order."""
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] not in without]
    return urlencode(sorted(pairs, key=lambda pair: pair[0]))


def link(path: str, query: str = "") -> str:
    """The address of a path, quoted."""
    return quote(path, safe=_PLAIN) + (f"?{query}" if query else "")


def segment(name: str) -> str:
    """An id as one segment of a path."""
    return quote(name, safe=_PLAIN.replace("/", ""))


def is_of_revision(path: str) -> bool:
    """Whether what stands at a path of the interface for programs stays while the graph's revision does, and may be kept as long."""
    return path not in _OF_NO_REVISION
