"""Aggregates: facts that stand for all events of one side towards the other in a month or year, as one kind of fact.

Out of counts (loaders/counting.py) comes a statement for each of them: `gdelt-month:RUS>USA/2015-10/talks`. Its steps run from the first to the
last day of such events; `events` is how many there are, `counts` how many of each row of the mapping of CAMEO codes, `goldstein` their mean
on that scale. Types are those of any of the events. It stands for as many records as there are rows of events, and so does what is left
out or rejected: read = stored + unchanged + skipped + rejected, as for single events.

Who is meant is looked up as for single events, for the time from the first to the last day of the events of each month. Lost: days,
places, addresses and numbers of reports; in talks, who visited whom, which only `counts` tells.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from itertools import groupby
from typing import Any

from comity.graph.crosswalk import crosswalk
from comity.graph.errors import DateError
from comity.graph.kinds import kind_of
from comity.graph.model import Party, Place, Rejected, Repair, Skipped, Source, Statement, Step
from comity.graph.reading import Record
from comity.loaders.cameo import Meaning, between, meanings, no_code, when_of
from comity.loaders.codes import Codes, Unknown
from comity.loaders.streams import FIRST_YEAR, LAST_YEAR, LookUp, Stream

PERIODS = {"month": 7, "year": 4}
"""What is counted together, and how many signs of a day tell it."""

Row = Mapping[str, Any]
Key = tuple[str, str, str]
"""Source, target and kind of an aggregate."""


@dataclass(slots=True)
class _Sums:
    """What is known of one aggregate so far."""

    records: int = 0
    tenths: int = 0
    scored: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    steps: dict[str, tuple[str, str]] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    repairs: dict[Repair, None] = field(default_factory=dict)

    def add(self, row: Row, meaning: Meaning) -> None:
        """Count the events of a row."""
        self.records += row["records"]
        self.tenths += row["tenths"]
        self.scored += row["scored"]
        self.counts[meaning.code] += row["events"]
        self.types |= set(meaning.types)
        first, last = self.steps.get(meaning.step, (row["first"], row["last"]))
        self.steps[meaning.step] = min(first, row["first"]), max(last, row["last"])


def aggregates(
    rows: Iterator[Row], stream: Stream, source: Source, period: str, codes: Codes
) -> Iterator[Record]:
    """What becomes of the counts, which come month by month; only the aggregates of one period are held at a time."""
    signs = PERIODS[period]
    who = stream.who(codes)
    for time, counted in groupby(rows, key=lambda row: row["month"][:signs]):
        sums: dict[Key, _Sums] = {}
        unread = 0
        for row in counted:
            if not time:
                yield _left(row, stream)
                continue
            unread += row["unread"]
            record = _add(row, stream, who, sums)
            if record is not None:
                yield record
        for key in sorted(sums):
            yield _statement(key, sums[key], time, source)
        if unread:
            values = "1 value" if unread == 1 else f"{unread} values"
            reason = f"{values} on Goldstein's scale cannot be read"
            yield Rejected(time, reason, part=True)


def _left(row: Row, stream: Stream) -> Rejected | Skipped:
    """Rows of events that are no part of any aggregate."""
    meaning, example, records = row["meaning"], row["example"], row["records"]
    fault, _, value = meaning.partition(" ")
    match fault:
        case "broken":
            file, _, reason = value.partition(": ")
            return Rejected(file, reason, record=example, records=records)
        case "id":
            return Rejected("", f"{value!r} is no number of an event", records=records)
        case "code":
            return Rejected(f"event {example}", no_code(value), value, records=records)
        case "day":
            return Rejected(f"event {example}", _no_day(stream, value), value, records=records)
    return replace(meanings()[meaning].left_out, records=records)


def _no_day(stream: Stream, value: str) -> str:
    """Why what stands where a day should is none, in the words that single events have for it."""
    try:
        when_of(stream.edtf(value))
    except DateError as error:
        return str(error)
    return f"{value!r} is no day of {FIRST_YEAR} to {LAST_YEAR}"


def _add(row: Row, stream: Stream, who: LookUp, sums: dict[Key, _Sums]) -> Rejected | Skipped | None:
    """Count the row's events where they belong, or say why they belong nowhere."""
    first, last = row["first"], row["last"]
    when = when_of(first if first == last else f"{first}/{last}")
    left, right = (tuple(row[name] for name in names) for names in stream.sides)
    found = between(who(left, when), who(right, when))
    meaning = meanings()[row["meaning"]]
    if isinstance(found, Skipped):
        return replace(found, records=row["records"])
    if isinstance(found, Unknown):
        place = f"{row['month']}, {' '.join(filter(None, left))} to {' '.join(filter(None, right))}: {meaning.label}"
        record = f"{row['events']} events from {first} to {last}"
        return replace(found.rejected(place, record), records=row["records"])
    source, target = found
    own = sums.setdefault((source.actor, target.actor, meaning.kind), _Sums())
    own.add(row, meaning)
    own.repairs |= dict.fromkeys((*source.repairs, *target.repairs))
    return None


def _statement(key: Key, sums: _Sums, time: str, source: Source) -> Statement:
    left, right, kind = key
    known = kind_of(kind)
    roles = _roles(kind)
    names = [crosswalk().actor(actor).name for actor in (left, right)]
    properties = {
        "events": (str(sums.counts.total()),),
        "counts": tuple(
            f"{code} {meanings()[code].label}: {number}" for code, number in sorted(sums.counts.items())
        ),
    }
    if sums.scored:
        properties["goldstein"] = (_mean(sums.tenths, sums.scored),)
    return Statement(
        fact=f"{source.collection}:{left}>{right}/{time}/{kind}",
        kind=kind,
        source=source.id,
        place=Place(f"events of {time}"),
        types=tuple(name for name in known.types if name in sums.types),
        titles=(f"{names[0]} – {known.plural} – {names[1]}",),
        parties=(Party(left, roles[0]), Party(right, roles[1])),
        steps=tuple(
            Step(name, when_of(first if first == last else f"{first}/{last}"))
            for name, (first, last) in sums.steps.items()
        ),
        properties=tuple(properties.items()),
        repairs=tuple(sums.repairs),
        method="table",
        records=sums.records,
    )


@cache
def _roles(kind: str) -> tuple[str, str]:
    """The roles of source and target: those in the mapping, where all of its rows for the kind say the same."""
    found = {(meaning.source, meaning.target) for meaning in meanings().values() if meaning.kind == kind}
    default = kind_of(kind).default_role
    return found.pop() if len(found) == 1 else (default, default)


def _mean(tenths: int, number: int) -> str:
    """The mean to three decimals, by whole numbers, so that it is the same everywhere."""
    mean = (Decimal(tenths) / (10 * number)).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
    return f"{mean:f}".rstrip("0").rstrip(".") if mean else "0"
