from itertools import combinations
from math import hypot

from comity.graph.dates import When
from comity.graph.resolve import resolve_all
from comity.graph.ties import derive_ties
from comity.viz.arrangement import HEIGHT, WIDTH, arrange
from comity.viz.projection import Spot
from tests.viz.histories import DAY, told

WEST, EAST = ("AUS", "CAN", "GBR", "USA"), ("BGR", "HUN", "POL", "RUS")


def places(ties: list[tuple[str, str]], as_of: When = DAY) -> dict[str, tuple[int, int]]:
    """Where two circles of four stand that begin among each other; ties are pairs and the time they hold."""
    facts = resolve_all(
        told(f"pact-{number}", "agreement", pair, [("in_force", when)])
        for number, (pair, when) in enumerate(ties)
    )
    spots = {
        name: Spot(100 * number, 50 * (number % 3), 8000) for number, name in enumerate(sorted(WEST + EAST))
    }
    return arrange(derive_ties(facts), as_of, spots, {})


def circle(names: tuple[str, ...], when: str = "1950/..") -> list[tuple[str, str]]:
    return [(" ".join(pair), when) for pair in combinations(names, 2)]


def distance(found: dict[str, tuple[int, int]], one: str, other: str) -> float:
    return hypot(found[one][0] - found[other][0], found[one][1] - found[other][1])


def test_blocs_stand_apart() -> None:
    found = places([*circle(WEST), *circle(EAST)])
    inside = max(distance(found, *pair) for names in (WEST, EAST) for pair in combinations(names, 2))
    across = min(distance(found, one, other) for one in WEST for other in EAST)
    assert inside < across


def test_the_ties_of_the_day_decide() -> None:
    mixed = ("AUS", "CAN", "BGR", "HUN"), ("GBR", "USA", "POL", "RUS")
    then = [*circle(mixed[0], "1950/1960"), *circle(mixed[1], "1950/1960")]
    now = [*circle(WEST, "1990/.."), *circle(EAST, "1990/..")]
    early, late = (places(then + now, When.parse(day)) for day in ("1955-01-01", "2016-01-01"))
    assert distance(early, "AUS", "HUN") < distance(early, "AUS", "USA")
    assert distance(late, "AUS", "HUN") > distance(late, "AUS", "USA")


def test_it_is_the_same_every_time_and_stays_on_the_page() -> None:
    ties = [*circle(WEST), ("POL RUS", "1950/1960")]
    found = places(ties)
    assert found == places(ties)
    assert all(abs(x) <= WIDTH / 2 and abs(y) <= HEIGHT / 2 for x, y in found.values())
    assert len(set(found.values())) == len(found)


def test_no_actor_no_place() -> None:
    assert arrange([], DAY, {}, {}) == {}
