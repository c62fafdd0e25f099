"""Differences: ties, turnover, moves, and the correlation of networks with its permutation test."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.graph.slices import Question
from comity.queries.differences import Difference, _moves, correlation, difference
from comity.queries.measures import measure_of
from comity.queries.ranking import Ranked, rank
from tests.graph.facts import stated
from tests.queries.alliances import alliances
from tests.queries.histories import history_of

JULY, DECEMBER = (Question(types=("defence",), as_of=When.parse(day)) for day in ("1914-07-28", "1914-12-31"))


def found(before: Question = JULY, after: Question = DECEMBER) -> Difference:
    history = history_of(alliances())
    return difference(history.at(before), history.at(after), measure_of("degree"), permutations=200)


def test_from_july_to_december_1914() -> None:
    change = found()
    assert {(pair.left, pair.right) for pair in change.gained} == {
        ("DEU", "TUR"), ("BGR", "TUR"), ("BGR", "DEU"), ("BGR", "COW-AUH"), ("ROU", "RUS"),
    }  # fmt: skip
    assert (change.lost, change.kept) == ((), 10)
    assert change.turnover == pytest.approx(5 / 15)
    assert (change.actors_gained, change.actors_lost) == (("BGR", "TUR"), ())
    assert next(pair.facts for pair in change.gained if pair.right == "TUR" and pair.left == "DEU") == (
        "test:german-ottoman",
    )
    moved = {move.actor: move for move in change.moves}
    russia = moved["RUS"]
    assert russia.before and russia.after
    # Of July's eleven, four have three partners, Britain two, six one; in December Russia's two share rank 6 with others.
    assert (russia.before.value, russia.after.value, russia.before.rank) == (1, 2, 6)
    assert moved["TUR"].before is None
    assert change.moves[-1].before is None  # who has come stands last


def test_the_other_way_round_what_was_gained_is_lost() -> None:
    there, back = found(), found(DECEMBER, JULY)
    assert (there.gained, there.lost) == (back.lost, back.gained)
    assert there.correlation.value == pytest.approx(back.correlation.value)


def test_a_network_is_like_itself() -> None:
    same = found(JULY, JULY)
    assert (same.gained, same.lost, same.turnover, same.moves) == ((), (), 0, ())
    assert same.correlation.value == pytest.approx(1)


def test_the_correlation_and_its_p_by_all_relabellings() -> None:
    # A path and a star of four: as vectors of the six pairs.
    path, star = np.zeros((4, 4)), np.zeros((4, 4))
    for left, right in ((0, 1), (1, 2), (2, 3)):
        path[left, right] = path[right, left] = 1
    for leaf in (1, 2, 3):
        star[0, leaf] = star[leaf, 0] = 1
    pairs = np.triu_indices(4, 1)
    observed = np.corrcoef(path[pairs], star[pairs])[0, 1]
    exact = [
        np.corrcoef(path[pairs], star[np.ix_(order, order)][pairs])[0, 1]
        for order in map(list, permutations(range(4)))
    ]
    share = np.mean([value >= observed - 1e-12 for value in exact])
    result = correlation(path, star, 4_000, seed=1)
    assert result.value == pytest.approx(observed)
    assert result.p == pytest.approx(share, abs=0.03)
    assert correlation(path, star, 100, seed=1) == correlation(path, star, 100, seed=1)


def test_where_nothing_varies_nothing_correlates() -> None:
    full = np.ones((4, 4)) - np.eye(4)
    one_tie = np.zeros((4, 4))
    one_tie[0, 1] = one_tie[1, 0] = 1
    assert correlation(full, one_tie).value is None
    assert correlation(one_tie[:2, :2], one_tie[:2, :2]).p is None


def test_two_sources_on_one_day() -> None:
    told = [
        stated("pact", "FRA GBR", ["in_force 1900/.."]),
        stated("league", "FRA GBR ITA", ["in_force 1900/.."]),
    ]
    one, other = (history_of([each]) for each in told)
    asked = Question(as_of=When.parse("1910"))
    change = difference(one.at(asked), other.at(asked), measure_of("degree"))
    assert ([pair.facts for pair in change.gained], change.kept) == ([("test:league",)] * 2, 1)
    document = change.to_dict()
    assert document["before"]["sources"] == ["test"]
    assert document["moves"][0]["actor"] in ("FRA", "GBR")


def test_last_digits_move_nobody() -> None:
    closeness, july = measure_of("closeness"), history_of(alliances()).at(JULY)
    then = rank(july, closeness).rows

    def larger(share: float) -> tuple[Ranked, ...]:
        return tuple(replace(row, value=row.value * (1 + share)) for row in then)

    assert then != larger(1e-14)
    assert _moves(closeness, then, larger(1e-14)) == ()
    assert len(_moves(closeness, then, larger(1e-9))) == len(then)


@pytest.mark.parametrize(
    ("permutations", "seed", "told"), [(0, 0, "at least one"), (1, -1, "the seed -1 is below 0")]
)
def test_what_is_no_test_is_refused(permutations: int, seed: int, told: str) -> None:
    july = history_of(alliances()).at(JULY)
    with pytest.raises(InputError, match=told):
        difference(july, july, measure_of("degree"), permutations=permutations, seed=seed)
