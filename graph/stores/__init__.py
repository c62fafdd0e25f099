"""Graph databases behind one seam: `open_store` gives the embedded one for a folder and Neo4j for a server's address."""

from comity.graph.stores.address import check_server, folder_at, is_server
from comity.graph.stores.base import Limits, Row, Run, Store

__all__ = ["Limits", "Row", "Run", "Store", "is_server", "open_store"]


def open_store(
    url: str, *, auth: tuple[str, str] | None = None, create: bool = True, unfinished: bool = False
) -> Store:
    """Open the store at an address: a folder (embedded), or `bolt://` or `neo4j://` (+s, +ssc) for a Neo4j server.

    `auth` is the server's user and password. With `create` a folder that is not there is made and the schema put in place;
    without it a place where nothing was ever loaded is `NotAStore`. `StoreBusy` where a graph is half restored from a backup, unless
    `unfinished` asks for it as it is, to go on with that.
    Raises `InputError` for an address that cannot be one, else the `StoreError` that says what is in the way.
    """
    store = _opened(url, auth, create)
    if not unfinished:
        try:
            store.revision()
        except BaseException:
            store.close()
            raise
    return store


def _opened(url: str, auth: tuple[str, str] | None, create: bool) -> Store:
    if not is_server(url):
        folder = folder_at(url)
        from comity.graph.stores.embedded import EmbeddedStore

        return EmbeddedStore(folder, create=create)
    check_server(url)
    from comity.graph.stores.neo4j import Neo4jStore

    return Neo4jStore(url, auth=auth, create=create)
