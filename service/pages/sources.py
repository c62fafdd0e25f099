"""The page of a source: what it is, how to cite it, what rests on it, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.graph.accounts import DECISION
from comity.graph.errors import UnknownName
from comity.graph.model import Statement
from comity.graph.slices import read_actors, today
from comity.graph.statements import from_json, read_sources
from comity.graph.stores.base import Store
from comity.queries.citing import cite
from comity.queries.evidence import said
from comity.queries.resting import told_by_others
from comity.queries.rules import rules
from comity.service.asking import Graph
from comity.service.pages.frame import Page, give_page
from comity.service.pages.links import links_of, segments
from comity.service.pages.paging import page_number, paged

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that a source tells of, with its statements; `alone`: nobody else does."""

    fact: str
    kind: str
    title: str
    status: str
    alone: bool
    statements: tuple[tuple[Statement, tuple[tuple[str, str], ...]], ...]


@router.api_route("/sources", methods=["GET", "HEAD"])
def sources(request: Request, held: Graph) -> Response:
    """The sources with a live statement, by collection, page by page."""
    page = page_number(request.query_params)

    def make() -> Page:
        query = (
            "MATCH (s:Statement) WHERE s.live AND s.method <> $decision "
            "RETURN s.source AS id, count(DISTINCT s.fact) AS facts ORDER BY id"
        )
        rows = held.store.read(query, {"decision": DECISION})
        known = read_sources(held.store)
        found = paged([(known[row["id"]], row["facts"]) for row in rows], page)
        return Page("sources.html", {"sources": found, "all": len(rows)})

    return give_page(request, held, links_of(request, {}), make)


@router.api_route("/sources/{id:path}", methods=["GET", "HEAD"])
def source(request: Request, held: Graph, id: str) -> Response:
    """A source and what rests on it."""
    wanted = "/".join(segments(request, "sources"))
    page = page_number(request.query_params)

    def make() -> Page:
        store = held.store
        known = read_sources(store)
        if wanted not in known:
            raise UnknownName.among("source", wanted, known)
        found = known[wanted]
        query = "MATCH (s:Statement {source: $id}) WHERE s.live RETURN s.fact AS fact, count(*) AS n ORDER BY fact"
        rows = store.read(query, {"id": wanted})
        facts = [row["fact"] for row in rows]
        shared = told_by_others(store, wanted, facts)
        here = paged(facts, page)
        content = {
            "source": found, "facts": len(facts), "statements": sum(row["n"] for row in rows),
            "alone": len(facts) - len(shared), "told": _told(store, wanted, here.shown, shared), "here": here,
            "names": read_actors(store), "cite": {style: cite([found], style) for style in ("text", "bibtex")},
        }  # fmt: skip
        return Page("source.html", content)

    return give_page(request, held, links_of(request, {}), make)


def _told(store: Store, source: str, facts: Sequence[str], shared: set[str]) -> list[Told]:
    """These facts with what the source says of them, in the order of their ids."""
    rows = store.read(
        "UNWIND $facts AS fact MATCH (s:Statement {fact: fact})-[:ABOUT]->(f:Fact) WHERE s.live AND s.source = $source "
        "RETURN collect([s.states, s.id, f.title, "
        f"{rules()['status_on_day']}]) AS found",
        {"facts": list(facts), "source": source, "day": today().earliest_begin},
    )
    found: dict[str, list[tuple[Statement, str, str]]] = {}
    for states, id, title, status in rows[0]["found"]:
        one = from_json(states, id)
        found.setdefault(one.fact, []).append((one, title, status))
    told = []
    for fact, lines in sorted(found.items()):
        one, title, status = lines[0]
        ordered = sorted((line[0] for line in lines), key=lambda one: (one.place.start or 0, one.id))
        stated = tuple((statement, said(statement)) for statement in ordered)
        told.append(Told(fact, one.kind, title, status, fact not in shared, stated))
    return told
