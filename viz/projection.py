"""From latitude and longitude to the page: the Equal Earth projection, in whole units of the page.

Equal Earth (Šavrič, Patterson and Jenny 2018) shows every area at its true proportion, so that the north is not swollen. The page
is cut at 169° west, in the Bering Strait, where the cut goes through no mainland.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

WIDTH = 8000
"""Units of the page from edge to edge on the equator: one unit is about five kilometres there."""

MIDDLE = 11.0
"""The meridian in the middle of the page, degrees east."""

NORTH, SOUTH = 84.0, -60.0
"""The parallels at which the page ends; nothing that has relations lies beyond."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796  # the projection's own coefficients
_ROOT = sqrt(3)
_EQUATOR = 2 * _ROOT / (3 * _A1)  # horizontal scale on the equator
_SCALE = WIDTH / (2 * pi * _EQUATOR)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the page, in units to the right and downwards.

    `around` is the page's width at this latitude: the same place stands again at `x ± around`, which is how lines that cross the
    page's edge are drawn.
    """

    x: int
    y: int
    around: int


def project(latitude: float, longitude: float) -> Spot:
    """Where a place lies on the page."""
    return project_unwrapped(latitude, (longitude - MIDDLE + 180) % 360 - 180)


def project_unwrapped(latitude: float, east_of_middle: float) -> Spot:
    """As `project`, with degrees counted from the middle of the page and not brought back onto it."""
    angle = asin(_ROOT / 2 * sin(radians(latitude)))
    square = angle * angle
    six = square**3
    rise = _A1 + 3 * _A2 * square + six * (7 * _A3 + 9 * _A4 * square)
    across = 2 * _ROOT * cos(angle) / (3 * rise) * _SCALE
    up = angle * (_A1 + _A2 * square + six * (_A3 + _A4 * square)) * _SCALE
    return Spot(round(across * radians(east_of_middle)), round(-up), round(across * 2 * pi))


def outline() -> list[tuple[int, int]]:
    """The edge of the page, clockwise from the upper left."""
    steps = [NORTH - (NORTH - SOUTH) * step / 48 for step in range(49)]
    east = [project_unwrapped(latitude, 180) for latitude in steps]
    west = [project_unwrapped(latitude, -180) for latitude in reversed(steps)]
    return [(spot.x, spot.y) for spot in (*east, *west)]


def middle(places: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of places on the globe; None where they surround it."""
    x = y = z = 0.0
    count = 0
    for latitude, longitude in places:
        phi, theta = radians(latitude), radians(longitude)
        x += cos(phi) * cos(theta)
        y += cos(phi) * sin(theta)
        z += sin(phi)
        count += 1
    length = sqrt(x * x + y * y + z * z)
    # Places all round the globe have no middle: the sum then points anywhere.
    if not count or length < 0.05 * count:
        return None
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))
