"""Reads a store's address with care: one that could carry a password is refused, and never repeated in a message."""

import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

from comity.graph.errors import InputError

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")

_FORM = (
    "write a server's address as bolt://HOST:7687 (or neo4j://, +s, +ssc), without user, password or options"
)

# A server's address whose slashes were forgotten, or lost in a shell or a settings file.
_MEANT_AS_SERVER = re.compile(r"(bolt|neo4j|https?)(\+\w+)?:", re.IGNORECASE)

_DRIVE = re.compile(r"[A-Za-z]:(?=[\\/])")


def is_server(url: str) -> bool:
    """Whether the address names a Neo4j server and not a folder."""
    return "://" in url


def folder_at(address: str) -> Path:
    """The folder that an address names; `InputError` for what looks like a server's address or a user with a password."""
    if _MEANT_AS_SERVER.match(address):
        raise InputError(f"the store's address is neither a folder nor a server's: {_FORM}")
    if "@" in address and ":" in _DRIVE.sub("", address, count=1):
        raise InputError(f"a store's folder cannot have both '@' and ':' in its name; {_FORM}")
    return Path(address).expanduser()


def check_server(url: str) -> None:
    """Raise `InputError`, without repeating what may be secret, unless the address is a plain one of a Neo4j server."""
    scheme, _, rest = url.partition("://")
    # Compatibility forms count as the characters they stand for: a host is read that way, too.
    if "@" in unicodedata.normalize("NFKC", url):
        raise InputError(
            "the store's address carries a user or password: leave them out and set NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    if scheme.lower() not in SCHEMES:
        named = f"{scheme}://" if re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) else "this address"
        raise InputError(
            f"{named} is no store: give a folder, or a Neo4j address with one of {', '.join(SCHEMES)}"
        )
    if "?" in rest or "#" in rest:
        raise InputError(f"the store's address ends in '?' or '#' and more: {_FORM}")
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and not re.search(r"[\s\\]", url)
    except ValueError:  # its text repeats the address
        usable = False
    if not usable:
        raise InputError(f"the store's address cannot be read: {_FORM}; a port is a number from 1 to 65535")
