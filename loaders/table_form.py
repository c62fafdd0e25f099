"""What a mapping file of `comity load table` says: what the columns of somebody's table mean. docs/table.md explains the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.graph.kinds import Kind
from comity.graph.model import Source
from comity.loaders.faults import Faults, one_of
from comity.loaders.spots import Spot
from comity.loaders.table_cells import Condition, Time, Words


@dataclass(frozen=True, slots=True)
class Actors:
    """Parties of a row: one and the same actor, or those in columns, each cell with several of them if there is a separator."""

    actor: str
    columns: tuple[str, ...]
    system: str
    separator: str
    role: str
    pledges: Words | None
    dates: Time | None


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps with their times; or one whose name stands in a column, then `named` gives names by value and `when` its time."""

    times: Mapping[str, Time]
    named: Words | None = None
    when: Time | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A property: its column, and the separator of several values in a cell."""

    name: str
    column: str
    separator: str
    is_date: bool


@dataclass(frozen=True, slots=True)
class TableForm:
    """A mapping file as read; `source` has no hashes yet, and `columns` are all that it names, each with the spot where it does."""

    id: str
    source: Source
    kind: Kind
    key: tuple[str, ...]
    delimiter: str
    encoding: str
    missing: frozenset[str]
    only: Condition | None
    actors: tuple[Actors, ...]
    types: Words
    steps: Steps
    name: str
    properties: tuple[Told, ...]
    faults: Faults
    columns: tuple[tuple[str, Spot], ...]

    def check_columns(self, there: Sequence[str], table: Path) -> None:
        """`DossierError` naming every column that the table does not have."""
        for name, spot in self.columns:
            if name not in there:
                spot.wrong(f"{table.name}: {one_of(name, 'column', list(there))}")
        self.faults.check()
