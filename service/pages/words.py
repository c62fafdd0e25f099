"""Dates, numbers and names as pages write them: filters for the templates."""

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from comity.graph.accounts import State
from comity.graph.dates import When
from comity.graph.kinds import kinds
from comity.viz.wording import day_in_words, in_words

STATES = {
    "confirmed": "confirmed: several sources agree",
    "majority": "majority: most sources agree",
    "unique": "unique: one source tells",
    "missing": "missing: nobody tells",
    "conflict": "conflict: sources disagree",
}
"""What each state of a property says, in words."""


def when(text: str) -> str:
    """An EDTF text in plain words."""
    return in_words(When.parse(text)) if text else ""


def day(given: date) -> str:
    """A day in plain words."""
    return day_in_words(given)


def moment(text: str) -> str:
    """A moment of the record (ISO 8601, UTC) to the minute."""
    return f"{text[:10]} {text[11:16]}" if len(text) > 16 else text


def name(text: str) -> str:
    """A name of the vocabulary (`in_force`, `information-security`) as words."""
    if text in _FOLLOWING:
        return _FOLLOWING[text]
    return text.replace("_", " ").replace("-", " ") if text in _VOCABULARY else text.replace("_", " ")


def status(text: str) -> str:
    """A status as words."""
    return "no step told yet" if text == State.MISSING else name(text)


_FOLLOWING = {"begin": "in effect from", "end": "in effect until"}
"""Properties that no source tells but by a step, as pages name them."""


def number(value: Any) -> str:
    """A number as people read it: thousands apart, four figures where it is no whole one."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return f"{value:,.0f}" if value == round(value) and abs(value) < 1e15 else f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def web(address: str) -> str:
    """The address where it is one of the web, which a link may lead to; else nothing: a source may be described with anything."""
    return address if address.startswith(("https://", "http://")) else ""


def titled(id: str, title: str) -> str:
    """What a fact goes by: its title, or its whole id where it has only a number."""
    return id if title == id.partition(":")[2] and title.isdecimal() else title


def together(says: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """What a statement says, each name once with all its values, in the order in which it says it."""
    found: dict[str, list[str]] = {}
    for name, value in says:
        found.setdefault(name, []).append(value)
    return list(found.items())


def counted(value: int, noun: str, plural: str = "") -> str:
    """`1 fact`, `2 facts`."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


_VOCABULARY = {
    word
    for kind in kinds().values()
    for words in (kind.types, kind.steps, kind.roles, kind.properties)
    for word in words
} | set(kinds())
