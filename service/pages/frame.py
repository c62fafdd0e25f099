"""How every page is made: a template filled with what one reading of the graph gave, kept and known by the graph's revision."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request

import comity
from comity.graph.kinds import kinds
from comity.graph.slices import today
from comity.graph.stores.steady import read_steadily
from comity.service.held import Held
from comity.service.pages import words
from comity.service.pages.kept import Kept
from comity.service.pages.links import Links, raw_path
from comity.service.pages.rights import Editor, editor_of

POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""What a page may load and do: its own stylesheet, and send its own forms. There are no scripts at all."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept",
}

MOST_BYTES = 32_000_000
"""Of pages that are kept, at most."""

MOST_THINGS = 16
"""Panels and histories that are kept, at most: each takes some megabytes where a data set is loaded."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows: the template and what fills it."""

    template: str
    content: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the pages of a service keep."""

    pages: Kept = field(default_factory=lambda: Kept(MOST_BYTES, lambda made: len(made[1])))
    things: Kept = field(default_factory=lambda: Kept(MOST_THINGS))


def keeping(request: Request) -> Keeping:
    """What this service keeps."""
    kept: Keeping = request.app.state.keeping
    return kept


def give_page(request: Request, held: Held, links: Links, make: Callable[[], Page]) -> Response:
    """The page that `make` gives, read from one revision of the graph."""
    editor = editor_of(request)

    def filled() -> tuple[int, bytes]:
        page, revision = read_steadily(held.store, make)
        return fill(page, links, revision, editor)

    return give(request, held, links, filled)


def give(
    request: Request, held: Held, links: Links, make: Callable[[], tuple[int, bytes]], policy: str = POLICY
) -> Response:
    """The status and HTML that `make` gives, or 304 where the browser has it.

    It is made once for each revision, day and address. Who may decide gets pages of their own, which are not kept.
    """
    editor = editor_of(request)
    asked = f"{raw_path(request)}?{request.url.query}"
    key = (held.revision(), held.changed_at, today().text, asked, links.base, editor.token if editor else "")
    known = hashlib.sha256(repr((key, comity.__version__, _looks())).encode()).hexdigest()[:32]
    headers = {**HEADERS, "Content-Security-Policy": policy, "ETag": f'W/"{known}"'}
    if editor:
        headers["Cache-Control"] = "private, no-cache"
    if headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    status, body = make() if editor else keeping(request).pages.of(key, make)
    return Response(body, status, headers, "text/html; charset=utf-8")


def fill(page: Page, links: Links, revision: str = "", editor: Editor | None = None) -> tuple[int, bytes]:
    """The page's status and HTML."""
    shared = {"links": links, "editor": editor, "style": style_address(links), "revision": revision}
    return page.status, environment().get_template(page.template).render({**shared, **page.content}).encode()


@cache
def environment() -> Environment:
    """The templates, with every value escaped and every slip of the pen an error."""
    made = Environment(
        loader=PackageLoader("comity.service.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "when": words.when, "day": words.day, "moment": words.moment, "words": words.name, "status": words.status,
        "number": words.number, "counted": words.counted, "titled": words.titled, "together": words.together, "web": words.web,
    }  # fmt: skip
    made.globals |= {"kinds": kinds(), "states": words.STATES, "version": comity.__version__}
    return made


@cache
def stylesheet() -> bytes:
    """The style of all pages; the colours of the kinds of facts come from the model."""
    text = (resources.files("comity.service.pages") / "assets" / "pages.css").read_text(encoding="utf-8")
    colours = "".join(f".kind-{kind.name}{{--kind:{kind.colour}}}\n" for kind in kinds().values())
    return (text + colours).encode()


def style_address(links: Links) -> str:
    """Where the stylesheet is; another style has another address, so that it can be kept for ever."""
    return links.to("assets/pages.css", v=hashlib.sha256(stylesheet()).hexdigest()[:12])


@cache
def _looks() -> str:
    """What tells pages of one version of the templates from those of another while they are worked on."""
    folder = resources.files("comity.service.pages") / "templates"
    texts = sorted((file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir())
    return hashlib.sha256(repr(texts).encode() + stylesheet()).hexdigest()
