"""Rules about lives: whether the parties of a fact existed while it was in effect.

A tie holds while both its parties take part, so that a tie within both parties' lives is what these rules make sure of. A gap
between two spells is not looked at: what is in force before and after it is often taken to go on.
"""

from collections.abc import Iterator

from comity.graph.actors import Actor
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import LAST_DAY
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding
from comity.queries.audit.parts import Part


def parties_outside_life(held: Holding) -> Looked:
    """Parties that did not exist on any day, by any system, on which they can have taken part.

    One named by a code that was another's is left to the rule for codes.
    """
    lived = _with_life(held)
    faults = [
        _fault(part, f"takes part {part.when}, entirely outside its life", _others(part))
        for part in lived
        if not part.code_holders and _outside(part)
    ]
    return Looked(len(lived), tuple(faults))


def parties_beyond_life(held: Holding) -> Looked:
    """Parties that surely take part before the first spell of their life by any system, or after the last."""

    def faults() -> Iterator[Fault]:
        for part in lived:
            if part.code_holders or _outside(part):
                continue
            actor = part.actor
            first = min(spell.span.earliest_begin for spell in actor.spells)
            last = max(spell.span.latest_end for spell in actor.spells)
            if part.when.latest_begin < first:
                said = f"takes part {part.when}, from before its life"
                yield _fault(part, said, _predecessors(actor), "before")
            if part.when.earliest_end > last:
                said = f"takes part {part.when}, beyond its life"
                yield _fault(part, said, _successors(actor), "after")

    lived = _with_life(held)
    return Looked(len(lived), tuple(faults()))


def _with_life(held: Holding) -> list[Part]:
    return [part for part in held.parts if part.actor.spells]


def _outside(part: Part) -> bool:
    when = part.when
    return not any(
        spell.span.possibly_within(when.earliest_begin, when.latest_end) for spell in part.actor.spells
    )


_Others = list[tuple[str, str]]
"""Actors that continued an actor, or that it continued: their ids, and what is said of them."""


def _others(part: Part) -> _Others:
    """Whom the part may be meant of: successors of an actor that had gone, predecessors of one that was yet to come."""
    actor = part.actor
    gone = part.when.earliest_begin > max(spell.span.latest_end for spell in actor.spells)
    yet_to_come = part.when.latest_end < min(spell.span.earliest_begin for spell in actor.spells)
    if gone:
        return _successors(actor)
    return _predecessors(actor) if yet_to_come else _predecessors(actor) + _successors(actor)


def _successors(actor: Actor) -> _Others:
    world = crosswalk()
    return [
        (other.id, f"{other.id} ({world.actor(other.id).name}) followed it in {other.since}")
        for other in actor.successors
    ]


def _predecessors(actor: Actor) -> _Others:
    return [
        (other.id, f"{other.id} ({other.name}) went before it")
        for other in crosswalk().predecessors(actor.id)
    ]


def _fault(part: Part, said: str, others: _Others, *parts: str) -> Fault:
    actor = part.actor
    spells = ", ".join(f"{spell.span} ({spell.system})" for spell in actor.spells)
    named = "; " + ", ".join(text for _, text in others) if others else ""
    remedy = "correct the dates, or name the state that is meant"
    if "before" not in parts and part.when.latest_end == LAST_DAY:
        remedy = "give the fact or the party an end, or name the state that is meant"
    return Fault(
        f"fact {part.fact}",
        f"fact {part.fact}: its party {actor.id} ({actor.name}) {said}, {spells}{named}; {remedy}",
        (f"actor {actor.id}", *(f"actor {id}" for id, _ in others)),
        (actor.id, *parts),
    )
