"""One way of giving an answer: as JSON, CSV, Parquet … by what the request accepts, known by the revision that it is of."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from comity.queries.cells import csv_text
from comity.queries.plain import finite, plain
from comity.queries.tables import parquet_bytes
from comity.service.forms import FORMS, Form, form_of

Rows = Sequence[Mapping[str, Any]]
Make = Callable[[], bytes | Iterator[bytes]]

REVISION = "Comity-Revision"
"""The header that names the revision of the graph that an answer is of."""

TABLES = ("csv", "parquet")
"""The forms of what is a table."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered at a revision: a document, where it is a table also its rows and columns, and what makes further forms of it.

    `name` is how a file of it is called, without an ending.
    """

    revision: str
    document: Mapping[str, Any] | Sequence[Any] | None = None
    rows: Rows = ()
    columns: Sequence[str] = ()
    others: Mapping[str, Make] = field(default_factory=dict)
    name: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The names of the forms that there are, the usual one first."""
        json = ("json",) if self.document is not None else ()
        return (*json, *(TABLES if self.columns else ()), *self.others)

    def made(self, form: str) -> bytes | Iterator[bytes]:
        """The answer in this form."""
        if form in self.others:
            return self.others[form]()
        return encoded(self.document) if form == "json" else table(form, self.rows, self.columns)


def give(request: Request, answer: Answer) -> Response:
    """The answer in the form that the request names or accepts."""
    form = wanted(request, answer.forms)
    return respond(form, answer.made(form.name), answer.revision, answer.name)


def wanted(request: Request, offered: Sequence[str]) -> Form:
    """The form that the request names by `format=`, or else accepts most."""
    return form_of(request.headers.get("accept", ""), request.query_params.get("format"), offered)


def respond(
    form: Form,
    content: bytes | Iterator[bytes],
    revision: str,
    name: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response that carries the content: at once, or piece by piece."""
    told = {REVISION: revision, "Content-Type": form.content_type, **(headers or {})}
    if name:
        told["Content-Disposition"] = f'inline; filename="{name}"'
    return (
        Response(content, headers=told)
        if isinstance(content, bytes)
        else StreamingResponse(content, headers=told)
    )


def encoded(document: Any) -> bytes:
    """The document as JSON."""
    try:
        text = _JSON.encode(document)
    except (TypeError, ValueError):  # a number that JSON has no form of, or a key that is no text
        text = json.dumps(finite(plain(document)), **_FORM)
    return text.encode(errors="replace")


_FORM: dict[str, Any] = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
_JSON = json.JSONEncoder(**_FORM, default=plain)
"""Most documents are plain values already: going through them before they are written takes four times as long as that."""


def table(form: str, rows: Rows, columns: Sequence[str]) -> bytes:
    """Rows as a file: in Parquet a list of texts or numbers stays one, and what has parts of its own is JSON in a cell."""
    if form == "csv":
        return csv_text(rows, columns).encode(errors="replace")
    cells = [_column([row.get(name) for row in rows]) for name in columns]
    return parquet_bytes(columns, list(zip(*cells, strict=True)))


def _column(values: list[Any]) -> list[Any]:
    if any(_has_parts(value) for value in values):
        return [None if value is None else encoded(value).decode() for value in values]
    return [list(value) if isinstance(value, tuple) else value for value in values]


def _has_parts(value: Any) -> bool:
    items = value if isinstance(value, list | tuple) else ()
    return isinstance(value, Mapping) or any(isinstance(item, Mapping | list | tuple) for item in items)


def file_forms(*names: str) -> dict[int | str, dict[str, Any]]:
    """What the documentation of a route says of the forms that it has beside JSON."""
    content = {
        FORMS[name].media_type: {
            "schema": {"type": "string"}
            if FORMS[name].media_type.startswith("text/")
            else {"type": "string", "contentMediaType": FORMS[name].media_type}
        }
        for name in names
    }
    return {200: {"description": "The answer.", "content": content}}
