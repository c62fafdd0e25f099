"""Values as the cells of a CSV table."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any

Rows = Sequence[Mapping[str, Any]]


def csv_text(rows: Rows, columns: Sequence[str]) -> str:
    """The rows as RFC 4180 has them: a header, CRLF, quotes where needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue()


def cell(value: Any, *, brief: bool = False) -> str:
    """A value as the text of one cell; `brief` rounds numbers as people read them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value and brief else "no" if brief else str(value).lower()
    if isinstance(value, float):
        return _rounded(value) if brief else repr(value)
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(cell(item, brief=brief) for item in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=json_value)
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    if brief and not text.isprintable():  # words of a dossier must not steer the terminal
        text = "".join(
            sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text
        )
    return text


def json_value(value: Any) -> Any:
    """What JSON has no form of its own for."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def _rounded(value: float) -> str:
    """Four digits after the point without zeros at the end; a small number by its first four digits."""
    return f"{value:.4g}" if 0 < abs(value) < 0.001 else f"{value:.4f}".rstrip("0").rstrip(".")
