"""Networks as matrices, for the measures that are worked out on them."""

from collections.abc import Iterable, Iterator

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from comity.queries.networks import Network

Matrix = NDArray[np.float64]


def components_of(graph: Network) -> Iterator[list[str]]:
    """The connected components, each in the order of the graph's nodes."""
    place = {actor: index for index, actor in enumerate(graph)}
    for members in nx.connected_components(graph):
        yield sorted(members, key=place.__getitem__)


def adjacency_of(graph: Network, members: Iterable[str] | None = None) -> Matrix:
    """1 where two of the members (all actors unless given) are tied, else 0; symmetric, in their order."""
    actors = list(graph if members is None else members)
    place = {actor: index for index, actor in enumerate(actors)}
    matrix = np.zeros((len(actors), len(actors)))
    for actor in actors:
        for other in graph[actor]:
            if other != actor:
                matrix[place[actor], place[other]] = 1.0
    return matrix
