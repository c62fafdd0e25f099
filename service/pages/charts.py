"""Charts as numbers for the templates: where on an axis of time something lies, in hundredths of the width, so that they fit any screen.

Heights are in pixels. The templates draw them as SVG without a script; each has a table beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from comity.graph.dates import FIRST_DAY, LAST_DAY, When
from comity.queries.entries import Entry
from comity.queries.over_time import PartnersByYear
from comity.queries.similarity.histories import SimilarityHistory

TICKS = 7
"""Marks on an axis, at most."""

STRIDES = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
"""Years between two marks."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Years from the beginning of `first` to the end of `last`, left to right."""

    first: int
    last: int

    @property
    def ticks(self) -> tuple[tuple[float, int], ...]:
        """The years that are marked, each with where its beginning lies."""
        span = self.last + 1 - self.first
        stride = next((stride for stride in STRIDES if span / stride <= TICKS), STRIDES[-1])
        return tuple(
            (self.at(date(year, 1, 1)), year)
            for year in range(-(-self.first // stride) * stride, self.last + 1, stride)
            if year > 0
        )

    def at(self, day: date) -> float:
        """Where a day lies, in hundredths; a day beyond an end lies at the end."""
        begin, end = date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal() + 1
        return round(100 * (min(max(day.toordinal(), begin), end) - begin) / (end - begin), 2)

    def year(self, year: int) -> float:
        """Where the beginning of a year lies; that of the year after the last is the right end."""
        return round(100 * (year - self.first) / (self.last + 1 - self.first), 2)


@dataclass(frozen=True, slots=True)
class Run:
    """Years in a row with one value: where they begin, how wide they are, and the years themselves."""

    x: float
    width: float
    value: int
    first: int
    last: int

    @property
    def years(self) -> str:
        """The years in words."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Area:
    """Partners of one kind over time: what is certain and what is possible, as runs of years, and the most there ever were."""

    kind: str
    most: int
    certain: tuple[Run, ...]
    possible: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight piece of a line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time: its pieces, the first and last value that it has, and its values as runs of years for the table."""

    name: str
    about: str
    strokes: tuple[Stroke, ...]
    deepest: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A fact on the axis of time: where it surely is in effect, where possibly, and moments that were only announced or planned."""

    certain: tuple[tuple[float, float], ...]
    possible: tuple[tuple[float, float], ...]
    steps: tuple[float, ...]


def areas(layers: Iterable[PartnersByYear]) -> tuple[Axis, tuple[Area, ...]] | None:
    """The layers on one axis of time; None where there are none."""
    told = tuple(layers)
    if not told:
        return None
    axis = Axis(
        min(layer.first for layer in told), max(layer.first + len(layer.certain) - 1 for layer in told)
    )
    return axis, tuple(
        Area(
            layer.kind,
            max(layer.possible, default=0),
            tuple(_runs(axis, layer.first, layer.certain)),
            tuple(_runs(axis, layer.first, layer.possible)),
        )
        for layer in told
    )


def rank_line(
    axis: Axis, name: str, about: str, years: Sequence[int], ranks: Sequence[int | None], height: float
) -> Line:
    """Ranks as steps, the first on top; the line is broken where there is no rank."""
    told = dict(zip(years, ranks, strict=True))
    whole = [told.get(year) or 0 for year in range(axis.first, axis.last + 1)]
    deepest = max(max(whole), 2)
    runs = [run for run in _runs(axis, axis.first, whole) if run.value]

    def y(rank: int) -> float:
        return round(height * (rank - 1) / (deepest - 1), 1)

    strokes: list[Stroke] = []
    for run in runs:
        strokes.append(Stroke(run.x, y(run.value), round(run.x + run.width, 2), y(run.value)))
    for before, after in pairwise(runs):
        if before.last + 1 == after.first:
            strokes.append(Stroke(after.x, y(before.value), after.x, y(after.value)))
    return Line(name, about, tuple(strokes), deepest, tuple(runs))


def similarity_line(
    axis: Axis, history: SimilarityHistory, measure: str, height: float
) -> tuple[tuple[Stroke, ...], tuple[tuple[str, str], ...]]:
    """How alike two were, from -1 at the bottom to 1 on top: the pieces of the line, and the values for years in a row."""
    values = [(year.year, year.valued[measure]) for year in history.years]
    known = [(year, value) for year, value in values if value is not None]

    def point(year: int, value: float) -> tuple[float, float]:
        return round(axis.year(year) + 50 / (axis.last + 1 - axis.first), 2), round(
            height * (1 - value) / 2, 1
        )

    strokes = tuple(
        Stroke(*point(*one), *point(*other)) for one, other in pairwise(known) if other[0] == one[0] + 1
    )
    table: list[tuple[str, str]] = []
    for text, group in groupby(known, key=lambda pair: f"{pair[1]:.3f}"):
        years = [year for year, _ in group]
        for first, last in _in_a_row(years):
            table.append((str(first) if first == last else f"{first}–{last}", text))
    return strokes, tuple(table)


def timeline(entries: Iterable[Entry], day: date) -> tuple[Axis, dict[str, Bar]] | None:
    """Facts on one axis of time that reaches to the day asked about; None where no fact has a date."""
    told = {entry.fact: _times(entry) for entry in entries}
    days = [
        edge
        for span, steps in told.values()
        for when in (*((span,) if span else ()), *steps)
        for edge in (*when.begin, *when.end)
        if edge not in (FIRST_DAY, LAST_DAY)
    ]
    if not days:
        return None
    axis = Axis(min(days).year, max(*days, day).year)
    return axis, {fact: _bar(axis, span, steps) for fact, (span, steps) in told.items()}


def _times(entry: Entry) -> tuple[When | None, tuple[When, ...]]:
    span = When.parse(entry.when) if entry.when else None
    return span, () if span else tuple(When.parse(step.when) for step in entry.steps)


def _bar(axis: Axis, span: When | None, steps: Sequence[When]) -> Bar:
    if span is None:
        return Bar((), (), tuple(axis.at(step.earliest_begin) for step in steps))
    possible = (axis.at(span.earliest_begin), axis.at(span.latest_end))
    surely = span.latest_begin <= span.earliest_end
    certain = (axis.at(span.latest_begin), axis.at(span.earliest_end)) if surely else None
    return Bar((certain,) if certain else (), (possible,) if possible != certain else (), ())


def _runs(axis: Axis, first: int, values: Sequence[int]) -> Iterable[Run]:
    begun = first
    for value, group in groupby(values):
        length = len(list(group))
        left, right = axis.year(begun), axis.year(begun + length)
        yield Run(left, round(right - left, 2), value, begun, begun + length - 1)
        begun += length


def _in_a_row(years: Sequence[int]) -> Iterable[tuple[int, int]]:
    begun = years[0]
    for year, following in pairwise([*years, None]):
        if following is None or (year is not None and following != year + 1):
            assert year is not None
            yield begun, year
            begun = following if following is not None else begun
