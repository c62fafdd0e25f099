"""Measures of similarity: against definitions worked pair by pair, and the laws that hold of them."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from comity.graph.errors import UnknownName
from comity.queries.similarity.measures import SIMILARITY_MEASURES, Tables, similarity_measure_of

Portfolio = NDArray[np.int64]

portfolios = st.integers(1, 7).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 3), min_size=n, max_size=n), min_size=2, max_size=4)
)


def value(name: str, one: Portfolio, other: Portfolio, weights: Portfolio | None = None) -> float:
    tables = Tables.of(np.array([one, other]), weights=None if weights is None else weights.astype(float))
    return float(SIMILARITY_MEASURES[name].function(tables)[0, 1])


# The definitions as their authors write them, partner by partner.


def s_by_definition(x: Portfolio, y: Portfolio, power: int) -> float:
    return float(1 - 2 * (np.abs(x - y) ** power).sum() / (3**power * len(x)))


def kappa_by_definition(x: Portfolio, y: Portfolio) -> float:
    below = ((x - x.mean()) ** 2).sum() + ((y - y.mean()) ** 2).sum() + len(x) * (x.mean() - y.mean()) ** 2
    return float(1 - ((x - y) ** 2).sum() / below) if below > 1e-9 else np.nan


def pi_by_definition(x: Portfolio, y: Portfolio) -> float:
    mean = (x.mean() + y.mean()) / 2
    below = ((x - mean) ** 2).sum() + ((y - mean) ** 2).sum()
    return float(1 - ((x - y) ** 2).sum() / below) if below > 1e-9 else np.nan


def tau_b_by_definition(x: Portfolio, y: Portfolio) -> float:
    pairs = list(combinations(range(len(x)), 2))
    alike = sum(np.sign(x[i] - x[j]) * np.sign(y[i] - y[j]) for i, j in pairs)
    ranked = [sum(z[i] != z[j] for i, j in pairs) for z in (x, y)]
    return float(alike / np.sqrt(ranked[0] * ranked[1])) if all(ranked) else np.nan


@given(portfolios)
def test_values_are_those_of_the_definitions(rows: list[list[int]]) -> None:
    tables = Tables.of(np.array(rows))
    for i, j in combinations(range(len(rows)), 2):
        x, y = np.array(rows[i]), np.array(rows[j])
        expected = {
            "s-absolute": s_by_definition(x, y, 1),
            "s-squared": s_by_definition(x, y, 2),
            "tau-b": tau_b_by_definition(x, y),
            "kappa": kappa_by_definition(x, y),
            "pi": pi_by_definition(x, y),
        }
        found = {name: measure.function(tables)[i, j] for name, measure in SIMILARITY_MEASURES.items()}
        assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)


@given(portfolios)
def test_they_are_symmetric_and_one_of_equal_portfolios(rows: list[list[int]]) -> None:
    tables = Tables.of(np.array(rows))
    for measure in SIMILARITY_MEASURES.values():
        values = measure.function(tables)
        assert np.allclose(values, values.T, atol=1e-12, equal_nan=True)
        assert np.allclose(np.diag(values)[~np.isnan(np.diag(values))], 1, atol=1e-12)


@given(portfolios)
def test_a_weight_of_two_is_that_partner_twice_in_whatever_order(rows: list[list[int]]) -> None:
    once = np.array(rows)
    twice = np.repeat(once, 2, axis=1)[:, ::-1]
    for measure in SIMILARITY_MEASURES.values():
        by_weight = measure.function(Tables.of(once, weights=np.full(once.shape[1], 2.0)))
        assert np.allclose(by_weight, measure.function(Tables.of(twice)), atol=1e-9, equal_nan=True)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=12))
def test_of_binary_ties_kappa_and_pi_are_the_nominal_ones_and_s_is_one(pairs: list[tuple[int, int]]) -> None:
    table = np.array(pairs).T
    tables = Tables.of(table, strongest=1)
    agreed = float((table[0] == table[1]).mean())
    shares = table.mean(axis=1)
    chance = {
        "kappa": float(shares.prod() + (1 - shares).prod()),
        "pi": float(shares.mean() ** 2 + (1 - shares.mean()) ** 2),
    }
    for name, by_chance in chance.items():
        expected = (agreed - by_chance) / (1 - by_chance) if by_chance < 1 - 1e-9 else np.nan
        found = float(SIMILARITY_MEASURES[name].function(tables)[0, 1])
        assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)
    assert value_of(tables, "s-absolute") == pytest.approx(value_of(tables, "s-squared"))
    assert value_of(tables, "s-absolute") == pytest.approx(2 * agreed - 1)


def value_of(tables: Tables, name: str) -> float:
    return float(SIMILARITY_MEASURES[name].function(tables)[0, 1])


def test_a_weight_of_nothing_leaves_a_partner_out() -> None:
    one, other = np.array([3, 3, 0, 2]), np.array([3, 0, 0, 1])
    without = np.array([0, 2, 3])
    for name in SIMILARITY_MEASURES:
        found = value(name, one, other, np.array([1, 0, 1, 1]))
        assert found == pytest.approx(value(name, one[without], other[without]))


def test_what_ranks_nobody_or_cannot_differ_has_no_value() -> None:
    alike = np.array([3, 3])
    assert np.isnan(value("tau-b", alike, np.array([3, 0])))
    assert np.isnan(value("kappa", alike, alike))
    assert np.isnan(value("pi", alike, alike))
    assert value("s-absolute", alike, alike) == 1
    assert np.isnan(value("s-absolute", alike, alike, np.array([0, 0])))


def test_an_unknown_measure_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="s-absolute, s-squared, tau-b, kappa, pi"):
        similarity_measure_of("affinity")
