"""The engine `fast`: the functions that compute a measure of many networks at once, asked for one."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from comity.graph.slices import Slice
from comity.queries.doubt.model import Choices, Term, everything
from comity.queries.doubt.values import OFFERED, values
from comity.queries.engines.engine import Engine
from comity.queries.measures import MEASURES
from comity.queries.measures.measure import Measure
from comity.queries.networks import to_networkx


class FastEngine(Engine):
    """Arrays instead of graphs: any slice."""

    name = "fast"
    about = "numpy and rustworkx, on any slice"
    tolerances: ClassVar[Mapping[str, float]] = {name: MEASURES[name].same for name in OFFERED}

    def _compute(self, measure: Measure, slice: Slice) -> Mapping[str, float]:
        graph = to_networkx(slice)
        actors = tuple(graph)
        places = {actor: place for place, actor in enumerate(actors)}
        ties: list[tuple[str, str, int]] = list(graph.edges.data("weight"))
        weights = {(places[left], places[right]): weight for left, right, weight in ties}
        return dict(zip(actors, values_of(measure, actors, weights).tolist(), strict=True))

    def nothing(self, measure: Measure) -> float:
        return measure.nothing


def values_of(
    measure: Measure, actors: Sequence[str], weights: Mapping[tuple[int, int], int]
) -> NDArray[np.float64]:
    """The value of each actor in the network whose ties join actors by their places, with the number of facts of each."""
    terms = tuple(
        Term(fact, place, ()) for place, number in enumerate(weights.values()) for fact in range(number)
    )
    found = values(measure, Choices(tuple(actors), tuple(weights), terms, 0), everything(0))
    row: NDArray[np.float64] = found[0]
    return row
