"""Loading: a dossier as it is, or the files of any data set that a loader reads.

Each is the library's own function, as the command line calls it, and named after whose key it was. Sent again it changes nothing more.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from comity.graph.loading import load, plan
from comity.loaders.dossier import parse_dossier
from comity.loaders.sources import loader_of, loaders
from comity.queries.plain import plain
from comity.service.asking import LONGEST, Graph, one_of
from comity.service.bringing import MOST_REJECTIONS, open_upload
from comity.service.documents import Document
from comity.service.edits import OF_LOADS
from comity.service.problems import Problem
from comity.service.progress import MEDIA_TYPE, is_watched, watched
from comity.service.rights import Editor
from comity.service.routes.editing import REFUSED, Writing
from comity.service.uploads import MOST_FILES, receive

router = APIRouter(tags=["editing"])

DryRun = Annotated[
    bool,
    Query(
        description="Only say which facts would be added, changed or retracted, and how many sources described anew."
    ),
]


@router.post("/loads", summary="Load a dossier", response_class=Response, responses=OF_LOADS | REFUSED)
async def loads(
    request: Request,
    person: Editor,
    held: Graph,
    writer: Writing,
    content: Annotated[
        bytes, Body(media_type="application/yaml", description="The dossier, in YAML (docs/dossier.md).")
    ],
    dry_run: DryRun = False,
) -> Response:
    """Bring the store to hold what the dossier says: all of it or, where anything in it is wrong, nothing.

    What an earlier version of the dossier said and this one does not is retracted; look with `dry_run` first. Who accepts
    `application/x-ndjson` is told how far it is, one line at a time; the last is the outcome (`"state": "done"` or `"failed"`).
    """
    dossier = await run_in_threadpool(parse_dossier, content, "dossier")
    about = {"dossier": dossier.id, "warnings": dossier.warnings}
    if dry_run:
        found = await run_in_threadpool(plan, held.store, dossier.reading())
        return JSONResponse({**about, **plain(found)})

    def work() -> Mapping[str, Any]:
        names = ("read", "stored", "unchanged", "skipped", "rejected", "retracted", "revision")
        with writer.writing() as store:
            done = load(store, dossier.reading(), by=person.name)
        return {name: getattr(done, name) for name in names}

    if is_watched(request):
        facts = len({statement.fact for statement in dossier.statements})
        return watched(work, {**about, "facts": facts})
    return JSONResponse({**about, **await run_in_threadpool(work)})


class RejectedRecord(Document):
    """A record, or a part of one, that could not be read: where it stands, why, and what it is."""

    place: str = Field(examples=["treaties.csv, row 3"])
    reason: str
    value: str
    system: str
    candidates: list[str]
    record: str
    part: bool = Field(description="Whether the record was stored without it.")
    records: int


class LoadedSource(Document):
    """What came of a source, in records: read = stored + unchanged + skipped + rejected."""

    source: str
    read: int
    stored: int
    unchanged: int
    skipped: int
    rejected: int
    retracted: int = Field(description="Facts that were held before and are not any more.")
    revision: str
    reasons: dict[str, int] = Field(description="Why records were skipped.")
    rejections: list[RejectedRecord] = Field(description=f"The first {MOST_REJECTIONS} that went into quarantine.")  # fmt: skip
    quarantined: int = Field(description="How many there are in all.")
    quarantine: str = Field(description="Where all of them are.")


class Loads(Document):
    """What has been loaded."""

    loader: str
    warnings: list[str]
    cite: list[str] = Field(description="What the data set asks to be cited by.")
    loads: list[LoadedSource]


class PlannedSource(Document):
    """How many facts of a source would be changed."""

    source: str
    added: int
    changed: int
    retracted: int
    unchanged: int
    described: int = Field(description="Sources, and actors of its own, whose description would be new, another or gone.")  # fmt: skip


class Changing(Document):
    """A fact that would be changed."""

    source: str
    change: Literal["added", "changed", "retracted"]
    fact: str


class Plans(Document):
    """What would be changed by loading (`dry_run`)."""

    loader: str
    warnings: list[str]
    counts: list[PlannedSource]
    changes: list[Changing]


_FORM = {
    "required": True,
    "description": "The files, each as a field `file`, under the names that they are published by; gzipped or zipped one by one, or plain.",
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": MOST_FILES,
                        "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                    }
                },
            }
        }
    },
}

_LOADED: dict[int | str, dict[str, Any]] = {
    **REFUSED,
    200: {
        "description": "What has been loaded, or would be (`dry_run`).",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    },
    413: {"model": Problem, "description": "More was sent than is taken, packed or unpacked."},
    415: {"model": Problem, "description": "What was sent is no form with files."},
}


@router.post(
    "/loads/{loader}",
    summary="Load a data set",
    response_model=Loads | Plans,
    responses=_LOADED,
    openapi_extra={"requestBody": _FORM},
)
async def load_files(
    request: Request,
    person: Editor,
    held: Graph,
    writer: Writing,
    loader: Annotated[str, Path(max_length=LONGEST, description="The name of what reads the files: `/api/loaders` lists them.", examples=["cow"], **one_of(loaders()))],
    dry_run: DryRun = False,
) -> Response:  # fmt: skip
    """Bring the store to hold what the files say, as `comity load` does.

    All files are looked through before the first is stored, and one that the loader cannot use ends it. Of a table the good rows are stored; the
    others go into quarantine with their places. What another release does not hold any more is retracted; look with `dry_run` first.
    The files are not kept. Who accepts `application/x-ndjson` is told how far it is, one line at a time; the last is the outcome.
    """
    reads = loader_of(loader)
    upload = await receive(request, request.app.state.settings.upload)
    bringing = await run_in_threadpool(open_upload, upload, reads)
    if dry_run:
        return JSONResponse(await run_in_threadpool(bringing.planned, held.store))

    def work() -> Mapping[str, Any]:
        return bringing.loaded(writer, person.name)

    if is_watched(request):
        return watched(work, {**bringing.about(), "sources": bringing.sources()}, lambda: bringing.far)
    return JSONResponse(await run_in_threadpool(work))
