"""Measures along shortest paths, all from one search: betweenness, closeness and harmonic closeness."""

import numpy as np

from comity.queries.fast.networks import Values
from comity.queries.fast.stacks import Stack


def betweenness(stack: Stack) -> Values:
    """By U. Brandes' dependencies: what a source's paths bring to each class on them, gathered from the farthest ring inwards."""
    found = stack.search
    inverse = np.divide(1, found.paths, out=np.zeros_like(found.paths), where=found.paths > 0)
    brought = np.zeros_like(inverse)  # the dependency on a member of the class, by path to it
    for ring, inner in zip(found.rings[:0:-1], found.rings[-2::-1], strict=True):
        passed = np.matmul((inverse + brought) * ring, stack.steps)
        passed *= inner
        brought += passed
    # One's own twins, if not partners, are two ties away, over each of the partners.
    loose = (1 - stack.knit) * stack.mates / np.maximum(stack.degrees, 1)
    brought += found.rings[0] * loose[:, :, np.newaxis]
    total = np.matmul(stack.sizes[:, np.newaxis, :], found.paths * brought)[:, 0]
    pairs = (stack.members - 1) * (stack.members - 2)  # each pair from both of its sides
    return np.divide(total, pairs, out=np.zeros_like(total), where=pairs > 0)


def closeness(stack: Stack) -> Values:
    """How many are reached, squared, by the distance to all of them together and the number of all others."""
    number, distance = stack.mates.copy(), stack.mates * (2 - stack.knit)
    for ring, reached in enumerate(stack.search.reached, 1):
        number += reached
        distance += ring * reached
    below = distance * (stack.members - 1)
    return np.divide(number**2, below, out=np.zeros_like(number), where=below > 0)


def harmonic(stack: Stack) -> Values:
    """The reached, each by its distance."""
    total = stack.mates / (2 - stack.knit)
    for ring, reached in enumerate(stack.search.reached, 1):
        total += reached / ring
    return total
