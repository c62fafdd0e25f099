"""Several measures of several networks, sharing what work they can."""

from collections.abc import Callable, Iterable

import numpy as np

from comity.graph.errors import UnknownName
from comity.graph.stores.stopping import check_stop
from comity.queries.fast import cohesion, partners, paths, spectral
from comity.queries.fast.folded import Folded
from comity.queries.fast.large import Large
from comity.queries.fast.networks import Networks, Values
from comity.queries.fast.stacks import Stack, stacks

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

_IN_PARTS = ("betweenness", "closeness", "harmonic", "clustering")
"""Those that look at all pairs of classes, which takes many numbers at once."""

MEASURED = ("degree", "strength", *_FOLDED, *_STACKED)
"""The names of all measures that the engine has."""


def compute(networks: Networks, names: Iterable[str]) -> dict[str, Values]:
    """These measures of every actor in every network. Networks with the same ties are computed once."""
    names = list(names)
    for name in names:
        if name not in MEASURED:
            raise UnknownName("measure of the fast engine", name, MEASURED)
    distinct, where = networks.distinct()
    found = _of_distinct(distinct, names)
    for name in found:  # one after the other, so that not all is in the memory twice
        found[name] = found[name][where]
    if "strength" in names:
        found["strength"] = partners.strength(networks)  # the same ties may have other weights
    return {name: found[name] for name in names}


def _of_distinct(networks: Networks, names: list[str]) -> dict[str, Values]:
    """The measures for which it does not matter how many facts tie a pair."""
    unweighted = [name for name in names if name != "strength"]
    whole = [name for name in unweighted if name != "degree" and name not in _IN_PARTS]
    in_parts = [name for name in unweighted if name in _IN_PARTS]
    found = {name: np.zeros((len(networks), networks.size)) for name in unweighted}
    done = 0
    for block in networks.blocks():
        if "degree" in names:
            found["degree"][done : done + len(block)] = partners.degree(block)
        for folded in stacks(block) if whole or in_parts else ():
            check_stop()
            for name in whole:
                found[name][done + folded.rows] = folded.spread(_of_folded(folded, name))
            for part in folded.parts() if in_parts else ():
                for name in in_parts:
                    found[name][done + part.rows] = part.spread(_of_folded(part, name))
        done += len(block)
    return found


def _of_folded(folded: Stack | Large, name: str) -> Values:
    if name in _FOLDED:
        return _FOLDED[name](folded)
    return _ALONE[name](folded) if isinstance(folded, Large) else _STACKED[name](folded)
