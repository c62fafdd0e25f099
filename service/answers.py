"""One way of giving an answer: as JSON, CSV or Parquet by what the request accepts, known by the revision that it is of."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from comity.queries.plain import plain

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: a document, and the same as rows with columns where it is a table. `revision` is that of the graph it is of."""

    document: Mapping[str, Any]
    revision: str
    rows: Rows = ()
    columns: tuple[str, ...] = ()


def give(request: Request, answer: Answer) -> Response:
    """The answer in the form that the request accepts; 304 where the asker has it."""
    tag = _tag(request, answer.revision)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    body = json.dumps(plain(answer.document), ensure_ascii=False, allow_nan=False).encode()
    return Response(body, media_type="application/json", headers=headers)


def _tag(request: Request, revision: str) -> str:
    """Weak: the same graph, asked the same in the same form, gives the same answer."""
    asked = f"{request.url.path}?{request.url.query} {request.headers.get('accept', '')} {revision}"
    return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'
