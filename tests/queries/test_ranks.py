"""Ranks of many networks at once are those that a plain loop gives."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from comity.queries.ranks import ranked, ranks

SAME, NOTHING = 0.1, 0.01


def plainly(values: list[float]) -> list[int]:
    found = [0] * len(values)
    best, rank = math.nan, 0
    for place, actor in enumerate(sorted(range(len(values)), key=lambda at: -values[at]), 1):
        if not math.isclose(best, values[actor], rel_tol=SAME, abs_tol=NOTHING):
            best, rank = values[actor], place
        found[actor] = rank
    return found


@given(
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(0, 4), st.integers(0, 8)),
        elements=st.sampled_from([-1.0, 0.0, 0.009, 0.02, 0.5, 0.54, 0.58, 0.62, 1.0, 1.09, math.inf]),
    )
)
def test_many_networks_are_ranked_as_each_alone(values: "np.typing.NDArray[np.float64]") -> None:
    found = ranks(values, same=SAME, nothing=NOTHING)
    assert found.tolist() == [plainly(row) for row in values.tolist()]


def test_infinite_values_are_equal() -> None:
    assert ranked({"B": math.inf, "A": 1.0, "C": math.inf}) == [
        ("B", 1, math.inf),
        ("C", 1, math.inf),
        ("A", 3, 1.0),
    ]


def test_nobody_has_no_rank() -> None:
    assert ranked({}) == []
    assert ranks(np.zeros((2, 0))).shape == (2, 0)
