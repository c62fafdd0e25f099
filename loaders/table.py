"""Any table: a CSV or Parquet file, and beside it a mapping file in YAML that says what its columns mean.

Source, version, licence and citation are those that the mapping names; so is every rule by which a row becomes a statement (docs/table.md). The
collection is the mapping's `table`; each data file is one of its sources. The rows of one key are accounts of one fact, wherever they stand.
Lost: columns that the mapping does not name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from comity.graph.dates import When
from comity.graph.errors import DateError, InputError
from comity.graph.model import Party, Place, Rejected, Repair, Skipped, Statement, Step
from comity.graph.reading import Reading, Record
from comity.loaders.codes import Codes, Unknown
from comity.loaders.grouping import grouped
from comity.loaders.loader import Loader, Opened
from comity.loaders.parquet import ParquetTable
from comity.loaders.table_cells import Cells, UnreadableCell
from comity.loaders.table_form import Actors, TableForm
from comity.loaders.table_form_reading import read_table_form
from comity.loaders.tables import Form, Row, Table

_MAPPINGS = (".yaml", ".yml")
_PARQUET = (".parquet", ".pq")


@dataclass(frozen=True, slots=True)
class _Item:
    """A row as the mapping sees it: the key of its fact, where it stands, and the source that its file is."""

    row: Row
    cells: Cells
    key: str
    place: str
    source: str


def open_table(names: Sequence[str], codes: Codes) -> list[Opened]:
    """One reading of all files together."""
    mappings = [Path(name) for name in names if name.lower().endswith(_MAPPINGS)]
    files = [Path(name) for name in names if not name.lower().endswith(_MAPPINGS)]
    if len(mappings) != 1 or not files:
        raise InputError(
            f"name {LOADER.files}: there {'is' if len(mappings) == 1 else 'are'} {len(mappings)} .yaml "
            f"and {len(files)} other files"
        )
    form = read_table_form(mappings[0])
    stems = [path.name.split(".")[0] for path in files]
    if len(set(stems)) < len(stems):
        raise InputError(
            f"two of the files are called {max(stems, key=stems.count)}: rename one, as its name names the source"
        )
    tables = {f"{form.id}:{stem}": _table(path, form) for stem, path in zip(stems, files, strict=True)}
    sources = tuple(
        replace(form.source, id=id, sha256=table.sha256, original_sha256=table.original_sha256)
        for id, table in tables.items()
    )
    paths = tuple(str(Path(name).absolute()) for name in names)
    records = _Records(form, codes).read(tables)
    length = sum(table.length for table in tables.values())
    return [
        Opened(
            Reading(form.id, sources, records, whole=False, loader=LOADER.name, files=paths, length=length)
        )
    ]


def _table(path: Path, form: TableForm) -> Table | ParquetTable:
    if path.name.lower().endswith(_PARQUET):
        table: Table | ParquetTable = ParquetTable(path)
    else:
        table = Table(path, Form((), delimiter=form.delimiter, encoding=form.encoding))
    form.check_columns(table.columns, path)
    return table


class _Records:
    """Makes statements of rows by a mapping."""

    def __init__(self, form: TableForm, codes: Codes) -> None:
        self._form = form
        self._codes = codes
        # A table that lists members one by one has a single actor in a row; any other row needs two for anything to be between them.
        single = len(form.actors) == 1 and len(form.actors[0].columns) == 1 and not form.actors[0].separator
        self._fewest = 1 if single else 2

    def read(self, tables: dict[str, Table | ParquetTable]) -> Iterator[Record]:
        several = len(tables) > 1

        def items() -> Iterator[_Item | Rejected]:
            for source, table in tables.items():
                where = f"{table.path.name}, " if several else ""
                for row in table.rows():
                    place = f"{where}{row.place}"
                    if isinstance(row, Rejected):
                        yield replace(row, place=place)
                    else:
                        cells = Cells(row, self._form.missing)
                        yield _Item(row, cells, self._key(cells), place, source)

        def key(item: _Item | Rejected) -> str | None:
            return None if isinstance(item, Rejected) else item.key or None

        what = (
            f"sort {', '.join(str(table.path) for table in tables.values())} by {', '.join(self._form.key)}"
        )
        for group in grouped(items, key, what):
            for item in group:
                yield from [item] if isinstance(item, Rejected) else self._row(item)

    def _key(self, cells: Cells) -> str:
        parts = [cells[column] for column in self._form.key]
        return "/".join(parts) if any(parts) else ""

    def _row(self, item: _Item) -> Iterator[Record]:
        unmet = self._form.only.unmet(item.cells) if self._form.only else ""
        if unmet:
            yield Skipped(f"{unmet} has another value than the mapping takes")
            return
        try:
            yield from self._statement(item)
        except UnreadableCell as error:
            yield Rejected(item.place, str(error), error.value, record=item.row.record)
        except DateError as error:
            yield Rejected(item.place, str(error), record=item.row.record)

    def _statement(self, item: _Item) -> Iterator[Record]:
        form, cells = self._form, item.cells
        if not item.key:
            reason = f"nothing stands in {', '.join(form.key)}, of which its id is made"
            yield Rejected(item.place, reason, record=item.row.record)
            return
        steps = tuple(self._steps(cells))
        when = steps[0].when if steps else None
        parties, repairs, unknown = self._parties(cells, when)
        if len({party.actor for party in parties}) < self._fewest:
            yield self._too_few(unknown, item)
            return
        statement = Statement(
            fact=f"{form.id}:{item.key}",
            kind=form.kind.name,
            source=item.source,
            place=Place(item.key),
            types=form.types.read(cells, "types"),
            titles=tuple(text for text in [cells[form.name] if form.name else ""] if text),
            parties=tuple(parties),
            steps=steps,
            properties=tuple(self._properties(cells)),
            repairs=tuple(dict.fromkeys(repairs)),
            method="table",
        )
        for one in unknown:
            yield one.rejected(item.place, item.row.record, part=True)
        yield statement

    def _too_few(self, unknown: Sequence[Unknown], item: _Item) -> Rejected:
        if unknown:
            return unknown[0].rejected(item.place, item.row.record)
        fewest = "no actor is" if self._fewest == 1 else "fewer than two actors are"
        return Rejected(item.place, f"{fewest} named", record=item.row.record)

    def _steps(self, cells: Cells) -> Iterator[Step]:
        steps = self._form.steps
        for name, time in steps.times.items():
            when = time.read(cells)
            if when:
                yield Step(name, when)
        if steps.named and steps.when:
            when = steps.when.read(cells)
            for name in steps.named.read(cells, "steps") if when else ():
                assert when
                yield Step(name, when)

    def _parties(self, cells: Cells, when: When | None) -> tuple[list[Party], list[Repair], list[Unknown]]:
        parties: dict[Party, None] = {}
        repairs: list[Repair] = []
        unknown: list[Unknown] = []
        for actors in self._form.actors:
            dates = actors.dates.read(cells) if actors.dates else None
            pledges = actors.pledges.read(cells, "actors.pledges") if actors.pledges else None
            if actors.actor:
                parties[Party(actors.actor, actors.role, pledges, dates)] = None
            for value in _named(actors, cells):
                found = self._codes.find(value, actors.system, dates or when)
                if isinstance(found, Unknown):
                    unknown.append(found)
                else:
                    parties[Party(found.actor, actors.role, pledges, dates)] = None
                    repairs += found.repairs
        return list(parties), repairs, unknown

    def _properties(self, cells: Cells) -> Iterator[tuple[str, tuple[str, ...]]]:
        for told in self._form.properties:
            text = cells[told.column]
            found = [part.strip() for part in text.split(told.separator)] if told.separator else [text]
            given = tuple(part for part in found if part)
            for part in given if told.is_date else ():
                When.parse(part)
            if given:
                yield told.name, given


def _named(actors: Actors, cells: Cells) -> Iterator[str]:
    """The codes or names of actors in the row, where any stand."""
    for column in actors.columns:
        text = cells[column]
        for part in text.split(actors.separator) if actors.separator else [text]:
            if part.strip():
                yield part.strip()


LOADER = Loader(
    name="table",
    about="any table, with a small file beside it that says what its columns mean",
    files="one mapping (.yaml) and the table or tables (CSV, or .parquet) that it is of",
    open=open_table,
    known_as=("*.yaml", "*.yml", "*.csv", "*.tsv", "*.tab", "*.parquet", "*.pq"),
)
"""What it reads has each its own title, terms and citation, which the mapping names."""
