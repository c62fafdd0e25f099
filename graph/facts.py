"""Facts read from a store: the one way from what is held to what it says, for every policy and day of record."""

from collections.abc import Sequence
from datetime import date

from comity.graph.accounts import STRICT, Policy
from comity.graph.errors import UnknownName
from comity.graph.identity import APPLIED_FROM
from comity.graph.judgements import read_identity
from comity.graph.resolve import Fact, resolve_all
from comity.graph.statements import read_statements
from comity.graph.stores.base import Store


def read_facts(
    store: Store,
    *,
    kinds: Sequence[str] = (),
    facts: Sequence[str] = (),
    sources: Sequence[str] = (),
    policy: Policy = STRICT,
    known_on: date | None = None,
    applied_from: float = APPLIED_FROM,
    within: tuple[date, date] | None = None,
) -> list[Fact]:
    """The facts of these kinds, ids and sources (ids of collections or of single sources; empty: all), in the order of their ids.

    A fact that was judged to be one with others is read with all of them, whichever of the ids is given. With `known_on` they are
    as the store had them at the end of that day (UTC). With `within` facts may be left out that were surely not in effect in the span. `UnknownName` lists the sources where the policy trusts one that is none.
    """
    _check_trust(store, policy)
    while True:
        revision = store.revision()
        identity = read_identity(store.read, known_on, applied_from)
        # What is stored is resolved for the record as it is now: any policy's dates lie within those of its facts.
        chosen = facts
        if within and not facts and known_on is None and applied_from == APPLIED_FROM:
            chosen = _in_effect(store, kinds, within)
            if not chosen:
                return []
        statements = read_statements(
            store, kinds=kinds, facts=sorted(identity.widened(chosen)), sources=sources, known_on=known_on
        )
        if store.revision() == revision:
            return list(resolve_all(statements, policy, identity))


def _in_effect(store: Store, kinds: Sequence[str], within: tuple[date, date]) -> list[str]:
    """The ids of the facts that may have been in effect on some day of the span, those of accounts that were joined among them."""
    query = (
        "MATCH (f:Fact) WHERE (size($kinds) = 0 OR f.kind IN $kinds) "
        "AND f.earliest_begin <= $last AND f.latest_end >= $first RETURN collect(f.ids) AS found"
    )
    rows = store.read(query, {"kinds": list(kinds), "first": within[0], "last": within[1]})[0]["found"]
    return [id for ids in rows for id in ids]


def _check_trust(store: Store, policy: Policy) -> None:
    """That every source which the policy trusts is known: a slip would trust nobody, silently."""
    if not policy.trusted:
        return
    rows = store.read("MATCH (s:Source) RETURN s.id AS id, s.collection AS collection ORDER BY id")
    known = {name for row in rows for name in (row["id"], row["collection"])}
    unknown = [name for name in policy.trusted if name not in known]
    if unknown:
        raise UnknownName("source to trust", unknown[0], [row["id"] for row in rows])
