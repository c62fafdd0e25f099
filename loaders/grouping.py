"""What belongs together, together: the records of a table by a key that they share, whatever their order in the file."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from comity.graph.errors import TableError

Item = TypeVar("Item")
Key = Callable[[Item], str | None]

MOST_HELD = 1_000_000
"""Records that are held in memory, at most, where those of one key are scattered over a table."""


def grouped(
    items: Callable[[], Iterator[Item]], key: Key[Item], what: str, most: int = MOST_HELD
) -> Iterator[list[Item]]:
    """The items of each key in one list, in the order of their first; one without a key (None) is a list of its own.

    `items` gives them anew whenever it is called: they are looked through first, and streamed if those of a key stand together. Otherwise
    they are held in memory, up to a limit; `what` names for the error what is to be sorted then, and by what.
    """
    if _stand_together(items(), key):
        yield from _runs(items(), key)
        return
    groups: dict[str, list[Item]] = {}
    for held, item in enumerate(items()):
        if held >= most:
            raise TableError(f"{what}: more than {most:,} rows that do not stand together")
        name = key(item)
        if name is None:
            yield [item]
        else:
            groups.setdefault(name, []).append(item)
    yield from groups.values()


def _stand_together(items: Iterable[Item], key: Key[Item]) -> bool:
    met: set[str] = set()
    last = None
    for item in items:
        name = key(item)
        if name is None or name == last:
            continue
        if name in met:
            return False
        met.add(name)
        last = name
    return True


def _runs(items: Iterable[Item], key: Key[Item]) -> Iterator[list[Item]]:
    run: list[Item] = []
    last = None
    for item in items:
        name = key(item)
        if name is None:
            yield [item]
            continue
        if run and name != last:
            yield run
            run = []
        run.append(item)
        last = name
    if run:
        yield run
