"""The ranking of a slice's actors by a measure."""

from dataclasses import dataclass
from typing import Any

from comity.graph.slices import Question, Slice
from comity.queries.engines import REFERENCE, Engine
from comity.queries.measures.measure import Measure
from comity.queries.plain import plain
from comity.queries.ranks import ranked


@dataclass(frozen=True, slots=True)
class Ranked:
    """An actor's place in a ranking."""

    actor: str
    name: str
    rank: int
    value: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Actors ordered by a measure, with the engine that computed it, the question that the slice answers and the store's revision."""

    measure: str
    question: Question
    revision: str
    rows: tuple[Ranked, ...]
    engine: str = REFERENCE.name

    def to_dict(self) -> dict[str, Any]:
        """The ranking as plain JSON values."""
        return {
            "measure": self.measure,
            "engine": self.engine,
            **self.question.describe(),
            "revision": self.revision,
            "rows": plain(self.rows),
        }


def rank(slice: Slice, measure: Measure, engine: Engine = REFERENCE) -> Ranking:
    """The slice's actors by value, the largest first; equal values share the best rank (1, 1, 3) and stand in order of ids.

    `NotOffered` says what the engine cannot compute.
    """
    values = engine.values(measure, slice)
    found = ranked(
        values,
        same=max(measure.same, engine.tolerances[measure.name]),
        nothing=max(measure.nothing, engine.nothing(measure)),
    )
    rows = tuple(Ranked(actor, slice.actors[actor].name, place, value) for actor, place, value in found)
    return Ranking(measure.name, slice.question, slice.revision, rows, engine.name)
