"""What the cells of a row say, as a mapping file reads them: words by value or by flag, and dates. docs/table.md explains the form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from comity.graph.dates import When
from comity.loaders.tables import Row

_YES = frozenset(["1", "yes", "y", "true", "t", "x"])
_NO = frozenset(["0", "no", "n", "false", "f"])
_FIRST_YEAR = 1000
"""Years of fewer digits are abbreviated ones, and nobody knows of which century."""


class UnreadableCell(Exception):
    """A cell of a row that the mapping cannot read: why, and what stands there."""

    def __init__(self, reason: str, value: str) -> None:
        super().__init__(reason)
        self.value = value


class Cells:
    """A row as its mapping sees it: cells that say nothing are empty, and whole numbers are written as such."""

    def __init__(self, row: Row, missing: frozenset[str]) -> None:
        self._row = row
        self._missing = missing

    def __getitem__(self, column: str) -> str:
        text = whole(self._row[column])
        return "" if text in self._missing else text

    def written(self, column: str) -> str:
        """The cell as it is written, even where that says nothing elsewhere."""
        return whole(self._row[column])


@dataclass(frozen=True, slots=True)
class Condition:
    """Columns with the values that they must have."""

    values: Mapping[str, frozenset[str]]

    def unmet(self, cells: Cells) -> str:
        """The first column that has another value; empty if there is none."""
        return next(
            (column for column, allowed in self.values.items() if cells.written(column) not in allowed), ""
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a vocabulary: always the same, by the value of a column, or those whose flags are set."""

    always: tuple[str, ...] = ()
    column: str = ""
    values: Mapping[str, tuple[str, ...]] | None = None
    flags: Mapping[str, tuple[str, ...]] | None = None

    def read(self, cells: Cells, field: str) -> tuple[str, ...]:
        """The words in this row; `field` is where values are listed."""
        if self.flags is not None:
            return tuple(
                dict.fromkeys(
                    word for column, words in self.flags.items() if _is_set(cells, column) for word in words
                )
            )
        if self.values is None:
            return self.always
        value = cells[self.column]
        if not value:
            return ()
        if value not in self.values:
            raise UnreadableCell(
                f"{value!r} in the column {self.column} is not listed in the mapping, under {field}.values",
                value,
            )
        return self.values[value]


@dataclass(frozen=True, slots=True)
class Point:
    """One date: in a column, as EDTF or by a pattern, or in columns for year, month and day."""

    column: str = ""
    pattern: str = ""
    parts: tuple[str, ...] = ()

    def read(self, cells: Cells) -> str:
        """The date in EDTF, as precise as it is given; empty if it is not."""
        if self.parts:
            return self._joined(cells)
        text = cells[self.column]
        return _by_pattern(text, self.pattern, self.column) if text and self.pattern else text

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, the year's first."""
        return self.parts or (self.column,)

    def _joined(self, cells: Cells) -> str:
        text = ""
        for column, width in zip(self.parts, (4, 2, 2), strict=False):
            value = cells[column]
            number = _number(value, column) if value else 0
            if number <= 0:
                break
            if width == 4 and number < _FIRST_YEAR:
                raise UnreadableCell(f"{value!r} in the column {column} is no year of four digits", value)
            text += f"{'-' if text else ''}{number:0{width}}"
        return text


@dataclass(frozen=True, slots=True)
class Time:
    """A time: a date, or a beginning and an end; `open_values` in the end's first column, or `open_where`, mean that it still goes on."""

    begin: Point
    end: Point | None = None
    open_values: frozenset[str] = frozenset()
    open_where: Condition | None = None

    def read(self, cells: Cells) -> When | None:
        """The time in this row; None if it says nothing of it."""
        begin = self.begin.read(cells)
        if self.end is None:
            return _when(begin) if begin else None
        goes_on = cells.written(self.end.columns[0]) in self.open_values or (
            self.open_where is not None and not self.open_where.unmet(cells)
        )
        end = ".." if goes_on else self.end.read(cells)
        if end == "..":
            return _when(f"{begin}/..") if begin else None
        return _when(f"{begin}/{end}") if begin or end else None


def whole(text: str) -> str:
    """A whole number without the `.0` that programs put behind it where others of its column are missing."""
    return text[:-2] if text[-2:] == ".0" and text[:-2].lstrip("-").isdecimal() else text


def texts(values: Iterable[str]) -> frozenset[str]:
    """Values as cells are compared with them."""
    return frozenset(map(whole, values))


_when = lru_cache(maxsize=65_536)(When.parse)


def _is_set(cells: Cells, column: str) -> bool:
    text = cells[column]
    value = text.casefold()
    if not value or value in _NO:
        return False
    if value in _YES:
        return True
    raise UnreadableCell(f"{text!r} in the column {column} is neither yes (1) nor no (0)", text)


def _number(text: str, column: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UnreadableCell(f"{text!r} in the column {column} is no whole number", text) from None


@lru_cache(maxsize=65_536)
def _by_pattern(text: str, pattern: str, column: str) -> str:
    try:
        day = datetime.strptime(text, pattern)
    except ValueError:
        raise UnreadableCell(f"{text!r} in the column {column} is no date like {pattern}", text) from None
    if day.year < _FIRST_YEAR:
        raise UnreadableCell(f"{text!r} in the column {column} is no year of four digits", text)
    return day.strftime(precision_of(pattern))


def precision_of(pattern: str) -> str:
    """The pattern of EDTF that says as much as this one of a table; empty if it has no year of four digits."""
    has_month = any(sign in pattern for sign in ("%m", "%b", "%B"))
    if "%Y" not in pattern:
        return ""
    return "%Y-%m-%d" if has_month and "%d" in pattern else "%Y-%m" if has_month else "%Y"
