"""Any table with its mapping: the examples of docs/table.md, both sorts of file, scattered rows, and what can be wrong."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from comity.graph.errors import ComityError, DossierError, InputError, TableError
from comity.graph.loading import load
from comity.graph.model import Rejected, Skipped, Statement
from comity.graph.reading import Reading, Record
from comity.graph.resolve import resolve_all
from comity.graph.statements import read_statements
from comity.graph.stores import Store
from comity.loaders import grouping
from comity.loaders.codes import Codes
from comity.loaders.grouping import grouped
from comity.loaders.sources import loader_of

DOCS = Path(__file__).parents[2] / "docs" / "table.md"
EXAMPLES = dict(
    re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
)

PAIRS = """\
table: pairs
source: {title: Pairs}
kind: talks
key: id
actors:
  - {column: [a, b], system: iso3}
steps:
  held: day
"""

Files = Callable[..., Sequence[str]]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Writes files, `pairs.csv` and `pairs.yaml` unless others are named, and gives their names."""

    def write(csv: str = "", yaml: str = PAIRS, **others: str) -> Sequence[str]:
        texts = {"pairs.csv": csv, "pairs.yaml": yaml}
        texts |= {name.replace("_", "."): text for name, text in others.items()}
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return [str(tmp_path / name) for name in texts]

    return write


def opened(names: Sequence[str]) -> Reading:
    (one,) = loader_of("table").open(names, Codes())
    return one.reading


def records(names: Sequence[str]) -> list[Record]:
    return list(opened(names).records)


def stated(names: Sequence[str]) -> list[Statement]:
    return [record for record in records(names) if isinstance(record, Statement)]


def example(tmp_path: Path, name: str) -> Sequence[str]:
    for ending in ("csv", "yaml"):
        (tmp_path / f"{name}.{ending}").write_text(EXAMPLES[f"{name}.{ending}"], encoding="utf-8")
    return [str(tmp_path / f"{name}.csv"), str(tmp_path / f"{name}.yaml")]


def says(statement: Statement) -> tuple[str, str, list[str], list[str], list[str]]:
    return (
        statement.fact,
        str(statement.place),
        [party.actor for party in statement.parties],
        list(statement.types),
        [f"{step.name} {step.when}" for step in statement.steps],
    )


def test_the_list_of_treaties_of_the_page(tmp_path: Path) -> None:
    names = example(tmp_path, "treaties")
    assert list(map(says, stated(names))) == [
        ("treaties-of-france:1", "1", ["DEU", "FRA"], ["consultation", "partnership"],
         ["in_force 2020-01-22/..", "signed 2019-01-22"]),
        ("treaties-of-france:2", "2", ["FRA", "POL"], ["defence"], ["signed 2025-05-09"]),
        ("treaties-of-france:3", "3", ["FRA", "GBR"], ["defence"],
         ["in_force 1947-09-08/1954-08-25", "signed 1947-03-04"]),
    ]  # fmt: skip
    reading = opened(names)
    assert (reading.collection, [source.id for source in reading.sources]) == (
        "treaties-of-france",
        ["treaties-of-france:treaties"],
    )
    assert stated(names)[0].titles == ("Treaty of Aachen",)
    assert stated(names)[0].properties == (("location", ("Aachen",)),)
    assert reading.sources[0].coverage == "1945/.." and len(reading.sources[0].sha256) == 64


def test_the_data_set_with_codes_of_the_page(tmp_path: Path) -> None:
    told = stated(example(tmp_path, "dcad"))
    assert list(map(says, told)) == [
        ("dcad:1", "1", ["JPN", "USA"], ["research"], ["in_force 1983-11-08/..", "signed 1983-11-08"]),
        ("dcad:2", "2", ["GBR", "USA"], ["information-security", "partnership"],
         ["in_force 1985-06/2005", "signed 1985-06"]),
        ("dcad:3", "3", ["NLD", "USA"], ["partnership"], ["in_force 1990/..", "signed 1990"]),
        ("dcad:3", "3", ["BEL", "NLD"], ["partnership"], ["in_force 1990/..", "signed 1990"]),
    ]  # fmt: skip
    third = list(resolve_all(told))[2]
    assert [party.actor for party in third.parties] == ["BEL", "NLD", "USA"]
    assert not third.conflicts


def test_both_engines_hold_the_examples_alike(tmp_path: Path, store: Store) -> None:
    revisions = set()
    for name in ("dcad", "treaties"):
        names = example(tmp_path, name)
        first, again = (load(store, opened(names)) for _ in range(2))
        assert first.read == first.stored and again.read == again.unchanged == first.read
        assert first.revision == again.revision
        revisions.add(first.revision)
    assert len(revisions) == 2
    assert len(read_statements(store)) == 7


def test_a_reading_can_be_read_again(tmp_path: Path) -> None:
    names = example(tmp_path, "dcad")
    reading = opened(names)
    assert (reading.loader, list(reading.files)) == ("table", list(names))
    again = opened(reading.files)
    assert list(again.records) == list(reading.records)


def test_parquet_says_what_the_same_csv_says(tmp_path: Path) -> None:
    names = example(tmp_path, "dcad")
    lines = [line.split(",") for line in EXAMPLES["dcad.csv"].splitlines()]
    columns: dict[str, list[float | None]] = {
        name: [None if row[place] == "." else float(row[place]) for row in lines[1:]]
        for place, name in enumerate(lines[0])
    }
    pyarrow.parquet.write_table(pyarrow.table(columns), tmp_path / "dcad.parquet")
    told = stated([str(tmp_path / "dcad.parquet"), names[1]])
    assert [says(one)[2:] for one in told] == [says(one)[2:] for one in stated(names)]
    assert [one.fact for one in told] == [one.fact for one in stated(names)]
    assert [str(one.place) for one in told] == ["1", "2", "3", "3"]


def test_parquet_with_dates_and_flags(tmp_path: Path, files: Files) -> None:
    mapping = PAIRS + "types: {flags: {met: summit}}\n"
    table = pyarrow.table(
        {
            "id": [1, 2],
            "a": ["JPN", "FRA"],
            "b": ["GBR", None],
            "day": pyarrow.array([20_000, 20_001], pyarrow.date32()),
            "met": [True, False],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "pairs.parquet")
    first, second = records([str(tmp_path / "pairs.parquet"), files("", mapping)[1]])
    assert isinstance(first, Statement) and isinstance(second, Rejected)
    assert says(first)[2:] == (["GBR", "JPN"], ["summit"], ["held 2024-10-04"])
    assert second.reason == "fewer than two actors are named"


@pytest.mark.parametrize("content", [b"PAR1", b"id,a,b\n", b""], ids=["cut", "text", "empty"])
def test_no_parquet_file_is_one_clear_error(tmp_path: Path, files: Files, content: bytes) -> None:
    (tmp_path / "pairs.parquet").write_bytes(content)
    with pytest.raises(TableError, match=r"pairs\.parquet is damaged, cut off or no Parquet file"):
        opened([str(tmp_path / "pairs.parquet"), files()[1]])


def test_scattered_rows_of_a_key_come_together(files: Files, store: Store) -> None:
    names = files(
        "id,a,b,day\n1,JPN,GBR,2016\n2,FRA,DEU,2017\n1,JPN,USA,2016\n,FRA,DEU,2017\n2,FRA,ITA,2017\n"
    )
    assert [record.fact for record in stated(names)] == ["pairs:1", "pairs:1", "pairs:2", "pairs:2"]
    done = load(store, opened(names))
    assert (done.read, done.stored, done.rejected) == (5, 4, 1)
    assert load(store, opened(names)).unchanged == 4


def test_too_many_scattered_rows_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert grouping.MOST_HELD == 1_000_000
    assert list(grouped(lambda: iter("aabb"), str, "sort x by y", most=2)) == [["a", "a"], ["b", "b"]]
    with pytest.raises(TableError, match=r"sort x by y: more than 2 rows that do not stand together"):
        list(grouped(lambda: iter("abab"), str, "sort x by y", most=2))


def test_several_tables_are_one_collection(files: Files) -> None:
    head = "id,a,b,day\n"
    names = files(head + "1,JPN,GBR,2016\n", more_csv=head + "1,JPN,GBR,2017\n2,FRA,x\n")
    found = records(names)
    assert [str(record.place) for record in found if not isinstance(record, Skipped)] == [
        "more.csv, row 3",
        "1",
        "1",
    ]
    assert {record.source for record in found if isinstance(record, Statement)} == {
        "pairs:pairs",
        "pairs:more",
    }


MEMBERS = """\
table: members
source: {title: Members}
kind: membership
key: [organization, country]
only: {kind: [full, partner]}
actors:
  - {column: country, system: names, role: member, dates: {begin: from, end: to, open: {still: [1]}}}
  - {actor: NATO, role: organization}
types: {column: kind, values: {full: full, partner: partner}}
steps:
  in_force: {begin: from, end: to, open: {still: [1]}}
"""


def test_a_constant_actor_other_rows_and_an_open_end_by_another_column(files: Files) -> None:
    table = (
        "organization,country,kind,from,to,still\n"
        "NATO,Finland,full,2023-04-04,,1\nNATO,Austria,partner,1995-02,2030,0\nNATO,France,guest,1949,,1\n"
        "NATO,France,full,,,1\nNATO,Atlantis,full,1949,,1\n"
    )
    first, second, other, undated, unknown = records(files(table, MEMBERS))
    assert isinstance(first, Statement) and isinstance(second, Statement) and isinstance(undated, Statement)
    assert first.fact == "members:NATO/Finland"
    assert [(party.actor, party.role, str(party.dates)) for party in first.parties] == [
        ("FIN", "member", "2023-04-04/.."),
        ("NATO", "organization", "None"),
    ]
    assert [str(step.when) for step in second.steps] == ["1995-02/2030"]
    assert other == Skipped("kind has another value than the mapping takes")
    assert undated.steps == ()
    assert isinstance(unknown, Rejected) and (unknown.value, unknown.system) == ("Atlantis", "")


def test_a_step_by_its_column(files: Files) -> None:
    mapping = PAIRS.replace(
        "  held: day", "  {column: status, values: {done: held, off: cancelled}, date: day}"
    )
    table = (
        "id,a,b,day,status\n1,JPN,GBR,2016,done\n2,JPN,GBR,2016,off\n3,JPN,GBR,2016,\n4,JPN,GBR,2016,maybe\n"
    )
    *told, wrong = records(files(table, mapping))
    assert [says(one)[4] for one in told if isinstance(one, Statement)] == [
        ["held 2016"],
        ["cancelled 2016"],
        [],
    ]
    assert isinstance(wrong, Rejected)
    assert wrong.reason == "'maybe' in the column status is not listed in the mapping, under steps.values"


def test_pledges_by_party(files: Files) -> None:
    mapping = """\
table: pledges
source: {title: Pledges}
kind: agreement
key: id
actors:
  - {column: a, system: cow, pledges: {flags: {defence a: defence}}}
  - {column: b, system: cow, pledges: [consultation]}
steps: {signed: year}
"""
    (told,) = stated(files("id,a,b,year,defence a\n7,2.0,200.0,1950.0,1.0\n", mapping))
    assert {party.actor: party.pledges for party in told.parties} == {
        "GBR": ("consultation",),
        "USA": ("defence",),
    }
    assert says(told)[4] == ["signed 1950"]


def test_members_row_by_row_need_one_actor_each(files: Files) -> None:
    mapping = PAIRS.replace("column: [a, b]", "column: a")
    table = "id,a,day\n1,JPN,2016\n1,GBR,2016\n1,,2016\n1,QQQ,2016\n"
    first, second, none, unknown = records(files(table, mapping))
    assert isinstance(first, Statement) and isinstance(second, Statement)
    assert isinstance(none, Rejected) and none.reason == "no actor is named"
    assert isinstance(unknown, Rejected) and not unknown.part
    (fact,) = resolve_all([first, second])
    assert [party.actor for party in fact.parties] == ["GBR", "JPN"]


def test_an_unknown_party_of_several_goes_into_quarantine_as_a_part(files: Files, store: Store) -> None:
    mapping = PAIRS.replace("column: [a, b]", "column: [a, b, c]")
    names = files("id,a,b,c,day\n1,JPN,GBR,QQQ,2016\n2,JPN,QQQ,,2016\n3,JPN,JPN,,2016\n", mapping)
    done = load(store, opened(names))
    assert (done.read, done.stored, done.rejected, done.quarantined_parts) == (3, 1, 2, 1)
    assert Counter(one.value for one in done.rejections) == {"QQQ": 2, "": 1}


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2016-06-31", "'2016-06-31' is not in the calendar"),
        ("soon", "'soon' is no EDTF date"),
        ("2016/2015", "'2016/2015' ends before it begins"),
    ],
)
def test_dates_that_cannot_be_reject_the_row(files: Files, day: str, reason: str) -> None:
    (found,) = records(files(f"id,a,b,day\n1,JPN,GBR,{day}\n"))
    assert isinstance(found, Rejected) and found.reason.startswith(reason)


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        ("2016,10,24", "held 2016-10-24"),
        ("2016,10,0", "held 2016-10"),
        ("2016,,24", "held 2016"),
        ("-9,10,24", ""),
        ("16,10,24", "'16' in the column y is no year of four digits"),
        ("2016,Oct,24", "'Oct' in the column m is no whole number"),
        ("2016,13,24", "'2016-13-24' is not in the calendar"),
    ],
)
def test_dates_in_parts(files: Files, cells: str, result: str) -> None:
    (found,) = records(
        files(f"id,a,b,y,m,d\n1,JPN,GBR,{cells}\n", PAIRS.replace("day", "{year: y, month: m, day: d}"))
    )
    if isinstance(found, Statement):
        assert "; ".join(says(found)[4]) == result
    else:
        assert isinstance(found, Rejected) and found.reason.startswith(result) and result


@pytest.mark.parametrize(
    ("pattern", "text", "result"),
    [
        ("%d.%m.%Y", "24.10.2016", "2016-10-24"),
        ("%m/%Y", "10/2016", "2016-10"),
        ("%Y%m%d", "20161024", "2016-10-24"),
    ],
)
def test_dates_by_a_pattern(files: Files, pattern: str, text: str, result: str) -> None:
    mapping = PAIRS.replace("held: day", f'held: {{column: day, format: "{pattern}"}}')
    right, wrong = records(files(f"id,a,b,day\n1,JPN,GBR,{text}\n2,JPN,GBR,2016-10-24x\n", mapping))
    assert isinstance(right, Statement) and says(right)[4] == [f"held {result}"]
    assert isinstance(wrong, Rejected)
    assert wrong.reason == f"'2016-10-24x' in the column day is no date like {pattern}"


def test_other_signs_and_encodings(tmp_path: Path, files: Files) -> None:
    mapping = (
        PAIRS.replace("column: [a, b], system: iso3", "column: [a, b]")
        + "delimiter: tab\nencoding: latin-1\n"
    )
    names = files("", mapping)
    Path(names[0]).write_bytes("id\ta\tb\tday\n1\tCôte d'Ivoire\tMali\t2016\n".encode("latin-1"))
    (told,) = stated(names)
    assert says(told)[2] == ["CIV", "MLI"]
    other = files("", PAIRS)
    Path(other[0]).write_bytes("id,a,b,day\n1,Côte d'Ivoire,Mali,2016\n".encode("latin-1"))
    with pytest.raises(TableError, match="is not in the encoding UTF-8"):
        opened(other)


def faults(names: Sequence[str]) -> list[str]:
    with pytest.raises(DossierError) as caught:
        opened(names)
    return [fault.rpartition("pairs.yaml:")[2] for fault in caught.value.faults]


def test_every_fault_of_a_mapping_is_named_at_once(files: Files) -> None:
    mapping = """\
table: Pairs
source: {titel: Pairs, coverage: soon}
kind: agreement
key: id
delimiter: abc
encoding: utf-16
actors:
  - {column: a, system: cov}
  - {role: guest}
  - {actor: Atlantis}
steps:
  held: day
  signed: {year: y, day: d}
  in_force: {begin: day, open: 0}
properties: {colour: x, summary: {separator: ;}}
"""
    found = faults(files("id,a\n", mapping))
    for part in (
        "1: an agreement needs types; write 'types: [defence]', or pledges of its actors",
        "1: table: 'Pairs' cannot stand here; write an id of small letters",
        "2: source: the field title is missing; add 'title: …'",
        "2: source.titel: there is no field 'titel'; did you mean title?",
        "2: source.coverage: 'soon' is no EDTF date",
        "5: delimiter: 'abc' separates no cells; write one sign in quotes, or tab, comma, semicolon",
        "6: encoding: 'utf-16' is not read",
        "8: actors[0].system: there is no system of codes 'cov'; did you mean cow?",
        "9: actors[1]: write either the column that actors stand in, or one actor: 'actor: NATO'",
        "9: actors[1].role: there is no role in agreements 'guest'",
        "10: actors[2].actor: 'Atlantis' is no actor's id",
        "12: steps.held: there is no field 'held'",
        "13: steps.signed: a date needs a column, or a year, then perhaps a month, then perhaps a day",
        "14: steps.in_force: the field end is missing; add 'end: …'",
        "15: properties.colour: there is no field 'colour'",
        "15: properties.summary: the field column is missing",
    ):
        assert any(fault.startswith(part) for fault in found), (part, found)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("held: day", "{column: s, values: {x: gone}}"), "7: steps: the field date is missing"),
        (("held: day", "{column: s, values: {x: gone}, date: day}"), "8: steps.values.x: there is no step 'gone'"),
        (("held: day", "held: {begin: day, end: day, year: y}"), "8: steps.held.year: it stands beside begin or end"),
        (("held: day", "held: {column: day, year: y}"), "8: steps.held.year: write either a column with the date"),
        (("held: day", 'held: {column: day, format: "%d/%m/%y"}'), "8: steps.held.format: '%d/%m/%y' has no year of four"),
        (("held: day", "held: {column: day, open: 0}"), "8: steps.held.open: only an end can be open"),
        (("held: day", "{}"), "7: steps: no step; write at least one"),
        (("key: id", "key: id\ntypes: [sumit]"), "5: types[0]: there is no type 'sumit'; did you mean summit?"),
        (("key: id", "key: id\ntypes: {column: a}"), "5: types: the field values is missing"),
        (("key: id", "key: id\ntypes: {column: a, flags: {b: summit}}"), "5: types: write either flags, or column and values"),
        (("talks", "talk"), "3: kind: there is no kind 'talk'; did you mean talks?"),
        (("column: [a, b]", "column: [a, B]"), "6: actors[0].column[1]: pairs.csv: there is no column 'B'"),
        (("table: pairs\n", ""), "1: the field table is missing"),
        ((PAIRS, ""), "1: there is nothing in it; see docs/table.md for the form"),
        ((PAIRS, "[pairs"), "1: this is not YAML"),
    ],
)  # fmt: skip
def test_a_fault_of_a_mapping(files: Files, change: tuple[str, str], fault: str) -> None:
    found = faults(files("id,a,b,day,s\n", PAIRS.replace(*change)))
    assert any(one.startswith(fault) for one in found), found


def test_what_is_named_on_the_command_line(files: Files, tmp_path: Path) -> None:
    csv, yaml = files("id,a,b,day\n")
    for names, counts in (
        ([csv], "0 .yaml and 1 other"),
        ([yaml], "1 .yaml and 0 other"),
        ([yaml, yaml, csv], "2 .yaml"),
    ):
        with pytest.raises(InputError, match=counts):
            opened(names)
    with pytest.raises(InputError, match="two of the files are called pairs"):
        opened([csv, csv, yaml])
    with pytest.raises(DossierError, match="the file cannot be read"):
        opened([csv, str(tmp_path / "none.yaml")])


def test_tables_that_are_broken(files: Files) -> None:
    for table, fault in (
        ("", "is empty"),
        ('id,a,b,day\n1,"JPN,GBR,2016\n', "never closed"),
        ("id,a,b,day\n1,\0,GBR,2016\n", "is no text"),
    ):
        with pytest.raises(ComityError, match=fault):
            opened(files(table))
    short, right = records(files("id,a,b,day\n1,JPN\n2,JPN,GBR,2016\n"))
    assert isinstance(short, Rejected) and isinstance(right, Statement)
    (shuffled,) = stated(files("day,b,id,a\n2016,GBR,1,JPN\n"))
    assert shuffled.fact == "pairs:1" and says(shuffled)[2] == ["GBR", "JPN"]


EXERCISES = """\
table: exercises
source: {title: Multinational Military Exercises 7, coverage: 1980/2010}
kind: drill
key: MMEID
name: Ex_Name
missing: ["-9", xx]
actors:
  - {column: [StateA, StateB, StateC, StateD, StateE, StateF, StateG, StateH]}
types: {flags: {CPX: command-post, Air: air, Land: land, Sea: sea, Amphibious: amphibious, Cyber: cyber}}
steps:
  held:
    begin: {year: s.year, month: s.month, day: s.day}
    end: {year: e.year, month: e.month, day: e.day}
properties: {location: Location}
"""


def test_a_published_data_set_needs_no_code(data_folder: Path, files: Files, embedded_store: Store) -> None:
    names = [str(data_folder / "exercises" / "mme_v7.csv"), files("", EXERCISES)[1]]
    done = load(embedded_store, opened(names))
    assert done.read == 3_707
    assert done.read == done.stored + done.unchanged + done.skipped + done.rejected
    assert done.stored > 3_500, Counter(one.reason for one in done.rejections if not one.part).most_common(9)
    again = load(embedded_store, opened(names))
    assert (again.stored, again.unchanged, again.revision) == (0, done.stored, done.revision)
