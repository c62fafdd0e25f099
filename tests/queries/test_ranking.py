import json

import pytest

from comity.graph.loading import load
from comity.graph.slices import Question, Slice, take
from comity.graph.stores import Store
from comity.queries.measures import MEASURES, measure_of
from comity.queries.ranking import rank
from comity.queries.ranks import ranked
from tests.queries.alliances import (
    BETWEENNESS_IN_DECEMBER,
    BETWEENNESS_IN_JULY,
    DECEMBER,
    FACTS_IN_JULY,
    HARMONIC_IN_JULY,
    JULY,
    PARTNERS_IN_DECEMBER,
    PARTNERS_IN_JULY,
    alliances_1914,
    day,
)


def test_1914_by_hand(store: Store) -> None:
    load(store, alliances_1914())
    july = take(store, Question(types=("defence",), as_of=day(JULY)))
    december = take(store, Question(types=("defence",), as_of=day(DECEMBER)))
    for slice, measure, expected in (
        (july, "degree", PARTNERS_IN_JULY),
        (july, "strength", FACTS_IN_JULY),
        (july, "harmonic", HARMONIC_IN_JULY),
        (july, "betweenness", BETWEENNESS_IN_JULY),
        (december, "degree", PARTNERS_IN_DECEMBER),
        (december, "betweenness", BETWEENNESS_IN_DECEMBER),
    ):
        found = {row.actor: row.value for row in rank(slice, measure_of(measure)).rows}
        assert found == pytest.approx(expected, rel=1e-12), measure
    assert rank(december, measure_of("betweenness")).rows[0].name == "Romania"


def test_a_ranking_as_json(store: Store) -> None:
    load(store, alliances_1914())
    document = rank(
        take(store, Question(types=("defence",), as_of=day(JULY))), measure_of("degree")
    ).to_dict()
    assert json.loads(json.dumps(document)) == document
    assert list(document) == [
        "measure", "engine", "layer", "types", "rule", "sources", "as_of", "slice", "policy", "same_from", "revision", "rows",
    ]  # fmt: skip
    assert document["rows"][0] == {"actor": "COW-AUH", "name": "Austria-Hungary", "rank": 1, "value": 3}
    assert document["rows"][4] == {"actor": "GBR", "name": "United Kingdom", "rank": 5, "value": 2}
    assert document["revision"] == store.revision()


def test_equal_values_share_the_best_rank_in_the_order_of_ids() -> None:
    assert ranked({"B": 2, "C": 1, "A": 2, "D": 0}) == [("A", 1, 2), ("B", 1, 2), ("C", 3, 1), ("D", 4, 0)]


def test_rounding_makes_no_difference_of_rank() -> None:
    third = 1 / 3
    assert [row[:2] for row in ranked({"B": third, "A": third * (1 - 1e-15), "C": third * (1 - 1e-9)})] == [
        ("A", 1), ("B", 1), ("C", 3),
    ]  # fmt: skip
    assert [row[:2] for row in ranked({"B": 1e-17, "A": 0.0})] == [("A", 1), ("B", 1)]


@pytest.mark.parametrize("name", MEASURES)
def test_an_empty_slice_has_an_empty_ranking(name: str) -> None:
    assert rank(Slice(Question(), (), {}, {}), measure_of(name)).rows == ()
