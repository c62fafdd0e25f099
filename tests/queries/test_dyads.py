import json
from datetime import UTC, date, datetime, timedelta

import pytest

from comity.graph.errors import InputError, UnknownActor
from comity.graph.loading import load
from comity.graph.stores import Store
from comity.queries.dyads import Common, InForce, relate
from comity.queries.entries import Disagreement, Said
from tests.graph.facts import reading, stated
from tests.queries.alliances import DECEMBER, JULY, alliances_1914, nato


def test_the_history_of_two_in_the_order_of_time(store: Store) -> None:
    load(store, alliances_1914())
    dyad = relate(store, "DEU", "COW-AUH", as_of=JULY)
    assert [(entry.fact, entry.status) for entry in dyad.facts] == [
        ("test:dual-alliance", "in_force"),
        ("test:three-emperors", "ended"),
        ("test:triple-alliance", "in_force"),
        ("test:romanian", "in_force"),
        ("test:pola", "planned"),
    ]
    assert dyad.in_force[0] == InForce(
        "test:dual-alliance", "agreement", ("defence",), "1879-10-07/1918-11-03", certain=True
    )
    assert [tie.fact for tie in dyad.in_force] == [
        "test:dual-alliance",
        "test:triple-alliance",
        "test:romanian",
    ]
    assert dyad.announced == ("test:pola",)
    assert [partner.actor for partner in dyad.partners] == ["ITA", "ROU"]
    assert dyad.organizations == ()
    assert [partner.actor for partner in relate(store, "DEU", "COW-AUH", as_of=DECEMBER).partners] == [
        "BGR",
        "ITA",
        "ROU",
    ]


def test_disagreement_is_shown_with_what_each_source_says(store: Store) -> None:
    load(store, alliances_1914())
    dyad = relate(store, "GBR", "DEU", as_of=JULY)
    mission, kiel = dyad.facts
    said = (Said("test:a", "1912-02-08/1912-02-11"), Said("test:b", "1912-02-09"))
    assert mission.conflicts == (Disagreement("begin", said), Disagreement("end", said))
    assert mission.states == {"begin": "conflict", "end": "conflict"}
    assert (kiel.conflicts, kiel.states) == ((), {"begin": "confirmed", "end": "confirmed"})
    postal = ("test:postal-union",)
    assert dyad.organizations == (Common("UPU", "Universal Postal Union", postal, postal),)
    assert list(dyad.sources) == ["test:a", "test:b"]


def test_a_partner_of_an_organization_does_not_share_it(store: Store) -> None:
    load(store, reading(nato()))
    when = date(1995, 6, 1)
    assert [item.actor for item in relate(store, "USA", "GBR", as_of=when).organizations] == ["NATO"]
    assert [item.actor for item in relate(store, "USA", "POL", as_of=when).organizations] == ["UPU"]


def test_a_history_as_json(store: Store) -> None:
    load(store, alliances_1914())
    document = relate(store, "GBR", "RUS", as_of=JULY).to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["announced"] == ["test:naval-convention"]
    assert document["facts"][1]["steps"] == [
        {"name": "announced", "when": "1914-05", "state": "unique", "between": []},
        {"name": "negotiating", "when": "1914-06", "state": "unique", "between": []},
    ]
    assert document["revision"] == store.revision()


def test_before_a_plan_was_public_nothing_is_announced(store: Store) -> None:
    load(store, alliances_1914())
    assert relate(store, "GBR", "RUS", as_of=date(1913, 1, 1)).announced == ()


def test_a_tie_with_doubtful_dates_is_not_certain(store: Store) -> None:
    load(store, reading([stated("pact", "FRA GBR", ["in_force 1914/1915"])]))
    assert [tie.certain for tie in relate(store, "FRA", "GBR", as_of=JULY).in_force] == [False]


def test_those_who_take_part_without_a_tie_are_listed(store: Store) -> None:
    load(
        store,
        reading(
            [
                stated(
                    "watched",
                    "FRA:host GBR:guest USA:observer",
                    ["held 1912-09"],
                    kind="drill",
                    types=["field"],
                )
            ]
        ),
    )
    dyad = relate(store, "FRA", "USA", as_of=JULY)
    assert [entry.fact for entry in dyad.facts] == ["test:watched"]
    assert dyad.in_force == ()


def test_what_was_known_on_a_day(store: Store) -> None:
    load(store, alliances_1914())
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert relate(store, "DEU", "ITA", known_on=yesterday).facts == ()
    today = datetime.now(UTC).date()
    assert (
        len(relate(store, "DEU", "ITA", known_on=today).facts) == len(relate(store, "DEU", "ITA").facts) == 2
    )


def test_two_who_have_nothing_between_them(store: Store) -> None:
    load(store, alliances_1914())
    dyad = relate(store, "BTN", "JPN", as_of=JULY)
    assert (dyad.left.name, dyad.facts, dyad.partners) == ("Bhutan", (), ())


def test_who_cannot_be_related(store: Store) -> None:
    with pytest.raises(InputError, match="JPN is given twice"):
        relate(store, "JPN", "JPN")
    with pytest.raises(UnknownActor, match=r"there is no actor 'NIPPON'.*comity find"):
        relate(store, "NIPPON", "GBR")
