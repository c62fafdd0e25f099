"""The coasts and the borders of today under the map, as numbers of the page."""

import json
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from comity.viz.projection import MIDDLE, outline, project_unwrapped

_HUNDREDTHS = 100


@cache
def basemap() -> dict[str, Any]:
    """Natural Earth's 1:110m land, coasts and borders (public domain), projected.

    `arcs` are lists of units, each point as the difference from the one before; `land` lists rings of arcs (~n is arc n backwards);
    `coasts` and `borders` list arcs.
    """
    text = (resources.files("comity.viz") / "assets" / "basemap.json").read_text(encoding="utf-8")
    topology: dict[str, Any] = json.loads(text)
    turns = _turns(topology)
    return {
        "outline": _differences(outline()),
        "arcs": [_projected(arc, turns.get(number, 0)) for number, arc in enumerate(topology["arcs"])],
        "land": topology["land"],
        "coasts": topology["coasts"],
        "borders": topology["borders"],
    }


def _turns(topology: dict[str, Any]) -> dict[int, int]:
    """The arcs that must go once round the globe to stay with their ring: those of land west of the page's edge."""
    turns: dict[int, int] = {}
    for ring in topology["land"]:
        numbers = [number if number >= 0 else ~number for number in ring]
        points = [point for number in numbers for point in _points(topology["arcs"][number])]
        mean = sum(x for x, _ in points) / len(points) / _HUNDREDTHS
        if mean < MIDDLE - 180:
            turns |= dict.fromkeys(numbers, 360)
    return turns


def _points(arc: list[int]) -> list[tuple[int, int]]:
    x = y = 0
    points = []
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _projected(arc: list[int], turn: int) -> list[int]:
    spots = [project_unwrapped(y / _HUNDREDTHS, x / _HUNDREDTHS + turn - MIDDLE) for x, y in _points(arc)]
    return _differences([(spot.x, spot.y) for spot in spots])


def _differences(points: list[tuple[int, int]]) -> list[int]:
    flat = list(points[0])
    for (ax, ay), (bx, by) in pairwise(points):
        if (ax, ay) != (bx, by):
            flat += [bx - ax, by - ay]
    return flat
