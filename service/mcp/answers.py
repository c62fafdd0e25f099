"""Answers that fit: what is too long for an assistant is cut, and says what was cut and how to ask for less."""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from comity.graph.errors import InputError

LIMIT = 16_000
"""Characters of an answer, unless the server was started with another number: some 4,000 to 6,000 tokens."""

LEAST = 2_000
"""Characters that an answer may be held to, at least: below, nothing can be told with its sources."""

Document = dict[str, Any]

_INNER = (40, 12, 6, 3)
"""How many items a list within a list keeps, tried in this order before the outermost lists are cut below `_FEW`."""

_FEW = 5

_KEYS = 40
"""Entries that a mapping keeps: more than any record has."""

_WORDS = (4_000, 1_000, 300)
"""Characters of a single text, tried in this order."""


def fitted(document: Document, limit: int, less: str) -> Document:
    """The document, cut so that its JSON has at most `limit` characters; then `cut` says what of it is left, and `less` how to ask for less.

    Lists are cut and never single values, but for texts longer than a paragraph. Of `sources` by id those are kept that what is
    left names. `InputError` where even that is too long.
    """
    whole = _Cut(document).document
    if len(text_of(whole)) <= limit:
        return whole
    for words in _WORDS:
        for inner in _INNER:
            if (found := _longest(document, limit, inner, words, less)) is not None:
                return found
    raise InputError(f"the answer is longer than {limit} characters, however it is cut: {less}")


def text_of(document: Document) -> str:
    """The document as JSON in one line."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _longest(document: Document, limit: int, inner: int, words: int, less: str) -> Document | None:
    """The document with as many items of its outermost lists as fit; None where not even a few do."""
    longest = max((len(value) for value in document.values() if isinstance(value, list | tuple)), default=0)
    few, many = min(_FEW, longest), longest
    if words == _WORDS[-1] and inner == _INNER[-1]:
        few = 0
    best: Document | None = None
    while few <= many:
        outer = (few + many) // 2 if best else few
        found = _Cut(document, outer, inner, words).told(less)
        if len(text_of(found)) > limit:
            many = outer - 1
        else:
            best, few = found, outer + 1
    return best


class _Cut:
    """A document with at most so many items in its lists, so many in the lists within them, and so many characters in a text."""

    def __init__(self, document: Document, outer: int = 0, inner: int = 0, words: int = 0) -> None:
        self._inner, self._words = inner, words
        self._notes: dict[str, str] = {}
        rest = dict(document)
        sources = rest.pop("sources") if isinstance(rest.get("sources"), Mapping) else {}
        self.document: Document = {name: self._of(value, name, outer) for name, value in rest.items()}
        if sources:
            named = set(_texts(self.document))
            kept = {id: self._of(told, "sources", inner) for id, told in sources.items() if id in named}
            self.document |= {"sources": kept} if kept else {}

    def told(self, less: str) -> Document:
        """The document with what was cut."""
        return (
            {**self.document, "cut": {**self._notes, "to_see_more": less}} if self._notes else self.document
        )

    def _of(self, value: Any, name: str, most: int) -> Any:
        if isinstance(value, str):
            if self._words and len(value) > self._words:
                self._notes[name] = f"texts end after {self._words} characters, at …"
                return f"{value[: self._words]}…"
            return value
        if isinstance(value, float) and not math.isfinite(value):
            return None
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            kept = self._kept(list(value.items()), name, _KEYS)
            return {str(key): self._of(item, f"{name}.{key}", self._inner) for key, item in kept}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._of(item, name, self._inner) for item in self._kept(list(value), name, most)]
        return value.isoformat() if isinstance(value, date) else self._of(str(value), name, most)

    def _kept(self, items: list[Any], name: str, most: int) -> list[Any]:
        """The first items. An inner list is one of many of its name, which are told of together."""
        if not self._words or len(items) <= most:
            return items
        self._notes[name] = (
            f"the first {most} of {len(items)}" if "." not in name else f"the first {most} of each"
        )
        return items[:most]


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
