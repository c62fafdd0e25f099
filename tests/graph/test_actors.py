from datetime import date

import pytest

from comity.graph.actors import Actor, Code, Name, Spell
from comity.graph.dates import When

NORTHLAND = Actor(
    id="NOR",
    label="Country",
    name="Northland",
    names=(
        Name("Old Northland", When.parse("../1950-12-31")),
        Name("Northland"),
        Name("Kingdom of Northland", When.parse("1930/1960")),
    ),
    codes=(Code("cow", "1"), Code("gw", "2", When.parse("../1944-12-31")), Code("gw", "3")),
    spells=(
        Spell("cow", When.parse("1905-06-07/1940-04-30")),
        Spell("cow", When.parse("1945-05-07/..")),
        Spell("gw", When.parse("1905-08-26/..")),
    ),
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1900, 1, 1), "Old Northland"),
        (date(1950, 12, 31), "Old Northland"),
        (date(1951, 1, 1), "Northland"),
    ],
)
def test_name_on_takes_the_first_name_in_use(day: date, name: str) -> None:
    assert NORTHLAND.name_on(day) == name


def test_name_on_falls_back_on_the_actors_own_name() -> None:
    actor = Actor("X", "Country", "Present", names=(Name("Past", When.parse("../1900")),))
    assert actor.name_on(date(2000, 1, 1)) == "Present"


def test_code_and_systems() -> None:
    assert NORTHLAND.systems == ("cow", "gw")
    assert NORTHLAND.code("gw") == "2"
    assert NORTHLAND.code("gw", date(2000, 1, 1)) == "3"
    assert NORTHLAND.code("iso3") is None


def test_an_actor_is_a_plain_value() -> None:
    assert hash(NORTHLAND) == hash(Actor(**{name: getattr(NORTHLAND, name) for name in Actor.__slots__}))
