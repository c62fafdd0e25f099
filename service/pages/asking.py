"""What a page is asked for: the day and how disagreement is settled, or which ties count. A form sends empty fields too: they ask nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import QueryParams

from comity.graph.accounts import Policy
from comity.graph.dates import When, parse_day
from comity.graph.errors import InputError, UnknownName
from comity.graph.identity import APPLIED_FROM
from comity.graph.slices import CONVENTIONS, Question, today
from comity.graph.ties import RULES
from comity.queries.asking import question_of

DAY_FIELDS = ("as_of", "policy", "known_on", "same_from")
"""What says of when, and by whose word, a page of an actor, two actors or a fact is."""


@dataclass(frozen=True, slots=True)
class DayAsked:
    """The day a page is about, and how the record is read; `given` is what of it the address says."""

    as_of: date
    policy: Policy
    known_on: date | None
    applied_from: float
    given: Mapping[str, str]


def day_asked(query: QueryParams) -> DayAsked:
    """The day and the policy that the parameters name; `InputError` says which of them cannot be read."""
    given = {name: value for name in DAY_FIELDS if (value := query.get(name, "").strip())}
    known_on = given.get("known_on")
    return DayAsked(
        as_of=parse_day(given["as_of"]) if "as_of" in given else today().earliest_begin,
        policy=Policy.parse(given.get("policy", "strict")),
        known_on=parse_day(known_on) if known_on else None,
        applied_from=_share(given.get("same_from")),
        given=given,
    )


def question_asked(query: QueryParams) -> Question:
    """Which ties the parameters ask for, by the words and defaults of the command line."""
    certainty = one(query, "certainty") or "certain"
    if certainty not in ("certain", "possible"):
        raise UnknownName("certainty", certainty, ("certain", "possible"))
    as_of = one(query, "as_of")
    return question_of(
        When.parse(as_of) if as_of else None,
        layers=several(query, "layer"),
        types=several(query, "type"),
        sources=several(query, "source"),
        rule=one(query, "rule") or next(iter(RULES)),
        convention=one(query, "convention") or next(iter(CONVENTIONS)),
        certainty="possible" if certainty == "possible" else "certain",
        policy=one(query, "policy") or "strict",
        known_on=one(query, "known_on") or None,
        applied_from=_share(one(query, "same_from")),
    )


def one(query: QueryParams, name: str) -> str:
    """The value of a field, empty where there is none."""
    return query.get(name, "").strip()


def several(query: QueryParams, name: str) -> Sequence[str]:
    """The values of a field that may be there several times, or have commas between them."""
    return [part.strip() for value in query.getlist(name) for part in value.split(",") if part.strip()]


def _share(text: str | None) -> float:
    if not text:
        return APPLIED_FROM
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError(f"same_from: {text!r} is not a confidence between 0 and 1")
    return share
