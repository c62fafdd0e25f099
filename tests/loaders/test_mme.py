"""Multinational Military Exercises: the whole file as published, and rows that are faulty in the ways that it has and others may have."""

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from comity.graph.errors import InputError, TableError
from comity.graph.loading import load
from comity.graph.model import Rejected, Repair, Statement
from comity.graph.reading import Reading
from comity.graph.resolve import resolve
from comity.graph.revision import revision_of
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
from comity.loaders.codes import Codes
from comity.loaders.mme import LOADER
from comity.loaders.mme_hosts import hosts_of

HEADER = (
    "MMEID,Ex_Name,Series_Name,Location,lat,lon,StartDate,s.year,s.month,s.day,EndDate,e.year,e.month,e.day,"
    "CPX,Air,Land,Sea,Amphibious,Cyber,Warfighting,Peacekeeping,Humanitarian,FocusDescription,AdditionalParticipantInfo,"
    "StateA,StateB,StateC"
)
READEX = (
    "mme87,Readex 1-80,Readex,Vieques,18.1262854,-65.4400985,1/14/80,1980,1,14,1/21/80,1980,1,21,"
    "0,0,0,1,1,0,1,0,0,realistic war-at-sea scenario,,Netherlands,United Kingdom,United States"
)
ROW = dict(zip(HEADER.split(","), next(csv.reader([READEX])), strict=True))


def opened(path: Path, codes: Codes | None = None) -> Reading:
    [only] = LOADER.open([str(path)], codes or Codes())
    assert only.warnings == ()
    return only.reading


def written(folder: Path, *rows: dict[str, str], columns: Iterable[str] = HEADER.split(",")) -> Path:
    """A file with these rows, each the row of Readex with some cells changed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(ROW | row for row in rows)
    path = folder / "mme.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def records(folder: Path, *rows: dict[str, str], codes: Codes | None = None) -> list[object]:
    return list(opened(written(folder, *rows), codes).records)


def one(folder: Path, **cells: str) -> Statement:
    [found] = records(folder, {name.replace("_day", ".day"): value for name, value in cells.items()})
    assert isinstance(found, Statement)
    return found


def rejected(folder: Path, **cells: str) -> Rejected:
    [found] = records(folder, {name.replace("__", "."): value for name, value in cells.items()})
    assert isinstance(found, Rejected)
    assert not found.part
    return found


def roles(statement: Statement) -> dict[str, str]:
    return {party.actor: party.role for party in statement.parties}


@pytest.fixture(scope="module")
def whole(data_folder: Path) -> list[object]:
    return list(opened(data_folder / "exercises" / "mme_v7.csv").records)


@pytest.fixture(scope="module")
def exercises(whole: list[object]) -> dict[str, Statement]:
    found = [record for record in whole if isinstance(record, Statement)]
    assert len({statement.id for statement in found}) == len(found)
    return {statement.fact: statement for statement in found}


def test_every_row_of_the_published_file_is_accounted_for(
    whole: list[object], exercises: dict[str, Statement]
) -> None:
    rows = [record for record in whole if isinstance(record, Rejected) and not record.part]
    parts = [record for record in whole if isinstance(record, Rejected) and record.part]
    assert (len(exercises), len(rows)) == (3_584, 123)
    assert len(exercises) + len(rows) == 3_707
    assert {record.reason for record in rows} == {"fewer than two participants are known"}
    assert Counter(part.value for part in parts) == {
        "-9": 70,
        "Federal Republic of Germany": 2,
        "Baltic States": 1,
    }


def test_3704_ids_stand_for_3707_exercises(data_folder: Path, exercises: dict[str, Statement]) -> None:
    with (data_folder / "exercises" / "mme_v7.csv").open(encoding="utf-8-sig", newline="") as file:
        ids = [row["MMEID"] for row in csv.DictReader(file)]
    assert (len(ids), len(set(ids))) == (3_707, 3_704)
    twice = [id for id, number in Counter(ids).items() if number > 1]
    assert sorted(twice) == ["mme3457", "mme3458", "mme3460"]
    # Of two of them nobody but -9 is named, so that four of the six exercises are there.
    assert sorted(fact for fact in exercises if "@" in fact) == [
        "mme:mme3457@1996-09-30",
        "mme:mme3458@2000-09",
        "mme:mme3460@1995-07",
        "mme:mme3460@2005-07-07",
    ]


def test_what_the_published_file_tells(exercises: dict[str, Statement]) -> None:
    hosts = Counter(sum(role == "host" for role in roles(one).values()) for one in exercises.values())
    assert hosts == {0: 1_604, 1: 1_935, 2: 30, 3: 11, 4: 4}
    assert sum("coordinates" in dict(one.properties) for one in exercises.values()) == 3_507
    types = Counter(name for one in exercises.values() for name in one.types)
    assert types["cyber"] == 2
    lengths = Counter(len(one.steps[0].when.text) for one in exercises.values())
    # Whole days, days and months, months alone; three that contradict themselves have the year alone.
    assert lengths == {21: 2_209, 7: 598, 18: 550, 10: 185, 15: 39, 4: 3}
    rules = Counter(repair.rule for one in exercises.values() for repair in one.repairs)
    assert rules == {"what-both-ends-share": 6, "participant-named-beside": 15}


def test_an_exercise_is_a_drill(tmp_path: Path) -> None:
    assert one(tmp_path) == Statement(
        fact="mme:mme87",
        kind="drill",
        source="mme:exercises",
        place=one(tmp_path).place,
        types=("sea", "amphibious"),
        titles=("Readex 1-80",),
        parties=one(tmp_path).parties,
        steps=one(tmp_path).steps,
        properties=(
            ("coordinates", ("18.1262854, -65.4400985",)),
            ("focus", ("warfighting",)),
            ("location", ("Vieques",)),
            ("purpose", ("realistic war-at-sea scenario",)),
            ("series", ("Readex",)),
        ),
        method="table",
    )
    assert one(tmp_path).place.text == "mme87"
    assert roles(one(tmp_path)) == dict.fromkeys(("GBR", "NLD", "USA"), "participant")
    assert [(step.name, step.when.text) for step in one(tmp_path).steps] == [
        ("held", "1980-01-14/1980-01-21")
    ]


def test_an_unknown_day_leaves_the_month(tmp_path: Path) -> None:
    both = {"StartDate": "1980-01-xx", "s.day": "xx", "EndDate": "1980-01-xx", "e.day": "xx"}
    [month] = records(tmp_path, both)
    [mixed] = records(tmp_path, {"StartDate": "1980-01-xx", "s.day": "xx"})
    assert isinstance(month, Statement) and isinstance(mixed, Statement)
    assert month.steps[0].when.text == "1980-01"
    assert mixed.steps[0].when.text == "1980-01/1980-01-21"


@pytest.mark.parametrize(
    ("end", "held"),
    [
        (("1/12/80", "1980", "1", "12"), "1980-01"),
        (("1980-01-xx", "1980", "1", "xx"), "1980-01-14/1980-01"),
    ],
)
def test_an_end_before_the_beginning(tmp_path: Path, end: tuple[str, ...], held: str) -> None:
    [found] = records(tmp_path, dict(zip(("EndDate", "e.year", "e.month", "e.day"), end, strict=True)))
    assert isinstance(found, Statement)
    assert found.steps[0].when.text == held
    wrong = Repair("held", "1980-01-14/1980-01-12", "what-both-ends-share")
    assert found.repairs == ((wrong,) if held == "1980-01" else ())


def test_dates_that_contradict_each_other(tmp_path: Path) -> None:
    year_before = {"EndDate": "1/12/79", "e__year": "1979", "e__day": "12"}
    assert (
        rejected(tmp_path, **year_before).reason
        == "it begins in 1980-01-14 and ends before that, in 1979-01-12"
    )
    assert (
        rejected(tmp_path, StartDate="1/15/80").reason
        == "StartDate says 1/15/80, but s.year, s.month, s.day say 1980-01-14"
    )
    assert "says 1980-01-xx" in rejected(tmp_path, StartDate="1980-01-xx").reason
    assert "not in the calendar" in rejected(tmp_path, StartDate="2/31/80", s__month="2", s__day="31").reason
    assert "are no date: '1980', 'xx', '14'" in rejected(tmp_path, StartDate="", s__month="xx").reason


def test_nobody_is_quarantined_as_a_part_where_two_are_left(tmp_path: Path) -> None:
    part, statement = records(tmp_path, {"StateA": "-9"})
    assert isinstance(part, Rejected) and isinstance(statement, Statement)
    assert (part.part, part.value, part.reason) == (True, "-9", "a participant is coded -9 (not known)")
    assert part.place == "row 2"
    assert part.record.startswith("mme87,Readex 1-80")
    assert set(roles(statement)) == {"GBR", "USA"}
    few = rejected(tmp_path, StateA="-9", StateB="-9")
    assert (few.reason, few.value) == ("fewer than two participants are known", "-9")


def test_an_unknown_name_can_be_mapped(tmp_path: Path) -> None:
    row = {"StateA": "Ruritania", "StateB": ""}
    [unknown] = records(tmp_path, row)
    assert isinstance(unknown, Rejected)
    assert (unknown.reason, unknown.value, unknown.part) == (
        "nobody has the name 'Ruritania'",
        "Ruritania",
        False,
    )
    [known] = records(tmp_path, row, codes=Codes({("", "ruritania"): "CZE"}))
    assert isinstance(known, Statement)
    assert set(roles(known)) == {"CZE", "USA"}
    assert known.repairs == (Repair("parties", "Ruritania", "mapping"),)


def test_germany_is_the_one_of_the_day(tmp_path: Path) -> None:
    west = one(tmp_path, StateA="Federal Republic of Germany")
    assert "COW-GFR" in roles(west)
    cells = {"s.year": "1990", "e.year": "1990", "s.month": "9", "e.month": "10"}
    dates = {"StartDate": "9/14/90", "EndDate": "10/21/90"}
    part, _ = records(tmp_path, {"StateA": "Federal Republic of Germany", **cells, **dates})
    assert isinstance(part, Rejected)
    assert (part.part, part.candidates) == (True, ("COW-GFR", "DEU"))


def test_an_organization_named_beside_takes_part(tmp_path: Path) -> None:
    found = one(tmp_path, StateA="-9", StateC="", AdditionalParticipantInfo="NATO")
    assert set(roles(found)) == {"GBR", "NATO"}
    assert found.repairs == (Repair("parties", "-9", "participant-named-beside"),)
    assert dict(found.properties)["forces"] == ("NATO",)
    # More words than the name say that some of it takes part, and a country's name may stand there for many reasons.
    for text in ("forces of NATO countries", "United Kingdom", "Netherlands"):
        assert rejected(tmp_path, StateA="-9", StateC="", AdditionalParticipantInfo=text).value == "-9"
    assert set(roles(one(tmp_path, AdditionalParticipantInfo="NATO"))) == {"GBR", "NLD", "USA"}


def test_hosts_and_guests_make_ties(tmp_path: Path) -> None:
    found = one(tmp_path, Location="Plymouth, England")
    assert roles(found) == {"GBR": "host", "NLD": "guest", "USA": "guest"}
    ties = {(tie.left, tie.right) for tie in derive_ties([resolve([found])])}
    assert ties == {("GBR", "NLD"), ("GBR", "USA"), ("NLD", "USA")}
    directed = {(tie.left, tie.right) for tie in derive_ties([resolve([found])], "host-guest")}
    assert directed == {("GBR", "NLD"), ("GBR", "USA")}


LOCATIONS = {
    "Egypt": "EGY",
    "izmir, TURKEY": "TUR",
    "Turkey, Konya": "TUR",
    "near Tbilisi, Georgia": "GEO",
    "northern Norway in Tromsoe": "NOR",
    "Palmerola airfield in Honduras": "HND",
    "Croatia's Slunj": "HRV",
    "Thailand's southernmost province of Narathiwat and Malaysia's northern Kelantan State": "MYS THA",
    "Drawsko Pomorskie [northwestern Poland]": "POL",
    "Kayseri, Turkey, and Bacau, Romania, simultaneously.": "ROU TUR",
    "Libreville, the capital of Gabon": "GAB",
    "Hawaii": "USA",
    "base in Northern Ireland": "GBR",
    "UK": "GBR",
    # At sea, at a border, on the way, or in words that are not understood.
    "off the coast of Poti, Georgia": "",
    "Black Sea, Turkey": "",
    "border of Georgia/Turkey": "",
    "between Norway and Turkey": "",
    "from Norway to Turkey": "",
    "north of Turkey": "",
    "first near Poland and then in Norway": "",
    "South America": "",
    "San Diego, CA": "",
    "in": "",
    "-9": "",
    "": "",
}


@pytest.mark.parametrize(("location", "hosts"), LOCATIONS.items(), ids=LOCATIONS.keys())
def test_only_what_the_words_surely_say_makes_a_host(location: str, hosts: str) -> None:
    everybody = [
        "CAN",
        "EGY",
        "GAB",
        "GBR",
        "GEO",
        "HND",
        "HRV",
        "IND",
        "IRL",
        "MYS",
        "NOR",
        "POL",
        "ROU",
        "THA",
        "TUR",
        "USA",
    ]
    assert hosts_of(location, everybody, Codes().find) == frozenset(hosts.split())


def test_only_participants_are_hosts() -> None:
    assert hosts_of("Stuttgart, Germany", ["ISR", "USA"], Codes().find) == frozenset()


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    plain = one(tmp_path)
    [shuffled] = opened(written(tmp_path, {}, columns=reversed(HEADER.split(",")))).records
    assert isinstance(shuffled, Statement)
    assert shuffled.to_dict() == plain.to_dict()


def test_rows_of_one_exercise_are_one_fact(tmp_path: Path) -> None:
    found = records(tmp_path, {}, {"MMEID": "mme88"}, {"StateA": "Norway"})
    assert [record.fact for record in found if isinstance(record, Statement)] == [
        "mme:mme87@1980-01-14",
        "mme:mme87@1980-01-14",
        "mme:mme88",
    ]


def test_impossible_coordinates_are_quarantined_as_a_part(tmp_path: Path) -> None:
    part, statement = records(tmp_path, {"lat": "181.262854"})
    assert isinstance(part, Rejected) and isinstance(statement, Statement)
    assert (part.part, part.reason) == (True, "'181.262854', '-65.4400985' is no place on earth")
    assert "coordinates" not in dict(statement.properties)


@pytest.mark.parametrize("column", ["MMEID", "s.day", "Cyber", "StateB"])
def test_a_missing_column_stores_nothing(tmp_path: Path, column: str) -> None:
    left = [name for name in HEADER.split(",") if name != column]
    with pytest.raises(TableError, match=f"has no column {column}"):
        opened(written(tmp_path, {}, columns=left))


def test_a_row_that_is_cut_off_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(f"{HEADER}\n{READEX}\n{READEX[:90]}", encoding="utf-8")
    cut, whole = opened(path).records
    assert isinstance(cut, Rejected) and isinstance(whole, Statement)
    assert cut.reason == "it has 14 cells, and the table has 28 columns"


def test_a_file_in_another_encoding_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(f"{HEADER}\n{READEX}\n".replace("Vieques", "Réunion").encode("latin-1"))
    with pytest.raises(TableError, match="not in the encoding UTF-8"):
        opened(path)


@pytest.mark.parametrize("number", [0, 2])
def test_one_file_is_read(tmp_path: Path, number: int) -> None:
    with pytest.raises(InputError, match="one file"):
        LOADER.open([str(written(tmp_path, {}))] * number, Codes())


def test_loading_counts_every_row_and_a_second_load_changes_nothing(
    data_folder: Path, embedded_store: Store
) -> None:
    path = data_folder / "exercises" / "mme_v7.csv"
    reading = opened(path)
    statements = [record for record in reading.records if isinstance(record, Statement)]
    revision = revision_of([*(one.id for one in statements), *(source.digest for source in reading.sources)])
    first = load(embedded_store, opened(path))
    assert (first.read, first.stored, first.rejected, first.quarantined_parts) == (3_707, 3_584, 123, 73)
    assert first.read == first.stored + first.unchanged + first.skipped + first.rejected
    assert first.revision == revision
    second = load(embedded_store, opened(path))
    assert (second.read, second.unchanged, second.rejected, second.revision) == (3_707, 3_584, 123, revision)
