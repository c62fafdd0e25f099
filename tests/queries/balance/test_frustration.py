"""The frustration index: published values, every division tried, and the laws that hold."""

import random
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.queries.balance import frustration as module
from comity.queries.balance.frustration import frustration
from comity.queries.balance.signed import SignedNetwork
from tests.queries.balance.networks import tribes
from tests.queries.balance.test_degrees import of, signed


def least_of_all_divisions(network: SignedNetwork) -> int:
    return min(
        int((network.signs * np.array((1, *sides))[network.pairs].prod(axis=1) < 0).sum())
        for sides in product((1, -1), repeat=len(network.actors) - 1)
    )


def test_the_highland_tribes_have_the_published_value() -> None:
    found = frustration(tribes())
    assert (found.lower, found.upper, found.ties, found.exact) == (7, 7, 58, True)
    assert found.balance == pytest.approx(0.7586207, abs=5e-8)
    assert len(found.frustrated) == 7


def test_a_square_with_one_foe_has_one_tie_against_it_though_it_has_no_triangle() -> None:
    found = frustration(of("ab bc cd", "ad"))
    assert (found.lower, found.upper, found.balance) == (1, 1, 0.5)


@given(signed(10))
def test_it_is_the_least_of_all_divisions_and_its_division_attains_it(network: SignedNetwork) -> None:
    if not network.actors:
        return
    found = frustration(network)
    assert found.exact
    assert found.upper == least_of_all_divisions(network)
    against = np.flatnonzero(network.signs * found.sides[network.pairs].prod(axis=1) < 0)
    assert found.frustrated == tuple(against.tolist())
    assert len(against) == found.upper


@given(signed(), st.data())
def test_switching_an_actors_signs_changes_nothing(network: SignedNetwork, data: st.DataObject) -> None:
    if network.actors:
        actor = data.draw(st.integers(0, len(network.actors) - 1))
        switched = np.where((network.pairs == actor).any(axis=1), -network.signs, network.signs)
        other = SignedNetwork(network.actors, network.pairs, switched)
        assert frustration(other).upper == frustration(network).upper


@given(signed())
def test_friends_only_are_balanced(network: SignedNetwork) -> None:
    friends = SignedNetwork(network.actors, network.pairs, np.abs(network.signs))
    found = frustration(friends)
    assert (found.lower, found.upper, found.frustrated) == (0, 0, ())
    assert (found.sides == 1).all()


def at_random(actors: int, seed: int) -> SignedNetwork:
    chance = random.Random(seed)
    names = [f"A{number:02}" for number in range(actors)]
    return SignedNetwork.of({pair: chance.choice((1, -1)) for pair in combinations(names, 2)})


def test_where_programming_does_not_settle_it_all_divisions_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network = at_random(13, 3)
    usual = frustration(network)
    monkeypatch.setattr(module, "ROUNDS", 1)
    assert frustration(network).lower == frustration(network).upper == usual.upper


def test_beyond_its_size_there_are_two_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    network = at_random(13, 3)
    index = frustration(network).upper
    monkeypatch.setattr(module, "EXACT_ACTORS", 5)
    found = frustration(network, exact_ties=10)
    assert 0 < found.lower < index <= found.upper
    assert not found.exact
    assert found.balance == 1 - 2 * found.upper / found.ties


def test_whole_ties_are_asked_for_where_parts_do_not_settle_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXACT_ACTORS", 5)
    found = frustration(of("", "ab ac ad ae bc bd be cd ce de"))  # five mutual foes: 2 and 3 make 1 + 3
    assert (found.lower, found.upper) == (4, 4)


def test_the_same_network_gives_the_same_division() -> None:
    network = at_random(14, 1)
    assert (frustration(network).sides == frustration(network).sides).all()
