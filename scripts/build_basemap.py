"""Make viz/assets/basemap.json out of Natural Earth's 1:110m countries (public domain).

    python scripts/build_basemap.py ne_110m_admin_0_countries.geojson

Lines that two countries share are kept once, so that coasts and borders can be drawn apart and simplified without gaps.
The result is a small topology: `arcs` (lists of whole numbers, longitude and latitude in hundredths of a degree, each point as
the difference from the one before), `land` (rings, each a list of arcs; ~n is arc n backwards), `coasts` and `borders`.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Ring = list[Point]

HUNDREDTHS = 100
TOLERANCE = 9.0  # hundredths of a degree: about ten kilometres, below one pixel of a map of the whole world
WITHOUT = {"ATA"}  # Antarctica has no government to relate to and would take a fifth of the page
TARGET = Path(__file__).parents[1] / "viz" / "assets" / "basemap.json"


def main() -> None:
    """Read the GeoJSON named on the command line and write the topology."""
    source = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    rings = [ring for feature in source["features"] for ring in read_rings(feature)]
    content = topology(rings)
    TARGET.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(content['arcs'])} lines, {TARGET.stat().st_size} bytes")


def read_rings(feature: dict[str, Any]) -> Iterator[Ring]:
    """The outlines of a country, in hundredths of a degree, without the repeated last point."""
    if feature["properties"]["ADM0_A3"] in WITHOUT:
        return
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            points = [(round(x * HUNDREDTHS), round(y * HUNDREDTHS)) for x, y in ring]
            distinct = [point for at, point in enumerate(points) if point != points[at - 1]]
            if len(distinct) > 2:
                yield distinct


def topology(rings: list[Ring]) -> dict[str, Any]:
    """Cut the rings into arcs where the set of countries beside the line changes, and simplify each arc once."""
    uses = Counter(side for ring in rings for side in sides(ring))
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
            neighbours[start].add(end)
            neighbours[end].add(start)
    arcs: dict[tuple[Point, ...], int] = {}
    land: list[list[int]] = []
    for ring in rings:
        land.append([numbered(arc, arcs) for arc in cut(ring, neighbours)])
    shared = {number for arc, number in arcs.items() if uses[frozenset(arc[:2])] > 1}
    seam = {number for arc, number in arcs.items() if all(abs(x) == 180 * HUNDREDTHS for x, _ in arc)}
    return {
        "arcs": [differences(simplified(list(arc))) for arc in arcs],
        "land": land,
        "coasts": [number for number in range(len(arcs)) if number not in shared | seam],
        "borders": sorted(shared),
    }


def sides(ring: Ring) -> Iterator[frozenset[Point]]:
    """The ring's sides, without direction."""
    for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
        yield frozenset((start, end))


def cut(ring: Ring, neighbours: dict[Point, set[Point]]) -> Iterator[tuple[Point, ...]]:
    """The pieces of a ring between points where lines meet, and where it runs along the 180th meridian."""
    edge = 180 * HUNDREDTHS

    def joint(at: int) -> bool:
        before, here, after = ring[at - 1], ring[at], ring[(at + 1) % len(ring)]
        along = [abs(here[0]) == edge == abs(other[0]) for other in (before, after)]
        return len(neighbours[here]) > 2 or along[0] != along[1]

    joints = [at for at in range(len(ring)) if joint(at)]
    if not joints:
        # An island: begin at its smallest point, so that equal rings give equal arcs.
        first = ring.index(min(ring))
        yield (*ring[first:], *ring[:first], ring[first])
        return
    turned = ring[joints[0] :] + ring[: joints[0]]
    places = [at - joints[0] for at in joints] + [len(ring)]
    turned.append(turned[0])
    for start, end in pairwise(places):
        yield tuple(turned[start : end + 1])


def numbered(arc: tuple[Point, ...], arcs: dict[tuple[Point, ...], int]) -> int:
    """The arc's number; ~number where it is known the other way round."""
    if arc[::-1] in arcs:
        return ~arcs[arc[::-1]]
    return arcs.setdefault(arc, len(arcs))


def simplified(points: list[Point]) -> list[Point]:
    """Leave out points that lie closer to the line through the others than the tolerance (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    first, last = points[0], points[-1]
    farthest, most = 0, -1.0
    for at, point in enumerate(points[1:-1], 1):
        away = distance(point, first, last)
        if away > most:
            farthest, most = at, away
    # A closed line must keep an area.
    if most <= TOLERANCE and first != last:
        return [first, last]
    if most <= TOLERANCE:
        return [first, points[len(points) // 3], points[2 * len(points) // 3], last]
    return simplified(points[: farthest + 1])[:-1] + simplified(points[farthest:])


def distance(point: Point, first: Point, last: Point) -> float:
    """From a point to a stretch of line."""
    (x, y), (ax, ay), (bx, by) = point, first, last
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length))
    return float(((x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2) ** 0.5)


def differences(points: list[Point]) -> list[int]:
    """The first point and the steps from each to the next, in one list of numbers."""
    flat = list(points[0])
    for before, here in pairwise(points):
        flat += [here[0] - before[0], here[1] - before[1]]
    return flat


if __name__ == "__main__":
    main()
