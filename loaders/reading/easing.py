"""Makes a sentence easier to parse: a comma after a leading date, dashes and slashes as parsers know them; and takes it back."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from comity.loaders.reading.candidate import Candidate, Span

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_LEADING = re.compile(
    rf"^(?:In|On|By|Since|From|During|Until|At the end of|In early|In late|In mid-)\s?"
    rf"(?>(?:the )?{_DAY}(?: (?:of )?(?:{_MONTH}))?(?:,? \d{{4}})?\b|(?:{_MONTH})(?: {_DAY})?(?:,? \d{{4}})?\b)"
    rf"(?= [A-Za-z])(?! (?:and|to|or|the|of|until|when|[-–]|{_MONTH})\b)"
)
# What stands before the subject without a comma: by a treaty signed on 27 August 1828 Brazil and; in the Lima Protocol Peru and.
_FRONTED = re.compile(
    rf"^(?:In|By|Under|Through|With|After|At|Following)\b[^,;:.]{{3,80}}?"
    rf"(?:\b{_DAY} (?:of )?(?:{_MONTH}) \d{{4}}|\b(?:{_MONTH}) \d{{4}}|\b(?:Treaty|Protocol|Agreement|Pact|Accord|Convention))"
    rf"(?= [A-Z])(?! (?:I|II|III|{_MONTH})\b)"
)
# Of the same length as what they stand for, so that only the commas count.
_SAME_LENGTH = (("--", ", "), ("/", "-"))


# A parser takes what hangs on the exercise "Iron Wolf" to hang on a wolf: its name is blanked out.
_CODENAME = re.compile(
    r"\b(exercises?|drills?|man(?:oeuvre|euver)s?|war games|training)"
    r"((?:,? (?:code-? ?named|named|called|dubbed|titled|known as))? [\"“«][^\"“”»\n]{1,50}[\"”»])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Eased:
    """The text for the parser, and where commas were put into it."""

    text: str
    commas: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Eased":
        """A sentence in the form that parses best."""
        for hard, easy in _SAME_LENGTH:
            text = text.replace(hard, easy)
        text = _CODENAME.sub(lambda found: found[1] + " " * len(found[2]), text)
        leading = _LEADING.match(text) or _FRONTED.match(text)
        if leading is None:
            return cls(text, ())
        return cls(f"{text[: leading.end()]},{text[leading.end() :]}", (leading.end(),))

    def restored(self, candidate: Candidate) -> Candidate:
        """The candidate with its spans as they stand in the text that was given."""
        if not self.commas:
            return candidate
        return replace(
            candidate,
            span=self._back(candidate.span),
            predicate=self._back(candidate.predicate),
            date=self._back(candidate.date) if candidate.date else None,
            parties=tuple(
                replace(party, span=self._back(party.span) if party.span else None)
                for party in candidate.parties
            ),
        )

    def _back(self, span: Span) -> Span:
        return Span(*(place - bisect_right(self.commas, place - 1) for place in (span.start, span.end)))
