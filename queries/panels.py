"""Panels: measures of every actor over time, one row for each actor and period."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.graph.coverage import told_of
from comity.graph.errors import InputError, NoData
from comity.graph.slices import ActorNode, History, Question
from comity.queries.doubt.ranges import SAMPLES, error_of
from comity.queries.fast.networks import Values
from comity.queries.measures.measure import Measure
from comity.queries.panel_parts import Doubtful, Work, compute_parts
from comity.queries.periods import Period, periods
from comity.queries.ranks import Ranks, ranks
from comity.queries.yearly import span_of

IN_DOUBT = ("_least", "_most", "_rank_best", "_rank_worst", "_method", "_rank_method")
"""What columns of doubt add to a measure's name: the range of the value and of the rank, and how each is meant (`Method`)."""

LEADING = 8
"""Actors that are shown where none are named, as many as can be told apart in a chart."""

NOT_THERE = -1.0
"""Ranks an actor that has no tie in a period behind all others: no measure has negative values."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Values and ranks of actors by some measures, in every period; an actor without a tie in a period (`there`) has neither.

    `doubt` has for each measure and period how far they can move, if that was asked for. `left_out` names the years of which no
    source tells. Actors have today's names. Only the `chosen` have rows, if any are.
    """

    question: Question
    every: str
    revision: str
    periods: tuple[Period, ...]
    actors: tuple[str, ...]
    nodes: Mapping[str, ActorNode] = field(repr=False)
    there: NDArray[np.bool_] = field(repr=False)
    measures: tuple[Measure, ...] = field(repr=False)
    values: Mapping[str, Values] = field(repr=False)
    ranks: Mapping[str, Ranks] = field(repr=False)
    doubt: Mapping[str, tuple[Doubtful, ...]] | None = field(default=None, repr=False)
    samples: int = SAMPLES
    seed: int = 0
    left_out: tuple[int, ...] = ()
    chosen: frozenset[str] | None = None

    def only(self, actors: Iterable[str]) -> "Panel":
        """The same with rows of these actors only; ranks stay those among all."""
        return replace(self, chosen=frozenset(actors))

    def leading(self, measure: Measure, number: int = LEADING) -> tuple[str, ...]:
        """So many actors that stood best by the measure over all periods: by the sum of 1/rank, the largest first."""
        shares = np.where(self.there, 1 / self.ranks[measure.name], 0).sum(axis=0)
        order = sorted(range(len(self.actors)), key=lambda place: (-shares[place], self.actors[place]))
        return tuple(self.actors[place] for place in order[:number])

    def ranks_of(self, measure: Measure, actor: str) -> list[int | None]:
        """The actor's rank in every period; None where it is not in the network."""
        if actor not in self.actors:
            return [None] * len(self.periods)
        place = self.actors.index(actor)
        return [
            int(rank) if there else None
            for rank, there in zip(self.ranks[measure.name][:, place], self.there[:, place], strict=True)
        ]

    @staticmethod
    def column(measure: Measure, ending: str = "") -> str:
        """The column of a measure: of its values, or of what the ending says (`endings`)."""
        return f"{measure.name.replace('-', '_')}{ending}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the table: who and when, then for each measure value and rank, and with doubt their ranges."""
        named = [self.column(measure, end) for measure in self.measures for end in self.endings]
        return ("actor", "name", "time", *(("until",) if self.every == "change" else ()), *named)

    @property
    def endings(self) -> tuple[str, ...]:
        return ("", "_rank", *(IN_DOUBT if self.doubt is not None else ()))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The table: period after period, in each the actors in order of their ids; `time` is a number for years."""
        places = {actor: place for place, actor in enumerate(self.actors)}
        for row, period in enumerate(self.periods):
            when: tuple[Any, ...] = (int(period.name),) if self.every == "year" else (period.name,)
            if self.every == "change":
                when = (*when, period.last.isoformat())
            for actor in self._named(row):
                cells = [
                    cell
                    for measure in self.measures
                    for cell in self._cells(measure, row, actor, places.get(actor))
                ]
                yield (actor, self.nodes[actor].name, *when, *cells)

    def _named(self, row: int) -> list[str]:
        """The actors that have a row in a period: those that have a tie in it, or may have one."""
        named = {self.actors[place] for place in np.flatnonzero(self.there[row])}
        if self.doubt is not None:
            named.update(*(self.doubt[measure.name][row].actors for measure in self.measures))
        return sorted(named if self.chosen is None else named & self.chosen)

    def _cells(self, measure: Measure, row: int, actor: str, place: int | None) -> list[Any]:
        there = place is not None and bool(self.there[row, place])
        value = measure.number(float(self.values[measure.name][row, place])) if there else None
        rank = int(self.ranks[measure.name][row, place]) if there else None
        if self.doubt is None:
            return [value, rank]
        return [value, rank, *_range(measure, self.doubt[measure.name][row], actor, value, rank)]

    def describe(self) -> dict[str, Any]:
        """What the panel answers, as it is written beside it."""
        asked = self.question.describe()
        if self.every == "change":
            asked.pop("convention", None)  # each day of a period is asked about, and has the same network
        return {
            "measures": {measure.name: measure.about for measure in self.measures},
            "every": self.every,
            **asked,
            "revision": self.revision,
            "periods": len(self.periods),
            "left_out": list(self.left_out),
            **self._sampling(),
        }

    def _sampling(self) -> dict[str, Any]:
        """How the ranges were found, where doubt was asked for; the seed only where something was sampled."""
        if self.doubt is None:
            return {}
        drawn = any(each.ranges.sampled for found in self.doubt.values() for each in found)
        return {
            "samples": self.samples,
            "seed": self.seed if drawn else None,
            "error": error_of(self.samples) if drawn else 0.0,
        }

    def to_dict(self) -> dict[str, Any]:
        """The panel as plain JSON values, a row an object."""
        return {**self.describe(), "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows()]}


def _range(
    measure: Measure, doubtful: Doubtful, actor: str, value: float | None, rank: int | None
) -> list[Any]:
    """What the columns `IN_DOUBT` have; the plain value and rank lie in the ranges, whatever rounding says."""
    place = doubtful.actors.index(actor)
    found = doubtful.ranges
    values = [found.least[place], found.most[place], *([] if value is None else [value])]
    places = [int(found.best[place]), int(found.worst[place]), *([] if rank is None else [rank])]
    return [
        measure.number(min(values)), measure.number(max(values)), min(places), max(places),
        *found.methods(place, wider=doubtful.widened),
    ]  # fmt: skip


def panel(
    history: History,
    question: Question,
    measures: Sequence[Measure],
    first: int | None = None,
    last: int | None = None,
    every: str = "year",
    *,
    doubt: bool = False,
    samples: int = SAMPLES,
    seed: int = 0,
    workers: int = 1,
    advance: Callable[[int], None] = lambda periods: None,
) -> Panel:
    """The measures in each period of the years from `first` to `last`, or of those in which the sources tell of all layers.

    Parameters
    ----------
    history : History
        Of the layers, rule, sources and policy of the question (`read_history`).
    question : Question
        Which ties count; its own time is replaced by that of each period, and its convention says on which days of it.
    every : str
        `year`, `month`, or `change`: from each day on which the network changes to the eve of the next.
    doubt : bool
        Whether to add how far each value and rank can move (`queries/doubt/ranges.py`), with `samples` and `seed` as there.
    workers : int
        How many processes share the periods (see `compute_parts`).
    advance : callable
        Told how many periods are done, while doubt is computed or several work.

    Raises
    ------
    NoData
        Where no source tells of any of these years.
    """
    if not measures:
        raise InputError("name at least one measure")
    if every == "change":  # no convention chooses among days that are all alike
        question = replace(question, convention="any-day")
    first, last = span_of(first, last, history)
    possible = replace(question, certainty="possible")
    found = periods(history, [question, possible] if doubt else [question], every, first, last)
    if not found:
        told = told_of(history.coverage, question.layers)
        raise NoData(f"nobody tells of the years {first} to {last}: {told}; ask for years of which they tell")
    work = Work(history, question, tuple(measures), samples if doubt else None, seed)
    whole = compute_parts(work, found, workers, advance)
    placed = {
        measure.name: ranks(
            np.where(whole.there, whole.values[measure.name], NOT_THERE),
            same=measure.same,
            nothing=measure.nothing,
        )
        for measure in measures
    }
    told_years = {year for period in found for year in range(period.first.year, period.last.year + 1)}
    return Panel(
        replace(question.within(found[0].first, found[-1].last), sources=history.sources),
        every,
        history.revision,
        found,
        whole.actors,
        history.actors,
        whole.there,
        tuple(measures),
        whole.values,
        placed,
        whole.doubt if doubt else None,
        samples,
        seed,
        tuple(year for year in range(first, last + 1) if year not in told_years),
    )
