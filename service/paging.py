"""Lists in pages: a cursor leads from one to the next as long as the graph stays what it was."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from comity.graph.slices import today
from comity.service.addresses import canonical, is_of_revision, link
from comity.service.answers import TABLES, Make, Rows, encoded, respond, table, wanted
from comity.service.held import Held
from comity.service.memory import Memory
from comity.service.problems import StaleCursor, WrongParameter

_OF_PAGES = ("cursor", "limit")
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows with columns, what is to be said of all of them, and what makes further forms of them."""

    rows: Rows
    columns: tuple[str, ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, Make] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows are asked for: how many at most (None: not said), after which place."""

    limit: int | None
    cursor: str | None


async def _page(
    limit: Annotated[int | None, Query(ge=1, le=_MOST, description="Rows of a page; a CSV or Parquet file without it has all.", examples=[50])] = None,
    cursor: Annotated[str | None, Query(max_length=200, description="Where to go on, as the page before says in `next`.")] = None,
) -> Page:  # fmt: skip
    return Page(limit, cursor)


Paged = Annotated[Page, Depends(_page)]
"""The page that a request asks for."""


def give_list(
    request: Request,
    held: Held,
    page: Page,
    make: Callable[[], Listing],
    name: str,
    others: Sequence[str] = (),
) -> Response:
    """A page of the list, in the form that the request names or accepts; of CSV and Parquet all rows, where no page is asked for.

    What `make` finds is kept for the pages that follow, as long as memory and the graph let it. `name` is how a file of it is called,
    and `others` are the further forms that `make` gives. What is of no revision is found anew.
    """
    chosen = wanted(request, ("json", *TABLES, *others))
    form = chosen.name
    if form in others:
        graph, revision = held.steadily(make)
        return respond(chosen, graph.others[form](), revision, f"{name}.{form}")
    day, query = today().text, canonical(request.url.query, (*_OF_PAGES, "format"))
    asked = (request.url.path, query, day)
    of_revision = is_of_revision(request.scope["path"].removeprefix(request.scope.get("root_path", "")))
    start, stamp = _read(page.cursor, asked)
    kept: Memory[tuple[bytes, list[bytes]]] = request.app.state.lists
    revision = held.revision()
    lines = kept.get((*asked, held.changed_at, revision)) if form == "json" and of_revision else None
    listing: Listing | None = None
    if lines is None:
        found, revision = held.steadily(make)
        if form == "json":
            lines = encoded({**found.about, "revision": revision}), [encoded(row) for row in found.rows]
            if of_revision:
                kept.put(
                    (*asked, held.changed_at, revision),
                    lines,
                    sum(map(len, lines[1])) + 64 * len(lines[1]) + len(lines[0]),
                )
        else:
            listing = found
    if stamp and stamp != _stamp(asked, revision):
        raise StaleCursor(
            "the graph, or the day, has changed since the first page: start again without cursor="
        )
    total = len(lines[1]) if lines else len(listing.rows) if listing else 0
    whole = form != "json" and page.limit is None and page.cursor is None
    end = total if whole else min(start + (page.limit or request.app.state.settings.page), total)
    following = _link(request, _cursor(end, asked, revision)) if end < total else None
    if lines:
        head, rows = lines
        told = b',"total":%d,"next":%s,"rows":[' % (total, encoded(following))
        content = head[:-1] + told + b",".join(rows[start:end]) + b"]}"
    else:
        assert listing is not None
        content = table(form, listing.rows[start:end], listing.columns)
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    return respond(chosen, content, revision, f"{name}.{form}" if form != "json" else "", headers)


def _link(request: Request, cursor: str) -> str:
    query = canonical(request.url.query, ("cursor",))
    return link(request.url.path, f"{query}&cursor={cursor}" if query else f"cursor={cursor}")


_Asked = tuple[str, str, str]


def _stamp(asked: _Asked, revision: str) -> str:
    return f"{revision[:16]}.{asked[2]}"


def _of(asked: _Asked) -> str:
    return hashlib.sha256("?".join(asked[:2]).encode(errors="replace")).hexdigest()[:8]


def _cursor(place: int, asked: _Asked, revision: str) -> str:
    text = f"{place}/{_of(asked)}/{_stamp(asked, revision)}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str | None, asked: _Asked) -> tuple[int, str]:
    """The place where the page begins, and of what graph and day the cursor is (empty: of none)."""
    if cursor is None:
        return 0, ""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        place, of, stamp = text.split("/")
        start = int(place)
    except (ValueError, binascii.Error):
        start, of, stamp = -1, "", ""
    if start < 0 or of != _of(asked):
        raise WrongParameter("this cursor is not of this list: take it from `next`, or start without cursor=")
    return start, stamp
