"""Dyad-years and state-years: units, names, what is missing and what is 0."""

import json
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError, NoData, UnknownName
from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.reading import Reading
from comity.graph.slices import Question, read_history, take
from comity.graph.stores import Store, open_store
from comity.queries.measures import measure_of
from comity.queries.panels import panel
from comity.queries.tables import write_table
from comity.queries.yearly import Shape, span_of, yearly, years_of
from tests.graph.facts import stated
from tests.graph.test_parties import pledging

# Belgium to France nothing, France to Belgium defence: the one-sided pledge of 1832.
ONE_SIDED = pledging(stated("belgium", "FRA BEL", ["in_force 1832/1833-06"], types=[]), FRA="defence", BEL="")
BOTH = stated("entente", "FRA GBR", ["in_force 1832-07/1833"], types=["entente"])


@pytest.fixture
def loaded(store: Store) -> Store:
    source = Source("test:a", "A table", coverage="1832/1840")
    load(store, Reading("test", (source,), [ONE_SIDED, BOTH], whole=False))
    return store


def rows(
    store: Store, unit: str, question: Question | None = None, **shape: object
) -> list[tuple[object, ...]]:
    asked = {"first": 1831, "last": 1834, **shape}
    return list(yearly(read_history(store), question or Question(), Shape(unit, **asked)).rows)  # type: ignore[arg-type]


def test_a_dyad_year_has_the_smaller_code_first(loaded: Store) -> None:
    table = yearly(read_history(loaded), Question(), Shape("dyad-year", 1831, 1834))
    assert table.columns == ("ccode1", "ccode2", "year", "facts", "defence", "entente")
    assert table.rows == [
        (200, 220, 1832, 1, 0, 1), (200, 220, 1833, 1, 0, 1), (211, 220, 1832, 1, 1, 0), (211, 220, 1833, 1, 1, 0),
    ]  # fmt: skip


def test_a_directed_dyad_year_says_what_the_first_pledges_to_the_second(loaded: Store) -> None:
    found = rows(loaded, "directed-dyad-year")
    assert (220, 211, 1832, 1, 1, 0) in found
    assert not any(row[:2] == (211, 220) for row in found)
    assert {row[:2] for row in found} == {(220, 211), (200, 220), (220, 200)}


def test_a_state_year_counts_facts_and_partners(loaded: Store) -> None:
    assert (220, 1832, 2, 2, 1, 1) in rows(loaded, "state-year")


def test_the_convention_says_on_which_day_of_the_year_a_tie_has_to_hold(loaded: Store) -> None:
    last = rows(loaded, "dyad-year", Question(convention="last-day"))
    first = rows(loaded, "dyad-year", Question(convention="first-day"))
    assert [row[:3] for row in last] == [(200, 220, 1832), (211, 220, 1832)]
    assert [row[:3] for row in first] == [(200, 220, 1833), (211, 220, 1833)]  # the year 1832 says no day


def test_outside_the_time_of_the_sources_values_are_missing_and_inside_they_are_0(loaded: Store) -> None:
    found = {row[:3]: row[3:] for row in rows(loaded, "dyad-year", all_pairs=True)}
    assert found[200, 220, 1831] == (None, None, None)
    assert found[200, 220, 1834] == (0, 0, 0)
    assert found[200, 220, 1832] == (1, 0, 1)


def test_a_slice_outside_the_time_of_the_sources_is_no_slice(loaded: Store) -> None:
    with pytest.raises(NoData, match="nobody tells of agreement in 1841: test:a of 1832/1840"):
        take(loaded, Question(as_of=When.parse("1841")))
    assert take(loaded, Question(as_of=When.parse("1839"))).ties == ()


def test_the_years_are_those_of_the_sources(loaded: Store) -> None:
    assert years_of(read_history(loaded)) == (1832, 1840)


def test_where_no_year_is_told_of_for_all_layers_that_is_said(tmp_path: Path) -> None:
    pact = stated("pact", "FRA GBR", ["in_force 1995/.."])
    talks = stated("meeting", "FRA GBR", ["held 2016"], kind="talks", types=["visit"], source="b")
    sources = (Source("test:a", "A", coverage="1990/2010"), Source("test:b", "B", coverage="2015/2020"))
    with open_store(str(tmp_path / "store")) as store:
        load(store, Reading("test", sources, [talks, pact]))
        history = read_history(store)
        question = Question(layers=("agreement", "talks"))
        with pytest.raises(
            NoData, match="of any year for all layers: test:a of 1990/2010, test:b of 2015/2020;"
        ):
            panel(history, question, [measure_of("degree")])
        with pytest.raises(NoData, match="of the years from 2012 on: test:a of 1990/2010;"):
            span_of(2012, None, read_history(store, ("agreement",)))
        with pytest.raises(NoData, match="of the years to 2012: test:b of 2015/2020;"):
            span_of(None, 2012, read_history(store, ("talks",)))
        with pytest.raises(NoData, match="of any year for all layers"):
            span_of(None, None, read_history(store, ("agreement",)), read_history(store, ("talks",)))
        assert span_of(2012, 2016, history) == (2012, 2016)


def test_states_and_pairs_of_the_system_are_those_published(store: Store) -> None:
    # Correlates of War, 1816 to 2011: 14,976 state-years; 1,723,200 ordered pairs, before false dyads are taken away.
    load(
        store,
        Reading("test", (Source("test:a", "A table"),), [stated("pact", "FRA GBR", ["in_force 2013/.."])]),
    )
    history, question = read_history(store), Question()
    states = yearly(history, question, Shape("state-year", 1816, 2011, all_pairs=True))
    assert len(states.rows) == 14_976
    year = Shape("directed-dyad-year", 1990, 1990, all_pairs=True, false_dyads=True)
    number = sum(row[1] == 1990 for row in states.rows)
    assert len(yearly(history, question, year).rows) == number * (number - 1)
    true = yearly(history, question, Shape("directed-dyad-year", 1990, 1990, all_pairs=True)).rows
    # 255-260, 255-265, 678-679, 679-680; the two Yemens were gone before Germany was one and Liechtenstein a member.
    assert number * (number - 1) - len(true) == 2 * (4 + 4)


def test_states_can_be_named_otherwise(loaded: Store) -> None:
    assert rows(loaded, "dyad-year", codes="iso")[0][:3] == ("BEL", "FRA", 1832)
    assert rows(loaded, "dyad-year", codes="gw")[0][:3] == (200, 220, 1832)
    assert Shape("dyad-year", 1, 2, netify=True).keys == ("actor1", "actor2", "time")
    assert Shape("state-year", 1, 2, codes="gw").keys == ("gwcode", "year")


def test_what_makes_no_table_is_refused() -> None:
    with pytest.raises(UnknownName):
        Shape("week", 1816, 2012)
    with pytest.raises(UnknownName):
        Shape("dyad-year", 1816, 2012, codes="fips")
    with pytest.raises(InputError, match="give the earlier one first"):
        Shape("dyad-year", 2012, 1816)


@pytest.mark.parametrize("ending", ["csv", "parquet", "dta"])
def test_a_table_is_written_in_each_format_with_what_it_is_beside_it(tmp_path: Path, ending: str) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    path = tmp_path / f"table.{ending}"
    found = [(2, 20, 1950, 1), (2, 20, 1951, None)]
    written = write_table(path, ("ccode1", "ccode2", "year", "facts"), found, {"rule": "every-pair"})
    assert [file.name for file in written] == [path.name, f"{path.name}.meta.json"]
    meta = json.loads(written[1].read_text())
    assert meta == {"rule": "every-pair", "rows": 2, "columns": ["ccode1", "ccode2", "year", "facts"]}
    read = {"csv": pandas.read_csv, "parquet": pandas.read_parquet, "dta": pandas.read_stata}[ending](path)
    assert read["facts"].isna().tolist() == [False, True]
    assert read["year"].tolist() == [1950, 1951]
    if ending == "csv":
        assert path.read_text().splitlines()[2] == "2,20,1951,"


def test_a_table_of_no_known_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table is written as"):
        write_table(tmp_path / "table.xlsx", ("year",), [(1950,)], {})


def test_columns_are_those_of_the_types_asked_for(loaded: Store) -> None:
    table = yearly(
        read_history(loaded), Question(types=("defence",)), Shape("dyad-year", 1832, 1832, all_pairs=True)
    )
    assert table.columns == ("ccode1", "ccode2", "year", "facts", "defence")
    assert (
        200,
        220,
        1832,
        0,
        0,
    ) in table.rows  # an entente is no defence, and no column says that there is none


def test_two_actors_that_are_one_state_by_a_system_make_one_row(store: Store) -> None:
    told = [
        stated("west", "COW-GFR FRA", ["in_force 1980/1990-10-02"]),
        stated("one", "DEU FRA", ["in_force 1990-10-03/.."]),
    ]
    load(store, Reading("test", (Source("test:a", "A table"),), told, whole=False))
    question, history = Question(), read_history(store)
    iso = yearly(history, question, Shape("state-year", 1990, 1990, codes="iso"))
    assert [row[:4] for row in iso.rows] == [("DEU", 1990, 2, 1), ("FRA", 1990, 2, 2)]
    cow = yearly(history, question, Shape("state-year", 1990, 1990))
    assert [row[:3] for row in cow.rows] == [(220, 1990, 2), (255, 1990, 1), (260, 1990, 1)]
