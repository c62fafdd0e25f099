import doctest
from itertools import combinations
from types import ModuleType
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.errors import UnknownName
from comity.queries.measures import ALIASES, MEASURES, cohesion, measure_of, partners, paths, spectral
from comity.queries.measures.spectral import SAME_EIGENVALUE
from comity.queries.networks import Network

# Published or worked by hand: the kite's values by its author (Krackhardt 1990) where he gives them.
KITE = {
    "degree": [4, 4, 3, 6, 3, 5, 5, 3, 2, 1],
    "core": [3, 3, 3, 3, 3, 3, 3, 2, 1, 1],
    # 0-8-36 paths: the bridge to the tail is where the paths run, not the well tied node 3.
    "betweenness": [
        0.8333 / 36,
        0.8333 / 36,
        0.0,
        3.6667 / 36,
        0.0,
        8.3333 / 36,
        8.3333 / 36,
        14 / 36,
        8 / 36,
        0.0,
    ],
    "clustering": [4 / 6, 4 / 6, 1.0, 8 / 15, 1.0, 5 / 10, 5 / 10, 1 / 3, 0.0, 0.0],
}


def named(graph: "nx.Graph[Any]") -> Network:
    """The graph with texts for nodes."""
    return nx.relabel_nodes(graph, str)


@pytest.mark.parametrize("name", KITE)
def test_krackhardts_kite(name: str) -> None:
    values = measure_of(name).function(named(nx.krackhardt_kite_graph()))
    assert list(values.values()) == pytest.approx(KITE[name], abs=5e-6)


def test_florentine_families() -> None:
    graph: Network = nx.florentine_families_graph()
    degree, core = MEASURES["degree"].function(graph), MEASURES["core"].function(graph)
    assert (degree["Medici"], degree["Strozzi"], degree["Pazzi"]) == (6, 4, 1)
    assert (core["Medici"], core["Pazzi"]) == (2, 1)
    # Padgett's marriages: the Medici stand between just over half of all pairs, 47.5 of 91.
    assert MEASURES["betweenness"].function(graph)["Medici"] == pytest.approx(47.5 / 91)
    # One step to six, two steps to five, three steps to three.
    assert MEASURES["harmonic"].function(graph)["Medici"] == pytest.approx(6 + 5 / 2 + 3 / 3)


@pytest.mark.parametrize(
    "graph", [nx.krackhardt_kite_graph(), nx.florentine_families_graph()], ids=["kite", "florence"]
)
def test_networkx_gives_the_same_on_connected_graphs(graph: "nx.Graph[Any]") -> None:
    network = named(graph)
    assert MEASURES["eigenvector"].function(network) == pytest.approx(
        nx.eigenvector_centrality(network, tol=1e-10, max_iter=1000)
    )
    assert MEASURES["harmonic"].function(network) == pytest.approx(nx.harmonic_centrality(network))


def test_pagerank_of_a_star_by_hand() -> None:
    # hub = 0.15/4 + 0.85 * 3 leaf, leaf = 0.15/4 + 0.85 hub/3: hub = (0.0375 + 0.095625) / (1 - 0.7225).
    values = MEASURES["pagerank"].function(named(nx.star_graph(3)))
    assert values["0"] == pytest.approx(0.133125 / 0.2775, rel=1e-14)
    assert sum(values.values()) == pytest.approx(1, rel=1e-14)


def test_pagerank_does_not_weigh_ties() -> None:
    graph: Network = nx.Graph()
    graph.add_edge("A", "B", weight=5)
    graph.add_edge("B", "C", weight=1)
    values = MEASURES["pagerank"].function(graph)
    assert values["A"] == pytest.approx(values["C"], rel=1e-14)


def dense_eigenvector(graph: Network) -> dict[str, float]:
    """The definition, word for word, on the whole adjacency matrix."""
    matrix = nx.to_numpy_array(graph, weight="")
    values, vectors = np.linalg.eigh((matrix != 0).astype(float))
    leading = vectors[:, values >= values[-1] - SAME_EIGENVALUE * max(1.0, values[-1])]
    projected = leading @ (leading.T @ np.ones(len(graph)))
    return dict(zip(graph, projected / np.linalg.norm(projected), strict=True))


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(
    st.just(n), st.sets(st.sampled_from(list(combinations(range(n), 2)) or [(0, 0)]), max_size=20))))  # fmt: skip
def test_eigenvector_is_the_projection_on_any_graph(drawn: tuple[int, set[tuple[int, int]]]) -> None:
    size, edges = drawn
    graph: Network = nx.Graph()
    graph.add_nodes_from(map(str, range(size)))
    graph.add_edges_from((str(left), str(right)) for left, right in sorted(edges) if left != right)
    values = MEASURES["eigenvector"].function(graph)
    assert values == pytest.approx(dense_eigenvector(graph), abs=1e-6)
    assert min(values.values()) >= 0
    assert sum(value**2 for value in values.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        # Two triangles share the eigenvalue 2; the pair beside them has 1.
        (nx.disjoint_union_all([nx.complete_graph(3), nx.complete_graph(3), nx.complete_graph(2)]), [6**-0.5] * 6 + [0] * 2),
        # A square and a triangle are different graphs with one eigenvalue, 2: each gets its ones.
        (nx.disjoint_union(nx.cycle_graph(4), nx.complete_graph(3)), [7**-0.5] * 7),
        # A star of four leaves has 2 as well: hub 1/sqrt 2, leaves half of it; ones onto it: (2 + sqrt 2) / 2.
        (nx.star_graph(4), [0.5**0.5] + [8**-0.5] * 4),
        (nx.empty_graph(4), [0.5] * 4),
        (nx.empty_graph(0), []),
    ],
    ids=["two triangles", "square and triangle", "star", "no ties", "nobody"],
)  # fmt: skip
def test_eigenvector_by_hand(graph: "nx.Graph[Any]", expected: list[float]) -> None:
    values = MEASURES["eigenvector"].function(named(graph))
    assert list(values.values()) == pytest.approx(expected)


@pytest.mark.parametrize(("clique", "chain"), [(10, 14), (20, 12)])
def test_cliques_at_the_ends_of_a_long_chain_are_alike(clique: int, chain: int) -> None:
    # The two largest eigenvalues differ by less than rounding, so that one eigenvector alone may leave out either clique.
    graph = named(nx.barbell_graph(clique, chain))
    values = MEASURES["eigenvector"].function(graph)
    assert values == pytest.approx(dense_eigenvector(graph), abs=1e-6)
    in_order = list(values.values())
    assert in_order == pytest.approx(in_order[::-1], abs=1e-9)
    assert in_order[: clique - 1] == pytest.approx([in_order[0]] * (clique - 1), abs=1e-9)
    assert min(in_order) >= 0
    assert sum(value**2 for value in in_order) == pytest.approx(1)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_of_nobody_is_nothing(name: str) -> None:
    assert measure_of(name).function(nx.Graph()) == {}


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_names_every_actor_in_order(name: str) -> None:
    graph: Network = nx.Graph([("C", "A"), ("D", "B")])
    graph.add_node("E")
    assert list(measure_of(name).function(graph)) == ["C", "A", "D", "B", "E"]


@pytest.mark.parametrize("alias", ALIASES)
def test_other_names(alias: str) -> None:
    assert measure_of(alias) is MEASURES[ALIASES[alias]]


def test_an_unknown_measure_lists_those_there_are() -> None:
    with pytest.raises(UnknownName, match=r"there is no measure 'fame'; choose from: degree, .*clustering"):
        measure_of("fame")


@pytest.mark.parametrize(
    "module", [partners, paths, spectral, cohesion], ids=lambda module: module.__name__.rpartition(".")[2]
)
def test_the_examples_in_the_docstrings(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_says_what_it_is(name: str) -> None:
    text = measure_of(name).function.__doc__ or ""
    assert all(
        f"{section}\n    ---" in text
        for section in ("Parameters", "Returns", "Notes", "References", "Examples")
    )


def test_closeness_by_hand() -> None:
    # The Medici reach all fourteen others, six in one step, five in two and three in three: 25 steps.
    florence = paths.closeness(nx.florentine_families_graph())
    assert florence["Medici"] == pytest.approx(14 / 25)
    # In a component of three of five actors: two others reached in two or three steps, of four.
    graph: Network = nx.Graph([("FRA", "RUS"), ("RUS", "SRB"), ("JPN", "USA")])
    assert paths.closeness(graph) == pytest.approx(
        {"FRA": 2 / 3 * 2 / 4, "RUS": 2 / 2 * 2 / 4, "SRB": 2 / 3 * 2 / 4, "JPN": 1 / 4, "USA": 1 / 4}
    )
    graph.add_node("CHE")
    assert paths.closeness(graph)["CHE"] == 0
    assert paths.closeness(nx.Graph()) == {}


@pytest.mark.parametrize(
    "graph", [nx.krackhardt_kite_graph(), nx.florentine_families_graph(), nx.karate_club_graph()]
)
def test_katz_is_that_of_networkx_at_its_attenuation(graph: "nx.Graph[Any]") -> None:
    network = named(graph)
    largest = np.linalg.eigvalsh(nx.to_numpy_array(nx.Graph(list(network.edges))))[-1]
    expected = nx.katz_centrality(network, alpha=0.85 / largest, tol=1e-12, max_iter=10_000)
    assert spectral.katz(network) == pytest.approx(expected, abs=1e-9)


def test_katz_by_hand() -> None:
    # A pair: alpha = 0.85, both the same; and of three without a tie all are alike.
    assert spectral.katz(nx.Graph([("A", "B")])) == pytest.approx({"A": 0.5**0.5, "B": 0.5**0.5})
    assert list(spectral.katz(nx.empty_graph(3)).values()) == pytest.approx([3**-0.5] * 3)
    # A star of four leaves, alpha = 0.85 / 2: hub = 1 + 4 alpha leaf, leaf = 1 + alpha hub.
    hub = (1 + 4 * 0.425) / (1 - 4 * 0.425**2)
    values = spectral.katz(named(nx.star_graph(4)))
    assert values["0"] / values["1"] == pytest.approx(hub / (1 + 0.425 * hub))
    assert spectral.katz(nx.Graph()) == {}
