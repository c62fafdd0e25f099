"""Streams of events as tables: which of their published columns tell an event, its day, its code and its two sides.

A stream is loaded event by event (loaders/gdelt.py, loaders/icews.py), or counted by an engine first and loaded as a layer
(loaders/layers.py). Both read the same files and ask the same `who`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from comity.graph.dates import When
from comity.loaders.cameo import Who
from comity.loaders.codes import Codes
from comity.loaders.tables import Table

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""The years whose days can be counted: no stream of events goes back or forth as far."""

LookUp = Callable[[tuple[str, ...], When], Who]
"""Who one side is, by the cells of its columns, in that time."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of events by the names of its columns.

    `key` tells one event from the others (`numbered`: its first column is a number); `day` is written YYYYMMDD with `mark` between the
    parts, and `edtf` gives it as EDTF. `who` makes the look-up of sides. `narrow` blanks what of a side its look-up does not use, so that fewer different sides have
    to be counted: it is given the columns, of whichever engine, and gives as many.
    """

    collection: str
    key: tuple[str, ...]
    numbered: bool
    day: str
    mark: str
    edtf: Callable[[str], str] = field(repr=False)
    code: str
    score: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    who: Callable[[Codes], LookUp] = field(repr=False)
    narrow: Callable[..., tuple[Any, ...]] = field(repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read, each once."""
        named = (*self.key, self.day, self.code, self.score, *self.source, *self.target)
        return tuple(dict.fromkeys(named))

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The columns of source and target in what is counted, whatever they are called in the stream."""
        source = tuple(f"source_{place}" for place in range(len(self.source)))
        return source, tuple(f"target_{place}" for place in range(len(self.target)))


@dataclass(frozen=True, slots=True)
class Part:
    """A published file of a stream; `stem` is its name without endings, `coverage` the time of which it tells, where that is known."""

    stream: Stream
    table: Table
    stem: str
    coverage: str


def covered(parts: Sequence[Part]) -> str:
    """The time of which all parts together tell, from the first day to the last (EDTF); nothing where one of them does not say."""
    if not all(part.coverage for part in parts):
        return ""
    times = {part.coverage: When.parse(part.coverage) for part in parts}
    if len(times) == 1:
        return parts[0].coverage
    first = min(time.earliest_begin for time in times.values())
    return f"{first}/{max(time.latest_end for time in times.values())}"


def gaps(parts: Sequence[Part]) -> Iterator[tuple[date, date]]:
    """The times inside of `covered` of which none of the parts tells: first and last day of each."""
    told = sorted(
        (when.earliest_begin, when.latest_end)
        for part in parts
        if part.coverage
        for when in [When.parse(part.coverage)]
    )
    reached = told[0][1] if told else date.max
    for begin, end in told:
        if (begin - reached).days > 1:
            yield reached + timedelta(1), begin - timedelta(1)
        reached = max(reached, end)
