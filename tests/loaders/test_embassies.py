"""Embassies of 16 November 2022: the file as published, and rows that are faulty."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError, TableError
from comity.graph.loading import load
from comity.graph.model import Party, Place, Rejected, Repair, Statement, Step
from comity.graph.reading import Reading
from comity.graph.resolve import resolve
from comity.graph.revision import revision_of
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
from comity.loaders.codes import Codes
from comity.loaders.embassies import DAY, LOADER, WHERE_IT_STANDS

COLUMNS = (
    "operator", "operatorQID", "jurisdictions", "jurisdictionQIDs", "country", "countryQID", "city",
    "type", "typeQID", "creation", "QID",
)  # fmt: skip
ITEM = "http://www.wikidata.org/entity/"
AUSTRALIA = {
    "operator": "Australia", "operatorQID": f"{ITEM}Q408", "jurisdictions": "France|Monaco",
    "jurisdictionQIDs": f"{ITEM}Q142|{ITEM}Q235", "country": "France", "countryQID": f"{ITEM}Q142", "city": "Paris",
    "type": "embassy", "typeQID": f"{ITEM}Q3917681", "creation": "1948-04-20T00:00:00Z", "QID": f"{ITEM}Q2841585",
}  # fmt: skip
CONSULATE = {"type": "consulate general", "typeQID": f"{ITEM}Q372690"}
NOBODY = {"jurisdictions": "", "jurisdictionQIDs": ""}
BAVARIA = {"jurisdictions": "Bavaria", "jurisdictionQIDs": f"{ITEM}Q980"}


def opened(path: Path) -> Reading:
    [one] = LOADER.open([str(path)], Codes())
    return one.reading


def written(folder: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / "database_of_embassies.csv"
    lines = [";".join(columns) + ";", *(";".join(row[name] for name in columns) for row in rows)]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def read(folder: Path, **changes: str) -> list[object]:
    return list(opened(written(folder, {**AUSTRALIA, **changes})).records)


def only(folder: Path, **changes: str) -> Statement:
    [found] = read(folder, **changes)
    assert isinstance(found, Statement)
    return found


def test_the_published_file(data_folder: Path) -> None:
    reading = opened(data_folder / "diplomacy" / "database_of_embassies_20221116.csv")
    [source] = reading.sources
    assert (source.id, source.coverage, source.licence) == ("embassies:missions", DAY, "CC0-1.0")
    assert "Powered by Wikidata" in source.citation
    records = list(reading.records)
    missions = [one for one in records if isinstance(one, Statement)]
    rejected = [one for one in records if isinstance(one, Rejected)]
    whole = [one for one in rejected if not one.part]
    assert (len(missions), len(whole), len(rejected) - len(whole)) == (9_676, 176, 64)
    assert len(missions) + len(whole) == 9_852
    assert len({one.fact for one in missions}) == 9_676
    assert Counter(one.types for one in missions) == {
        ("embassy",): 8_353,
        ("consulate",): 1_190,
        ("mission",): 133,
    }
    assert sum(len(one.parties) - 1 for one in missions) == 17_780
    assert Counter(one.reason for one in whole).most_common(2) == [
        ("it names no jurisdiction", 97),
        ("nobody has the wikidata code 'Q190353'", 33),  # the Order of Malta
    ]
    stand_ins = [one for one in missions if any(each.rule == WHERE_IT_STANDS for each in one.repairs)]
    assert not any(one.types == ("embassy",) for one in stand_ins)
    shared = [one for one in missions if "Q106686567" in one.fact]
    assert {one.fact for one in shared} == {"embassies:Q106686567@IRQ", "embassies:Q106686567@NPL"}


def test_a_mission_has_a_sender_and_its_receivers(tmp_path: Path) -> None:
    assert only(tmp_path) == Statement(
        fact="embassies:Q2841585",
        kind="representation",
        source="embassies:missions",
        place=Place("Q2841585"),
        types=("embassy",),
        titles=("embassy of Australia in Paris",),
        parties=(Party("AUS", "sender"), Party("FRA", "receiver"), Party("MCO", "receiver")),
        steps=(Step("in_force", When.parse("1948-04-20/[2022-11-16..]")),),
        properties=(("location", ("Paris",)),),
        method="table",
    )


def test_it_was_there_on_that_day_and_no_more_is_told(tmp_path: Path) -> None:
    ties = list(derive_ties([resolve([only(tmp_path, creation="")])]))
    assert {(tie.left, tie.right, tie.directed) for tie in ties} == {
        ("AUS", "FRA", True),
        ("AUS", "MCO", True),
    }
    when = ties[0].when
    assert when.text == "[..2022-11-16]/[2022-11-16..]"
    assert when.certainly_on(date(2022, 11, 16))
    for day in (date(2022, 11, 15), date(2022, 11, 17), date(2026, 1, 1)):
        assert (when.certainly_on(day), when.possibly_on(day)) == (False, True)


@pytest.mark.parametrize(
    ("creation", "begin"),
    [
        ("1992-01-01T00:00:00Z", "1992"),
        ("1993-05-01T00:00:00Z", "1993-05"),
        ("1968-04-25T00:00:00Z", "1968-04-25"),
        ("", f"[..{DAY}]"),
    ],
)
def test_a_creation_is_no_more_precise_than_is_sure(tmp_path: Path, creation: str, begin: str) -> None:
    [step] = only(tmp_path, creation=creation).steps
    assert step.when.text == f"{begin}/[{DAY}..]"


@pytest.mark.parametrize(
    ("creation", "reason"),
    [
        ("1300-01-01T00:00:00Z", "there was no standing mission in 1300"),
        ("2023-03-02T00:00:00Z", "it was created after the day of the database, 2022-11-16"),
        ("1990-02-31T00:00:00Z", "its creation '1990-02-31T00:00:00Z' is no date"),
        ("t1234567", "its creation 't1234567' is no date"),
    ],
)
def test_a_creation_that_cannot_be_goes_to_quarantine(tmp_path: Path, creation: str, reason: str) -> None:
    part, statement = read(tmp_path, creation=creation)
    assert isinstance(part, Rejected) and isinstance(statement, Statement)
    assert (part.reason, part.part) == (reason, True)
    assert statement.steps[0].when.text == f"[..{DAY}]/[{DAY}..]"


def test_a_consulate_is_received_where_it_stands(tmp_path: Path) -> None:
    munich = {"country": "Germany", "countryQID": f"{ITEM}Q183", "city": "Munich", **CONSULATE}
    found = only(tmp_path, **munich, **BAVARIA)
    assert found.parties == (Party("AUS", "sender"), Party("DEU", "receiver"))
    assert found.repairs == (Repair("parties", "Q980", WHERE_IT_STANDS),)
    assert only(tmp_path, **munich, **NOBODY).parties == found.parties
    assert {party.actor for party in only(tmp_path, **munich).parties} == {"AUS", "FRA", "MCO"}


def test_a_jurisdiction_that_is_nobody_is_a_part_in_quarantine(tmp_path: Path) -> None:
    part, statement = read(
        tmp_path,
        jurisdictions="France|Sovereign Military Order of Malta|Australia",
        jurisdictionQIDs=f"{ITEM}Q142|{ITEM}Q190353|{ITEM}Q408",
    )[-2:]
    parts = [
        one for one in read(tmp_path, jurisdictions="x|Australia|France", jurisdictionQIDs="|Q408|Q142")[:-1]
    ]
    assert [(one.value, one.system, one.part) for one in parts if isinstance(one, Rejected)] == [
        ("x", "", True),
        ("Q408", "", True),
    ]
    assert isinstance(part, Rejected) and part.reason == "it names the operator among the jurisdictions"
    assert isinstance(statement, Statement)
    assert statement.parties == (Party("AUS", "sender"), Party("FRA", "receiver"))


@pytest.mark.parametrize(
    ("changes", "reason", "value"),
    [
        ({"QID": ""}, "it has no QID", ""),
        ({"typeQID": f"{ITEM}Q1"}, "'embassy' is no known sort of mission", f"{ITEM}Q1"),
        ({"operatorQID": f"{ITEM}Q176"}, "nobody has the wikidata code 'Q176'", "Q176"),
        (NOBODY, "it names no jurisdiction", ""),
        (BAVARIA, "nobody has the wikidata code 'Q980'", "Q980"),
        ({**NOBODY, **CONSULATE, "countryQID": f"{ITEM}Q408"}, "it names no jurisdiction", ""),
        ({"city": "Paris;x"}, "it has a cell that no column is for", f"{ITEM}Q2841585"),
        ({"city": "Paris;x;y"}, "it has 13 cells, and the table has 12 columns", ""),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(
    tmp_path: Path, changes: dict[str, str], reason: str, value: str
) -> None:
    [found] = read(tmp_path, **changes)
    assert isinstance(found, Rejected)
    assert (found.reason, found.value, found.part) == (reason, value, False)


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    plain = only(tmp_path)
    [turned] = opened(written(tmp_path, AUSTRALIA, columns=COLUMNS[::-1])).records
    assert turned == plain


def test_files_that_are_no_table_of_missions(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="embassies reads one file"):
        LOADER.open([], Codes())
    with pytest.raises(TableError, match="has no column QID"):
        opened(written(tmp_path, AUSTRALIA, columns=COLUMNS[:-1]))
    path = written(tmp_path, AUSTRALIA)
    path.write_bytes(path.read_text(encoding="utf-8").replace("Paris", "é").encode("latin-1"))
    with pytest.raises(TableError, match="not in the encoding UTF-8"):
        opened(path)
    text = written(tmp_path, AUSTRALIA).read_text(encoding="utf-8")
    path.write_text(text[:-40], encoding="utf-8")
    [cut] = opened(path).records
    assert isinstance(cut, Rejected)


def test_loading_counts_every_row_and_a_second_load_changes_nothing(
    data_folder: Path, tmp_path: Path, embedded_store: Store
) -> None:
    published = data_folder / "diplomacy" / "database_of_embassies_20221116.csv"
    path = tmp_path / published.name  # some of each sort: all of Afghanistan to Austria
    with published.open(encoding="utf-8") as file:
        path.write_text("".join(line for _, line in zip(range(701), file, strict=False)), encoding="utf-8")
    records = list(opened(path).records)
    statements = [one for one in records if isinstance(one, Statement)]
    first = load(embedded_store, opened(path))
    assert (first.read, first.stored) == (700, len(statements))
    assert first.read == first.stored + first.unchanged + first.skipped + first.rejected
    items = [source.digest for source in opened(path).sources] + [one.id for one in statements]
    assert first.revision == revision_of(items)
    second = load(embedded_store, opened(path))
    assert (second.read, second.stored, second.unchanged) == (700, 0, first.stored)
    assert second.revision == first.revision
