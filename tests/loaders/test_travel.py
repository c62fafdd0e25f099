"""Travels of presidents and secretaries of state: the table as published, and rows that are faulty."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError, TableError
from comity.graph.loading import load
from comity.graph.model import Party, Place, Rejected, Repair, Skipped, Statement, Step
from comity.graph.reading import Reading
from comity.graph.resolve import resolve
from comity.graph.revision import revision_of
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
from comity.loaders.codes import Codes
from comity.loaders.travel import LOADER, NO_STATE, NO_TALKS, PART_LEFT_AWAY, STATE_OF_THE_PLACE
from comity.queries.audit.licences import allows_quotation

COLUMNS = ("event_id", "visit_type", "name", "country", "locale", "remarks", "date_start", "date_end")
ROME = {
    "event_id": "7", "visit_type": "president", "name": "Woodrow Wilson", "country": "Italy", "locale": "Rome",
    "remarks": "Met with Prime Minister Orlando.", "date_start": "1919-01-01", "date_end": "1919-01-06",
}  # fmt: skip
FILE = "us_president_secretary_travel_tidy.csv"


def opened(path: Path) -> Reading:
    [one] = LOADER.open([str(path)], Codes())
    return one.reading


def written(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / FILE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([row[name] for name in columns] for row in rows)
    return path


def only(folder: Path, **changes: str) -> object:
    [found] = opened(written(folder, {**ROME, **changes})).records
    return found


def host(folder: Path, country: str, locale: str, day: str) -> tuple[str, tuple[Repair, ...]]:
    found = only(folder, country=country, locale=locale, date_start=day, date_end=day)
    assert isinstance(found, Statement)
    [actor] = [party.actor for party in found.parties if party.role == "host"]
    return actor, found.repairs


def test_the_published_table(data_folder: Path) -> None:
    reading = opened(data_folder / "diplomacy" / FILE)
    [source] = reading.sources
    assert allows_quotation(source.licence)
    records = list(reading.records)
    visits = [one for one in records if isinstance(one, Statement)]
    assert (len(records), len(visits), len({one.fact for one in visits})) == (4_674, 4_633, 3_946)
    assert Counter(one.reason for one in records if isinstance(one, Skipped)) == {NO_TALKS: 19, NO_STATE: 2}
    rejected = [one for one in records if isinstance(one, Rejected)]
    assert {(one.value, one.candidates, one.part) for one in rejected} == {
        ("Germany", ("COW-GFR", "DDR"), False)
    }
    assert len(rejected) == 20
    repairs = Counter(repair.rule for one in visits for repair in one.repairs)
    assert repairs == {STATE_OF_THE_PLACE: 18, PART_LEFT_AWAY: 17}
    assert all(one.words and one.titles for one in visits)
    assert (
        sum("President-elect" in people for one in visits for people in dict(one.properties)["people"]) == 19
    )


def test_a_visit_has_a_host_and_the_united_states_as_guest(tmp_path: Path) -> None:
    assert only(tmp_path) == Statement(
        fact="travel:7",
        kind="talks",
        source="travel:visits",
        place=Place("event 7, Rome"),
        types=("visit",),
        titles=("Woodrow Wilson in Italy",),
        parties=(Party("USA", "guest"), Party("ITA", "host")),
        steps=(Step("held", When.parse("1919-01-01/1919-01-06")),),
        properties=(("location", ("Rome",)), ("people", ("Woodrow Wilson, President",))),
        words="Met with Prime Minister Orlando.",
        method="table",
    )


def test_the_places_of_one_visit_are_one_fact(tmp_path: Path) -> None:
    other = {**ROME, "event_id": "8", "country": "France"}
    rows = (ROME, other, {**ROME, "locale": "Milan"})
    records = [one for one in opened(written(tmp_path, *rows)).records if isinstance(one, Statement)]
    assert [one.fact for one in records] == ["travel:7", "travel:7", "travel:8"]
    fact = resolve(records[:2])
    assert set(fact.properties["location"].values) == {"Rome", "Milan"}
    assert not fact.conflicts
    [tie] = derive_ties([fact])
    assert (tie.left, tie.right, tie.directed, tie.types) == ("ITA", "USA", False, ("visit",))


@pytest.mark.parametrize(
    ("country", "locale", "day", "actor", "rule"),
    [
        ("Germany, Federal Republic of", "Bonn", "1967-04-23", "COW-GFR", ""),
        ("Germany", "Bonn", "1967-04-23", "COW-GFR", STATE_OF_THE_PLACE),
        ("Germany", "Bonn", "1995-01-01", "DEU", ""),
        ("Vietnam", "Saigon", "1969-07-30", "COW-RVN", STATE_OF_THE_PLACE),
        ("Vietnam", "Hanoi", "2000-11-16", "VNM", ""),
        ("Yemen", "Sana'a", "1972-07-01", "COW-YAR", STATE_OF_THE_PLACE),
        ("Yemen", "Sana'a", "1990-11-22", "YEM", ""),
        ("Republic of China", "Taipei", "1960-06-18", "TWN", ""),
        ("China, People’s Republic of", "Beijing", "1998-06-25", "CHN", ""),
        ("Denmark (Greenland)", "Nuuk", "2011-05-11", "DNK", PART_LEFT_AWAY),
        ("Serbia-Montenegro (Kosovo)", "Pristina", "1999-11-23", "SRB", PART_LEFT_AWAY),
        ("Burma (Myanmar)", "Rangoon", "2011-11-30", "MMR", ""),
        ("Vatican City", "", "2009-07-10", "VAT", ""),
    ],
)
def test_a_country_is_meant_by_its_name_at_the_time(
    tmp_path: Path, country: str, locale: str, day: str, actor: str, rule: str
) -> None:
    repairs = (Repair("parties", country, rule),) if rule else ()
    assert host(tmp_path, country, locale, day) == (actor, repairs)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"country": "Germany", "locale": "West Berlin", "date_start": "1963-06-26", "date_end": "1963-06-26"},
         "the name 'Germany' fits several actors"),
        ({"country": "Atlantic"}, "nobody has the name 'Atlantic'"),
        ({"country": "Atlantic (Argentia)"}, "nobody has the name 'Atlantic (Argentia)'"),
        ({"country": ""}, "no name is given"),
        ({"country": "United States"}, "the host is the guest"),
        ({"visit_type": "vice"}, "'vice' is no known visit_type"),
        ({"event_id": ""}, "it has no event_id"),
        ({"date_end": "1918-12-31"}, "it ends (1918-12-31) before it begins (1919-01-01)"),
        ({"date_start": "", "date_end": ""}, "no date is given"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_rejected(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    found = only(tmp_path, **changes)
    assert isinstance(found, Rejected)
    assert (found.reason, found.part) == (reason, False)


def test_what_is_no_talks_is_left_out(tmp_path: Path) -> None:
    assert only(tmp_path, remarks="Vacation.") == Skipped(NO_TALKS)
    assert only(tmp_path, country="Antarctica") == Skipped(NO_STATE)
    assert isinstance(only(tmp_path, remarks="Vacationed with King Juan Carlos I."), Statement)
    elect = only(tmp_path, visit_type="president", remarks="Met. [Visit made as President-elect.]")
    assert isinstance(elect, Statement)
    assert dict(elect.properties)["people"] == ("Woodrow Wilson, President-elect",)
    impossible = only(tmp_path, date_start="1919-02-31")
    assert isinstance(impossible, Rejected)


def test_files_that_are_no_table_of_visits(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="travel reads one file"):
        LOADER.open([], Codes())
    with pytest.raises(TableError, match="has no column date_end"):
        opened(written(tmp_path, ROME, columns=COLUMNS[:-1]))
    [turned] = opened(written(tmp_path, ROME, columns=COLUMNS[::-1])).records
    assert turned == only(tmp_path)
    path = tmp_path / FILE
    path.write_bytes(f"{','.join(COLUMNS)}\n1,é\n".encode("latin-1"))
    with pytest.raises(TableError, match="not in the encoding UTF-8"):
        opened(path)
    path.write_text(f"{','.join(COLUMNS)}\n7,president,Woodrow", encoding="utf-8")
    [cut] = opened(path).records
    assert isinstance(cut, Rejected)


def test_loading_counts_every_row_and_a_second_load_changes_nothing(
    data_folder: Path, embedded_store: Store
) -> None:
    path = data_folder / "diplomacy" / FILE
    items = [one.id for one in opened(path).records if isinstance(one, Statement)]
    items += [source.digest for source in opened(path).sources]
    first = load(embedded_store, opened(path))
    assert (first.read, first.stored, first.skipped, first.rejected) == (4_674, 4_633, 21, 20)
    assert first.revision == revision_of(items)
    second = load(embedded_store, opened(path))
    assert (second.read, second.stored, second.unchanged, second.skipped, second.rejected) == (
        4_674,
        0,
        4_633,
        21,
        20,
    )
    assert second.revision == first.revision
