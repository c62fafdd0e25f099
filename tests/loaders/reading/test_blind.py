"""How well sentences are read that somebody wrote who had not seen the rules: history and news, two thirds of them without facts.

The reader had F1 0.62 in the first set and 0.75 in the second when it first read them. Rules were then mended by what the first showed;
of the second only the figure was looked at. Keep it so: read none of its failures, or it tells nothing any more.
"""

import pytest

from benchmarks.reader import BLIND, blind_scores
from comity.loaders.reading.language import reader

FLOORS = {"blind_used": 0.88, "blind_kept": 0.8}


@pytest.mark.parametrize("name", BLIND)
def test_the_floor_is_held(name: str) -> None:
    _, _, f1 = blind_scores(name, reader())
    assert round(f1, 3) >= FLOORS[name]
