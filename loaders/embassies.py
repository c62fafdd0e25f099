"""Embassies, consulates and other missions that were open on one day, as representations.

Source: Database of embassies and consulates, 16 November 2022 (https://github.com/database-of-embassies/database-of-embassies), made
from Wikidata. Wikidata is CC0; the database asks to be named, and to say “Powered by Wikidata”. The data are not part of comity.

| column | becomes |
|---|---|
| QID | the fact, `embassies:Q106450319`; an item with several operators is a mission of each, `embassies:Q106686567@IRQ` |
| operatorQID | the sender, by its Wikidata item |
| jurisdictionQIDs | the receivers, by their Wikidata items; one cell names all, separated by `\\|` |
| countryQID | the receiver of a consular post whose jurisdictions are none, or parts of a state |
| typeQID | the type: embassy, consulate or mission |
| type, operator, city (else country) | the title, “honorary consulate of Estonia in Barcelona” |
| city | the property location |
| creation | the beginning, to the year where it says 1 January, and to the month where it says the first of one |

The database has no history. A mission in it was open on its day, and that is all that is told: the step `in_force` begins on that day or before
(or at its creation), and ends on that day or after. Lost: addresses, coordinates, telephones and pictures.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.model import Party, Place, Rejected, Repair, Source, Statement, Step
from comity.graph.reading import Record
from comity.loaders.codes import Codes, Found, Unknown
from comity.loaders.loader import Loader, Opened
from comity.loaders.tables import Form, Row, Table

DAY = "2022-11-16"
"""The day on which the missions were open."""

WHERE_IT_STANDS = "receiver-is-where-it-stands"
"""The rule for a consular post whose jurisdictions are none, or parts of a state: the state in which it stands receives it."""

_EMBASSY, _CONSULATE, _MISSION = "embassy", "consulate", "mission"

# By the item of the column type. What is no embassy or consulate in law (a de facto one) is another standing mission.
_TYPES = {
    "Q3917681": _EMBASSY,  # embassy
    "Q113065939": _EMBASSY,  # Embassy of the United States
    "Q18414273": _EMBASSY,  # high commission: an embassy within the Commonwealth
    "Q19600600": _EMBASSY,  # British High Commission
    "Q4824242": _EMBASSY,  # Australian High Commission
    "Q620045": _EMBASSY,  # apostolic nunciature
    "Q372690": _CONSULATE,  # consulate general
    "Q7843791": _CONSULATE,  # consulate
    "Q23891529": _CONSULATE,  # honorary consulate
    "Q24868622": _CONSULATE,  # consular office
    "Q1783003": _CONSULATE,  # consular agency
    "Q108058047": _CONSULATE,  # Consulate General of Sweden
    "Q10686185": _CONSULATE,  # consulates of Sweden
    "Q112307194": _CONSULATE,  # Consulate General of Belgium
    "Q5244910": _MISSION,  # de facto embassy
    "Q61881945": _MISSION,  # de facto consulate
    "Q73088858": _MISSION,  # assistant high commission
    "Q64779402": _MISSION,  # liaison office
    "Q94158456": _MISSION,  # interests section
    "Q2712647": _MISSION,  # apostolic delegation
    "Q7314257": _MISSION,  # representative office
    "Q579581": _MISSION,  # Taipei Representative Office
    "Q431071": _MISSION,  # Quebec Government Office
    "Q4461020": _MISSION,  # trade office
    "Q2360219": _MISSION,  # permanent mission
    "Q213283": _MISSION,  # diplomatic mission
    "Q73414365": _MISSION,  # diplomatic mission of El Salvador
}
_STANDS_IN_ITS_RECEIVER = {item for item, name in _TYPES.items() if name == _CONSULATE} | {
    "Q5244910",
    "Q61881945",
    "Q73088858",
}
"""Sorts of mission for the very state in which they are. An embassy may be to another: to the Holy See, in Rome."""

_FIRST_CENTURY = "1400"
"""There were no standing missions before, and an item of Wikidata may give a century as its first or last year."""

_OWN = "it names the operator among the jurisdictions"

_FORM = Form(
    (
        "operator", "operatorQID", "jurisdictions", "jurisdictionQIDs", "country", "countryQID", "city",
        "type", "typeQID", "creation", "QID",
    ),
    delimiter=";",
)  # fmt: skip
_ON_THE_DAY = When.parse(DAY)


@dataclass(frozen=True, slots=True)
class _Receivers:
    """Who could be read of a row's jurisdictions, what could not, and what was repaired."""

    actors: tuple[str, ...]
    unread: tuple[Rejected, ...]
    repairs: tuple[Repair, ...]


def open_embassies(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The missions in the file."""
    return LOADER.one_table(names, _FORM, "missions", _records, codes)


def _records(table: Table, source: Source, codes: Codes) -> Iterator[Record]:
    """Each row, those of one mission together: there are few enough to have all of them at hand."""
    rows = list(table.rows())
    operators: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if isinstance(row, Row):
            operators[row["QID"]].add(row["operatorQID"])
    told: dict[str, list[Record]] = {}
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        found = list(_mission(row, source, codes, shared=len(operators[row["QID"]]) > 1))
        last = found[-1]
        if isinstance(last, Statement):
            told.setdefault(last.fact, []).extend(found)
        else:
            yield from found
    for records in told.values():
        yield from records


def _mission(row: Row, source: Source, codes: Codes, *, shared: bool) -> Iterator[Record]:
    """The row's statement, after what of it could not be read; or the row rejected."""
    key, sort = _item(row["QID"]), _item(row["typeQID"])
    if row.get(""):  # the header ends with a separator, the rows do not
        yield Rejected(row.place, "it has a cell that no column is for", row.get(""), record=row.record)
        return
    if not _is_item(key):
        yield Rejected(row.place, "it has no QID", record=row.record)
        return
    if sort not in _TYPES:
        yield Rejected(
            row.place, f"{row['type']!r} is no known sort of mission", row["typeQID"], record=row.record
        )
        return
    sender = _find(row["operatorQID"], row["operator"], codes)
    if isinstance(sender, Unknown):
        yield sender.rejected(row.place, row.record)
        return
    receivers = _receivers(row, sort, sender.actor, codes)
    if not receivers.actors:
        yield _nobody(row, receivers)
        return
    yield from receivers.unread
    begin, fault = _begin(row["creation"])
    if fault:
        yield Rejected(row.place, fault, row["creation"], record=row.record, part=True)
    yield Statement(
        fact=f"{LOADER.name}:{key}@{sender.actor}" if shared else f"{LOADER.name}:{key}",
        kind="representation",
        source=source.id,
        place=Place(key),
        types=(_TYPES[sort],),
        titles=(f"{row['type']} of {row['operator']} in {row['city'] or row['country']}",),
        parties=(Party(sender.actor, "sender"), *(Party(actor, "receiver") for actor in receivers.actors)),
        steps=(Step("in_force", When.parse(f"{begin}/[{DAY}..]")),),
        properties=(("location", (row["city"],)),) if row["city"] else (),
        repairs=(*sender.repairs, *receivers.repairs),
        method="table",
    )


def _receivers(row: Row, sort: str, sender: str, codes: Codes) -> _Receivers:
    """Who receives the mission; one that a row names twice receives it once."""
    names, items = row["jurisdictions"].split("|"), row["jurisdictionQIDs"].split("|")
    if len(names) != len(items):
        names = [""] * len(items)
    actors: dict[str, None] = {}
    unknown: list[Rejected] = []
    own: list[Rejected] = []
    repairs: list[Repair] = []
    for name, item in zip(names, items, strict=True):
        if not (name or item):
            continue
        found = _find(item, name, codes)
        if isinstance(found, Unknown):
            unknown.append(found.rejected(row.place, row.record, part=True))
        elif found.actor == sender:
            own.append(Rejected(row.place, _OWN, _item(item) or name, record=row.record, part=True))
        else:
            actors[found.actor] = None
            repairs += found.repairs
    if sort in _STANDS_IN_ITS_RECEIVER and (unknown or not (actors or own)):
        country = _find(row["countryQID"], row["country"], codes)
        if isinstance(country, Found) and country.actor != sender:
            actors[country.actor] = None
            told = [one.value for one in unknown] or [""]
            repairs += (*country.repairs, *(Repair("parties", value, WHERE_IT_STANDS) for value in told))
            unknown = []
    return _Receivers(tuple(actors), (*unknown, *own), tuple(repairs))


def _nobody(row: Row, receivers: _Receivers) -> Rejected:
    """The row rejected because nobody is known to receive the mission; by its one jurisdiction that nobody knows, so that it can be mapped."""
    if receivers.unread:
        first = receivers.unread[0]
        return Rejected(row.place, first.reason, first.value, first.system, first.candidates, row.record)
    return Rejected(row.place, "it names no jurisdiction", record=row.record)


def _find(item: str, name: str, codes: Codes) -> Found | Unknown:
    """Who the Wikidata item is on the day; by the name only where there is no item."""
    return codes.find(_item(item), "wikidata", _ON_THE_DAY) if item else codes.find(name, when=_ON_THE_DAY)


def _item(address: str) -> str:
    return address.rpartition("/")[2]


def _is_item(text: str) -> bool:
    return text[:1] == "Q" and text[1:].isdecimal()


def _begin(creation: str) -> tuple[str, str]:
    """When the mission began, in EDTF, and what is wrong with its creation, if anything is."""
    unknown = f"[..{DAY}]"
    if not creation:
        return unknown, ""
    # Wikidata writes a year as its first day, and a month as its first: no more than that is sure.
    text = creation.partition("T")[0].removesuffix("-01").removesuffix("-01")
    try:
        when = When.parse(text)
    except DateError:
        return unknown, f"its creation {creation!r} is no date"
    if text < _FIRST_CENTURY:
        return unknown, f"there was no standing mission in {text}"
    if when.earliest_begin > _ON_THE_DAY.latest_end:
        return unknown, f"it was created after the day of the database, {DAY}"
    return text, ""


LOADER = Loader(
    name="embassies",
    about="embassies, consulates and other missions on 16 November 2022",
    files="database_of_embassies_20221116.csv",
    open=open_embassies,
    known_as=("database_of_embassies*.csv",),
    title="Database of embassies and consulates",
    version="2022-11-16",
    publisher="Database of embassies, powered by Wikidata",
    date=DAY,
    url="https://github.com/database-of-embassies/database-of-embassies",
    licence="CC0-1.0",
    citation=(
        "Database of embassies and consulates, 16 November 2022. Powered by Wikidata. "
        "https://github.com/database-of-embassies/database-of-embassies"
    ),
    bibtex="""\
@misc{embassies_2022,
  title = {Database of embassies and consulates},
  note = {16 November 2022. Powered by Wikidata},
  year = {2022},
  url = {https://github.com/database-of-embassies/database-of-embassies},
}""",
    coverage=DAY,
)
