"""What the reading of one document comes to: facts with the passages they stand on, what was repaired, what was left out."""

from dataclasses import dataclass
from functools import cached_property

from comity.graph.crosswalk import crosswalk
from comity.graph.kinds import kind_of
from comity.graph.model import Party
from comity.loaders.reading.candidate import Assertion

KINDS = ("agreement", "drill", "talks")
"""What is read from prose."""

INTENDED = frozenset({"announced", "planned"})
"""The steps of what is intended, and did not come about yet as far as the text tells."""


@dataclass(frozen=True, slots=True)
class Dating:
    """A date in EDTF (empty: none is told) and how it was come by.

    `was` and `rule` are the garbled words and the rules that repaired them. `doubts` are sentences for the person who checks: what
    was inferred, and on what ground.
    """

    edtf: str = ""
    was: str = ""
    rule: str = ""
    doubts: tuple[str, ...] = ()
    trusted: float = 1.0
    """What is left of a confidence after the date was inferred or repaired."""
    planned: bool = False
    """Whether it is the time that was planned, where the step itself (announced, cancelled) has no date."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What one passage says of a relation. Offsets are code points of the text; `sha256` is of the words there (UTF-8).

    `name` is what the passage calls it.
    """

    start: int
    end: int
    sha256: str
    assertion: Assertion
    status: str
    date: Dating = Dating()
    location: str = ""
    people: tuple[str, ...] = ()
    method: str = "comity"
    confidence: float = 0.5
    doubts: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class ReadFact:
    """A relation as the document tells of it, in one passage or several; `id` is readable and its own within the document."""

    id: str
    kind: str
    types: tuple[str, ...]
    parties: tuple[Party, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def assertion(self) -> Assertion:
        """Asserted where any passage asserts it."""
        return min((mention.assertion for mention in self.mentions), key=list(Assertion).index)

    @cached_property
    def status(self) -> str:
        """The step furthest in the kind's life that a passage tells of; none for what is denied."""
        if self.assertion is Assertion.NEGATED:
            return ""
        steps = list(kind_of(self.kind).steps)
        return max((mention.status for mention in self.mentions), key=steps.index)

    @cached_property
    def date(self) -> str:
        """The date of that step; where only a plan is dated (as of an agreement to come), the time it was planned for."""
        at = [mention.date.edtf for mention in self.mentions if mention.status == self.status]
        if self.kind != "agreement" and self.status != "announced":
            at += [mention.date.edtf for mention in self.mentions if mention.status != "announced"]
        return max((edtf for edtf in at if edtf), key=precision, default="")

    @cached_property
    def confidence(self) -> float:
        """That of the surest passage that tells of its status."""
        telling = [mention for mention in self.mentions if mention.status == self.status]
        return max(mention.confidence for mention in telling or self.mentions)

    @cached_property
    def name(self) -> str:
        """What the text calls it, if it has a name."""
        return next((mention.name for mention in self.mentions if mention.name), "")

    @cached_property
    def title(self) -> str:
        """Its name, else one made of kind, types and parties."""
        names = [crosswalk().actor(party.actor).name for party in self.parties]
        of = f"{', '.join(names[:-1])} and {names[-1]}"
        types = "" if self.types == ("other",) else f" ({', '.join(self.types)})" if self.types else ""
        return self.name or f"{self.kind.capitalize()} of {of}{types}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A place of the text that was mended before it was read: the words as they stand, as they were read, and by which rule."""

    start: int
    end: int
    was: str
    now: str
    rule: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A passage that looked like a statement, or like a date, and was not taken; and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The reading of one document. `file` is its name as it was given, `text` what the offsets count in.

    `date` is the document's own (EDTF), `date_ground` how it was come by where nobody gave it. `derived` says that the text was taken out of the file (HTML, PDF) and is no file yet.
    """

    file: str
    text: str
    title: str
    sha256: str
    original_sha256: str
    date: str = ""
    date_ground: str = ""
    publisher: str = ""
    derived: bool = False
    facts: tuple[ReadFact, ...] = ()
    denied: tuple[ReadFact, ...] = ()
    corrections: tuple[Correction, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def precision(edtf: str) -> tuple[bool, int]:
    """What makes one of two dates that can both be true the one to show: a plain date before a range, then the finer."""
    return edtf[:1].isdigit(), sum(sign.isdigit() for sign in edtf)
