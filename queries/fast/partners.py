"""Measures that look no further than an actor's partners: degree and strength."""

import numpy as np

from comity.queries.fast.networks import Networks, Values, positions


def degree(networks: Networks) -> Values:
    """The number of partners."""
    return networks.degrees.astype(np.float64)


def strength(networks: Networks) -> Values:
    """The number of facts shared with partners."""
    found = np.zeros((len(networks), networks.size))
    rows, pairs = positions(networks.tied)
    for end in networks.pairs[pairs].T:
        np.add.at(found, (rows, end), networks.weights[rows, pairs])
    return found
