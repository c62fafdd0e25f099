"""Travels abroad of the presidents and secretaries of state of the United States, as talks of the type visit.

Source: Office of the Historian, United States Department of State: Travels Abroad of the President, and Travels of the Secretary of State
(https://history.state.gov/departmenthistory/travels), as the table `us_president_secretary_travel_tidy.csv`, CC BY-SA 4.0. Cite it as the loader
prints it; the data are not part of comity.

| column | becomes |
|---|---|
| event_id | the fact, `travel:5`; its rows are the places of one visit |
| country | the host, by the name that it had at the time |
| visit_type, name | the property people, “Woodrow Wilson, President”; the United States are the guest |
| locale | the property location |
| date_start, date_end | the step `held` |
| remarks | the statement's words, which the licence allows |
| name, country | the title, “Woodrow Wilson in Italy” |

A name with a part of the state after it, `Denmark (Greenland)`, is the state; the whole stands in the repair. Lost: whom the traveller met, which only the
remarks say. Left out: visits that were vacations, and Antarctica, which is no state's.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from comity.graph.dates import When
from comity.graph.errors import DateError
from comity.graph.model import Party, Place, Rejected, Repair, Skipped, Source, Statement, Step
from comity.graph.reading import Record
from comity.loaders.codes import Codes, Found, Unknown
from comity.loaders.dated import span_of
from comity.loaders.loader import Loader, Opened
from comity.loaders.tables import Form, Row, Table

GUEST = "USA"

PART_LEFT_AWAY = "state-without-its-part"
"""The rule for a country that is written with a part of it in parentheses."""

STATE_OF_THE_PLACE = "state-of-the-place"
"""The rule for a name that two states had at the time: the one in which the place of the visit lies."""

NO_TALKS = "it was a vacation, without talks"
NO_STATE = "it was in a place that is no state's"

_OFFICES = {"president": "President", "secretary": "Secretary of State"}
_ELECT = "[Visit made as President-elect.]"
_VACATIONS = ("Vacation.", "Vacation trip")
_NO_STATES = frozenset(("Antarctica",))

# Places of visits while two states had the name. Berlin, east or west, was a matter between the two, and stays open.
_LIES_IN = {
    ("Germany", "Bonn"): "COW-GFR",
    ("Germany", "Frankfurt"): "COW-GFR",
    ("Vietnam", "Saigon"): "COW-RVN",
    ("Vietnam", "Cam Ranh Bay"): "COW-RVN",
    ("Vietnam", "Di An"): "COW-RVN",
    ("Yemen", "Sana'a"): "COW-YAR",
}
_FORM = Form(("event_id", "visit_type", "name", "country", "locale", "remarks", "date_start", "date_end"))


def open_travel(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The visits in the file."""
    return LOADER.one_table(names, _FORM, "visits", _records, codes)


def _records(table: Table, source: Source, codes: Codes) -> Iterator[Record]:
    """Each row, those of one visit together: there are few enough to have all of them at hand."""
    told: defaultdict[str, list[Statement]] = defaultdict(list)
    for row in table.rows():
        found = row if isinstance(row, Rejected) else _visit(row, source, codes)
        if isinstance(found, Statement):
            told[found.fact].append(found)
        else:
            yield found
    for statements in told.values():
        yield from statements


def _visit(row: Row, source: Source, codes: Codes) -> Record:
    office = _OFFICES.get(row["visit_type"], "")
    if not row["event_id"]:
        return Rejected(row.place, "it has no event_id", record=row.record)
    if not office:
        return Rejected(row.place, f"{row['visit_type']!r} is no known visit_type", record=row.record)
    try:
        when = span_of(row["date_start"], row["date_end"])
    except DateError as error:
        return Rejected(row.place, str(error), record=row.record)
    if row["country"] in _NO_STATES:
        return Skipped(NO_STATE)
    if row["remarks"].startswith(_VACATIONS):
        return Skipped(NO_TALKS)
    host = _host(row["country"], row["locale"], when, codes)
    if isinstance(host, Unknown):
        return host.rejected(row.place, row.record)
    if host.actor == GUEST:
        return Rejected(row.place, "the host is the guest", row["country"], record=row.record)
    if _ELECT in row["remarks"]:
        office = f"{office}-elect"
    properties = (
        ("location", (row["locale"],) if row["locale"] else ()),
        ("people", (f"{row['name']}, {office}",) if row["name"] else ()),
    )
    return Statement(
        fact=f"{LOADER.name}:{row['event_id']}",
        kind="talks",
        source=source.id,
        place=Place(", ".join(filter(None, (f"event {row['event_id']}", row["locale"])))),
        types=("visit",),
        titles=(f"{row['name'] or office} in {row['country']}",),
        parties=(Party(GUEST, "guest"), Party(host.actor, "host")),
        steps=(Step("held", when),),
        properties=tuple((name, values) for name, values in properties if values),
        repairs=host.repairs,
        words=row["remarks"],
        method="table",
    )


def _host(country: str, locale: str, when: When, codes: Codes) -> Found | Unknown:
    """The country that was visited, by its name then."""
    found = codes.find(country, when=when)
    if isinstance(found, Found):
        return found
    if found.candidates:
        here = _LIES_IN.get((country, locale), "")
        if here in found.candidates:
            return Found(here, (Repair("parties", country, STATE_OF_THE_PLACE),))
        return found
    state, parenthesis, _ = country.partition(" (")
    whole = codes.find(state, when=when) if parenthesis else found
    if isinstance(whole, Found):
        return Found(whole.actor, (*whole.repairs, Repair("parties", country, PART_LEFT_AWAY)))
    return found


LOADER = Loader(
    name="travel",
    about="visits abroad of presidents and secretaries of state of the United States, 1866 to 2020",
    files="us_president_secretary_travel_tidy.csv",
    open=open_travel,
    known_as=("us_president_secretary_travel*.csv",),
    title="Travels abroad of the President and of the Secretary of State",
    publisher="Office of the Historian, United States Department of State",
    date="2020",
    url="https://history.state.gov/departmenthistory/travels",
    licence="CC-BY-SA-4.0",
    citation=(
        "Office of the Historian, Foreign Service Institute, United States Department of State. Travels Abroad of the President; Travels of the "
        "Secretary of State. https://history.state.gov/departmenthistory/travels. As a table to 22 November 2020, CC BY-SA 4.0."
    ),
    bibtex="""\
@misc{historian_travels_2020,
  author = {{Office of the Historian}},
  title = {Travels Abroad of the President; Travels of the Secretary of State},
  publisher = {United States Department of State},
  year = {2020},
  url = {https://history.state.gov/departmenthistory/travels},
  note = {As a table, CC BY-SA 4.0},
}""",
    coverage="1866/2020-11-22",
)
