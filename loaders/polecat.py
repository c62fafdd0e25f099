"""POLECAT events (Political Event Classification, Attributes, and Types): what news reported of who did what to whom, coded in PLOVER by machine.

Source: Scarborough, Bagozzi, Beger, Berrie, Halterman, Schrodt, Spivey: POLECAT Weekly Data, Harvard Dataverse,
https://doi.org/10.7910/DVN/AJGVIT (from 2018 on; terms stand there). Tab-separated, a header of 40 columns. Each file is a reading of its own,
which speaks for that file only; a fact is `polecat:EVENT ID`, on its Event Date: where the text had none, that of the publication.

Kind, types, step and roles follow from Event Type, Event Mode and Contexts (loaders/plover.py); Quad Code is kept as the source gives it, for
PLOVER's own papers contradict each other on it. An actor is a country of Actor Country or Recipient Country (ISO 3166-1 alpha-3, or a name);
where that is none, or IGO, the organizations among the names. Actor COW is not read: it has 260, West Germany's number, for Germany of today.
There may be several on each side. Lost: sectors and titles (the names stand in the title), Wikipedia items, coordinates, people, organizations
and places of the story; events within one country.

No file was at hand when this was written. Checked in programs of others that read the published files: the columns, `Intensity` or (from 2023
on) `Event Intensity`, `None` for what is missing, `;` between several, ISO dates, files' names, surplus names (Headline, Event Text,
Feed, Story ID) or nameless columns in some headers. Not checked: which contexts beside the manual's occur, whether an Event ID is unique
across files, and the encoding, which those programs take for UTF-8 or for Latin-1; a file that is not UTF-8 is read as Latin-1, with a warning.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import DateError, TableError
from comity.graph.model import Party, Place, Rejected, Skipped, Statement, Step
from comity.graph.reading import Record
from comity.loaders.cameo import NOBODY, ONE_ACTOR, Meaning
from comity.loaders.codes import Codes, Found, Unknown
from comity.loaders.loader import Loader, Opened
from comity.loaders.plover import meaning_of
from comity.loaders.tables import Form, Row, Table

BOTH_SIDES = Skipped("the same country or organization is on both sides")
"""Why an event that is directed is left out."""

_COLUMNS = (
    *(
        "Event ID",
        "Event Date",
        "Event Type",
        "Event Mode",
        "Quad Code",
        "Contexts",
        "Actor Name",
        "Actor Country",
    ),
    *("Recipient Name", "Recipient Country", "Placename", "Source"),
)
_SURPLUS = ("Headline", "Event Text", "Feed", "Story ID")
_UTF_8 = Form(_COLUMNS, delimiter="\t", quoted=False, surplus=frozenset(_SURPLUS))
_LATIN_1 = replace(_UTF_8, encoding="latin-1")

_MISSING = "None"
_ORGANIZATION = "IGO"
_BETWEEN = re.compile(r"\s*[;|]\s*")
_ENDING = re.compile(r"(\.txt|\.tsv|\.tab)?(\.zip|\.gz)?$", re.IGNORECASE)
_YEAR = re.compile(r"ngecEvents\.?DV[.-](\d{4})$", re.ASCII | re.IGNORECASE)


def open_polecat(names: Sequence[str], codes: Codes) -> list[Opened]:
    """A reading for each file."""
    return [_open(Path(name), codes) for name in names]


def _open(path: Path, codes: Codes) -> Opened:
    warnings: tuple[str, ...] = ()
    try:
        table = Table(path, _UTF_8)
    except TableError:
        table = Table(path, _LATIN_1)  # whatever else is wrong with it is wrong again
        warnings = (f"{path} is not in UTF-8: it is read as Latin-1, and names in it may be wrong",)
    stem = _ENDING.sub("", path.name)
    year = _YEAR.match(stem)
    opened = LOADER.one_of_many(table, stem, partial(_records, codes=codes), coverage=year[1] if year else "")
    return replace(opened, warnings=(*warnings, *opened.warnings))


def _records(table: Table, source: str, codes: Codes) -> Iterator[Record]:
    met: set[str] = set()
    for row in table.rows():
        if isinstance(row, Rejected):
            yield row
            continue
        id = row["Event ID"]
        if id in ("", _MISSING):
            yield Rejected(row.place, "it has no Event ID", record=row.record)
        elif id in met:
            yield Rejected(row.place, f"the event {id} stands in an earlier row already", record=row.record)
        else:
            met.add(id)
            yield from _event(row, id, source, codes)


def _event(row: Row, id: str, source: str, codes: Codes) -> Iterator[Record]:
    """The row's statement, after what of it could not be read; or why it is none."""
    type = row["Event Type"]
    contexts = _several(row["Contexts"])
    meaning = meaning_of(type.upper(), _several(row["Event Mode"]), contexts)
    if meaning is None:
        yield Rejected(row.place, f"{type!r} is no type of PLOVER 0.8", type, record=row.record)
        return
    if not meaning.kind:
        yield meaning.left_out
        return
    try:
        when = _when(row["Event Date"])
    except DateError as error:
        yield Rejected(row.place, str(error), row["Event Date"], record=row.record)
        return
    sides = [
        _side(row[f"{side} Name"], row[f"{side} Country"], when, codes) for side in ("Actor", "Recipient")
    ]
    unknown = [who for side in sides for who in side if isinstance(who, Unknown)]
    parties = _parties(meaning, *([who for who in side if isinstance(who, Found)] for side in sides))
    if isinstance(parties, Skipped):
        yield unknown[0].rejected(row.place, row.record) if unknown else parties
        return
    for who in unknown:
        yield who.rejected(row.place, row.record, part=True)
    repairs = [repair for side in sides for who in side if isinstance(who, Found) for repair in who.repairs]
    given = (
        ("contexts", contexts),
        ("intensity", _several(row.get("Intensity") or row.get("Event Intensity"))),
        ("location", _several(row["Placename"])[:1]),
        ("plover", (" ".join((type, *_several(row["Event Mode"]))),)),
        ("quad", _several(row["Quad Code"])),
    )
    names = [", ".join(_several(row[f"{side} Name"])) for side in ("Actor", "Recipient")]
    yield Statement(
        fact=f"{LOADER.name}:{id}",
        kind=meaning.kind,
        source=source,
        place=Place(": ".join([f"event {id}", *_several(row["Source"])])),
        types=meaning.types,
        titles=(" – ".join(filter(None, (names[0], meaning.label, names[1]))),),
        parties=parties,
        steps=(Step(meaning.step, when),),
        properties=tuple((name, values) for name, values in given if values),
        repairs=tuple(dict.fromkeys(repairs)),
        method="table",
    )


_when = lru_cache(maxsize=4_096)(When.parse)


@lru_cache(maxsize=65_536)
def _several(cell: str) -> tuple[str, ...]:
    """The values of a cell, each once; none where it is missing."""
    return tuple(dict.fromkeys(value for value in _BETWEEN.split(cell) if value not in ("", _MISSING)))


def _side(names: str, countries: str, when: When, codes: Codes) -> list[Found | Unknown]:
    """The countries of one side; where there are none, or IGO is among them, the organizations that are named."""
    told = _several(countries)
    side = [_country(value, when, codes) for value in told if value != _ORGANIZATION]
    if not told or _ORGANIZATION in told:
        named = (codes.find(name, when=when) for name in _several(names))
        side += [who for who in named if isinstance(who, Found) and _is_organization(who.actor)]
    return side


def _country(value: str, when: When, codes: Codes) -> Found | Unknown:
    is_code = len(value) == 3 and value.isascii() and value.isupper()
    return codes.find(value, "iso3" if is_code else "", when)


def _is_organization(actor: str) -> bool:
    return actor in crosswalk() and crosswalk().actor(actor).label == "Organization"


def _parties(
    meaning: Meaning, actors: Sequence[Found], recipients: Sequence[Found]
) -> tuple[Party, ...] | Skipped:
    """The parties by their roles, or why they are not two sides."""
    left = list(dict.fromkeys(who.actor for who in actors))
    right = list(dict.fromkeys(who.actor for who in recipients))
    everybody = list(dict.fromkeys((*left, *right)))
    alike = meaning.source == meaning.target or not right  # of talks without a recipient all are actors
    if len(everybody) < 2:
        return ONE_ACTOR if left and right else NOBODY
    if alike and meaning.kind != "dispute":
        role = meaning.source if meaning.source == meaning.target else "participant"
        return tuple(Party(actor, role) for actor in everybody)
    if not (left and right):
        return NOBODY
    if set(left) & set(right):
        return BOTH_SIDES
    return (
        *(Party(actor, meaning.source) for actor in left),
        *(Party(actor, meaning.target) for actor in right),
    )


LOADER = Loader(
    name="polecat",
    about="events that news reported, coded by machine in PLOVER, of POLECAT",
    files="files as they are published: ngecEventsDV-YYYY.txt.zip, or a week's ngecEvents.….DV.txt",
    open=open_polecat,
    known_as=("ngecevents*.txt",),
    title="POLECAT Weekly Data",
    publisher="Harvard Dataverse",
    date="2023",
    url="https://doi.org/10.7910/DVN/AJGVIT",
    licence="as stated at Harvard Dataverse, to be cited",
    citation=(
        "Scarborough, Grace I., Benjamin E. Bagozzi, Andreas Beger, John Berrie, Andrew Halterman, Philip A. Schrodt, and Jevon Spivey. "
        "2023. “POLECAT Weekly Data.” Harvard Dataverse. https://doi.org/10.7910/DVN/AJGVIT"
    ),
    bibtex="""@data{polecat,
  author = {Scarborough, Grace I. and Bagozzi, Benjamin E. and Beger, Andreas and Berrie, John and Halterman, Andrew and Schrodt, Philip A. and Spivey, Jevon},
  title = {{POLECAT} Weekly Data},
  publisher = {Harvard Dataverse},
  year = {2023},
  doi = {10.7910/DVN/AJGVIT}
}""",
    coverage="2018-01-01/..",
)
