"""Polars frames with typed columns: ties, rankings and panels for people who go on with them in Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from comity.graph.errors import InputError
from comity.graph.slices import Slice
from comity.queries.exports import CSV_COLUMNS, tie_rows
from comity.queries.panels import Panel

if TYPE_CHECKING:
    import polars as pl

_TIES: dict[str, Any] = {
    **dict.fromkeys(CSV_COLUMNS, str),
    **dict.fromkeys(("directed", "in_effect", "disputed"), bool),
    **dict.fromkeys(("types", "sources", "sure_types"), tuple[str, ...]),
    **dict.fromkeys(("earliest_begin", "latest_begin", "earliest_end", "latest_end"), date),
}


def frame(columns: Mapping[str, Any], rows: Iterable[Sequence[Any]]) -> "pl.DataFrame":
    """A frame of rows with these columns, each with the Python type of its values; None where the values tell it."""
    try:
        import polars as pl
    except ImportError:
        raise InputError(
            "frames need a package that is not installed: pip install 'comity[frames]'"
        ) from None
    schema = {name: _column_type(pl, hint) for name, hint in columns.items()}
    return pl.DataFrame([list(row) for row in rows], schema=schema, orient="row", infer_schema_length=None)


def types_of(value: type) -> dict[str, Any]:
    """The columns that values of a dataclass make, a field each."""
    hints = get_type_hints(value)
    return {field.name: hints[field.name] for field in fields(value)}


def ties_frame(slice: Slice) -> "pl.DataFrame":
    """The slice's ties, one a row, with the columns of `comity export csv`: lists as lists, days as days, no bound as null."""
    days = [name for name, hint in _TIES.items() if hint is date]
    rows = tie_rows(slice, slice.ties)
    dated = (
        {**row, **{name: date.fromisoformat(row[name]) if row[name] else None for name in days}}
        for row in rows
    )
    return frame(_TIES, (list(row.values()) for row in dated))


def panel_frame(panel: Panel) -> "pl.DataFrame":
    """The panel's table. `time` is a year, or the first day of a month or of an unchanged time, whose last is `until`."""
    numbers = {
        panel.column(measure, end): int if measure.whole or "rank" in end else float
        for measure in panel.measures
        for end in panel.endings
        if not end.endswith("method")
    }
    time = {"time": int} if panel.every == "year" else {"time": date, "until": date}
    columns = {name: numbers.get(name, time.get(name, str)) for name in panel.columns}
    days = [place for place, hint in enumerate(columns.values()) if hint is date]
    return frame(columns, (_with_days(row, days) for row in panel.rows()))


def _with_days(row: tuple[Any, ...], places: Sequence[int]) -> list[Any]:
    cells = list(row)
    for place in places:
        cells[place] = date.fromisoformat(f"{cells[place]}-01"[:10])  # a month is its first day
    return cells


def _column_type(pl: Any, hint: Any) -> Any:
    """Polars' type for a Python type: what may be None has the type of the rest, a choice of texts is a text."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is Literal:
        return pl.String
    if get_origin(hint) is tuple:
        return pl.List(_column_type(pl, get_args(hint)[0]))
    return {str: pl.String, int: pl.Int64, float: pl.Float64, bool: pl.Boolean, date: pl.Date, None: None}[
        hint
    ]
