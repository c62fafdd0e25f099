"""Figures of the Correlates of War alliances (v4.1, by_dyad), computed from the file alone: measures without loader or store."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from comity.queries.measures import measure_of
from comity.queries.networks import Network

Spell = tuple[str, str, date, date]


@pytest.fixture(scope="module")
def defence(data_folder: Path) -> list[Spell]:
    """Every spell of a dyad with a promise of defence, from its first to its last day."""
    path = data_folder / "cow" / "alliance_v4.1_by_dyad.csv"
    with path.open(encoding="latin-1", newline="") as file:
        return [
            (row["state_name1"], row["state_name2"], _day(row, "st"), _day(row, "end"))
            for row in csv.DictReader(file)
            if row["defense"] == "1"
        ]


def _day(row: dict[str, str], end: str) -> date:
    if not row[f"dyad_{end}_year"]:
        return date.max  # still in force when the data end
    year, month, day = (int(row[f"dyad_{end}_{part}"]) for part in ("year", "month", "day"))
    return date(year, month, day)


def network(spells: list[Spell], holds: Callable[[date, date], bool]) -> Network:
    graph: Network = nx.Graph()
    graph.add_edges_from((left, right) for left, right, begin, end in spells if holds(begin, end))
    return graph


def year(spells: list[Spell], asked: int) -> Network:
    """The network of those tied on any day of the year."""
    return network(spells, lambda begin, end: begin.year <= asked <= end.year)


@pytest.mark.parametrize(
    ("asked", "actors", "ties"),
    [(1816, 15, 37), (1900, 9, 9), (1914, 13, 15), (1938, 19, 47), (1939, 21, 51), (1945, 37, 205), (1950, 51, 309),
     (1980, 87, 635), (2000, 121, 1141), (2012, 122, 1161)],
)  # fmt: skip
def test_size(defence: list[Spell], asked: int, actors: int, ties: int) -> None:
    graph = year(defence, asked)
    assert (len(graph), graph.size()) == (actors, ties)


@pytest.mark.parametrize(
    ("asked", "state", "partners"),
    [(1914, "Germany", 5), (1950, "United States of America", 31), (2000, "United States of America", 55),
     (2012, "United States of America", 55), (2000, "Canada", 50), (2012, "Canada", 50)],
)  # fmt: skip
def test_degree(defence: list[Spell], asked: int, state: str, partners: int) -> None:
    values = measure_of("degree").function(year(defence, asked))
    assert values[state] == partners
    assert state == "Canada" or max(values.values()) == partners


@pytest.mark.parametrize(
    ("asked", "state", "value"),
    [(1816, "Austria-Hungary", 0.3297), (1914, "Romania", 0.1515), (1939, "Russia", 0.3868),
     (1950, "United States of America", 0.4571), (1950, "United Kingdom", 0.3657), (2000, "United States of America", 0.1539),
     (2012, "France", 0.3336), (2012, "Gabon", 0.3278), (2012, "United States of America", 0.2150)],
)  # fmt: skip
def test_betweenness(defence: list[Spell], asked: int, state: str, value: float) -> None:
    assert measure_of("betweenness").function(year(defence, asked))[state] == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize(
    ("asked", "ties"), [(date(1913, 12, 31), 10), (date(1914, 7, 28), 10), (date(1939, 8, 31), 18)], ids=str
)
def test_ties_on_a_day(defence: list[Spell], asked: date, ties: int) -> None:
    assert network(defence, lambda begin, end: begin <= asked <= end).size() == ties
