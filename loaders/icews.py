"""ICEWS events (Integrated Crisis Early Warning System): what news reported of who did what to whom, coded in CAMEO by machine.

Source: Boschee, Lautenschlager, O'Brien, Shellman, Starz, Ward: ICEWS Coded Event Data, Harvard Dataverse, https://doi.org/10.7910/DVN/28075
(1995 to April 2023; public domain, CC0). Two forms are read, told apart by the header. Kind, types, step and roles follow from the
CAMEO code in both (see loaders/cameo.py), and each file is a reading of its own, which speaks for that file only.

- Raw events, 20 tab-separated columns: collection `icews`. Event ids repeat in other years, so a fact is `icews:ID@DATE`. An actor is the
  country in Source Country or Target Country, whoever acted there; where none is given, the organization that is named. That an event
  stands there once in each direction is kept as published.
- Named events, CSV with date, source, relation, target, benchmark, cameo, goldstein, as used to train knowledge graphs: collection
  `icews-named`. They have no ids: a fact is `icews-named:DATE/CODE/SOURCE/TARGET`, whatever the order of the rows, and the same event in
  two benchmarks is two accounts of one fact. An actor is the country or organization that the name is, or that stands in parentheses
  behind a sector: `Military (Vietnam)`. Persons, parties, media and movements are nobody here: a third of the mentions, left out by
  one reason and not put into quarantine one by one.

Names are read by comity's crosswalk, on the date of the event. Two or three capitals (BP) are no country, nor is what bears the name of
one that is gone (Zanzibar). Lost: sectors and persons (the names stand in the title), coordinates; events within one country.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.model import Rejected
from comity.graph.reading import Record
from comity.loaders.cameo import Event, Side, Who, read_code, read_event
from comity.loaders.codes import Codes, Found, Unknown
from comity.loaders.grouping import grouped
from comity.loaders.loader import Loader, Opened
from comity.loaders.packed import first_lines
from comity.loaders.streams import LookUp, Part, Stream
from comity.loaders.tables import Form, Row, Table

NAMED = "icews-named"
"""The collection of named events."""

_RAW_COLUMNS = (
    *("Event ID", "Event Date", "Source Name", "Source Country", "Event Text", "CAMEO Code", "Intensity"),
    *("Target Name", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "Country"),
)
_NAMED_COLUMNS = ("date", "source", "relation", "target", "benchmark", "cameo", "goldstein")

_MISSING = frozenset(["", "NA", "NULL", "None"])

_ORGANS = {
    "UN Security Council": "UN",
    "UN General Assembly": "UN",
    "European Commission": "EU",
    "European Parliament": "EU",
}
"""Organs that act for their organization, as in GDELT's codes."""

_LONGEST_ABBREVIATION = 3

_OF_YEAR = re.compile(r"events\.(\d{4})\.", re.ASCII | re.IGNORECASE)
_NAMED_COVERAGE = "2005-01-01/2018-10-31"
"""Of ICEWS05-15, ICEWS14 and ICEWS18 together."""


def open_icews(names: Sequence[str], codes: Codes) -> list[Opened]:
    """A reading for each file."""
    return [_open(Path(name), codes) for name in names]


def _open(path: Path, codes: Codes) -> Opened:
    part = part_of(path)
    records = _named if part.stream is NAMED_STREAM else _raw
    return LOADER.one_of_many(
        part.table,
        part.stem,
        partial(records, names=_Names(codes)),
        collection=part.stream.collection,
        coverage=part.coverage,
    )


def part_of(path: Path) -> Part:
    """The file as a part of the one stream or the other, told by its header; `TableError` says why it is none."""
    head = b"".join(first_lines(path, 2))
    stem = path.name.split(".tab")[0].split(".csv")[0]
    if b"\t" not in head:
        return Part(NAMED_STREAM, Table(path, Form(_NAMED_COLUMNS)), stem, _NAMED_COVERAGE)
    # Dataverse puts texts in quotation marks where it makes the file anew; as deposited there are none.
    table = Table(path, Form(_RAW_COLUMNS, delimiter="\t", quoted=b'\t"' in head))
    year = _OF_YEAR.match(stem)
    return Part(STREAM, table, stem, year[1] if year else "")


def _raw(table: Table, source: str, names: "_Names") -> Iterator[Record]:
    met: set[str] = set()
    for row in table.rows():
        if isinstance(row, Rejected):
            yield row
            continue
        id, date = row["Event ID"], row["Event Date"]
        key = f"{id}@{date}"
        if not (id.isascii() and id.isdecimal()):
            yield Rejected(row.place, f"{id!r} is no number of an event", record=row.record)
        elif key in met:
            yield Rejected(
                row.place, f"the event {id} of {date} stands in an earlier row already", record=row.record
            )
        else:
            met.add(key)
            yield _raw_event(row, key, source, names)


def _raw_event(row: Row, key: str, source: str, names: "_Names") -> Record:
    code = row["CAMEO Code"]
    found = read_code(code, row["Event Date"], row)
    if not isinstance(found, tuple):
        return found
    meaning, when = found
    sides = (
        names.side(row["Source Name"], row["Source Country"], when),
        names.side(row["Target Name"], row["Target Country"], when),
    )
    where = ", ".join(part for part in (row["City"], row["Country"]) if part not in _MISSING)
    given = (("goldstein", row["Intensity"]), ("location", where))
    place = f"event {row['Event ID']}, story {row['Story ID']}, sentence {row['Sentence Number']}: {row['Publisher']}"
    properties = tuple((name, (value,)) for name, value in given if value not in _MISSING)
    event = Event(f"{LOADER.name}:{key}", source, place, code, row["Event Text"], sides, properties)
    return read_event(event, meaning, when, row)


def _named(table: Table, source: str, names: "_Names") -> Iterator[Record]:
    """Day by day, the accounts of one event together."""
    days = grouped(
        table.rows, lambda row: row["date"] if isinstance(row, Row) else None, f"sort {table.path} by date"
    )
    for day in days:
        facts: dict[str, list[Row]] = {}
        for row in day:
            if isinstance(row, Rejected):
                yield row
            else:
                key = f"{row['date']}/{row['cameo']}/{row['source']}/{row['target']}"
                facts.setdefault(key, []).append(row)
        for key, rows in facts.items():
            for row in rows:
                yield _named_event(row, key, source, names)


def _named_event(row: Row, key: str, source: str, names: "_Names") -> Record:
    code = row["cameo"]
    found = read_code(code, row["date"], row)
    if not isinstance(found, tuple):
        return found
    meaning, when = found
    sides = (names.side(row["source"], "", when), names.side(row["target"], "", when))
    goldstein = row["goldstein"]
    properties = () if goldstein in _MISSING else (("goldstein", (goldstein,)),)
    # No number of a row: it would be another statement when a row is added before it.
    event = Event(f"{NAMED}:{key}", source, row["benchmark"], code, row["relation"], sides, properties)
    return read_event(event, meaning, when, row)


class _Names:
    """Who is meant by names in ICEWS."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes

    def side(self, name: str, country: str, when: When) -> Side:
        """One side of an event, by the name as published."""
        return Side(name, self.who(name, country, when))

    def who(self, name: str, country: str, when: When) -> Who:
        """The country, else whom it is the name of."""
        if country not in _MISSING:
            return self._codes.find(country, when=when)
        if name in _MISSING:
            return None
        found = self._actor(name, when)
        if found is None and name.endswith(")"):
            found = self._actor(name[name.rfind("(") + 1 : -1], when)
        return found

    def _actor(self, name: str, when: When) -> Who:
        """The country or organization; several that may be meant; None for anybody else."""
        anybody = self._codes.find(
            name
        )  # most names are of nobody at any time: that need not be found anew each day
        nobody = isinstance(anybody, Unknown) and not anybody.candidates
        found = anybody if nobody else self._codes.find(name, when=when)
        if isinstance(found, Unknown):
            organ = _ORGANS.get(name)
            return Found(organ) if organ else found if found.candidates else None
        if found.repairs:  # a person has said so
            return found
        actor = crosswalk().actor(found.actor)
        abbreviated = len(name) <= _LONGEST_ABBREVIATION and name.isupper()
        gone = all(spell.span.latest_end < when.earliest_begin for spell in actor.spells)
        return None if gone or (abbreviated and actor.label == "Country") else found


def _look_up(codes: Codes) -> LookUp:
    names = _Names(codes)
    return lambda side, when: names.who(side[0], side[1] if len(side) > 1 else "", when)


def _narrow(name: Any, country: Any) -> tuple[Any, ...]:
    """The name only where no country is given."""
    return country.isin(sorted(_MISSING)).ifelse(name, ""), country


STREAM = Stream(
    collection="icews",
    key=("Event ID", "Event Date"),
    numbered=True,
    day="Event Date",
    mark="-",
    edtf=str,
    code="CAMEO Code",
    score="Intensity",
    source=("Source Name", "Source Country"),
    target=("Target Name", "Target Country"),
    who=_look_up,
    narrow=_narrow,
)
"""Raw events as a table that can be counted."""

NAMED_STREAM = Stream(
    collection=NAMED,
    key=("date", "cameo", "source", "target"),
    numbered=False,
    day="date",
    mark="-",
    edtf=str,
    code="cameo",
    score="goldstein",
    source=("source",),
    target=("target",),
    who=_look_up,
    narrow=lambda name: (name,),
)
"""Named events as a table that can be counted."""

LOADER = Loader(
    name="icews",
    about="events that news reported, coded by machine, of ICEWS: raw, or named events as used to train knowledge graphs",
    files="files as they are published: raw events by tabs, or CSV with date, source, relation, target, benchmark, cameo, goldstein",
    open=open_icews,
    known_as=("events.[12]*.tab", "*icews*.tab", "*icews*.csv"),
    title="ICEWS Coded Event Data",
    publisher="Harvard Dataverse",
    date="2015",
    url="https://doi.org/10.7910/DVN/28075",
    licence="CC0 1.0, with the request to cite",
    citation=(
        "Boschee, Elizabeth, Jennifer Lautenschlager, Sean O'Brien, Steve Shellman, James Starz, and Michael Ward. 2015. "
        "“ICEWS Coded Event Data.” Harvard Dataverse. https://doi.org/10.7910/DVN/28075"
    ),
    bibtex="""@data{icews,
  author = {Boschee, Elizabeth and Lautenschlager, Jennifer and O'Brien, Sean and Shellman, Steve and Starz, James and Ward, Michael},
  title = {{ICEWS} Coded Event Data},
  publisher = {Harvard Dataverse},
  year = {2015},
  doi = {10.7910/DVN/28075}
}""",
    coverage="1995-01-01/2023-04-11",
)
