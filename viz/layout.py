"""Where actors and pacts stand on the page. Everything is worked out here, so that the page only draws and equal input looks equal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin

from comity.graph.slices import ActorNode, History
from comity.viz.projection import SOUTH, Spot, middle, project, project_unwrapped

HUB_PARTIES = 4
"""From this many parties on a fact is drawn as a hub with a line to each: four parties are six pairs, NATO's 32 are 496."""

_NUDGE = 13.0  # pixels between actors at the same place
_NEAR = 40  # units (some 200 km) within which an organization counts as being at a country's place
_SAME = 3  # units within which two countries do: one after another, or a state within a city
_ROOM = 170  # units that a pact's mark keeps from other pacts
_ROW_STEP = 420  # units between actors that have no place, in the row below the map


@dataclass(frozen=True, slots=True)
class Seat:
    """An actor's place on the page: the spot, and pixels to the side where others stand at the same spot.

    `how` is `place` (capital or seat), `amid` (an organization without a seat, amid those it has ties with) or `row` (no place).
    """

    spot: Spot
    aside: tuple[int, int] = (0, 0)
    how: str = "place"


def seat_actors(history: History, shown: Iterable[str]) -> dict[str, Seat]:
    """A seat for each of these actors."""
    seats: dict[str, Seat] = {}
    without: list[ActorNode] = []
    for actor in (history.actors.get(name) or ActorNode(name, "Country", name) for name in sorted(shown)):
        position = _position(actor)
        if position:
            seats[actor.id] = Seat(project(*position))
        else:
            without.append(actor)
    partners = _partners(history)
    row: list[str] = []
    for actor in without:
        places = [
            place for other in sorted(partners[actor.id]) if (place := _position(history.actors.get(other)))
        ]
        # A country is somewhere, only not known where; an organization without a seat is where its members are.
        amid = middle(places) if actor.label == "Organization" else None
        if amid:
            seats[actor.id] = Seat(project(*amid), how="amid")
        else:
            row.append(actor.id)
    for at, name in enumerate(row):
        seats[name] = Seat(_in_row(at, len(row)), how="row")
    return _set_apart(seats, history.actors, partners)


def seat_pacts(history: History, seats: Mapping[str, Seat]) -> dict[str, Spot]:
    """A spot amid its parties for each fact with many of them, by fact."""
    joined: dict[str, set[str]] = defaultdict(set)
    for tie in history.ties:
        if tie.kind != "membership":
            joined[tie.fact] |= {tie.left, tie.right}
    wanted: list[tuple[str, tuple[float, float]]] = []
    for fact, actors in sorted(joined.items()):
        if len(actors) < HUB_PARTIES:
            continue
        places = [place for actor in sorted(actors) if (place := _position(history.actors.get(actor)))]
        wanted.append((fact, middle(places) or (0.0, -30.0)))
    taken = [seat.spot for seat in seats.values() if seat.how == "amid"]
    spots: dict[str, Spot] = {}
    # The widest pacts come first and stand where they belong; smaller ones give way.
    for fact, (latitude, longitude) in sorted(wanted, key=lambda item: (-len(joined[item[0]]), item[0])):
        spot = _free(project(latitude, longitude), taken)
        taken.append(spot)
        spots[fact] = spot
    return spots


def _position(actor: ActorNode | None) -> tuple[float, float] | None:
    if actor is None or actor.latitude is None or actor.longitude is None:
        return None
    return actor.latitude, actor.longitude


def _partners(history: History) -> dict[str, set[str]]:
    partners: dict[str, set[str]] = defaultdict(set)
    for tie in history.ties:
        partners[tie.left].add(tie.right)
        partners[tie.right].add(tie.left)
    return partners


def _in_row(at: int, count: int) -> Spot:
    """A spot in the row below the map. The row belongs to no latitude, so that no line to it goes round the globe."""
    bottom = project_unwrapped(SOUTH, 0)
    return Spot(round((at - (count - 1) / 2) * _ROW_STEP), bottom.y + 260, 0)


def _set_apart(
    seats: Mapping[str, Seat], actors: Mapping[str, ActorNode], partners: Mapping[str, set[str]]
) -> dict[str, Seat]:
    """Actors at the same place stand round it: the country with most partners on the spot, others on a ring of pixels."""

    def order(name: str) -> tuple[bool, int, str]:
        actor = actors.get(name)
        return actor is not None and actor.label == "Organization", -len(partners.get(name, ())), name

    groups: list[list[str]] = []
    for name in sorted(seats, key=order):
        spot = seats[name].spot
        for group in groups:
            first = seats[group[0]].spot
            near = _NEAR if order(name)[0] else _SAME
            if hypot(spot.x - first.x, spot.y - first.y) < near:
                group.append(name)
                break
        else:
            groups.append([name])
    apart = dict(seats)
    for group in groups:
        ring = group[1:]
        for at, name in enumerate(ring):
            angle = 2 * pi * at / max(len(ring), 3) - pi / 2
            distance = _NUDGE + 3 * max(0, len(ring) - 4)
            apart[name] = replace(
                seats[name],
                spot=seats[group[0]].spot,
                aside=(round(distance * cos(angle)), round(distance * sin(angle))),
            )
    return {name: apart[name] for name in sorted(apart)}


def _free(wished: Spot, taken: list[Spot]) -> Spot:
    """The wished spot, or the nearest on rings about it that keeps its room from those taken."""
    for ring in range(12):
        for step in range(max(1, 8 * ring)):
            angle = 2 * pi * step / max(1, 8 * ring)
            spot = Spot(
                round(wished.x + ring * _ROOM * 0.6 * cos(angle)),
                round(wished.y + ring * _ROOM * 0.6 * sin(angle)),
                wished.around,
            )
            if all(hypot(spot.x - other.x, spot.y - other.y) >= _ROOM for other in taken):
                return spot
    return wished
