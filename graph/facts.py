"""Facts read from a store: the one way from what is held to what it says, for every policy and day of record."""

from collections.abc import Collection, Sequence
from datetime import date

from comity.graph.accounts import STRICT, Policy, State
from comity.graph.errors import UnknownName
from comity.graph.identity import APPLIED_FROM, Identity
from comity.graph.judgements import read_identity
from comity.graph.kinds import kind_of
from comity.graph.model import Statement
from comity.graph.records import batches
from comity.graph.resolve import Fact, resolve_all
from comity.graph.statements import read_statements
from comity.graph.stores.base import Store
from comity.graph.stores.steady import read_steadily


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
    as the store had them at the end of that day (UTC). With `within` facts may be left out that were surely not in effect in the
    span. `UnknownName` lists what there is where a kind, a fact, a source or a trusted source is none: a slip would find nothing, or
    trust nobody, silently.
    """
    check_names(store, kinds)
    _check_sources(store, policy.trusted, "source to trust")

    def read() -> tuple[Identity, list[Statement]]:
        identity = read_identity(store.read, known_on, applied_from)
        chosen = facts
        # What is stored is resolved for the record as it is now.
        if within and not facts and known_on is None and applied_from == APPLIED_FROM:
            chosen = _in_effect(store, kinds, sources, within)
            if not chosen:
                return identity, []
        ids = sorted(identity.widened(chosen))
        return identity, read_statements(store, kinds=kinds, facts=ids, sources=sources, known_on=known_on)

    (identity, statements), _ = read_steadily(store, read)
    check_found(store, statements, facts, sources)
    return list(resolve_all(statements, policy, identity))


def _in_effect(
    store: Store, kinds: Sequence[str], sources: Sequence[str], within: tuple[date, date]
) -> list[str]:
    """The ids of the facts that may have been in effect on some day of the span, those of accounts that were joined among them.

    The stored dates are those that all accounts of a fact leave together. They bound what any policy makes of them only where the
    accounts agree, and say nothing of what some of the accounts leave alone: such facts are among the found, whatever their dates.
    """
    query = (
        "MATCH (f:Fact) WHERE (size($kinds) = 0 OR f.kind IN $kinds) "
        "AND (f.earliest_begin <= $last AND f.latest_end >= $first OR f.begin_state = $conflict OR f.end_state = $conflict "
        "OR size($sources) > 0 AND any(name IN f.collections WHERE NOT name IN $sources)) RETURN collect(f.ids) AS found"
    )
    parameters = {"kinds": list(kinds), "sources": list(sources), "conflict": str(State.CONFLICT)}
    rows = store.read(query, {**parameters, "first": within[0], "last": within[1]})[0]["found"]
    return [id for ids in rows for id in ids]


def check_names(store: Store, kinds: Collection[str], sources: Collection[str] = ()) -> None:
    """`UnknownName` where one of these is no kind, or no source and no collection that the store knows, now or once."""
    for kind in kinds:
        kind_of(kind)
    _check_sources(store, sources, "dossier, data set or source")


def check_found(
    store: Store, found: Sequence[Statement], facts: Collection[str], sources: Collection[str]
) -> None:
    """`UnknownName` where a fact or source that was asked for is not known; what was found is, so that mostly nothing is looked up."""
    unseen = set(facts) - {statement.fact for statement in found}
    query = "MATCH (s:Statement) WHERE s.fact IN $facts RETURN DISTINCT s.fact AS fact"
    held = {row["fact"] for batch in batches(sorted(unseen)) for row in store.read(query, {"facts": batch})}
    for fact in sorted(unseen - held):
        raise UnknownName.among("fact", fact, _every(store, "MATCH (f:Fact) RETURN f.id AS name"))
    told = {name for statement in found for name in (statement.source, statement.collection)}
    check_names(store, (), [name for name in sources if name not in told])


def _check_sources(store: Store, names: Collection[str], what: str) -> None:
    """That these are ids of sources or of collections, now or once."""
    if not names:
        return
    known = _every(store, "MATCH (s:Source) UNWIND [s.id, s.collection] AS name RETURN DISTINCT name")
    for name in names:
        if name not in known:
            raise UnknownName.among(what, name, known)


def _every(store: Store, query: str) -> set[str]:
    return {row["name"] for row in store.read(query)}
