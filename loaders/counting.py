"""Counting events: what is counted together, written once in Ibis, so that any of its engines can do it. Needs `comity[scale]`.

A table of events with the columns of a stream (loaders/streams.py), all read as text, gives one of `COLUMNS` and the sides: a row for each two
sides, month and meaning of a code in the mapping (loaders/cameo.py), and a row for each sort of what is left out or cannot be read, so
that `records` adds up to the rows read. Who the sides are is found afterwards: they are few then.

Every engine gives the same: all texts are compared as texts and never empty for NULL, days are matched and not parsed, and Goldstein's
scale is added up in whole tenths. An event that stands in several rows is counted once.
"""

from functools import cache

import ibis
import ibis.expr.types as ir
import pyarrow

from comity.loaders.cameo import Meaning, meaning_of
from comity.loaders.streams import Stream

FAULTS = ("broken", "id", "code", "day")
"""Why rows cannot be used: another number of cells, no number of an event, no code of CAMEO, no day of the calendar."""

COLUMNS = {
    "month": "string", "meaning": "string", "fault": "string", "value": "string", "example": "string",
    "records": "int64", "events": "int64", "first": "string", "last": "string", "tenths": "int64", "scored": "int64", "unread": "int64",
}  # fmt: skip
"""What is counted, besides the sides `source_0`, `target_0` …

`meaning` is the row of the mapping; with a `fault` there is none, and `value` is what stands there, `example` the first key of such
a row, or the line. `records` are rows and `events` different events, from the `first` to the `last` day. Of these, `scored`
have a value on Goldstein's scale, `tenths` in sum, and `unread` one that is no number with at most one decimal.
"""

# Months of 31, 30 and 28 days, and the last of February in leap years. No engine's own idea of a date comes into it.
_DAY = (
    "([0-9]{{4}}){0}((0[13578]|1[02]){0}(0[1-9]|[12][0-9]|3[01])|(0[469]|11){0}(0[1-9]|[12][0-9]|30)|02{0}(0[1-9]|1[0-9]|2[0-8]))"
    "|([0-9][0-9](0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00){0}02{0}29"
)
_NUMBER = "^-?[0-9]{1,2}([.][0-9])?$"
_MISSING = ("", "NA", "NULL", "None")


def columns(stream: Stream) -> dict[str, str]:
    """The columns of what is counted of a stream, with their types."""
    return dict.fromkeys((name for side in stream.sides for name in side), "string") | COLUMNS


def count(events: ir.Table, stream: Stream) -> ir.Table:
    """The events of the stream counted by sides, month and meaning; rows of no fact by what they lack. In no order."""
    read = _read(events, stream)
    told = read.filter(read.kept & (read.fault == ""))
    lost = read.filter(~(read.kept & (read.fault == "")))
    named = [name for side in stream.sides for name in side]
    counted = _once(told, stream).group_by(*named, "month", "meaning").agg(
        records=_sum(ibis._.records),
        events=ibis._.count(),
        first=ibis._.day.min(),
        last=ibis._.day.max(),
        tenths=_sum(ibis._.tenths),
        scored=ibis._.tenths.count(),
        unread=_sum(ibis._.unread),
    )  # fmt: skip
    left = lost.group_by("meaning", "fault", "value").agg(
        records=ibis._.count(),
        example=ibis._.example.min(),
    )
    return _complete(counted, stream).union(_complete(left, stream))


def count_broken(broken: ir.Table, stream: Stream, delimiter: str) -> ir.Table:
    """Lines that are no row of the table, of the columns `file` and `line`, counted by file and number of cells."""
    cells = broken.line.length() - broken.line.replace(delimiter, "").length() + 1
    value = broken.file + "\t" + cells.cast("string")
    counted = (
        broken.mutate(fault=ibis.literal("broken"), value=value)
        .group_by("fault", "value")
        .agg(records=ibis._.count(), example=ibis._.line.min())
    )
    return _complete(counted, stream)


def _read(events: ir.Table, stream: Stream) -> ir.Table:
    """Each row with what it means, the sides as far as they count, and its fault."""
    cell = {name: events[name].cast("string").fill_null("").strip() for name in stream.columns}
    day = cell[stream.day]
    score = cell[stream.score]
    number = score.re_search(_NUMBER)
    key = cell[stream.key[0]]
    rows = events.select(
        **{f"key_{place}": cell[name] for place, name in enumerate(stream.key)},
        **dict(zip(stream.sides[0], stream.narrow(*(cell[name] for name in stream.source)), strict=True)),
        **dict(zip(stream.sides[1], stream.narrow(*(cell[name] for name in stream.target)), strict=True)),
        code=cell[stream.code],
        given=day,
        day=day if stream.mark else day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2),
        dated=day.re_search(f"^({_DAY.format(stream.mark)})$") & ~day.startswith("0000"),
        # "-0.3" is -03 tenths, and "3" is 3 times 10
        tenths=number.ifelse(score.replace(".", ""), None).cast("int64") * score.contains(".").ifelse(1, 10),
        unread=(~number & score.notin(_MISSING)).cast("int64"),
        known=key.re_search("^[0-9]+$") if stream.numbered else ibis.literal(True),
    )
    codes = ibis.memtable(_codes())
    rows = rows.left_join(codes, rows.code == codes.cameo).drop("cameo")
    rows = rows.mutate(meaning=rows.meaning.fill_null(""), kept=rows.kept.fill_null(True))
    fault = ibis.cases(
        (~rows.known, "id"), (rows.meaning == "", "code"), (rows.kept & ~rows.dated, "day"), else_=""
    )
    rows = rows.mutate(fault=fault, month=rows.day.substr(0, 7), example=rows.key_0)
    value = ibis.cases(
        (rows.fault == "id", rows.key_0),
        (rows.fault == "code", rows.code),
        (rows.fault == "day", rows.given),
        else_="",
    )
    return rows.mutate(value=value, meaning=(rows.fault == "").ifelse(rows.meaning, ""))


def _once(told: ir.Table, stream: Stream) -> ir.Table:
    """Each event once, with the number of rows in which it stands; of rows that differ the first in the order of their texts."""
    key = [f"key_{place}" for place in range(len(stream.key))]
    repeated = told.group_by(*key).agg(records=ibis._.count()).filter(ibis._.records > 1)
    once = told.anti_join(repeated, key).mutate(records=ibis.literal(1, "int64"))
    again = told.inner_join(repeated, key)
    place = ibis.row_number().over(group_by=key, order_by=[again[name] for name in told.columns])
    first = again.mutate(place=place).filter(ibis._.place == 0).drop("place")
    return once.union(first.select(*once.columns))


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
    """Every code of CAMEO with the row of the mapping that says what it means, and whether that is kept."""
    given = (f"{number:0{width}}" for width in (3, 4) for number in range(10**width))
    found: list[tuple[str, Meaning]] = [(code, meaning) for code in given if (meaning := meaning_of(code))]
    return pyarrow.table(
        {
            "cameo": [code for code, _ in found],
            "meaning": [meaning.code for _, meaning in found],
            "kept": [bool(meaning.kind) for _, meaning in found],
        }
    )
