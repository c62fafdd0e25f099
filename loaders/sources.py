"""The sources that can be loaded by name, and how each turns what a user names into readings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from comity.graph.errors import UnknownName
from comity.graph.loading import Reading
from comity.loaders.dossier import bundled, open_bundled, read_dossier


@dataclass(frozen=True, slots=True)
class Opened:
    """A reading ready to be loaded, and the warnings that came up while it was made."""

    reading: Reading
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A sort of source: what it is, and what opens the file (or the bundled thing) of a name."""

    about: str
    open: Callable[[str], Opened]


def open_dossier(name: str) -> Opened:
    """The dossier in the file of that name, else the bundled one; `UnknownName` lists the bundled ones."""
    if Path(name).exists():
        dossier = read_dossier(name)
    elif name in bundled():
        dossier = open_bundled(name)
    else:
        raise UnknownName("file or bundled dossier", name, bundled())
    return Opened(dossier.reading(), dossier.warnings)


SOURCES: Mapping[str, SourceKind] = {
    "dossier": SourceKind(
        "facts that people wrote down in YAML: a file, or a bundled dossier by its id", open_dossier
    )
}
"""Every source by the name that `comity load` knows it by."""


def source_kind(name: str) -> SourceKind:
    """The source of that name; `UnknownName` lists them."""
    found = SOURCES.get(name)
    if found is None:
        raise UnknownName("source", name, SOURCES)
    return found
