"""The seam between readers and the rest: a sentence goes in, candidates come out.

A reader is any function of this form: comity's own (sentence structure by spaCy), a language model behind an endpoint, another event
coder. What it proposes is dropped where its words are not in the text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Assertion(StrEnum):
    """What the text does with a relation: says that it is or was, tells of an intention or offer, or denies it."""

    ASSERTED = "asserted"
    PROPOSED = "proposed"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the mended text.

    `span` is where it stands in the mended text; the spans in a candidate count from the beginning of `text`. `document_date` is
    the document's date in EDTF, empty where nobody knows it. `mentioned` are the actors of the sentences before it, the latest
    first: what "the two sides" and "his counterpart" can mean.
    """

    text: str
    span: Span
    document_date: str = ""
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """A party as the sentence names it: the actor's id, its role by the kind, and the words that name it (None: understood)."""

    actor: str
    role: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a reader holds to be stated in one sentence.

    `status` is a step of the kind (`signed`, `planned`, `held` …). `span` are the words that state it, `predicate` the words that
    made the reader think so. `date` are the words that date it (None: undated), which are read by rules, not by the reader.
    `method` names the reader; `confidence` is from 0 to 1. What is `supposed` (if, whether, could) is told neither as fact nor as
    intention, and no fact comes of it.
    """

    kind: str
    parties: tuple[Participant, ...]
    status: str
    assertion: Assertion
    span: Span
    predicate: Span
    types: tuple[str, ...] = ()
    date: Span | None = None
    location: str = ""
    people: tuple[str, ...] = ()
    method: str = "comity"
    confidence: float = 0.5
    supposed: bool = False


Reader = Callable[[Sequence[Sentence]], Iterable[Sequence[Candidate]]]
"""Candidates for each of the sentences, in their order; many at once, since parsers and endpoints work on batches."""
