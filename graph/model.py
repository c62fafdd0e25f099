"""The plain values that flow through comity: sources, statements and what they state of a fact."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, field, fields
from typing import Any, Self

from comity.graph.dates import When

ID_LENGTH = 32
"""Hexadecimal digits of a statement's id: 128 bits of its SHA-256."""

SHORTEST_ID = 6
"""Digits of an id by which a statement, decision or judgement may be named, at least."""

DOSSIERS = "dossiers"
"""Stands for all loaded dossiers where sources are chosen, so it cannot be the id of one."""

DECISIONS = "decisions"
"""The collection of people whose decisions are sources, so it cannot be the id of a dossier either."""

RESERVED = {
    DOSSIERS: "stands for all dossiers",
    DECISIONS: "is where decisions of people are kept",
    "all": "stands for everything loaded",
    "default": "stands for what a slice takes where nothing is chosen",
    "none": "stands for no choice",
}
"""What cannot be the id of a dossier or data set, and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document or a release of a data set.

    `id` is `COLLECTION:KEY`. `sha256` is of the text or table that was read, `original_sha256` of the file it came from. `coverage`
    is the time of which a data set tells, in EDTF; outside it there is no data.
    """

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    version: str = ""
    url: str = ""
    licence: str = ""
    citation: str = ""
    sha256: str = ""
    original_sha256: str = ""
    coverage: str = ""

    @property
    def collection(self) -> str:
        """The dossier or data set that the source was loaded with."""
        return collection_of(self.id)

    @property
    def digest(self) -> str:
        """A hash of everything that is known of the source."""
        known = {item.name: getattr(self, item.name) for item in fields(self)}
        if not self.coverage:  # it came later: descriptions without it keep their digest
            del known["coverage"]
        return digest_of(known)

    def cite(self) -> str:
        """The citation as given, else one made from title, publisher, date and address."""
        if self.citation:
            return self.citation
        parts = (self.publisher, f"“{self.title}”", self.version, self.date, self.url)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a fact: its role, what it pledges, and its own dates where they differ from the fact's.

    `pledges` is None where the party pledges what the fact's types say, and empty where it pledges nothing. `phase` is the number of
    the phase that the entry is for, where a source tells the phases of a treaty apart: there is nothing between parties to different
    ones.
    """

    actor: str
    role: str
    pledges: tuple[str, ...] | None = None
    dates: When | None = None
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a fact's status and when it was taken; `between` names the one or two parties it is confined to."""

    name: str
    when: When
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: in words (`Article 5`, `row 17`), or a half-open span of Unicode code points.

    `sha256` is of the words in the span, in UTF-8.
    """

    text: str = ""
    start: int | None = None
    end: int | None = None
    sha256: str = ""

    def __str__(self) -> str:
        span = "" if self.start is None else f"characters {self.start}–{self.end}"
        return ", ".join(part for part in (self.text, span) if part)


@dataclass(frozen=True, slots=True)
class Repair:
    """What stood where a property was read, before the named rule repaired it."""

    property: str
    was: str
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says about one fact at one place.

    `properties` are (name, values) pairs in the kind's vocabulary. Lists whose order says nothing are put in order, so that `id`,
    which hashes source, place and content, is the same wherever, whenever and however the statement is written. `records` says how
    many records of the source it stands for while it is loaded; it is no content.
    """

    fact: str
    kind: str
    source: str
    place: Place
    types: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    steps: tuple[Step, ...] = ()
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    repairs: tuple[Repair, ...] = ()
    words: str = ""
    method: str = "curated"
    confidence: float = 1.0
    records: int = field(default=1, compare=False, repr=False)
    known_id: InitVar[str] = ""
    id: str = field(init=False, default="")

    def __post_init__(self, known_id: str) -> None:
        if known_id:  # read back from a store: in order already
            object.__setattr__(self, "id", known_id)
            return
        object.__setattr__(self, "confidence", float(self.confidence))
        for name, key in _ORDERS.items():
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=key)))
        object.__setattr__(self, "id", digest_of(self.to_dict())[:ID_LENGTH])

    @property
    def collection(self) -> str:
        """The dossier or data set that the statement belongs to."""
        return collection_of(self.fact)

    def to_dict(self) -> dict[str, Any]:
        """The content as plain JSON values, empty fields left out; `from_dict` reads it back."""
        content: dict[str, Any] = {
            "fact": self.fact,
            "kind": self.kind,
            "source": self.source,
            "place": _without_empty(
                text=self.place.text, start=self.place.start, end=self.place.end, sha256=self.place.sha256
            ),
            "types": list(self.types),
            "titles": list(self.titles),
            "parties": [_party_dict(party) for party in self.parties],
            "steps": [
                _without_empty(name=step.name, when=step.when.text, between=list(step.between))
                for step in self.steps
            ],
            "properties": {name: list(values) for name, values in self.properties},
            "repairs": [
                {"property": repair.property, "was": repair.was, "rule": repair.rule}
                for repair in self.repairs
            ],
            "words": self.words,
            "method": self.method,
            "confidence": self.confidence,
        }
        return _without_empty(**content)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any], known_id: str = "") -> Self:
        """The statement that `to_dict` wrote; with its id, if that is known, it is made without hashing it again."""
        return cls(
            fact=content["fact"],
            kind=content["kind"],
            source=content["source"],
            place=Place(**content.get("place", {})),
            types=tuple(content.get("types", ())),
            titles=tuple(content.get("titles", ())),
            parties=tuple(_party(party) for party in content.get("parties", ())),
            steps=tuple(
                Step(step["name"], When.parse(step["when"]), tuple(step.get("between", ())))
                for step in content.get("steps", ())
            ),
            properties=tuple(
                (name, tuple(values)) for name, values in sorted(content.get("properties", {}).items())
            ),
            repairs=tuple(Repair(**repair) for repair in content.get("repairs", ())),
            words=content.get("words", ""),
            method=content["method"],
            confidence=content["confidence"],
            known_id=known_id,
        )


_ORDERS: Mapping[str, Callable[[Any], Any]] = {
    "types": str,
    "parties": lambda party: (
        party.actor,
        party.role,
        _text(party.dates),
        party.pledges is not None,
        party.pledges or (),
        party.phase,
    ),
    "steps": lambda step: (step.name, step.when.text, step.between),
    "properties": lambda pair: pair[0],
    "repairs": lambda repair: (repair.property, repair.was),
}
"""What lists of a statement are ordered by; titles keep theirs, the first being the one to show."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record, or with `part` only something in a record that was read otherwise, that a loader could not use.

    `place` and `record` say where it stands and what stands there; `value` is what nobody could make out, read as a code or name of
    `system`, and `candidates` are the ids of the actors that it may have meant. It is kept in quarantine until it can be read.
    `records` is more than one where it stands for several.
    """

    place: str
    reason: str
    value: str = ""
    system: str = ""
    candidates: tuple[str, ...] = ()
    record: str = ""
    part: bool = False
    records: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record, or several, that a loader leaves out by its declared mapping, and why: the same words for the same reason."""

    reason: str
    records: int = 1


def collection_of(identifier: str) -> str:
    """The collection part of a fact's or source's id: `treaties` of `treaties:anzus`."""
    return identifier.partition(":")[0]


def canonical_json(content: Any) -> str:
    """JSON that is the same for equal content: sorted keys, no white space, Unicode kept."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: Any) -> str:
    """The SHA-256 of JSON content, the same for equal content."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _without_empty(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [], {}, ())}


def _text(when: When | None) -> str:
    return when.text if when else ""


def _party_dict(party: Party) -> dict[str, Any]:
    content = _without_empty(actor=party.actor, role=party.role, dates=_text(party.dates), phase=party.phase)
    return content if party.pledges is None else {**content, "pledges": list(party.pledges)}


def _party(content: Mapping[str, Any]) -> Party:
    dates, pledges = content.get("dates"), content.get("pledges")
    return Party(
        content["actor"],
        content["role"],
        None if pledges is None else tuple(pledges),
        When.parse(dates) if dates else None,
        content.get("phase", ""),
    )
