"""Triangles and walks: networks worked by hand, a published one, and the laws that hold."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.queries.balance.degrees import Triangles, triangles, walk_balance
from comity.queries.balance.frustration import frustration
from comity.queries.balance.signed import Pair, SignedNetwork
from tests.queries.balance.networks import tribes


@st.composite
def signed(draw: st.DrawFn, most: int = 8) -> SignedNetwork:
    """Some network: each pair positive, negative or not tied."""
    actors = [f"A{number}" for number in range(draw(st.integers(2, most)))]
    signs = {pair: draw(st.sampled_from((1, -1, 0))) for pair in combinations(actors, 2)}
    return SignedNetwork.of({pair: sign for pair, sign in signs.items() if sign})


def of(friends: str, foes: str = "") -> SignedNetwork:
    """`of("ab ac", "bc")`."""
    signs: dict[Pair, int] = {}
    for text, sign in ((friends, 1), (foes, -1)):
        signs |= {(pair[0], pair[1]): sign for pair in text.split()}
    return SignedNetwork.of(signs)


def test_the_highland_tribes_have_the_published_values() -> None:
    network = tribes()
    assert (len(network.actors), len(network.signs)) == (16, 58)
    found = triangles(network)
    assert (found.all_positive + found.two_negative, found.total) == (59, 68)
    assert found.balance == pytest.approx(0.8676471, abs=5e-8)
    assert walk_balance(network) == pytest.approx(0.3575761, abs=5e-8)


def test_the_four_triangles() -> None:
    assert triangles(of("ab ac bc")) == Triangles(1, 0, 0, 0)
    assert triangles(of("ab ac", "bc")) == Triangles(0, 1, 0, 0)
    assert triangles(of("ab", "ac bc")) == Triangles(0, 0, 1, 0)
    assert triangles(of("", "ab ac bc")) == Triangles(0, 0, 0, 1)
    assert triangles(of("ab ac", "bc")).by_sign() == {"+++": 0, "++-": 1, "+--": 0, "---": 0}


def test_without_a_triangle_or_a_tie_there_is_no_degree() -> None:
    assert triangles(of("ab", "bc")).balance is None
    assert walk_balance(of("")) is None
    assert frustration(of("")).balance is None


@given(signed())
def test_triangles_are_those_that_can_be_counted(network: SignedNetwork) -> None:
    signs = {
        frozenset(network.names(tie)): sign for tie, sign in enumerate(network.signs.tolist())
    }  # fmt: skip
    counted = [0, 0, 0, 0]
    for three in combinations(network.actors, 3):
        pairs = [frozenset(pair) for pair in combinations(three, 2)]
        if all(pair in signs for pair in pairs):
            counted[sum(signs[pair] < 0 for pair in pairs)] += 1
    assert list(triangles(network).by_sign().values()) == counted


@given(signed())
def test_a_network_is_balanced_by_walks_where_nothing_is_frustrated(network: SignedNetwork) -> None:
    value = walk_balance(network)
    if value is not None:
        assert 0 < value <= 1
        assert (value > 1 - 1e-9) == (frustration(network).upper == 0)
