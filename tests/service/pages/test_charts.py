"""Where things lie on a chart."""

from datetime import date

import pytest

from comity.graph.slices import Question
from comity.queries.entries import Entry, StepTaken
from comity.queries.over_time import PartnersByYear
from comity.queries.similarity.histories import SimilarityHistory, Year
from comity.service.pages.charts import Axis, Stroke, areas, rank_line, similarity_line, timeline


def entry(name: str, when: str = "", *steps: tuple[str, str]) -> Entry:
    """A fact that was in effect then, or of which these steps are told."""
    taken = tuple(StepTaken(step, day, "unique") for step, day in steps)
    return Entry(name, "t", "talks", name, (), (), "held", when, taken, (), {}, {}, (), ())


def test_days_lie_between_the_ends_and_beyond_them_at_the_ends() -> None:
    axis = Axis(2001, 2002)
    assert axis.at(date(2001, 1, 1)) == 0
    assert axis.at(date(2002, 1, 1)) == axis.year(2002) == 50
    assert (axis.at(date.min), axis.at(date.max)) == (0, 100)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2010, 2014, [2010, 2011, 2012, 2013, 2014]),
        (1816, 2026, [1850, 1900, 1950, 2000]),
        (2016, 2016, [2016]),
    ],
)
def test_round_years_are_marked(first: int, last: int, years: list[int]) -> None:
    assert [year for _, year in Axis(first, last).ticks] == years


def test_partners_become_runs_on_one_axis() -> None:
    found = areas(
        [PartnersByYear("drill", 2001, (0, 2, 2), (1, 2, 2)), PartnersByYear("talks", 2003, (1,), (1,))]
    )
    assert found
    axis, (drill, talks) = found
    assert (axis.first, axis.last, drill.most) == (2001, 2003, 2)
    assert [(run.years, run.value) for run in drill.certain] == [("2001", 0), ("2002–2003", 2)]
    assert [(run.x, run.width) for run in talks.certain] == [(66.67, 33.33)]
    assert areas([]) is None


def test_a_line_of_ranks_is_broken_where_there_is_none() -> None:
    line = rank_line(Axis(2001, 2004), "degree", "", [2001, 2002, 2004], [1, 3, 2], 100)
    assert line.deepest == 3
    assert line.strokes == (
        Stroke(0, 0, 25, 0), Stroke(25, 100, 50, 100), Stroke(75, 50, 100, 50), Stroke(25, 0, 25, 100),
    )  # fmt: skip
    assert [(run.years, run.value) for run in line.runs] == [("2001", 1), ("2002", 3), ("2004", 2)]


def test_a_line_of_similarity_has_no_value_where_none_is_defined() -> None:
    years = tuple(
        Year(year, 2, {"kappa": value}, {})
        for year, value in ((2001, 1.0), (2002, 1.0), (2003, None), (2004, -1.0))
    )
    history = SimilarityHistory("d", Question(), years)
    strokes, table = similarity_line(Axis(2001, 2004), history, "kappa", 100)
    assert strokes == (Stroke(12.5, 0, 37.5, 0),)
    assert table == (("2001–2002", "1.000"), ("2004", "-1.000"))


def test_a_fact_lies_where_it_surely_and_possibly_was() -> None:
    found = timeline(
        [
            entry("sure", "2001-01-01/2002-01-01"),
            entry("doubtful", "[2001-01-01..2002-01-01]/.."),
            entry("planned", "", ("planned", "2002-01-01")),
        ],
        date(2002, 12, 31),
    )
    assert found
    axis, bars = found
    assert (axis.first, axis.last) == (2001, 2002)
    assert (bars["sure"].certain, bars["sure"].possible) == (((0, 50),), ())
    assert (bars["doubtful"].certain, bars["doubtful"].possible) == (((50, 100),), ((0, 100),))
    assert (bars["planned"].certain, bars["planned"].steps) == ((), (50,))
    assert timeline([entry("undated")], date(2002, 12, 31)) is None
