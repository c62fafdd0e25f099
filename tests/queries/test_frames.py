"""Frames have typed columns, whatever is in them."""

import sys
from datetime import date

import polars as pl
import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.graph.slices import Question
from comity.queries.exports import CSV_COLUMNS
from comity.queries.frames import frame, panel_frame, ties_frame
from comity.queries.measures import measure_of
from comity.queries.panels import panel
from tests.graph.facts import stated
from tests.queries.alliances import alliances
from tests.queries.histories import history_of

DEFENCE = Question(types=("defence",))
MEASURES = [measure_of("degree"), measure_of("betweenness")]


def test_ties_are_rows_with_days_and_lists() -> None:
    ties = ties_frame(
        history_of(alliances()).at(Question(types=("defence",), as_of=When.parse("1914-07-28")))
    )
    assert tuple(ties.columns) == tuple(CSV_COLUMNS)
    (row,) = ties.filter(pl.col("fact") == "test:anglo-portuguese").to_dicts()
    assert (row["left"], row["right"], row["types"]) == ("GBR", "PRT", ["defence"])
    assert (row["earliest_begin"], row["latest_begin"]) == (date(1386, 5, 9), date(1386, 5, 9))
    assert row["earliest_end"] is row["latest_end"] is None


def test_what_is_known_to_the_year_keeps_both_bounds() -> None:
    history = history_of([stated("pact", "FRA GBR", ["in_force 1904/1914-08"])])
    (row,) = ties_frame(history.at(Question(as_of=When.parse("1910")))).to_dicts()
    bounds = [row[name] for name in ("earliest_begin", "latest_begin", "earliest_end", "latest_end")]
    assert bounds == [date(1904, 1, 1), date(1904, 12, 31), date(1914, 8, 1), date(1914, 8, 31)]


def test_no_tie_is_an_empty_frame_of_the_same_columns() -> None:
    history = history_of(alliances())
    some, none = (
        ties_frame(history.at(Question(as_of=When.parse(day)))) for day in ("1914-07-28", "0900-01-01")
    )
    assert none.height == 0 and none.schema == some.schema


@pytest.mark.parametrize(
    ("every", "first", "until"),
    [
        ("year", 1913, None),
        ("month", date(1913, 1, 1), None),
        ("change", date(1913, 1, 1), date(1913, 5, 31)),
    ],
)
def test_panels_have_years_or_days(every: str, first: int | date, until: date | None) -> None:
    found = panel_frame(panel(history_of(alliances()), DEFENCE, MEASURES, 1913, 1914, every))
    assert found["time"][0] == first
    if until:
        assert found["until"][0] == until
    assert [found.schema[name] for name in ("degree", "degree_rank", "betweenness")] == [
        pl.Int64,
        pl.Int64,
        pl.Float64,
    ]


def test_a_panel_in_doubt_has_ranges() -> None:
    found = panel_frame(panel(history_of(alliances()), DEFENCE, MEASURES, 1914, 1914, doubt=True))
    assert found.schema["degree_most"] == found.schema["betweenness_rank_worst"] == pl.Int64
    assert found.schema["betweenness_least"] == pl.Float64
    assert found.schema["betweenness_method"] == found.schema["degree_rank_method"] == pl.String


def test_values_tell_the_type_where_nothing_else_does() -> None:
    found = frame({"name": str, "value": None}, [("a", None), ("b", 2.5)])
    assert found.schema == {"name": pl.String, "value": pl.Float64}


def test_without_polars_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(InputError, match=r"comity\[frames\]"):
        frame({"name": str}, [])
