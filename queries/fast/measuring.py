"""Any measures on many networks: by the engine where it has them, else by their own functions on one network after the other."""

from collections.abc import Sequence

import numpy as np

from comity.queries.fast.engine import MEASURED, compute
from comity.queries.fast.networks import Networks, Values
from comity.queries.measures.measure import Measure


def measure_all(measures: Sequence[Measure], networks: Networks) -> dict[str, Values]:
    """Each measure of every actor in every network, by its name; 0 for an actor that is not in a network.

    Of a measure `by_fact` the networks must know which facts tie a pair.
    """
    assert networks.told is not None or not any(measure.by_fact for measure in measures)
    found = compute(networks, [measure.name for measure in measures if measure.name in MEASURED])
    rest = [measure for measure in measures if measure.name not in MEASURED]
    if rest:
        found |= {measure.name: np.zeros((len(networks), networks.size)) for measure in rest}
        for row, graph in enumerate(networks.graphs()):
            for measure in rest:
                values = measure.function(graph)
                found[measure.name][row] = [values.get(actor, 0.0) for actor in networks.actors]
    return found
