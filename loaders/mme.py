"""Multinational Military Exercises (MME): the joint exercises of 1980 to 2010, one a row, as drills.

Source: D'Orazio, Vito, and Kevin Galambos. 2021. Multinational Military Exercises, 1980–2010 (version 7). Harvard Dataverse,
https://doi.org/10.7910/DVN/KHFODX. Cite it as the loader prints it; the data are not part of comity.

| column | becomes |
|---|---|
| MMEID | the fact, `mme:mme87`; an id that stands on several exercises gets the beginning added, `mme:mme3460@2005-07-07` |
| Ex_Name | title |
| Series_Name, Location, FocusDescription | the properties series, location and purpose |
| lat, lon | the property coordinates |
| CPX, Air, Land, Sea, Amphibious, Cyber | types command-post, air, land, sea, amphibious, cyber |
| Warfighting, Peacekeeping, Humanitarian | the property focus |
| s.year, s.month, s.day, e.year, e.month, e.day | the step `held`; a day `xx` leaves the month |
| StateA … StateAM | participants, by name; -9 is nobody that is known |
| AdditionalParticipantInfo | the property forces; where it is the name of an organization and no more, that stands for a -9 |

A participant is the host, and the others its guests, where Location says that it lies in that country (loaders/mme_hosts.py); else all
are participants. Lost: that a domain or a focus is coded 0 is not told from its not being coded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.model import Party, Place, Rejected, Repair, Source, Statement, Step
from comity.graph.reading import Record
from comity.loaders.codes import Codes, Found, Unknown
from comity.loaders.loader import Loader, Opened
from comity.loaders.mme_hosts import hosts_of
from comity.loaders.tables import Form, Row, Table

UNKNOWN = "-9"
"""What stands where the coders did not know."""

NO_DAY = "xx"

SHARED = "what-both-ends-share"
"""The rule for an exercise that ends before it begins: the month, else the year, that both its dates are in."""

NAMED_BESIDE = "participant-named-beside"
"""The rule for a participant -9 of whom AdditionalParticipantInfo gives the name."""

_TYPES = {
    "CPX": "command-post",
    "Air": "air",
    "Land": "land",
    "Sea": "sea",
    "Amphibious": "amphibious",
    "Cyber": "cyber",
}
_FOCUS = {"Warfighting": "warfighting", "Peacekeeping": "peacekeeping", "Humanitarian": "humanitarian"}
_BEGIN = ("StartDate", "s.year", "s.month", "s.day")
_END = ("EndDate", "e.year", "e.month", "e.day")
_FORM = Form(
    ("MMEID", "Ex_Name", "Location", "lat", "lon", *_BEGIN, *_END, *_TYPES, *_FOCUS, "StateA", "StateB")
)

_NOBODY = f"a participant is coded {UNKNOWN} (not known)"
_TOO_FEW = "fewer than two participants are known"


@dataclass(frozen=True, slots=True)
class _Told:
    """What could be read of a row's participants: the actors, what could not be read, and what was repaired."""

    actors: tuple[str, ...]
    unread: tuple[Rejected, ...]
    repairs: tuple[Repair, ...]


def open_mme(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The exercises in the file."""
    return LOADER.one_table(names, _FORM, "exercises", _records, codes, ", with all exercises")


def _records(table: Table, source: Source, codes: Codes) -> Iterator[Record]:
    """Each row, those of one exercise together: there are few enough to have all of them at hand."""
    states = [name for name in table.columns if name.startswith("State")]
    told: dict[str, list[Record]] = {}
    rows = list(table.rows())
    times = Counter(row["MMEID"] for row in rows if isinstance(row, Row))
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        found = list(_exercise(row, states, source, codes, shared=times[row["MMEID"]] > 1))
        if isinstance(found[-1], Statement):
            told.setdefault(found[-1].fact, []).extend(found)
        else:
            yield from found
    for records in told.values():
        yield from records


def _exercise(
    row: Row, states: Sequence[str], source: Source, codes: Codes, *, shared: bool
) -> Iterator[Record]:
    """The row's statement, after what of it could not be read; or the row rejected."""
    id = row["MMEID"]
    if not id:
        yield Rejected(row.place, "it has no MMEID", record=row.record)
        return
    try:
        begin, when, repairs = _held(row)
    except DateError as error:
        yield Rejected(row.place, str(error), record=row.record)
        return
    told = _participants(row, [row[name] for name in states], when, codes)
    if len(told.actors) < 2:
        yield _too_few(row, told)
        return
    yield from told.unread
    coordinates, fault = _coordinates(row)
    if fault:
        yield Rejected(row.place, fault, record=row.record, part=True)
    yield Statement(
        fact=f"{LOADER.name}:{id}@{begin}" if shared else f"{LOADER.name}:{id}",
        kind="drill",
        source=source.id,
        place=Place(id),
        types=tuple(name for column, name in _TYPES.items() if row[column] == "1"),
        titles=_names(row["Ex_Name"]),
        parties=_parties(told.actors, row["Location"], when, codes),
        steps=(Step("held", when),),
        properties=tuple((name, values) for name, values in _properties(row, coordinates).items() if values),
        repairs=(*repairs, *told.repairs),
        method="table",
    )


def _participants(row: Row, cells: Sequence[str], when: When, codes: Codes) -> _Told:
    """Who took part; a country that the row names twice takes part once."""
    actors: dict[str, None] = {}
    unread: list[Rejected] = []
    repairs: list[Repair] = []
    for cell in cells:
        if not cell:
            continue
        if cell == UNKNOWN:
            unread.append(Rejected(row.place, _NOBODY, UNKNOWN, record=row.record, part=True))
            continue
        found = _find(cell, when, codes)
        if isinstance(found, Unknown):
            unread.append(found.rejected(row.place, row.record, part=True))
        else:
            actors[found.actor] = None
            repairs += found.repairs
    nobody = next((one for one in unread if one.value == UNKNOWN), None)
    beside = _organization(row.get("AdditionalParticipantInfo"), when, codes) if nobody else ""
    if nobody and beside and beside not in actors:
        unread.remove(nobody)
        actors[beside] = None
        repairs.append(Repair("parties", UNKNOWN, NAMED_BESIDE))
    return _Told(tuple(actors), tuple(unread), tuple(repairs))


def _find(name: str, when: When, codes: Codes) -> Found | Unknown:
    """Who has the name in the year, which is remembered from other rows, else at the very time."""
    first, last = when.earliest_begin.year, when.latest_end.year
    if first == last:
        found = codes.find(name, when=When.parse(f"{first:04}"))
        if isinstance(found, Found):
            return found
    return codes.find(name, when=when)


def _organization(text: str, when: When, codes: Codes) -> str:
    """The organization of which the text is the name, if it is that and no more."""
    found = _find(text, when, codes) if text else None
    if isinstance(found, Found) and crosswalk().actor(found.actor).label == "Organization":
        return found.actor
    return ""


def _too_few(row: Row, told: _Told) -> Rejected:
    """The row that has too few known participants, by the name that nobody could make out if there is one."""
    named = next((one for one in told.unread if one.value != UNKNOWN), None)
    if named is not None:
        return replace(named, part=False)
    return Rejected(row.place, _TOO_FEW, UNKNOWN if told.unread else "", record=row.record)


def _parties(actors: Sequence[str], location: str, when: When, codes: Codes) -> tuple[Party, ...]:
    hosts = hosts_of(location, actors, lambda name: _find(name, when, codes))
    if not hosts:
        return tuple(Party(actor, "participant") for actor in actors)
    return tuple(Party(actor, "host" if actor in hosts else "guest") for actor in actors)


def _properties(row: Row, coordinates: str) -> Mapping[str, tuple[str, ...]]:
    return {
        "coordinates": (coordinates,) if coordinates else (),
        "focus": tuple(name for column, name in _FOCUS.items() if row[column] == "1"),
        "forces": _names(row.get("AdditionalParticipantInfo")),
        "location": _names(row["Location"]),
        "purpose": _names(row.get("FocusDescription")),
        "series": _names(row.get("Series_Name")),
    }


def _names(text: str) -> tuple[str, ...]:
    return () if text in ("", UNKNOWN) else (text,)


def _coordinates(row: Row) -> tuple[str, str]:
    """Where it was, as `18.126, -65.44`, and what is wrong with that, if anything is."""
    latitude, longitude = row["lat"], row["lon"]
    if not (latitude or longitude):
        return "", ""
    try:
        on_earth = abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180
    except ValueError:
        on_earth = False
    if not on_earth:
        return "", f"{latitude!r}, {longitude!r} is no place on earth"
    return f"{latitude}, {longitude}", ""


def _held(row: Row) -> tuple[str, When, tuple[Repair, ...]]:
    """The beginning as it is coded, the time, and the repair if it has the exercise end before it begins."""
    begin, end = _date(row, *_BEGIN), _date(row, *_END)
    if begin == end:
        return begin, When.parse(begin), ()
    if When.parse(begin).earliest_begin <= When.parse(end).latest_end:
        return begin, When.parse(f"{begin}/{end}"), ()
    if begin[:4] != end[:4]:
        raise DateError(f"it begins in {begin} and ends before that, in {end}")
    shared = begin[:7] if begin[:7] == end[:7] else begin[:4]
    return begin, When.parse(shared), (Repair("held", f"{begin}/{end}", SHARED),)


def _date(row: Row, text: str, *columns: str) -> str:
    """The date in the columns for year, month and day, as EDTF; `DateError` where it is none or the text says another."""
    year, month, day = (row[column] for column in columns)
    named = ", ".join(columns)
    if not (year.isdecimal() and month.isdecimal() and (day.isdecimal() or day == NO_DAY)):
        raise DateError(f"{named} are no date: {year!r}, {month!r}, {day!r}")
    date = f"{int(year):04}-{int(month):02}" + ("" if day == NO_DAY else f"-{int(day):02}")
    When.parse(date)
    if row[text] and not _same(row[text], year, month, day):
        raise DateError(f"{text} says {row[text]}, but {named} say {date}")
    return date


def _same(text: str, year: str, month: str, day: str) -> bool:
    """Whether the text, `1/14/80` or `1980-01-xx`, says the same date; its years may have two digits only."""
    if "/" in text:
        parts, wanted = text.split("/"), [month, day, year]
    else:
        parts, wanted = text.split("-"), [year, month, day]
    return len(parts) == len(wanted) and all(
        part == want or (part.isdecimal() and want.isdecimal() and int(part) == int(want) % _modulus(part))
        for part, want in zip(parts, wanted, strict=True)
    )


def _modulus(part: str) -> int:
    return 100 if len(part) <= 2 else 10_000


LOADER = Loader(
    name="mme",
    about="joint military exercises of 1980 to 2010, with their hosts, domains and places",
    files="mme_v7.csv",
    open=open_mme,
    known_as=("mme*.csv",),
    title="Multinational Military Exercises",
    version="7",
    publisher="Harvard Dataverse",
    date="2021",
    url="https://doi.org/10.7910/DVN/KHFODX",
    licence="to be cited",
    citation=(
        "D'Orazio, Vito, and Kevin Galambos. 2021. “Multinational Military Exercises, 1980–2010.” Version 7. "
        "Harvard Dataverse. https://doi.org/10.7910/DVN/KHFODX"
    ),
    bibtex="""\
@data{dorazio_mme_2021,
  author = {D'Orazio, Vito and Galambos, Kevin},
  title = {Multinational Military Exercises, 1980--2010},
  year = {2021},
  version = {7},
  publisher = {Harvard Dataverse},
  doi = {10.7910/DVN/KHFODX},
}""",
    coverage="1980/2010",
)
