"""From files into a store: what the command line and the service do alike with what a loader has opened.

Reading is the loader's work and loading that of graph/loading.py. Between them stands what people have said of a data set's codes and names.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from comity.graph.errors import InputError
from comity.graph.loading import Load, Plan, load, plan
from comity.graph.mappings import key_of, read_mappings
from comity.graph.stores.base import Store
from comity.loaders.codes import Codes
from comity.loaders.loader import Loader, Opened

COUNTS = ("source", "read", "stored", "unchanged", "skipped", "rejected", "revision")
"""What is told of every load, in this order."""


def open_files(loader: Loader, names: Sequence[str], codes: Codes) -> Sequence[Opened]:
    """The readings of these files, each of a source of its own."""
    opened = loader.readings(names, codes)
    scopes = [each.reading.scope for each in opened]
    for scope in scopes:
        if scopes.count(scope) > 1:
            raise InputError(
                f"several of the files are {scope}, and would replace each other: load one, or rename them"
            )
    return opened


def bring(
    store: Store,
    opened: Opened,
    codes: Codes,
    progress: Callable[[int], None] = lambda read: None,
    *,
    by: str = "",
) -> Load:
    """Load what was opened; `progress` and `by` are those of `load`."""
    _learn(codes, store, opened)
    return load(store, opened.reading, progress, by=by)


def plan_of(store: Store, opened: Opened, codes: Codes) -> tuple[str, Plan]:
    """What of the store would be changed by loading it, with its scope. The reading is used up by that."""
    _learn(codes, store, opened)
    return opened.reading.scope, plan(store, opened.reading)


def plans_document(plans: Iterable[tuple[str, Plan]]) -> dict[str, Any]:
    """Plans as plain JSON values: counts, and every fact that would change. `described` counts sources and own actors."""
    plans = list(plans)
    counts = [
        {
            "source": scope, "added": len(found.added), "changed": len(found.changed),
            "retracted": len(found.retracted), "unchanged": found.unchanged, "described": len(found.described),
        }
        for scope, found in plans
    ]  # fmt: skip
    changes = [
        {"source": scope, "change": change, "fact": fact}
        for scope, found in plans
        for change in ("added", "changed", "retracted")
        for fact in getattr(found, change)
    ]
    return {"counts": counts, "changes": changes}


def load_document(done: Load) -> dict[str, Any]:
    """The counts of a load as plain JSON values, with why records were skipped."""
    return {**{name: getattr(done, name) for name in COUNTS}, "reasons": dict(done.reasons)}


def citations(opened: Iterable[Opened]) -> list[str]:
    """What data sets ask to be cited by, each once. Dossiers do not ask."""
    told = [source.cite() for each in opened if not each.reading.whole for source in each.reading.sources]
    return list(dict.fromkeys(told))


def _learn(codes: Codes, store: Store, opened: Opened) -> None:
    """Let codes and names of the collection mean what people have said that they mean."""
    mappings = read_mappings(store, opened.reading.collection)
    codes.learn({key_of(one.system, one.value): one.actor for one in mappings})
