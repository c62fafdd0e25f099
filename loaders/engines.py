"""What counts events (loaders/counting.py): DuckDB in this process, or Spark where one machine is not enough.

Both read the files as text, cell by cell, and keep apart the lines that are no row. DuckDB reads them once into Parquet with the columns
that count, and stays below `MEMORY` by putting on disk what does not fit. Spark reads them where they are, as `comity[spark]` has it: its workers
must see the same folders.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import ibis
import ibis.expr.types as ir

from comity.graph.errors import InputError, UnknownName
from comity.loaders.streams import Stream
from comity.loaders.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

MEMORY = "2GB"
"""What DuckDB may use: it puts on disk what does not fit."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A table whose text lies unpacked at `path`."""

    path: Path
    table: Table

    @property
    def layout(self) -> tuple[Any, ...]:
        """What has to be the same for files to be read together."""
        return self.table.form, self.table.columns


class Engine(Protocol):
    """Reads tables of one stream, and writes what Ibis makes of their events."""

    copies: ClassVar[bool]
    """Whether files are not needed any more when they have been read."""

    def read(self, files: Sequence[Plain], stream: Stream) -> None:
        """Take in these files, all of one layout."""

    def events(self) -> ir.Table:
        """The rows of all of them, with the columns of the stream."""

    def broken(self) -> ir.Table:
        """The lines that are no row, with the `file` in which they stand."""

    def write(self, table: ir.Table, path: Path) -> None:
        """Write a table as Parquet: a file, or a folder of files."""

    def close(self) -> None:
        """Let go of what it holds."""


class DuckDB:
    """The engine in this process."""

    copies: ClassVar[bool] = True

    def __init__(self, folder: Path, memory: str = MEMORY) -> None:
        self._folder = folder
        self._connection = ibis.duckdb.connect(
            memory_limit=memory, temp_directory=str(folder / "spill"), preserve_insertion_order=False
        )
        self._copies: list[str] = []

    def read(self, files: Sequence[Plain], stream: Stream) -> None:
        form, columns = files[0].table.form, files[0].table.columns
        text = self._connection.read_csv(
            [str(file.path) for file in files],
            columns={f"c{place}": "VARCHAR" for place in range(len(columns))},
            auto_detect=False,
            compression="none",
            delim=form.delimiter,
            quote='"' if form.quoted else "",
            escape='"' if form.quoted else "",
            header=form.header,
            store_rejects=True,
            filename=True,
        )
        path = self._folder / f"events-{len(self._copies)}.parquet"
        cells = {name: text[f"c{columns.index(name)}"].strip() for name in stream.columns}
        text.select(**cells).to_parquet(path)
        self._copies.append(str(path))

    def events(self) -> ir.Table:
        return self._connection.read_parquet(self._copies)

    def broken(self) -> ir.Table:
        # A line that is wrong in several ways is there several times.
        self._connection.raw_sql(
            "CREATE OR REPLACE TEMP TABLE broken AS "
            "SELECT any_value(file_path) AS file, coalesce(any_value(csv_line), '') AS line "
            "FROM reject_errors JOIN reject_scans USING (scan_id, file_id) GROUP BY scan_id, file_id, line_byte_position"
        )
        return self._connection.table("broken")

    def write(self, table: ir.Table, path: Path) -> None:
        table.to_parquet(path)

    def close(self) -> None:
        self._connection.disconnect()


class Spark:
    """A Spark session: the one that is running, or the one that its own settings name; else one on this machine."""

    copies: ClassVar[bool] = False

    def __init__(self, folder: Path) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise InputError("counting on Spark needs pyspark; install comity[spark]") from None
        self._session = SparkSession.builder.getOrCreate()
        # With it, cells beyond those that are asked for would not be looked at, and too many of them go unnoticed.
        self._session.conf.set("spark.sql.csv.parser.columnPruning.enabled", "false")
        self._connection = ibis.pyspark.connect(self._session)
        self._frames: list[DataFrame] = []

    def read(self, files: Sequence[Plain], stream: Stream) -> None:
        from pyspark import StorageLevel
        from pyspark.sql.functions import col
        from pyspark.sql.types import StringType, StructField, StructType

        form, columns = files[0].table.form, files[0].table.columns
        names = [*(f"c{place}" for place in range(len(columns))), "line"]
        text = self._session.read.csv(
            [str(file.path.absolute()) for file in files],
            schema=StructType([StructField(name, StringType()) for name in names]),
            sep=form.delimiter,
            quote='"' if form.quoted else "",
            escape='"'
            if form.quoted
            else "\0",  # not its own: names with "" would be misread though all totals match
            multiLine=form.quoted,
            header=form.header,
            ignoreLeadingWhiteSpace=True,
            ignoreTrailingWhiteSpace=True,
            mode="PERMISSIVE",
            columnNameOfCorruptRecord="line",
        )
        wanted = [col(f"c{columns.index(name)}").alias(name) for name in stream.columns]
        frame = text.select(*wanted, "line", col("_metadata.file_path").alias("file"))
        # Kept, as events are gone through several times, and as Spark does not give the broken lines of a file alone.
        self._frames.append(frame.persist(StorageLevel.MEMORY_AND_DISK))

    def events(self) -> ir.Table:
        return self._together("events", "line IS NULL").drop("line", "file")

    def broken(self) -> ir.Table:
        return self._together("broken", "line IS NOT NULL").select("file", "line")

    def _together(self, name: str, condition: str) -> ir.Table:
        frames = [frame.where(condition) for frame in self._frames]
        reduce(lambda one, other: one.unionByName(other), frames).createOrReplaceTempView(name)
        return self._connection.table(name)

    def write(self, table: ir.Table, path: Path) -> None:
        table.to_parquet(path)

    def close(self) -> None:
        # The session goes on: it may be somebody else's.
        for frame in self._frames:
            frame.unpersist()


def put_in_order(written: Path, path: Path, stream: Stream) -> None:
    """Write what an engine has written to one file in one order: what is left out or cannot be read first, then month by month."""
    connection = ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=f"{path}-spill")
    try:
        found = connection.read_parquet(str(written / "*.parquet" if written.is_dir() else written))
        sides = (name for side in stream.sides for name in side)
        found.order_by("month", "meaning", "example", *sides).to_parquet(path)
    finally:
        connection.disconnect()


ENGINES: Mapping[str, Callable[[Path], Engine]] = {"duckdb": DuckDB, "spark": Spark}
"""The engines by name."""


def engine_of(name: str, folder: Path) -> Engine:
    """The engine of that name, working in the folder; `UnknownName` lists them."""
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    return ENGINES[name](folder)
