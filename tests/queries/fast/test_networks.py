import numpy as np
from hypothesis import given

from comity.queries.fast.networks import Networks, positions
from tests.queries.fast.graphs import panels


@given(networks=panels())
def test_distinct_networks_are_all_there_are_in_their_order(networks: Networks) -> None:
    distinct, where = networks.distinct()
    np.testing.assert_array_equal(distinct.tied[where], networks.tied)
    rows = [row.tobytes() for row in networks.tied]
    assert [row.tobytes() for row in distinct.tied] == list(dict.fromkeys(rows))


@given(networks=panels())
def test_partners_are_counted_from_change_to_change(networks: Networks) -> None:
    expected = np.zeros((len(networks), networks.size))
    for row, tied in enumerate(networks.tied):
        for end in networks.pairs[tied].reshape(-1):
            expected[row, end] += 1
    np.testing.assert_array_equal(networks.degrees, expected)


@given(networks=panels())
def test_positions_are_those_of_numpy(networks: Networks) -> None:
    for found, expected in zip(positions(networks.tied), np.nonzero(networks.tied), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_blocks_are_all_of_the_networks() -> None:
    pairs = np.array([(left, right) for left in range(60) for right in range(left + 1, 60)])
    weights = np.random.default_rng(1).integers(0, 2, (5_000, len(pairs)), dtype=np.int8)
    networks = Networks(tuple(f"{place}" for place in range(60)), pairs, weights)
    blocks = list(networks.blocks())
    assert len(blocks) > 1
    np.testing.assert_array_equal(np.concatenate([block.weights for block in blocks]), weights)
