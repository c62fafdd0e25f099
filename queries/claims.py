"""A claim with a scope against facts: is it the first, as they say, or which fact contradicts that, or what is not told?

A contradiction rests on facts that are there. Support is only as good as what the graph holds: every verdict says how much that is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from comity.graph.claims import LAST, ONLY, Claim
from comity.graph.dates import Bounds
from comity.graph.kinds import kind_of
from comity.graph.model import collection_of
from comity.graph.resolve import Fact
from comity.graph.slices import ActorNode
from comity.queries.scopes import Fit, Placed, begin_of, date_text, dated_by, place, takes_part


class Finding(StrEnum):
    """What the facts make of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNTESTABLE = "untestable"


@dataclass(frozen=True, slots=True)
class Witness:
    """A fact that a verdict rests on: its date (EDTF) as the claim counts it, and what it has to do with the claim.

    `sources` name the actors that put it into the scope, the claim's and a partner; `dated_by` are those that tell its date.
    """

    fact: str
    title: str
    when: str
    sources: tuple[str, ...]
    dated_by: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a claim was compared with: other facts surely and perhaps in its scope.

    Behind them stand all facts of the kind in which the actor takes part and that came about, the one in question included: how many
    there are, in which collections, and the day by which the first of them did (empty if there is none).
    """

    in_scope: int
    perhaps: int
    plural: str
    actor: str
    known: int
    collections: tuple[str, ...]
    earliest: str

    def __str__(self) -> str:
        held = f"of {self.plural} of {self.actor} the graph holds {self.known or 'none'}"
        if self.known:
            held += f" (from {', '.join(self.collections)}), the earliest by {self.earliest}"
        others = f"others in the scope: {self.in_scope}, perhaps in it: {self.perhaps}"
        return f"{others}; {held}; what it does not hold may change the answer"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the facts make of a claim about one fact: because of what, by which facts, and within which limits."""

    fact: str
    title: str
    claim: Claim
    finding: Finding
    because: str
    by: tuple[Witness, ...]
    limits: Limits


def check(fact: Fact, claim: Claim, facts: Iterable[Fact], actors: Mapping[str, ActorNode]) -> Verdict:
    """Whether the fact is what the claim says it is among `facts`; `actors` tells countries from organizations."""
    others = [other for other in facts if other.kind == claim.kind and other.id != fact.id]
    whole = replace(claim, after=())
    # Those who are named as having come before are left out of the scope: among the rest the fact is the first.
    scope = replace(whole, rank=1, other_than=claim.other_than + claim.after) if claim.after else whole
    mine = place(fact, scope, actors)
    rivals = _placed(others, scope, actors)
    in_whole = _placed(others, whole, actors) if claim.after else rivals
    judged = _alone(mine, claim)
    if judged is None and claim.after:
        named = {partner: _placed(others, _with(whole, partner), actors) for partner in claim.after}
        judged = _after(mine, rivals, claim, named)
    finding, because, by = judged or _ranked(mine, rivals, claim, claim.rank)
    limits = _limits(in_whole, claim, [fact, *others])
    return Verdict(fact.id, fact.title, claim, finding, because, by, limits)


_Judged = tuple[Finding, str, tuple[Witness, ...]]


def _placed(facts: Sequence[Fact], claim: Claim, actors: Mapping[str, ActorNode]) -> list[Placed]:
    """The facts that are or may be in the scope, by date."""
    found = [one for fact in facts if (one := place(fact, claim, actors)).fit is not Fit.OUT]
    return sorted(found, key=lambda one: (_bounds(one)[1], one.fact.id))


def _with(claim: Claim, partner: str) -> Claim:
    """The same scope with this one partner."""
    return replace(claim, other_than=(), partner_label="", partners=(partner,))


def _alone(mine: Placed, claim: Claim) -> _Judged | None:
    """What can be said without looking at others: that it did not come about, or is not (surely) in the scope itself."""
    itself = (_witness(mine, claim, "the fact itself"),)
    if mine.fact.kind == claim.kind and mine.begin is None:
        return Finding.UNTESTABLE, mine.why, itself
    if mine.fit is Fit.OUT:
        return Finding.CONTRADICTED, f"it is not in the scope: {mine.why}", itself
    if mine.fit is Fit.OPEN:
        return Finding.UNTESTABLE, f"it is not surely in the scope: {mine.why}", itself
    return None


def _ranked(mine: Placed, rivals: Sequence[Placed], claim: Claim, rank: int) -> _Judged:
    """Whether as many came before (after it, for the last) as the rank has it."""
    claimed = max(rank - 1, 0)
    where = {LAST: "after it", ONLY: "beside it"}.get(rank, "before it")
    sure = [one for one in rivals if _is_sure(one, mine, rank)]
    perhaps = [one for one in rivals if not _is_sure(one, mine, rank) and _may_be(one, mine, rank)]
    by_sure = tuple(_witness(one, claim, f"certainly {where}") for one in sure)
    by_perhaps = tuple(_witness(one, claim, f"perhaps {where}: {_doubt(one, mine, rank)}") for one in perhaps)
    if len(sure) > claimed:
        because = f"{len(sure)} in the scope certainly stood {where}" + (
            f", not {claimed}" if claimed else ""
        )
        return Finding.CONTRADICTED, because, by_sure
    if len(sure) + len(perhaps) < claimed:
        number = len(sure) + len(perhaps)
        because = f"of the {claimed} that must have stood before it the graph holds {number or 'none'}"
        return Finding.UNTESTABLE, because, by_sure + by_perhaps
    if perhaps:
        return Finding.UNTESTABLE, f"{len(perhaps)} may have stood {where}", by_perhaps
    if rank == ONLY:
        return Finding.UNTESTABLE, "the graph holds no other, but cannot show that there is none", ()
    if not any(one.fit is Fit.IN for one in rivals):
        return (
            Finding.UNTESTABLE,
            "nothing else is surely in the scope: there is nothing to compare it with",
            (),
        )
    because = (
        f"exactly {claimed} in the scope stood before it" if claimed else f"none in the scope stood {where}"
    )
    return Finding.SUPPORTED, because, by_sure


def _after(
    mine: Placed, rivals: Sequence[Placed], claim: Claim, named: Mapping[str, Sequence[Placed]]
) -> _Judged:
    """Whether those with the named partners came before it, and none with another did."""
    before = {
        partner: [one for one in placed if _is_sure(one, mine, rank=1)] for partner, placed in named.items()
    }
    missing = [partner for partner, found in before.items() if not found]
    finding, because, by = _ranked(mine, rivals, claim, rank=1)
    if finding is Finding.CONTRADICTED or any(_may_be(one, mine, rank=1) for one in rivals):
        return finding, f"with partners other than {', '.join(named)}: {because}", by
    if missing:
        near = [
            _witness(one, claim, f"with {partner}, perhaps before it: {_doubt(one, mine, rank=1)}")
            for partner in missing
            for one in named[partner]
            if _may_be(one, mine, rank=1)
        ]
        because = f"the graph holds none with {', '.join(missing)} that certainly stood before it"
        return Finding.UNTESTABLE, because, tuple(near)
    witnesses = {
        one.fact.id: _witness(one, claim, f"with {partner}, certainly before it")
        for partner, found in before.items()
        for one in found
    }
    because = f"those with {', '.join(named)} stood before it, and none with another"
    return Finding.SUPPORTED, because, tuple(witnesses.values())


def _is_sure(other: Placed, mine: Placed, rank: int) -> bool:
    """Whether the other is surely in the scope and certainly came before (after, beside)."""
    return other.fit is Fit.IN and _apart(other, mine, rank)


def _apart(other: Placed, mine: Placed, rank: int) -> bool:
    """Whether the dates leave no doubt that the other came before (after it, for the last; beside it, for the only one)."""
    if rank == ONLY:
        return True
    if rank == LAST:
        return _bounds(other)[0] > _bounds(mine)[1]
    return _bounds(other)[1] < _bounds(mine)[0]


def _may_be(other: Placed, mine: Placed, rank: int) -> bool:
    """Whether the dates allow it; on one and the same day either may have been earlier."""
    if rank == ONLY:
        return True
    if rank == LAST:
        return _bounds(other)[1] >= _bounds(mine)[0]
    return _bounds(other)[0] <= _bounds(mine)[1]


def _doubt(other: Placed, mine: Placed, rank: int) -> str:
    """Why it is not certain."""
    found = [other.why] if other.fit is Fit.OPEN else []
    if not _apart(other, mine, rank):
        ours, theirs = _bounds(mine), _bounds(other)
        if ours == theirs and ours[0] == ours[1]:
            found.append("both on the same day")
        else:
            found.append(f"{date_text(theirs)} may be earlier or later than {date_text(ours)}")
        names = {"its date": other, "the date of the fact itself": mine}
        found += [f"sources disagree on {name}" for name, one in names.items() if one.disputed]
    return "; ".join(found)


def _bounds(one: Placed) -> Bounds:
    """The bounds of a fact that came about, as all in a scope did."""
    assert one.begin is not None
    return one.begin


def _witness(one: Placed, claim: Claim, why: str) -> Witness:
    when = date_text(one.begin) if one.begin else ""
    naming = _naming(one, claim.actor)
    return Witness(one.fact.id, one.fact.title, when, naming, dated_by(one.fact, claim.order), why)


def _naming(one: Placed, actor: str) -> tuple[str, ...]:
    """The sources that name the claim's actor with a partner that is meant; where none does alone, those that name any of them."""
    named = {
        statement.source: {party.actor for party in statement.parties} & one.actors
        for statement in one.fact.statements
        if statement.parties
    }
    whole = [source for source, found in named.items() if actor in found and len(found) > 1]
    return tuple(sorted(whole or [source for source, found in named.items() if found]))


def _limits(rivals: Sequence[Placed], claim: Claim, facts: Iterable[Fact]) -> Limits:
    begun = [
        (fact, begin)
        for fact in facts
        if fact.kind == claim.kind
        and takes_part(fact, claim.actor)
        and (begin := begin_of(fact, claim.order)) is not None
    ]
    sure = sum(one.fit is Fit.IN for one in rivals)
    return Limits(
        in_scope=sure,
        perhaps=len(rivals) - sure,
        plural=kind_of(claim.kind).plural,
        actor=claim.actor,
        known=len(begun),
        collections=tuple(sorted({collection_of(id) for fact, _ in begun for id in fact.ids})),
        earliest=min(latest for _, (_, latest) in begun).isoformat() if begun else "",
    )
