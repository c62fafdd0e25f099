import doctest
from itertools import combinations
from types import ModuleType
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.errors import InputError, UnknownName
from comity.queries.measures import (
    MEASURES,
    brokerage,
    cohesion,
    measure_of,
    multilateral,
    partners,
    paths,
    spectral,
)
from comity.queries.measures.spectral import KATZ_SHARE, SAME_EIGENVALUE, katz
from comity.queries.networks import Network
from tests.queries.networks import drawn_networks, named

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


@pytest.mark.parametrize(
    ("alpha", "end", "middle"),
    # The values that networkx's own tests have for a chain of three.
    [(0.1, 0.5598852584, 0.6107839183), (0.3, 0.5333964609, 0.6564879519), (0.6, 0.5069794004, 0.6970966756)],
)
def test_katz_of_a_chain(alpha: float, end: float, middle: float) -> None:
    values = katz(nx.path_graph(["A", "B", "C"]), share=alpha * 2**0.5)
    assert values == pytest.approx({"A": end, "B": middle, "C": end})


@pytest.mark.parametrize(
    "graph",
    [nx.krackhardt_kite_graph(), nx.florentine_families_graph(), nx.karate_club_graph(), nx.star_graph(4)],
    ids=["kite", "florence", "karate", "star"],
)
def test_katz_is_that_of_networkx_at_the_same_alpha(graph: "nx.Graph[Any]") -> None:
    network = named(graph)
    largest = np.linalg.eigvalsh(nx.to_numpy_array(network, weight=""))[-1]
    theirs = nx.katz_centrality(network, alpha=KATZ_SHARE / largest, max_iter=10_000, tol=1e-12)
    assert MEASURES["katz"].function(network) == pytest.approx(theirs, abs=1e-9)


def test_katz_is_defined_where_a_fixed_alpha_diverges() -> None:
    clique: Network = named(nx.complete_graph(30))
    with pytest.raises(nx.PowerIterationFailedConvergence):
        nx.katz_centrality(clique)
    assert MEASURES["katz"].function(clique) == pytest.approx(dict.fromkeys(clique, 30**-0.5))


def test_katz_counts_every_component_at_the_alpha_of_the_densest() -> None:
    # A triangle (eigenvalue 2) and a pair: alpha is 1/4, and walks sum to 1/(1 - 2/4) = 2 and 1/(1 - 1/4) = 4/3.
    values = MEASURES["katz"].function(named(nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(2))))
    norm = (3 * 2**2 + 2 * (4 / 3) ** 2) ** 0.5
    assert list(values.values()) == pytest.approx([2 / norm] * 3 + [4 / 3 / norm] * 2)
    assert MEASURES["katz"].function(named(nx.empty_graph(4))) == dict.fromkeys("0123", 0.5)


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_katz_beyond_its_range_is_refused(share: float) -> None:
    with pytest.raises(InputError, match=r"give one from 0 to below 1"):
        katz(nx.path_graph(["A", "B"]), share)


def test_subgraph_centrality_as_networkx_has_it() -> None:
    # The graph and values of networkx's own tests.
    graph: Network = nx.Graph(
        [("Franck", "Aric"), ("Aric", "Dan"), ("Dan", "Albert"), ("Albert", "Franck"), ("Dan", "1")]
    )
    assert MEASURES["subgraph"].function(graph) == pytest.approx(
        {
            "Franck": 2.3876142275,
            "Aric": 2.4368257358,
            "Dan": 3.1306328496,
            "Albert": 2.4368257358,
            "1": 1.6445956054,
        }
    )
    # The Estrada index of the karate club is the sum over its members.
    values = MEASURES["subgraph"].function(named(nx.karate_club_graph()))
    assert sum(values.values()) == pytest.approx(1041.2470334195475)


def test_subgraph_centrality_of_a_clique_by_hand() -> None:
    # Eigenvalues 3, -1, -1, -1: (e^3 + 3/e) / 4 each.
    values = MEASURES["subgraph"].function(named(nx.complete_graph(4)))
    assert list(values.values()) == pytest.approx([(np.exp(3) + 3 / np.exp(1)) / 4] * 4)


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


@pytest.mark.parametrize("name", MEASURES)
@given(graph=drawn_networks(), order=st.permutations("ABCDEFGHI"))
def test_other_names_for_actors_permute_the_values(name: str, graph: Network, order: list[str]) -> None:
    renamed = dict(zip("ABCDEFGHI", order, strict=True))
    values = MEASURES[name].function(graph)
    permuted = MEASURES[name].function(nx.relabel_nodes(graph, renamed))
    assert permuted == pytest.approx({renamed[actor]: value for actor, value in values.items()}, rel=1e-7)


LOCAL = (
    "degree",
    "strength",
    "core",
    "clustering",
    "harmonic",
    "constraint",
    "effective-size",
    "subgraph",
    "facts",
)
"""Measures of which a lone actor changes nobody's value: the others divide by the number of actors, or share out a whole."""


@pytest.mark.parametrize("name", MEASURES)
@given(graph=drawn_networks())
def test_a_lone_actor_changes_what_it_should(name: str, graph: Network) -> None:
    before = MEASURES[name].function(graph)
    more = graph.copy()
    more.add_node("Z")
    after = MEASURES[name].function(more)
    alone = after.pop("Z")
    if name in (*LOCAL, "eigenvector"):
        assert after == pytest.approx(before, rel=1e-9, abs=1e-12)
    if name in ("pagerank", "collaboration", "katz"):
        # All lose in the same proportion.
        left = 1 - alone if name != "katz" else (1 - alone**2) ** 0.5
        assert after == pytest.approx({actor: value * left for actor, value in before.items()})
    if name == "betweenness":
        pairs = (len(graph) - 1) * (len(graph) - 2) / (len(graph) * (len(graph) - 1))
        assert after == pytest.approx({actor: value * pairs for actor, value in before.items()})


@given(
    graph=drawn_networks(), pair=st.lists(st.sampled_from("ABCDEFGHI"), min_size=2, max_size=2, unique=True)
)
def test_a_further_tie_adds_one_partner_on_each_side(graph: Network, pair: list[str]) -> None:
    graph.add_nodes_from(pair)
    before = MEASURES["degree"].function(graph)
    added = not graph.has_edge(*pair)
    graph.add_edge(*pair, facts=("new",))
    assert MEASURES["degree"].function(graph) == {
        actor: value + (added and actor in pair) for actor, value in before.items()
    }


@pytest.mark.parametrize("name", [name for name, measure in MEASURES.items() if measure.grows])
@given(
    graph=drawn_networks(), pair=st.lists(st.sampled_from("ABCDEFGHI"), min_size=2, max_size=2, unique=True)
)
def test_a_measure_that_grows_never_loses_by_a_tie(name: str, graph: Network, pair: list[str]) -> None:
    graph.add_nodes_from(pair)
    before = MEASURES[name].function(graph)
    facts = graph.edges[pair[0], pair[1]]["facts"] if graph.has_edge(*pair) else ()
    graph.add_edge(*pair, weight=len(facts) + 1, facts=(*facts, "new"))
    after = MEASURES[name].function(graph)
    assert all(after[actor] >= value * (1 - 1e-12) for actor, value in before.items())


@pytest.mark.parametrize(
    ("alias", "name"), [(alias, measure.name) for measure in MEASURES.values() for alias in measure.aliases]
)
def test_other_names(alias: str, name: str) -> None:
    assert measure_of(alias) is MEASURES[name]


def test_an_unknown_measure_lists_those_there_are() -> None:
    with pytest.raises(UnknownName, match=r"there is no measure 'fame'; choose from: degree, .*clustering"):
        measure_of("fame")


@pytest.mark.parametrize(
    "module",
    [partners, paths, spectral, cohesion, brokerage, multilateral],
    ids=lambda module: module.__name__.rpartition(".")[2],
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
