"""Layers of one network: worked by hand, and the laws that join them to the whole."""

import doctest
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.graph.errors import InputError, NoData
from comity.graph.loading import load
from comity.graph.model import Statement
from comity.graph.slices import ActorNode, Question, Slice
from comity.graph.stores import Store
from comity.graph.ties import Tie
from comity.queries import layers as module
from comity.queries.layers import degree_correlation, layer_of, layers_of, participation, read_layers
from comity.queries.measures import MEASURES, measure_of
from comity.queries.networks import to_networkx
from tests.graph.facts import reading, stated

ASKED = Question(layers=("agreement", "drill"), as_of=When.parse("2016"))


def told() -> list[Statement]:
    return [
        stated("pact", "JPN USA", ["in_force 1960/.."]),
        stated("club", "FRA GBR USA", ["in_force 1950/.."]),
        stated("guardian", "GBR JPN", ["held 2016-10-24/2016-11-06"], kind="drill", types=["air"]),
        stated("keen", "JPN USA", ["held 2016-11-01"], kind="drill", types=["air"]),
        stated("summit", "JPN FRA", ["held 2016-05-02"], kind="talks", types=["summit"]),
    ]


def test_layers_by_hand(store: Store) -> None:
    load(store, reading(told()))
    found = read_layers(store, ASKED, measure_of("degree"))
    rows = {row.actor: row for row in found.rows}
    # Agreements: Japan - United States, and the club's three pairs. Drills: Britain - Japan, Japan - United States.
    assert {actor: (row.values, row.aggregated, row.overlapping) for actor, row in rows.items()} == {
        "JPN": ((1, 2), 2, 3),
        "GBR": ((2, 1), 3, 3),
        "USA": ((3, 1), 3, 4),
        "FRA": ((2, None), 2, 2),
    }
    # 2 (1 - 1/9 - 4/9), 2 (1 - 9/16 - 1/16), and all in one layer.
    assert {actor: row.participation for actor, row in rows.items()} == pytest.approx(
        {"JPN": 8 / 9, "GBR": 8 / 9, "USA": 3 / 4, "FRA": 0}
    )
    assert [row.actor for row in found.rows] == ["GBR", "JPN", "USA", "FRA"]
    there, back = found.overlaps
    assert (there.left, there.right, there.left_pairs, there.right_pairs, there.both) == (
        "agreement",
        "drill",
        4,
        2,
        1,
    )
    assert (there.jaccard, there.conditional, back.jaccard, back.conditional) == (1 / 5, 1 / 4, 1 / 5, 1 / 2)
    # Partners of France, Britain, Japan, the United States: 2 2 1 3 and 0 1 2 1.
    assert (
        there.correlation == back.correlation == pytest.approx(np.corrcoef([2, 2, 1, 3], [0, 1, 2, 1])[0, 1])
    )
    document = found.to_dict()
    assert document["rows"][3]["values"] == {"agreement": 2, "drill": None}
    assert document["layer"] == "agreement+drill"


def test_any_measure_can_be_held_layer_by_layer(store: Store) -> None:
    load(store, reading(told()))
    found = read_layers(store, ASKED, measure_of("betweenness"))
    rows = {row.actor: row.values for row in found.rows}
    # The United States stand between Japan and two, of three pairs of others; Japan between Britain and them, the one pair.
    assert rows == {"USA": (2 / 3, 0), "JPN": (0, 1), "GBR": (0, 0), "FRA": (0, None)}


def test_a_layer_of_which_nobody_tells_is_missing(store: Store) -> None:
    load(store, reading(told()))
    with pytest.raises(NoData, match="nobody tells of the layer dispute"):
        read_layers(
            store, Question(layers=("agreement", "dispute"), as_of=When.parse("2016")), MEASURES["degree"]
        )


def test_a_layer_outside_the_time_of_its_source_is_missing(store: Store) -> None:
    load(store, reading(told()[:2]))
    drill = stated(
        "keen", "JPN USA", ["held 2016-11-01"], kind="drill", types=["air"], source="b", collection="drills"
    )
    drills = reading([drill], collection="drills")
    load(store, replace(drills, sources=tuple(replace(one, coverage="2010/2016") for one in drills.sources)))
    read_layers(store, ASKED, MEASURES["degree"])
    with pytest.raises(NoData, match="nobody tells of drill in 2018: drills:b of 2010/2016"):
        read_layers(
            store, Question(layers=("agreement", "drill"), as_of=When.parse("2018")), MEASURES["degree"]
        )


def test_one_layer_is_refused(store: Store) -> None:
    load(store, reading(told()))
    with pytest.raises(InputError, match="name two or more"):
        read_layers(store, Question(as_of=When.parse("2016")), MEASURES["degree"])


KINDS = ("agreement", "drill", "talks")


def drawn_slices() -> st.SearchStrategy[Slice]:
    """Ties of three kinds among six actors."""
    tie = st.tuples(st.sampled_from(KINDS), st.sampled_from("ABCDE"), st.sampled_from("BCDEF")).filter(
        lambda drawn: drawn[1] < drawn[2]
    )
    return st.lists(tie, min_size=1, max_size=15).map(slice_of)


def slice_of(drawn: list[tuple[str, str, str]]) -> Slice:
    question = Question(layers=KINDS)
    ties = [
        Tie(f"fact{number}", kind, left, right, False, (), "", True, question.as_of, "every-pair", ())
        for number, (kind, left, right) in enumerate(drawn)
    ]
    return Slice(question, tuple(ties), {}, {actor: ActorNode(actor, "Country", actor) for actor in "ABCDEF"})


@given(slice=drawn_slices())
def test_the_union_of_the_layers_is_the_merged_network(slice: Slice) -> None:
    whole = to_networkx(slice)
    parts = [to_networkx(layer_of(slice, kind)) for kind in KINDS]
    assert {actor for part in parts for actor in part} == set(whole)
    assert {frozenset(pair) for part in parts for pair in part.edges} == {
        frozenset(pair) for pair in whole.edges
    }
    for left, right, data in whole.edges(data=True):
        found = [part.edges[left, right] for part in parts if part.has_edge(left, right)]
        assert data["weight"] == sum(each["weight"] for each in found)
        assert set(data["facts"]) == {fact for each in found for fact in each["facts"]}


@given(slice=drawn_slices())
def test_layers_are_bounded_by_the_whole(slice: Slice) -> None:
    found = layers_of(slice, MEASURES["degree"])
    for row in found.rows:
        told = [value for value in row.values if value is not None]
        assert max(told) <= row.aggregated <= row.overlapping == sum(told)
        assert 0 <= row.participation <= 1
        assert (row.participation == 0) is (len(told) == 1)
    ways = {(each.left, each.right): each for each in found.overlaps}
    for (left, right), each in ways.items():
        back = ways[right, left]
        assert (each.jaccard, each.both, each.correlation) == (back.jaccard, back.both, back.correlation)
        assert each.correlation is None or -1 - 1e-12 <= each.correlation <= 1 + 1e-12


def test_participation_of_battiston() -> None:
    assert participation([4, 4, 4]) == 1
    assert participation([5, 0, 0]) == 0
    # 3/2 (1 - 4/9 - 1/9)
    assert participation([2, 1, 0]) == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=9))
def test_correlation_is_numpys(pairs: list[tuple[int, int]]) -> None:
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    found = degree_correlation(left, right)
    if len(set(left)) > 1 and len(set(right)) > 1:
        assert found == pytest.approx(np.corrcoef(left, right)[0, 1], abs=1e-12)
    else:
        assert found is None


def test_the_examples_in_the_docstrings() -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
