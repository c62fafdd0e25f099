"""The engine `networkx`: each measure's own function on the network of the slice. All others are held to it."""

from collections.abc import Mapping

from comity.graph.slices import Slice
from comity.queries.engines.engine import Engine
from comity.queries.measures import MEASURES
from comity.queries.measures.measure import SAME_VALUE, Measure
from comity.queries.networks import to_networkx


class ReferenceEngine(Engine):
    """Each measure's own function, written for reading: every measure of every slice."""

    name = "networkx"
    about = "each measure's own function, on any slice"
    tolerances = dict.fromkeys(MEASURES, SAME_VALUE)

    def _compute(self, measure: Measure, slice: Slice) -> Mapping[str, float]:
        return measure.function(to_networkx(slice))
