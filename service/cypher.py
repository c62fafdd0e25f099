"""Answers to questions in Cypher, as JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from comity.graph.stores.base import Row
from comity.queries.plain import finite, plain

_PIECE = 64_000
"""Characters that are sent at once, about."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a query: rows as they came, columns in the order in which they are named first."""

    rows: Sequence[Row]

    @property
    def columns(self) -> list[str]:
        """The names of its columns; none where there is no row to tell them."""
        return list(self.rows[0]) if self.rows else []

    def json(self) -> Iterator[str]:
        """One JSON document, piece by piece."""
        yield f'{{"columns":{_json(self.columns)},"rows":['
        yield from _joined(_json(row) for row in self.rows)
        yield "]}"

    def csv(self) -> Iterator[str]:
        """A table as RFC 4180 has it, piece by piece: texts as they are, lists and maps as JSON."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([_cell(row.get(name)) for name in self.columns])
            if text.tell() > _PIECE:
                yield text.getvalue()
                text.seek(0)
                text.truncate()
        yield text.getvalue()


def _joined(texts: Iterator[str]) -> Iterator[str]:
    """The texts with commas between them, in pieces of a size that is worth sending."""
    piece: list[str] = []
    size, first = 0, True
    for text in texts:
        piece.append(text if first else f",{text}")
        first = False
        size += len(text)
        if size > _PIECE:
            yield "".join(piece)
            piece, size = [], 0
    yield "".join(piece)


def _json(value: Any) -> str:
    # Half a surrogate pair is no character and cannot be sent; a number that is none is null, as JSON has none.
    text = json.dumps(finite(plain(value)), ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode(errors="replace").decode()


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return _json(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
