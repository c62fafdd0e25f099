"""Any measures on many networks: by the engine where it has them, else by their own functions on one network after the other."""

from collections.abc import Iterator, Sequence

import networkx as nx
import numpy as np

from comity.queries.fast.engine import MEASURED, compute
from comity.queries.fast.networks import Networks, Values
from comity.queries.measures.measure import Measure
from comity.queries.networks import Network


def measure_all(measures: Sequence[Measure], networks: Networks) -> dict[str, Values]:
    """Each measure of every actor in every network, by its name; 0 for an actor that is not in a network.

    Not of measures `by_fact`: networks in numbers know how many facts tie a pair, not which.
    """
    assert not any(measure.by_fact for measure in measures)
    found = compute(networks, [measure.name for measure in measures if measure.name in MEASURED])
    rest = [measure for measure in measures if measure.name not in MEASURED]
    if rest:
        found |= {measure.name: np.zeros((len(networks), networks.size)) for measure in rest}
        for row, graph in enumerate(_graphs(networks)):
            for measure in rest:
                values = measure.function(graph)
                found[measure.name][row] = [values.get(actor, 0.0) for actor in networks.actors]
    return found


def _graphs(networks: Networks) -> Iterator[Network]:
    """The networks as `to_networkx` makes them of slices, but without names and facts."""
    actors = networks.actors
    for members, weights in zip(networks.members(), networks.weights, strict=True):
        graph: Network = nx.Graph()
        graph.add_nodes_from(actors[place] for place in np.flatnonzero(members))
        for column in np.flatnonzero(weights):
            left, right = networks.pairs[column]
            graph.add_edge(actors[left], actors[right], weight=int(weights[column]))
        yield graph
