"""Rules about actors: whether they take part in anything, and whether their codes are theirs."""

from collections.abc import Iterator

from comity.graph.crosswalk import SYSTEMS, crosswalk
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding


def orphan_actors(held: Holding) -> Looked:
    """Actors that are no party to any fact."""

    def faults() -> Iterator[Fault]:
        for id, row in held.actors.items():
            if id in held.taking_part:
                continue
            collection = row.get("collection")
            remedy = (
                f"take it out of {collection}, or make it a party"
                if collection
                else "nothing is to be done: it stays from a fact that was retracted, and no answer shows it"
            )
            yield Fault(f"actor {id}", f"actor {id} ({row.get('name')}): it takes part in no fact; {remedy}")

    return Looked(len(held.actors), tuple(faults()))


def codes_of_others(held: Holding) -> Looked:
    """Codes on an actor's node that the crosswalk gives, at any time, to others alone.

    A node keeps an actor's codes without their dates, so this is all that the node itself can show.
    """
    world = crosswalk()
    checked, faults = 0, []
    for id, row in held.actors.items():
        for text in row.get("codes") or ():
            system, _, code = str(text).partition(":")
            if system not in SYSTEMS:
                continue
            checked += 1
            holders = {actor.id: actor.name for actor in world.lookup(code, system=system)}
            if holders and id not in holders:
                others = ", ".join(f"{other} ({name})" for other, name in holders.items())
                faults.append(
                    Fault(
                        f"actor {id}",
                        f"actor {id} ({row.get('name')}): its code {text} is that of {others}; take the code away, or write "
                        "that actor's id where it is meant",
                        tuple(f"actor {other}" for other in holders),
                        (str(text),),
                    )
                )
    return Looked(checked, tuple(faults))


def codes_outside_dates(held: Holding) -> Looked:
    """Parties named by an id that, in all the time they take part, was the ISO 3166 code of others.

    Which code a source used is not kept, but the ids of countries are codes: who writes DEU for 1960 means another state than the
    one that has that id.
    """
    faults = [
        Fault(
            f"fact {part.fact}",
            f"fact {part.fact}: its party {part.actor.id} takes part {part.when}, when {part.actor.id} was the code of "
            + ", ".join(f"{other.id} ({other.name})" for other in part.code_holders)
            + "; write the id of the one that is meant",
            (f"actor {part.actor.id}", *(f"actor {other.id}" for other in part.code_holders)),
            (part.actor.id,),
        )
        for part in held.parts
        if part.code_holders
    ]
    return Looked(len(held.parts), tuple(faults))
