"""Dyads ranked, two states by every measure, and their histories."""

import json
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.reading import Reading
from comity.graph.slices import Question, read_history, take
from comity.graph.stores import Store
from comity.queries.dyads import relate
from comity.queries.similarity.histories import liken_yearly
from comity.queries.similarity.measures import SIMILARITY_MEASURES, similarity_measure_of
from comity.queries.similarity.pairs import Cell, compare, liken
from comity.queries.similarity.weights import read_weights
from tests.graph.facts import stated

YEAR = Question(as_of=When.parse("1900"))
KAPPA = similarity_measure_of("kappa")


@pytest.fixture
def loaded(store: Store) -> Store:
    """Alliances of a table that tells of 1890 to 1910."""
    told = [
        stated("pact", "FRA RUS", ["in_force 1894/1917"], method="table"),
        stated("triple", "DEU COW-AUH ITA", ["in_force 1882/1915"], method="table"),
        stated("entente", "FRA GBR", ["in_force 1904/.."], types=["entente"], method="table"),
    ]
    load(store, Reading("test", (Source("test:a", "A table", coverage="1890/1910"),), told, whole=False))
    return store


def test_all_dyads_are_ranked_and_equal_ones_share_a_rank(loaded: Store) -> None:
    found = compare(take(loaded, YEAR), KAPPA)
    assert found.states * (found.states - 1) // 2 == len(found.rows) + found.undefined
    assert [(row.left, row.right, row.rank, row.value) for row in found.rows[:4]] == [
        ("COW-AUH", "DEU", 1, 1.0), ("COW-AUH", "ITA", 1, 1.0), ("DEU", "ITA", 1, 1.0), ("FRA", "RUS", 1, 1.0),
    ]  # fmt: skip
    assert found.rows[4].rank == 5
    assert (found.rows[3].left_name, found.rows[3].right_name) == ("France", "Russia")
    document = found.to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["types"][0] == "defence"
    assert document["revision"] == loaded.revision()


def test_the_dyads_of_one_state_have_it_on_the_left(loaded: Store) -> None:
    found = compare(take(loaded, YEAR), KAPPA, actor="RUS", binary=True)
    assert len(found.rows) == found.states - 1
    assert {row.left for row in found.rows} == {"RUS"}
    assert (found.rows[0].right, found.rows[0].value) == ("FRA", 1.0)


def test_two_states_by_every_measure_with_what_it_follows_from(loaded: Store) -> None:
    found = liken(take(loaded, YEAR), "DEU", "RUS")
    assert found.cells == (Cell(3, 0, 3), Cell(0, 3, 2), Cell(0, 0, found.states - 5))
    assert found.valued["s-absolute"] == pytest.approx(1 - 2 * 5 / found.states)
    assert found.binary["s-squared"] == pytest.approx(1 - 2 * 5 / found.states)
    assert set(found.valued) == set(found.binary) == set(SIMILARITY_MEASURES)
    document = found.to_dict()
    assert json.loads(json.dumps(document)) == document


def test_years_are_those_of_slices_and_missing_outside_of_what_is_told(loaded: Store) -> None:
    history = read_history(loaded, ("agreement",))
    years = {year.year: year for year in liken_yearly(history, Question(), "FRA", "GBR", 1888, 1912)}
    assert len(years) == 25
    for year in (1890, 1903, 1904, 1910):
        by_slice = liken(take(loaded, Question(as_of=When.parse(str(year)))), "FRA", "GBR")
        assert (years[year].valued, years[year].binary) == (by_slice.valued, by_slice.binary)
    for year in (1888, 1889, 1911, 1912):
        assert set(years[year].valued.values()) == {None}
        assert years[year].states == 0


def test_a_history_of_two_that_are_no_states_yet_is_missing(loaded: Store) -> None:
    history = read_history(loaded, ("agreement",))
    (year,) = liken_yearly(history, Question(), "FRA", "POL", 1900, 1900)
    assert set(year.binary.values()) == {None}
    with pytest.raises(InputError, match="give the earlier one first"):
        liken_yearly(history, Question(), "FRA", "GBR", 1900, 1899)
    with pytest.raises(InputError, match="FRA is given twice"):
        liken(take(loaded, YEAR), "FRA", "FRA")


def test_the_history_of_two_actors_has_their_similarity(loaded: Store) -> None:
    (found,) = relate(loaded, "FRA", "GBR").similarity
    assert found.collection == "test"
    assert [year.year for year in found.years] == list(range(1890, 1911))
    history = read_history(loaded, ("agreement",))
    assert found.years == liken_yearly(history, Question(), "FRA", "GBR", 1890, 1910)
    assert relate(loaded, "BTN", "NPL").similarity == ()


def test_what_says_no_time_of_itself_makes_no_history(store: Store) -> None:
    told = [stated("pact", "FRA RUS", ["in_force 1894/1917"])]
    load(store, Reading("test", (Source("test:a", "A dossier"),), told))
    assert relate(store, "FRA", "RUS").similarity == ()


def test_states_count_by_the_weights_of_a_file(loaded: Store, tmp_path: Path) -> None:
    file = tmp_path / "nmc.csv"
    file.write_text(
        "stateabb,ccode,year,cinc\nFRN,220,1900,0.25\nRUS,365,1900,0.5\nGMY,255,1900,0.25\nUKG,200,1900,-9\n"
    )
    weights = read_weights(file)
    found = liken(take(loaded, YEAR), "FRA", "DEU", weights=weights)
    # France is committed to half of what counts and to a half more; Germany to a quarter, of which nothing is common.
    assert found.valued["s-absolute"] == pytest.approx(-1)
    assert "GBR" in found.unweighted
    assert "FRA" not in found.unweighted
    assert found.to_dict()["weights"] == "nmc.csv"
    history = read_history(loaded, ("agreement",))
    years = liken_yearly(history, Question(), "FRA", "DEU", 1899, 1900, weights=weights)
    assert [year.valued["s-absolute"] for year in years] == [None, pytest.approx(-1)]
    with pytest.raises(InputError, match=r"nmc\.csv has no weight of any state in 1901"):
        compare(take(loaded, Question(as_of=When.parse("1901"))), KAPPA, weights=weights)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("state,weight\nFRA,1\n", "its header must have actor or ccode"),
        ("actor,weight\nFRA,much\n", r"line 2: weight is 'much'"),
        ("actor,weight\nAtlantis,1\n", "line 2: there is no actor 'Atlantis'"),
        ("ccode,year,cinc\n220,,1\n", "line 2: year is ''"),
    ],
)
def test_weights_that_cannot_be_read_name_the_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "weights.csv"
    file.write_text(text)
    with pytest.raises(InputError, match=told):
        read_weights(file)
