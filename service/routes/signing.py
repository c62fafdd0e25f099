"""Signing in with a browser: the key is kept in a cookie that no script can read.

The browser sends it along when somebody follows a link from elsewhere, which only reads; what changes anything has to come from a page of
this service (comity.service.rights).
"""

from html import escape
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.service.keys import Keys
from comity.service.rights import COOKIE, SIGN_IN

router = APIRouter(include_in_schema=False)

_LONGEST = 200
_SECONDS = 30 * 24 * 3600
"""A browser forgets the key after so long, whatever the key's own end."""

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in · comity</title>
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem}}
input{{font:inherit;width:100%;box-sizing:border-box;padding:.4rem}}button{{font:inherit;margin-top:1rem;padding:.4rem 1rem}}</style>
</head><body><main><h1>Sign in</h1>{told}<form method="post" action="{action}">
<input type="hidden" name="next" value="{next}">
<label for="key">Your key</label><input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
<button>Sign in</button></form><p>Whoever runs this service makes keys.</p></main></body></html>"""


@router.get(SIGN_IN)
async def ask_for_key(next: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form that takes a key."""
    return _page(next)


@router.post(SIGN_IN)
async def sign_in(
    request: Request,
    key: Annotated[str, Form(max_length=_LONGEST)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Keep a valid key in the browser and go on; without any, forget the one that it has."""
    keys: Keys = request.app.state.keys
    secure = request.url.scheme == "https"
    if not key:
        gone = RedirectResponse(SIGN_IN, 303)
        gone.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=secure)
        return gone
    if keys.find(key.strip()) is None:
        return _page(next, "<p role=alert>This key is not valid: it is unknown, expired or revoked.</p>", 401)
    onward = RedirectResponse(_own(next), 303)
    onward.set_cookie(COOKIE, key.strip(), _SECONDS, httponly=True, samesite="lax", secure=secure)
    return onward


def _page(next: str, told: str = "", status: int = 200) -> Response:
    text = _PAGE.format(told=told, action=SIGN_IN, next=escape(_own(next), quote=True))
    return HTMLResponse(text, status, {"Cache-Control": "no-store"})


def _own(next: str) -> str:
    """A path of this service, and nothing that a browser takes for another one's address."""
    plain = next.startswith("/") and not next.startswith(("//", "/\\")) and next.isprintable()
    return next if plain else "/"
