"""Loading a table in tests: what came of its rows, and that a second load changes nothing."""

from pathlib import Path

from comity.graph.loading import Load, load
from comity.graph.model import Rejected, Skipped, Statement
from comity.graph.stores import Store
from comity.loaders.codes import Codes
from comity.loaders.loader import Opened
from comity.loaders.sources import loader_of


def opened(loader: str, *files: Path | str) -> list[Opened]:
    """The readings of the files."""
    return list(loader_of(loader).readings([str(file) for file in files], Codes()))


def records(loader: str, *files: Path | str) -> list[Statement | Rejected | Skipped]:
    """What the loader makes of all rows of the files."""
    return [record for each in opened(loader, *files) for record in each.reading.records]


def loaded_twice(store: Store, loader: str, *files: Path | str) -> list[Load]:
    """The loads of the files, after it is certain that they add up and that the same again changes nothing."""
    first = [load(store, each.reading) for each in opened(loader, *files)]
    again = [load(store, each.reading) for each in opened(loader, *files)]
    for one, other in zip(first, again, strict=True):
        assert one.read == one.stored + one.unchanged + one.skipped + one.rejected
        assert one.unchanged == 0
        assert (other.read, other.stored, other.unchanged) == (one.read, 0, one.stored)
        assert (other.skipped, other.rejected, other.retracted) == (one.skipped, one.rejected, 0)
    assert first[-1].revision == again[0].revision == store.revision()
    return first
