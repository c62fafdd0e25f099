"""The whole graph of a store as files that `neo4j-admin database import full` reads: the way in for a graph that is too large to be
loaded through a server.

A label makes two CSV files: its rows, and a header with the columns that were met in them. `import.args` holds the options of the
command. What the format cannot hold, lists without items, `finish.cypher` puts back; the mark by which comity knows a graph for its own bears
another label until then, so that no half-made graph is ever opened.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from comity.graph.errors import InputError, StoreError
from comity.graph.files import new_folder
from comity.graph.kinds import kinds
from comity.graph.stores.base import NODE_LABELS, Row, Store
from comity.graph.stores.stopping import check_stop
from comity.queries.citing import cite, live_sources

ARGUMENTS = "import.args"
"""The file with the options of the import."""

FINISH = "finish.cypher"
"""The file with what is to be done once the server runs on what was imported."""

_BETWEEN = "\x1f"
"""Between the items of a list: the unit separator, which no text of a source has."""

_EMPTY = "empty_lists"
"""The column that names the lists without items, imported only where that cannot be told without it."""

_MARK, _UNFINISHED = "Comity", "ComityUnfinished"

_ACTOR = "Actor"
_SPACES = {"Country": _ACTOR, "Organization": _ACTOR}
"""Where ids are unique beyond one label: the end of an edge may be either of these."""

_EVIDENCE = {"PARTY": ("Fact", _ACTOR), "ABOUT": ("Statement", "Fact"), "FROM": ("Statement", "Source")}
"""Between which spaces of ids edges run that are not ties; ties run between actors."""

_TOLD_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """What was written: the folder, and how many rows of each label of nodes and of edges."""

    folder: Path
    nodes: Mapping[str, int]
    edges: Mapping[str, int]
    revision: str


def export_import_files(
    store: Store, folder: Path | str, progress: Callable[[int], None] = lambda rows: None
) -> ImportFiles:
    """Write the whole graph of the store into a new folder; `progress` is told how many rows have been written so far.

    Memory is bounded: the store is read row by row. `InputError` where the folder has something in it or cannot be made, or the graph
    holds what the format cannot; `StoreError` where its statements changed meanwhile. Then no folder is left.
    """
    target = Path(folder)
    revision = store.revision()
    with new_folder(target) as part:
        files = [*map(_node_file, NODE_LABELS), *(_edge_file(label, *ends) for label, ends in _edges())]
        written = 0
        for file in files:
            written = file.write(store, part, written, progress)
        filled = [file for file in files if file.rows]
        if store.revision() != revision:
            raise StoreError(f"{store.url} was changed while it was exported: export it again")
        nodes, edges = (
            {file.label: file.rows for file in filled if file.is_edge is edge} for edge in (False, True)
        )
        made = ImportFiles(target, nodes, edges, revision)
        _write(part / ARGUMENTS, _arguments(filled))
        _write(part / FINISH, _finish(filled))
        _write(part / "README.txt", _readme(made, store))
    return made


def _edges() -> Iterator[tuple[str, tuple[str, str]]]:
    yield from _EVIDENCE.items()
    for kind in kinds().values():
        yield kind.label, (_ACTOR, _ACTOR)


@dataclass(slots=True)
class _File:
    """The rows of one label, and what was met in them.

    A row names its empty lists, then come its keys: a node's id, or those of an edge's two ends. The query gives their values as
    `keys`, the rest as `properties`. A row ends with the last column of which it has a value, so that columns may be added as they are met.
    """

    label: str
    keys: tuple[str, ...]
    query: str
    rows: int = 0
    multiline: bool = False
    types: dict[str, str] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)
    emptied: set[str] = field(default_factory=set)

    @property
    def is_edge(self) -> bool:
        return len(self.keys) == 2

    @property
    def told_apart(self) -> bool:
        """Whether every row has the columns in which a list is empty: then it is one of those lists where there is no value."""
        return all(self.held[name] == self.rows for name in self.emptied)

    @property
    def names(self) -> tuple[str, str]:
        """The files' names: the header's, and the rows'."""
        return f"{self.label}.header.csv", f"{self.label}.csv"

    def write(self, store: Store, folder: Path, before: int, progress: Callable[[int], None]) -> int:
        """Write all rows of the label; how many have been written together with those before."""
        header, data = (folder / name for name in self.names)
        with data.open("w", encoding="utf-8", newline="") as out:
            for row in store.stream(self.query):
                check_stop()
                self._write_row(out, row["keys"], row["properties"])
                if (before + self.rows) % _TOLD_EVERY == 0:
                    progress(before + self.rows)
        if self.rows:
            first = ":IGNORE" if self.told_apart else f"{_EMPTY}:string[]"
            columns = [f"{name}:{kind or _UNTOLD}" for name, kind in self.types.items()]
            _write(header, ",".join([first, *self.keys, *columns]) + "\n")
        else:
            data.unlink()
        return before + self.rows

    def _write_row(self, out: TextIO, keys: Sequence[str], properties: Row) -> None:
        if not self.is_edge:
            del properties["id"]  # it is the key
        self.held.update(properties.keys())
        empty = [name for name, value in properties.items() if value == []]
        self.emptied.update(empty)
        try:
            for name, value in properties.items():
                kind = _type(value)
                if self.types.get(name) != kind:
                    self.types[name] = _common(self.types.get(name, ""), kind)
            line = ",".join(map(_cell, [empty, *keys, *map(properties.get, self.types)]))
        except ValueError as error:
            raise InputError(f"{self.label} {' to '.join(keys)} cannot be exported: {error}") from None
        self.multiline = self.multiline or "\n" in line or "\r" in line
        out.write(line.rstrip(",") + "\n")
        self.rows += 1


def _node_file(label: str) -> _File:
    space = _SPACES.get(label, label)
    query = f"MATCH (n:{label}) RETURN [n.id] AS keys, properties(n) AS properties"
    return _File(label, (f"id:ID({space})",), query)


def _edge_file(label: str, start: str, end: str) -> _File:
    query = f"MATCH (a)-[t:{label}]->(b) RETURN [a.id, b.id] AS keys, properties(t) AS properties"
    return _File(label, (f":START_ID({start})", f":END_ID({end})"), query)


_UNTOLD = "string[]"
"""The type of a column of which only lists without items were met."""

_TYPES = {str: "string", bool: "boolean", int: "long", float: "double", Decimal: "double", date: "date"}


def _type(value: Any) -> str:
    """The type of a value in the words of a header; none where it has no value that would tell."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return f"{_type(value[0])}[]"
    try:
        return _TYPES[type(value)]
    except KeyError:
        raise ValueError(f"{value!r} is of no type that import files know") from None


def _common(known: str, met: str) -> str:
    """The type of a column that has values of both."""
    if not (known and met) or known == met:
        return known or met
    if {known, met} == {"long", "double"}:
        return "double"
    raise ValueError(f"a value is a {met}, and earlier ones of that name are a {known}")


def _cell(value: Any) -> str:
    """The value as a cell: texts in quotation marks, so that an empty one is not taken for none."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if value == [""] or any(_BETWEEN in str(item) for item in value):
            raise ValueError(
                "a list of one empty text, or with the sign U+001F in it, has no form in import files"
            )
        value = _BETWEEN.join(map(str, value))
    return '"' + value.replace('"', '""') + '"' if isinstance(value, str) else str(value)


def _arguments(files: Sequence[_File]) -> str:
    """The options of the import, one a line."""
    # Newer releases want a folder before a file's name.
    multiline = [f"./{file.names[1]}" for file in files if file.multiline]
    lines = ["--array-delimiter=U+001F", "--bad-tolerance=0"]
    if multiline:  # only these, as such files are read by one thread
        lines += ["--multiline-fields-format=v2", f"--multiline-fields={','.join(multiline)}"]
    for file in files:
        label = _UNFINISHED if file.label == _MARK else file.label
        lines.append(f"--{'relationships' if file.is_edge else 'nodes'}={label}=./{',./'.join(file.names)}")
    return "\n".join(lines) + "\n"


def _finish(files: Sequence[_File]) -> str:
    """Cypher that gives the lists without items back, makes constraints and indexes, and last of all the mark."""
    from comity.graph.stores.neo4j import neo4j_schema

    statements = [_refill(file) for file in files if file.emptied]
    statements += neo4j_schema()
    statements.append(f"CALL db.awaitIndexes({_LONGEST_INDEXING})")
    statements.append(f"MATCH (c:{_UNFINISHED}) SET c:{_MARK} REMOVE c:{_UNFINISHED}")
    return "".join(f"{statement};\n" for statement in statements)


def _refill(file: _File) -> str:
    """Cypher that gives the lists without items of one label back."""
    if file.told_apart:
        missing = " OR ".join(f"x.{name} IS NULL" for name in sorted(file.emptied))
        refill = "SET " + ", ".join(f"x.{name} = coalesce(x.{name}, [])" for name in sorted(file.emptied))
    else:
        missing = f"x.{_EMPTY} IS NOT NULL"
        refill = f"FOREACH (name IN x.{_EMPTY} | SET x[name] = []) SET x.{_EMPTY} = null"
    pattern = f"()-[x:{file.label}]->()" if file.is_edge else f"(x:{file.label})"
    return f"MATCH {pattern} WHERE {missing} CALL (x) {{ {refill} }} IN TRANSACTIONS OF 10000 ROWS"


_LONGEST_INDEXING = 24 * 60 * 60
"""Seconds."""


def _readme(made: ImportFiles, store: Store) -> str:
    counts = "\n".join(f"  {label:<16}{rows:>14,}" for label, rows in {**made.nodes, **made.edges}.items())
    return f"""\
A comity graph as files for neo4j-admin (Neo4j 5.26 or later): {sum(made.nodes.values()):,} nodes, {sum(made.edges.values()):,} edges.
Revision {made.revision}

1. With the server stopped, and in this folder:
     neo4j-admin database import full neo4j @{ARGUMENTS}
   A database that is there already is replaced with --overwrite-destination before @{ARGUMENTS}.
2. Start the server, then:
     cypher-shell -u neo4j -d neo4j -f {FINISH}
   It gives lists without items back, which the files cannot hold, and makes constraints and indexes. Until it has ended comity takes the
   database for another program's. It may be run again.
3. comity status --store bolt://localhost:7687
   shows the revision above.

Rows:
{counts}

To be cited:
{cite(live_sources(store).values())}
"""


def _write(file: Path, text: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(text)
