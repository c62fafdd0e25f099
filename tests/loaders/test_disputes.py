"""Militarized interstate disputes: the whole file as published, and rows that are faulty."""

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError, TableError
from comity.graph.loading import load
from comity.graph.model import Party, Place, Rejected, Statement, Step
from comity.graph.reading import Reading
from comity.graph.resolve import Fact, resolve_all
from comity.graph.revision import revision_of
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
from comity.loaders.codes import Codes, Found
from comity.loaders.disputes import LOADER

FILE = "gml_mid_ddydisps.csv"
HEADER = (
    "dispnum,ccode1,ccode2,year,gmlmidongoing,gmlmidonset,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,"
    "hiact1,hiact2,hostlev1,hostlev2,orig1,orig2,fatality,hostlev,recip,mindur,maxdur,stmon"
)
CANADA = "2968,2,20,1979,1,1,0,1,0,0,0,0,0,15,1,4,1,1,0,4,0,6,6,8"
ROW = dict(zip(HEADER.split(","), CANADA.split(","), strict=True))


def opened(path: Path) -> Reading:
    [only] = LOADER.open([str(path)], Codes())
    return only.reading


def written(folder: Path, *rows: Mapping[str, object], header: str = HEADER) -> Path:
    path = folder / "disputes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header.split(","), extrasaction="ignore", restval="x")
        writer.writeheader()
        writer.writerows({**ROW, **row} for row in rows)
    return path


def records(folder: Path, *rows: Mapping[str, object]) -> list[object]:
    return list(opened(written(folder, *rows)).records)


def facts_of(folder: Path, *rows: Mapping[str, object]) -> list[Fact]:
    return list(resolve_all(one for one in records(folder, *rows) if isinstance(one, Statement)))


@pytest.fixture(scope="module")
def whole(data_folder: Path) -> list[object]:
    return list(opened(data_folder / "rivalry" / FILE).records)


@pytest.fixture(scope="module")
def facts(whole: list[object]) -> dict[str, Fact]:
    return {fact.id: fact for fact in resolve_all(one for one in whole if isinstance(one, Statement))}


def test_every_row_of_the_published_file_is_accounted_for(whole: list[object]) -> None:
    assert sum(isinstance(one, Statement) for one in whole) == 9_284
    rest = [one for one in whole if isinstance(one, Rejected)]
    assert Counter((one.reason, one.part) for one in rest) == {("stmon '13' is no month", True): 10}


def test_what_the_published_file_tells(facts: dict[str, Fact]) -> None:
    assert len(facts) == 2_047
    assert Counter(fact.types for fact in facts.values()) == {
        ("use-of-force",): 1_399,
        ("display",): 498,
        ("war",): 94,
        ("threat",): 56,
    }
    assert all(fact.conflicts == () and fact.views == () for fact in facts.values())
    assert Counter(fact.status for fact in facts.values()) == {"held": 2_041, "under_way": 6}
    assert Counter(party.role for fact in facts.values() for party in fact.parties) == {
        "initiator": 2_191,
        "target": 2_185,
        "joined-target": 292,
        "joined-initiator": 261,
    }


def test_dyad_years_come_out_again(data_folder: Path, facts: dict[str, Fact]) -> None:
    codes = Codes()

    def actor(row: Mapping[str, str], column: str) -> str:
        found = codes.find(row[column], "cow", When.parse(row["year"]))
        assert isinstance(found, Found)
        return found.actor

    with (data_folder / "rivalry" / FILE).open(encoding="utf-8", newline="") as file:
        published = {
            (
                f"disputes:{row['dispnum']}",
                *sorted((actor(row, "ccode1"), actor(row, "ccode2"))),
                int(row["year"]),
            )
            for row in csv.DictReader(file)
        }
    ours = {
        (fact.id, tie.left, tie.right, year)
        for fact in facts.values()
        for tie in derive_ties([fact])
        for year in range(tie.when.earliest_begin.year, min(tie.when.latest_end.year, 2010) + 1)
    }
    assert (len(published), len(ours), len(published - ours)) == (4_642, 4_695, 0)
    # The file keeps one dispute for two states in a year, so that of some disputes not all pairs are there.
    assert len({fact for fact, *_ in ours - published}) == 16


def test_a_row_is_a_statement_with_both_sides(tmp_path: Path) -> None:
    year = When.parse("1979")
    assert records(tmp_path, {}) == [
        Statement(
            fact="disputes:2968",
            kind="dispute",
            source="disputes:dyads",
            place=Place("dispute 2968, states 2 and 20, 1979"),
            types=("use-of-force",),
            parties=(Party("USA", "target", dates=year), Party("CAN", "initiator", dates=year)),
            steps=(Step("held", When.parse("1979-08/1979")),),
            method="table",
        )
    ]


def test_only_those_on_different_sides_are_tied(tmp_path: Path) -> None:
    [fact] = facts_of(tmp_path, {}, {"ccode2": 200, "orig2": 0}, {"ccode1": 220, "orig1": 0})
    assert {party.actor: party.role for party in fact.parties} == {
        "CAN": "initiator",
        "FRA": "joined-target",
        "GBR": "joined-initiator",
        "USA": "target",
    }
    ties = {(tie.left, tie.right) for tie in derive_ties([fact])}
    assert ties == {("CAN", "USA"), ("GBR", "USA"), ("CAN", "FRA"), ("FRA", "GBR")}


def test_years_without_a_gap_are_one_time(tmp_path: Path) -> None:
    years = [{"year": year, "gmlmidonset": int(year == 1979)} for year in (1981, 1979, 1980, 1983)]
    [fact] = facts_of(tmp_path, *years)
    assert [party.dates.text for party in fact.parties if party.dates and party.actor == "USA"] == [
        "1979/1981",
        "1983",
    ]
    assert fact.steps[0].when.text == "1979-08/1983"
    assert fact.conflicts == ()
    assert not any(tie.when.possibly_on(date(1982, 7, 1)) for tie in derive_ties([fact]))


def test_the_month_is_that_of_the_first_year_of_those_who_began(tmp_path: Path) -> None:
    for later in ({"gmlmidonset": 0}, {"orig1": 0}, {"stmon": 13}):
        [fact] = facts_of(tmp_path, later)
        assert fact.steps[0].when.text == "1979"


@pytest.mark.parametrize(
    ("year", "longest", "text", "name"),
    [
        (2010, 6, "2010-08/2010", "held"),
        (2010, 200, "2010-08/[2010..]", "under_way"),
        (2010, -9, "2010-08/[2010..]", "under_way"),
        (2009, 200, "2009-08/2009", "held"),
    ],
)
def test_whether_a_dispute_was_over_in_the_last_year(
    tmp_path: Path, year: int, longest: int, text: str, name: str
) -> None:
    [found] = records(tmp_path, {"year": year, "maxdur": longest})
    assert isinstance(found, Statement)
    assert found.steps == (Step(name, When.parse(text)),)
    [tie] = derive_ties(resolve_all([found]))
    assert tie.when.possibly_on(date(2012, 1, 1)) == (name == "under_way")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"ccode1": 9999}, "nobody has the cow code '9999'"),
        ({"ccode1": 20}, "both sides are the same state"),
        ({"hostlev": 1}, "hostlev '1' is no level of hostility of a dispute"),
        ({"sidea1": 1}, "both states are on the same side"),
        ({"orig1": -9}, "sidea and orig are 0 or 1"),
        ({"year": 79}, "'79' is no year"),
        ({"dispnum": ""}, "it has no dispnum"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(
    tmp_path: Path, cells: Mapping[str, object], reason: str
) -> None:
    [found] = records(tmp_path, cells)
    assert isinstance(found, Rejected)
    assert (found.place, found.reason, found.part) == ("row 2", reason, False)


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    plain = records(tmp_path, {})
    turned = written(tmp_path, {}, header=",".join(reversed(HEADER.split(","))))
    assert list(opened(turned).records) == plain


def test_files_that_are_no_table_of_disputes(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="has no column stmon"):
        opened(written(tmp_path, {}, header=HEADER.replace("stmon", "x")))
    path = written(tmp_path, {})
    with pytest.raises(InputError, match="one file"):
        LOADER.open([str(path), str(path)], Codes())
    path.write_bytes(f"{HEADER}\n{CANADA}\n{CANADA[:30]}".encode())
    whole, cut = sorted(opened(path).records, key=lambda record: isinstance(record, Rejected))
    assert isinstance(whole, Statement) and isinstance(cut, Rejected)
    path.write_bytes(f"{HEADER}\n{CANADA}é\n".encode("latin-1"))
    with pytest.raises(TableError, match="not in the encoding UTF-8"):
        opened(path)


def test_loading_counts_every_row_and_a_second_load_changes_nothing(
    data_folder: Path, whole: list[object], embedded_store: Store
) -> None:
    path = data_folder / "rivalry" / FILE
    items = [*(one.id for one in whole if isinstance(one, Statement)), opened(path).sources[0].digest]
    first = load(embedded_store, opened(path))
    assert (first.read, first.stored, first.rejected, first.quarantined_parts) == (9_284, 9_284, 0, 10)
    assert first.revision == revision_of(items)
    second = load(embedded_store, opened(path))
    assert (second.read, second.unchanged, second.revision) == (9_284, 9_284, first.revision)
