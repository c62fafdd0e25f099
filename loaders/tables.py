"""Tables as they are published: text with one record a line, plain, gzipped or zipped, read as a stream.

A file is looked through once before any of it is used: its hash is taken, and a file that is in another encoding, cut off, or no
table at all ends in one clear error. Records that do not fit the header are rejected one by one.
"""

import codecs
import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from comity.graph.errors import TableError
from comity.graph.model import Rejected
from comity.loaders.packed import FIRST_ROWS, opened

_CHUNK = 1 << 20

_LONGEST_LINE = 1 << 20
"""Characters of a line, at most: no table of this field comes near, and what has longer ones is something else."""

_LARGEST_RATIO = 200
_SURELY_FINE = 100 << 20
"""Bytes that a packed file may always have unpacked; beyond them it must not be more than the ratio times as large as packed."""

_QUOTED_RECORD = 2_000
"""Characters of a record that are kept in quarantine."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a table is written: the columns that it must have (by name, or in this order if it has no header), and its signs.

    `surplus` are names that some headers have although the rows have no cells for them.
    """

    columns: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    header: bool = True
    quoted: bool = True
    surplus: frozenset[str] = frozenset()


class Row:
    """One record: its number (as a spreadsheet shows it, the header being row 1) and its cells by the columns' names, stripped."""

    __slots__ = ("_cells", "_places", "number")

    def __init__(self, number: int, cells: list[str], places: dict[str, int]) -> None:
        self.number = number
        self._cells = cells
        self._places = places

    def __getitem__(self, column: str) -> str:
        return self._cells[self._places[column]].strip()

    def get(self, column: str) -> str:
        """The cell of a column that the table may not have; empty then."""
        place = self._places.get(column)
        return "" if place is None else self._cells[place].strip()

    @property
    def columns(self) -> Sequence[str]:
        """The names of all columns."""
        return list(self._places)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"row {self.number}"

    @property
    def record(self) -> str:
        """All its cells as one text, for whoever has to look at it in quarantine."""
        return _record(self._cells)


class Table:
    """A file that is a table of the form; `TableError` says why it is none, and what to do."""

    def __init__(self, path: Path | str, form: Form) -> None:
        self.path = Path(path)
        self.form = form
        self.original_sha256, self.sha256, lines = _looked_through(self.path, form.encoding)
        self.length = lines - form.header
        """About how many records it has: fewer where texts run over several lines."""
        with self._records() as records:
            first = [cells for _, cells in islice(records, 1 if form.header else FIRST_ROWS)]
            if not first:
                raise TableError(f"{self.path} is empty: nothing is loaded")
            self.columns = self._named(first[0]) if form.header else self._counted(first)
            if self.form.quoted:
                # To its end, for a quotation mark that is never closed: what comes after it could be read as anything.
                for _ in records:
                    pass

    def rows(self) -> Iterator[Row | Rejected]:
        """Every record; rejected where it has not as many cells as the header has columns."""
        places = _places(self.columns)
        width = len(self.columns)
        filled = [name for name in self.columns if name not in self.form.surplus]
        filled_places = _places(filled)
        with self._records() as records:
            if self.form.header:
                next(records)
            for number, cells in records:
                if isinstance(cells, Rejected):
                    yield cells
                elif len(cells) == width:
                    yield Row(number, cells, places)
                elif len(cells) == width - 1 and not self.columns[-1]:
                    # A separator at the end of the header, and none at the end of the rows: a column in name only.
                    yield Row(number, [*cells, ""], places)
                elif len(cells) == len(filled):
                    yield Row(number, cells, filled_places)
                elif any(cell.strip() for cell in cells):
                    reason = f"it has {len(cells)} cells, and the table has {width} columns"
                    yield Rejected(f"row {number}", reason, record=_record(cells))

    @contextmanager
    def _records(self) -> Iterator[Iterator[tuple[int, list[str] | Rejected]]]:
        """Every record with its number: its cells, or the record rejected where they cannot be told apart."""
        with opened(self.path) as file:
            # Any of the three line ends will do: some published tables have carriage returns alone.
            lines = _Lines(io.TextIOWrapper(file, self.form.encoding, errors="strict", newline=None))
            csv.field_size_limit(2 * _LONGEST_LINE)  # the module's own limit is below that of lines
            if self.form.quoted:
                reader = csv.reader(lines, delimiter=self.form.delimiter, strict=True)
            else:
                reader = csv.reader(lines, delimiter=self.form.delimiter, quoting=csv.QUOTE_NONE)
            yield self._numbered(reader, lines)

    def _numbered(
        self, reader: Iterator[list[str]], lines: "_Lines"
    ) -> Iterator[tuple[int, list[str] | Rejected]]:
        number = 0
        while True:
            number += 1
            try:
                yield number, next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if self.form.quoted and ("unexpected end" in str(error) or "field limit" in str(error)):
                    raise TableError(
                        f"{self.path}: a quotation mark in row {number} is never closed: mend it, or fetch the file again"
                    ) from None
                reason = f"its quotation marks are in disorder ({error})"
                yield number, Rejected(f"row {number}", reason, record=_cut(lines.last))

    def _counted(self, first: Sequence[list[str] | Rejected]) -> tuple[str, ...]:
        """The form's columns, if that is how many most of the first rows have."""
        widths = Counter(len(cells) for cells in first if not isinstance(cells, Rejected))
        usual, rows = widths.most_common(1)[0] if widths else (0, 0)
        wanted = self.form.columns
        if not rows or widths[len(wanted)] < rows:
            raise TableError(
                f"{self.path} has {usual} columns where {len(wanted)} are published: "
                "is it the right file, with the right separator, and no header?"
            )
        return wanted

    def _named(self, header: list[str] | Rejected) -> tuple[str, ...]:
        """The columns that the header names, if the form's are among them."""
        if isinstance(header, Rejected):
            raise TableError(f"{self.path}: the header cannot be read: {header.reason}")
        found = tuple(name.strip() for name in header)
        missing = [name for name in self.form.columns if name not in found]
        if missing:
            raise TableError(
                f"{self.path} has no column {', '.join(missing)}: its header says "
                f"{', '.join(found[:12])}{' …' if len(found) > 12 else ''}. Is it the file as it is published?"
            )
        return found


def _places(columns: Sequence[str]) -> dict[str, int]:
    """Where each column stands; of two with one name the first counts."""
    return {name: place for place, name in reversed(list(enumerate(columns)))}


def _looked_through(path: Path, encoding: str) -> tuple[str, str, int]:
    """The hash of the file, and of the table in it, and its number of lines.

    `TableError` if it is cut off, a bomb, no text of the encoding or no lines.
    """
    if path.is_dir():
        raise TableError(f"{path} is a folder: name the file in it")
    packed = path.stat().st_size
    decoder = codecs.getincrementaldecoder(encoding)()
    digest = hashlib.sha256()
    size = line = row = 0
    try:
        with opened(path) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > _SURELY_FINE and size > packed * _LARGEST_RATIO:
                    raise TableError(
                        f"{path} unpacks to more than {_LARGEST_RATIO} times its size: it is not read. "
                        "If it is what you mean, unpack it first"
                    )
                digest.update(chunk)
                if b"\0" in chunk:
                    raise TableError(
                        f"{path} is no text (it has a zero byte after row {row}): save it as text in {_plain(encoding)}"
                    )
                text = decoder.decode(chunk)
                if "\r" in text:
                    text = text.replace("\r\n", "\n").replace("\r", "\n")
                # Between two line ends of one chunk there cannot stand more than the chunk.
                first = text.find("\n")
                line += len(text) if first < 0 else first
                if line > _LONGEST_LINE:
                    raise TableError(
                        f"{path} has a line of more than {_LONGEST_LINE:,} characters near row {row + 1}: it is no table"
                    )
                if first >= 0:
                    line = len(text) - 1 - text.rfind("\n")
                    row += text.count("\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        row += len(error.object[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
        raise TableError(
            f"{path} is not in the encoding {_plain(encoding)} (row {row}: {error.reason}): save it in that encoding"
        ) from None
    with path.open("rb") as plain:
        original = hashlib.file_digest(plain, "sha256").hexdigest()
    return original, digest.hexdigest(), row + (line > 0)


class _Lines:
    """The lines of a text, the last of them kept: it is what a reader of cells has stumbled over."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.last = ""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        self.last = next(self._text)
        return self.last


def _record(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return _cut(text.getvalue())


def _cut(record: str) -> str:
    """The record, marked where it is too long to be kept whole."""
    record = record.rstrip("\r\n")
    return record if len(record) <= _QUOTED_RECORD else record[:_QUOTED_RECORD] + " […]"


def _plain(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "latin-1": "Latin-1"}.get(encoding, encoding)
