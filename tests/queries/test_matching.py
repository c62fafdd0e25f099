import random
from pathlib import Path

import pytest

from comity.graph.loading import load
from comity.graph.model import Statement
from comity.graph.resolve import Fact, resolve_all
from comity.graph.stores import Store
from comity.loaders.dossier import bundled, open_bundled, read_dossier
from comity.queries.matching import assign, propose
from tests.published import atop, cow, cross_references, statements

DOSSIERS = Path(__file__).parent / "dossiers"
ACSA = ("ministry:acsa", "press:logistics-treaty")
DRILL = ("ministry:guardian-north", "press:fighters")


def facts_of(*names: str) -> list[Fact]:
    told = [statement for name in names for statement in read_dossier(DOSSIERS / f"{name}.yaml").statements]
    return list(resolve_all(told))


def test_one_thing_under_two_names_comes_first_and_nothing_else_is_accepted() -> None:
    proposals = propose(facts_of("ministry", "press"))
    assert {one.pair for one in proposals[:2]} == {ACSA, DRILL}
    accepted = assign(proposals).accepted
    assert ACSA in {one.pair for one in accepted}
    assert {one.pair for one in accepted} <= {ACSA, DRILL}
    (acsa,) = (one for one in proposals if one.pair == ACSA)
    texts = {evidence.feature: evidence.text for evidence in acsa.evidence}
    assert "JPN" in texts["parties"]
    assert "the same day" in texts["dates"]
    assert "Defence Logistics Treaty" in texts["names"]


def test_proposals_do_not_depend_on_the_order_of_facts() -> None:
    facts = facts_of("ministry", "press")
    expected = propose(facts)
    for seed in range(5):
        random.Random(seed).shuffle(facts)
        assert propose(facts) == expected
    assert all(0 <= one.score <= 1 and one.left < one.right for one in expected)


def test_what_is_judged_is_not_proposed_again() -> None:
    facts = facts_of("ministry", "press")
    assert ACSA not in {one.pair for one in propose(facts, judged={ACSA})}


def test_nothing_within_or_across_the_bundled_dossiers_is_one(store: Store) -> None:
    told: list[Statement] = []
    for name in bundled():
        dossier = open_bundled(name)
        load(store, dossier.reading())
        told += dossier.statements
    facts = list(resolve_all(told))
    for across in (True, False):
        accepted = assign(propose(facts, across=across)).accepted
        assert accepted == (), [one.pair for one in accepted]


def test_alliances_of_atop_and_cow_are_paired_as_atop_itself_pairs_them(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = list(resolve_all([*statements(atop(data_folder)), *statements(cow(data_folder))]))
    key = cross_references(data_folder)
    accepted = [_in_order(one.pair) for one in assign(propose(facts)).accepted]
    known = [(left, right) for left, right in accepted if left in key]
    right = [(left, other) for left, other in known if other in key[left]]
    precision, recall = len(right) / len(known), len(right) / len(key)
    with capsys.disabled():
        print(
            f"\nATOP and COW: {len(accepted)} accepted, {len(known)} with a key, precision {precision:.4f}, recall {recall:.4f}"
        )
    assert len(known) > 300
    assert precision >= 0.99
    assert recall >= 0.9


def _in_order(pair: tuple[str, str]) -> tuple[str, str]:
    left, right = pair
    return (left, right) if left.startswith("atop:") else (right, left)
