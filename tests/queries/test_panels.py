"""Panels: every row is the ranking of its period's slice, with doubt that of the slice in doubt."""

import json
from dataclasses import replace
from datetime import date

import pytest

from comity.graph.errors import InputError, NoData
from comity.graph.loading import load
from comity.graph.slices import Question, read_history
from comity.graph.stores import Store
from comity.queries.doubt.ranges import doubt_of
from comity.queries.measures import MEASURES, measure_of
from comity.queries.panels import Panel, panel
from comity.queries.ranking import rank
from tests.graph.facts import stated
from tests.queries.alliances import alliances, alliances_1914
from tests.queries.histories import history_of

DEFENCE = Question(types=("defence",))
DOUBTFUL = [
    stated("sure", "FRA GBR", ["in_force 1950/.."]),
    stated("year", "JPN USA", ["in_force 1960/.."]),
    stated("joined", "FRA GBR USA@1960/..", ["in_force 1955/.."]),
    stated("ended", "DEU ITA", ["in_force 1950/1961"]),
]


def rows(found: Panel) -> dict[tuple[object, object], dict[str, object]]:
    named = [dict(zip(found.columns, row, strict=True)) for row in found.rows()]
    return {(row["actor"], row["time"]): row for row in named}


@pytest.mark.parametrize("every", ["year", "month", "change"])
def test_values_and_ranks_are_those_of_the_slices(every: str) -> None:
    history = history_of(alliances())
    found = panel(history, DEFENCE, list(MEASURES.values()), 1912, 1915, every)
    told = rows(found)
    for period in found.periods:
        slice = history.at(period.of(DEFENCE))
        time = int(period.name) if every == "year" else period.name
        assert {actor for actor, when in told if when == time} == set(slice.members)
        for measure in MEASURES.values():
            for row in rank(slice, measure).rows:
                cells = told[row.actor, time]
                assert cells[measure.name.replace("-", "_")] == pytest.approx(row.value, abs=1e-9)
                assert cells[f"{measure.name.replace('-', '_')}_rank"] == row.rank


def test_doubt_is_that_of_the_slices_in_doubt() -> None:
    history = history_of(DOUBTFUL)
    measures = [measure_of("degree"), measure_of("betweenness")]
    found = panel(history, Question(convention="first-day"), measures, 1959, 1962, doubt=True)
    told = rows(found)
    for period in found.periods:
        asked = period.of(Question(convention="first-day"))
        possible = history.at(replace(asked, certainty="possible"))
        for measure in measures:
            for row in doubt_of(possible, asked, measure).rows:
                cells = told[row.actor, int(period.name)]
                name = measure.name
                assert [cells[f"{name}{end}"] for end in ("", "_rank", "_least", "_most", "_rank_best", "_rank_worst")] == [
                    row.value, row.rank, row.value_least, row.value_most, row.rank_best, row.rank_worst,
                ]  # fmt: skip
    # On 1 January 1960 Japan may have had a tie.
    assert told["JPN", 1960]["degree"] is None
    assert (told["JPN", 1960]["degree_least"], told["JPN", 1960]["degree_most"]) == (0, 1)


def test_several_processes_compute_what_one_does() -> None:
    history, question = history_of(DOUBTFUL), Question(convention="first-day")
    measures = [measure_of(name) for name in ("degree", "eigenvector", "collaboration")]
    done: list[int] = []
    alone = panel(history, question, measures, 1948, 1963, doubt=True)
    shared = panel(history, question, measures, 1948, 1963, doubt=True, workers=2, advance=done.append)
    assert done[-1] == len(shared.periods) == 16
    for one, other in zip(alone.rows(), shared.rows(), strict=True):
        for cell, same in zip(one, other, strict=True):
            assert cell == (pytest.approx(same, rel=1e-12) if isinstance(same, float) else same)


def test_somebody_has_to_work() -> None:
    with pytest.raises(InputError, match="at least one"):
        panel(history_of(DOUBTFUL), Question(), [measure_of("degree")], 1948, 1963, workers=0)


def test_the_same_from_both_stores(store: Store) -> None:
    load(store, alliances_1914())
    found = panel(read_history(store, ("agreement",)), DEFENCE, [measure_of("degree")], 1914, 1914)
    best = max(rows(found).values(), key=lambda row: row["degree"])  # type: ignore[arg-type, return-value]
    assert (best["actor"], best["name"], best["degree"], best["degree_rank"]) == ("DEU", "Germany", 5, 1)
    assert found.describe()["sources"] == ["test"]
    json.dumps(found.to_dict())


def test_years_of_which_nobody_tells_have_no_rows_and_are_named() -> None:
    history = history_of([stated("pact", "FRA GBR", ["in_force 1900/.."])], a="1900/1902")
    found = panel(history, Question(), [measure_of("degree")], 1899, 1903)
    assert {time for _, time in rows(found)} == {1900, 1901, 1902}
    assert found.left_out == (1899, 1903)
    with pytest.raises(NoData, match="nobody tells of the years 1903 to 1904: a of 1900/1902"):
        panel(history, Question(), [measure_of("degree")], 1903, 1904)


def test_a_period_of_change_says_until_when() -> None:
    found = panel(history_of(alliances()), DEFENCE, [measure_of("degree")], 1914, 1914, "change")
    assert found.columns[:4] == ("actor", "name", "time", "until")
    assert rows(found)["TUR", "1914-08-02"]["until"] == "1914-08-18"


def test_only_some_actors_keep_their_ranks_among_all() -> None:
    found = panel(history_of(alliances()), DEFENCE, [measure_of("degree")], 1914, 1914)
    assert [row[0] for row in found.only(["ITA", "GBR"]).rows()] == ["GBR", "ITA"]
    assert rows(found.only(["ITA"]))["ITA", 1914] == rows(found)["ITA", 1914]
    assert found.leading(measure_of("degree"), 1) == ("DEU",)


def test_no_measure_is_no_panel() -> None:
    with pytest.raises(InputError, match="at least one measure"):
        panel(history_of(alliances()), DEFENCE, [], 1914, 1914)


def test_changes_within_a_single_day_are_described_too() -> None:
    history = history_of([stated("pact", "FRA GBR", ["in_force 1890/.."])], a="1900-01-01/1900-01-01")
    found = panel(history, Question(), [measure_of("degree")], 1900, 1900, "change")
    assert [(period.first, period.last) for period in found.periods] == [(date(1900, 1, 1), date(1900, 1, 1))]
    assert "convention" not in found.describe()


def test_without_years_a_panel_is_of_those_of_which_the_sources_tell() -> None:
    history = history_of([stated("pact", "FRA GBR", ["in_force 1890/.."])], a="1900/1902")
    found = panel(history, Question(), [measure_of("degree")])
    assert [period.name for period in found.periods] == ["1900", "1901", "1902"]
