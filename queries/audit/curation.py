"""Rules about what people have decided: judgements and decisions that contradict each other, or are about nothing."""

from collections.abc import Iterator

from comity.graph.accounts import DECISION
from comity.graph.identity import APPLIED_FROM, Identity, Judgement, Verdict
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding


def contradictory_judgements(held: Holding) -> Looked:
    """Pairs judged both ways, pairs judged different that other judgements join, and facts of different kinds judged the same."""

    def faults() -> Iterator[Fault]:
        seen: dict[tuple[str, str], tuple[str, Judgement]] = {}
        for id, judgement in judgements.items():
            before = seen.setdefault(judgement.pair, (id, judgement))
            if before[0] != id and before[1].verdict is not judgement.verdict:
                yield _fault(
                    judgement,
                    f"judged {before[1].verdict} ({before[0][:12]}) and {judgement.verdict} ({id[:12]})",
                    id,
                    before[0],
                )
        paired = {pair for pair, (_, judgement) in seen.items() if judgement.verdict is Verdict.SAME}
        for id, judgement in judgements.items():
            left, right = judgement.pair
            if judgement.verdict is Verdict.DIFFERENT and right in joined.of_fact(left):
                if judgement.pair in paired:
                    continue  # said above
                others = ", ".join(sorted(joined.of_fact(left) - {left, right}))
                yield _fault(judgement, f"judged different ({id[:12]}), but one by way of {others}", id)
            kinds = held.kind_of_fact.get(left), held.kind_of_fact.get(right)
            if judgement.verdict is Verdict.SAME and None not in kinds and kinds[0] != kinds[1]:
                said = f"judged the same ({id[:12]}), but one is of kind {kinds[0]} and the other of kind {kinds[1]}"
                yield _fault(judgement, said, id)

    judgements = held.judgements
    joined = Identity.of(
        [judgement for judgement in judgements.values() if judgement.verdict is Verdict.SAME], APPLIED_FROM
    )
    return Looked(len(judgements), tuple(faults()))


def judgements_of_nothing(held: Holding) -> Looked:
    """Judgements on facts that no source states now."""
    faults = [
        Fault(
            f"judgement {id}",
            f"judgement {id[:12]}: it is about {fact}, which no source states now; load or restore that fact, or "
            f"`comity withdraw {id[:12]}`",
            (f"fact {fact}",),
            (fact,),
        )
        for id, judgement in held.judgements.items()
        for fact in judgement.pair
        if fact not in held.kind_of_fact
    ]
    return Looked(len(held.judgements), tuple(faults))


def decisions_of_nothing(held: Holding) -> Looked:
    """Decisions about facts that no source states now: they settle nothing until the fact is there again."""
    decisions = {id: row for id, row in held.statement_rows.items() if row.get("method") == DECISION}
    there = held.kind_of_fact.keys()
    faults = [
        Fault(
            f"statement {id}",
            f"decision {id[:12]} of {row.get('source')}: it is about {row.get('fact')}, which no source states now; load or "
            f"restore that fact, or `comity withdraw {id[:12]}`",
            (f"fact {row.get('fact')}", f"source {row.get('source')}"),
        )
        for id, row in decisions.items()
        if not there & held.identity.of_fact(str(row.get("fact")))
    ]
    return Looked(len(decisions), tuple(faults))


def _fault(judgement: Judgement, said: str, *ids: str) -> Fault:
    left, right = judgement.pair
    return Fault(
        f"judgement {min(ids)}",
        f"{left} and {right}: {said}; withdraw one of the judgements",
        (f"fact {left}", f"fact {right}", *(f"judgement {id}" for id in sorted(ids))),
    )
