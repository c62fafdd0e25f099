import networkx as nx
import numpy as np
import pytest

from comity.graph.errors import InputError
from comity.queries.fast import leading, stacks
from comity.queries.fast.engine import compute
from comity.queries.fast.leading import project, project_densely
from comity.queries.fast.networks import Values
from tests.queries.fast.graphs import labelled, networks_of, plainly


@pytest.mark.parametrize("tails", [(4, 5), (3, 9)])
def test_eigenvalues_that_cannot_be_told_apart_are_one_as_in_the_plain_measure(
    tails: tuple[int, int],
) -> None:
    networks = networks_of([labelled(nx.disjoint_union_all([nx.lollipop_graph(8, tail) for tail in tails]))])
    found = compute(networks, ["eigenvector"])["eigenvector"]
    np.testing.assert_allclose(found, plainly("eigenvector", networks), atol=1e-7)


@pytest.mark.parametrize("graph", [nx.barbell_graph(10, 14), nx.path_graph(150)], ids=["barbell", "path"])
def test_what_is_not_found_step_by_step_is_solved_densely(graph: "nx.Graph[int]") -> None:
    networks = networks_of([labelled(graph)])
    found = compute(networks, ["eigenvector"])["eigenvector"]
    np.testing.assert_allclose(found, plainly("eigenvector", networks), atol=1e-6)


def test_both_ways_agree_on_many_matrices_at_once() -> None:
    chance = np.random.default_rng(3)
    matrices = (chance.random((6, 70, 70)) < 0.2).astype(np.float64)
    matrices = np.maximum(matrices, matrices.transpose(0, 2, 1))
    matrices[1] = 0
    matrices[2, :35, 35:] = matrices[2, 35:, :35] = 0

    def product(vectors: Values) -> Values:
        found: Values = np.matmul(matrices, vectors[:, :, np.newaxis])[:, :, 0]
        return found

    start = np.ones((6, 70))
    vectors, largest, found = project(product, start)
    densely, eigenvalues = project_densely(matrices, start)
    assert found.all()
    np.testing.assert_allclose(largest, eigenvalues, atol=1e-11)
    np.testing.assert_allclose(vectors, densely, atol=1e-9)


def test_in_a_large_network_the_method_begins_anew_until_it_has_found_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    networks = networks_of([labelled(nx.lollipop_graph(12, 500))])
    expected = plainly("eigenvector", networks)
    monkeypatch.setattr(stacks, "LARGEST", 0)
    monkeypatch.setattr(leading, "DENSELY", 100)
    monkeypatch.setattr(leading, "_STEPS", 8)
    np.testing.assert_allclose(compute(networks, ["eigenvector"])["eigenvector"], expected, atol=1e-9)


def test_a_large_network_of_which_it_cannot_be_found_is_named() -> None:
    with pytest.raises(InputError, match="of a network of 3000 actors was not found"):
        compute(networks_of([labelled(nx.path_graph(3_000))]), ["eigenvector"])
