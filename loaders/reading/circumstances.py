"""When, where and by whom: the words of a sentence that date an event, the place, and the people named with it."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from comity.loaders.reading.candidate import Span
from comity.loaders.reading.words import lemmas

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATES = re.compile(
    rf"(?:(?:early|mid|late)[- ])?(?:{_DAY}(?:\s?[-–]\s?{_DAY}|(?:,? and |,? to ){_DAY})? (?:of )?{_MONTH}|{_MONTH} {_DAY}(?:\s?[-–]\s?{_DAY}| and {_DAY})?\b|{_MONTH})"
    rf"(?:,? (?:of )?(?:{_YEAR}|(?:the same|this|last|next|that) year))?"
    rf"|\b{_YEAR}(?:\s?[-–]\s?(?:{_YEAR}|\d\d))?\b"
    rf"|\b(?:the )?\d{{1,2}}(?:st|nd|rd|th)(?: and (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)?\b"
    rf"|\b(?:last|next|this|the (?:same|following|next|previous)|that) (?:day|week|month|year|spring|summer|autumn|winter|{_WEEKDAY}|{_MONTH})\b"
    rf"|\b(?:\w+ )?(?:days?|weeks?|months?|years?) (?:later|earlier|before|after|ago)\b"
    rf"|\b(?:yesterday|today|tomorrow|{_WEEKDAY})\b"
)
_PARTS = lemmas(
    "north south east west northeast northwest southeast southwest coast waters city town port capital region"
)
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "conj", "parataxis", "acl", "ROOT"})


def date_of(doc: Doc, event: Token) -> Span | None:
    """The words that date an event: those under its own verb or noun, else those of the clause around it, the nearest first."""
    dates = list(_dates(doc))
    if not dates:
        return None
    distances = [(_distance(doc, event, span), abs(span.start - event.idx), span) for span in dates]
    return min(distances)[2]


def _dates(doc: Doc) -> Iterator[Span]:
    for match in _DATES.finditer(doc.text):
        yield Span(match.start(), match.end())


def _distance(doc: Doc, event: Token, span: Span) -> int:
    """How many clauses lie between the words of a date and an event."""
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    if words is None:
        return 99
    root = words.root
    above = [event, *event.ancestors]
    for steps, ancestor in enumerate([root, *root.ancestors]):
        if ancestor in above:
            up = sum(t.dep_ in _CLAUSES for t in above[: above.index(ancestor)])
            down = sum(t.dep_ in _CLAUSES for t in [root, *root.ancestors][:steps])
            return up + 2 * down
    return 99


def location_of(event: Token, carrier: Token) -> str:
    """Where it took place: `in Paris`, `at Geneva`, under the event's noun or verb."""
    for token in (event, carrier, event.head):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "near", "off", "on"):
                for place in child.children:
                    if place.dep_ == "pobj" and place.ent_type_ in ("GPE", "LOC", "FAC"):
                        return _phrase(place)
                    if place.lemma_.casefold() in _PARTS and any(
                        t.ent_type_ in ("GPE", "LOC") for t in place.subtree
                    ):
                        return place.doc[place.i : place.right_edge.i + 1].text
    return ""


def people_of(doc: Doc, span: Span) -> tuple[str, ...]:
    """The people named within the words that state an event."""
    return tuple(
        dict.fromkeys(
            entity.text.removesuffix("'s").removesuffix("’s")
            for entity in doc.ents
            if entity.label_ == "PERSON" and entity.start_char >= span.start and entity.end_char <= span.end
        )
    )


def _phrase(head: Token) -> str:
    left = [
        child for child in head.children if child.dep_ in ("compound", "amod", "nmod") and child.i < head.i
    ]
    first = min((child.left_edge.i for child in left), default=head.i)
    return head.doc[first : head.i + 1].text
