"""Changing what the graph holds: retract, restore, decide, judge, withdraw (loading: service/routes/loading.py).

Each is the library's own function, as the command line calls it, in one transaction, and named after whose key it was. Sent again it changes nothing
more.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from comity.graph import curation, retracting
from comity.graph.decisions import property_of
from comity.graph.errors import InputError
from comity.graph.identity import Judgement, Verdict
from comity.queries.plain import plain
from comity.service.edits import Decided, Decision, JudgedDocument, JudgedPair, Subject, Withdrawal
from comity.service.problems import Problem
from comity.service.rights import Editor
from comity.service.writer import Writer

router = APIRouter(tags=["editing"])

REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "What was sent cannot be used."},
    401: {"model": Problem, "description": "There is no key, or no valid one."},
    403: {"model": Problem, "description": "The key is no editor's."},
    404: {"model": Problem, "description": "There is nothing of that name."},
    409: {"model": Problem, "description": "The name means several."},
    422: {"model": Problem, "description": "The request does not have the form that is documented."},
    503: {
        "model": Problem,
        "description": "Somebody else is writing, or the store does not answer: try again later.",
    },
}


def _writer(request: Request) -> Writer:
    writer: Writer = request.app.state.writer
    return writer


Writing = Annotated[Writer, Depends(_writer)]


@router.post(
    "/retractions",
    summary="Retract a dossier, source or statement",
    response_model=retracting.Retraction,
    responses=REFUSED,
)
def retractions(person: Editor, writer: Writing, named: Subject) -> dict[str, Any]:
    """Close every statement of it. Nothing is deleted: `/api/restorations` brings exactly them back."""
    with writer.writing() as store:
        return _plain(retracting.retract(store, named.name, reason=named.reason, by=person.name))


@router.post(
    "/restorations",
    summary="Restore what was retracted",
    response_model=retracting.Retraction,
    responses=REFUSED,
)
def restorations(person: Editor, writer: Writing, named: Subject) -> dict[str, Any]:
    """Bring back what the last retraction of that name took away."""
    with writer.writing() as store:
        return _plain(retracting.restore(store, named.name, reason=named.reason, by=person.name))


@router.post(
    "/decisions",
    summary="Settle what sources disagree on",
    response_model=Decided,
    responses=REFUSED,
)
def decisions(person: Editor, writer: Writing, decision: Decision) -> dict[str, Any]:
    """Record a decision that everybody can see and that goes before every policy; `/api/withdrawals` takes it back by its id."""
    with writer.writing() as store:
        made = curation.decide(store, decision.fact, decision.says, reason=decision.reason, by=person.name)
        revision = store.revision()
    told = [{"id": statement.id, "property": property_of(statement)} for statement in made]
    return {"fact": decision.fact, "decisions": told, "by": person.name, "revision": revision}


@router.post(
    "/judgements",
    summary="Judge whether two facts are one",
    response_model=JudgedDocument,
    responses=REFUSED,
)
def judgements(person: Editor, writer: Writing, pair: JudgedPair) -> dict[str, Any]:
    """Record a judgement; a later one on the same pair replaces it, `/api/withdrawals` takes it back by its id."""
    if pair.left == pair.right:
        raise InputError(f"{pair.left} is one fact: name two")
    judgement = Judgement(
        pair.left, pair.right, Verdict(pair.verdict), person.name, pair.confidence, pair.reason
    )
    with writer.writing() as store:
        return {"id": judgement.id, **_plain(curation.judge(store, [judgement]))}


@router.post(
    "/withdrawals",
    summary="Take back a decision or judgement",
    response_model=curation.Withdrawn,
    responses=REFUSED,
)
def withdrawals(person: Editor, writer: Writing, withdrawal: Withdrawal) -> dict[str, Any]:
    """Close it; the log keeps it."""
    with writer.writing() as store:
        return _plain(curation.withdraw(store, withdrawal.id, reason=withdrawal.reason, by=person.name))


def _plain(value: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(value)
    return told
