"""The values of a dossier's fields, one function a shape: each gives the value, or notes the fault and gives an empty one."""

import re
from collections.abc import Container, Mapping

from comity.graph.claims import EXAMPLE, Claim
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import ComityError, DateError, UnknownActor
from comity.graph.kinds import Kind
from comity.graph.model import RESERVED
from comity.loaders import form
from comity.loaders.faults import one_of, quoted
from comity.loaders.spots import Spot


def text(fields: Mapping[str, Spot], name: str) -> str:
    """The text of a field; empty where the field is not written."""
    return fields[name].text() if name in fields else ""


def verbatim(fields: Mapping[str, Spot], name: str) -> str:
    """The text of a field with its white space and line ends kept."""
    return fields[name].text(verbatim=True) if name in fields else ""


def word(spot: Spot | None, pattern: str, example: str) -> str:
    """A text of the given pattern."""
    found = spot.text(example=example) if spot else ""
    if spot and found and not re.fullmatch(pattern, found):
        spot.wrong(f"{quoted(found)} cannot stand here; write {example}")
        return ""
    return found


def collection(spot: Spot | None, example: str) -> str:
    """The id of a dossier or table: a small word that means nothing else, so that loading it retracts nothing but what it held."""
    from comity.loaders.sources import loaders  # here, as every loader imports this module

    id = word(spot, form.ID, f"an id of small letters, digits and '-', such as {example}")
    taken = RESERVED.get(
        id, "is the name of a loader, whose data it would replace" if id in loaders() else ""
    )
    if spot and taken:
        spot.wrong(f"{quoted(id)} {taken}; write another id, such as {id}-own")
        return ""
    return id


def digest(fields: Mapping[str, Spot], name: str) -> str:
    """A SHA-256 in hexadecimal digits."""
    return word(fields.get(name), form.SHA256, "a SHA-256 of 64 hexadecimal digits (0-9, a-f)")


def check_key(key: str, spot: Spot) -> None:
    """That a source's or fact's key can stand in an id."""
    if not re.fullmatch(form.ID, key):
        spot.wrong(f"{quoted(key)} is no id; use small letters, digits and '-', such as acsa-2017")


def offset(spot: Spot) -> int | None:
    """A number of characters."""
    found = number(spot, r"0|[1-9][0-9]{0,9}", "a whole number such as 375")
    return int(found) if found else None


def confidence(spot: Spot) -> float:
    """A number above 0 and up to 1."""
    found = number(spot, r"[01]|[01]?\.[0-9]{1,6}", "a number above 0 and up to 1, such as 0.9")
    if found and not 0 < float(found) <= 1:
        spot.wrong(f"{found} is no confidence; write a number above 0 and up to 1, such as 0.9")
        return 1.0
    return float(found or 1)


def number(spot: Spot, pattern: str, example: str) -> str:
    """The digits of a number, which stands without quotes."""
    if spot.is_text and not spot.is_plain:
        spot.wrong(f"a number needs no quotes; write {example}")
        return ""
    return word(spot, pattern, example)


def when(spot: Spot) -> When | None:
    """A date in EDTF."""
    if not spot.is_text:
        spot.wrong(
            'no date stands here; write EDTF such as 2016-10-24, and put dates with [ ] in quotes: "[..2016-10]"'
        )
        return None
    found = spot.text(example="a date such as 2016-10-24")
    try:
        return When.parse(found) if found else None
    except DateError as error:
        spot.wrong(str(error))
        return None


def names(spot: Spot) -> tuple[str, ...]:
    """One text or a list of texts."""
    found = [entry.text() for entry in spot.one_or_more()]
    if not found:
        spot.wrong("an empty list; write at least one text, or leave the field out")
    return tuple(found)


def told(spot: Spot, value: str) -> tuple[str, ...]:
    """The value of a kind's property: a date, one text, or names."""
    if value == "date":
        date = when(spot)
        return (date.text,) if date else ()
    return (spot.text(),) if value == "text" else names(spot)


def scopes(spot: Spot, kind: Kind, own: Container[str]) -> tuple[str, ...]:
    """Claims in the words that comity can test, in their one spelling; `own` are the ids of actors that the dossier brings along."""
    found: list[str] = []
    for entry in spot.one_or_more():
        told = entry.text(example=f"a claim such as: {EXAMPLE}")
        try:
            claim = Claim.parse(told, lambda name: _known(name, own)) if told else None
        except ComityError as error:
            entry.wrong(f"{error}; docs/claims.md has the words of a claim")
            continue
        if claim and claim.kind != kind.name:
            entry.wrong(
                f"it is a claim of {claim.kind} and the fact's kind is {kind.name}; write {kind.name} in it"
            )
        elif claim and str(claim) in found:
            entry.wrong("the same claim is listed twice; remove one")
        elif claim:
            found.append(str(claim))
    if spot.is_list and not list(spot.one_or_more()):
        spot.wrong("an empty list; write at least one claim, or leave the field out")
    return tuple(found)


def _known(name: str, own: Container[str]) -> str:
    """An actor's id, which must be written as such: what a name means changes with the years."""
    if name in own or name in crosswalk():
        return name
    meant = crosswalk().lookup(name)
    ids = " or ".join(f"{actor.id} for {actor.name}" for actor in meant[:8])
    raise UnknownActor(
        f"{quoted(name)} is no actor's id; write {ids or 'one (`comity find TEXT` gives it), or describe the actor under actors'}"
    )


def types(spot: Spot, kind: Kind, allowed: Container[str]) -> tuple[str, ...]:
    """Types of the kind, each once, of those that are allowed here."""
    found: list[str] = []
    for entry in spot.items(f"[{next(iter(kind.types))}]"):
        name = entry.text(example="a type")
        if name and name not in kind.types:
            entry.wrong(one_of(name, f"type of {kind.plural}", list(kind.types)))
        elif name and name not in allowed:
            entry.wrong(f"{name} is none of the agreement's types; add it to them")
        elif name in found:
            entry.wrong(f"{name} is listed twice; remove one")
        found.append(name)
    return tuple(found)
