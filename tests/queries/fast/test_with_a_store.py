"""The engine's routines of linear algebra survive in a process in which a Java machine runs, as the embedded store starts one.

numpy's `solve` does not (jpype issue 808): it takes the process with it.
"""

from pathlib import Path

import networkx as nx
import numpy as np

from comity.graph.stores import open_store
from comity.queries.fast.engine import MEASURED, compute
from tests.queries.fast.graphs import labelled, networks_of, pacts


def test_the_engine_runs_beside_an_open_embedded_store(tmp_path: Path) -> None:
    graphs = [pacts(190, number, 1) for number in range(60, 100)]
    graphs += [labelled(nx.barbell_graph(20, 160)), labelled(nx.gnm_random_graph(700, 4_000, seed=1))]
    networks = networks_of(graphs)
    before = compute(networks, MEASURED)
    with open_store(str(tmp_path / "store")) as store:
        store.revision()
        for name, values in compute(networks, MEASURED).items():
            np.testing.assert_array_equal(values, before[name])
