"""Several measures of several networks, sharing what work they can."""

from collections.abc import Callable, Iterable

import numpy as np

from comity.queries.fast import cohesion, partners, paths, spectral
from comity.queries.fast.networks import Networks, Values
from comity.queries.fast.stacks import Stack, stacks

OF_NETWORKS: dict[str, Callable[[Networks], Values]] = {
    "degree": partners.degree,
    "strength": partners.strength,
}
"""Measures that need no more than the ties."""

OF_STACKS: dict[str, Callable[[Stack], Values]] = {
    "eigenvector": spectral.eigenvector,
    "betweenness": paths.betweenness,
    "closeness": paths.closeness,
    "harmonic": paths.harmonic,
    "pagerank": spectral.pagerank,
    "core": cohesion.core,
    "clustering": cohesion.clustering,
}
"""Measures of folded networks."""

MEASURED = (*OF_NETWORKS, *OF_STACKS)
"""The names of all measures that the engine has."""


def compute(networks: Networks, names: Iterable[str]) -> dict[str, Values]:
    """These measures of every actor in every network. Networks with the same ties are computed once."""
    names = list(names)
    found = {name: np.zeros((len(networks), networks.size)) for name in names}
    for name in found.keys() & OF_NETWORKS.keys():
        found[name] = OF_NETWORKS[name](networks)
    folded = [name for name in found if name in OF_STACKS]
    if folded:
        distinct, where = networks.distinct()
        for name, values in _of_stacks(distinct, folded).items():
            found[name] = values[where]
    return found


def _of_stacks(networks: Networks, names: list[str]) -> dict[str, Values]:
    found = {name: np.zeros((len(networks), networks.size)) for name in names}
    done = 0
    for block in networks.blocks():
        for stack in stacks(block):
            for name in names:
                found[name][done + stack.rows] = stack.spread(OF_STACKS[name](stack))
        done += len(block)
    return found
