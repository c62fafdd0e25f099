"""Several measures of several networks, sharing what work they can."""

from collections.abc import Callable, Iterable

import numpy as np

from comity.graph.errors import UnknownName
from comity.queries.fast import cohesion, partners, paths, spectral
from comity.queries.fast.folded import Folded
from comity.queries.fast.large import Large
from comity.queries.fast.networks import Networks, Values
from comity.queries.fast.stacks import Stack, stacks

_OF_TIES: dict[str, Callable[[Networks], Values]] = {
    "degree": partners.degree,
    "strength": partners.strength,
}
"""Measures for which the ties need not be followed."""

_FOLDED: dict[str, Callable[[Folded], Values]] = {
    "eigenvector": spectral.eigenvector,
    "closeness": paths.closeness,
    "harmonic": paths.harmonic,
    "pagerank": spectral.pagerank,
    "katz": spectral.katz,
}
"""Measures that are computed in one way, whether networks are stacked or one is large."""

_STACKED: dict[str, Callable[[Stack], Values]] = {
    "betweenness": paths.betweenness,
    "core": cohesion.core,
    "clustering": cohesion.clustering,
}
"""The others, by products of matrices."""

_ALONE: dict[str, Callable[[Large], Values]] = {
    "betweenness": paths.betweenness_alone,
    "core": cohesion.core_alone,
    "clustering": cohesion.clustering_alone,
}
"""The same in one large network."""

MEASURED = (*_OF_TIES, *_FOLDED, *_STACKED)
"""The names of all measures that the engine has."""


def compute(networks: Networks, names: Iterable[str]) -> dict[str, Values]:
    """These measures of every actor in every network. Networks with the same ties are computed once."""
    names = list(names)
    for name in names:
        if name not in MEASURED:
            raise UnknownName("measure of the fast engine", name, MEASURED)
    found = {name: np.zeros((len(networks), networks.size)) for name in names}
    for name in found.keys() & _OF_TIES.keys():
        found[name] = _OF_TIES[name](networks)
    folded = [name for name in found if name not in _OF_TIES]
    if folded:
        distinct, where = networks.distinct()
        for name, values in _of_stacks(distinct, folded).items():
            found[name] = values[where]
    return found


def _of_stacks(networks: Networks, names: list[str]) -> dict[str, Values]:
    found = {name: np.zeros((len(networks), networks.size)) for name in names}
    done = 0
    for block in networks.blocks():
        for folded in stacks(block):
            for name in names:
                found[name][done + folded.rows] = folded.spread(_of_folded(folded, name))
        done += len(block)
    return found


def _of_folded(folded: Stack | Large, name: str) -> Values:
    if name in _FOLDED:
        return _FOLDED[name](folded)
    return _ALONE[name](folded) if isinstance(folded, Large) else _STACKED[name](folded)
