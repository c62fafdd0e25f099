"""The network of one settlement as a plain graph, and any measure on many of them, one after the other."""

from collections import defaultdict

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.queries.doubt.model import Choices, Settlements
from comity.queries.measures import Measure
from comity.queries.networks import Network


def one_by_one(measure: Measure, choices: Choices, settlements: Settlements) -> NDArray[np.float64]:
    """The measure's own function on every settlement: settlements x actors, 0 for an actor that is not in the network."""
    found = np.zeros((len(settlements), len(choices.actors)))
    for row, settlement in enumerate(settlements):
        values = measure.function(network_of(choices, settlement))
        found[row] = [values.get(actor, 0.0) for actor in choices.actors]
    return found


def network_of(choices: Choices, settlement: NDArray[np.bool_]) -> Network:
    """What `to_networkx` makes of the slice of one settlement, but that facts are named by number and actors by id alone."""
    facts: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for term in choices.terms:
        if all(settlement[choice] == inside for choice, inside in term.literals):
            facts[choices.pairs[term.pair]].add(term.fact)
    graph: Network = nx.Graph()
    graph.add_nodes_from(choices.actors[place] for place in sorted({end for pair in facts for end in pair}))
    for (left, right), numbers in sorted(facts.items()):
        graph.add_edge(
            choices.actors[left], choices.actors[right], weight=len(numbers), facts=tuple(sorted(numbers))
        )
    return graph
