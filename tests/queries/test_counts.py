from datetime import date
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.slices import Question
from comity.graph.stores import Store, open_store
from comity.queries.counts import Range, count
from tests.graph.facts import reading, stated
from tests.published import cow

PACTS = [
    stated("old", "FRA RUS", ["in_force 1894/1917-11-08"]),
    stated("new", "FRA GBR", ["in_force 1914-09-05/.."]),
    stated("doubtful", "ITA GBR", ["in_force [1914-03-01..1915-04-26]/.."]),
    stated("ended", "DEU ITA", ["in_force 1882/1914-08-03"]),
]


def test_counts_go_from_certain_to_possible(store: Store) -> None:
    load(store, reading(PACTS))
    counted = count(store, Question(as_of=When.parse("1914-07-28")))
    (day,) = counted.rows
    assert (str(day.actors), str(day.pairs), str(day.facts)) == ("4–5", "2–3", "2–3")
    assert Range(2, 2).__str__() == "2"


def test_a_year_is_counted_by_each_convention(store: Store) -> None:
    load(store, reading(PACTS))
    counted = count(store, Question(as_of=When.parse("1914")))
    found = {row.convention: str(row.pairs) for row in counted.rows}
    assert found == {"any-day": "3–4", "first-day": "2", "last-day": "2–3"}
    row = counted.to_dict()["rows"][0]
    assert (row["convention"], row["pairs_least"], row["pairs_most"]) == ("any-day", 3, 4)


@pytest.fixture(scope="module")
def correlates(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cow") / "store"
    with open_store(str(folder)) as store:
        load(store, cow(data_folder))
    return folder


@pytest.mark.parametrize(
    ("year", "convention", "pairs"),
    [(2000, "first-day", 1083), (2000, "last-day", 1126), (2000, "any-day", 1141), (1914, "any-day", 15)],
)
def test_defence_pairs_of_the_correlates_of_war(
    correlates: Path, year: int, convention: str, pairs: int
) -> None:
    with open_store(str(correlates)) as store:
        counted = count(store, Question(types=("defence",), as_of=When.parse(str(year))))
    found = {row.convention: row.pairs for row in counted.rows}
    assert found[convention] == Range(pairs, pairs)


def test_the_conventions_are_days(store: Store) -> None:
    asked = Question(as_of=When.parse("2000"), convention="last-day")
    assert (asked.first, asked.last) == (date(2000, 12, 31), date(2000, 12, 31))
    asked = Question(as_of=When.parse("2000"), convention="first-day")
    assert (asked.first, asked.last) == (date(2000, 1, 1), date(2000, 1, 1))
