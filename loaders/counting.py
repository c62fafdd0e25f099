"""Counting events: what is counted together, written once in Ibis, so that any of its engines can do it. Needs `comity[scale]`.

A table of events with the columns of a stream (loaders/streams.py) gives one of `COLUMNS` and the sides: a row for each two sides, month and
meaning of a code, and a row for each sort of what is left out or cannot be read, so that `records` adds up to the rows read. Who the
sides are is found afterwards: they are few then.

Every engine gives the same. What a cell may say is written down here as tables of texts: the codes as loaders/cameo.py reads them, the days of the
calendar, the tenths of Goldstein's scale. So engines only join, count, compare and add whole numbers, and none has its own idea of a date or a
number. Texts are never NULL, and an event that stands in several rows is counted once.
"""

from datetime import date, timedelta
from functools import cache

import ibis
import ibis.expr.types as ir
import pyarrow

from comity.loaders.cameo import meaning_of
from comity.loaders.streams import FIRST_YEAR, LAST_YEAR, Stream

COLUMNS = {
    "month": "string", "meaning": "string", "example": "string", "records": "int64", "events": "int64", "first": "string",
    "last": "string", "tenths": "int64", "scored": "int64", "unread": "int64",
}  # fmt: skip
"""What is counted, besides the sides `source_0`, `target_0` …

`meaning` is the row of the mapping of codes. Where rows cannot be used it is one of `FAULTS` and, after a space, what stands there;
`example` is then the first key of such a row, or the line. `records` are rows and `events` different events, from the `first` to
the `last` day. Of these, `scored` have a value on Goldstein's scale, `tenths` in sum, and `unread` one that cannot be read.
"""

FAULTS = ("broken", "id", "code", "day")
"""Why rows cannot be used: another number of cells, no number of an event, no code of CAMEO, no day."""

_MISSING = ("", "NA", "NULL", "None")


def columns(stream: Stream) -> dict[str, str]:
    """The columns of what is counted of a stream, with their types."""
    return dict.fromkeys((name for side in stream.sides for name in side), "string") | COLUMNS


def count(events: ir.Table, stream: Stream) -> ir.Table:
    """The events of the stream counted by sides, month and meaning; rows of no fact by what they lack. In no order.

    Cells are texts without spaces around them, or NULL. Events that stand in several rows, of which there are few or none, are found
    beforehand, so that all others stream through.
    """
    key = list(stream.key)
    repeated = _repeated(events, stream)
    once = _judged(events.anti_join(repeated, key), stream).mutate(records=ibis.literal(1, "int64"))
    again = _first(_judged(events.semi_join(repeated, key), stream), stream)
    counted = (
        once.union(again.select(*once.columns))
        .group_by(*(name for side in stream.sides for name in side), "month", "meaning")
        .agg(
            example=ibis._.example.min(),
            records=_sum(ibis._.records),
            events=ibis._.count(),
            first=ibis._.day.min(),
            last=ibis._.day.max(),
            tenths=_sum(ibis._.tenths),
            scored=ibis._.tenths.count(),
            unread=_sum(ibis._.unread),
        )
    )
    return _complete(counted, stream)


def count_broken(broken: ir.Table, stream: Stream, delimiter: str) -> ir.Table:
    """Lines that are no row of the table, of the columns `file` and `line`, counted by number of cells and file."""
    cells = broken.line.length() - broken.line.replace(delimiter, "").length() + 1
    counted = (
        broken.mutate(meaning=ibis.literal("broken ") + cells.cast("string") + " " + broken.file)
        .group_by("meaning")
        .agg(records=ibis._.count(), example=ibis._.line.min())
    )
    return _complete(counted, stream)


def _repeated(events: ir.Table, stream: Stream) -> ir.Table:
    """The keys of more than one row whose code is kept."""
    codes = ibis.memtable(_codes()).filter(ibis._.kept)
    kept = events.semi_join(codes, events[stream.code] == codes.code)
    return kept.group_by(*stream.key).agg(rows=ibis._.count()).filter(ibis._.rows > 1).drop("rows")


def _judged(rows: ir.Table, stream: Stream) -> ir.Table:
    """Each of the rows with what it means, or its fault; sides, month, day and value on the scale only where it is a fact."""
    rows = rows.select(*stream.columns)
    cell = {name: rows[name].cast("string").fill_null("") for name in stream.columns}
    key = {f"key_{place}": cell[name] for place, name in enumerate(stream.key)}
    sides = {
        name: side
        for names, given in zip(stream.sides, (stream.source, stream.target), strict=True)
        for name, side in zip(names, stream.narrow(*(cell[column] for column in given)), strict=True)
    }
    known = key["key_0"].re_search("^[0-9]+$") if stream.numbered else ibis.literal(True)
    given = {"code": cell[stream.code], "date": cell[stream.day], "score": cell[stream.score]}
    read = rows.select(**key, **sides, **given, known=known)
    for table in (_codes(), _days(stream.mark), _scores()):
        name = table.column_names[0]
        read = read.left_join(ibis.memtable(table), name).drop(f"{name}_right")
    meaning = ibis.cases(
        (~read.known, "id " + read.key_0),
        (read.sense.isnull(), "code " + read.code),
        (read.kept & read.day.isnull(), "day " + read.date),
        else_=read.sense,
    )
    read = read.mutate(meaning=meaning, told=read.known & read.kept.fill_null(False) & read.day.notnull())
    return read.select(
        *key,
        **{name: read.told.ifelse(read[name], "") for name in (*sides, "day", "month")},
        meaning=read.meaning,
        example=read.meaning.contains(" ").ifelse(read.key_0, ""),
        tenths=read.told.ifelse(read.tenths, None),
        unread=(read.told & read.tenths.isnull() & read.score.notin(_MISSING)).ifelse(1, 0),
    )


def _first(judged: ir.Table, stream: Stream) -> ir.Table:
    """Each event once, with the number of its rows; of rows that differ the first in the order of their texts. What is none stays."""
    key = [f"key_{place}" for place in range(len(stream.key))]
    told = judged.filter(judged.month != "")
    place = ibis.row_number().over(group_by=key, order_by=[told[name] for name in told.columns])
    rows = ibis._.count().over(group_by=key)
    first = told.mutate(place=place, records=rows).filter(ibis._.place == 0).drop("place")
    rest = judged.filter(judged.month == "").mutate(records=ibis.literal(1, "int64"))
    return first.union(rest.select(*first.columns))


def _sum(numbers: ir.IntegerColumn) -> ir.IntegerScalar:
    """The sum in 64 bits. Ibis takes it to be that; DuckDB's has 128, which Parquet would get as floating-point numbers."""
    return numbers.sum().fill_null(0).cast("decimal(38, 0)").cast("int64")


def _complete(counted: ir.Table, stream: Stream) -> ir.Table:
    """All columns, in their order; empty or 0 where there is none."""
    return counted.select(
        **{
            name: counted[name].cast(type)
            if name in counted.columns
            else ibis.literal(0 if type == "int64" else "", type)
            for name, type in columns(stream).items()
        }
    )


@cache
def _codes() -> pyarrow.Table:
    """Every code of CAMEO, with the row of the mapping that says what it means and whether that is kept."""
    given = (f"{number:0{width}}" for width in (3, 4) for number in range(10**width))
    found = [(code, meaning) for code in given if (meaning := meaning_of(code))]
    return pyarrow.table(
        {
            "code": [code for code, _ in found],
            "sense": [meaning.code for _, meaning in found],
            "kept": [bool(meaning.kind) for _, meaning in found],
        }
    )


@cache
def _days(mark: str) -> pyarrow.Table:
    """Every day as the stream writes it, with its ISO 8601 text and its month."""
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    days = [(first + timedelta(number)).isoformat() for number in range((last - first).days + 1)]
    return pyarrow.table(
        {"date": [day.replace("-", mark) for day in days], "day": days, "month": [day[:7] for day in days]}
    )


@cache
def _scores() -> pyarrow.Table:
    """Every number of tenths below 100, as it is written with one decimal, and whole ones without, too."""
    written = {f"{tenths / 10:.1f}": tenths for tenths in range(-999, 1000)}
    written |= {str(number): 10 * number for number in range(-99, 100)} | {"-0": 0, "-0.0": 0}
    return pyarrow.table({"score": list(written), "tenths": list(written.values())})
