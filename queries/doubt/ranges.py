"""How far a ranking moves when what is uncertain is settled one way or another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from comity.graph.errors import InputError
from comity.graph.slices import Question, Slice, take
from comity.graph.stores.base import Store
from comity.queries.doubt.choices import Choice, choices_of, is_wider
from comity.queries.doubt.exact import rank_ranges, value_ranges
from comity.queries.doubt.model import Choices, everything, extremes, sampled
from comity.queries.fast.measuring import measure_all
from comity.queries.fast.networks import Values
from comity.queries.measures import Measure
from comity.queries.plain import plain
from comity.queries.ranking import Ranked, rank
from comity.queries.ranks import Ranks, ranks

SAMPLES = 1_000
"""Settlements that are tried where there are more than that, unless another number is asked for."""

Method = Literal["exact", "bound", "sampled"]
"""exact: the range is that over the admissible settlements; bound: that or a narrower one, as some choices stand for several
doubtful things at once (queries/doubt/choices.py); sampled: the extremes of a sample.
"""


@dataclass(frozen=True, slots=True)
class RankedInDoubt:
    """An actor's value and rank in the slice as asked (None where it is not in it), and the range of both over the settlements.

    Where it is not in a settlement's network its value is 0. The methods say how the ranges are meant (`Method`).
    """

    actor: str
    name: str
    rank: int | None
    value: float | None
    value_least: float
    value_most: float
    rank_best: int
    rank_worst: int
    value_method: Method
    rank_method: Method


@dataclass(frozen=True, slots=True)
class Doubt:
    """A ranking with the range of every value and rank.

    `settlements` is how many were tried: all there are, or a sample drawn with `seed`. `error` is for the sampled ranges: the
    probability that one more settlement drawn in the same way falls outside an actor's range, at most; it follows from the
    exchangeability of draws (the least and the greatest of n + 1 are equally likely to be any of them), as in S. S. Wilks,
    "Determination of sample sizes for setting tolerance limits", Annals of Mathematical Statistics 12 (1941) 91-96. `widened`
    counts choices that stand for several doubtful things at once (queries/doubt/choices.py): with any, ranges may be wider than
    need be.
    """

    measure: str
    question: Question
    revision: str
    rows: tuple[RankedInDoubt, ...]
    choices: tuple[Choice, ...]
    settlements: int
    seed: int | None
    error: float
    widened: int

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "measure": self.measure,
            **self.question.describe(),
            "revision": self.revision,
            "choices": len(self.choices),
            "settlements": self.settlements,
            "seed": self.seed,
            "error": self.error,
            "widened": self.widened,
            "rows": plain(self.rows),
        }


def doubt(
    store: Store, question: Question, measure: Measure, *, samples: int = SAMPLES, seed: int = 0
) -> Doubt:
    """The ranking that answers the question, and how far each value and rank can move.

    All settlements are tried where there are no more of them than `samples`. Otherwise values of measures that grow with every
    tie, and most ranks by degree and strength, have exact ranges (queries/doubt/exact.py), and the rest is sampled.
    """
    return doubt_of(
        take(store, replace(question, certainty="possible")), question, measure, samples=samples, seed=seed
    )


def doubt_of(
    possible: Slice, question: Question, measure: Measure, *, samples: int = SAMPLES, seed: int = 0
) -> Doubt:
    """The same of a slice taken with the certainty `possible`; `question` says which of its ties are those of the plain ranking."""
    choices, about = choices_of(possible)
    ranges = ranges_of([measure], choices, samples, seed)[measure.name]
    own = possible.narrowed(question)
    plainly = {row.actor: row for row in rank(own, measure).rows}
    widened = sum(is_wider(choice, about) for choice in about)
    rows = [
        _row(measure, ranges, widened > 0, place, possible.actors[actor].name, actor, plainly.get(actor))
        for place, actor in enumerate(choices.actors)
    ]
    rows.sort(key=lambda row: (row.rank is None, row.rank, row.rank_best, row.actor))
    drawn = ranges.sampled
    return Doubt(
        measure=measure.name,
        question=own.question,
        revision=possible.revision,
        rows=tuple(rows),
        choices=about,
        settlements=ranges.tried,
        seed=seed if drawn else None,
        error=error_of(samples) if drawn else 0.0,
        widened=widened,
    )


@dataclass(frozen=True, slots=True)
class Ranges:
    """Of every actor the range of value and rank over the settlements, which of them are exact, and how many were tried."""

    least: Values
    most: Values
    best: Ranks
    worst: Ranks
    values_exact: bool
    ranks_exact: "np.typing.NDArray[np.bool_]"
    tried: int
    sampled: bool

    def methods(self, place: int, *, wider: bool) -> tuple[Method, Method]:
        """How the ranges of an actor's value and rank are meant; `wider`: some choices stand for several doubtful things."""
        found: Method = "bound" if wider else "exact"
        return (
            found if self.values_exact else "sampled",
            found if self.ranks_exact[place] else "sampled",
        )


def ranges_of(measures: Sequence[Measure], choices: Choices, samples: int, seed: int) -> dict[str, Ranges]:
    """By each measure the ranges of every actor's value and rank, exact where that can be had. All are computed on the same settlements."""
    if samples < 1:
        raise InputError(f"{samples} samples: at least one settlement has to be tried")
    if seed < 0:
        raise InputError(f"the seed {seed} is below 0: give another")
    few = choices.number <= 30 and 1 << choices.number <= samples
    if few:
        found = measure_all(measures, choices.networks(everything(choices.number)))
        return {
            measure.name: _seen(measure, found[measure.name], tried=1 << choices.number)
            for measure in measures
        }
    known = {measure.name: rank_ranges(measure, choices) for measure in measures if measure.counts}
    ranges = {}
    for measure in measures:
        if measure.name in known and known[measure.name][2].all():
            ranges[measure.name] = Ranges(
                *value_ranges(measure, choices),
                *known[measure.name][:2],
                True,
                known[measure.name][2],
                0,
                False,
            )
    rest = [measure for measure in measures if measure.name not in ranges]
    if rest:
        settlements = np.concatenate([extremes(choices), sampled(choices, samples, seed)])
        found = measure_all(rest, choices.networks(settlements))
        for measure in rest:
            seen = _seen(measure, found[measure.name], tried=samples, sampled=True)
            ranges[measure.name] = _with_exact(seen, *known[measure.name]) if measure.name in known else seen
    return ranges


def _seen(measure: Measure, values: Values, *, tried: int, sampled: bool = False) -> Ranges:
    """The ranges over these settlements: exact where they are all there are, as are values that grow, where the extremes are among them."""
    placed = ranks(values, same=measure.same, nothing=measure.nothing)
    exact = np.full(values.shape[1], not sampled)
    return Ranges(
        values.min(axis=0), values.max(axis=0), placed.min(axis=0), placed.max(axis=0),
        measure.grows or not sampled, exact, tried, sampled,
    )  # fmt: skip


def _with_exact(seen: Ranges, best: Ranks, worst: Ranks, exact: "np.typing.NDArray[np.bool_]") -> Ranges:
    """The ranges with the ranks that are known exactly."""
    return replace(
        seen,
        best=np.where(exact, best, seen.best),
        worst=np.where(exact, worst, seen.worst),
        ranks_exact=exact,
    )


def error_of(samples: int) -> float:
    """The probability that one more settlement falls outside an actor's sampled range, at most (see `Doubt`)."""
    return 2 / (samples + 1)


def _row(
    measure: Measure, ranges: Ranges, wider: bool, place: int, name: str, actor: str, plainly: Ranked | None
) -> RankedInDoubt:
    """An actor's row. The plain ranking is one of the settlements: its value and rank lie in the ranges, whatever rounding says."""
    values = [ranges.least[place], ranges.most[place], *([plainly.value] if plainly else [])]
    places = [ranges.best[place], ranges.worst[place], *([plainly.rank] if plainly else [])]
    value_method, rank_method = ranges.methods(place, wider=wider)
    return RankedInDoubt(
        actor=actor,
        name=name,
        rank=plainly.rank if plainly else None,
        value=plainly.value if plainly else None,
        value_least=measure.number(min(values)),
        value_most=measure.number(max(values)),
        rank_best=int(min(places)),
        rank_worst=int(max(places)),
        value_method=value_method,
        rank_method=rank_method,
    )
