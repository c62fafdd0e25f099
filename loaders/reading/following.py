"""What is told further of a thing that was named before: "the exercise was called off", "the treaty entered into force in 2020".

Such words name no parties, so no reader of single sentences can tell whose thing it is: it is the one of that kind told of last.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.loaders.reading.candidate import Span

_NOUNS = {
    "drill": r"exercises?|drills?|man(?:oeuvre|euver)s?|war games?",
    "talks": r"talks|meeting|visit|trip|summit|negotiations",
    "agreement": r"agreement|treaty|pact|accord|memorandum|convention|arrangement|deal",
}
_BE = r"(?:was|were|has been|had been|have been|is|are)(?: \w+ly| later| then| since| never| also)?"
_STEPS: dict[str, dict[str, str]] = {
    "cancelled": {
        "drill": rf"{_BE} (?:cancell?ed|called off|scrapped)|never took place|did not take place",
        "talks": rf"{_BE} (?:cancell?ed|called off|scrapped)|never took place|did not take place",
    },
    "in_force": {"agreement": r"(?:has |had )?(?:entered|came|come) into (?:force|effect)"},
    "ended": {"agreement": rf"{_BE} (?:terminated|denounced|abrogated)|(?:has |had )?(?:expired|lapsed)"},
    "suspended": {"agreement": rf"{_BE} suspended"},
}


@dataclass(frozen=True, slots=True)
class Sequel:
    """A step that a sentence tells of the thing of this kind told of last; `span` are its words in the sentence."""

    kind: str
    step: str
    span: Span


def sequels(sentence: str) -> Iterator[Sequel]:
    """The steps that the sentence tells of things named before."""
    for kind, step, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            yield Sequel(kind, step, Span(found.start(), found.end()))


_PATTERNS = [
    (
        kind,
        step,
        re.compile(
            rf"\b(?:the|this|that|these|those|but it|and it|which|it)\b(?: (?:[\w-]+ ){{0,3}}(?:{_NOUNS[kind]}))? (?:{words})\b",
            re.IGNORECASE,
        ),
    )
    for step, kinds in _STEPS.items()
    for kind, words in kinds.items()
]
