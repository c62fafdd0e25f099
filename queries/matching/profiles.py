"""A fact prepared for comparing: all that each of its accounts tells, so that the best agreement of two facts can be found."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from comity.graph.accounts import Resolved
from comity.graph.dates import FIRST_DAY, LAST_DAY, Bounds
from comity.graph.kinds import kind_of
from comity.graph.model import collection_of
from comity.graph.resolve import Fact
from comity.queries.matching.weights import AKIN

EFFECT = "in effect"
"""What the steps that put a fact into effect (in force; under way, held) are compared as."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of a fact: parties with the beginnings of their own, steps and ends as accounts tell them, and texts.

    `began` has all beginnings of each step, `ends` all ends; `names` are (as written, normalised).
    """

    fact: Fact
    collections: frozenset[str]
    parties: dict[str, tuple[Bounds, ...]]
    began: dict[str, tuple[Bounds, ...]]
    ends: tuple[Bounds, ...]
    types: frozenset[str]
    names: tuple[tuple[str, str], ...]
    references: dict[str, str]


def profile(fact: Fact) -> Profile:
    """The fact, prepared."""
    steps = kind_of(fact.kind).steps
    began: dict[str, set[Bounds]] = {}
    for step in fact.steps:
        sort = steps[step.name]
        if not (step.between or sort.closes or sort.interrupts):
            name = EFFECT if sort.effective else step.name
            began.setdefault(name, set()).update(_told(step.resolved))
    parties: dict[str, set[Bounds]] = {}
    for party in fact.parties:
        own = parties.setdefault(party.actor, set())
        if party.dates and party.dates.earliest_begin > FIRST_DAY:
            own.add(party.dates.begin)
    references = fact.properties.get("reference")
    return Profile(
        fact=fact,
        collections=frozenset(map(collection_of, fact.ids)),
        parties={actor: tuple(sorted(own)) for actor, own in sorted(parties.items())},
        began={name: tuple(sorted(told)) for name, told in began.items() if told},
        ends=tuple(sorted(_told(fact.end) | _lasting(fact.end))),
        types=frozenset(AKIN.get(name, name) for name in fact.types if name != "other"),
        names=tuple((title, plain) for title in fact.titles if (plain := normalised(title))),
        references={" ".join(value.split()).casefold(): value for value in references.values}
        if references
        else {},
    )


def normalised(title: str) -> str:
    """A title without case, accents and punctuation, for comparing; signs of any script stay."""
    folded = unicodedata.normalize("NFKD", title).casefold()
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", letters))


def shown(bounds: Bounds) -> str:
    """Bounds as people write dates: a day, a month, a year, or from one day to another."""
    first, last = bounds
    if last == LAST_DAY:
        return "still going on" if first == LAST_DAY else f"{_day(first)} or later"
    if first == last:
        return first.isoformat()
    if first.year == last.year and (first.day, last.month, last.day) == (1, 12, 31) and first.month == 1:
        return f"{first.year:04}"
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and _is_last(last):
        return first.isoformat()[:7]
    return f"{_day(first)} to {_day(last)}"


def _told(resolved: Resolved) -> set[Bounds]:
    """Each account's own bounds, those left out that say nothing."""
    return {
        account.bounds
        for account in resolved.accounts
        if account.bounds and account.bounds[0] > FIRST_DAY and _is_told(account.bounds)
    }


def _lasting(end: Resolved) -> set[Bounds]:
    """What accounts tell of an end that has not come, for all of the time of which they tell."""
    bounds = [account.bounds for account in end.accounts if account.bounds]
    return {each for each in bounds if each[0] > FIRST_DAY and each[1] == LAST_DAY}


def _is_told(bounds: Bounds) -> bool:
    return bounds[1] < LAST_DAY or bounds[0] == LAST_DAY


def _is_last(day: date) -> bool:
    return (day.month, day.day) == (12, 31) or date.fromordinal(day.toordinal() + 1).month != day.month


def _day(day: date) -> str:
    return "any time" if day in (FIRST_DAY, LAST_DAY) else day.isoformat()
