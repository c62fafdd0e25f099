"""The readers by name: comity's own, a language model behind an endpoint, and those that other packages add.

A package adds one by an entry point of the group `comity.readers` whose object is a `Maker`: a function from `Options` to a `Reader`.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points

from comity.graph.errors import UnknownName
from comity.loaders.reading.candidate import Reader
from comity.loaders.reading.naming import Names

GROUP = "comity.readers"

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """What a reader may be told: the model (empty: its own), the address and key of an endpoint, and the names to know.

    The key is never shown. `names` are comity's own where None.
    """

    model: str = ""
    endpoint: str = ""
    key: str = field(default="", repr=False)
    names: Names | None = field(default=None, repr=False)


Maker = Callable[[Options], Reader]
"""Makes a reader, or raises `InputError` that names what is missing."""


def _comity(options: Options) -> Reader:
    from comity.loaders.reading.language import MODEL, reader

    return reader(options.model or MODEL, options.names)


def _llm(options: Options) -> Reader:
    from comity.loaders.reading.endpoint import reader

    return reader(options)


@cache
def makers() -> Mapping[str, Maker]:
    """Every maker of a reader by its name; one that comes with comity goes before one of the same name that does not."""
    found: dict[str, Maker] = {"comity": _comity, "llm": _llm}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            maker = entry.load()
        except Exception as error:  # whatever another package does wrong must not stop the rest
            _LOG.warning("the reader %s (%s) cannot be used: %s", entry.name, entry.value, error)
            continue
        if callable(maker):
            found.setdefault(entry.name, maker)
    return found


def reader_of(name: str, options: Options) -> Reader:
    """The reader of that name; `UnknownName` lists them."""
    maker = makers().get(name)
    if maker is None:
        raise UnknownName("reader", name, makers())
    return maker(options)
