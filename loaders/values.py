"""The values of a dossier's fields, one function a shape: each gives the value, or notes the fault and gives an empty one."""

import re
from collections.abc import Container, Mapping

from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.kinds import Kind
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
