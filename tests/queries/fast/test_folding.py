from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import given

from comity.queries.fast.folding import fold
from comity.queries.fast.networks import Networks
from comity.queries.fast.stacks import Stack, stacks
from tests.queries.fast.graphs import labelled, networks_of, panels


@given(networks=panels())
def test_twins_are_those_who_have_the_same_partners(networks: Networks) -> None:
    folds = fold(networks)
    for row, tied in enumerate(networks.tied):
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(networks.size))
        graph.add_edges_from(networks.pairs[tied].tolist())
        for one, other in combinations(range(networks.size), 2):
            twins = set(graph[one]) - {other} == set(graph[other]) - {one}
            assert (folds.standing[row, one] == folds.standing[row, other]) == twins
            if twins:
                assert folds.knit[row, folds.standing[row, one]] == graph.has_edge(one, other)


def test_members_of_one_pact_are_one_class() -> None:
    # A pact of thirty, one of whom has a partner outside: she, the partner, and the twenty-nine others.
    graph = nx.complete_graph(30)
    graph.add_edge(0, 30)
    (stack,) = stacks(networks_of([labelled(graph)]))
    assert isinstance(stack, Stack)
    assert sorted(stack.sizes[0]) == [1, 1, 29]
    assert stack.members[0, 0] == 31
    np.testing.assert_array_equal(stack.spread(stack.degrees)[0], [30, *[29] * 29, 1])


@given(networks=panels())
def test_every_network_with_ties_stands_in_one_stack(networks: Networks) -> None:
    rows = np.concatenate([folded.rows for folded in stacks(networks)] or [np.array([], dtype=np.int64)])
    assert sorted(rows) == np.flatnonzero(networks.tied.any(axis=1)).tolist()
