"""Errors as RFC 9457 has them (application/problem+json): what is wrong, where, and the remedy, in words for people."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from comity.graph.errors import ComityError, StoreUnavailable

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
"""When to try again what failed for a reason that passes."""


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


def handle_problems(app: FastAPI) -> None:
    """Give every error that comity or the framework raises that form."""

    @app.exception_handler(ComityError)
    def _comity(request: Request, error: ComityError) -> Response:
        about = (type(error).__doc__ or "").partition(":")[0].partition(".")[0]
        if isinstance(error, StoreUnavailable):
            request.app.state.outage.began()
        headers = {"Retry-After": str(RETRY_SECONDS)} if error.transient else {}
        return problem(error.status, type(error).__name__, about, str(error), headers)

    @app.exception_handler(RequestValidationError)
    def _request(request: Request, error: RequestValidationError) -> Response:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        return problem(422, "Request", "The request does not have the form that is documented", faults)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        detail = f"{error.detail}: {request.method} {request.url.path}; /openapi.json lists what there is"
        return problem(error.status_code, "Http", str(error.detail), detail, error.headers)
