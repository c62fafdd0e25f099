"""Dates that sentences tell: stated, from the document's date, from the date before, inferred, and left out with the reason."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.loaders.parts import MONTHS
from comity.loaders.reading.dating import Dated, Undated, dates, document_date, read_dates
from comity.loaders.reading.mending import mend
from comity.loaders.reading.sentences import sentences
from comity.loaders.reading.settling import Context
from comity.loaders.repairs import repair

DOCUMENT = "2016-11-10"  # a Thursday

STATED = [
    ("They met on 22 January 2017.", ["22 January 2017=2017-01-22"]),
    ("They met on January 22, 2017, in Rome.", ["January 22, 2017=2017-01-22"]),
    ("They met on Sunday, 22nd of January 2017.", ["Sunday, 22nd of January 2017=2017-01-22"]),
    ("They met on Sept. 11, 2001 and on 5 Oct. 2016.", ["Sept. 11, 2001=2001-09-11", "5 Oct. 2016=2016-10-05"]),
    ("Dated 2017-03-04.", ["2017-03-04=2017-03-04"]),
    ("Signed on 22/01/2017 or 22.01.2017.", ["22/01/2017=2017-01-22", "22.01.2017=2017-01-22"]),
    ("In May 2014 they met, in March, 2018 again.", ["May 2014=2014-05", "March, 2018=2018-03"]),
    ("In 2014 they met.", ["2014=2014"]),
    ("2014, the year of the treaty.", ["2014=2014"]),
    ("in 2014, 2016, and 2018", ["2014=2014", "2016=2016", "2018=2018"]),
    ("in 1941-42 and 2014/15", ["1941-42=1941/1942", "2014/15=2014/2015"]),
    ("in May, June, and July 2014", ["May=2014-05", "June=2014-06", "July 2014=2014-07"]),
    ("in May-June 2014", ["May-June 2014=2014-05/2014-06"]),
    ("They met in spring 2014 and the summer of 2015.", ["spring 2014=2014-21", "summer of 2015=2015-22"]),
    ("It was early 2015.", ["early 2015=[2015-01..2015-04]"]),
    ("It was mid-June 2015.", ["mid-June 2015=[2015-06-11..2015-06-20]"]),
    ("They met in late February 2016.", ["late February 2016=[2016-02-21..2016-02-29]"]),
    ("By the end of 2016, it was done.", ["the end of 2016=[2016-09..2016-12]"]),
    ("In the first half of 2016 and the second quarter of 2017.", ["first half of 2016=[2016-01..2016-06]", "second quarter of 2017=[2017-04..2017-06]"]),
    ("In the 1990s, they met.", ["1990s=199X"]),
    ("From 24 October to 6 November 2016.", ["24 October to 6 November 2016=2016-10-24/2016-11-06"]),
    ("from December 30 to January 2, 2017", ["December 30 to January 2, 2017=2016-12-30/2017-01-02"]),
    ("between 24 October and 6 November 2016", ["24 October and 6 November 2016=2016-10-24/2016-11-06"]),
    ("22-26 May 2014", ["22-26 May 2014=2014-05-22/2014-05-26"]),
    ("on May 22–26, 2014", ["May 22–26, 2014=2014-05-22/2014-05-26"]),
    ("from 22 to 26 May 2014", ["22 to 26 May 2014=2014-05-22/2014-05-26"]),
    ("from late October to early November 2016", ["late October to early November 2016=2016-10/2016-11"]),
    ("from 2014 to 2016", ["2014 to 2016=2014/2016"]),
    ("during 2014-2016", ["2014-2016=2014/2016"]),
    ("from May 2014 until June 2015", ["May 2014 until June 2015=2014-05/2015-06"]),
    ("on 9 and 10 May 2014", ["9=2014-05-09", "10 May 2014=2014-05-10"]),
    ("on May 5 and June 6, 2016", ["May 5=2016-05-05", "June 6, 2016=2016-06-06"]),
    ("in March and April 2016", ["March=2016-03", "April 2016=2016-04"]),
]  # fmt: skip

FROM_THE_DOCUMENT = [
    ("They met yesterday.", "2016-11-09"),
    ("They meet today.", "2016-11-10"),
    ("They leave tomorrow.", "2016-11-11"),
    ("They met on Monday.", "2016-11-07"),
    ("They met on Thursday.", "2016-11-10"),
    ("They will meet on Friday.", "2016-11-11"),
    ("They will meet next Monday.", "2016-11-14"),
    ("They met last Friday.", "2016-11-04"),
    ("They met last Thursday.", "2016-11-03"),
    ("They met last week.", "[2016-10-31..2016-11-06]"),
    ("They met last month.", "2016-10"),
    ("They met earlier this month.", "2016-11"),
    ("They met last year.", "2015"),
    ("They meet this year.", "2016"),
    ("They will meet next year.", "2017"),
    ("They met in May this year.", "2016-05"),
    ("They met in December last year.", "2015-12"),
    ("They met early this year.", "[2016-01..2016-04]"),
    ("They met three days ago.", "2016-11-07"),
    ("They met two months ago.", "2016-09"),
    ("They met 25 years ago.", "1991~"),
    ("They met on the 6th.", "2016-11-06"),
    ("They met on the 22nd.", "2016-10-22"),
    ("They will meet on the 22nd.", "2016-11-22"),
    ("They met in July.", "2016-07"),
    ("They met on 3 July.", "2016-07-03"),
    ("They met in December.", "2015-12?"),
    ("They will meet in December.", "2016-12?"),
    ("They will meet in January.", "2017-01?"),
    ("They met last July.", "2016-07"),
    ("They meet this December.", "2016-12"),
    ("They will meet next July.", "2017-07?"),
    ("They met from 24 October to 6 November.", "2016-10-24/2016-11-06"),
]

CHAINS = [
    # Days of the month told before, in the same paragraph.
    ("On 24 October 2016, they met. They left on the 26th.", ["2016-10-24", "2016-10-26"]),
    ("In May 2014 they met. On the 9th and 10th, others came.", ["2014-05", "2014-05-09", "2014-05-10"]),
    ("In May 2014 they met from the 3rd to the 6th.", ["2014-05", "2014-05-03/2014-05-06"]),
    ("In May 2014, they met on 9th and 10.", ["2014-05", "2014-05-09", "2014-05-10"]),
    # … but not of one told in an earlier paragraph, if the document's month is known.
    ("In May 2014 they met.\nThey left on the 5th.", ["2014-05", "2016-11-05"]),
    # Counted from a date that stands beside it.
    ("Two months before the summit of 5 May 2016, they met.", ["2016-03"]),
    ("Three days after their talks of 30 May 2016, they left.", ["2016-06-02"]),
    ("Two years before 2016, they met.", ["2014"]),
    # The same year, and counted from the date before.
    ("On 24 October 2016, they met. In March of the same year, they had agreed.", ["2016-10-24", "2016-03"]),
    ("In May 2014, a drill was held. In September that year, it was over.", ["2014-05", "2014-09"]),
    ("In 2014 it began. The same year, it ended. The following year, all was forgotten.", ["2014", "2014", "2015"]),
    ("On 24 October 2016, they met. Two months earlier, they had agreed.", ["2016-10-24", "2016-08"]),
    ("On 24 October 2016, they met. Three days later, they left.", ["2016-10-24", "2016-10-27"]),
    ("On 24 October 2016, they met. A year before, they had not.", ["2016-10-24", "2015"]),
    ("In May 2016, they met, and half a year later they left.", ["2016-05", "2016-11"]),
    ("On 24 October 2016, they met. Two weeks later, they left.", ["2016-10-24", "2016-11-07~"]),
    ("On 31 October 2016, they met. The following day they left.", ["2016-10-31", "2016-11-01"]),
    ("On 31 October 2016, they met. They left the same day.", ["2016-10-31", "2016-10-31"]),
    ("On 31 October 2016, they met. They had come the day before.", ["2016-10-31", "2016-10-30"]),
    # An aside moves nothing.
    ("In May 2014, they met, 25 years ago they had not. On the 5th, they left.", ["2014-05", "1991~", "2014-05-05"]),
    # A year that is told nowhere is inferred, and marked.
    ("In March 2015, they met. In July, they met again.", ["2015-03", "2015-07?"]),
    ("In December 2015, they met. In January, they met again.", ["2015-12", "2016-01?"]),
    ("In October 2016, they met. In January, they had agreed.", ["2016-10", "2016-01?"]),
]  # fmt: skip

LEFT_OUT = [
    ("They met on 22/01.", "", "tells no year"),
    ("They met on 03/04/2017.", "", "day and month can be exchanged"),
    ("They met on 31 February 2016.", "", "not in the calendar"),
    ("They met from May 2016 to April 2016.", "", "ends before it begins"),
    ("They met on 5 May.", "", "no year is told"),
    ("Two days before the summit of May 2016, they met.", "", "not exact enough"),
    ("A few weeks before the summit of 5 May 2016, they met.", "", "is not told"),
    ("Two years after the war of 1914-18, they met.", "", "no one date"),
    ("They met on the 5th.", "", "no month is told before it"),
    ("They met yesterday.", "", "the document's date, which is not known"),
    ("They met yesterday.", "2016-11", "not exact enough"),
    ("They met on Monday.", "2016-11", "the document's own day is not known"),
    ("They met the same year.", "2016-11", "the text tells none"),
    ("They met in May of the same year.", "2016-11", "the text tells none"),
    ("Two months earlier, they met.", "2016-11", "the text tells none"),
    ("In 2014, they met. Two months earlier, they did not.", "", "not exact enough"),
    ("In May 2014, 2065438+ they met.", "", "debris that no rule reads"),
]

NO_DATES = [
    "The 6th meeting of the 7th Fleet, 2,000 troops and 1500 ships; 2014 of them came on the 5th Fleet's side.",
    "He may march on the 38th parallel; Resolution 1973, case 1999-12, 3.14 per cent, flight 370.",
    "They tore up the 2014 agreement after the August War, the 1936 Treaty of Rome and the July conference.",
    "In recent years, the two sides met many times, at the same time, one after another, day by day.",
    "The 19th century and the 25th anniversary; a \u201c2+2\u201d meeting, F-15 and A2014-5.",
]

words = st.sampled_from(
    [
        *MONTHS,
        *("24", "24th", "the 6th", "9th", "2014", "2016", "20 14", "22/01", "03/04/2017", "2017-02-31", "1990s"),
        *("On", "in", "from", "to", "between", "and", "since", "by", "until", "-", "–", ",", ".", "\n", "of", "the"),
        *("early", "late", "mid-", "the end of", "spring", "winter", "first half of", "last", "next", "this"),
        *("year", "month", "week", "day", "Monday", "yesterday", "two", "earlier", "later", "ago", "the same year"),
        *("They", "met", "will", "65438+0", "65438/KLOC-0", "2065438+In", "0000", "9999", "9999-12-31", "1500"),
    ]
)  # fmt: skip
told = st.lists(words, max_size=14).map(" ".join)
documents = st.sampled_from(["", "2016", "2016-11", "2016-11-10", "2017-01~", "2017-01?", "../2016", "0001-01-01", "9999-12-31"])  # fmt: skip


def _read(text: str, document: str = DOCUMENT) -> list[Dated | Undated]:
    mended = mend(text)
    return [each for found in read_dates(mended, sentences(mended), document) for each in found]


def _dated(text: str, document: str = DOCUMENT) -> list[Dated]:
    found = _read(text, document)
    assert all(isinstance(each, Dated) for each in found), found
    return [each for each in found if isinstance(each, Dated)]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_what_is_stated_is_read_as_it_stands(text: str, expected: list[str]) -> None:
    found = [each for each in dates(text, Context()) if isinstance(each, Dated)]
    assert [f"{text[each.span.start : each.span.end]}={each.edtf}" for each in found] == expected
    assert {(each.ground, each.was, each.rule) for each in found} == {("stated", "", "")}
    assert all(When.parse(each.edtf) for each in found)


@pytest.mark.parametrize(("text", "expected"), FROM_THE_DOCUMENT)
def test_what_is_told_from_the_document(text: str, expected: str) -> None:
    (found,) = _dated(text)
    assert found.edtf == expected
    assert DOCUMENT in found.ground
    assert found.confidence < 1


@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_what_is_told_from_the_date_before(text: str, expected: list[str]) -> None:
    assert [each.edtf for each in _dated(text)] == expected


@pytest.mark.parametrize(("text", "document", "reason"), LEFT_OUT)
def test_what_cannot_be_dated_is_left_out_with_the_reason(text: str, document: str, reason: str) -> None:
    found = [each for each in _read(text, document) if isinstance(each, Undated)]
    assert [reason in each.reason for each in found] == [True], found


def test_a_heading_with_a_date_is_not_the_document_s() -> None:
    mended = mend("The Treaty of Rome, 25 March 1957\nSix states signed it.")
    assert document_date(mended, sentences(mended)) is None


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_that_are_no_dates_are_passed_over(text: str) -> None:
    assert _read(text) == []


def test_a_preposition_that_makes_an_end_is_told() -> None:
    text = "Since 2014, by May 2015, until the end of 2016, before 3 May 2017, after 2018, in 2019."
    assert [each.relation for each in _dated(text)] == ["since", "by", "until", "before", "after", ""]


def test_a_document_whose_date_is_inferred_marks_what_is_told_from_it() -> None:
    (sure,), (inferred,) = (
        _dated("They met on 4 January.", "2017-01"),
        _dated("They met on 4 January.", "2017-01?"),
    )
    assert (sure.edtf, inferred.edtf) == ("2017-01-04", "2017-01-04?")
    assert inferred.confidence < sure.confidence


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Treaty signed\nPublished: 6 January 2017\nOn 5 May, they met.", "2017-01-06"),
        ("TOKYO, January 6, 2017\nOn 5 May, they met.", "2017-01-06"),
        ("Tokyo, January 6, 2017\nOn 5 May, they met.", "2017-01-06"),
        ("On 5 May, they met.\nUpdated 2017-01-06 10:30", "2017-01-06"),
        ("On 4 January, they met. In November 2016, they had agreed.", "2017-01?"),
        ("On 4 December, they met. In November 2016, they had agreed.", "2016-12?"),
        ("On 4 May, they met. In 2016, they had agreed.", "2016-05?"),
        ("In the new year, on 4 May, they met. In 2016, they had agreed.", "2017-05?"),
        ("On 4 May, they met. In 2016, they had agreed. They will meet in 2019.", "2016-05?"),
    ],
)
def test_the_document_s_date_is_read_or_inferred(text: str, date: str) -> None:
    mended = mend(text)
    found = document_date(mended, sentences(mended))
    assert found is not None
    assert (found.edtf, bool(found.ground)) == (date, True)
    assert ("?" in date) == found.ground.startswith("inferred")


@pytest.mark.parametrize(
    "text", ["In 2016, they met. On 4 May, they met.", "On 4 May, they met.", "They met.", ""]
)
def test_a_history_has_no_date_of_its_own(text: str) -> None:
    mended = mend(text)
    assert document_date(mended, sentences(mended)) is None


DAMAGED = """Why did they meet?
In the new year, diplomacy is busy. On June 8th, 65438/KLOC-0, the minister came. On the 9th, she left. Next, on 11th and 12, she went on.

2065438+In May 2008, a drill was held. Two months earlier, they had agreed. In September of the same year, it was cancelled. 2065438+08181On \
November 2nd, another began. On the 5th it ended. In 65438+February 2065438+08, no agreement was signed. The following month, one was.
"""
READ = ["2019-01-08?", "2019-01-09?", "2019-01-11?", "2019-01-12?", "2018-05", "2018-03", "2018-09", "2018-11-02", "2018-11-05", "2018-12", "2019-01"]  # fmt: skip


def test_a_damaged_text_is_dated_and_its_repairs_can_be_repeated() -> None:
    mended = mend(DAMAGED)
    document = document_date(mended, sentences(mended))
    assert document is not None and document.edtf == "2019-01?"
    found = _dated(DAMAGED, document.edtf)
    assert [each.edtf for each in found] == READ
    for each in found:
        assert each.rule and each.confidence < 1
        assert repair(each.was, each.rule, document.edtf) == each.edtf, each


def test_the_published_article(data_folder: Path) -> None:
    text = (data_folder / "mission" / "article.txt").read_text(encoding="utf-8")
    found = _dated(text, "2017-01~")
    assert [each.edtf for each in found] == [
        *("2017-01-04", "2017-01-05", "2017-01-06", "2017-01-09", "2017-01-10"),
        *("2014", "2015-03", "2016-10-24", "2016-10-22", "2016-10-24", "1992~", "2016-11", "2016-07"),
        *("2016-03", "2017-01-05"),
    ]
    for each in found:
        assert not each.rule or repair(each.was, each.rule, "2017-01~") == each.edtf
    mended = mend(text)
    inferred = document_date(mended, sentences(mended))
    assert inferred is not None and inferred.edtf == "2017-01?"


@given(told, documents)
def test_whatever_is_told_gives_dates_that_can_be_bounded(text: str, document: str) -> None:
    mended = mend(text)
    for sentence, found in zip(split := sentences(mended), read_dates(mended, split, document), strict=True):
        end = 0
        for each in found:
            assert end <= each.span.start < each.span.end <= len(sentence.text)
            end = each.span.end
            if isinstance(each, Dated):
                assert When.parse(each.edtf)
                assert 0 < each.confidence <= 1
                assert each.ground
                assert bool(each.was) == bool(each.rule)
            else:
                assert each.reason
    document_date(mended, split)


@given(st.text(max_size=200), documents)
def test_no_text_makes_dating_fail(text: str, document: str) -> None:
    _read(text, document)
