"""Graph databases behind one seam: `open_store` gives the embedded one for a folder and Neo4j for a server's address."""

from pathlib import Path
from urllib.parse import urlsplit

from comity.graph.errors import InputError
from comity.graph.stores.base import Limits, Row, Run, Store

__all__ = ["Limits", "Row", "Run", "Store", "is_server", "open_store"]

SERVER_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def is_server(url: str) -> bool:
    """Whether the address names a Neo4j server and not a folder."""
    return "://" in url


def open_store(url: str, *, auth: tuple[str, str] | None = None, create: bool = True) -> Store:
    """Open the store at an address: a folder (embedded), or `bolt://` or `neo4j://` (+s, +ssc) for a Neo4j server.

    `auth` is the server's user and password. With `create` a folder that is not there is made and the schema put in place.
    Raises `InputError` for an address that cannot be one, else the `StoreError` that says what is in the way.
    """
    if not is_server(url):
        from comity.graph.stores.embedded import EmbeddedStore

        return EmbeddedStore(Path(url).expanduser(), create=create)
    parts = urlsplit(url)
    if parts.scheme not in SERVER_SCHEMES:
        raise InputError(
            f"{parts.scheme}:// is no store: give a folder, or a Neo4j address with one of {', '.join(SERVER_SCHEMES)}"
        )
    if parts.username or parts.password or "@" in parts.netloc:
        raise InputError(
            "the store's address carries a user or password: leave them out and set NEO4J_USERNAME and NEO4J_PASSWORD"
        )
    from comity.graph.stores.neo4j import Neo4jStore

    return Neo4jStore(url, auth=auth, create=create)
