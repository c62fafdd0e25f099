"""The engine `fast`: measures on many networks at once (queries/fast), asked for one."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from comity.graph.slices import Slice
from comity.queries.engines.engine import Engine
from comity.queries.fast.engine import MEASURED, compute
from comity.queries.fast.networks import Networks
from comity.queries.measures import MEASURES
from comity.queries.measures.measure import Measure
from comity.queries.networks import to_networkx


class FastEngine(Engine):
    """Arrays instead of graphs: any slice."""

    name = "fast"
    about = "arrays, many networks at once where there are many, on any slice"
    tolerances: ClassVar[Mapping[str, float]] = {
        name: measure.same for name, measure in MEASURES.items() if name in MEASURED
    }

    def _compute(self, measure: Measure, slice: Slice) -> Mapping[str, float]:
        graph = to_networkx(slice)
        actors = tuple(graph)
        places = {actor: place for place, actor in enumerate(actors)}
        ties: list[tuple[str, str, int]] = list(graph.edges.data("weight"))
        pairs = np.array([[places[left], places[right]] for left, right, _ in ties], dtype=np.int64)
        weights = np.array([[weight for _, _, weight in ties]], dtype=np.int64)
        (values,) = compute(Networks(actors, pairs, weights), [measure.name])[measure.name].tolist()
        return dict(zip(actors, values, strict=True))

    def nothing(self, measure: Measure) -> float:
        return measure.nothing
