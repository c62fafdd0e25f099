"""`comity.open`: a store opened for code or a notebook, which stand at the edge as a command does and have the same settings."""

import os

from comity.graph.settings import StoreSettings
from comity.viz.notebook.graph import Graph


def open_graph(store: str | os.PathLike[str] | None = None) -> Graph:
    """Open the graph in a store: a folder or a server's address; without one, that which the command line would take.

    User and password of a server come from the environment. It is a context manager; else close it at the end: a folder is open in
    one process at a time. `NotAStore` where nothing was ever loaded.
    """
    settings = StoreSettings.from_environment(os.environ)
    return Graph(settings.opened(None if store is None else os.fspath(store)))
