"""GDELT events: real files of both versions with their counts, the traps of actors and layouts, and broken files."""

import csv
import gzip
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from comity.graph.errors import TableError
from comity.graph.loading import load
from comity.graph.model import Rejected, Skipped, Statement
from comity.graph.reading import Reading, Record
from comity.graph.stores import Store, open_store
from comity.loaders.cameo import NOBODY, ONE_ACTOR
from comity.loaders.codes import Codes
from comity.loaders.gdelt import LAYOUTS
from comity.loaders.sources import loader_of
from tests.loaders.events import gdelt

JPN = {"code": "JPNGOV", "name": "JAPAN", "country": "JPN"}
GBR = {"code": "GBR", "name": "LONDON", "country": "GBR"}

File = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes rows as a published file."""

    def write(*rows: str, name: str = "20151027220000.export.CSV") -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    return write


def opened(path: Path) -> Reading:
    (one,) = loader_of("gdelt").open([str(path)], Codes())
    return one.reading


@pytest.mark.parametrize(("name", "warned"), [("20151027220000.export.CSV", 0), ("mine.csv", 1)])
def test_a_file_whose_name_tells_no_time_is_warned_of(file: File, name: str, warned: int) -> None:
    path = file(gdelt("1", JPN, GBR, "040"), name=name)
    (one,) = loader_of("gdelt").open([str(path)], Codes())
    assert len(one.warnings) == warned
    assert all("name does not tell" in warning for warning in one.warnings)


def records(path: Path) -> list[Record]:
    return list(opened(path).records)


def stated(path: Path) -> Statement:
    (found,) = records(path)
    assert isinstance(found, Statement)
    return found


def actors(statement: Statement) -> dict[str, str]:
    return {party.actor: party.role for party in statement.parties}


def counted(found: list[Record]) -> dict[str, int]:
    return dict(Counter(type(one).__name__ for one in found))


def kinds(found: list[Record]) -> dict[str, int]:
    return dict(Counter(one.kind for one in found if isinstance(one, Statement)))


def test_the_sample_of_version_1(data_folder: Path) -> None:
    found = records(data_folder / "events" / "gdelt1_2016_sample_58col.csv")
    assert counted(found) == {"Statement": 46, "Skipped": 463, "Rejected": 201}
    assert kinds(found) == {"talks": 26, "dispute": 18, "agreement": 2}
    # 201 lines of the years before 2013 stand at its end, which have no address yet.
    reasons = {one.reason for one in found if isinstance(one, Rejected)}
    assert reasons == {"it has 57 cells, and the table has 58 columns"}
    assert Counter(one.reason for one in found if isinstance(one, Skipped)) == {
        NOBODY.reason: 223,
        ONE_ACTOR.reason: 25,
        "a public statement binds nobody": 82,  # all of root 01
        "an appeal asks for what has not come about": 45,  # all of root 02
        "reforms and concessions are none of the kinds": 30,
        "praise and support in words bind nobody": 28,
        "aid is none of the kinds": 12,
        "material cooperation that is not military is none of the kinds": 7,
        "protests are by people and not by states": 6,
        "an investigation is none of the kinds": 5,
    }


def test_the_file_of_version_2(data_folder: Path) -> None:
    path = data_folder / "events" / "gdelt2_20151027220000.events.csv"
    found = records(path)
    assert counted(found) == {"Statement": 204, "Skipped": 1_912}
    assert kinds(found) == {"talks": 119, "dispute": 74, "agreement": 11}
    # Counted again without any of the loader: rows that the mapping takes and whose two countries differ.
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == len(found) == len({row[0] for row in rows})
    regions = {"", "AFR", "EUR", "SEA", "NMR", "WST"}
    between = [row for row in rows if row[7] != row[17] and not {row[7], row[17]} & regions]
    taken = [
        row
        for row in between
        if row[26][:3] in {"030", "031", "032", "036", "037", "038", "039", "050", "057"}
    ]
    taken += [
        row
        for row in between
        if row[28] in {"04", "10", "11", "12", "13", "15", "16", "17", "18", "19", "20"}
    ]
    taken += [row for row in between if row[26][:3] == "062"]
    by_country = {
        one.fact
        for one in found
        if isinstance(one, Statement) and all(len(party.actor) == 3 for party in one.parties)
    }
    assert {f"gdelt:{row[0]}" for row in taken} <= by_country


def test_the_columns_are_those_published(data_folder: Path) -> None:
    with (data_folder / "events" / "GDELT_2.0_Events_Column_Labels.csv").open(encoding="utf-8-sig") as file:
        labels = [row[0] for row in csv.reader(file)][1:]
    assert list(LAYOUTS[61].columns) == labels


@pytest.mark.parametrize("name", ["gdelt1_2016_sample_58col.csv", "gdelt2_20151027220000.events.csv"])
def test_loading_counts_every_row_and_changes_nothing_again(
    data_folder: Path, tmp_path: Path, store: Store, name: str
) -> None:
    path = data_folder / "events" / name
    rows = path.read_text(encoding="utf-8").count("\n")
    first = load(store, opened(path))
    assert first.read == rows == first.stored + first.unchanged + first.skipped + first.rejected
    again = load(store, opened(path))
    assert (again.read, again.stored, again.unchanged) == (rows, 0, first.stored)
    assert again.revision == first.revision
    with open_store(str(tmp_path / "other")) as other:
        assert load(other, opened(path)).revision == first.revision


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_each_layout_is_told_by_its_columns(file: File, columns: int) -> None:
    found = stated(file(gdelt("479491253", JPN, GBR, "042", columns=columns)))
    assert found.fact == "gdelt:479491253" and found.source == "gdelt:20151027220000"
    assert str(found.place) == "event 479491253"
    assert (found.kind, found.types, [f"{step.name} {step.when}" for step in found.steps]) == (
        "talks", ("visit",), ["held 2015-10-27"],
    )  # fmt: skip
    assert actors(found) == {"GBR": "host", "JPN": "guest"}
    assert found.titles == ("JAPAN – make a visit – LONDON",)
    told = {name: values[0] for name, values in found.properties}
    url = {} if columns == 57 else {"url": "https://example.org/479491253"}
    assert (
        told == {"cameo": "042", "goldstein": "2.5", "location": "Tokyo, Tokyo, Japan", "mentions": "7"} | url
    )


def test_packed_files_are_read_as_published(file: File, tmp_path: Path) -> None:
    plain = file(gdelt("1", JPN, GBR, "040"))
    packed = tmp_path / "20151027.export.CSV.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(plain, "20151027.export.CSV")
    zipped = tmp_path / "201510.csv.gz"
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    assert stated(packed).parties == stated(zipped).parties == stated(plain).parties
    assert [opened(path).sources[0].coverage for path in (plain, packed, zipped)] == [
        "2015-10-27", "2015-10-27", "2015-10",
    ]  # fmt: skip
    assert opened(packed).sources[0].id == "gdelt:20151027"


@pytest.mark.parametrize(
    ("actor", "id"),
    [
        ({"code": "IGOEUREEC", "country": "EUR", "group": "EEC"}, "EU"),
        ({"code": "IGOWSTNAT", "country": "WST", "group": "NAT"}, "NATO"),
        ({"code": "IGOAFRAFU", "country": "AFR"}, "AU"),
        ({"code": "IGOUNOREFHCR", "group": "UNO"}, "UN"),
        ({"code": "DEUGOV", "country": "DEU"}, "DEU"),
        ({"code": "PSEREBHMS", "country": "PSE", "group": "HMS"}, "PSE"),
    ],
)
def test_organizations_stand_behind_regions_and_groups(file: File, actor: dict[str, str], id: str) -> None:
    assert set(actors(stated(file(gdelt("1", JPN, actor, "040"))))) == {"JPN", id}


@pytest.mark.parametrize(
    "actor",
    [
        {},
        {"code": "AFR", "country": "AFR"},
        {"code": "IMGMOSALQ", "group": "ALQ"},
        {"code": "BUS"},
        {"code": "IGO"},
    ],
)
def test_who_is_no_country_or_organization_is_left_out(file: File, actor: dict[str, str]) -> None:
    assert records(file(gdelt("1", JPN, actor, "040"))) == [NOBODY]


def test_one_country_with_itself_is_left_out(file: File) -> None:
    assert records(file(gdelt("1", JPN, JPN | {"code": "JPNBUS"}, "040"))) == [ONE_ACTOR]


def test_unknown_countries_go_into_quarantine(file: File) -> None:
    (found,) = records(file(gdelt("1", {"code": "XYZ", "country": "XYZ"}, GBR, "040")))
    assert isinstance(found, Rejected) and (found.value, found.system, found.place) == (
        "XYZ",
        "cameo",
        "row 1",
    )
    assert found.record.startswith("1,20151027,")


def test_codes_are_read_on_the_day_of_the_event(file: File) -> None:
    eec = {"code": "IGOEUREEC", "country": "EUR", "group": "EEC"}
    assert "EEC" in actors(stated(file(gdelt("1", JPN, eec, "040", day="19870101"))))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (gdelt("x1", JPN, GBR, "040"), "'x1' is no number of an event"),
        (gdelt("1", JPN, GBR, "40"), "'40' is no code of CAMEO: were zeros at its beginning lost?"),
        (gdelt("1", JPN, GBR, "040", day="20150231"), "'2015-02-31' is not in the calendar"),
        (gdelt("1", JPN, GBR, "040", day="27.10.15"), "'27.1-0.-15' is no EDTF date"),
        (gdelt("1", JPN, GBR, "040") + "\t", "it has 62 cells, and the table has 61 columns"),
        (gdelt("1", JPN, GBR, "040")[:90], "it has "),
    ],
    ids=["id", "zeros", "day", "form", "long", "cut"],
)
def test_broken_rows_are_rejected_one_by_one(file: File, row: str, reason: str) -> None:
    right, wrong = records(file(gdelt("7", JPN, GBR, "040"), row))
    assert isinstance(right, Statement) and isinstance(wrong, Rejected)
    assert wrong.reason.startswith(reason) and wrong.place == "row 2"


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_a_broken_first_row_does_not_spoil_the_file(file: File, columns: int) -> None:
    whole = [gdelt(str(number), JPN, GBR, "040", columns=columns) for number in range(2)]
    for broken in (whole[0][:90], whole[0] + "\tmore", 'a "b\tc'):
        wrong, *right = records(file(broken, *whole))
        assert isinstance(wrong, Rejected) and wrong.place == "row 1"
        assert [type(one) for one in right] == [Statement, Statement]
    wrong, one = records(file(whole[0][:90], whole[1]))  # as many broken as right ones
    assert isinstance(wrong, Rejected) and isinstance(one, Statement)


def test_an_event_that_stands_there_twice_is_rejected_once(file: File, store: Store) -> None:
    one, other = gdelt("1", JPN, GBR, "040"), gdelt("2", JPN, GBR, "040")
    done = load(store, opened(file(one, other, one)))
    assert (done.read, done.stored, done.rejected) == (3, 2, 1)
    assert done.rejections[0].reason == "the event 1 stands in an earlier row already"


def test_a_file_speaks_for_itself_only(file: File, store: Store) -> None:
    load(store, opened(file(gdelt("1", JPN, GBR, "040"), name="20151027.export.CSV")))
    second = load(store, opened(file(gdelt("2", JPN, GBR, "040"), name="20151028.export.CSV")))
    assert (second.stored, second.retracted) == (1, 0)
    corrected = load(store, opened(file(gdelt("3", JPN, GBR, "040"), name="20151028.export.CSV")))
    assert (corrected.stored, corrected.retracted) == (1, 1)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        (b"1\t2\t3\n", "has 3 columns where 61 are published"),
        (b"a" * 2_000_000, "has a line of more than"),
        (b"\xff\xfe1\x00\t\x00", "is not in the encoding|is no text"),
        (b"\x1f\x8b\x08\x00cut", "is damaged or cut off"),
        (b"PK\x03\x04cut", "is damaged or cut off"),
    ],
    ids=["empty", "other", "one-line", "utf-16", "gzip", "zip"],
)
def test_a_file_that_is_none_is_one_clear_error(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "20151027.export.CSV"
    path.write_bytes(content)
    with pytest.raises(TableError, match=fault):
        opened(path)


def test_a_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="is a folder"):
        opened(tmp_path)


def test_the_real_file_cut_in_the_middle(data_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    content = (data_folder / "events" / "gdelt2_20151027220000.events.csv").read_bytes()
    path.write_bytes(content[: len(content) // 2 - 100])
    *found, last = records(path)
    assert isinstance(last, Rejected) and "cells" in last.reason
    assert all(not isinstance(one, Rejected) for one in found)
