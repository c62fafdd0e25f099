from unittest.mock import patch

import networkx as nx
import numpy as np
import pytest

from comity.queries.fast import searching
from comity.queries.fast.engine import compute
from comity.queries.fast.stacks import Stack, stacks
from tests.queries.fast.graphs import labelled, networks_of, pacts, plainly


@pytest.mark.parametrize("few", [1, searching._FEW, 1_000_000], ids=["by ties", "as it is", "by matrices"])
def test_what_lies_far_away_is_found_by_ties_as_by_matrices(few: int) -> None:
    far = nx.disjoint_union(pacts(40, 12, seed=2), nx.lollipop_graph(9, 14))
    networks = networks_of([labelled(far), pacts(60, 30, seed=4), labelled(nx.path_graph(30))])
    with patch.object(searching, "_FEW", few):
        found = compute(networks, ["betweenness", "closeness", "harmonic"])
        followed = [len(each.search.far) for each in stacks(networks) if isinstance(each, Stack)]
    assert any(followed) == (few < 1_000_000)
    for name, values in found.items():
        np.testing.assert_allclose(values, plainly(name, networks), atol=1e-12)
