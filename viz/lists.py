"""Lists in which every value stands once: texts, dates and the like that stand many times on a page are named there by number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.graph.dates import When
from comity.viz.picture import Picture
from comity.viz.wording import in_words

_PLAIN_TIME = re.compile(r"\d{4}-\d\d-\d\d(/(\d{4}-\d\d-\d\d|\.\.))?")
"""Times that the page itself puts into words."""

_NUMBER = re.compile(r"(?<![\d#])(?:0|[1-9]\d{0,14})(?!\d)")
"""Numbers that are the same again when they are read and written as such."""


@dataclass(slots=True)
class Listed:
    """A list in which every value stands once; asking for a value's number adds it."""

    values: list[Any] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)

    def number(self, key: Any, value: Any = None) -> int:
        """The number of the value (where none is given, of the key itself)."""
        if key not in self.numbers:
            self.numbers[key] = len(self.values)
            self.values.append(key if value is None else value)
        return self.numbers[key]


@dataclass(slots=True)
class Lists:
    """The lists that the facts, ties and statements of a page share."""

    actors: Mapping[str, int]
    picture: Picture
    sources: Listed = field(default_factory=Listed)
    whens: Listed = field(default_factory=Listed)
    statuses: Listed = field(default_factory=Listed)
    phases: Listed = field(default_factory=Listed)
    sets: Listed = field(default_factory=Listed)
    types: Listed = field(default_factory=Listed)
    parties: Listed = field(default_factory=Listed)
    steps: Listed = field(default_factory=Listed)
    manners: Listed = field(default_factory=Listed)
    places: Listed = field(default_factory=Listed)

    def actor(self, name: str) -> int | str:
        """An actor's number; the id of one that has no tie on the page."""
        return self.actors.get(name, name)

    def when(self, when: When) -> int:
        """A date as EDTF, and in words where the page has none for it."""
        plain = _PLAIN_TIME.fullmatch(when.text)
        return self.whens.number(when.text, when.text if plain else [when.text, in_words(when)])

    def place(self, text: str) -> list[int]:
        """A place as the number of its wording and the numbers in it: the rows of a table differ in these alone."""
        found = [int(match) for match in _NUMBER.findall(text)] if "#" not in text else []
        wording = _NUMBER.sub("#", text) if found else text
        return [self.places.number(wording), *found]


def trimmed(row: list[Any], least: int = 1) -> list[Any]:
    """A row without what is empty (0, none, an empty list or text) at its end; its first values, `least` of them, stay."""
    while len(row) > least and row[-1] in (0, None, [], ""):
        row.pop()
    return row
