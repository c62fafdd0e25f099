"""Which facts lie in the scope of a claim, surely or perhaps, and when they came about as the claim counts it.

Everything is answered in three ways: in, out, or open where the sources do not tell, or differ.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.graph.claims import SIZES, Claim
from comity.graph.dates import FIRST_DAY, LAST_DAY, Bounds, When
from comity.graph.kinds import kind_of
from comity.graph.model import Party
from comity.graph.parties import View
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode

_ASPECTS: Mapping[str, tuple[frozenset[str], ...]] = {
    "drill": (
        frozenset({"field", "command-post"}),
        frozenset({"land", "air", "sea", "amphibious", "cyber"}),
    ),
    "talks": (frozenset({"summit", "ministerial", "2+2"}), frozenset({"visit", "phone"})),
}
"""Types that answer one question of a fact. Where none of an aspect is told, the aspect is open: a drill "in the field" may be one
in the air. The types of other kinds answer one question together."""


class Fit(StrEnum):
    """How a fact stands to a scope."""

    IN = "in"
    OPEN = "open"
    OUT = "out"


Finding = tuple[Fit, str]
"""How a fact stands to one condition of a scope, and why if it is not in."""

_IN: Finding = (Fit.IN, "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact beside a scope: how it fits, why if it is not surely in, and when it came about (None: never as far as told).

    `disputed` is whether sources disagree on that date and nothing has settled it. `actors` are those that put it into the scope: the
    claim's actor and the partners that are meant.
    """

    fact: Fact
    fit: Fit
    why: str
    begin: Bounds | None
    disputed: bool
    actors: frozenset[str] = frozenset()


def place(fact: Fact, claim: Claim, actors: Mapping[str, ActorNode]) -> Placed:
    """The fact beside the scope of the claim; `actors` tells countries from organizations."""
    begin = begin_of(fact, claim.order)
    told = any(step.name == claim.order and not step.between for step in fact.steps)
    disputed = ("signed" if claim.order == "signed" and told else "begin") in fact.conflicts
    if fact.kind != claim.kind:
        return Placed(fact, Fit.OUT, f"it is of the kind {fact.kind}", begin, disputed)
    seen = [_see(view, claim, actors) for view in (fact.views or (View(fact.parties, fact.types),))]
    fit, why = _together([finding for finding, _ in seen])
    partners = frozenset[str]().union(*(found for _, found in seen))
    if fit is not Fit.OUT and begin is not None:
        begin = _since_joining(fact, claim, partners, begin)
    fit, why = _all([_came_about(fact, claim, begin), (fit, why), _within(claim, begin)])
    return Placed(fact, fit, why, begin, disputed, partners | {claim.actor})


def begin_of(fact: Fact, order: str) -> Bounds | None:
    """The bounds of the day by which the fact is put in order: of its step `order`, else of its beginning."""
    begin = fact.begin.bounds
    if order != "signed":
        return begin
    for step in fact.steps:
        if step.name == order and not step.between:
            return step.when.begin
    # What is in force was signed before, nobody tells when.
    return None if begin is None else (FIRST_DAY, begin[1])


def dated_by(fact: Fact, order: str) -> tuple[str, ...]:
    """The sources that tell that day."""
    signed = [step.resolved for step in fact.steps if order == step.name == "signed" and not step.between]
    return tuple(sorted({account.source for account in (signed[0] if signed else fact.begin).accounts}))


def takes_part(fact: Fact, actor: str) -> bool:
    """Whether the actor takes part in the fact by some account; those who only watch do not."""
    return actor in _takers(fact.kind, fact.parties)


def _takers(kind: str, parties: Collection[Party]) -> list[str]:
    """The actors whose role ties them to others."""
    active = {role for pair in kind_of(kind).joins for role in pair}
    return sorted({party.actor for party in parties if party.role in active})


def _see(view: View, claim: Claim, actors: Mapping[str, ActorNode]) -> tuple[Finding, frozenset[str]]:
    """How one view of parties and types fits, and the partners that are meant."""
    takers = _takers(claim.kind, view.parties)
    others = [actor for actor in takers if actor != claim.actor]
    meant = frozenset(actor for actor in others if _is_meant(actor, claim, actors))
    findings = [
        _IN if claim.actor in takers else (Fit.OUT, f"{claim.actor} does not take part"),
        _partnered(claim, meant, others),
        _hosted(claim, view.parties),
        _typed(claim, view.types),
        _sized(claim, len(takers)),
    ]
    return _all(findings), meant


def _is_meant(actor: str, claim: Claim, actors: Mapping[str, ActorNode]) -> bool:
    if claim.partners:
        return actor in claim.partners
    if actor in claim.other_than:
        return False
    return not claim.partner_label or (actor in actors and actors[actor].label == claim.partner_label)


def _partnered(claim: Claim, meant: Collection[str], others: list[str]) -> Finding:
    missing = [actor for actor in claim.partners if actor not in meant]
    if missing:
        return Fit.OUT, f"{', '.join(missing)} does not take part"
    if meant:
        return _IN
    whom = {"Country": "country", "Organization": "organization"}.get(claim.partner_label, "partner")
    apart = f" other than {', '.join(claim.other_than)}" if claim.other_than else ""
    return Fit.OUT, f"among those it is with ({', '.join(others) or 'nobody'}) is no {whom}{apart}"


def _hosted(claim: Claim, parties: Collection[Party]) -> Finding:
    hosts = sorted({party.actor for party in parties if party.role == "host"})
    if not claim.host or claim.host in hosts:
        return _IN
    if hosts:
        return Fit.OUT, f"it is hosted by {', '.join(hosts)}, not by {claim.host}"
    if claim.host not in {party.actor for party in parties}:
        return Fit.OUT, f"{claim.host} does not take part"
    return Fit.OPEN, "nobody tells who hosts it"


def _typed(claim: Claim, types: Collection[str]) -> Finding:
    findings = []
    for wanted in claim.types:
        aspect = next((one for one in _ASPECTS.get(claim.kind, ()) if wanted in one), None)
        if wanted in types:
            continue
        told = [name for name in types if aspect is None or name in aspect]
        findings.append(
            (Fit.OUT, f"its type is {', '.join(told)}, not {wanted}")
            if told
            else (Fit.OPEN, f"nobody tells whether its type is {wanted}")
        )
    return _all(findings)


def _sized(claim: Claim, number: int) -> Finding:
    fits = {"": True, "bilateral": number == 2, "trilateral": number == 3, "multilateral": number > 2}
    return _IN if fits[claim.size] else (Fit.OUT, f"{number} take part; {claim.size}: {SIZES[claim.size]}")


def _since_joining(fact: Fact, claim: Claim, partners: Collection[str], begin: Bounds) -> Bounds:
    """When the actor and its partners were together in it: a party that came later counts from when it came."""

    def joined(actor: str) -> Bounds:
        came = [_joined(party, begin, started) for party in fact.parties if party.actor == actor]
        return min(came, default=begin)

    started = fact.begin.bounds[1] if fact.begin.bounds else LAST_DAY
    theirs = [joined(actor) for actor in sorted(partners)] or [begin]
    together = (
        _latest(theirs)
        if claim.partners
        else (min(low for low, _ in theirs), min(high for _, high in theirs))
    )
    return _latest([joined(claim.actor), together])


def _joined(party: Party, begin: Bounds, started: date) -> Bounds:
    """When the party came to a fact that began, at the latest, on the day `started`."""
    if party.dates is None or party.dates.latest_begin <= started:
        return begin
    surely_later = party.dates.earliest_begin > started
    return (max(begin[0], party.dates.earliest_begin) if surely_later else begin[0]), party.dates.latest_begin


def _latest(times: Collection[Bounds]) -> Bounds:
    return max(low for low, _ in times), max(high for _, high in times)


def _came_about(fact: Fact, claim: Claim, begin: Bounds | None) -> Finding:
    """Whether it was signed, came into force or was held: what is announced, planned or called off does not count."""
    done = {"signed": "signed", "in_force": "in force"}.get(claim.order, "held")
    if begin is None:
        step = kind_of(fact.kind).steps.get(fact.status)
        told = "mentioned" if step is None else "called off" if step.cancels else step.name.replace("_", " ")
        return Fit.OUT, f"no source has it {done}: it is {told} as far as they tell"
    return (Fit.OPEN, f"one source has it {done}, another called off") if fact.may_be_off else _IN


def _within(claim: Claim, begin: Bounds | None) -> Finding:
    """Whether it came about in the time that the claim is about."""
    if begin is None or not (claim.since or claim.before):
        return _IN
    asked = " and ".join(
        f"{word} {when}" for word, when in (("since", claim.since), ("before", claim.before)) if when
    )
    if begin[1] < claim.from_day or begin[0] >= claim.until_day:
        return Fit.OUT, f"its date is {date_text(begin)}, not {asked}"
    if begin[0] >= claim.from_day and begin[1] < claim.until_day:
        return _IN
    return Fit.OPEN, f"its date, {date_text(begin)}, is not surely {asked}"


def _all(findings: Collection[Finding]) -> Finding:
    """All conditions together: out if one is not met, else open if one is."""
    for worst in (Fit.OUT, Fit.OPEN):
        whys = [why for fit, why in findings if fit is worst]
        if whys:
            return worst, whys[0] if worst is Fit.OUT else "; ".join(whys)
    return _IN


def _together(findings: list[Finding]) -> Finding:
    """The views of several accounts together: what they differ on is open."""
    if len({fit for fit, _ in findings}) == 1:
        return findings[0]
    return Fit.OPEN, f"sources differ: by one of them {next(why for _, why in findings if why)}"


def date_text(bounds: Bounds) -> str:
    """The day, or the time within which it lies, in EDTF; `unknown` where it has no bound."""
    return "unknown" if bounds == (FIRST_DAY, LAST_DAY) else When.of(bounds, bounds).text
