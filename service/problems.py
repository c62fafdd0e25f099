"""Errors as RFC 9457 has them (application/problem+json): what is wrong, where, and the remedy, in words for people."""

import re
from collections.abc import Iterable, Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from comity.graph.errors import ComityError, InputError, StoreUnavailable

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
"""When to try again what failed for a reason that passes."""


class NotAcceptable(InputError):
    """An answer does not come in a form that is accepted."""

    status = 406

    def __init__(self, what: str, offered: Iterable[str]) -> None:
        super().__init__(f"{what}: it comes as {', '.join(offered)}; name one by format=, or accept its type")


class WrongParameter(InputError):
    """A parameter of the request says nothing here."""

    status = 422


class WrongForm(InputError):
    """What was sent has another form than is documented."""

    status = 415


class TooLarge(InputError):
    """More was sent than is taken."""

    status = 413


class StaleCursor(InputError):
    """A list has changed since its first page was given."""

    status = 410


class TooMuch(InputError):
    """What is asked for takes more work than one request may."""

    status = 422


class Occupied(ComityError):
    """As much work of this sort is being done as may be at the same time."""

    status = 503
    transient = True


class Problem(BaseModel):
    """What went wrong."""

    type: str = Field(description="A name for this sort of error, the same for every case of it.")
    title: str = Field(description="The sort of error in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong here, and what to do about it.")


def problem(
    status: int, name: str, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer that says what is wrong."""
    body = Problem(type=f"urn:comity:{name}", title=title, status=status, detail=detail)
    return JSONResponse(body.model_dump(), status, dict(headers or {}), MEDIA_TYPE)


def problem_of(error: ComityError) -> Response:
    """The answer that tells one of comity's own errors."""
    about = (type(error).__doc__ or "").partition(":")[0].partition(".")[0]
    headers = {"Retry-After": str(RETRY_SECONDS)} if error.transient else {}
    return problem(error.status, type(error).__name__, about, in_http(str(error)), headers)


_FIND = re.compile(r"`?comity find TEXT`?")
_SOURCES = re.compile(r"`comity query sources`")
_OPTION = re.compile(r"(?<![\w-])(?:--|-p )([a-z]+(?:-[a-z]+)*)(?:=…)?")


def in_http(text: str) -> str:
    """A remedy in the words of requests, where it was one of the command line: `--as-of` is the parameter `as_of`."""
    text = _SOURCES.sub("/api/sources", _FIND.sub("/api/actors?q=TEXT", text))
    return _OPTION.sub(lambda found: f"{found[1].replace('-', '_')}=", text)


def handle_problems(app: FastAPI) -> None:
    """Give every error that comity or the framework raises that form."""

    @app.exception_handler(ComityError)
    def _comity(request: Request, error: ComityError) -> Response:
        if isinstance(error, StoreUnavailable):
            request.app.state.outage.began()
        return problem_of(error)

    @app.exception_handler(RequestValidationError)
    def _request(request: Request, error: RequestValidationError) -> Response:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        return problem(422, "Request", "The request does not have the form that is documented", faults)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        detail = f"{error.detail}: {request.method} {request.url.path}; /openapi.json lists what there is"
        return problem(error.status_code, "Http", str(error.detail), detail, error.headers)

    @app.exception_handler(Exception)
    def _fault(request: Request, error: Exception) -> Response:
        detail = "a fault of the service itself, which its log tells of; asking again will hardly help"
        return problem(500, "Fault", "The service has a fault", detail)
