"""Counts of events as a file: what an engine has counted (loaders/counting.py), in order, with what it was counted from.

A Parquet file, the same byte for byte from every engine. It can be made where the events lie, and loaded somewhere else.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlparse

from comity.graph.errors import ComityError, InputError, TableError
from comity.graph.files import new_file
from comity.graph.model import digest_of
from comity.graph.records import batches
from comity.loaders.packed import unpack
from comity.loaders.streams import Part, Stream, covered

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.parquet

    from comity.loaders.engines import Engine

DUCKDB = "duckdb"

_ABOUT = b"comity"
_FILES_AT_ONCE = 16
"""Files that lie unpacked beside each other."""

_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class About:
    """What was counted: a stream, the hashes of its files together, and the time of which they tell (EDTF)."""

    stream: str
    sha256: str
    original_sha256: str
    coverage: str
    files: int


def about(parts: Sequence[Part]) -> About:
    """What there is to say of these files, whatever their order."""
    return About(
        parts[0].stream.collection,
        _together([part.table.sha256 for part in parts]),
        _together([part.table.original_sha256 for part in parts]),
        covered(parts),
        len(parts),
    )


def write_counts(parts: Sequence[Part], path: Path, engine: str = DUCKDB) -> None:
    """Count the events in these files, all of one stream, and write that to a file."""
    with TemporaryDirectory(prefix="comity-") as folder:
        try:
            from comity.loaders import engines

            with closing(engines.engine_of(engine, Path(folder))) as working:
                _count(working, parts, Path(folder), path)
        except ImportError as error:
            raise _missing("counting events", "scale") from error
        except (ComityError, OSError):
            raise
        except Exception as error:
            why = str(error).strip().partition("\n")[0]
            raise InputError(f"{engine} could not count the events: {why}") from error


def _count(working: "Engine", parts: Sequence[Part], folder: Path, path: Path) -> None:
    from pyarrow import parquet

    from comity.loaders import counting, engines

    stream = parts[0].stream
    known = _read(working, parts, folder)
    working.write(counting.count(working.events(), stream), folder / "counted")
    broken = counting.count_broken(working.broken(), stream, parts[0].table.form.delimiter)
    working.write(broken, folder / "broken")
    for name in ("broken", "counted"):
        engines.put_in_order(folder / name, folder / f"{name} in order", stream)
    lines = _named(parquet.read_table(folder / "broken in order"), known).to_batches()
    with parquet.ParquetFile(folder / "counted in order") as counted:
        _write(path, about(parts), stream, chain(lines, counted.iter_batches()))


def is_counts(path: Path) -> bool:
    """Whether the file is a Parquet file, as published events are not."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


class CountsFile:
    """A file of counts; `TableError` says why it is none."""

    def __init__(self, path: Path) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            raise _missing("reading counts of events", "parquet") from None
        try:
            self._file = pyarrow.parquet.ParquetFile(path)
            found = (self._file.schema_arrow.metadata or {}).get(_ABOUT)
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            raise TableError(f"{path} is damaged, cut off or no Parquet file ({error})") from None
        if found is None:
            raise TableError(f"{path} holds no counts of events: comity aggregate writes such files")
        self.about = About(**json.loads(found))

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Every row: first what cannot be read or is left out, then month by month."""
        for batch in self._file.iter_batches(batch_size=_ROWS_AT_ONCE):
            yield from batch.to_pylist()


def _read(engine: "Engine", parts: Sequence[Part], folder: Path) -> dict[str, Part]:
    """Let the engine take all files in; gives them by the paths under which it knows them."""
    from comity.loaders.engines import Plain

    layouts: dict[Any, list[Part]] = {}
    for part in parts:
        layouts.setdefault((part.table.form, part.table.columns), []).append(part)
    known: dict[str, Part] = {}
    for batch in (batch for same in layouts.values() for batch in batches(same, _FILES_AT_ONCE)):
        files = []
        for part in batch:
            own = folder / f"unpacked-{len(known)}"
            own.mkdir()
            path = unpack(part.table.path.absolute(), own)
            known[str(path)] = part
            files.append(Plain(path, part.table))
        engine.read(files, parts[0].stream)
        if engine.copies:
            for unpacked in folder.glob("unpacked-*"):
                shutil.rmtree(unpacked)
    return known


def _named(broken: "pyarrow.Table", known: Mapping[str, Part]) -> "pyarrow.Table":
    """The counts of broken lines, with the names of files as they were given, and why they are no rows."""
    import pyarrow

    rows = []
    for row in broken.to_pylist():
        _, cells, file = row["meaning"].split(" ", 2)
        part = known[unquote(urlparse(file).path) if file.startswith("file:") else file]
        width = len(part.table.columns)
        why = (
            "its quotation marks are in disorder"
            if cells == str(width)
            else f"it has {cells} cells, and the table has {width} columns"
        )
        rows.append({**row, "meaning": f"broken {part.table.path.name}: {why}"})
    rows.sort(key=lambda row: (row["meaning"], row["example"]))
    return pyarrow.Table.from_pylist(rows, schema=broken.schema)


def _write(path: Path, of: About, stream: Stream, found: "Iterable[pyarrow.RecordBatch]") -> None:
    import pyarrow
    import pyarrow.parquet

    from comity.loaders.counting import columns

    types: dict[str, pyarrow.DataType] = {"string": pyarrow.string(), "int64": pyarrow.int64()}
    fields = [(name, types[type]) for name, type in columns(stream).items()]
    schema = pyarrow.schema(fields, {_ABOUT: json.dumps(asdict(of), sort_keys=True).encode()})
    with new_file(path) as file, pyarrow.parquet.ParquetWriter(file, schema) as writer:
        for batch in found:
            writer.write_batch(batch.select(schema.names).cast(schema))


def _together(hashes: Sequence[str]) -> str:
    return hashes[0] if len(hashes) == 1 else digest_of(sorted(hashes))


def _missing(what: str, extra: str) -> InputError:
    return InputError(f"{what} needs packages that are not installed: pip install 'comity[{extra}]'")
