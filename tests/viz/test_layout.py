from itertools import combinations
from math import hypot

from comity.viz.layout import HUB_PARTIES, Seat, seat_actors, seat_pacts
from comity.viz.projection import SOUTH, project, project_unwrapped
from tests.viz.histories import ACTORS, history, told


def seats() -> dict[str, Seat]:
    return seat_actors(history(), ACTORS)


def test_capitals_stand_where_they_lie() -> None:
    found = seats()
    assert found["JPN"].spot == project(35.68, 139.75)
    assert found["JPN"].aside == (0, 0)


def test_organizations_step_aside_for_the_country_at_their_seat() -> None:
    found = seats()
    assert found["BEL"].aside == (0, 0)
    assert found["EU"].spot == found["NATO"].spot == found["BEL"].spot
    asides = {found[name].aside for name in ("BEL", "EU", "NATO")}
    assert len(asides) == 3


def test_an_organization_without_a_seat_stands_amid_its_members() -> None:
    club = seats()["CLUB"]
    assert club.how == "amid"
    assert project(45.42, -75.7).x < club.spot.x < project(51.5, -0.13).x


def test_a_country_without_a_place_goes_to_the_row_below_the_map() -> None:
    lost = seats()["XAA"]
    assert lost.how == "row"
    assert lost.spot.y > project_unwrapped(SOUTH, 0).y
    assert lost.spot.around == 0


def test_only_facts_of_many_parties_are_hubs() -> None:
    assert set(seat_pacts(history(), seats())) == {"t:north-atlantic-treaty"}
    assert HUB_PARTIES == 4


def test_hubs_of_the_same_parties_keep_apart() -> None:
    pacts = [
        told(f"pact-{n}", "agreement", "BEL CAN FRA GBR USA", [("in_force", "1990/..")]) for n in range(12)
    ]
    spots = list(seat_pacts(history(pacts), seats()).values())
    assert len(spots) == 13
    assert all(hypot(a.x - b.x, a.y - b.y) >= 100 for a, b in combinations(spots, 2))


def test_the_same_history_gives_the_same_seats() -> None:
    assert seats() == seats()
    assert list(seats()) == sorted(seats())
