"""Facts: what is told, with all its evidence."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from comity.graph.accounts import State
from comity.graph.dates import When
from comity.graph.errors import NoData, UnknownName
from comity.graph.facts import read_facts
from comity.graph.judgements import read_identity
from comity.graph.kinds import kind_of
from comity.graph.kinds import kinds as all_kinds
from comity.graph.log import LogEntry, read_log
from comity.graph.resolve import Fact
from comity.graph.slices import today
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.queries.dyads import cited
from comity.queries.entries import Entry, entry_of, facts_of, in_order
from comity.queries.evidence import Evidence, FactEvidence, evidence_of, read_since
from comity.queries.naming import actor_id
from comity.queries.plain import plain
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Graph, Kinds, OnTerms, Terms, Text
from comity.service.documents import Cited, ListedOnTerms, Told
from comity.service.paging import Listing, Paged, give_list

router = APIRouter(tags=["facts"])

FactId = Annotated[str, Path(max_length=LONGEST, description="The id of a fact.", examples=["treaties:anzus"])]  # fmt: skip
SourceNames = Annotated[list[Text], Query(alias="source", description="Only what these dossiers, data sets or sources speak of.", examples=[["treaties"]])]  # fmt: skip


@router.get("/facts", response_model=ListedOnTerms[Entry], responses=file_forms("csv", "parquet"))
def list_facts(
    request: Request,
    held: Graph,
    page: Paged,
    terms: OnTerms,
    kinds: Kinds = [],  # noqa: B006
    type: Annotated[list[Text], Query(description="Only facts of one of these types.", examples=[["defence"]])] = [],  # noqa: B006
    sources: SourceNames = [],  # noqa: B006
    actor: Annotated[list[Text], Query(description="Only facts that all of these actors take part in: ids, codes or names.", examples=[["JPN"]])] = [],  # noqa: B006
    status: Annotated[list[Text], Query(description="Only facts that have come to one of these steps last.", examples=[["in_force"]])] = [],  # noqa: B006
    as_of: Annotated[str | None, Query(max_length=LONGEST, description="Only facts that may have been in effect on this day or in this span, in EDTF.", examples=["2016"])] = None,
    q: Annotated[str | None, Query(max_length=LONGEST, description="Only facts with this in a title.", examples=["treaty"])] = None,
    disputed: Annotated[bool | None, Query(description="Only facts on which sources disagree, or only others.")] = None,
) -> Response:  # fmt: skip
    """List facts, in the order of time."""

    def make() -> Listing:
        when = When.parse(as_of) if as_of else None
        day = (when or today()).latest_end
        _check_words(kinds, type, status)
        ids = [actor_id(held.store, name, when) for name in actor]
        facts = [
            fact
            for fact in _of_actors(held.store, ids, kinds, sources, terms)
            if (not type or set(type) & set(fact.types))
            and (not status or fact.status_on(day) in status)
            and (q is None or any(q.casefold() in title.casefold() for title in fact.titles))
            and (disputed is None or bool(fact.disputed) is disputed)
            and (when is None or _on(fact, when))
        ]
        return Listing(
            [plain(entry_of(fact, day)) for fact in in_order(facts)], tuple(Entry.__slots__), terms.to_dict()
        )

    return give_list(request, held, page, make, "facts")


def _check_words(kinds: list[str], types: list[str], statuses: list[str]) -> None:
    """`UnknownName` where no kind that is asked for has such a type, or can have such a status."""
    asked = [kind_of(name) for name in kinds] or list(all_kinds().values())
    of = f" of {' or '.join(kinds)}" if kinds else ""
    steps = {step for kind in asked for step in kind.steps} | {State.CONFLICT, State.MISSING}
    for what, names, known in (
        ("type", types, {one for kind in asked for one in kind.types}),
        ("status", statuses, steps),
    ):
        for name in names:
            if name not in known:
                raise UnknownName.among(what + of, name, known)


def _of_actors(
    store: Store, actors: list[str], kinds: list[str], sources: list[str], terms: Terms
) -> list[Fact]:
    if not actors:
        return read_facts(
            store, kinds=kinds, sources=sources, policy=terms.policy, known_on=terms.known_on, applied_from=terms.same_from
        )  # fmt: skip
    found = facts_of(
        store, actors[:1], terms.known_on, terms.policy, terms.same_from, kinds=kinds, sources=sources
    )
    return [fact for fact in found if set(actors) <= {party.actor for party in fact.parties}]


def _on(fact: Fact, when: When) -> bool:
    span = fact.span
    return span is not None and span.possibly_within(when.earliest_begin, when.latest_end)


class FactDocument(Told):
    """A fact with everything that is known of it: as it is told, and by whom."""

    fact: Entry
    evidence: FactEvidence
    changes: list[LogEntry]
    sources: dict[str, Cited]


@router.get("/facts/{fact:path}", response_model=FactDocument, responses=file_forms("csv", "parquet"))
def read_fact(request: Request, held: Graph, fact: FactId, terms: OnTerms) -> Response:
    """One fact: what it is, every statement about it side by side, conflicts, judgements, changes. As a table it is its statements."""

    def read() -> dict[str, Any]:
        store = held.store
        identity = read_identity(store.read, terms.known_on, terms.same_from)
        facts = read_facts(
            store, facts=[fact], policy=terms.policy, known_on=terms.known_on, applied_from=terms.same_from
        )
        if not facts:
            raise NoData(f"nobody tells of {fact} (any more, or yet, on that day of record)")
        [found] = facts
        known = read_sources(store, terms.known_on)
        evidence = evidence_of(found, known, {}, read_since(store, found.ids), identity)
        return {
            **terms.to_dict(),
            "fact": plain(entry_of(found, today().earliest_begin)),
            "evidence": plain(evidence),
            "changes": [
                entry.to_dict() for entry in read_log(store, subject=found.id, known_on=terms.known_on)
            ],
            "sources": cited({id: known[id] for id in found.sources if id in known}),
        }

    document, revision = held.steadily(read)
    rows = document["evidence"]["statements"]
    return give(
        request, Answer(revision, {**document, "revision": revision}, rows, tuple(Evidence.__slots__))
    )
