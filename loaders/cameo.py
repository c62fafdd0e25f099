"""Events coded in CAMEO (Conflict and Mediation Event Observations), as GDELT and ICEWS give them: from code to kind of fact.

`data/cameo.csv` is the declared mapping, a row for each root and for each code below it that means something else; a code is read by
the longest of them that it begins with. What it leaves out carries the reason. Three choices need their own:

- A reported intention (root 03) is an agreement, drill or talks *announced*, whichever it would become; never one in force.
- Appeals (02), praise and promises of aid tie nobody to anybody. Military cooperation (062) is what CAMEO has for joint exercises; it
  takes in other cooperation of forces, too.
- Root 13 takes in threats to break off talks or to stop aid: those are `verbal`, as a `threat` is one to use force. Protests (14) are
  by people in a country against another, so no dispute of the two.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.model import Party, Place, Rejected, Skipped, Statement, Step
from comity.loaders.codes import Found, Unknown
from comity.loaders.tables import Row

ONE_ACTOR = Skipped("both sides are the same country or organization")
NOBODY = Skipped("fewer than two countries or organizations are named")
"""Why events are left out whatever their code says."""


Who = Found | Unknown | None
"""Who one side of an event is; None where it is no country or organization."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says of the two sides: the kind, types and step of a fact and their roles in it; without a kind, why there is none."""

    code: str
    label: str
    kind: str
    types: tuple[str, ...]
    step: str
    source: str
    target: str
    left_out: Skipped


@dataclass(frozen=True, slots=True)
class Side:
    """Who did it or to whom it was done: the name as published, and the actor; None where it is no country or organization."""

    name: str
    who: Who


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a data set, before it is read; `properties` are those besides the code."""

    fact: str
    source: str
    place: str
    code: str
    text: str
    sides: tuple[Side, Side]
    properties: tuple[tuple[str, tuple[str, ...]], ...] = ()


@cache
def meanings() -> Mapping[str, Meaning]:
    """The declared mapping, by root or code."""
    text = resources.files("comity.loaders").joinpath("data", "cameo.csv").read_text(encoding="utf-8")
    return {row["code"]: _meaning(row) for row in csv.DictReader(text.splitlines())}


@lru_cache(maxsize=1_024)
def meaning_of(code: str) -> Meaning | None:
    """What the code means by its own row or that of the codes above it; None if it is no code of CAMEO."""
    if not (3 <= len(code) <= 4 and code.isascii() and code.isdecimal()):
        return None
    return next((known for end in (4, 3, 2) if (known := meanings().get(code[:end]))), None)


def read_code(code: str, date: str, row: Row) -> tuple[Meaning, When] | Rejected | Skipped:
    """What a row's code means, and its date (EDTF); or why the row is no fact, whoever the two sides are."""
    meaning = meaning_of(code)
    if meaning is None:
        return Rejected(row.place, no_code(code), code, record=row.record)
    if not meaning.kind:
        return meaning.left_out
    try:
        return meaning, when_of(date)
    except DateError as error:
        return Rejected(row.place, str(error), date, record=row.record)


def no_code(code: str) -> str:
    """Why what stands where a code should is none of CAMEO."""
    lost = f"{code!r} is no code of CAMEO: were zeros at its beginning lost?"
    return lost if code else "no code of CAMEO is given"


def read_event(event: Event, meaning: Meaning, when: When, row: Row) -> Statement | Rejected | Skipped:
    """The row's event as a statement, or why there are no two actors in it."""
    left, right = event.sides
    found = between(left.who, right.who)
    if isinstance(found, Unknown):
        return found.rejected(row.place, row.record)
    if isinstance(found, Skipped):
        return found
    source, target = found
    return Statement(
        fact=event.fact,
        kind=meaning.kind,
        source=event.source,
        place=Place(event.place),
        types=meaning.types,
        titles=(f"{left.name} – {event.text or meaning.label} – {right.name}",),
        parties=(Party(source.actor, meaning.source), Party(target.actor, meaning.target)),
        steps=(Step(meaning.step, when),),
        properties=(("cameo", (event.code,)), *event.properties),
        repairs=tuple(dict.fromkeys((*source.repairs, *target.repairs))),
        method="table",
    )


def between(source: Who, target: Who) -> tuple[Found, Found] | Unknown | Skipped:
    """The two actors of an event, or why there are no two: a value that nobody knows, or an event left out whatever its code says."""
    if source is None or target is None:
        return NOBODY
    if isinstance(source, Unknown):
        return source
    if isinstance(target, Unknown):
        return target
    return ONE_ACTOR if source.actor == target.actor else (source, target)


when_of = lru_cache(maxsize=4_096)(When.parse)
"""A time by its EDTF text, remembered, as events share their days."""


def _meaning(row: Mapping[str, str]) -> Meaning:
    return Meaning(
        row["code"],
        row["label"],
        row["kind"],
        tuple(row["types"].split()),
        row["step"],
        row["source"],
        row["target"],
        Skipped(row["reason"]),
    )
