"""The balance of slices: the powers before the World War, pairs tied both ways, years, and what real data say."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError, NoData, UnknownName
from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.reading import Reading
from comity.graph.slices import Question, read_history, take
from comity.graph.stores import Store, open_store
from comity.loaders.codes import Codes
from comity.loaders.sources import loader_of
from comity.queries.balance.balances import Balance, Blocs, balance, balance_yearly
from comity.queries.balance.signed import join
from tests.graph.facts import reading, stated
from tests.published import cow
from tests.queries.balance.networks import powers

DISPUTES = ("dispute",)


def asked(as_of: str, **more: object) -> tuple[Question, Question]:
    return Question(as_of=When.parse(as_of)), Question(layers=DISPUTES, as_of=When.parse(as_of), **more)  # type: ignore[arg-type]


def balance_at(store: Store, as_of: str, both: str = "drop") -> Balance:
    positive, negative = asked(as_of)
    return balance(take(store, positive), take(store, negative), both)


def test_the_two_blocs_of_the_powers_are_perfectly_balanced(store: Store) -> None:
    load(store, reading(powers()))
    found = balance_at(store, "1914-07-28")
    assert found.blocs == (Blocs(("COW-AUH", "DEU", "ITA"), ("FRA", "GBR", "RUS")),)
    assert (found.degrees.triangles.balance, found.degrees.walk, found.degrees.frustration.balance) == (
        1,
        1,
        1,
    )
    assert found.degrees.frustration.exact
    assert found.contradicting == found.ambivalent == ()
    assert found.degrees.triangles.by_sign() == {"+++": 2, "++-": 0, "+--": 18, "---": 0}


def test_before_they_were_not_and_the_facts_against_the_blocs_are_told(store: Store) -> None:
    load(store, reading(powers()))
    found = balance_at(store, "1880-01-01")
    # Britain and France are foes of each other and of Austria; Russia is a foe of both and a friend of the two empires.
    assert found.degrees.triangles.by_sign() == {"+++": 1, "++-": 0, "+--": 4, "---": 2}
    assert [(tie.left, tie.right, tie.sign) for tie in found.contradicting] == [("FRA", "GBR", -1)]
    assert found.contradicting[0].negative_facts == ("test:gbr-fra-1872",)
    assert found.blocs == (Blocs(("COW-AUH", "DEU", "RUS"), ("FRA", "GBR")),)
    document = found.to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["negative_ties"]["layer"] == "dispute"


def test_pairs_tied_both_ways_go_where_they_are_said_to() -> None:
    positive, negative = {("A", "B"): 2, ("B", "C"): 1}, {("A", "B"): 1, ("B", "C"): 1, ("A", "C"): 1}
    dropped = join(positive, negative)
    assert (dropped.actors, dropped.signs.tolist()) == (("A", "C"), [-1])
    assert dropped.ambivalent == (("A", "B"), ("B", "C"))
    assert join(positive, negative, "negative").signs.tolist() == [-1, -1, -1]
    assert join(positive, negative, "positive").signs.tolist() == [1, -1, 1]
    by_facts = join(positive, negative, "facts")
    assert (by_facts.signs.tolist(), by_facts.ambivalent) == ([1, -1], (("B", "C"),))
    with pytest.raises(UnknownName, match="drop, negative, positive, facts"):
        join(positive, negative, "both")


def test_without_a_source_of_foes_nothing_is_balanced(store: Store) -> None:
    load(store, reading([stated("pact", "FRA RUS", ["in_force 1894/1917"])]))
    with pytest.raises(NoData, match="no loaded source tells of dispute"):
        balance_at(store, "1900")


def test_slices_of_two_states_of_the_store_are_refused(store: Store) -> None:
    load(store, reading(powers()))
    positive, negative = asked("1900")
    before = take(store, positive)
    load(store, reading([*powers(), stated("more", "FRA ESP", ["in_force 1900"])]))
    with pytest.raises(InputError, match="take both again"):
        balance(before, take(store, negative))


def test_years_are_those_of_slices_and_missing_where_nobody_tells(store: Store) -> None:
    source = Source("test:a", "A table", coverage="1872/1910")
    told = sorted(powers(), key=lambda statement: statement.fact)
    load(store, Reading("test", (source,), told))
    questions = asked("1900")
    histories = (read_history(store, ("agreement",)), read_history(store, DISPUTES))
    years = balance_yearly(*histories, questions, 1870, 1912)
    found = {year.year: year.degrees for year in years}
    assert [year for year, degrees in found.items() if degrees is None] == [1870, 1871, 1911, 1912]
    for year in (1872, 1890, 1904, 1907, 1910):
        degrees = found[year]
        assert degrees is not None
        assert degrees.to_dict() == balance_at(store, str(year)).degrees.to_dict()
    with pytest.raises(InputError, match="give the earlier one first"):
        balance_yearly(*histories, questions, 1912, 1870)


@pytest.fixture(scope="module")
def world(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The Correlates of War's alliances, the militarized disputes, and Thompson and Dreyer's rivalries."""
    with open_store(str(tmp_path_factory.mktemp("signed") / "store")) as store:
        load(store, cow(data_folder))
        for name, file in (("disputes", "gml_mid_ddydisps.csv"), ("rivalries", "td_rivalries.csv")):
            (opened,) = loader_of(name).open([str(data_folder / "rivalry" / file)], Codes())
            load(store, opened.reading)
        yield store


def of_the_world(store: Store, year: int, negative: str) -> Balance:
    friends, foes = asked(str(year), sources=(negative,))
    return balance(take(store, friends), take(store, foes))


SIDES = {"GBR": 1, "FRA": 1, "RUS": 1, "DEU": -1, "COW-AUH": -1, "ITA": -1}


def test_the_year_1914_has_the_blocs_of_the_war_but_not_without_ties_across(world: Store) -> None:
    """Antal's powers are balanced perfectly; COW knows treaties across their blocs: of Italy with France (1902) and with Russia (1909)."""
    found = of_the_world(world, 1914, "disputes")
    blocs = found.blocs[0]
    sides = {actor: 1 if actor in blocs.first else -1 for actor in (*blocs.first, *blocs.second)}
    assert {actor: sides[actor] * sides["GBR"] for actor in SIDES} == SIDES
    assert (found.degrees.frustration.upper, found.degrees.frustration.exact) == (5, True)
    against = {(tie.left, tie.right): tie.positive_facts for tie in found.contradicting if tie.sign > 0}
    assert against == {("FRA", "ITA"): ("cow:78",), ("ITA", "RUS"): ("cow:86",), ("ROU", "RUS"): ("cow:97",)}


def test_by_rivalries_italy_and_romania_stand_in_1914_where_they_fought_later(world: Store) -> None:
    found = of_the_world(world, 1914, "rivalries-td")
    first, second = found.blocs[0].first, found.blocs[0].second
    assert {"FRA", "GBR", "ITA", "ROU", "RUS"} <= set(first)
    assert {"DEU", "COW-AUH", "TUR"} <= set(second)
    against = {(tie.left, tie.right) for tie in found.contradicting if tie.sign > 0}
    assert against == {("COW-AUH", "ROU"), ("DEU", "ITA"), ("DEU", "ROU")}
    assert ("COW-AUH", "ITA") in {(tie.left, tie.right) for tie in found.ambivalent}
    assert found.degrees.frustration.upper == 7


@pytest.mark.parametrize("negative", ["disputes", "rivalries-td"])
@pytest.mark.parametrize("year", [1950, 1980, 2000])
def test_the_whole_world_is_solved_exactly(world: Store, year: int, negative: str) -> None:
    degrees = of_the_world(world, year, negative).degrees
    assert degrees.frustration.exact
    # What opposes the best division is less than a tenth of what it divides: the world is far from half frustrated.
    assert 0 < degrees.frustration.upper < (degrees.positive + degrees.negative) / 10
