"""Answers fit, and say what was cut."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.errors import InputError
from comity.service.mcp.answers import LEAST, fitted, text_of

LESS = "ask for less"


def test_what_fits_is_left_as_it_is() -> None:
    document = {"asked": {}, "rows": [1, 2.5, None, True, "x"], "sources": {"s:a": {"cite": "A"}}}
    assert fitted(document, 1_000, LESS) == {"asked": {}, "rows": [1, 2.5, None, True, "x"]}
    assert fitted({"rows": [float("nan"), float("inf")]}, 1_000, LESS) == {"rows": [None, None]}


def test_of_the_sources_those_are_told_that_the_rest_names() -> None:
    document = {
        "rows": [{"fact": "f", "sources": ["s:a", "s:c"]}],
        "sources": {"s:a": {}, "s:b": {}, "s:c": {}},
    }
    assert set(fitted(document, 1_000, LESS)["sources"]) == {"s:a", "s:c"}


def test_outermost_lists_are_as_long_as_they_can_be() -> None:
    document: dict[str, Any] = {"asked": {"who": "JPN"}, "rows": [{"n": n, "text": "about a hundred characters " * 4} for n in range(500)]}  # fmt: skip
    found = fitted(document, 5_000, LESS)
    assert found["cut"] == {"rows": f"the first {len(found['rows'])} of 500", "to_see_more": LESS}
    assert found["rows"] == document["rows"][: len(found["rows"])]
    assert 4_700 < len(text_of(found)) <= 5_000


def test_inner_lists_and_long_texts_are_cut_before_all_is_lost() -> None:
    document = {"rows": [{"parties": list(range(1_000)), "words": "word " * 4_000}], "asked": {"who": "JPN"}}
    found = fitted(document, 2_000, LESS)
    assert found["asked"] == {"who": "JPN"}
    assert found["rows"][0]["parties"][:3] == [0, 1, 2]
    assert found["rows"][0]["words"].endswith("…")
    assert set(found["cut"]) == {"rows.parties", "rows.words", "to_see_more"}


def test_what_cannot_be_cut_is_refused_with_the_remedy() -> None:
    with pytest.raises(InputError, match=r"longer than 2000 characters.*ask for less"):
        fitted({"asked": {f"{number}{'x' * 300}": 1 for number in range(20)}}, 2_000, LESS)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=400),
    lambda inner: st.lists(inner, max_size=60) | st.dictionaries(st.text(max_size=12), inner, max_size=12),
    max_leaves=400,
)


@given(
    st.dictionaries(st.sampled_from(["rows", "facts", "asked", "sources"]), json_values),
    st.integers(LEAST, 9_000),
)
def test_every_answer_fits_or_is_refused(document: dict[str, Any], limit: int) -> None:
    try:
        found = fitted(document, limit, LESS)
    except InputError:
        return
    assert len(text_of(found)) <= limit
    assert json.loads(text_of(found)) == found
    optional = {"sources", "cut"}  # where nothing names a source, where nothing was cut
    assert set(found) - optional == set(document) - optional
