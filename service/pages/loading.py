"""The page from which editors load files: first a look at what that would change, then the same files again, to be loaded."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from comity.graph.errors import InputError
from comity.loaders.sources import loader_of, loaders
from comity.service.asking import Graph
from comity.service.bringing import open_upload
from comity.service.held import Held
from comity.service.pages.frame import HEADERS, POLICY, Page, fill, give_page
from comity.service.pages.links import links_of
from comity.service.pages.rights import Editor, editor_of, is_own_form
from comity.service.rights import LOADING
from comity.service.uploads import Upload, receive

MOST = 200
"""Facts that would be changed that the page lists; the API lists all."""

LOAD = "load"
"""The button that loads; whatever else is pressed only looks."""

router = APIRouter()


@router.api_route(LOADING, methods=["GET", "HEAD"])
def ask_for_files(request: Request, held: Graph) -> Response:
    """The form."""
    _editor(request)
    return give_page(request, held, links_of(request, {}), lambda: Page("loading.html", _content({})))


@router.post(LOADING)
async def take_files(request: Request, held: Graph) -> Response:
    """Look, or load, and tell what came of it above the same form."""
    editor = _editor(request)
    upload = await receive(request, request.app.state.settings.upload)
    if not is_own_form(request, editor, upload.fields.get("token", "")):
        upload.remove()
        raise HTTPException(403, "The form was not sent from this page: open the page anew and send it again")
    page = await run_in_threadpool(_done, request, held, upload, editor.name)
    status, body = fill(page, links_of(request, {}), held.revision(), editor)
    headers = {**HEADERS, "Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(body, status, headers)


def _editor(request: Request) -> Editor:
    editor = editor_of(request)
    if editor is None:
        raise HTTPException(403, "Loading needs the rights of an editor")
    return editor


def _done(request: Request, held: Held, upload: Upload, by: str) -> Page:
    """Do what the form says."""
    fields = upload.fields
    with upload:
        try:
            bringing = open_upload(upload, loader_of(fields.get("loader", "")))
            if fields.get("do") == LOAD:
                told = {"loaded": bringing.loaded(request.app.state.writer, by)}
            else:
                told = {"planned": bringing.planned(held.store)}
        except InputError as error:
            return Page("loading.html", _content(fields, problem=str(error)), error.status)
    return Page("loading.html", _content(fields, **told))


def _content(fields: Mapping[str, str], **told: Any) -> dict[str, Any]:
    shown = {"planned": None, "loaded": None, "problem": "", **told}
    return {"loaders": list(loaders().values()), "chosen": fields.get("loader", ""), "most": MOST, **shown}
