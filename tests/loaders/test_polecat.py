"""POLECAT events: rows in the published layout, as no published file is at hand; its known faults among them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from comity.graph.errors import TableError
from comity.graph.loading import load
from comity.graph.model import Rejected, Skipped, Statement
from comity.graph.reading import Record
from comity.graph.stores import Store
from comity.loaders.cameo import NOBODY, ONE_ACTOR
from comity.loaders.polecat import BOTH_SIDES
from tests.loaders.events import POLECAT_COLUMNS, polecat
from tests.loaders.tables import loaded_twice, opened, records

HEADER = "\t".join(POLECAT_COLUMNS)
VISIT = polecat(
    "20210316-1234-4e081644904c_CONSULT_R", "USA", "CONSULT", "JPN", "visit", Contexts="diplomatic; military"
)

File = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes rows as a published file."""

    def write(
        *rows: str, header: str = HEADER, name: str = "ngecEventsDV-2021.txt", encoding: str = "utf-8"
    ) -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{row}\n" for row in (header, *rows)), encoding=encoding)
        return path

    return write


def made(path: Path) -> list[Record]:
    return list(records("polecat", path))


def only(path: Path) -> Record:
    (found,) = made(path)
    return found


def parties(found: Record) -> dict[str, str]:
    assert isinstance(found, Statement)
    return {party.actor: party.role for party in found.parties}


def test_a_row_with_all_that_is_kept_of_it(file: File) -> None:
    found = only(file(VISIT))
    assert isinstance(found, Statement)
    assert found.fact == "polecat:20210316-1234-4e081644904c_CONSULT_R"
    assert (found.kind, found.types, found.source) == ("talks", ("visit",), "polecat:ngecEventsDV-2021")
    assert parties(found) == {"USA": "guest", "JPN": "host"}
    assert [(step.name, step.when.text) for step in found.steps] == [("held", "2021-03-16")]
    assert found.titles == ("Government (USA) – visit – Government (JPN)",)
    assert str(found.place) == "event 20210316-1234-4e081644904c_CONSULT_R: Example News"
    assert dict(found.properties) == {
        "contexts": ("diplomatic", "military"),
        "intensity": ("4.0",),
        "location": ("Tokyo, Japan",),
        "plover": ("CONSULT visit",),
        "quad": ("VERBAL COOPERATION",),
    }


def test_a_source_is_a_file_and_tells_of_its_year(file: File) -> None:
    (whole,), (week,) = (
        opened("polecat", file(VISIT, name=name))
        for name in ("ngecEventsDV-2021.txt", "ngecEvents.20230103111842.Release603.DV.txt")
    )
    assert [source.coverage for source in whole.reading.sources] == ["2021"]
    assert week.reading.scope == "polecat:ngecEvents.20230103111842.Release603.DV"
    assert [source.coverage for source in week.reading.sources] == ["2018-01-01/.."]


@pytest.mark.parametrize(
    ("row", "roles"),
    [
        (polecat("1", "USA; CHN", "CONSULT", "JPN"), dict.fromkeys(("USA", "CHN", "JPN"), "participant")),
        (polecat("1", "USA; JPN", "CONSULT", "JPN"), dict.fromkeys(("USA", "JPN"), "participant")),
        (polecat("1", "USA; JPN", "CONSULT", "None"), dict.fromkeys(("USA", "JPN"), "participant")),
        (polecat("1", "USA; JPN", "CONSULT", "None", "visit"), dict.fromkeys(("USA", "JPN"), "participant")),
        (polecat("1", "RUS", "ACCUSE", "USA;GBR"), {"RUS": "initiator", "USA": "target", "GBR": "target"}),
        (polecat("1", "Japan", "AGREE", "Germany"), dict.fromkeys(("JPN", "DEU"), "party")),
        (polecat("1", "IGO", "CONSULT", "SRB", Actor_Name="NATO; Jens Stoltenberg"), dict.fromkeys(("NATO", "SRB"), "participant")),
        (polecat("1", "None", "CONSULT", "SRB", Actor_Name="European Union"), dict.fromkeys(("EU", "SRB"), "participant")),
        (polecat("1", "USA", "COOPERATE", "JPN", Contexts="military"), dict.fromkeys(("USA", "JPN"), "participant")),
    ],
)  # fmt: skip
def test_who_takes_part(file: File, row: str, roles: dict[str, str]) -> None:
    assert parties(only(file(row))) == roles


@pytest.mark.parametrize(
    ("row", "left_out"),
    [
        (polecat("1", "USA", "CONSULT", "USA"), ONE_ACTOR),
        (polecat("1", "USA", "CONSULT", "None"), NOBODY),
        (
            polecat("1", "USA", "CONSULT", "None", Recipient_Name="Japan"),
            NOBODY,
        ),  # a name alone is no country
        (polecat("1", "USA; GBR", "SANCTION", "None"), NOBODY),
        (polecat("1", "USA; RUS", "SANCTION", "RUS"), BOTH_SIDES),
        (polecat("1", "USA", "AID", "UKR"), Skipped("aid is none of the kinds")),
    ],
)
def test_what_is_left_out(file: File, row: str, left_out: Skipped) -> None:
    assert only(file(row)) == left_out


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (polecat("None", "USA", "CONSULT", "JPN"), "it has no Event ID"),
        (polecat("1", "USA", "FIGHT", "JPN"), "'FIGHT' is no type of PLOVER 0.8"),
        (polecat("1", "USA", "CONSULT", "JPN", Event_Date="None"), "'None' is no EDTF date"),
        (polecat("1", "USA", "CONSULT", "XYZ"), "nobody has the iso3 code 'XYZ'"),
        (polecat("1", "USA", "CONSULT", "JPN")[:60], "it has "),
    ],
)
def test_broken_rows_are_rejected_one_by_one(file: File, row: str, reason: str) -> None:
    right, wrong = made(file(VISIT, row))
    assert isinstance(right, Statement) and isinstance(wrong, Rejected)
    assert wrong.reason.startswith(reason) and wrong.place == "row 3"


def test_an_unknown_country_beside_enough_known_ones_is_a_part(file: File) -> None:
    part, stored = made(file(polecat("1", "USA; XYZ", "CONSULT", "JPN")))
    assert isinstance(part, Rejected) and part.part and part.value == "XYZ"
    assert parties(stored) == dict.fromkeys(("USA", "JPN"), "participant")


def test_headers_with_surplus_names_or_tabs(file: File) -> None:
    expected = made(file(VISIT))
    newer = HEADER.replace("Intensity", "Event Intensity")
    middle = HEADER.replace("\tSource", "\tHeadline\tEvent Text\tFeed\tStory ID\tSource")
    for header, row in (
        (newer, VISIT),
        (HEADER + "\tHeadline\tEvent Text\tFeed\tStory ID", VISIT),
        (middle, VISIT),
        (HEADER + "\t\t\t", VISIT + "\t\t\t"),
        (HEADER + "\t", VISIT),
    ):
        assert made(file(row, header=header)) == expected


def test_surplus_names_with_cells_are_columns(file: File) -> None:
    header = HEADER.replace("\tSource", "\tHeadline\tSource")
    row = VISIT.replace("\tExample News", "\tA headline\tExample News")
    found, short = made(file(row, polecat("2", "USA", "CONSULT", "JPN"), header=header))
    assert isinstance(found, Statement) and isinstance(short, Statement)
    assert str(found.place).endswith(": Example News") and str(short.place).endswith(": Example News")


def test_a_file_in_latin_1_is_read_with_a_warning(file: File) -> None:
    path = file(
        polecat("1", "CIV", "CONSULT", "JPN", Actor_Name="Côte d’Ivoire".replace("’", "'")),
        encoding="latin-1",
    )
    (one,) = opened("polecat", path)
    assert [warning.partition(" is ")[2] for warning in one.warnings] == [
        "not in UTF-8: it is read as Latin-1, and names in it may be wrong"
    ]
    (found,) = one.reading.records
    assert isinstance(found, Statement) and found.titles[0].startswith("Côte d'Ivoire – consult – ")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (HEADER.replace("Event Type", "Type").encode(), "has no column Event Type"),
        (HEADER.replace("\t", ",").encode(), "has no column Event ID"),
        (HEADER.encode("utf-16"), "is no text"),
        (b"PK\x03\x04cut", "is damaged or cut off"),
    ],
)
def test_a_file_that_is_none_is_one_clear_error(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "ngecEventsDV-2021.txt"
    path.write_bytes(content)
    with pytest.raises(TableError, match=fault):
        opened("polecat", path)


def test_loading_adds_up_and_the_same_again_changes_nothing(file: File, store: Store) -> None:
    path = file(
        VISIT,
        VISIT,
        polecat("2", "RUS", "ASSAULT", "UKR", Contexts="military"),
        polecat("3", "USA; XYZ", "CONSULT", "JPN"),
        polecat("4", "USA", "SUPPORT", "JPN"),
    )
    (done,) = loaded_twice(store, "polecat", path)
    assert (done.read, done.stored, done.skipped, done.rejected, done.quarantined_parts) == (5, 3, 1, 1, 1)


def test_a_file_speaks_for_itself_only(file: File, store: Store) -> None:
    for name in ("ngecEvents.1.DV.txt", "ngecEvents.2.DV.txt"):
        (each,) = opened("polecat", file(polecat(name, "USA", "CONSULT", "JPN"), name=name))
        assert load(store, each.reading).retracted == 0
    assert store.read("MATCH (f:Fact) RETURN count(f) AS n") == [{"n": 2}]


def test_a_folder_of_them(file: File, tmp_path: Path) -> None:
    file(VISIT)
    file(VISIT, name="notes.txt")
    assert [each.reading.scope for each in opened("polecat", tmp_path)] == ["polecat:ngecEventsDV-2021"]
