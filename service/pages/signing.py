"""Signing in with a browser: the key is kept in a cookie that no script can read.

The browser sends it along when somebody follows a link from elsewhere, which only reads; what changes anything has to come from a page of
this service (comity.service.rights).
"""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.service.headers import COOKIE, forget_key
from comity.service.keys import Keys, KeysUnreadable
from comity.service.pages.frame import HEADERS, POLICY, Page, fill
from comity.service.pages.links import links_of
from comity.service.refusals import unreadable
from comity.service.rights import SIGN_IN

router = APIRouter()

_LONGEST = 200
_SECONDS = 30 * 24 * 3600
"""A browser forgets the key after so long, whatever the key's own end."""


@router.api_route(SIGN_IN, methods=["GET", "HEAD"])
async def ask_for_key(request: Request, next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form that takes a key."""
    return _page(request, next)


@router.post(SIGN_IN)
async def sign_in(
    request: Request,
    key: Annotated[str, Form(max_length=_LONGEST)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Keep a valid key in the browser and go on; without any, forget the one that it has."""
    keys: Keys = request.app.state.keys
    if not key:
        gone = RedirectResponse(SIGN_IN, 303)
        forget_key(gone, request.url.scheme)
        return gone
    try:
        if keys.find(key.strip()) is None:
            return _page(request, next, refused=True)
    except KeysUnreadable:
        return unreadable()
    onward = RedirectResponse(_own(next), 303)
    secure = request.url.scheme == "https"
    onward.set_cookie(COOKIE, key.strip(), _SECONDS, httponly=True, samesite="lax", secure=secure)
    return onward


def _page(request: Request, next: str, *, refused: bool = False) -> Response:
    page = Page("sign-in.html", {"next": _own(next), "refused": refused}, 401 if refused else 200)
    status, body = fill(page, links_of(request, {}))
    return HTMLResponse(
        body, status, {**HEADERS, "Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    )


def _own(next: str) -> str:
    """A path of this service, and nothing that a browser takes for another one's address."""
    plain = next.startswith("/") and not next.startswith(("//", "/\\")) and next.isprintable()
    return next if plain else "/"
