"""What a panel computes of its periods: all in this process, or part after part in several."""

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from comity.graph.errors import InputError
from comity.graph.slices import History, Question
from comity.queries.doubt.choices import Openings, is_wider
from comity.queries.doubt.ranges import Ranges, ranges_of
from comity.queries.fast.measuring import measure_all
from comity.queries.fast.networks import Values
from comity.queries.fast.times import networks_at
from comity.queries.measures.measure import Measure
from comity.queries.periods import Period

_PARTS = 8
"""Parts for each process: later years have more ties, and who is done with the early ones takes the next part."""

Advance = Callable[[int], None]

Cell = TypeVar("Cell", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """How far a measure of each actor can move in a period: the actors in its possible network, and their ranges.

    With `widened` some choices stand for several doubtful things: ranges may then be wider than need be.
    """

    actors: tuple[str, ...]
    ranges: Ranges
    widened: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Of some periods who is in the network (periods x actors), and by the names of measures the values and what is in doubt."""

    actors: tuple[str, ...]
    there: NDArray[np.bool_]
    values: Mapping[str, Values]
    doubt: Mapping[str, tuple[Doubtful, ...]]


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be computed of each period; doubt only with `samples`."""

    history: History
    question: Question
    measures: tuple[Measure, ...]
    samples: int | None
    seed: int

    def of(self, periods: Sequence[Period], advance: Advance = lambda done: None) -> Part:
        """The part of a panel that these periods are; `advance` is told how many are done."""
        networks = networks_at(self.history.ties, [period.of(self.question) for period in periods])
        values = measure_all(self.measures, networks)
        return Part(networks.actors, networks.members(), values, self._doubt(periods, advance))

    def _doubt(self, periods: Sequence[Period], advance: Advance) -> dict[str, tuple[Doubtful, ...]]:
        if self.samples is None:
            return {}
        found: dict[str, list[Doubtful]] = {measure.name: [] for measure in self.measures}
        facts = {fact.id: fact for fact in self.history.facts}
        openings = Openings(self.question, self.history.ties, facts, self.history.actors)
        for done, period in enumerate(periods, 1):
            choices, about = openings.at(period.of(self.question))
            widened = any(is_wider(choice, about) for choice in about)
            for name, ranges in ranges_of(self.measures, choices, self.samples, self.seed).items():
                found[name].append(Doubtful(choices.actors, ranges, widened))
            advance(done)
        return {name: tuple(each) for name, each in found.items()}


def compute_parts(
    work: Work, periods: Sequence[Period], workers: int = 1, advance: Advance = lambda done: None
) -> Part:
    """The work done for all periods, by so many processes. How many changes no rank, and of values no more than the last digits.

    With several of them a script's own work has to stand under `if __name__ == "__main__"`, as each process imports it.
    """
    if workers < 1:
        raise InputError(f"{workers} workers: at least one has to work")
    if workers == 1 or len(periods) < 2:
        return work.of(periods, advance)
    length = max(1, -(-len(periods) // (workers * _PARTS)))
    parts, done = [], 0
    # Processes of their own, not copies of this one: the embedded store's engine does not live on in a copy.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(work,)) as pool:
        try:
            for part in pool.map(_next, [periods[at : at + length] for at in range(0, len(periods), length)]):
                parts.append(part)
                done += len(part.there)
                advance(done)
        except BrokenProcessPool:
            raise InputError(
                "a worker was ended, perhaps for want of memory: ask with fewer workers"
            ) from None
    return _joined(parts)


_work: Work
"""What this process, if it is a worker, does."""


def _begin(work: Work) -> None:
    global _work
    _work = work


def _next(periods: Sequence[Period]) -> Part:
    return _work.of(periods)


def _joined(parts: Sequence[Part]) -> Part:
    actors = tuple(sorted({actor for part in parts for actor in part.actors}))
    place = {actor: at for at, actor in enumerate(actors)}
    columns = [[place[actor] for actor in part.actors] for part in parts]

    def whole(pieces: Sequence[NDArray[Cell]]) -> NDArray[Cell]:
        rows = []
        for piece, at in zip(pieces, columns, strict=True):
            row = np.zeros((len(piece), len(actors)), dtype=piece.dtype)
            row[:, at] = piece
            rows.append(row)
        return np.concatenate(rows)

    return Part(
        actors,
        whole([part.there for part in parts]),
        {name: whole([part.values[name] for part in parts]) for name in parts[0].values},
        {name: tuple(one for part in parts for one in part.doubt[name]) for name in parts[0].doubt},
    )
