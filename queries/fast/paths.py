"""Measures along shortest paths, all from one search: betweenness, closeness and harmonic closeness."""

import numpy as np
import rustworkx as rx

from comity.queries.fast.folded import Folded
from comity.queries.fast.large import Large
from comity.queries.fast.networks import Values, quotient
from comity.queries.fast.stacks import Stack

_ALONE = 1 << 30
"""More actors than there are: threads would add up in another order each time, and the last digits would differ."""


def betweenness(stack: Stack) -> Values:
    """By U. Brandes' dependencies: what a source's paths bring to each class on them, gathered from the farthest ring inwards."""
    found = stack.search
    inverse = 1 / np.maximum(found.paths, 1)
    brought = np.zeros_like(inverse)  # the dependency on a member of the class, by path to it
    for links in reversed(found.far):
        onward = inverse.reshape(-1)[links.beyond] + brought.reshape(-1)[links.beyond]
        np.add.at(brought.reshape(-1), links.before, onward * links.members)
    for ring, inner in zip(found.rings[:0:-1], found.rings[-2::-1], strict=True):
        onward = inverse + brought
        onward *= ring
        passed = np.matmul(onward, stack.steps)
        passed *= inner
        brought += passed
    # One's own twins, if not partners, are two ties away, over each of the partners.
    loose = (1 - stack.knit) * stack.mates / np.maximum(stack.degrees, 1)
    brought += found.rings[0] * loose[:, :, np.newaxis]
    total = np.matmul(stack.sizes[:, np.newaxis, :], found.paths * brought)[:, 0]
    pairs = (stack.members - 1) * (stack.members - 2)  # each pair from both of its sides
    return quotient(total, pairs)


def betweenness_alone(network: Large) -> Values:
    """By rustworkx."""
    number = len(network.places)
    graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * number)
    once = network.owners < network.partners
    graph.add_edges_from_no_data(
        list(zip(network.owners[once].tolist(), network.partners[once].tolist(), strict=True))
    )
    paths = rx.betweenness_centrality(graph, normalized=False, parallel_threshold=_ALONE)
    return np.array([[paths[place] for place in range(number)]]) / max(1, (number - 1) * (number - 2) / 2)


def closeness(folded: Folded) -> Values:
    """How many are reached, squared, by the distance to all of them together and the number of all others."""
    number, distance = folded.mates.copy(), folded.mates * (2 - folded.knit)
    for ring, reached in enumerate(folded.reached, 1):
        number += reached
        distance += ring * reached
    below = distance * (folded.members - 1)
    return quotient(number**2, below)


def harmonic(folded: Folded) -> Values:
    """The reached, each by its distance."""
    total = folded.mates / (2 - folded.knit)
    for ring, reached in enumerate(folded.reached, 1):
        total += reached / ring
    return total
