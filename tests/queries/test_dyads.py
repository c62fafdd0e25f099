import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from comity.graph.errors import InputError, NoData, UnknownActor
from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.reading import Reading
from comity.graph.stores import Store, steady
from comity.queries import conflicts, entries
from comity.queries.dyads import Common, InForce, relate
from comity.queries.entries import Disagreement, Said
from comity.queries.library import run
from comity.queries.profiles import show
from comity.queries.telling import CountedBy
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


def by_two(store: Store) -> None:
    """A pact as a data set of 1900 to 1914 codes it, and as a dossier tells it; talks by the dossier only."""
    coded = stated("pact", "FRA SRB", ["in_force 1904/.."], method="table")
    load(store, Reading("test", (Source("test:a", "A table", coverage="1900/1914"),), [coded], whole=False))
    told = [
        stated("same", "FRA SRB", ["in_force 1904-04/.."], collection="mine"),
        stated("visit", "FRA SRB", ["held 1912"], collection="mine", kind="talks", types=["visit"]),
    ]
    load(store, reading(told, collection="mine"))


def test_what_two_sources_tell_of_one_pact_is_not_added_up(store: Store) -> None:
    by_two(store)
    dyad = relate(store, "FRA", "SRB", as_of=date(1914, 7, 28))
    assert dyad.by_source == (CountedBy("dossiers", 1, 1, 2), CountedBy("test", 1, 1, 1))
    # Two states are called as they were on the day.
    later = relate(store, "FRA", "SRB", as_of=date(1954, 12, 31))
    assert (later.right.name, later.note) == ("Yugoslavia", "")
    assert later.by_source == (CountedBy("dossiers", 1, 1, 2), CountedBy("test", None, 1, 1))
    (layer,) = (one for one in show(store, "FRA", as_of=date(1954, 12, 31)).layers if one.kind == "agreement")
    assert layer.by_source == (CountedBy("dossiers", 1, 1, 1), CountedBy("test", None, 1, 1))


def test_a_day_of_which_nobody_tells_has_no_number(store: Store) -> None:
    coded = stated("pact", "FRA GBR", ["in_force 1904/.."], method="table")
    load(store, Reading("test", (Source("test:a", "A table", coverage="1900/1914"),), [coded], whole=False))
    dyad = relate(store, "FRA", "GBR", as_of=date(1700, 1, 1))
    assert [each.certain for each in dyad.by_source] == [None]
    assert dyad.untold == ("agreement",)
    assert dyad.note == "nobody tells of agreement in 1700-01-01: test:a of 1900/1914"
    profile = show(store, "FRA", as_of=date(1700, 1, 1))
    assert profile.note == dyad.note
    assert [(one.first, one.certain) for one in profile.by_year] == [(1904, (1,) * 11)]
    with pytest.raises(NoData, match="nobody tells of agreement in 1700-01-01: test:a of 1900/1914"):
        run(store, "degree", {"day": "1700-01-01"})
    assert run(store, "degree", {"day": "1914-12-31"}).rows


@pytest.mark.parametrize(
    ("module", "reader", "ask"),
    [
        (entries, "facts_of", lambda store: relate(store, "FRA", "GBR")),
        (entries, "facts_of", lambda store: show(store, "FRA")),
        (conflicts, "read_facts", conflicts.find_conflicts),
    ],
    ids=["relate", "show", "conflicts"],
)
def test_an_answer_is_of_the_revision_that_it_names(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    reader: str,
    ask: Callable[[Store], Any],
) -> None:
    load(store, reading([stated("pact", "FRA GBR", ["in_force 1904-04/1914"])]))
    monkeypatch.setattr(steady, "PAUSES", (0, 0, 0))
    read: Callable[..., Any] = getattr(module, reader)
    asked: list[Any] = []

    def while_others_load(*given: Any, **named: Any) -> Any:
        found = read(*given, **named)
        if not asked:  # a second account comes in just when the facts have been read
            late = stated("pact", "FRA GBR", ["in_force 1905/1914"], source="b")
            load(store, reading([stated("pact", "FRA GBR", ["in_force 1904-04/1914"]), late]))
        asked.append(found)
        return found

    monkeypatch.setattr(module, reader, while_others_load)
    answer = ask(store)
    assert (len(asked), answer.revision) == (2, store.revision())
    assert set(answer.sources) == {"test:a", "test:b"}
