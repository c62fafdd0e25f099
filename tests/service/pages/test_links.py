"""Addresses lead back to the id that they were made of, whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from comity.service.pages.links import Links, segments

IDS = ["JPN", "COW-AUH", "japan-europe:acsa-france", "a/b", "a@b~c", "50%", "ä ö?#&+", "漢字", ".x"]


def asked(path: str) -> Request:
    """A request as a server makes it of this address."""
    raw, _, query = path.partition("?")
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": raw,
            "raw_path": raw.encode(),
            "query_string": query.encode(),
            "headers": [],
        }
    )


@pytest.mark.parametrize("id", IDS)
def test_an_id_survives_its_address(id: str) -> None:
    links = Links("/below", "as_of=2016-12-31")
    for name, address in (
        ("actors", links.actor(id)),
        ("facts", links.fact(id)),
        ("sources", links.source(id)),
    ):
        assert address.startswith(f"/below/{name}/") and address.endswith("?as_of=2016-12-31")
        assert segments(asked(address), name) == [id]


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_ids_are_not_mixed_up(left: str, right: str) -> None:
    try:
        address = Links().dyad(left, right)
    except UnicodeEncodeError:  # half a surrogate pair is no character
        return
    assert segments(asked(address), "dyads") == [left, right]


def test_nothing_is_carried_where_nothing_was_asked() -> None:
    assert Links().actor("JPN") == "/actors/JPN"
    assert Links(carried="as_of=2016").bare().fact("t:x") == "/facts/t:x"
    assert Links().to("search", q="a b", as_of="") == "/search?q=a+b"
