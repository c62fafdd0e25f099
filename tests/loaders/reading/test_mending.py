"""Mending running text: each rule on words of our own, exact ways back to the original, and sound text left alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.loaders.parts import MONTHS
from comity.loaders.reading.candidate import Span
from comity.loaders.reading.debris import debris_runs
from comity.loaders.reading.mending import TEXT_RULES, Mended, mend
from comity.loaders.repairs import RULES

DAMAGED = [
    # The digit 1 as 65438+0, 65438/KLOC-0 or /KLOC-0, in years, days and other numbers.
    ("In 2065438+04, they met.", "In 2014, they met.", "kloc-digits"),
    ("in February, 2065438+00, they", "in February, 2010, they", "kloc-digits"),
    ("They have met since 65438+0998.", "They have met since 1998.", "kloc-digits"),
    ("the war of 20165438+0", "the war of 2011", "kloc-digits"),
    ("On October 65438+05th, 2065438+07, they", "On October 15th, 2017, they", "kloc-digits"),
    ("On the 65438+05th they left", "On the 15th they left", "kloc-digits"),
    ("65438+0,000 troops", "1,000 troops", "kloc-digits"),
    ("65438+02 ships", "12 ships", "kloc-digits"),
    ("65438+2 ships", "12 ships", "kloc-digits"),
    ("the /kloc-0/9th century", "the 19th century", "kloc-digits"),
    ("In October 2065438+06, 24 ships", "In October 2016, 24 ships", "kloc-digits"),
    # The month's number, which the debris hides, and a false name beside the day.
    ("On May 7th, 65438/KLOC-0, she came", "On 7 January, she came", "kloc-digits+month-first"),
    ("On May 7th, /KLOC-0, she came", "On 7 January, she came", "kloc-digits+month-first"),
    ("On May 5th to 6th, 65438/KLOC-0, she", "On 5 to 6th January, she", "kloc-digits+month-first"),
    ("On May 4th, 65438+02, she", "On 4 December, she", "kloc-digits+month-first"),
    # The month's last digit went into a month's name.
    ("In 65438+February 2065438+08, they", "In December 2018, they", "kloc-month+kloc-digits"),
    ("On 65438+February 4th, 2065438+08", "On December 4th, 2018", "kloc-month+kloc-digits"),
    ("On February 4th, 65438+, they", "On December 4th, they", "kloc-month"),
    ("born in 1973,165438+1October 8", "born on 8 November 1973", "kloc-month"),
    ("on 2065438+08 65438+1October 5", "on 5 January 2018", "kloc-month+kloc-digits"),
    ("In June 2003, 165438+ 10 they", "In November 2003, they", "kloc-month+month-first"),
    # The debris' own 6 became June.
    ("In June 5438+0986, they", "In 1986, they", "false-june+kloc-digits"),
    ("On June 5438+October 5th, 2065438+07", "On January 5th, 2017", "false-june+kloc-month+kloc-digits"),
    # The year was cut in two.
    ("2065438+In May 2008, they", "In May 2018, they", "cut-year"),
    ("2065438+On May 3rd, 2009, they", "On May 3rd, 2019, they", "cut-year"),
    ("they left.2065438+In May 2008, others", "they left. In May 2018, others", "cut-year"),
    # Digits ran into the year.
    ("2065438+08181On May 2nd, they", "On 2 May 2018, they", "kloc-digits+joined-digits"),
    ("On May 2065438+08165438+1October, they", "In November 2018, they", "kloc-digits+joined-digits+month-first"),
    ("2065438+0811On May 2nd, they", "On 2 November 2018, they", "kloc-digits+joined-digits+month-first"),
    # Spaces fell into numbers.
    ("In 20 14, they", "In 2014, they", "split-digits"),
    ("since March 20 16", "since March 2016", "split-digits"),
    ("in 2 0 1 5", "in 2015", "split-digits"),
    ("in 201 6", "in 2016", "split-digits"),
    ("on the 2 2nd", "on the 22nd", "split-digits"),
    ("the 1 st time", "the 1st time", "split-digits"),
    ("four F- 15 fighters", "four F-15 fighters", "split-name"),
    ("in \uff12\uff10\uff11\uff16", "in 2016", "full-width"),
    ("in \uff12\uff10 \uff11\uff16", "in 2016", "split-digits"),
    # What misleads a parser, though nothing is damaged.
    ("In 2014 Japan signed.", "In 2014, Japan signed.", "leading-comma"),
    ("On 24 October 2016 the two began.", "On 24 October 2016, the two began.", "leading-comma"),
    ("the sides--both of them--signed", "the sides — both of them — signed", "spaced-dash"),
    ("They signed.Then they left.", "They signed. Then they left.", "missing-space"),
]  # fmt: skip

SOUND = [
    "On 24 October 2016, Japan and Britain began a drill; 2,000 troops took part, 20 of them 19-year-olds.",
    "In May 2014, 3 ships and 15 aircraft of the 7th Fleet met at 18 30 hours near 38 North.",
    "The 1 January 2020 meeting (\u201c2+2\u201d) of the U.S. and U.K. cost $65,438; see no. 65438 and 65438.",
    "He said, \u201cWe will go.\u201d They met in June, July and August. It may march on from 20 to 24 May.",
    "Mr. Smith of the F-15 wing - once of the A-10 - met Dr. Jones on the 1st, 2nd and 3rd.",
    "One line\nand another\n\nand a third paragraph.\r\n",
    "",
]


@pytest.mark.parametrize(("was", "now", "rule"), DAMAGED)
def test_each_rule_mends_its_damage(was: str, now: str, rule: str) -> None:
    mended = mend(was)
    assert mended.text == now
    assert rule in [each.rule for each in mended.mends]
    assert mended.unread == ()
    assert mend(now).text == now


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_left_alone(text: str) -> None:
    assert mend(text) == Mended(text, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the debris 2065438+ stands alone", "2065438+"),
        ("On May 7th, 65438/KLOC-099, she", "On May 7th, 65438/KLOC-099"),
        ("In 2065438+10 they met", "In 2065438+10"),
        ("at the end 65438+", "65438+"),
        ("x5438+y", "5438"),
    ],
)
def test_what_no_rule_reads_is_left_as_it_is_and_listed(text: str, words: str) -> None:
    mended = mend(text)
    assert mended.text == text
    assert [each.words for each in mended.unread] == [words]
    assert debris_runs(mended.text)


def test_a_mend_keeps_what_stood_there_and_where() -> None:
    text = "They met. On May 7th, 65438/KLOC-0, she came.Then she left."
    mended = mend(text)
    date, space = mended.mends
    assert (date.was, date.now) == ("On May 7th, 65438/KLOC-0", "On 7 January")
    assert text[date.span.start : date.span.end] == date.was
    assert mended.text[date.mended.start : date.mended.end] == date.now
    assert 0 < date.confidence < 1 == space.confidence
    assert mended.repairs == (date,)
    assert mended.repairs_in(Span(0, len("They met."))) == ()
    assert mended.repairs_in(Span(15, 18)) == (date,)
    whole = mended.original_span(Span(len("They met. "), mended.text.index("Then")))
    assert text[whole.start : whole.end] == "On May 7th, 65438/KLOC-0, she came."


def test_lines_of_a_fixed_width_become_paragraphs() -> None:
    text = (
        "The two ministers met in the capital on the first day of the week and they\n"
        "signed an agreement on the supply of fuel to the ships of both their coun-\n"
        "tries, which had been negotiated since the spring of the year before in the\r\n"
        "city of London.\n"
        "\n"
        "A second paragraph begins here, and it goes on for more than one line of this\n"
        "text.\n"
    )
    mended = mend(text)
    assert mended.text.count("\n") == 3
    assert "countries, which" in mended.text and "in the city of London.\n\nA second" in mended.text
    assert {each.rule for each in mended.mends} == {"line-end", "hyphenation"}
    assert mended.repairs == ()


def test_short_lines_stay_lines() -> None:
    text = "Treaties\nJapan and France\nSigned in Paris\n\nDrills\nGuardian North\n"
    assert mend(text).text == text


pieces = st.lists(
    st.sampled_from(
        [
            *MONTHS[:3],
            "October",
            *("65438+0", "165438+1", "65438/KLOC-0", "/KLOC-0/", "June 5438+", "2065438+", "65438"),
            *("20", "2016", "200", "14", "1", "th", "st", " to ", " and "),
            *(",", " ", ". ", ".", "In ", "On ", "the ", "Japan", "F- 15", "--", "\n", "\uff11", "é", "😀"),
        ]
    ),
    max_size=25,
).map("".join)
any_text = st.one_of(st.text(max_size=80), pieces)


@given(any_text, st.integers(0, 120), st.integers(0, 120))
def test_every_span_leads_back_to_its_words(text: str, start: int, length: int) -> None:
    mended = mend(text)
    done = place = 0
    for each in mended.mends:
        assert text[each.span.start : each.span.end] == each.was
        assert mended.text[each.mended.start : each.mended.end] == each.now
        assert mended.text[place : each.mended.start] == text[done : each.span.start]
        assert set(each.rule.split("+")) <= set(RULES) | set(TEXT_RULES)
        done, place = each.span.end, each.mended.end
    assert mended.text[place:] == text[done:]

    span = Span(min(start, len(mended.text)), min(start + length, len(mended.text)))
    back = mended.original_span(span)
    assert 0 <= back.start <= back.end <= len(text)
    touched = [each for each in mended.mends if each.mended.start < span.end and span.start < each.mended.end]
    if not touched and span.end > span.start:
        inside = [
            each for each in mended.mends if span.start <= each.mended.start and each.mended.end <= span.end
        ]
        if not inside:
            assert text[back.start : back.end] == mended.text[span.start : span.end]
    for each in touched:
        assert back.start <= each.span.start and each.span.end <= back.end


@given(any_text)
def test_mending_again_changes_no_repair(text: str) -> None:
    once = mend(text)
    assert once.original_span(Span(0, len(once.text))) == Span(0, len(text)) or not once.text
    if not once.unread:
        assert not mend(once.text).unread


@given(st.text(alphabet="abc ,.;\n", max_size=200))
def test_words_without_numbers_are_never_repaired(text: str) -> None:
    assert mend(text).repairs == ()


def test_the_published_article(data_folder: Path) -> None:
    text = (data_folder / "mission" / "article.txt").read_text(encoding="utf-8")
    mended = mend(text)
    assert mended.unread == ()
    assert [(each.span.start, each.span.end, each.now, each.rule) for each in mended.mends] == [
        (375, 400, "On 4 January", "kloc-digits+month-first"),
        (495, 520, "5 January", "kloc-digits+month-first"),
        (2027, 2032, "2014", "split-digits"),
        (2395, 2416, "In March 2015", "cut-year"),
        (2558, 2586, "On 24 October 2016", "kloc-digits+joined-digits"),
        (3219, 3224, "F-15", "split-name"),
        (3648, 3682, "In November 2016", "kloc-digits+joined-digits+month-first"),
        (3766, 3786, "In July 2016", "cut-year"),
        (4644, 4649, "2016", "split-digits"),
    ]
