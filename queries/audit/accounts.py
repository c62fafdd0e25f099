"""Rules about what is told of a fact: whether it is settled, and whether its steps can have come in that order."""

from collections.abc import Iterator

from comity.graph.kinds import kind_of
from comity.graph.resolve import Fact
from comity.graph.steps import FactStep
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding
from comity.queries.conflicts import remedy_of


def unresolved_conflicts(held: Holding) -> Looked:
    """Properties on which sources disagree and nobody has decided."""
    faults = []
    for fact in held.facts.values():
        for name in fact.conflicts:
            accounts = fact.disputed[name].accounts
            said = "; ".join(sorted({f"{account.value} ({account.source})" for account in accounts}))
            faults.append(
                Fault(
                    f"fact {fact.id}",
                    f"fact {fact.id}: sources disagree on {name}: {said}; to settle it: {remedy_of(fact, name)}",
                    tuple(sorted({f"statement {account.statement}" for account in accounts})),
                    (name,),
                )
            )
    return Looked(len(held.facts), tuple(faults))


def steps_backwards(held: Holding) -> Looked:
    """Facts of which a step surely came before one that must precede it: in force before signed, ended before agreed.

    Two steps that both tell when a fact came into effect are accounts of one beginning: a conflict, if anything. Plans are dated by
    what is planned, so they have no order.
    """
    faults = [
        Fault(
            f"fact {fact.id}",
            f"fact {fact.id}: {later.name} ({later.when}) lies before {earlier.name} ({earlier.when}); correct the date that is "
            "wrong, or withdraw the step",
            tuple(
                sorted(
                    {
                        f"statement {account.statement}"
                        for step in (earlier, later)
                        for account in step.resolved.accounts
                    }
                )
            ),
            (later.name,),
        )
        for fact in held.facts.values()
        for earlier, later in _reversed(fact)
    ]
    return Looked(len(held.facts), tuple(faults))


def _reversed(fact: Fact) -> Iterator[tuple[FactStep, FactStep]]:
    """Each step that surely came before an earlier step of a life, with the first such."""
    sorts = kind_of(fact.kind).steps
    steps = [step for step in fact.steps if not step.between and not sorts[step.name].plan]
    for place, later in enumerate(steps):
        for earlier in steps[:place]:
            same = earlier.name == later.name
            both_begin = sorts[earlier.name].effective and sorts[later.name].effective
            if not (same or both_begin) and later.when.latest_begin < earlier.when.earliest_begin:
                yield earlier, later
                break
