"""Values of S and tau-b worked out beforehand from the Correlates of War's alliances by dyad, on slices of loaded stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.slices import History, Question, read_history
from comity.graph.stores import open_store
from comity.queries.similarity.pairs import liken
from comity.queries.similarity.portfolios import portfolios
from tests.published import cow


@pytest.fixture(scope="module", params=["member", "dyad", "directed"])
def table(
    request: pytest.FixtureRequest, data_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, History]]:
    with open_store(str(tmp_path_factory.mktemp("cow") / "store")) as store:
        load(store, cow(data_folder, request.param))
        yield request.param, read_history(store, ("agreement",))


ONE_SIDED = (2000, 2, 740)
"""The United States pledges defence to Japan in COW's alliance 233, Japan nothing. The values were worked out from the table by dyad, which
tells that of both; the others tell who pledges, and Japan's portfolio lacks it: three of 573 less in common."""

FIGURES = [
    ((1914, 255, 300), (0.9556, 0.9556, 0.9014)),
    ((1914, 255, 220), (0.6444, 0.6741, 0.0680)),
    ((1914, 220, 365), (0.8963, 0.9358, 0.5749)),
    ((1914, 200, 220), (0.7778, 0.8074, 0.4928)),
    ((1950, 2, 200), (0.3600, 0.3600, 0.3404)),
    ((1950, 2, 365), (-0.0578, -0.0519, -0.2258)),
    ((2000, 220, 255), (0.9791, 0.9860, 0.9299)),
    ((2000, 2, 200), (0.6091, 0.6114, 0.5115)),
    (ONE_SIDED, (0.4311, 0.4334, 0.1583)),
    ((2000, 2, 365), (0.2845, 0.3101, -0.0650)),
]


def cow_id(code: int) -> str:
    (actor,) = crosswalk().lookup(str(code), None, "cow")
    return actor.id


@pytest.mark.parametrize(("asked", "values"), FIGURES, ids=lambda value: "-".join(map(str, value)))
def test_values(
    table: tuple[str, History], asked: tuple[int, int, int], values: tuple[float, float, float]
) -> None:
    told_by, history = table
    year, one, other = asked
    if asked == ONE_SIDED and told_by != "dyad":
        values = (0.4206, 0.4229, 0.1117)
    found = liken(history.at(Question(as_of=When.parse(str(year)))), cow_id(one), cow_id(other)).valued
    assert (found["s-absolute"], found["s-squared"], found["tau-b"]) == pytest.approx(values, abs=5e-5)


@pytest.mark.parametrize(("year", "states"), [(1914, 45), (1950, 75), (2000, 191)])
def test_states(table: tuple[str, History], year: int, states: int) -> None:
    found = portfolios(table[1].at(Question(as_of=When.parse(str(year)))))
    assert len(found.states) == states


def test_the_one_sided_pledge_is_what_differs(table: tuple[str, History]) -> None:
    told_by, history = table
    found = portfolios(history.at(Question(as_of=When.parse("2000"))))
    japan, america = found.place("JPN"), found.place("USA")
    assert found.commitments[america, japan] == 3
    assert found.commitments[japan, america] == (3 if told_by == "dyad" else 0)
