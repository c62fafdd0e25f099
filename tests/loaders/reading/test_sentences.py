"""Splitting into sentences: stops that end one and stops that do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.loaders.reading.mending import mend
from comity.loaders.reading.sentences import LONGEST, sentences, spans


@pytest.mark.parametrize(
    "text",
    [
        "Japan met France.|They signed.|Then they left!|Why?|Nobody knows",
        "The U.S. President met Mr. Abe in Washington, D.C. on Oct. 5.|He left the U.S.|The two sides signed.",
        "Gen. J. Smith and Lt. Col. Jones came at 5 p.m.|In 2014, they left.",
        "They bought 3.5 million tons, No. 7 of Vol. 2, i.e. nearly all.|It cost $2.5.",
        "\u201cWe will go.\u201d|He went.",
        "\u201cWe will go,\u201d he said.|(They went.)|They came back.",
        "They waited\u2026|They left...|Nobody came.",
        "One line|another line|a third.",
        "In 2014 J. Smith came to St. Petersburg with Dr. Jones et al. and left.",
        "Talks began on Jan. 5.|On Feb. 6 they ended.",
    ],
)
def test_a_text_is_split_where_its_sentences_end(text: str) -> None:
    separator = "\n" if "line" in text else " "
    whole = text.replace("|", separator)
    assert [whole[span.start : span.end] for span in spans(whole)] == text.split("|")


def test_sentences_know_where_they_stand_and_when_they_were_written() -> None:
    mended = mend("In 20 14, they met.They left.\r\n\r\n---\n\n  A new paragraph. ")
    found = sentences(mended, "2016-11")
    assert [each.text for each in found] == ["In 2014, they met.", "They left.", "A new paragraph."]
    assert {each.document_date for each in found} == {"2016-11"}
    assert all(mended.text[each.span.start : each.span.end] == each.text for each in found)
    whole = mended.original_span(found[0].span)
    assert mended.original[whole.start : whole.end] == "In 20 14, they met."


def test_what_has_no_end_is_cut_at_spaces() -> None:
    text = "word " * 3_000
    found = list(spans(text))
    assert all(span.end - span.start <= LONGEST for span in found)
    assert "".join(text[span.start : span.end] for span in found).replace(" ", "") == text.replace(" ", "")


@given(st.one_of(st.text(max_size=200), st.text(alphabet="aA.!?\n \"'(U.S.", max_size=200)))
def test_no_letter_is_lost(text: str) -> None:
    found = list(spans(text))
    ends = [0, *(place for span in found for place in (span.start, span.end)), len(text)]
    assert ends == sorted(ends)
    between = [text[first:last] for first, last in zip(ends[::2], ends[1::2], strict=True)]
    assert not any(sign.isalpha() for gap in between for sign in gap)
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in found)
