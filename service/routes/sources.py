"""Sources: who tells it, how to cite them, and what rests on each."""

from collections import Counter
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from comity.graph.errors import UnknownName
from comity.graph.facts import check_names
from comity.graph.quarantine import read_quarantine
from comity.graph.slices import take
from comity.graph.statements import read_sources, read_statements
from comity.queries.citing import cite, live_sources, sources_named, sources_of
from comity.queries.inventory import Collection, inventory
from comity.queries.resting import told_by_others
from comity.service.answers import Answer, encoded, file_forms, give
from comity.service.asking import LONGEST, Asked, Graph, Text
from comity.service.documents import Document, Listed, Revision
from comity.service.paging import Listing, Paged, give_list

router = APIRouter(tags=["sources"])


class Status(Document):
    """What the graph holds."""

    engine: str
    revision: Revision
    countries: int
    organizations: int
    facts: int
    statements: int
    sources: int
    decisions: int
    judgements: int
    kinds: dict[str, int]
    collections: list[Collection]


@router.get("/status", response_model=Status)
def read_status(request: Request, held: Graph) -> Response:
    """What the graph holds: collections, facts by kind, actors, its revision."""
    found, revision = held.steadily(lambda: inventory(held.store).to_dict())
    del found["store"]  # where the database stands is nobody's business
    return give(request, Answer(revision, found))


class SourceRow(Document):
    """A source: a document, or a release of a data set."""

    source: str
    collection: str
    title: str
    publisher: str
    date: str
    version: str
    url: str
    licence: str
    coverage: str
    cite: str
    sha256: str
    live: bool
    statements: int
    facts: int


_COUNTS = "MATCH (s:Statement) WHERE s.live RETURN s.source AS source, count(*) AS statements, count(DISTINCT s.fact) AS facts"


def _rows(held: Graph) -> list[dict[str, Any]]:
    counts = {row["source"]: row for row in held.store.read(_COUNTS)}
    live = live_sources(held.store)
    nothing = {"statements": 0, "facts": 0}
    return [
        {
            "source": source.id,
            "collection": source.collection,
            **{
                name: value
                for name, value in asdict(source).items()
                if name not in ("id", "citation", "original_sha256")
            },
            "cite": source.cite(),
            "live": source.id in live,
            **{name: counts.get(source.id, nothing)[name] for name in nothing},
        }
        for source in read_sources(held.store).values()
    ]


@router.get("/sources", response_model=Listed[SourceRow], responses=file_forms("csv", "parquet"))
def list_sources(
    request: Request,
    held: Graph,
    page: Paged,
    collection: Annotated[list[Text], Query(description="Only sources of these dossiers or data sets.", examples=[["treaties"]])] = [],  # noqa: B006
    live: Annotated[bool | None, Query(description="Only sources that the graph rests on now, or only others.")] = None,
) -> Response:  # fmt: skip
    """List the sources of the graph, with how to cite each and how much rests on it."""

    def make() -> Listing:
        every = _rows(held)
        known = {row["collection"] for row in every}
        for name in collection:
            if name not in known:
                raise UnknownName.among("dossier or data set", name, known)
        rows = [
            row
            for row in every
            if (not collection or row["collection"] in collection) and live in (None, row["live"])
        ]
        return Listing(rows, tuple(SourceRow.model_fields))

    return give_list(request, held, page, make, "sources")


class RestingFact(Document):
    """A fact that rests on a source: by how many statements, and whether on it alone."""

    fact: str
    kind: str
    statements: int
    alone: bool


class SourceDocument(Document):
    """A source and what rests on it."""

    source: SourceRow
    kinds: dict[str, int]
    alone: int
    facts: list[RestingFact]
    revision: Revision


@router.get("/sources/{source:path}", response_model=SourceDocument, responses=file_forms("csv", "parquet"))
def read_source(
    request: Request,
    held: Graph,
    source: Annotated[str, Path(max_length=LONGEST, description="The id of a source.", examples=["treaties:nato-members"])],
) -> Response:  # fmt: skip
    """One source, and what rests on it: every fact that it speaks of, and which of them on it alone. As a table it is these facts."""

    def read() -> dict[str, Any]:
        described = {row["source"]: row for row in _rows(held)}
        if source not in described:
            raise UnknownName.among("source", source, described)
        told = read_statements(held.store, sources=[source])
        facts = Counter(statement.fact for statement in told)
        kinds = {statement.fact: statement.kind for statement in told}
        others = told_by_others(held.store, source, sorted(facts))
        rows = [
            {"fact": fact, "kind": kinds[fact], "statements": number, "alone": fact not in others}
            for fact, number in sorted(facts.items())
        ]
        return {
            "source": described[source], "kinds": dict(sorted(Counter(kinds.values()).items())),
            "alone": sum(row["alone"] for row in rows), "facts": rows,
        }  # fmt: skip

    document, revision = held.steadily(read)
    return give(
        request,
        Answer(
            revision, {**document, "revision": revision}, document["facts"], tuple(RestingFact.model_fields)
        ),
    )


class Citation(Document):
    """A source and how to cite it."""

    source: str
    cite: str


class Citations(Document):
    """What to cite."""

    revision: Revision
    rows: list[Citation]


@router.get(
    "/cite", response_model=Citations, responses=file_forms("text", "bibtex", "csl", "csv", "parquet")
)
def cite_sources(
    request: Request,
    held: Graph,
    question: Asked,
    of: Annotated[Literal["all", "ties"], Query(description="Every source of the graph, or those of the ties that the other parameters describe.")] = "all",
) -> Response:  # fmt: skip
    """What to cite: sources as text, BibTeX or CSL-JSON."""
    from comity.loaders.sources import loaders

    def read() -> list[Any]:
        if of == "all":
            return list(live_sources(held.store).values())
        return sources_named(held.store, sources_of(take(held.store, question)), question.known_on)

    found, revision = held.steadily(read)
    entries = {name: loader.bibtex for name, loader in loaders().items() if loader.bibtex}
    rows = [{"source": source.id, "cite": source.cite()} for source in found]
    others = {
        "text": lambda: (str(cite(found)) + "\n").encode(),
        "bibtex": lambda: (str(cite(found, "bibtex", entries)) + "\n").encode(),
        "csl": lambda: encoded(cite(found, "csl")),
    }
    return give(
        request, Answer(revision, {"revision": revision, "rows": rows}, rows, ("source", "cite"), others)
    )


class QuarantinedRow(Document):
    """A record that could not be read, where it stands, and why."""

    collection: str
    scope: str
    place: str
    reason: str
    value: str
    system: str
    candidates: list[str]
    records: int


@router.get("/quarantine", response_model=Listed[QuarantinedRow], responses=file_forms("csv", "parquet"))
def list_quarantine(
    request: Request,
    held: Graph,
    page: Paged,
    scope: Annotated[str | None, Query(max_length=LONGEST, description="Only what one data set or source could not be read of.")] = None,
) -> Response:  # fmt: skip
    """List what could not be read of data sets: it waits until somebody says what is meant."""

    def make() -> Listing:
        found = read_quarantine(held.store, scope)
        if scope is not None and not found:
            check_names(held.store, (), [scope])
        rows = [
            {
                "collection": one.collection, "scope": one.scope, "place": one.rejected.place, "reason": one.rejected.reason,
                "value": one.rejected.value, "system": one.rejected.system, "candidates": list(one.rejected.candidates),
                "records": one.rejected.records,
            }
            for one in found
        ]  # fmt: skip
        return Listing(rows, tuple(QuarantinedRow.model_fields))

    return give_list(request, held, page, make, "quarantine")
