import pytest

from comity.graph.errors import DateError
from comity.loaders.dated import date_of, span_of


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (("1844", "6", "9"), "1844-06-09"), (("1844", "06", ""), "1844-06"), (("1844", "0", "9"), "1844"),
        (("1844", ".", "."), "1844"), (("-9", "6", "9"), ""), (("", "", ""), ""), (("812", "1", "1"), "0812-01-01"),
    ],
)  # fmt: skip
def test_a_date_is_as_precise_as_it_is_given(cells: tuple[str, str, str], text: str) -> None:
    assert date_of(*cells) == text


@pytest.mark.parametrize(
    "cells", [("1844", "13", "1"), ("1844", "6", "31"), ("44/6", "1", "1"), ("1844", "²", "1")]
)
def test_what_is_no_date_is_said(cells: tuple[str, str, str]) -> None:
    with pytest.raises(DateError):
        date_of(*cells)


def test_a_time_may_lack_an_end_and_not_both_nor_go_backwards() -> None:
    assert span_of("1844-06", "..").text == "1844-06/.."
    assert span_of("", "1844").text == "/1844"
    assert span_of("1844-06", "1844").text == "1844-06/1844"  # ends within the year of its beginning
    for begin, end in (("", ""), ("", ".."), ("1844-06-02", "1844-06-01")):
        with pytest.raises(DateError):
            span_of(begin, end)
