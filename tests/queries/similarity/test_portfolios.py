"""Portfolios: who is a state of the system, what counts as which commitment, and who is committed."""

from datetime import date

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.graph.loading import load
from comity.graph.slices import Question, take
from comity.graph.stores import Store
from comity.queries.similarity.portfolios import Portfolios, portfolios, states_between
from tests.graph.facts import reading, stated
from tests.graph.test_parties import pledging

TOLD = [
    stated("pact", "FRA RUS", ["in_force 1894/1917"], types=["defence", "consultation"]),
    stated("entente", "FRA GBR", ["in_force 1904-04-08/.."], types=["entente"]),
    stated("rest", "GBR RUS", ["in_force 1907-08-31/1917"], types=["nonaggression", "trade"]),
    stated("trade", "GBR DEU", ["in_force 1900/.."], types=["trade"]),
    pledging(stated("one-sided", "DEU BEL", ["in_force 1900/1914"], types=[]), DEU="neutrality", BEL=""),
    stated("late", "DEU TUR", ["in_force 1914-08-02/1918"]),
    stated("colony", "GBR IND", ["in_force 1900/1947"]),
]


def commitment(found: Portfolios, one: str, other: str) -> int:
    return int(found.commitments[found.place(one), found.place(other)])


@pytest.fixture
def loaded(store: Store) -> Store:
    load(store, reading(TOLD))
    return store


def test_the_strongest_commitment_counts_and_each_state_is_its_own_ally(loaded: Store) -> None:
    found = portfolios(take(loaded, Question(as_of=When.parse("1914"))))
    assert len(found.states) == 45
    assert commitment(found, "FRA", "RUS") == commitment(found, "RUS", "FRA") == 3
    assert commitment(found, "FRA", "GBR") == 1
    assert commitment(found, "GBR", "RUS") == 2
    assert commitment(found, "GBR", "DEU") == 0
    assert all(commitment(found, state, state) == 3 for state in found.states)
    assert found.left_out == ("IND",)


def test_a_pledge_of_one_side_is_in_its_portfolio_only(loaded: Store) -> None:
    found = portfolios(take(loaded, Question(as_of=When.parse("1913"))))
    assert (commitment(found, "DEU", "BEL"), commitment(found, "BEL", "DEU")) == (2, 0)


def test_types_that_are_asked_for_are_all_that_count(loaded: Store) -> None:
    found = portfolios(take(loaded, Question(types=("consultation",), as_of=When.parse("1900"))))
    assert commitment(found, "FRA", "RUS") == 1


def test_the_convention_is_that_of_the_question(loaded: Store) -> None:
    year = When.parse("1914")
    assert commitment(portfolios(take(loaded, Question(as_of=year))), "DEU", "TUR") == 3
    first = portfolios(take(loaded, Question(as_of=year, convention="first-day")))
    assert commitment(first, "DEU", "TUR") == 0


def test_a_state_that_comes_in_the_year_has_a_portfolio_by_its_days(loaded: Store) -> None:
    year = When.parse("1947")  # Pakistan is a state of the system since 14 August
    assert "PAK" in portfolios(take(loaded, Question(as_of=year))).states
    assert "PAK" not in portfolios(take(loaded, Question(as_of=year, convention="first-day"))).states


def test_any_commitment_as_one(loaded: Store) -> None:
    found = portfolios(take(loaded, Question(as_of=When.parse("1914")))).binary()
    assert (found.strongest, int(found.commitments.max())) == (1, 1)
    assert commitment(found, "FRA", "GBR") == commitment(found, "FRA", "FRA") == 1


@pytest.mark.parametrize(
    ("year", "number"),
    [(1816, 23), (1914, 45), (1938, 66), (1950, 75), (1980, 156), (2000, 191), (2011, 195)],
)
def test_the_states_of_the_system_are_those_published(year: int, number: int) -> None:
    assert len(states_between(date(year, 1, 1), date(year, 12, 31))) == number


def test_what_is_no_commitment_is_refused(loaded: Store) -> None:
    with pytest.raises(InputError, match="trade is no commitment on the scale"):
        portfolios(take(loaded, Question(types=("trade",), as_of=When.parse("1914"))))
    with pytest.raises(InputError, match="ask for the layer agreement alone"):
        portfolios(take(loaded, Question(layers=("drill",), as_of=When.parse("1914"))))
    with pytest.raises(InputError, match="POL is no state"):
        portfolios(take(loaded, Question(as_of=When.parse("1900")))).place("POL")
