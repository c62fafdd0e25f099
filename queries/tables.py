"""Writing a table for statistics: CSV, Parquet or Stata by the name of the file, with a JSON file beside it that says what it is."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.graph.errors import InputError
from comity.graph.files import write_whole

Table = Sequence[Sequence[Any]]

FORMATS = {".csv": "CSV (RFC 4180)", ".parquet": "Parquet", ".dta": "Stata"}
"""The formats by the endings of files' names."""


def write_table(
    path: Path, columns: Sequence[str], rows: Table, about: Mapping[str, Any]
) -> tuple[Path, ...]:
    """Write the table in the format that the file's name ends in (CSV where it has no ending), and `about` beside it.

    `InputError` says what is missing for a format, or why nothing can be written there. Missing values stay missing: empty in CSV.
    """
    ending = path.suffix.lower() or ".csv"
    if ending not in FORMATS:
        raise InputError(
            f"{path.name}: no table is written as {ending}; name a file that ends in {', '.join(FORMATS)}"
        )
    write = {".csv": _csv, ".parquet": parquet_bytes, ".dta": stata_bytes}[ending]
    meta = (
        json.dumps({**about, "rows": len(rows), "columns": list(columns)}, ensure_ascii=False, indent=2)
        + "\n"
    )
    try:
        return write_whole(path, {"": write(columns, rows), ".meta.json": meta.encode()})
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}): name another file") from None


def _csv(columns: Sequence[str], rows: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def parquet_bytes(columns: Sequence[str], rows: Table) -> bytes:
    """The table as a Parquet file."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise _missing("Parquet", "parquet") from None
    table = pyarrow.table({name: [row[place] for row in rows] for place, name in enumerate(columns)})
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    return stream.getvalue()


def stata_bytes(columns: Sequence[str], rows: Table) -> bytes:
    """The table as a Stata file."""
    try:
        import pandas
    except ImportError:
        raise _missing("Stata", "stata") from None
    frame = pandas.DataFrame.from_records([list(row) for row in rows], columns=list(columns))
    for name in columns:  # Stata has missing integers, pandas writes them only of floats
        if frame[name].isna().any() and frame[name].dtype == object:
            frame[name] = frame[name].astype("float64")
    stream = io.BytesIO()
    frame.to_stata(stream, write_index=False, version=118)
    return stream.getvalue()


def _missing(what: str, extra: str) -> InputError:
    return InputError(
        f"{what} needs a package that is not installed: pip install 'comity[{extra}]', or write CSV"
    )
