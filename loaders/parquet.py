"""Parquet files as tables: the same rows of text that a CSV file would have. Needs the extra `comity[parquet]`."""

import hashlib
import math
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from comity.graph.errors import InputError, TableError
from comity.graph.model import Rejected
from comity.loaders.tables import Row

_ROWS_AT_ONCE = 10_000


class ParquetTable:
    """A Parquet file; `TableError` says why it is none. Its first row is row 1, as there is no header to count."""

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow.parquet
        except ImportError:
            raise InputError(f"{path}: reading Parquet needs pyarrow; install comity[parquet]") from None
        self.path = path
        with path.open("rb") as file:
            self.original_sha256 = self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        try:
            self._file = pyarrow.parquet.ParquetFile(path)
            self.length: int = self._file.metadata.num_rows
            self.columns: tuple[str, ...] = tuple(self._file.schema_arrow.names)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise TableError(
                f"{path} is damaged, cut off or no Parquet file ({error}): fetch it again"
            ) from None

    def rows(self) -> Iterator[Row | Rejected]:
        """Every record."""
        import pyarrow

        places = {name: place for place, name in reversed(list(enumerate(self.columns)))}
        number = 0
        try:
            for batch in self._file.iter_batches(batch_size=_ROWS_AT_ONCE):
                for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield Row(number, list(map(_text, cells)), places)
        except (pyarrow.ArrowException, OSError) as error:
            raise TableError(f"{self.path} is damaged after row {number} ({error}): fetch it again") from None


def _text(value: Any) -> str:
    """A value as a CSV file would have it; a moment at midnight is a day."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
