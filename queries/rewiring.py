"""Networks drawn at random from all that give every actor the same number of partners: by swapping partners of pairs of ties."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
from networkx.algorithms.threshold import is_threshold_graph
from numpy.typing import NDArray

from comity.graph.errors import InputError
from comity.graph.stores.stopping import check_stop
from comity.queries.networks import Network

Pairs = NDArray[np.int64]
"""Networks x ties x 2: the places of the two actors of each tie."""

SWAPS = 10
"""Swaps proposed per tie. Networks of alliances have forgotten where they came from after two or three."""

_MEMORY = 1 << 28
"""Bytes that the adjacency matrices of the networks walked together may take."""

_DRAWN = 1024
"""Steps for which random numbers are drawn at once."""


@dataclass(frozen=True, slots=True)
class Rewired:
    """The original network, those that were drawn, the number of swaps proposed for each, and the share of these that could be done."""

    actors: tuple[str, ...]
    original: Pairs
    pairs: Pairs
    proposed: int
    done: float

    def networks(self) -> "list[Network]":
        """Them as graphs: actors and ties in order."""
        found = []
        for pairs in self.pairs:
            graph: Network = nx.Graph()
            graph.add_nodes_from(self.actors)
            graph.add_edges_from((self.actors[left], self.actors[right]) for left, right in _in_order(pairs))
            found.append(graph)
        return found


def _in_order(pairs: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The ties of one network, each and all in order."""
    return sorted((min(left, right), max(left, right)) for left, right in pairs.tolist())


def rewire(network: Network, number: int, *, seed: int = 0, swaps: int = SWAPS) -> Rewired:
    """So many random networks in which every actor has as many partners as in this one.

    Parameters
    ----------
    network : networkx.Graph
        A slice as `to_networkx` gives it; weights are left out.
    number, seed : int
        How many networks, and the seed by which they are drawn.
    swaps : int
        Swaps to propose for each network, per tie.

    Returns
    -------
    Rewired
        The networks. `InputError` where no other network than this one has the same numbers of partners, as with a clique or a star: a
        threshold graph [4]_.

    Notes
    -----
    A swap takes two ties a-b and c-d and makes a-d and c-b of them [1]_. One that would tie an actor to itself or tie a pair twice is not
    done, but counts as a step: so every simple network with these numbers of partners comes to be equally likely, where counting done
    swaps only would favour those that have many to offer [2]_. Of simple networks it makes no difference whether stubs or
    actors are labelled: each has equally many ways to join its stubs.

    First a walk of `swaps` proposals per tie goes from the network to another, and from there one walk of that length to each of those that
    are given. The network itself is then as if drawn in the same way, being one such walk away, too: so that tests against them hold
    their level however short the walks are [3]_. Too short ones only make the networks like each other, and tests weak.

    References
    ----------
    .. [1] S. Maslov, K. Sneppen, "Specificity and stability in topology of protein networks", Science 296 (2002) 910-913.
    .. [2] B. K. Fosdick, D. B. Larremore, J. Nishimura, J. Ugander, "Configuring random graph models with fixed degree sequences", SIAM
       Review 60 (2018) 315-355.
    .. [3] J. Besag, P. Clifford, "Generalized Monte Carlo significance tests", Biometrika 76 (1989) 633-642.
    .. [4] N. V. R. Mahadev, U. N. Peled, Threshold Graphs and Related Topics, North-Holland 1995.

    Examples
    --------
    >>> import networkx as nx
    >>> drawn = rewire(nx.relabel_nodes(nx.krackhardt_kite_graph(), str), 5, seed=1)
    >>> [sorted(dict(graph.degree).values()) for graph in drawn.networks()][0]
    [1, 2, 3, 3, 3, 4, 4, 5, 5, 6]
    """
    if number < 1 or swaps < 1 or seed < 0:
        raise InputError(
            f"{number} networks by {swaps} swaps per tie from seed {seed}: give one of each at least, and no negative seed"
        )
    if is_threshold_graph(network):
        raise InputError(
            "nothing can be rewired: no other network gives every actor the same number of partners "
            "(as with a clique, or a star); ask of a larger slice, or of other types"
        )
    actors = tuple(network)
    places = {actor: place for place, actor in enumerate(actors)}
    start = np.array([[[places[left], places[right]] for left, right in network.edges]], dtype=np.int64)
    steps = swaps * start.shape[1]
    chance = np.random.default_rng(seed)
    hub, _ = _walk(start, len(actors), steps, chance)
    together = max(1, _MEMORY // len(actors) ** 2)
    drawn, done = [], 0
    for first in range(0, number, together):
        walkers = np.repeat(hub, min(together, number - first), axis=0)
        pairs, swapped = _walk(walkers, len(actors), steps, chance)
        drawn.append(pairs)
        done += swapped
    return Rewired(actors, start, np.concatenate(drawn), steps, done / (steps * number))


def _walk(pairs: Pairs, size: int, steps: int, chance: np.random.Generator) -> tuple[Pairs, int]:
    """Each network after so many proposed swaps, and how many were done in all."""
    walkers, ties, _ = pairs.shape
    rows = np.arange(walkers)
    # In one line each: numpy finds single elements of many matrices faster so.
    flat = pairs.reshape(-1).copy()
    tied = np.zeros(walkers * size * size, dtype=np.bool_)
    of_pairs, of_tied = rows * ties * 2, rows * size * size
    for left, right in ((pairs[:, :, 0], pairs[:, :, 1]), (pairs[:, :, 1], pairs[:, :, 0])):
        tied[(of_tied[:, np.newaxis] + left * size + right).ravel()] = True
    done = 0
    for begun in range(0, steps, _DRAWN):
        check_stop()
        number = min(_DRAWN, steps - begun)
        firsts = chance.integers(0, ties, (number, walkers))
        others = chance.integers(0, ties - 1, (number, walkers))
        others += others >= firsts
        turned = chance.integers(0, 2, (number, walkers))
        # Where the two actors of either tie stand; the second tie is read from its one end or the other.
        at_a, at_c = firsts * 2 + of_pairs, others * 2 + of_pairs + turned
        at_d = at_c + 1 - 2 * turned
        for step in range(number):
            here, there, beyond = at_a[step], at_c[step], at_d[step]
            a, b, c, d = flat[here], flat[here + 1], flat[there], flat[beyond]
            a_d, c_b = of_tied + a * size + d, of_tied + c * size + b
            fit = np.flatnonzero((a != d) & (c != b) & ~tied[a_d] & ~tied[c_b])
            if not len(fit):
                continue
            done += len(fit)
            a, b, c, d, own = a[fit], b[fit], c[fit], d[fit], of_tied[fit]
            for one, other, joined in ((a, b, False), (c, d, False), (a, d, True), (c, b, True)):
                tied[own + one * size + other] = joined
                tied[own + other * size + one] = joined
            flat[here[fit] + 1], flat[beyond[fit]] = d, b
    return flat.reshape(pairs.shape), done
