"""Rules about sources: whether their words may be carried, whether they are cited, whether they can be found."""

from comity.graph.accounts import DECISION
from comity.graph.model import DECISIONS
from comity.graph.stores.base import Row
from comity.queries.audit.findings import Fault, Looked
from comity.queries.audit.holding import Holding
from comity.queries.audit.licences import allows_quotation


def words_without_licence(held: Holding) -> Looked:
    """Statements that carry a source's words though its licence is missing or allows no passing on.

    The words of a decision are its author's reason, given for the record, and need no licence.
    """
    carrying = [
        (id, statement)
        for id, statement in held.statements.items()
        if statement.words and statement.method != DECISION
    ]
    faults = []
    for id, statement in carrying:
        licence = held.sources.get(statement.source, {}).get("licence") or ""
        if not allows_quotation(licence):
            why = f"the licence {licence!r} is not known to allow it" if licence else "no licence is given"
            faults.append(
                Fault(
                    f"statement {id}",
                    f"statement {id}: it carries words of {statement.source}, for which {why}; "
                    "leave the words away (their span and hash may stay), or write down the licence that allows it",
                    (f"source {statement.source}", f"fact {statement.fact}"),
                )
            )
    return Looked(len(carrying), tuple(faults))


def unused_sources(held: Holding) -> Looked:
    """Live sources that no live statement names."""
    live = _documents(held)
    faults = [
        Fault(f"source {id}", f"source {id}: no statement cites it; cite it or take it out of its collection")
        for id in live
        if id not in held.cited
    ]
    return Looked(len(live), tuple(faults))


def sources_without_address(held: Holding) -> Looked:
    """Live sources with neither address nor citation, that can be looked for by publisher and date."""
    return _unfindable(held, described=True)


def untraceable_sources(held: Holding) -> Looked:
    """Live sources with neither address nor citation, nor both a publisher and a date to look for them by."""
    return _unfindable(held, described=False)


def _unfindable(held: Holding, *, described: bool) -> Looked:
    live = _documents(held)
    faults = [
        Fault(
            f"source {id}",
            f"source {id} (“{row.get('title') or ''}”): neither an address (url) nor a citation says where to find it"
            + ("" if described else ", nor both publisher and date what to look for")
            + "; add a url or a citation",
        )
        for id, row in live.items()
        if not row.get("url")
        and not row.get("citation")
        and bool(row.get("publisher") and row.get("date")) == described
    ]
    return Looked(len(live), tuple(faults))


def _documents(held: Holding) -> dict[str, Row]:
    """The live sources that are documents or data sets, and no people."""
    return {
        id: row for id, row in held.sources.items() if row.get("live") and row.get("collection") != DECISIONS
    }
