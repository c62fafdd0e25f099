"""Layers of counted events: they agree with single events, add up in rows, are the same from every engine, and can be loaded again."""

import csv
import gzip
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import comity.loaders
from comity.graph.dates import When
from comity.graph.errors import InputError, TableError
from comity.graph.loading import load
from comity.graph.mappings import key_of
from comity.graph.model import Rejected, Skipped, Statement
from comity.graph.quarantine import read_quarantine
from comity.graph.reading import Reading, Record
from comity.graph.resolve import resolve
from comity.graph.slices import Question, take
from comity.graph.stores import Store
from comity.loaders.cameo import NOBODY, ONE_ACTOR
from comity.loaders.codes import Codes
from comity.loaders.counts import CountsFile, write_counts
from comity.loaders.layers import parts_of
from comity.loaders.sources import loader_of, loaders
from tests.loaders.events import ICEWS_COLUMNS, gdelt, icews

USA = {"code": "USAGOV", "name": "UNITED STATES", "country": "USA"}
RUS = {"code": "RUS", "name": "MOSCOW", "country": "RUS"}
EEC = {"code": "IGOEUREEC", "country": "EUR", "group": "EEC"}
HEAD = "date,source,relation,target,benchmark,cameo,goldstein"

FILES = {
    "gdelt1": ("gdelt", "events/gdelt1_2016_sample_58col.csv"),
    "gdelt2": ("gdelt", "events/gdelt2_20151027220000.events.csv"),
    "raw": ("icews", "events/icews_events.2018.sample.tab"),
    "named": ("icews", "events/icews_events_named.csv.gz"),
}

File = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Writes rows of GDELT as a published file."""

    def write(*rows: str, name: str = "20151027.export.CSV") -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    return write


def opened(layer: str, *files: Path, codes: Codes | None = None) -> Reading:
    (one,) = loader_of(layer).readings([str(file) for file in files], codes or Codes())
    return one.reading


def records(layer: str, *files: Path) -> list[Record]:
    return list(opened(layer, *files).records)


def stated(found: Iterable[Record]) -> list[Statement]:
    return [one for one in found if isinstance(one, Statement)]


def number(found: Iterable[Record]) -> dict[str, int]:
    """How many records each sort of outcome stands for."""
    counts: Counter[str] = Counter()
    for one in found:
        if not (isinstance(one, Rejected) and one.part):
            counts[type(one).__name__] += one.records
    return dict(counts)


def reasons(found: Iterable[Record]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in found:
        if isinstance(one, Rejected | Skipped):
            counts[one.reason] += one.records
    return dict(counts)


def told(statement: Statement) -> dict[str, tuple[str, ...]]:
    return dict(statement.properties)


def steps(statement: Statement) -> list[str]:
    return [f"{step.name} {step.when}" for step in statement.steps]


@pytest.fixture(scope="module", params=list(FILES.values()), ids=list(FILES))
def events(request: pytest.FixtureRequest, data_folder: Path) -> tuple[str, Path, list[Record]]:
    """What a published file is read by, the file, and its single events."""
    base, path = request.param
    return base, data_folder / path, records(base, data_folder / path)


@pytest.mark.parametrize("period", ["month", "year"])
def test_layers_agree_with_single_events(events: tuple[str, Path, list[Record]], period: str) -> None:
    base, path, single = events
    layer = records(f"{base}-{period}", path)
    # Every row has the same fate, for the same reason.
    assert number(layer) == number(single)
    assert reasons(layer) == reasons(single)
    # And every two sides have as many events of each kind in each period, on the same days, with the same mean.
    signs = 7 if period == "month" else 4
    expected: dict[tuple[str, ...], dict[str, Statement]] = {}
    for one in stated(single):
        expected.setdefault(_key(one, one.steps[0].when.text[:signs]), {}).setdefault(one.fact, one)
    found: dict[tuple[str, ...], list[Statement]] = {}
    for one in stated(layer):
        found.setdefault(_key(one, one.fact.split("/")[1]), []).append(one)
    assert found.keys() == expected.keys()
    for key, aggregates in found.items():
        same = list(expected[key].values())
        assert sum(int(told(one)["events"][0]) for one in aggregates) == len(same)
        assert sum(_counted(one) for one in aggregates) == len(same)
        days = sorted(one.steps[0].when.text for one in same)
        assert min(step.when.text[:10] for one in aggregates for step in one.steps) == days[0]
        assert max(step.when.text[-10:] for one in aggregates for step in one.steps) == days[-1]
        assert {type for one in aggregates for type in one.types} == {
            type for one in same for type in one.types
        }
        scores = [float(told(one)["goldstein"][0]) for one in same]
        mean = sum(float(told(one)["goldstein"][0]) * _counted(one) for one in aggregates) / len(same)
        assert mean == pytest.approx(sum(scores) / len(scores), abs=0.0006)


def _key(one: Statement, time: str) -> tuple[str, ...]:
    """What is counted together; which side acted is told by roles, which only disputes have in every case."""
    roles = {party.role: party.actor for party in one.parties}
    pair = sorted(party.actor for party in one.parties)
    return (
        (time, one.kind, roles["initiator"], roles["target"])
        if one.kind == "dispute"
        else (time, one.kind, *pair)
    )


def _counted(one: Statement) -> int:
    return sum(int(text.rpartition(": ")[2]) for text in told(one)["counts"])


def test_events_of_one_month_are_one_fact_each_way(file: File) -> None:
    rows = [
        gdelt("1", RUS, USA, "040", day="20151003"),
        gdelt("2", RUS, USA, "042", day="20151029"),
        gdelt("3", RUS, USA, "036", day="20151030"),
        gdelt("4", USA, RUS, "040", day="20151001"),
        gdelt("5", RUS, USA, "138", day="20151031"),
        gdelt("6", RUS, USA, "040", day="20151101"),
    ]
    found = {one.fact: one for one in stated(records("gdelt-month", file(*rows)))}
    assert sorted(found) == [
        "gdelt-month:RUS>USA/2015-10/dispute",
        "gdelt-month:RUS>USA/2015-10/talks",
        "gdelt-month:RUS>USA/2015-11/talks",
        "gdelt-month:USA>RUS/2015-10/talks",
    ]
    talks = found["gdelt-month:RUS>USA/2015-10/talks"]
    # An intention is announced and no talks are held by it; a visit is among the talks, so all take part.
    assert sorted(steps(talks)) == ["announced 2015-10-30", "held 2015-10-03/2015-10-29"]
    assert talks.types == ("visit",) and {party.role for party in talks.parties} == {"participant"}
    assert told(talks) == {
        "counts": ("036 express intent to meet or negotiate: 1", "04 consult: 1", "042 make a visit: 1"),
        "events": ("3",),
        "goldstein": ("2.5",),
    }
    assert talks.titles == ("Russia – talks – United States",) and talks.records == 3
    dispute = found["gdelt-month:RUS>USA/2015-10/dispute"]
    assert {party.role: party.actor for party in dispute.parties} == {"initiator": "RUS", "target": "USA"}
    fact = resolve([talks])
    assert fact.span == When.parse("2015-10-03/2015-10-29") and not fact.conflicts
    (year,) = (
        one for one in stated(records("gdelt-year", file(*rows))) if one.fact.endswith("RUS>USA/2015/talks")
    )
    assert told(year)["events"] == ("4",) and "held 2015-10-03/2015-11-01" in steps(year)


def test_an_intention_is_no_tie(file: File, store: Store) -> None:
    load(store, opened("gdelt-month", file(gdelt("1", RUS, USA, "036"), gdelt("2", USA, RUS, "040"))))
    asked = Question(layers=("talks",), sources=("gdelt-month",), as_of=When.parse("2015-10-27"))
    assert [tie.fact for tie in take(store, asked).ties] == ["gdelt-month:USA>RUS/2015-10/talks"]


def test_the_mean_is_made_of_whole_tenths(file: File) -> None:
    rows = [
        gdelt(str(number), RUS, USA, "040").replace("\t2.5\t", f"\t{score}\t")
        for number, score in enumerate(("-0.3", "7", "0.4", ""))
    ]
    (one,) = stated(records("gdelt-month", file(*rows)))
    assert told(one)["goldstein"] == ("2.367",) and told(one)["events"] == ("4",)  # 71 tenths of three events
    (none,) = stated(records("gdelt-month", file(rows[3])))
    assert "goldstein" not in told(none)


def test_a_value_that_is_no_number_is_kept_as_a_part_in_quarantine(file: File, store: Store) -> None:
    row = gdelt("1", RUS, USA, "040").replace("\t2.5\t", "\t2,5\t")
    done = load(store, opened("gdelt-month", file(row, gdelt("2", RUS, USA, "040"))))
    assert (done.read, done.stored, done.rejected, done.quarantined_parts) == (2, 2, 0, 1)
    assert done.rejections[0].reason == "1 value on Goldstein's scale cannot be read"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (gdelt("x1", RUS, USA, "040"), "'x1' is no number of an event"),
        (gdelt("1", RUS, USA, "40"), "'40' is no code of CAMEO: were zeros at its beginning lost?"),
        (gdelt("1", RUS, USA, ""), "no code of CAMEO is given"),
        (gdelt("1", RUS, USA, "040", day="20150231"), "'2015-02-31' is not in the calendar"),
        (gdelt("1", RUS, USA, "040", day="20150229"), "'2015-02-29' is not in the calendar"),
        (gdelt("1", RUS, USA, "040", day="27.10.15"), "'27.1-0.-15' is no EDTF date"),
        (gdelt("1", RUS, USA, "040", day="18151027"), "'18151027' is no day of 1900 to 2099"),
        (gdelt("1", RUS, USA, "040") + "\tmore", "it has 62 cells, and the table has 61 columns"),
        (gdelt("1", RUS, USA, "040")[:90], "it has "),
    ],
    ids=["id", "zeros", "no-code", "day", "leap", "form", "year", "long", "cut"],
)
def test_broken_rows_are_rejected_with_their_number(file: File, row: str, reason: str) -> None:
    # More right rows than wrong ones: else the file itself would be taken for another.
    right = [gdelt(id, RUS, USA, "040", day="20160229") for id in ("7", "8", "9")]
    found = records("gdelt-month", file(*right, row, row))
    assert number(found) == {"Statement": 3, "Rejected": 2}
    (wrong,) = (one for one in found if isinstance(one, Rejected))
    assert wrong.reason.startswith(reason) and wrong.records == 2


def test_an_event_in_several_rows_and_files_counts_once(file: File) -> None:
    one, other = gdelt("1", RUS, USA, "040"), gdelt("2", RUS, USA, "040", day="20151026")
    found = records(
        "gdelt-month",
        file(one, one, other),
        file(one, gdelt("1", RUS, USA, "051"), name="20151028.export.CSV"),
    )
    assert number(found) == {"Statement": 4, "Skipped": 1}
    (talks,) = stated(found)
    assert told(talks)["events"] == ("2",)


def test_who_is_nobody_or_the_same_is_left_out_and_counted(file: File) -> None:
    rows = [gdelt("1", RUS, {}, "040"), gdelt("2", RUS, RUS, "040"), gdelt("3", {"code": "BUS"}, USA, "138")]
    assert reasons(records("gdelt-month", file(*rows))) == {NOBODY.reason: 2, ONE_ACTOR.reason: 1}


def test_organizations_and_codes_are_read_in_their_time(file: File) -> None:
    rows = [gdelt("1", RUS, EEC, "040", day="19931015"), gdelt("2", RUS, EEC, "040", day="19931115")]
    found = stated(records("gdelt-year", file(*rows)))
    assert [one.fact for one in found] == ["gdelt-year:RUS>EEC/1993/talks", "gdelt-year:RUS>EU/1993/talks"]


def test_an_unknown_code_waits_for_a_mapping_with_the_number_of_events(file: File, store: Store) -> None:
    path = file(*(gdelt(str(id), {"code": "XYZ", "country": "XYZ"}, USA, "040") for id in range(5)))
    done = load(store, opened("gdelt-month", path))
    assert (done.read, done.stored, done.rejected) == (5, 0, 5)
    (held,) = read_quarantine(store)
    assert (held.rejected.value, held.rejected.system, held.rejected.records) == ("XYZ", "cameo", 5)
    again = load(store, opened("gdelt-month", path, codes=Codes({key_of("cameo", "XYZ"): "KOR"})))
    assert (again.read, again.stored, again.rejected) == (5, 5, 0) and not read_quarantine(store)


def test_a_code_of_two_states_in_one_month_is_ambiguous(file: File) -> None:
    german = {"code": "DEU", "country": "DEU"}
    rows = [gdelt("1", USA, german, "040", day=day) for day in ("19901001", "19901031")]
    rows[1] = rows[1].replace("1\t", "2\t", 1)
    (found,) = records("gdelt-month", file(*rows))
    assert isinstance(found, Rejected) and found.candidates == ("COW-GFR", "DEU") and found.records == 2
    # Where all of its events are of one of them, there is no doubt.
    assert [one.fact for one in stated(records("gdelt-month", file(rows[0])))] == [
        "gdelt-month:USA>COW-GFR/1990-10/talks"
    ]


@pytest.mark.parametrize("layer", ["gdelt-month", "gdelt-year"])
def test_loading_again_changes_nothing_and_more_files_are_another_release(
    file: File, store: Store, layer: str
) -> None:
    first = file(gdelt("1", RUS, USA, "040"), gdelt("2", RUS, USA, "020"))
    second = file(gdelt("3", RUS, USA, "040"), gdelt("4", USA, RUS, "040"), name="20151028.export.CSV")
    done = load(store, opened(layer, first))
    assert (done.read, done.stored, done.skipped) == (2, 1, 1)
    again = load(store, opened(layer, first))
    assert (again.read, again.stored, again.unchanged, again.revision) == (2, 0, 1, done.revision)
    both = load(store, opened(layer, first, second))
    assert (both.read, both.stored, both.skipped, both.retracted) == (4, 3, 1, 0)
    back = load(store, opened(layer, first))
    assert (back.read, back.stored, back.retracted, back.revision) == (2, 1, 1, done.revision)


def test_the_real_file_loads_and_adds_up(data_folder: Path, store: Store) -> None:
    path = data_folder / FILES["gdelt1"][1]
    done = load(store, opened("gdelt-month", path))
    assert (done.read, done.stored, done.skipped, done.rejected) == (710, 46, 463, 201)
    (broken,) = read_quarantine(store)
    assert broken.rejected.records == 201 and broken.rejected.place == path.name
    assert broken.rejected.reason == "it has 57 cells, and the table has 58 columns"
    assert load(store, opened("gdelt-month", path)).revision == done.revision


def test_packed_files_and_patterns_are_the_same_events(file: File, tmp_path: Path) -> None:
    plain = file(gdelt("1", RUS, USA, "040"), name="20151027.export.CSV")
    with zipfile.ZipFile(tmp_path / "20151028.export.CSV.zip", "w") as archive:
        archive.writestr("20151028.export.CSV", gdelt("2", RUS, USA, "040") + "\n")
    old = gdelt("3", RUS, USA, "040", columns=57) + "\n"
    (tmp_path / "20151030.csv.gz").write_bytes(gzip.compress(old.encode()))
    reading = opened("gdelt-month", tmp_path / "201510*")
    (talks,) = stated(reading.records)
    assert told(talks)["events"] == ("3",)
    assert reading.sources[0].coverage == "2015-10-27/2015-10-30"
    (gap,) = loader_of("gdelt-month").readings([str(tmp_path / "201510*")], Codes())[0].warnings
    assert "2015-10-29 to 2015-10-29" in gap
    assert opened("gdelt-month", plain).sources[0].coverage == "2015-10-27"


def test_counts_are_loaded_like_the_files_that_they_are_of(file: File, tmp_path: Path) -> None:
    path = file(gdelt("1", RUS, USA, "040"), gdelt("2", RUS, USA, "020"), gdelt("3", RUS, USA, "4"))
    counts = tmp_path / "counts.parquet"
    write_counts(parts_of("gdelt", [str(path)]), counts)
    ours, theirs = opened("gdelt-month", path), opened("gdelt-month", counts)
    assert (ours.sources, list(ours.records)) == (theirs.sources, list(theirs.records))
    with pytest.raises(InputError, match="holds counts of gdelt, not of icews"):
        opened("icews-month", counts)
    with pytest.raises(InputError, match="load it alone"):
        opened("gdelt-month", counts, path)
    counts.write_bytes(counts.read_bytes()[:500])
    with pytest.raises(TableError, match="damaged"):
        opened("gdelt-month", counts)


def test_quotes_and_shuffled_columns_are_read_alike(tmp_path: Path) -> None:
    event = icews("1", "2013-11-12", 'Army of "France"', "France", "040", "Germany", "Germany").split("\t")
    order = list(range(len(event)))[::-1]
    path = tmp_path / "events.2013.tab"
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, delimiter="\t", quoting=csv.QUOTE_ALL)
        writer.writerow([ICEWS_COLUMNS[place] for place in order])
        writer.writerow([event[place] for place in order])
    (found,) = stated(records("icews-month", path))
    assert found.fact == "icews-month:FRA>DEU/2013-11/talks"


def test_raw_and_named_events_are_not_one_layer(tmp_path: Path) -> None:
    raw, named = tmp_path / "events.2013.tab", tmp_path / "named.csv"
    raw.write_text("\t".join(ICEWS_COLUMNS) + "\n", encoding="utf-8")
    named.write_text(
        f'{HEAD}\n2010-05-01,"Police ""A"" (France)",Consult,Japan,ICEWS14,040,1\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match="raw events and others named events"):
        opened("icews-month", raw, named)
    (found,) = stated(records("icews-month", named))
    assert found.fact == "icews-named-month:FRA>JPN/2010-05/talks"


def test_the_same_event_in_two_benchmarks_is_one_event_of_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "named.csv"
    rows = [f"2014-01-01,Yemen,Consult,Eritrea,{name},040,1" for name in ("ICEWS14", "ICEWS05-15")]
    path.write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    (found,) = stated(records("icews-year", path))
    assert told(found)["events"] == ("1",) and found.records == 2


def test_the_file_of_counts_is_the_same_in_any_order_of_files(data_folder: Path, tmp_path: Path) -> None:
    names = [str(data_folder / FILES[name][1]) for name in ("gdelt1", "gdelt2")]
    for place, given in enumerate((names, names[::-1])):
        write_counts(parts_of("gdelt", given), tmp_path / f"{place}.parquet")
    assert (tmp_path / "0.parquet").read_bytes() == (tmp_path / "1.parquet").read_bytes()
    assert sum(row["records"] for row in CountsFile(tmp_path / "0.parquet").rows()) == 710 + 2_116


def test_an_unknown_engine_names_those_there_are(file: File, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="duckdb, spark"):
        write_counts(parts_of("gdelt", [str(file(gdelt("1", RUS, USA, "040")))]), tmp_path / "x", "flink")


def test_what_is_not_installed_is_named(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(gdelt("1", RUS, USA, "040"))
    for name in ("counting", "engines"):
        monkeypatch.delitem(sys.modules, f"comity.loaders.{name}", raising=False)
        monkeypatch.delattr(comity.loaders, name, raising=False)
    monkeypatch.setitem(sys.modules, "ibis", None)
    with pytest.raises(InputError, match=r"comity\[scale\]"):
        records("gdelt-month", path)


@pytest.mark.spark
@pytest.mark.filterwarnings("default")  # of Spark's own, about pandas
@pytest.mark.parametrize("names", [["gdelt1", "gdelt2"], ["raw"], ["named"]], ids=" ".join)
def test_spark_counts_the_same_byte_for_byte(data_folder: Path, tmp_path: Path, names: list[str]) -> None:
    parts = parts_of(FILES[names[0]][0], [str(data_folder / FILES[name][1]) for name in names])
    for engine in ("duckdb", "spark"):
        write_counts(parts, tmp_path / engine, engine)
    assert (tmp_path / "duckdb").read_bytes() == (tmp_path / "spark").read_bytes()


@pytest.mark.spark
@pytest.mark.filterwarnings("default")
def test_spark_reads_broken_and_quoted_rows_the_same(file: File, tmp_path: Path) -> None:
    """What the published files have little or nothing of: quotes in quotes, cells too many and too few, spaces, repeated events."""
    named = tmp_path / "named.csv"
    rows = [
        '2010-05-01,"Police ""A"", B (France)",Consult,Japan,ICEWS14,040,1',
        '2010-05-01,"Police ""A"", B (France)",Consult,Japan,ICEWS05-15,040,1',
        "2010-05-01,France ,Consult, Japan,ICEWS14,040,-0.3",
        "2010-05-01,France,Consult,Japan",
        "2010-05-01,France,Consult,Japan,ICEWS14,040,1,more",
        "2010-05-32,France,Consult,Japan,ICEWS14,040,1",
        "2010-05-01,France,Consult,,ICEWS14,,",
    ]
    named.write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    one = gdelt("1", RUS, USA, "040")
    tabs = file(
        one,
        one.replace("MOSCOW", "KREMLIN"),
        one + "\tmore",
        one[:80],
        gdelt("2", RUS, USA, "40"),
        gdelt("3", RUS, USA, "138", columns=61),
    )
    for base, path, events in (("icews", named, 7), ("gdelt", tabs, 6)):
        for engine in ("duckdb", "spark"):
            write_counts(parts_of(base, [str(path)]), tmp_path / engine, engine)
        assert (tmp_path / "duckdb").read_bytes() == (tmp_path / "spark").read_bytes()
        assert sum(row["records"] for row in CountsFile(tmp_path / "spark").rows()) == events


def test_loaders_are_listed_with_their_citation() -> None:
    names = ["gdelt-month", "gdelt-year", "icews-month", "icews-year"]
    assert [name for name in loaders() if name.endswith(("-month", "-year"))] == names
    assert {loaders()[name].citation for name in names[:2]} == {loaders()["gdelt"].citation}
