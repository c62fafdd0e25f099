"""Measures on many networks at once."""

from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Networks
from comity.queries.measures.measure import Measure


def measure_all(measures: Sequence[Measure], networks: Networks) -> dict[str, NDArray[np.float64]]:
    """Each measure of every actor in every network: by its name, networks x actors; 0 for an actor that is not in a network."""
    found = {measure.name: np.zeros((len(networks.weights), len(networks.actors))) for measure in measures}
    for row, weights in enumerate(networks.weights):
        tied = np.flatnonzero(weights)
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(
            sorted({networks.actors[place] for pair in networks.pairs[tied] for place in pair})
        )
        for column in tied:
            left, right = networks.pairs[column]
            graph.add_edge(networks.actors[left], networks.actors[right], weight=int(weights[column]))
        for measure in measures:
            values = measure.function(graph)
            found[measure.name][row] = [values.get(actor, 0.0) for actor in networks.actors]
    return found
