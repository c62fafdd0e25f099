"""Figures of published data sets of alliances, measured on slices of a store that their loaders filled.

The Correlates of War (v4.1) by dyad and by member must give the same networks, as they tell the same pledges.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.slices import History, Question, Slice, read_history
from comity.graph.stores import open_store
from comity.queries.measures import measure_of
from comity.queries.measures.spectral import KATZ_SHARE
from comity.queries.networks import to_networkx
from comity.queries.ranking import rank
from tests.published import atop, cow


@dataclass(frozen=True, slots=True)
class Published:
    """A data set as loaded: its history is read once, and slices are cut from it."""

    history: History

    def defence(self, as_of: str) -> Slice:
        """The certain ties of defence on a day, or on any day of a year."""
        return self.history.at(Question(types=("defence",), as_of=When.parse(as_of)))


@pytest.fixture(scope="module", params=["member", "dyad", "directed"])
def correlates(
    request: pytest.FixtureRequest, data_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Published]:
    with open_store(str(tmp_path_factory.mktemp("cow") / "store")) as store:
        load(store, cow(data_folder, request.param))
        yield Published(read_history(store, ("agreement",)))


@pytest.fixture(scope="module")
def obligations(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with open_store(str(tmp_path_factory.mktemp("atop") / "store")) as store:
        load(store, atop(data_folder))
        yield Published(read_history(store, ("agreement",)))


def pairs(slice: Slice) -> int:
    return len({frozenset((tie.left, tie.right)) for tie in slice.ties})


def cow_id(code: int) -> str:
    (actor,) = crosswalk().lookup(str(code), None, "cow")
    return actor.id


@pytest.mark.parametrize(
    ("asked", "actors", "ties"),
    [(1816, 15, 37), (1900, 9, 9), (1914, 13, 15), (1938, 19, 47), (1939, 21, 51), (1945, 37, 205), (1950, 51, 309),
     (1980, 87, 635), (2000, 121, 1141), (2012, 122, 1161)],
)  # fmt: skip
def test_size(correlates: Published, asked: int, actors: int, ties: int) -> None:
    found = correlates.defence(str(asked))
    assert (len(found.members), pairs(found)) == (actors, ties)


@pytest.mark.parametrize(
    ("asked", "state", "partners"),
    [(1914, "DEU", 5), (1950, "USA", 31), (2000, "USA", 55), (2012, "USA", 55), (2000, "CAN", 50), (2012, "CAN", 50)],
)  # fmt: skip
def test_degree(correlates: Published, asked: int, state: str, partners: int) -> None:
    values = {row.actor: row.value for row in rank(correlates.defence(str(asked)), measure_of("degree")).rows}
    assert values[state] == partners
    assert state == "CAN" or max(values.values()) == partners


@pytest.mark.parametrize(
    ("asked", "state", "value"),
    [(1816, "COW-AUH", 0.3297), (1914, "ROU", 0.1515), (1939, "RUS", 0.3868), (1950, "USA", 0.4571), (1950, "GBR", 0.3657),
     (2000, "USA", 0.1539), (2012, "FRA", 0.3336), (2012, "GAB", 0.3278), (2012, "USA", 0.2150)],
)  # fmt: skip
def test_betweenness(correlates: Published, asked: int, state: str, value: float) -> None:
    found = rank(correlates.defence(str(asked)), measure_of("betweenness")).rows
    assert {row.actor: row.value for row in found}[state] == pytest.approx(value, abs=5e-5)
    assert state in {row.actor for row in found[:3]}


@pytest.mark.parametrize(
    ("asked", "state"),
    [(1816, "COW-AUH"), (1914, "ROU"), (1939, "RUS"), (1950, "USA"), (2000, "USA"), (2012, "FRA")],
)
def test_top_broker(correlates: Published, asked: int, state: str) -> None:
    # In 2012 a single tie between France and Africa decides: Gabon is second, the United States third.
    assert rank(correlates.defence(str(asked)), measure_of("betweenness")).rows[0].actor == state


@pytest.mark.parametrize("asked", [1816, 1914, 1950, 2012])
def test_measures_as_networkx_has_them(correlates: Published, asked: int) -> None:
    graph = to_networkx(correlates.defence(str(asked)))
    largest = float(np.linalg.eigvalsh(nx.to_numpy_array(graph, weight=""))[-1])
    theirs = {
        "constraint": nx.constraint(graph),
        "effective-size": nx.effective_size(graph),
        "katz": nx.katz_centrality(graph, alpha=KATZ_SHARE / largest, max_iter=10_000, tol=1e-13),
    }
    for name, values in theirs.items():
        assert measure_of(name).function(graph) == pytest.approx(values, abs=1e-9), name


def test_a_pact_of_thirty_is_no_thirty_pacts(correlates: Published, request: pytest.FixtureRequest) -> None:
    if "member" not in request.node.name:
        pytest.skip("by dyad the Correlates of War have a fact for each pair")
    slice = correlates.defence("2000")
    facts = {row.actor: (row.rank, row.value) for row in rank(slice, measure_of("facts")).rows}
    partners = {row.actor: (row.rank, row.value) for row in rank(slice, measure_of("degree")).rows}
    # As counted in the rows of the file by member: Canada's 50 partners are those of two pacts and one neighbour.
    assert (partners["USA"], partners["CAN"]) == ((1, 55), (2, 50))
    assert (facts["USA"], facts["RUS"], facts["CAN"]) == ((1, 9), (2, 8), (5, 3))


@pytest.mark.parametrize(
    ("asked", "ties"), [("1913-12-31", 10), ("1914-07-28", 10), ("1939-08-31", 18), ("1900-12-31", 8), ("1900-01-01", 9)]
)  # fmt: skip
def test_ties_on_a_day(correlates: Published, asked: str, ties: int) -> None:
    assert pairs(correlates.defence(asked)) == ties


@pytest.mark.parametrize(
    ("asked", "allied", "defending"),
    [(1914, 22, 13), (1938, 35, 18), (1950, 59, 52), (1980, 134, 95), (2000, 176, 121), (2018, 186, 144)],
)
def test_allied_states_of_atop(obligations: Published, asked: int, allied: int, defending: int) -> None:
    every = Question(as_of=When.parse(str(asked)))
    ties = [tie for tie in obligations.history.ties if every.counts(tie)]
    assert len({end for tie in ties for end in (tie.left, tie.right)}) == allied
    pledgers = {
        end
        for tie in obligations.defence(str(asked)).ties
        for end in ((tie.left,) if tie.directed else (tie.left, tie.right))
    }
    assert len(pledgers) == defending


def test_most_alliances_in_2018(obligations: Published) -> None:
    question = Question(as_of=When.parse("2018"))
    facts = {
        (end, tie.fact)
        for tie in obligations.history.ties
        if question.counts(tie)
        for end in (tie.left, tie.right)
    }
    most = Counter(actor for actor, _ in facts).most_common(3)
    assert most[0] == ("RUS", 59)
    assert {actor: number for actor, number in most[1:]} == {cow_id(369): 35, cow_id(710): 35}
