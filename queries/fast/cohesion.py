"""How closely knit surroundings are: core number and clustering."""

import numpy as np

from comity.queries.fast.networks import Values
from comity.queries.fast.stacks import Stack


def core(stack: Stack) -> Values:
    """Peeling: those with the fewest partners are taken away, round by round, from all networks at once."""
    found = np.zeros(stack.sizes.shape)
    open_ = np.arange(len(found))  # networks of which something is left
    joined, sizes, degrees = stack.joined, stack.sizes, np.where(stack.sizes > 0, stack.degrees, np.inf)
    level = np.zeros((len(found), 1))
    while len(open_):
        level = np.maximum(level, degrees.min(axis=1, keepdims=True))
        gone = degrees <= level
        rows, classes = np.nonzero(gone)
        found[open_[rows], classes] = level[rows, 0]
        degrees = degrees - np.matmul(joined, (gone * sizes)[:, :, np.newaxis])[:, :, 0]
        degrees[gone] = np.inf
        left = np.isfinite(degrees).any(axis=1)
        if not left.all():
            open_, level, degrees = open_[left], level[left], degrees[left]
            joined, sizes = joined[left], sizes[left]
    return found


def clustering(stack: Stack) -> Values:
    """The pairs of partners that are partners of each other: within and between classes, and with one's own twins."""
    sizes, knit, mates = stack.sizes, stack.knit, stack.mates
    within = knit * sizes * mates
    others = stack.degrees - knit * mates
    closed = np.einsum("bvw,bvw,bw->bv", stack.two_steps, stack.joined, sizes)
    closed += np.matmul(stack.joined, within[:, :, np.newaxis])[:, :, 0]
    closed += knit * mates * (2 * others + mates - 1)
    pairs = stack.degrees * (stack.degrees - 1)
    return np.divide(closed, pairs, out=np.zeros_like(closed), where=pairs > 0)
