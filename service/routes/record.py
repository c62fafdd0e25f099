"""The record behind facts: statements, on what they disagree, and what was changed."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from comity.graph.dates import parse_day
from comity.graph.errors import UnknownName
from comity.graph.facts import check_found, check_names
from comity.graph.log import LogEntry, read_log
from comity.graph.statements import from_json, read_sources, read_statements
from comity.queries.conflicts import Conflict, find_conflicts
from comity.queries.evidence import said
from comity.service.answers import Answer, file_forms, give
from comity.service.asking import LONGEST, Graph, Kinds, OnTerms, Text
from comity.service.documents import Cited, Document, Listed, Revision, Told
from comity.service.paging import Listing, Paged, give_list
from comity.service.routes.facts import SourceNames

router = APIRouter(tags=["facts"])

_Facts = Annotated[list[Text], Query(alias="fact", description="Only these facts.", examples=[["treaties:anzus"]])]  # fmt: skip


class StatementRow(Document):
    """A statement as it is listed: what its source says (name, value), and where."""

    statement: str
    fact: str
    kind: str
    source: str
    collection: str
    place: str
    says: list[tuple[str, str]]
    actors: list[str]
    words: str
    method: str
    confidence: float


@router.get("/statements", response_model=Listed[StatementRow], responses=file_forms("csv", "parquet"))
def list_statements(
    request: Request,
    held: Graph,
    page: Paged,
    kinds: Kinds = [],  # noqa: B006
    sources: SourceNames = [],  # noqa: B006
    facts: _Facts = [],  # noqa: B006
    known_on: Annotated[str | None, Query(max_length=LONGEST, description="Those that were live at the end of this day.")] = None,
) -> Response:  # fmt: skip
    """List live statements: what each source says of each fact."""

    def make() -> Listing:
        found = read_statements(
            held.store, kinds=kinds, facts=facts, sources=sources, known_on=parse_day(known_on) if known_on else None
        )  # fmt: skip
        check_names(held.store, kinds)
        check_found(held.store, found, facts, sources)
        rows = [
            {
                "statement": one.id, "fact": one.fact, "kind": one.kind, "source": one.source, "collection": one.collection,
                "place": str(one.place), "says": [list(pair) for pair in said(one)],
                "actors": list(dict.fromkeys(party.actor for party in one.parties)), "words": one.words, "method": one.method,
                "confidence": one.confidence,
            }
            for one in sorted(found, key=lambda one: (one.fact, one.source, one.id))
        ]  # fmt: skip
        return Listing(rows, tuple(StatementRow.model_fields))

    return give_list(request, held, page, make, "statements")


class Spans(Document):
    """When a statement was part of the record: from each `opened` until the `closed` of the same place, or now."""

    opened: list[str]
    closed: list[str]


class StatementDocument(Document):
    """A statement: all that it states, and when it was part of the record."""

    statement: str
    fact: str
    kind: str
    source: str
    live: bool
    states: dict[str, Any]
    record: Spans
    cite: str
    revision: Revision


@router.get("/statements/{statement}", response_model=StatementDocument)
def read_statement(
    request: Request,
    held: Graph,
    statement: Annotated[
        str,
        Path(
            min_length=6,
            max_length=LONGEST,
            description="Its id, or the beginning of it.",
            examples=["a7fe72fb054e"],
        ),
    ],
) -> Response:
    """One statement, live or closed, with all that it states, as it was loaded."""

    def read() -> dict[str, Any]:
        rows = held.store.read(
            "MATCH (s:Statement) WHERE s.id STARTS WITH $id RETURN s.id AS id, s.states AS states, s.live AS live, s.opened AS opened, "
            "s.closed AS closed ORDER BY id LIMIT 2",
            {"id": statement},
        )
        if len(rows) != 1:
            what = "statement" if not rows else "single statement whose id begins with"
            raise UnknownName(what, statement, [row["id"] for row in rows])
        [row] = rows
        found = from_json(row["states"], row["id"])
        source = read_sources(held.store).get(found.source)
        return {
            "statement": row["id"], "fact": found.fact, "kind": found.kind, "source": found.source, "live": row["live"],
            "states": found.to_dict(), "record": {"opened": row["opened"], "closed": row["closed"] or []},
            "cite": source.cite() if source else found.source,
        }  # fmt: skip

    document, revision = held.steadily(read)
    return give(request, Answer(revision, {**document, "revision": revision}))


class ConflictsDocument(Told):
    """On what sources disagree."""

    facts: int
    conflicts: int
    unsettled: int
    total: int
    next: str | None
    rows: list[Conflict]
    sources: dict[str, Cited]


@router.get("/conflicts", response_model=ConflictsDocument, responses=file_forms("csv", "parquet"))
def list_conflicts(
    request: Request,
    held: Graph,
    page: Paged,
    terms: OnTerms,
    kinds: Kinds = [],  # noqa: B006
    sources: SourceNames = [],  # noqa: B006
    facts: _Facts = [],  # noqa: B006
) -> Response:
    """List what sources disagree on: every account, what each policy makes of them, and how to settle it."""

    def make() -> Listing:
        found = find_conflicts(
            held.store, kinds=kinds, facts=facts, sources=sources, policy=terms.policy, known_on=terms.known_on,
            applied_from=terms.same_from,
        ).to_dict()  # fmt: skip
        return Listing(found.pop("rows"), tuple(Conflict.__slots__), found)

    return give_list(request, held, page, make, "conflicts")


@router.get("/log", response_model=Listed[LogEntry], responses=file_forms("csv", "parquet"))
def list_changes(
    request: Request,
    held: Graph,
    page: Paged,
    subject: Annotated[str | None, Query(max_length=LONGEST, description="Only changes of this collection, source, fact or statement.", examples=["treaties"])] = None,
) -> Response:  # fmt: skip
    """List what was changed, the latest first: loads, retractions, decisions, judgements, by whom and why."""

    def make() -> Listing:
        rows = [entry.to_dict() for entry in read_log(held.store, subject=subject)]
        return Listing(rows, tuple(LogEntry.__slots__))

    return give_list(request, held, page, make, "log")
