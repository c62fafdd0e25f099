"""What the words around a relation tell of it besides its parties: its name, its step, whether it was told of before."""

import re

from comity.loaders.reading.candidate import Assertion, Candidate, Sentence, Span
from comity.loaders.reading.draft import INTENDED

_NAME = re.compile(r"[\"“”«»„]([A-Z][^\"“”«»„\n]{1,60})[\"“”«»„]")
_CALLED = re.compile(
    r"\b(?:code[- ]?named|named|called|dubbed|known as|titled|entitled)\s+[\"“”«»„]?([A-Z][\w’'-]*(?: [A-Z0-9][\w’'-]*){0,4})"
)
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|their|its|said)\s+(?:[\"“]?[\w+-]+[\"”]?\s+){0,2}$", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:another|again|new|further|separate|second|third|more|additional)\b", re.IGNORECASE
)
_SIMILAR = re.compile(r"\b(?:similar|such an?|the same kind of|the like)\b", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:(?:many|several|\w+) times|regularly|often|repeatedly|frequently|every year|each year|routinely)\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(r"\b(?:postpon|put off|delay)", re.IGNORECASE)
_FELL_THROUGH = re.compile(
    r"\b(?:planned|scheduled|due)\b.*\b(?:never|not) (?:take|took) place\b", re.IGNORECASE
)
_ANNOUNCING = re.compile(r"\b(?:announc|declar|decid|agree|said|say)", re.IGNORECASE)
_PROPOSING = re.compile(r"\b(?:announced|declared|proposed|offered|suggested|invited|asked)\b", re.IGNORECASE)
_PLANNED_FOR = re.compile(
    r"\b(?:planned|scheduled|due|set|slated|expected|intended|meant|(?:was|were|is|are) to|plans? to|(?:planned|agreed|intends?|hopes?) to|will|would"
    r"|(?:exercises?|drills?|talks|meeting|summit|visit|trip) for)\b[^,;:()]*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[;:]\s|,\s(?:and|but|while|whereas|though|although|yet)\s")
_CLAUSE_END = re.compile(r"[,;:()]|\s[–—-]\s|[.!?][\"”’)]*$")
_CLAUSE_BEGIN = re.compile(r"[,;:()]\s(?:[–—-]\s)?|\s[–—-]\s")


def is_definite(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether the words speak of something told before: `the exercise`."""
    return _DEFINITE.search(sentence.text[: candidate.predicate.start]) is not None


def is_another(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether they speak of something else than what was told before: `another exercise`."""
    around = sentence.text[max(0, candidate.predicate.start - 40) : candidate.predicate.end]
    return _ANOTHER.search(around) is not None


def is_similar(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether they liken it to what was told before: `a similar agreement`."""
    return _SIMILAR.search(sentence.text, candidate.span.start, candidate.span.end) is not None


def is_general(span: Span, sentence: Sentence) -> bool:
    """Whether they tell of no one occasion: `many times`."""
    return _GENERAL.search(sentence.text, span.start, span.end) is not None


def clause_of(span: Span, sentence: str) -> Span:
    """The words with the rest of the clause around them: a reader of the draft can check what it can read."""
    end = _CLAUSE_END.search(sentence, span.end)
    begins = [
        found.end()
        for found in _CLAUSE_BEGIN.finditer(sentence, 0, span.start + 1)
        if found.end() <= span.start
    ]
    return Span(begins[-1] if begins else 0, end.start() if end else len(sentence))


def main_clause(span: Span, sentence: str) -> str:
    """The words with what the sentence says around them, and without the main clauses that it joins before or after: `…, and …`."""
    joints = list(_JOINT.finditer(sentence))
    start = max((joint.end() for joint in joints if joint.end() <= span.start), default=0)
    end = min((joint.start() for joint in joints if joint.start() >= span.end), default=len(sentence))
    return sentence[start:end]


def step_of(candidate: Candidate, sentence: str) -> str:
    """The step; of what is only intended, one that says so: announced, or planned for the time that is told."""
    words = main_clause(candidate.span, sentence)
    if candidate.status == "cancelled" and _PUT_OFF.search(words):
        return "announced"
    if (
        candidate.assertion is Assertion.NEGATED
        and candidate.kind != "agreement"
        and _FELL_THROUGH.search(words)
    ):
        return "cancelled"
    if candidate.status == "announced" and candidate.kind != "agreement":
        return "planned" if candidate.date and not _ANNOUNCING.search(words) else "announced"
    if candidate.assertion is not Assertion.PROPOSED or candidate.status in (
        *INTENDED,
        "negotiating",
        "cancelled",
    ):
        return candidate.status
    return "announced" if candidate.kind == "agreement" else "planned"


def is_planned_time(kind: str, words: str, date: Span) -> bool:
    """Whether the words that date an announced or cancelled thing tell for when it was planned, not when it was announced or cancelled."""
    if _PLANNED_FOR.search(words[: date.start]):
        return True
    return kind == "agreement" and not _PROPOSING.search(words)


def name_of(words: str) -> str:
    """What the words call the thing, where they put it in quotation marks or say how it is called."""
    found = _CALLED.search(words) or _NAME.search(words)
    return found[1].strip(" ,.") if found else ""
