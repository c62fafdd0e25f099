"""The parts that actors take in facts: who, when, and whether the id was another's code then."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.graph.actors import Actor
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.resolve import Fact


@dataclass(frozen=True, slots=True)
class Part:
    """An actor of the crosswalk that surely took part in a fact in effect, and when.

    `code_holders` are others who had the actor's id as their ISO 3166 code in all of that time.
    """

    fact: str
    actor: Actor
    when: When
    code_holders: tuple[Actor, ...] = ()


def parts_taken(facts: Iterable[Fact]) -> list[Part]:
    """Every party of every fact in effect that the crosswalk knows; an actor with several times is there several times."""
    world = crosswalk()
    found = []
    for fact in facts:
        span = fact.span
        if span is None:
            continue
        for party in fact.parties:
            when = span.meet(party.dates) if party.dates else span
            if when is None or not when.sure or party.actor not in world:
                continue
            holders = world.lookup(party.actor, when, "iso3")
            if any(holder.id == party.actor for holder in holders):
                holders = ()
            found.append(Part(fact.id, world.actor(party.actor), when, holders))
    return found
