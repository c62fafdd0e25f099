"""The loaders by name: those that come with comity, and those that other packages add.

A package adds one by an entry point of the group `comity.loaders` whose object is a `Loader`.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from comity.graph.errors import UnknownName
from comity.loaders.loader import Loader

GROUP = "comity.loaders"

_LOG = logging.getLogger(__name__)

_MODULES = (
    "dossier",
    "atop",
    "cow",
    "mme",
    "igo",
    "gdelt",
    "icews",
    "polecat",
    "layers",
    "rivalries",
    "disputes",
    "embassies",
    "travel",
    "table",
)
"""The modules here that have a `LOADER`, or several `LOADERS`, in the order in which they are listed."""


@cache
def loaders() -> Mapping[str, Loader]:
    """Every loader by its name; one that comes with comity goes before one of the same name that does not."""
    ours = [loader for module in _MODULES for loader in _of_module(module)]
    found = {loader.name: loader for loader in ours}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            loader = entry.load()
        except Exception as error:  # whatever another package does wrong must not stop the rest
            _LOG.warning("the loader %s (%s) cannot be used: %s", entry.name, entry.value, error)
            continue
        if isinstance(loader, Loader):
            found.setdefault(loader.name, loader)
    return found


def _of_module(name: str) -> Sequence[Loader]:
    module = import_module(f"comity.loaders.{name}")
    return getattr(module, "LOADERS", None) or (module.LOADER,)


def loader_of(name: str) -> Loader:
    """The loader of that name; `UnknownName` lists them."""
    found = loaders().get(name)
    if found is None:
        raise UnknownName("source", name, loaders())
    return found
