import doctest
import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.queries import partitions
from comity.queries.partitions import alike


def grouped(*groups: str) -> dict[str, int]:
    return {actor: number for number, group in enumerate(groups) for actor in group}


def test_the_example_in_the_docstring() -> None:
    result = doctest.testmod(partitions)
    assert result.attempted
    assert not result.failed


def test_two_halves_against_three_and_one_by_hand() -> None:
    # Pairs together in both: 1 (ab); in the first 2, in the second 3, of 6: expected 2 x 3 / 6 = 1, so no better than chance.
    found = alike(grouped("ab", "cd"), grouped("abc", "d"))
    assert found is not None
    assert found.adjusted_rand == 0
    # Entropies: ln 2; 3/4 ln 4/3 + 1/4 ln 4; of the cells 2, 1, 1: 1/2 ln 2 + 1/2 ln 4.
    first, second, both = math.log(2), 0.75 * math.log(4 / 3) + 0.25 * math.log(4), 1.5 * math.log(2)
    assert found.variation_of_information == pytest.approx(2 * both - first - second)
    assert found.mutual_information == pytest.approx(2 * (first + second - both) / (first + second))


def test_six_actors_by_hand() -> None:
    # Cells ab, c, d, ef: 2 pairs together in both; 6 and 3 of 15: expected 18/15, at most 4.5.
    found = alike(grouped("abc", "def"), grouped("ab", "cd", "ef"))
    assert found is not None
    assert found.adjusted_rand == pytest.approx((2 - 1.2) / (4.5 - 1.2))


def test_the_extremes() -> None:
    one, whole, single = grouped("ab", "cd"), grouped("abcd"), grouped("a", "b", "c", "d")
    for partition in (one, whole, single):
        found = alike(partition, partition)
        assert found is not None
        assert (found.adjusted_rand, found.mutual_information, found.variation_of_information) == (1, 1, 0)
    found = alike(whole, single)
    assert found is not None
    assert (found.adjusted_rand, found.mutual_information) == (0, 0)
    assert found.variation_of_information == pytest.approx(math.log(4))


def test_only_actors_in_both_count() -> None:
    assert alike(grouped("abx", "cd"), grouped("ab", "cdy")) == alike(
        grouped("ab", "cd"), grouped("ab", "cd")
    )
    assert alike(grouped("ab"), grouped("cd")) is None
    assert alike({}, {}) is None


_PARTITIONS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12)


@given(_PARTITIONS)
def test_the_adjusted_index_is_that_of_counted_pairs(drawn: list[tuple[int, int]]) -> None:
    one = {f"{place}": left for place, (left, _) in enumerate(drawn)}
    other = {f"{place}": right for place, (_, right) in enumerate(drawn)}
    found, back = alike(one, other), alike(other, one)
    assert found is not None
    assert back is not None
    # In the terms of Hubert and Arabie: pairs together in both, in one only, in the other only, apart in both.
    kinds = [(one[a] == one[b], other[a] == other[b]) for a, b in combinations(one, 2)]
    a, b, c, d = (kinds.count(kind) for kind in ((True, True), (True, False), (False, True), (False, False)))
    below = (a + b) * (b + d) + (a + c) * (c + d)
    assert found.adjusted_rand == pytest.approx(2 * (a * d - b * c) / below if below else 1.0)
    assert found.variation_of_information == pytest.approx(back.variation_of_information)
    assert 0 <= found.variation_of_information <= math.log(len(one)) + 1e-12
    assert -1e-12 <= found.mutual_information <= 1 + 1e-12
