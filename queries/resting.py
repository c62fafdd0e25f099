"""What rests on one source alone."""

from collections.abc import Sequence

from comity.graph.accounts import DECISION
from comity.graph.judgements import read_identity
from comity.graph.records import batches
from comity.graph.stores.base import Store


def told_by_others(store: Store, source: str, facts: Sequence[str]) -> set[str]:
    """Those of the facts of which another source tells too, of the fact itself or of one that was judged to be the same.

    The others rest on the source alone. Decisions of people say what to make of sources: they are none.
    """
    identity = read_identity(store.read)
    query = (
        "UNWIND $facts AS fact MATCH (s:Statement {fact: fact}) WHERE s.live AND s.source <> $source "
        "AND s.method <> $decision RETURN collect(DISTINCT s.fact) AS found"
    )
    others: set[str] = set()
    for batch in batches(sorted(identity.widened(facts))):
        others |= set(store.read(query, {"facts": batch, "source": source, "decision": DECISION})[0]["found"])
    return {fact for fact in facts if identity.of_fact(fact) & others}
