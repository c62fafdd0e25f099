"""Making a backup of a store."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from comity.graph.backup.manifest import MANIFEST, File, Manifest, file_of
from comity.graph.backup.tables import TABLES, Table, arrow, rows_of
from comity.graph.files import new_folder
from comity.graph.records import batches
from comity.graph.stores.base import Row, Store
from comity.graph.stores.steady import read_unchanged
from comity.graph.writing import now

_ROWS_AT_ONCE = 10_000
"""Rows that are held in memory, and that a reader of the file will hold."""


def make_backup(
    store: Store, folder: Path | str, progress: Callable[[int], None] = lambda rows: None
) -> Manifest:
    """Write all that is the record of the store into a new folder; `progress` is told how many rows have been written so far.

    All of it is of one revision: where the store is changed meanwhile it is written anew, and `StoreBusy` where that keeps happening.
    `InputError` where the folder has something in it or cannot be made. The folder is there when all is well, else not.
    """
    arrow()
    target = Path(folder)
    with new_folder(target) as part:
        files, (revision, last_change) = read_unchanged(
            store.state, lambda: _write_tables(store, part, progress)
        )
        manifest = Manifest(version("comity"), now(), revision, last_change, files)
        path = part / MANIFEST
        path.write_text(manifest.to_json(), encoding="utf-8")
        for written in (path, part):
            _keep(written)
    return manifest


def _write_tables(store: Store, folder: Path, progress: Callable[[int], None]) -> dict[str, File]:
    files: dict[str, File] = {}
    written = 0
    for table in TABLES:
        path = folder / table.file
        rows = 0
        with arrow().parquet.ParquetWriter(path, table.schema(), compression="zstd") as out:
            for batch in batches(_rows(store, table), _ROWS_AT_ONCE):
                out.write_table(arrow().Table.from_pylist(batch, schema=table.schema()))
                rows += len(batch)
                progress(written + rows)
        _keep(path)
        written += rows
        files[table.name] = file_of(path, rows)
    return files


def _rows(store: Store, table: Table) -> Iterator[Row]:
    for label in table.labels:
        with closing(store.stream(f"MATCH (n:{label}) RETURN properties(n) AS properties")) as nodes:
            yield from rows_of(nodes, table, label)


def _keep(path: Path) -> None:
    """Wait until what was written is on the disk: the name of a backup must not outlive a power cut that its content does not."""
    if path.is_dir() and os.name == "nt":  # which opens no folders
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
