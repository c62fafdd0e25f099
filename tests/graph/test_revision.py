from hypothesis import given
from hypothesis import strategies as st

from comity.graph.revision import carried, revision_of
from comity.graph.stores.base import EMPTY_REVISION

ITEMS = st.lists(st.text(min_size=1), unique=True)


@given(ITEMS.flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_the_order_does_not_matter(lists: tuple[list[str], list[str]]) -> None:
    assert revision_of(lists[0]) == revision_of(lists[1])


@given(ITEMS, ITEMS)
def test_carrying_forward_is_counting_anew(before: list[str], after: list[str]) -> None:
    opened = [item for item in after if item not in before]
    closed = [item for item in before if item not in after]
    assert carried(revision_of(before), opened, closed) == revision_of(after)


@given(ITEMS, ITEMS)
def test_different_content_has_another_revision(one: list[str], other: list[str]) -> None:
    assert (revision_of(one) == revision_of(other)) == (set(one) == set(other))


def test_nothing_has_the_empty_revision() -> None:
    assert revision_of([]) == EMPTY_REVISION
    assert carried(revision_of(["a"]), closed=["a"]) == EMPTY_REVISION
