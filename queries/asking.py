"""From what someone writes to the question that is meant, by the same defaults for commands and code."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from comity.graph.accounts import STRICT, Policy
from comity.graph.dates import When, parse_day
from comity.graph.identity import APPLIED_FROM
from comity.graph.slices import Certainty, Question, today
from comity.queries.defaults import default_types

EVERY_TYPE = "all"
"""What is written where every type counts: to write none means those of `default_types`."""


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
        types=tuple(name for name in types if name != EVERY_TYPE),
        rule=rule,
        sources=names_of(sources),
        as_of=_when(as_of),
        certainty=certainty,
        policy=policy if isinstance(policy, Policy) else Policy.parse(policy),
        known_on=parse_day(known_on) if isinstance(known_on, str) else known_on,
        convention=convention,
        applied_from=applied_from,
    )
    # What stands beside "all" says nothing, but has been looked at: a slip of the pen is told.
    return replace(question, types=()) if EVERY_TYPE in types else question


def names_of(given: str | Sequence[str]) -> tuple[str, ...]:
    """One name or several as several, each once."""
    return (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))


def _when(given: str | date | When | None) -> When:
    if given is None or isinstance(given, When):
        return given or today()
    return When.parse(given if isinstance(given, str) else given.isoformat())
