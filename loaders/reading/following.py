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
_BE = r"(?:was|were|has been|had been|have been|is|are) (?:\w+ly |later |then |since |also )?"
_OFF = rf"{_BE}(?:cancell?ed|called off|scrapped|dropped)|(?:never|did not) (?:take|took) place"
_STEPS = (
    ("cancelled", ("drill", "talks"), _OFF),
    ("in_force", ("agreement",), r"(?:has |had )?(?:entered|came|come) into (?:force|effect)"),
    ("ended", ("agreement",), rf"{_BE}(?:terminated|denounced|abrogated)|(?:has |had )?(?:expired|lapsed)"),
    ("suspended", ("agreement",), rf"{_BE}suspended"),
)

_UNTOLD = re.compile(
    r"\b(?:if|unless)\b[^.;]*$"
    r"|\b(?:den(?:y|ie[ds]|ying)|doubt\w*|fear\w*|whether|warn\w*|threaten\w*|false|not true|untrue|no truth)\b"
    r"(?:(?!\b(?:and|but)\b)[^.;,])*$",
    re.IGNORECASE,
)
"""What stands before a step that is not told to have been taken: "officials denied that the exercise was cancelled"."""
_UNTOLD_AFTER = re.compile(r"[^.;,]*\b(?:false|untrue|unfounded|baseless)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sequel:
    """A step told of the thing that was told of last, of one of these kinds; `span` are its words in the sentence.

    `near` where it must be of the same sentence: "…, but it was called off"; a sentence that begins so speaks of one before.
    """

    kinds: tuple[str, ...]
    step: str
    span: Span
    near: bool


def sequels(sentence: str) -> Iterator[Sequel]:
    """The steps that the sentence tells of things named before."""
    for kinds, step, near, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            if _UNTOLD.search(sentence, 0, found.start()) or _UNTOLD_AFTER.match(sentence, found.end()):
                continue
            yield Sequel(kinds, step, Span(found.start(), found.end()), near and found.start() > 0)


def _patterns() -> Iterator[tuple[tuple[str, ...], str, bool, re.Pattern[str]]]:
    for step, kinds, words in _STEPS:
        for kind in kinds:
            named = (
                rf"\b(?:the|this|that|these|those|both) (?:[\w-]+ ){{0,3}}(?:{_NOUNS[kind]}) (?:{words})\b"
            )
            yield (kind,), step, False, re.compile(named, re.IGNORECASE)
        yield kinds, step, True, re.compile(rf"\b(?:it|they|which|but) (?:{words})\b", re.IGNORECASE)


_PATTERNS = tuple(_patterns())
