"""How values of parameters are read: from texts, or from values of their sort; `InputError` says where one cannot be read."""

from collections.abc import Callable
from datetime import date
from typing import Any

from comity.graph.dates import parse_day
from comity.graph.errors import DateError, InputError
from comity.graph.kinds import kind_of, kinds
from comity.graph.slices import today
from comity.queries.headers import SORTS

_YES, _NO = {"yes", "true", "1"}, {"no", "false", "0"}


def _day(value: Any, where: str) -> date:
    if isinstance(value, date):
        return value
    if value == "today":
        return today().earliest_begin
    try:
        return parse_day(str(value))
    except DateError as error:
        raise InputError(f"{where}: {error}") from None


def _flag(value: Any, where: str) -> bool:
    text = str(value).lower()
    if text not in _YES | _NO:
        raise InputError(f"{where}: {value!r} is not yes or no")
    return text in _YES


def _integer(value: Any, where: str) -> int:
    if not str(value).isdecimal():
        raise InputError(f"{where}: {value!r} is not {SORTS['integer']}")
    return int(value)


def _texts(value: Any, where: str) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else list(value)
    return [text for part in parts if (text := str(part).strip()) and text != "none"]


def _one(value: Any, where: str) -> str:
    text = str(value).strip()
    if not text:
        raise InputError(f"{where}: give one by its id")
    return text


def _actors(value: Any, where: str) -> list[str]:
    found = _texts(value, where)
    if not found:
        raise InputError(f"{where}: give {SORTS['actors']}")
    return found


def _some(value: Any, where: str) -> list[str]:
    """As `_texts`, empty also where one of them says `all`."""
    found = _texts(value, where)
    return [] if "all" in found else found


def _kinds(value: Any, where: str) -> list[str]:
    by_label = {kind.label: name for name, kind in kinds().items()}
    return [kind_of(by_label.get(name, name)).name for name in _some(value, where)]


def _layers(value: Any, where: str) -> list[str]:
    # Labels cannot be parameters in Cypher; the files compare type(t) with these, which come from the kinds alone.
    return [kind_of(name).label for name in _kinds(value, where) or kinds()]


READERS: dict[str, Callable[[Any, str], Any]] = {
    "actor": _one,
    "actors": _actors,
    "day": _day,
    "flag": _flag,
    "integer": _integer,
    "kinds": _kinds,
    "layers": _layers,
    "organization": _one,
    "source": _one,
    "sources": _texts,
    "types": _some,
}
"""What reads a value, by its sort; the text beside it says where the value stands."""
