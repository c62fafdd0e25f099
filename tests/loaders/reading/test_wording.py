"""What the words around a relation tell of it, from whole sentences."""

import pytest

from comity.loaders.reading.candidate import Assertion, Candidate, Participant, Span
from comity.loaders.reading.wording import step_of


def step(sentence: str, words: str, predicate: str, status: str, assertion: Assertion) -> str:
    """The step of a candidate of talks that stands on these words of the sentence."""
    start, at = sentence.index(words), sentence.index(predicate)
    span = Span(start, start + len(words))
    parties = (Participant("ESP", "participant"), Participant("PER", "participant"))
    given = Candidate("talks", parties, status, assertion, span, Span(at, at + len(predicate)))
    return step_of(given, sentence)


@pytest.mark.parametrize(
    ("sentence", "words", "predicate", "found"),
    [
        (
            "Spain and Peru did not meet, and a planned drill of Japan and Norway did not take place.",
            "Spain and Peru did not meet",
            "meet",
            "held",
        ),
        (
            "Planned talks between Spain and Peru did not take place.",
            "talks between Spain and Peru",
            "talks",
            "cancelled",
        ),
        (
            "Planned talks between Spain and Peru, due in May, did not take place, but Japan was glad.",
            "talks between Spain and Peru",
            "talks",
            "cancelled",
        ),
    ],
)
def test_what_did_not_take_place_is_told_in_its_own_clause(
    sentence: str, words: str, predicate: str, found: str
) -> None:
    assert step(sentence, words, predicate, "held", Assertion.NEGATED) == found


def test_what_is_put_off_in_another_clause_leaves_a_cancelled_thing_cancelled() -> None:
    sentence = "Japan and Norway cancelled their talks, and the talks between Spain and Peru were postponed."
    first = step(sentence, "Japan and Norway cancelled their talks", "talks", "cancelled", Assertion.NEGATED)
    later = "talks between Spain and Peru were postponed"
    assert first == "cancelled"
    assert step(sentence, later, later, "cancelled", Assertion.NEGATED) == "announced"
