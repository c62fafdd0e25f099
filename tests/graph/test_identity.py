from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.errors import InputError
from comity.graph.identity import APART, Identity, Judgement, Verdict
from comity.graph.resolve import resolve_all
from tests.graph.facts import stated

IDS = [f"test:{letter}" for letter in "abcdef"]


def same(left: str, right: str, confidence: float = 1.0) -> Judgement:
    return Judgement(left, right, Verdict.SAME, "somebody", confidence)


def test_a_judgement_is_the_same_whichever_fact_is_named_first() -> None:
    assert same("test:a", "test:b") == same("test:b", "test:a")
    assert same("test:a", "test:b").id != same("test:a", "test:b", 0.5).id


@pytest.mark.parametrize(
    ("left", "right", "confidence"), [("a", "a", 1.0), ("a", "b", 1.5), ("a", "b", -0.1)]
)
def test_a_judgement_is_about_two_facts_and_has_a_confidence(
    left: str, right: str, confidence: float
) -> None:
    with pytest.raises(InputError):
        same(left, right, confidence)


def test_only_confident_judgements_of_sameness_count() -> None:
    sure, doubtful = same("test:a", "test:b"), same("test:b", "test:c", 0.8)
    different = Judgement("test:c", "test:d", Verdict.DIFFERENT, "somebody")
    found = Identity.of([sure, doubtful, different])
    assert found.of_fact("test:a") == {"test:a", "test:b"}
    assert found.of_fact("test:c") == {"test:c"}
    assert (found.applied, found.held_back) == ((sure,), (doubtful,))
    assert Identity.of([sure, doubtful], 0.8).of_fact("test:a") == {"test:a", "test:b", "test:c"}


@given(
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1]))
)
def test_groups_are_those_of_the_pairs_in_any_order(pairs: list[tuple[str, str]]) -> None:
    forward = Identity.of([same(*pair) for pair in pairs])
    back = Identity.of([same(*pair) for pair in reversed(pairs)])
    for fact in IDS:
        reached = {fact}
        for _ in IDS:
            reached |= {end for pair in pairs if reached & set(pair) for end in pair}
        assert forward.of_fact(fact) == back.of_fact(fact) == reached


def test_a_group_goes_by_the_first_of_the_ids_that_are_there() -> None:
    found = Identity.of([same("test:a", "test:b"), same("test:b", "test:c")])
    assert found.named(["test:b", "test:c", "test:d"]) == {
        "test:b": "test:b",
        "test:c": "test:b",
        "test:d": "test:d",
    }
    assert found.widened(["test:c", "test:d"]) == {"test:a", "test:b", "test:c", "test:d"}


def test_two_facts_judged_the_same_become_one_with_all_accounts() -> None:
    statements = [
        stated("acsa", "JPN GBR", ["signed 2017-01-26"], types=["logistics"]),
        stated("treaty", "GBR JPN", ["signed 2017-01-25"], types=["logistics"], source="b"),
        stated("other", "GBR JPN", ["signed 2011"], types=["research"]),
    ]
    identity = Identity.of([same("test:treaty", "test:acsa")])
    for told in permutations(statements):
        merged, other = resolve_all(told, identity=identity)
        assert (merged.id, merged.ids) == ("test:acsa", ("test:acsa", "test:treaty"))
        assert merged.titles == ("Acsa", "Treaty")
        assert merged.conflicts == ("signed",)
        assert other.ids == ("test:other",)
    assert len(list(resolve_all(statements, identity=APART))) == 3
