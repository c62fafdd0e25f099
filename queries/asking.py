"""From what someone writes to the question that is meant, by the same defaults for commands and code."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from comity.graph.accounts import STRICT, Policy
from comity.graph.dates import When, parse_day, parse_span
from comity.graph.errors import InputError
from comity.graph.identity import APPLIED_FROM
from comity.graph.slices import Certainty, Question, today
from comity.queries.defaults import default_types

EVERY_TYPE = "all"
"""What is written where every type counts: to write none means those of `default_types`."""

DIFFERING: dict[str, tuple[str, Callable[[str], Any]]] = {
    "as-of": ("as_of", parse_span),
    "source": ("sources", str),
    "known-on": ("known_on", parse_day),
    "policy": ("policy", Policy.parse),
    "type": ("types", str),
    "rule": ("rule", str),
    "certainty": ("certainty", str),
    "convention": ("convention", str),
}
"""What two questions can differ in, as it is written: the field of the question, and how its value is read."""

SEVERAL = ("source", "type")
"""Of these one question can have several, each with its name."""

_COMMA = re.compile(r",(?=\s*[a-z-]+\s*=)")


class Which(TypedDict, total=False):
    """Which ties count, whatever the time; what is left out is as on the command line.

    layers, types, sources: one name or several; `types="all"` for every type. By default agreements, of them those of defence
    (other layers: all types), and all dossiers or the one data set.
    rule, convention: as `comity count` and `comity rank` have them.
    certainty: `certain` (the default) or `possible`.
    policy: how disagreement is settled: `strict`, `majority`, `earliest`, `latest` or `trusted:SOURCE,SOURCE`.
    known_on: a day, to use what the store held at its end.
    applied_from: the least confidence at which facts judged to be the same are one.
    """

    layers: str | Sequence[str]
    types: str | Sequence[str]
    sources: str | Sequence[str]
    rule: str
    certainty: Certainty
    convention: str
    policy: str | Policy
    known_on: str | date | None
    applied_from: float


def question_of(
    as_of: str | date | When | None = None,
    *,
    layers: str | Sequence[str] = (),
    types: str | Sequence[str] = (),
    sources: str | Sequence[str] = (),
    rule: str = "every-pair",
    convention: str = "any-day",
    certainty: Certainty = "certain",
    policy: str | Policy = STRICT,
    known_on: str | date | None = None,
    applied_from: float = APPLIED_FROM,
) -> Question:
    """The question that is meant by a day or span (today, where there is none) and by which ties count (`Which`)."""
    layers = names_of(layers) or ("agreement",)
    types = names_of(types) or default_types(layers)
    question = Question(
        layers=layers,
        rule=rule,
        sources=names_of(sources),
        as_of=_when(as_of),
        certainty=certainty,
        policy=policy if isinstance(policy, Policy) else Policy.parse(policy),
        known_on=parse_day(known_on) if isinstance(known_on, str) else known_on,
        convention=convention,
        applied_from=applied_from,
    )
    return _of_types(question, types)


def changes_of(text: str) -> dict[str, Any]:
    """What one of two questions has of its own, by the fields of a question: a date, or `name=value` (`DIFFERING`) with commas between.

    A comma parts only where another name follows, so that a policy can trust several sources. `InputError` where a name is not known,
    or stands twice and can have one value only.
    """
    found: dict[str, Any] = {}
    for part in _COMMA.split(text):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign:
            name, value = "as-of", part.strip()
        if name not in DIFFERING:
            raise InputError(f"{part.strip()}: two networks can differ in {', '.join(DIFFERING)}")
        field, read = DIFFERING[name]
        if name in SEVERAL:
            found[field] = (*found.get(field, ()), read(value))
        elif field in found:
            raise InputError(f"{text} has {name} twice: one network has one; write it once on each side")
        else:
            found[field] = read(value)
    return found


def varied(question: Question, changes: Mapping[str, Any]) -> Question:
    """The question, but for the `changes_of` one side."""
    others = {field: value for field, value in changes.items() if field != "types"}
    if "sources" in others:
        others["sources"] = names_of(others["sources"])
    asked = replace(question, **others)
    return _of_types(asked, names_of(changes["types"])) if "types" in changes else asked


def _of_types(question: Question, types: tuple[str, ...]) -> Question:
    # What stands beside "all" says nothing, but has been looked at: a slip of the pen is told.
    named = replace(question, types=tuple(name for name in types if name != EVERY_TYPE))
    return replace(named, types=()) if EVERY_TYPE in types else named


def names_of(given: str | Sequence[str]) -> tuple[str, ...]:
    """One name or several as several, each once."""
    return (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))


def _when(given: str | date | When | None) -> When:
    if given is None or isinstance(given, When):
        return given or today()
    return parse_span(given if isinstance(given, str) else given.isoformat())
