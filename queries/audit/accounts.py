"""Rules about what is told of a fact: whether it is settled, and whether its steps can have come in that order."""

from comity.graph.kinds import kind_of
from comity.graph.steps import out_of_order
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
        for earlier, later in out_of_order(kind_of(fact.kind), fact.steps)
    ]
    return Looked(len(held.facts), tuple(faults))
