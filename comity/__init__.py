"""comity: documented facts about relations between states become a graph that can be asked, ranked and drawn.

import comity

with comity.open_store("my-store") as store:
    comity.load(store, comity.open_bundled("treaties").reading())
with comity.open("my-store") as graph:
    ranking = graph.slice("2016-12-31").rank("degree")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.graph.crosswalk import crosswalk
    from comity.graph.dates import When
    from comity.graph.errors import ComityError
    from comity.graph.loading import load
    from comity.graph.slices import Question, read_history, take
    from comity.graph.stores import Store, open_store
    from comity.loaders.dossier import open_bundled, read_dossier
    from comity.queries.chain import why
    from comity.queries.doubt.ranges import doubt
    from comity.queries.dyads import relate
    from comity.queries.library import run as query
    from comity.queries.measures import measure_of
    from comity.queries.ranking import rank
    from comity.viz.map import write_map
    from comity.viz.notebook.opening import open_graph as open
    from comity.viz.picture import Picture

__version__ = "0.1.0"

__all__ = [
    "ComityError",
    "Picture",
    "Question",
    "Store",
    "When",
    "__version__",
    "crosswalk",
    "doubt",
    "load",
    "measure_of",
    "open",
    "open_bundled",
    "open_store",
    "query",
    "rank",
    "read_dossier",
    "read_history",
    "relate",
    "take",
    "why",
    "write_map",
]

# Looked up when they are first used: `comity --help` must not wait for networkx and the database.
_HOMES = {
    "ComityError": "graph.errors",
    "Picture": "viz.picture",
    "Question": "graph.slices",
    "Store": "graph.stores",
    "When": "graph.dates",
    "crosswalk": "graph.crosswalk",
    "doubt": "queries.doubt.ranges",
    "load": "graph.loading",
    "measure_of": "queries.measures",
    "open": "viz.notebook.opening:open_graph",
    "open_bundled": "loaders.dossier",
    "open_store": "graph.stores",
    "query": "queries.library:run",
    "rank": "queries.ranking",
    "read_dossier": "loaders.dossier",
    "read_history": "graph.slices",
    "relate": "queries.dyads",
    "take": "graph.slices",
    "why": "queries.chain",
    "write_map": "viz.map",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    module, _, own_name = home.partition(":")
    value = getattr(import_module(f"comity.{module}"), own_name or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
