import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from comity.queries.doubt.model import Choices, Term, everything, extremes, sampled
from comity.queries.measures import MEASURES, measure_of
from comity.queries.ranks import ranked, ranks
from tests.queries.doubt.networks import open_networks, rows, settled, values


@pytest.mark.parametrize("name", MEASURES)
@given(choices=open_networks())
@settings(max_examples=40)
def test_values_are_those_of_each_settlement_alone(name: str, choices: Choices) -> None:
    measure = measure_of(name)
    settlements = everything(choices.number)
    found = values(measure, choices, settlements)
    for row, graph in zip(found, rows(choices, settlements), strict=True):
        plain = measure.function(graph)
        expected = [plain.get(actor, 0.0) for actor in choices.actors]
        np.testing.assert_allclose(row, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", MEASURES)
def test_values_of_a_network_of_the_size_of_the_world(name: str, seed: int) -> None:
    chance = np.random.default_rng(seed)
    size, number = 90, 40
    graph = nx.gnm_random_graph(size, 400, seed=seed)
    pairs = tuple((min(edge), max(edge)) for edge in graph.edges)
    # Some pacts are open as a whole, a few pairs alone; the rest is certain. One component stands apart.
    pacts = chance.integers(-60, number, len(pairs))
    terms = [Term(at, at, ((int(pact), True),)) for at, pact in enumerate(pacts) if pact >= 0]
    sure = {(at, at) for at, pact in enumerate(pacts) if pact < 0}
    actors = tuple(f"A{place:03}" for place in range(size + 4))
    pairs += ((size, size + 1), (size + 1, size + 2), (size, size + 2), (size + 2, size + 3))
    sure |= {(at, at) for at in range(len(pacts), len(pairs))}
    choices = Choices(actors, pairs, frozenset(sure), tuple(terms), number)
    settlements = np.concatenate([extremes(choices), sampled(choices, 12, seed)])
    measure = measure_of(name)
    found = values(measure, choices, settlements)
    for row, network in zip(found, rows(choices, settlements), strict=True):
        plain = measure.function(network)
        np.testing.assert_allclose(row, [plain.get(actor, 0.0) for actor in actors], rtol=0, atol=1e-8)


def test_the_leading_eigenvalue_may_be_shared() -> None:
    triangles = ((0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5))
    # The choice closes the second triangle, and only then have both the same eigenvalue.
    sure = frozenset((at, at) for at in range(5))
    choices = Choices(tuple("ABCDEF"), triangles, sure, (Term(5, 5, ((0, True),)),), 1)
    found = values(measure_of("eigenvector"), choices, everything(1))
    third, sixth = 1 / np.sqrt(3), 1 / np.sqrt(6)
    np.testing.assert_allclose(found, [[third] * 3 + [0] * 3, [sixth] * 6], atol=1e-9)


@pytest.mark.parametrize(("size", "tails"), [(6, (4, 5)), (8, (4, 5)), (8, (3, 9)), (10, (3, 4))])
def test_eigenvalues_that_cannot_be_told_apart_are_one_as_in_the_plain_measure(
    size: int, tails: tuple[int, int]
) -> None:
    graph = nx.disjoint_union_all([nx.lollipop_graph(size, tail) for tail in tails])
    pairs = tuple((min(edge), max(edge)) for edge in graph.edges)
    actors = tuple(f"A{place:03}" for place in graph)
    choices = Choices(actors, pairs, frozenset((at, at) for at in range(len(pairs))), (), 0)
    measure = measure_of("eigenvector")
    (row,) = values(measure, choices, everything(0))
    plain = measure.function(settled(choices, everything(0)[0]))
    np.testing.assert_allclose(row, [plain[actor] for actor in actors], atol=1e-7)


@given(choices=open_networks())
def test_every_settlement_lies_between_the_extremes(choices: Choices) -> None:
    fewest, most = rows(choices, extremes(choices))
    for graph in rows(choices, everything(choices.number)):
        assert set(fewest.edges) <= set(graph.edges) <= set(most.edges)


@given(choices=open_networks())
def test_ranks_are_those_of_a_plain_ranking(choices: Choices) -> None:
    found = values(measure_of("eigenvector"), choices, everything(choices.number))
    for row, placed in zip(found, ranks(found), strict=True):
        plain = ranked(dict(zip(choices.actors, row.tolist(), strict=True)))
        assert {actor: rank for actor, rank, _ in plain} == dict(zip(choices.actors, placed, strict=True))


def test_a_sample_is_drawn_by_its_seed_alone() -> None:
    choices = Choices(("A", "B"), ((0, 1),), frozenset(), (), 40)
    assert np.array_equal(sampled(choices, 100, 7), sampled(choices, 100, 7))
    assert not np.array_equal(sampled(choices, 100, 7), sampled(choices, 100, 8))
    assert 0.45 < sampled(choices, 1000, 7).mean() < 0.55
