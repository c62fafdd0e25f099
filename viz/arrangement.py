"""The second view: where actors and pacts stand when closeness means ties and not kilometres.

A force-directed layout in the spirit of LinLog (A. Noack 2009) and ForceAtlas2 (M. Jacomy and others 2014): what is tied attracts, by
the logarithm of the distance, so that blocs come together and stand apart from each other; everything repels everything, by how much
it is tied. It begins where actors stand on the map and moves without any chance, so that equal histories give equal pictures and
America is still to be looked for on the left.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from comity.graph.dates import When
from comity.graph.ties import Tie
from comity.viz.projection import Spot

WIDTH, HEIGHT = 7200, 4000
"""Units of the page that the layout fills."""

_ROUNDS = 320
_PULL = 20.0  # of a tie, against the push of what has none
_GRAVITY = 0.4  # to the middle, so that what has few ties does not leave the page
_OTHER_TIME = 0.08  # what a tie of another day pulls
_MEMBERSHIP = 0.5  # what a membership pulls: there are many
_ROOM = 95.0  # units that two marks keep between them

_Places = NDArray[np.float64]


def arrange(
    ties: Iterable[Tie], as_of: When, actors: Mapping[str, Spot], pacts: Mapping[str, Spot]
) -> dict[str, tuple[int, int]]:
    """A place for each actor and pact, by its id; the ties of the day count for most."""
    names = [*actors, *pacts]
    numbers = {name: number for number, name in enumerate(names)}
    start = np.array([(spot.x, spot.y) for spot in (*actors.values(), *pacts.values())], dtype=float)
    if not names:
        return {}
    found = _fitted(_moved(start, _weights(ties, as_of, numbers, pacts)))
    return {name: (round(x), round(y)) for name, (x, y) in zip(names, found.tolist(), strict=True)}


def _weights(
    ties: Iterable[Tie], as_of: When, numbers: Mapping[str, int], pacts: Mapping[str, Spot]
) -> NDArray[np.float64]:
    """How strongly each two pull each other. A pact stands between its parties and pulls each of them."""
    weights = np.zeros((len(numbers), len(numbers)))
    first, last = as_of.earliest_begin, as_of.latest_end
    for tie in ties:
        now = tie.in_effect and tie.when.possibly_within(first, last)
        pull = (1.0 if now else _OTHER_TIME) * (_MEMBERSHIP if tie.kind == "membership" else 1.0)
        ends = (
            ((tie.left, tie.fact), (tie.right, tie.fact)) if tie.fact in pacts else ((tie.left, tie.right),)
        )
        for one, other in ends:
            left, right = numbers[one], numbers[other]
            weights[left, right] = weights[right, left] = max(weights[left, right], pull)
    return weights


def _moved(start: _Places, weights: NDArray[np.float64]) -> _Places:
    """The places after all rounds; each may move less than in the one before."""
    # A trace of the number keeps those apart that begin at one place.
    x, y = (start / 650 + np.arange(len(start))[:, None] * 1e-6).T
    mass = 1 + weights.sum(axis=1)
    masses, pulls = np.outer(mass, mass), _PULL * weights
    for done in range(_ROUNDS):
        cool = 1 - done / _ROUNDS
        dx, dy = x[:, None] - x, y[:, None] - y
        square = dx * dx + dy * dy + 1e-4
        distance = np.sqrt(square)
        force = masses / square - pulls * np.log1p(distance) / distance
        fx = (force * dx).sum(axis=1) / mass - _GRAVITY * x
        fy = (force * dy).sum(axis=1) / mass - _GRAVITY * y
        length = np.maximum(np.hypot(fx, fy), 1e-9)
        step = np.minimum(0.5 * length, cool + 0.02) / length * cool
        x, y = x + step * fx, y + step * fy
    return np.stack((x, y), axis=1)


def _fitted(places: _Places) -> _Places:
    """Set into the page, the few outermost drawn in, and no two marks on each other."""
    middle = np.median(places, axis=0)
    low, high = np.percentile(places, (3, 97), axis=0)
    half = np.maximum(np.maximum(high - middle, middle - low), 1e-9)
    # Up to the bulk's edge nearly as they are; beyond it ever less, so that nothing is far away.
    scaled = (places - middle) / half
    drawn = np.where(
        np.abs(scaled) > 0.8, np.sign(scaled) * (0.8 + 0.4 * np.tanh((np.abs(scaled) - 0.8) / 0.4)), scaled
    )
    apart = drawn * (WIDTH / 2.4, HEIGHT / 2.4)
    for _ in range(40):
        dx, dy = (apart[:, None, axis] - apart[:, axis] for axis in (0, 1))
        distance = np.sqrt(dx * dx + dy * dy) + np.eye(len(apart)) * 1e9
        push = np.where(distance < _ROOM, (_ROOM - distance) / (2 * np.maximum(distance, 1.0)), 0.0)
        apart = apart + np.stack(((push * dx).sum(axis=1), (push * dy).sum(axis=1)), axis=1) * 0.5
    result: _Places = apart
    return result
