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
    assert sorted(folds.rows) == list(range(len(networks)))
    for row, classes in zip(folds.rows, folds.classes, strict=True):
        graph: nx.Graph[int] = nx.Graph(networks.pairs[networks.tied[row]].tolist())
        assert set(graph) == set(np.flatnonzero(classes >= 0))
        for one, other in combinations(sorted(graph), 2):
            twins = set(graph[one]) - {other} == set(graph[other]) - {one}
            assert (classes[one] == classes[other]) == twins


@given(networks=panels())
def test_classes_say_all_of_the_network(networks: Networks) -> None:
    folds = fold(networks)
    rows, left, right = folds.ties
    for at, row in enumerate(folds.rows):
        members = [np.flatnonzero(folds.classes[at] == place) for place in range(folds.number[at])]
        assert [len(each) for each in members] == folds.sizes[at, : folds.number[at]].tolist()
        ties = {
            pair
            for place in np.flatnonzero(folds.knit[at])
            for pair in combinations(members[place].tolist(), 2)
        }
        for one, other in zip(left[rows == at], right[rows == at], strict=True):
            ties |= {(min(a, b), max(a, b)) for a in members[one].tolist() for b in members[other].tolist()}
        assert ties == set(map(tuple, networks.pairs[networks.tied[row]].tolist()))


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
