"""GDELT events, versions 1.0 and 2.0: what news reported of who did what to whom, coded in CAMEO by machine.

Source: the GDELT Project, http://data.gdeltproject.org/events/ (1.0, daily; 57 columns, from April 2013 on with the address 58) and
http://data.gdeltproject.org/gdeltv2/ (2.0, every 15 minutes; 61 columns): tab-separated, without a header, zipped. The number of columns
that most of a file's first rows have tells its layout. Licence: free for any use, with citation and a link to https://www.gdeltproject.org/.
Cite: Leetaru, Kalev, and Philip A. Schrodt. 2013. “GDELT: Global Data on Events, Location, and Tone, 1979–2012.” ISA Annual Convention.

A file is a reading of its own, which speaks for that file only; a fact is an event, `gdelt:GLOBALEVENTID`, on its SQLDATE. Kind, types, step
and roles follow from the CAMEO code (see loaders/cameo.py). An actor is the country of its code, on the date of the event; where it has no
country, or only a region such as Africa, it is the international organization that is coded instead. Lost: ethnic groups, religions
and types of actors (their names stand in the title), tone, numbers of sources and articles, coordinates; events within one country.
"""

import re
from collections import Counter
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
from comity.loaders.loader import Loader, Opened
from comity.loaders.packed import first_lines
from comity.loaders.streams import LookUp, Part, Stream
from comity.loaders.tables import Form, Row, Table


def _words(text: str) -> list[str]:
    return text.split()


_ACTOR = _words(
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
)
_EVENT = _words(
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
)
_PLACE = _words("Type FullName CountryCode ADM1Code Lat Long FeatureID")
_PLACE_2 = _words("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID")


def _layout(place: Sequence[str], *end: str) -> Form:
    columns = [
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
        *_EVENT,
        *(f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in place),
        *end,
    ]
    return Form(tuple(columns), delimiter="\t", header=False, quoted=False)


LAYOUTS = {
    len(form.columns): form
    for form in (
        _layout(_PLACE, "DATEADDED"),
        _layout(_PLACE, "DATEADDED", "SOURCEURL"),
        _layout(_PLACE_2, "DATEADDED", "SOURCEURL"),
    )
}
"""The published layouts by their number of columns."""

_REGIONS = frozenset(
    _words(
        "AFR ASA BLK CRB CAU CFR CAS CEU EIN EAF EEU EUR LAM MEA MDT NAF NMR PGS SCN SAM SAS SEA SAF WAF WST"
    )
)
"""What CAMEO codes as the country of an actor and is none: regions."""

_INTERNATIONAL = "IGO"
"""What the code of an international organization begins with."""

_PUBLISHED = re.compile(r"(\d{4})(\d\d)?(?:(\d\d)(?:\d{6})?)?", re.ASCII)
_ENDING = re.compile(r"(\.export|\.events)?(\.csv|\.tab|\.tsv|\.txt)?(\.zip|\.gz)?$", re.IGNORECASE)


def open_gdelt(names: Sequence[str], codes: Codes) -> list[Opened]:
    """A reading for each file."""
    return [_open(Path(name), codes) for name in names]


def _open(path: Path, codes: Codes) -> Opened:
    part = part_of(path)
    return LOADER.one_of_many(part.table, part.stem, partial(_records, codes=codes), coverage=part.coverage)


def part_of(path: Path) -> Part:
    """The file as a part of the stream; `TableError` says why it is none."""
    stem = _ENDING.sub("", path.name)
    return Part(STREAM, Table(path, _layout_of(path)), stem, _coverage(stem))


def _layout_of(path: Path) -> Form:
    """The published layout that most of the first rows have; the newest where none of them has any."""
    widths = Counter(line.count(b"\t") + 1 for line in first_lines(path))
    return LAYOUTS[max(sorted(LAYOUTS, reverse=True), key=lambda width: widths[width])]


def _coverage(stem: str) -> str:
    """The day, month or year by which a published file is named; nothing for any other name."""
    published = _PUBLISHED.fullmatch(stem)
    return "-".join(part for part in published.groups() if part) if published else ""


def _records(table: Table, source: str, codes: Codes) -> Iterator[Record]:
    met: set[str] = set()
    for row in table.rows():
        if isinstance(row, Rejected):
            yield row
            continue
        id = row["GLOBALEVENTID"]
        if not (id.isascii() and id.isdecimal()):
            yield Rejected(row.place, f"{id!r} is no number of an event", record=row.record)
        elif id in met:
            yield Rejected(row.place, f"the event {id} stands in an earlier row already", record=row.record)
        else:
            met.add(id)
            yield _record(row, id, source, codes)


def _record(row: Row, id: str, source: str, codes: Codes) -> Record:
    code = row["EventCode"]
    found = read_code(code, _edtf(row["SQLDATE"]), row)
    if not isinstance(found, tuple):
        return found
    meaning, when = found
    given = (
        ("goldstein", row["GoldsteinScale"]),
        ("location", row["ActionGeo_FullName"]),
        ("mentions", row["NumMentions"]),
        ("url", row.get("SOURCEURL")),
    )
    sides = (_side(row, 1, when, codes), _side(row, 2, when, codes))
    properties = tuple((name, (value,)) for name, value in given if value)
    return read_event(
        Event(f"{LOADER.name}:{id}", source, f"event {id}", code, "", sides, properties), meaning, when, row
    )


def _edtf(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 else day


def _side(row: Row, number: int, when: When, codes: Codes) -> Side:
    code, country, group = (row[column] for column in _side_columns(number))
    return Side(row[f"Actor{number}Name"] or code, _who(code, country, group, when, codes))


def _who(code: str, country: str, group: str, when: When, codes: Codes) -> Who:
    """The country, else the international organization; None where the code is of a region, of another group or of nobody."""
    if country and country not in _REGIONS:
        return codes.find(country, "cameo", when)
    groups = [group] if group else []
    if code.startswith(_INTERNATIONAL):
        groups += [code[start : start + 3] for start in range(3, len(code), 3)]
    for each in groups:
        found = codes.find(each, "cameo", when)
        if isinstance(found, Unknown) and found.candidates:
            return found
        if isinstance(found, Found) and crosswalk().actor(found.actor).label == "Organization":
            return found
    return None


def _look_up(codes: Codes) -> LookUp:
    def who(side: tuple[str, ...], when: When) -> Who:
        code, country, group = side
        return _who(code, country, group, when, codes)

    return who


def _narrow(code: Any, country: Any, group: Any) -> tuple[Any, ...]:
    """The actor's code only where `_who` looks into it."""
    return code.startswith(_INTERNATIONAL).ifelse(code, ""), country, group


def _side_columns(number: int) -> tuple[str, ...]:
    return tuple(f"Actor{number}{part}" for part in ("Code", "CountryCode", "KnownGroupCode"))


STREAM = Stream(
    collection="gdelt",
    key=("GLOBALEVENTID",),
    numbered=True,
    day="SQLDATE",
    mark="",
    edtf=_edtf,
    code="EventCode",
    score="GoldsteinScale",
    source=_side_columns(1),
    target=_side_columns(2),
    who=_look_up,
    narrow=_narrow,
)
"""Its events as a table that can be counted."""

LOADER = Loader(
    name="gdelt",
    about="events that news reported, coded by machine, of GDELT 1.0 or 2.0",
    files="files as they are published: YYYYMMDD.export.CSV.zip (1.0) or YYYYMMDDHHMMSS.export.CSV.zip (2.0)",
    open=open_gdelt,
    known_as=(
        "[12][0-9]*.export.csv",
        "gdelt[12]_*.csv",
        "[12][0-9][0-9][0-9]",
        "[12][0-9][0-9][0-9][01][0-9]",
    ),
    title="GDELT Event Database",
    version="1.0 and 2.0",
    publisher="The GDELT Project",
    url="https://www.gdeltproject.org/",
    licence="free for any use, with citation and a link to the project",
    citation=(
        "Leetaru, Kalev, and Philip A. Schrodt. 2013. “GDELT: Global Data on Events, Location, and Tone, 1979–2012.” "
        "International Studies Association Annual Convention, San Francisco. https://www.gdeltproject.org/"
    ),
    bibtex="""@inproceedings{gdelt,
  author = {Leetaru, Kalev and Schrodt, Philip A.},
  title = {{GDELT}: Global Data on Events, Location, and Tone, 1979--2012},
  booktitle = {International Studies Association Annual Convention},
  address = {San Francisco},
  year = {2013},
  url = {https://www.gdeltproject.org/}
}""",
    coverage="1979-01-01/..",
)
