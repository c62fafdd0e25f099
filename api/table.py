"""A table: the rows of a ranking, of a query or of two actors' history, with what they answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from comity.api.html import SHOWN, block, table

if TYPE_CHECKING:
    import polars as pl

Row = TypeVar("Row")
"""A value of a dataclass with a field for each column, or a mapping with a key for each."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Rows with what they answer. It is iterated over row by row, and shows its first rows in a cell.

    `columns` has the Python type of each column; None where only the values tell it. `found` is the library's own value, of which the
    rows are a part.
    """

    title: str
    asked: Mapping[str, Any]
    columns: Mapping[str, Any]
    rows: tuple[Row, ...] = field(repr=False)
    found: Any = field(repr=False)
    note: str = ""

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> Row:
        return self.rows[place]

    def __repr__(self) -> str:
        return f"<{self.title}: {len(self)} rows>"

    def polars(self) -> "pl.DataFrame":
        """The rows as a polars frame with typed columns."""
        from comity.queries.frames import frame

        return frame(self.columns, map(self._cells, self.rows))

    def _cells(self, row: Any) -> list[Any]:
        return [row[name] if isinstance(row, Mapping) else getattr(row, name) for name in self.columns]

    def _repr_html_(self) -> str:
        shown = [self._cells(row) for row in self.rows[:SHOWN]]
        told = {**self.asked, **({"note": self.note} if self.note else {})}
        return block(self.title, told, table(tuple(self.columns), shown, len(self) - len(shown)))
