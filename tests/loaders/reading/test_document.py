"""Documents read by a reader that says what the test lets it say: what is checked, dated, carried on and told further."""

from collections.abc import Sequence
from typing import Any

import pytest

from comity.graph.errors import DateError
from comity.loaders.dossier import parse_dossier
from comity.loaders.reading.candidate import Assertion, Candidate, Participant, Reader, Sentence, Span
from comity.loaders.reading.document import About, read_document
from comity.loaders.reading.draft import Draft
from comity.loaders.reading.texts import text_of
from comity.loaders.reading.writing import draft_dossier


def reader(**given: object) -> Reader:
    """A reader that finds talks of Portugal and Norway in each sentence that names both."""

    def read(sentences: Sequence[Sentence]) -> list[list[Candidate]]:
        return [[_talks(each, **given)] if "Portugal and Norway" in each.text else [] for each in sentences]

    return read


def _talks(sentence: Sentence, **given: object) -> Candidate:
    start = sentence.text.index("Portugal")
    told = {
        "kind": "talks",
        "parties": (
            Participant("PRT", "participant", Span(start, start + 8)),
            Participant("NOR", "participant", Span(start + 13, start + 19)),
        ),
        "status": "held",
        "assertion": Assertion.ASSERTED,
        "span": Span(start, start + 19),
        "predicate": Span(start + 20, len(sentence.text)),
        "date": Span(0, start) if start else None,
    }
    return Candidate(**{**told, **given})  # type: ignore[arg-type]


def draft(text: str, about: About | None = None, **given: Any) -> Draft:
    return read_document(text_of("words.txt", text.encode()), reader(**given), about or About())


def test_a_statement_is_the_clause_around_its_words() -> None:
    text = "On 4 March 2031, Portugal and Norway met in Lisbon, as ever."
    [fact] = draft(text).facts
    [mention] = fact.mentions
    assert text[mention.start : mention.end] == "Portugal and Norway met in Lisbon"
    assert fact.date == "2031-03-04"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"span": Span(0, 0)}, "names words that are not in the text"),
        ({"span": Span(0, 9_999)}, "names words that are not in the text"),
        ({"parties": (Participant("PRT", "participant"),)}, "only one party is known"),
        ({"parties": (Participant("PRT", "participant"), Participant("XYZ", "participant"))}, "nobody has the id XYZ"),
        ({"status": "signed"}, "signed is no step of talks"),
        ({"confidence": 1.5}, "1.5 is no confidence from 0 to 1"),
        ({"confidence": float("nan")}, "nan is no confidence from 0 to 1"),
        ({"location": "Lisbon"}, "names a place or people that are not in the text"),
        ({"people": ("Ola Nordsen",)}, "names a place or people that are not in the text"),
        ({"kind": "membership"}, "membership is not read from prose"),
        ({"parties": (Participant("PRT", "party"), Participant("NOR", "party"))}, "a role that parties to talks do not have"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_left_out_and_listed(given: dict[str, Any], told: str) -> None:
    found = draft("Portugal and Norway met.", **given)
    assert found.facts == ()
    assert [told in one.reason for one in found.left_out] == [True]


def test_since_and_before_are_one_end_of_a_time() -> None:
    [since] = draft("Since 2031 Portugal and Norway met.").facts
    [before] = draft("Before May 2031 Portugal and Norway met.").facts
    assert (since.date, before.date) == ("2031/", "[..2031-04]")


@pytest.mark.parametrize(
    ("words", "date"),
    [("Before 2031", "[..2030]"), ("After 31 December 2031", "[2032-01-01..]"), ("Before January 2031", "[..2030-12]"), ("By 2031", "[..2031]")],
)  # fmt: skip
def test_before_and_after_leave_the_time_itself_out(words: str, date: str) -> None:
    [fact] = draft(f"{words} Portugal and Norway met.").facts
    assert fact.date == date


def test_what_was_called_off_was_not_held() -> None:
    [fact] = draft("On 4 March 2031 Portugal and Norway met. The meeting was later cancelled.").facts
    assert (fact.status, fact.date, len(fact.mentions)) == ("cancelled", "2031-03-04", 2)


@pytest.mark.parametrize(
    ("text", "given", "says"),
    [
        ("Portugal and Norway plan to sign a treaty in June 2031.", {"kind": "agreement", "status": "announced"}, {"announced": "[..2030-01-05]"}),
        ("Portugal and Norway proposed a treaty in June 2029.", {"kind": "agreement", "status": "announced"}, {"announced": "2029-06"}),
        ("Portugal and Norway cancelled a drill planned for June 2031.", {"kind": "drill", "status": "cancelled"}, {"planned": "2031-06", "cancelled": "[..2030-01-05]"}),
        ("Portugal and Norway cancelled a drill planned for June 2029.", {"kind": "drill", "status": "cancelled"}, {"planned": "2029-06", "cancelled": "[..2030-01-05]"}),
        ("Portugal and Norway cancelled a drill in June 2029.", {"kind": "drill", "status": "cancelled"}, {"cancelled": "2029-06"}),
        ("Portugal and Norway announced a drill for June 2031.", {"kind": "drill", "status": "announced"}, {"planned": "2031-06", "announced": "[..2030-01-05]"}),
    ],
)  # fmt: skip
def test_a_planned_time_is_not_that_of_the_announcement_or_the_end(
    text: str, given: dict[str, Any], says: dict[str, str]
) -> None:
    role = "party" if given["kind"] == "agreement" else "participant"
    date = text.index("June")
    told = draft(
        text, About("2030-01-05"), **given, date=Span(date, len(text) - 1),
        parties=(Participant("PRT", role, Span(0, 8)), Participant("NOR", role, Span(13, 19))),
    )  # fmt: skip
    [statement] = parse_dossier(draft_dossier([told]), "draft.yaml").statements
    assert {step.name: step.when.text for step in statement.steps} == says
    assert told.facts[0].date == text[-5:-1] + "-06"


@pytest.mark.parametrize(
    "words",
    [
        "Officials denied that the meeting was cancelled.",
        "Many feared that the meeting was cancelled.",
        "If the meeting is cancelled, the port stays shut.",
        "Reports that the meeting was cancelled were false.",
    ],
)
def test_what_is_denied_or_feared_calls_nothing_off(words: str) -> None:
    [fact] = draft(f"On 4 March 2031 Portugal and Norway met. {words}").facts
    assert (fact.status, len(fact.mentions)) == ("held", 1)


def test_what_is_said_to_be_called_off_is_called_off() -> None:
    words = "Officials denied a quarrel, and said that the meeting was cancelled."
    [fact] = draft(f"On 4 March 2031 Portugal and Norway met. {words}").facts
    assert fact.status == "cancelled"


def test_what_is_told_further_goes_to_what_was_told_last_before_it() -> None:
    before = "The meeting was cancelled, and in 2031 Portugal and Norway met."
    assert [fact.status for fact in draft(before).facts] == ["held"]
    negated = "Portugal and Norway never met. The meeting was cancelled."
    assert draft(negated, assertion=Assertion.NEGATED).facts == ()


def test_a_repair_lowers_the_confidence_and_is_kept() -> None:
    sound = draft("In 2031 Portugal and Norway met.").facts[0]
    broken = draft("In 20 31 Portugal and Norway met.")
    [fact] = broken.facts
    assert fact.date == sound.date == "2031"
    assert fact.confidence < sound.confidence
    assert fact.mentions[0].date.rule == "split-digits"
    assert [one.was for one in broken.corrections] == ["20 31"]


def test_the_title_is_the_line_that_the_first_leads_to() -> None:
    assert (
        draft("News - A meeting in Lisbon\nA meeting in Lisbon\nPortugal and Norway met.").title
        == "A meeting in Lisbon"
    )


def test_a_date_of_the_document_that_is_none_is_refused() -> None:
    with pytest.raises(DateError):
        draft("Portugal and Norway met.", About("last year"))
