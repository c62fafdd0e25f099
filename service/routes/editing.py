"""Changing what the graph holds: load a dossier, retract, restore, decide, judge, withdraw.

Each is the library's own function, as the command line calls it, in one transaction, and named after whose key it was. Sent again it changes nothing
more.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from comity.graph import curation, retracting
from comity.graph.errors import ComityError, InputError
from comity.graph.identity import Judgement, Verdict
from comity.graph.loading import Load, load, plan
from comity.graph.model import SHORTEST_ID
from comity.loaders.dossier import Dossier, parse_dossier
from comity.queries.plain import plain
from comity.service.asking import Graph
from comity.service.problems import Problem
from comity.service.rights import Editor
from comity.service.writer import Writer

router = APIRouter(tags=["editing"])

BEAT_SECONDS = 2.0
"""How often who watches a load hears that it goes on."""

_NDJSON = "application/x-ndjson"

_REFUSED: dict[int | str, dict[str, Any]] = {
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

Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Reason = Annotated[str, StringConstraints(max_length=5000)]


def _writer(request: Request) -> Writer:
    writer: Writer = request.app.state.writer
    return writer


Writing = Annotated[Writer, Depends(_writer)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Named(_Asked):
    """A dossier, a source or a statement, and why."""

    name: Name = Field(examples=["treaties:nato-members"])
    reason: Reason = ""


class Decision(_Asked):
    """What is held to be right of a fact on which sources disagree, and why."""

    fact: Name = Field(examples=["japan-europe:guardian-north-16"])
    says: dict[Name, Name] = Field(
        min_length=1,
        max_length=50,
        description="Property and value, as `comity decide` takes them: a step with its date in EDTF, `types`, `parties` …",
        examples=[{"under_way": "2016-10-24"}],
    )
    reason: Reason = Field(min_length=1)


class Pair(_Asked):
    """Whether two facts are one, and why."""

    left: Name = Field(examples=["japan-europe:acsa-france"])
    right: Name = Field(examples=["treaties:anzus"])
    verdict: Literal["same", "different", "unsure"]
    confidence: float = Field(1.0, ge=0, le=1)
    reason: Reason = ""


class Withdrawal(_Asked):
    """The decision or judgement that is taken back, by its id or the beginning of it, and why."""

    id: Annotated[str, StringConstraints(min_length=SHORTEST_ID, max_length=64, pattern="^[0-9a-f]+$")] = (
        Field(examples=["3f195d02c1da"])
    )
    reason: Reason = ""


@router.post("/loads", summary="Load a dossier", response_class=Response, responses=_REFUSED)
async def loads(
    request: Request,
    person: Editor,
    held: Graph,
    writer: Writing,
    content: Annotated[
        bytes, Body(media_type="application/yaml", description="The dossier, in YAML (docs/dossier.md).")
    ],
    dry_run: Annotated[
        bool, Query(description="Only say which facts would be added, changed or retracted.")
    ] = False,
) -> Response:
    """Bring the store to hold what the dossier says: all of it or, where anything in it is wrong, nothing.

    What an earlier version of the dossier said and this one does not is retracted; look with `dry_run` first. Who accepts
    `application/x-ndjson` is told how far it is, one line at a time; the last is the outcome (`"state": "done"` or `"failed"`).
    """
    dossier = await run_in_threadpool(parse_dossier, content, "dossier")
    if dry_run:
        found = await run_in_threadpool(plan, held.store, dossier.reading())
        return JSONResponse({"dossier": dossier.id, "warnings": dossier.warnings, **_plain(found)})

    def work() -> Load:
        with writer.writing() as store:
            return load(store, dossier.reading(), by=person.name)

    if _NDJSON in request.headers.get("accept", ""):
        return StreamingResponse(_told(dossier, work), media_type=_NDJSON)
    done = await run_in_threadpool(work)
    return JSONResponse({"dossier": dossier.id, "warnings": dossier.warnings, **_loaded(done)})


async def _told(dossier: Dossier, work: Callable[[], Load]) -> AsyncIterator[bytes]:
    """The lines about a load that goes on, which it does whether they are read or not."""
    facts = len({statement.fact for statement in dossier.statements})
    yield _line(state="read", dossier=dossier.id, facts=facts, warnings=dossier.warnings)
    loading = asyncio.ensure_future(run_in_threadpool(work))
    began = time.monotonic()
    while not (await asyncio.wait((loading,), timeout=BEAT_SECONDS))[0]:
        yield _line(state="writing", seconds=round(time.monotonic() - began))
    try:
        yield _line(state="done", **_loaded(loading.result()))
    except ComityError as error:
        yield _line(state="failed", status=error.status, detail=str(error))


def _line(**told: Any) -> bytes:
    return json.dumps(plain(told), ensure_ascii=False).encode() + b"\n"


def _loaded(done: Load) -> dict[str, Any]:
    names = ("read", "stored", "unchanged", "skipped", "rejected", "retracted", "revision")
    return {name: getattr(done, name) for name in names}


@router.post("/retractions", summary="Retract a dossier, source or statement", responses=_REFUSED)
def retractions(person: Editor, writer: Writing, named: Named) -> dict[str, Any]:
    """Close every statement of it. Nothing is deleted: `/api/restorations` brings exactly them back."""
    with writer.writing() as store:
        return _plain(retracting.retract(store, named.name, reason=named.reason, by=person.name))


@router.post("/restorations", summary="Restore what was retracted", responses=_REFUSED)
def restorations(person: Editor, writer: Writing, named: Named) -> dict[str, Any]:
    """Bring back what the last retraction of that name took away."""
    with writer.writing() as store:
        return _plain(retracting.restore(store, named.name, reason=named.reason, by=person.name))


@router.post("/decisions", summary="Settle what sources disagree on", responses=_REFUSED)
def decisions(person: Editor, writer: Writing, decision: Decision) -> dict[str, Any]:
    """Record a decision that everybody can see and that goes before every policy; `/api/withdrawals` takes it back by its id."""
    with writer.writing() as store:
        made = curation.decide(store, decision.fact, decision.says, reason=decision.reason, by=person.name)
        revision = store.revision()
    told = [{"id": statement.id, "property": curation.property_of(statement)} for statement in made]
    return {"fact": decision.fact, "decisions": told, "by": person.name, "revision": revision}


@router.post("/judgements", summary="Judge whether two facts are one", responses=_REFUSED)
def judgements(person: Editor, writer: Writing, pair: Pair) -> dict[str, Any]:
    """Record a judgement; a later one on the same pair replaces it, `/api/withdrawals` takes it back by its id."""
    if pair.left == pair.right:
        raise InputError(f"{pair.left} is one fact: name two")
    judgement = Judgement(
        pair.left, pair.right, Verdict(pair.verdict), person.name, pair.confidence, pair.reason
    )
    with writer.writing() as store:
        return {"id": judgement.id, **_plain(curation.judge(store, [judgement]))}


@router.post("/withdrawals", summary="Take back a decision or judgement", responses=_REFUSED)
def withdrawals(person: Editor, writer: Writing, withdrawal: Withdrawal) -> dict[str, Any]:
    """Close it; the log keeps it."""
    with writer.writing() as store:
        return _plain(curation.withdraw(store, withdrawal.id, reason=withdrawal.reason, by=person.name))


def _plain(value: Any) -> dict[str, Any]:
    told: dict[str, Any] = plain(value)
    return told
