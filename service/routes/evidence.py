"""From a number back to the words (why), from a passage on to the numbers (trace), claims, and the audit of the whole graph."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field

from comity.queries.audit import RULES, audit, to_sarif
from comity.queries.audit.findings import Finding
from comity.queries.chain import Passage as PairThrough
from comity.queries.chain import RestingTie, Standing, why
from comity.queries.claims import Finding as ClaimFinding
from comity.queries.claims import Limits, Witness
from comity.queries.evidence import FactEvidence
from comity.queries.measures import MEASURES, measure_of
from comity.queries.naming import actor_id
from comity.queries.stated_claims import Saying, check_claim, check_claims
from comity.queries.tracing import Moved, Passage, Touched, trace
from comity.service.answers import Answer, encoded, file_forms, give
from comity.service.asking import LONGEST, Asked, Graph, Kinds, OnTerms, Text, one_of
from comity.service.documents import Cited, Document, OfQuestion, Revision, Told
from comity.service.places import COMPUTING
from comity.service.problems import WrongParameter
from comity.service.routes.actors import ActorName

router = APIRouter(tags=["evidence"], dependencies=[COMPUTING])


class ChainDocument(OfQuestion):
    """A number and all that it rests on, the most telling first."""

    measure: str
    about: str
    actor: str
    name: str
    standing: Standing
    members: int
    ties: list[RestingTie]
    passages: list[PairThrough]
    passages_in_all: int
    partners: list[tuple[str, float]]
    rests_on_all: bool
    possible: list[str]
    evidence: dict[str, FactEvidence]


@router.get("/why/{actor}", response_model=ChainDocument, responses=file_forms("csv", "parquet"))
def explain(
    request: Request,
    held: Graph,
    question: Asked,
    actor: ActorName,
    measure: Annotated[str, Query(max_length=LONGEST, description="The number to explain.", examples=["betweenness"], **one_of(MEASURES))] = "degree",
) -> Response:  # fmt: skip
    """Walk back from a number: the ties it rests on, their facts, who says so, where, in which words. As a table it is the statements."""
    found, revision = held.steadily(
        lambda: why(held.store, question, measure_of(measure), actor_id(held.store, actor, question.last))
    )
    rows = [
        {
            "tie": tie.fact, "title": fact.title, "says_so": item.statement in tie.told_by,
            "says": [" ".join(pair) for pair in item.says], "statement": item.statement, "source": item.source, "cite": item.cite,
            "place": item.place, "words": item.words.text, "known_since": item.known_since,
        }
        for tie in found.ties
        for fact in (found.evidence[tie.fact],)
        for item in fact.statements
    ]  # fmt: skip
    columns = (
        "tie", "title", "says_so", "says", "statement", "source", "cite", "place", "words", "known_since",
    )  # fmt: skip
    return give(request, Answer(revision, found.to_dict(), rows, columns))


class TraceDocument(OfQuestion):
    """All that a passage of a source reaches."""

    passage: str
    cite: str
    facts: list[Touched]
    moved: list[Moved]
    resting: int
    measures: list[str]
    elsewhere: list[tuple[str, str]]
    live: int
    placed: int
    known_since: str


@router.get("/trace/{passage:path}", response_model=TraceDocument, responses=file_forms("csv", "parquet"))
def trace_source(
    request: Request,
    held: Graph,
    question: Asked,
    passage: Annotated[str, Path(max_length=LONGEST, description="A source, or `SOURCE:START-END` for characters of its text.", examples=["treaties:nato-members"])],
) -> Response:  # fmt: skip
    """Walk forward from a passage of a source: the facts it speaks of, and every number that would be another without it.

    As a table it is these numbers."""
    found, revision = held.steadily(lambda: trace(held.store, Passage.parse(passage), question))
    rows = [
        {
            "measure": one.measure, "actor": one.actor, "value": one.now.value, "rank": one.now.rank,
            "value_without": one.without.value, "rank_without": one.without.rank,
        }
        for one in found.moved
    ]  # fmt: skip
    columns = ("measure", "actor", "value", "rank", "value_without", "rank_without")
    return give(request, Answer(revision, found.to_dict(), rows, columns))


class ClaimRow(Document):
    """What the facts make of a claim about a fact, and who makes it."""

    fact: str
    title: str
    claim: str
    finding: ClaimFinding
    because: str
    by: list[Witness]
    limits: Limits | None
    limits_in_words: str
    said_by: list[Saying]


class Claims(Told):
    """Claims, tested."""

    only_sources: list[str]
    claims: list[ClaimRow]
    sources: dict[str, Cited]


@router.get("/claims", response_model=Claims, responses=file_forms("csv", "parquet"))
def test_claims(
    request: Request,
    held: Graph,
    terms: OnTerms,
    fact: Annotated[str | None, Query(max_length=LONGEST, description="Only claims about this fact.", examples=["japan-europe:guardian-north-16"])] = None,
    claim: Annotated[str | None, Query(max_length=2000, description="A claim about the fact to test, in the words of docs/claims.md.", examples=["first drill of JPN with a country other than USA"])] = None,
    source: Annotated[list[Text], Query(description="Compare only what these dossiers, data sets or sources say.")] = [],  # noqa: B006
) -> Response:  # fmt: skip
    """Test claims such as "first drill with a country other than the United States": those that sources make, or one of your own."""
    if claim is not None and fact is None:
        raise WrongParameter("a claim is about a fact: name it by fact=")
    given: dict[str, Any] = {
        "policy": terms.policy, "known_on": terms.known_on, "sources": source, "applied_from": terms.same_from,
    }  # fmt: skip
    found, revision = held.steadily(
        lambda: (
            check_claim(held.store, fact, claim, **given)
            if fact is not None and claim is not None
            else check_claims(held.store, facts=(fact,) if fact is not None else (), **given)
        ).to_dict()
    )
    return give(request, Answer(revision, found, found["claims"], tuple(ClaimRow.model_fields)))


class RuleCounts(Document):
    """How many things a rule looked at, could not look at, and found fault with."""

    checked: int
    unchecked: int
    findings: int


class Audit(Document):
    """What an audit found."""

    revision: Revision
    checked: int
    unchecked: int
    rules: dict[str, RuleCounts]
    findings: list[Finding]


@router.get("/audit", response_model=Audit, responses=file_forms("csv", "parquet", "sarif"))
def audit_graph(
    request: Request,
    held: Graph,
    kinds: Kinds = [],  # noqa: B006
    rule: Annotated[list[Annotated[Text, Field(**one_of(RULES))]], Query(description="Only these rules.", examples=[["statement-without-source"]])] = [],  # noqa: B006
    level: Annotated[Literal["error", "warning", "note"], Query(description="Findings of this level and graver ones.")] = "warning",
) -> Response:  # fmt: skip
    """Check the whole graph: evidence, sources, licences, spans, actors, lives, decisions, and all that is made of them."""
    found, revision = held.steadily(lambda: audit(held.store, kinds=kinds, rules=rule).at_least(level))
    document = found.to_dict()
    others = {"sarif": lambda: encoded(to_sarif(found))}
    return give(request, Answer(revision, document, document["findings"], tuple(Finding.__slots__), others))
