"""Restoring a backup into an empty store.

The node that holds the revision bears a mark meanwhile, so that nobody takes a graph that is not whole for one, and says from which
backup it is made: cut off at any point, it is repeated, and goes on with what is not there yet.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from comity.graph.backup.manifest import Backup, Manifest, read_backup
from comity.graph.backup.tables import TABLES, Table, arrow
from comity.graph.errors import InputError, StoreError
from comity.graph.judgements import read_identity
from comity.graph.records import batches, each
from comity.graph.revision import carried
from comity.graph.stores.base import EMPTY_REVISION, NODE_LABELS, Row, Run, Store, Transaction
from comity.graph.writing import Change

_ROWS_AT_ONCE = 5_000
"""Rows that are written in one transaction, as many statements as a load writes in one."""


def restore_backup(
    store: Store, folder: Path | str, progress: Callable[[int], None] = lambda rows: None
) -> Manifest:
    """Bring the backup in the folder into an empty store; `progress` is told how many of its rows are there so far.

    The files are checked by their hashes before anything is written, the graph by its revision and counts before it may be used.
    Where the store holds part of the same backup, which a crash left, that is completed; where it holds all of it, nothing is done.
    `InputError` for a backup that is not whole, or a store with something else in it; `StoreError` where the graph is not what was backed up.
    """
    arrow()
    backup = read_backup(Path(folder))
    backup.check()
    if not store.write(lambda run: _begin(run, backup)):
        return backup.manifest
    written = 0
    for table in TABLES:
        for rows in _read(backup, table):
            _bring(store, backup, table, rows)
            written += len(rows)
            progress(written)
    _compare(store, backup.manifest)
    store.write(lambda run: _finish(run, backup))
    return backup.manifest


def _begin(run: Run, backup: Backup) -> bool:
    """Mark an empty store; False where the backup is in it already."""
    held = run(
        "MATCH (c:Comity {id: 'comity'}) RETURN c.revision AS revision, c.at AS at, c.restoring AS restoring",
        {},
    )
    if held and held[0]["restoring"]:
        return _locked(run, backup)
    [found] = run(f"RETURN EXISTS {{ MATCH (n:{'|'.join(_RECORD)}) }} AS filled", {})
    if not found["filled"]:
        run(
            "MERGE (c:Comity {id: 'comity'}) SET c.revision = $empty, c.restoring = $key",
            {"empty": EMPTY_REVISION, "key": backup.key},
        )
        return True
    manifest = backup.manifest
    if held and (held[0]["revision"], held[0]["at"] or "") == (manifest.revision, manifest.last_change):
        return False
    raise InputError(
        "the store has something in it, and a backup is restored into an empty one: name a new folder, or an empty database, with --store"
    )


_RECORD = tuple(label for label in NODE_LABELS if label != "Comity")


def _locked(run: Run, backup: Backup) -> bool:
    """Lock the node with the mark for this transaction; `InputError` where it is not that of this backup."""
    # Written to before it is read: on a server that is what locks it.
    rows = run(
        "MATCH (c:Comity {id: 'comity'}) SET c.revision = $empty RETURN c.restoring AS restoring",
        {"empty": EMPTY_REVISION},
    )
    if rows[0]["restoring"] != backup.key:
        raise InputError(
            f"the store holds part of another backup than {backup.folder}: restore that one again, or into another store"
        )
    return True


def _read(backup: Backup, table: Table) -> Iterator[list[Row]]:
    """The rows of a table, some at a time."""
    path = backup.folder / table.file
    try:
        with arrow().parquet.ParquetFile(path) as file:
            if file.schema_arrow != table.schema():
                raise InputError(
                    f"{path} has other columns than a backup's: restore from another copy of the backup"
                )
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                yield batch.to_pylist()
    except (arrow().ArrowException, OSError) as error:
        raise InputError(
            f"{path} cannot be read ({error}): restore from another copy of the backup"
        ) from None


def _bring(store: Store, backup: Backup, table: Table, rows: Sequence[Row]) -> None:
    """Write the nodes of rows that are not there yet, and with statements what follows from them, in one transaction."""
    by_label: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        label, node = table.node(row)
        by_label[label].append(node)

    def work(run: Transaction) -> None:
        _locked(run, backup)
        for label, nodes in by_label.items():
            _create(run, label, _missing(run, label, nodes))
        if table.name == "statements":
            _make_facts(run, {row["fact"] for row in rows if row["live"]})

    store.write(work)


def _missing(run: Run, label: str, nodes: Sequence[Row]) -> list[Row]:
    rows = run(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN collect(n.id) AS held",
        {"ids": [node["id"] for node in nodes]},
    )
    held = set(rows[0]["held"])
    return [node for node in nodes if node["id"] not in held]


def _create(run: Run, label: str, nodes: Sequence[Row]) -> None:
    if label == "Statement":
        query = "UNWIND $rows AS row MATCH (o:Source {id: row.source}) CREATE (n:Statement)-[:FROM]->(o) SET n = row"
    else:
        query = f"UNWIND $rows AS row CREATE (n:{label}) SET n = row"
    each(run, query, nodes)


def _make_facts(run: Transaction, facts: set[str]) -> None:
    """Make these facts of the statements that are there. One of whose statements more are to come is made again with them."""
    change = Change(run, now="", revision=EMPTY_REVISION, before=read_identity(run), decided=False)
    change.rebuild(facts)


def _compare(store: Store, manifest: Manifest) -> None:
    """`StoreError` where the graph in the store is not the one that was backed up."""
    for table in TABLES:
        query = f"MATCH (n:{'|'.join(table.labels)}) RETURN count(n) AS n"
        rows = store.read(query)[0]["n"]
        if rows != manifest.files[table.name].rows:
            raise StoreError(
                f"of the {manifest.files[table.name].rows:,} {table.name} of the backup {rows:,} are in the store: "
                "restore it again into an empty one"
            )
    revision = EMPTY_REVISION
    for query in _LIVE:
        with closing(store.stream(query)) as found:
            for batch in batches(found):
                revision = carried(revision, [row["item"] for row in batch])
    if revision != manifest.revision:
        raise StoreError(
            f"the graph that was restored has revision {revision[:12]} and not {manifest.revision[:12]}: the store may not be used; "
            "restore another copy of the backup into an empty one"
        )


_LIVE = (
    "MATCH (n:Statement|Judgement) WHERE n.live RETURN n.id AS item",
    "MATCH (n:Source|Country|Organization) WHERE n.live RETURN n.digest AS item",
)
"""What the revision counts."""


def _finish(run: Run, backup: Backup) -> None:
    """Take the mark away: from now on it is a graph."""
    _locked(run, backup)
    manifest = backup.manifest
    run(
        "MATCH (c:Comity {id: 'comity'}) SET c.revision = $revision, c.at = $at, c.restoring = null",
        {"revision": manifest.revision, "at": manifest.last_change or None},
    )
