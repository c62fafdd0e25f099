"""ICEWS events, raw and named: real files with their counts, keys, who is meant by a name, and broken files."""

import csv
import gzip
import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from comity.graph.errors import TableError
from comity.graph.loading import load
from comity.graph.mappings import key_of
from comity.graph.model import Rejected, Skipped, Statement
from comity.graph.reading import Reading, Record
from comity.graph.resolve import resolve_all
from comity.graph.statements import read_statements
from comity.graph.stores import Store, open_store
from comity.loaders.cameo import NOBODY, ONE_ACTOR
from comity.loaders.codes import Codes
from comity.loaders.sources import loader_of
from tests.loaders.events import ICEWS_COLUMNS, icews

RAW = "events/icews_events.2018.sample.tab"
NAMED = "events/icews_events_named.csv.gz"
HEAD = "date,source,relation,target,benchmark,cameo,goldstein"

File = Callable[..., Path]


@pytest.fixture
def raw(tmp_path: Path) -> File:
    """Writes rows of raw events as a published file."""

    def write(*rows: str, name: str = "events.2013.20150313084929.tab") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(("\t".join(ICEWS_COLUMNS), *rows, "")), encoding="utf-8")
        return path

    return write


@pytest.fixture
def named(tmp_path: Path) -> File:
    """Writes rows of named events as a published file."""

    def write(*rows: str) -> Path:
        path = tmp_path / "named.csv"
        path.write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
        return path

    return write


def opened(path: Path, codes: Codes | None = None) -> Reading:
    (one,) = loader_of("icews").open([str(path)], codes or Codes())
    return one.reading


def records(path: Path) -> list[Record]:
    return list(opened(path).records)


def statements(found: Iterable[Record]) -> list[Statement]:
    return [one for one in found if isinstance(one, Statement)]


def actors(statement: Statement) -> dict[str, str]:
    return {party.actor: party.role for party in statement.parties}


def test_the_sample_of_raw_events(data_folder: Path) -> None:
    found = records(data_folder / RAW)
    assert Counter(type(one).__name__ for one in found) == {
        "Statement": 1_529,
        "Skipped": 2_173,
        "Rejected": 3,
    }
    told = statements(found)
    assert len({one.fact for one in told}) == len(told)
    assert Counter(one.kind for one in told) == {"talks": 1_116, "dispute": 236, "agreement": 177}
    # All three say Congo, which may be either.
    assert {(one.value, one.candidates) for one in found if isinstance(one, Rejected)} == {
        ("Congo", ("COD", "COG"))
    }
    assert Counter(one.reason for one in found if isinstance(one, Skipped)) == {
        ONE_ACTOR.reason: 917,
        NOBODY.reason: 59,
        "a public statement binds nobody": 610,  # all of root 01
        "an appeal asks for what has not come about": 198,  # all of root 02
        "praise and support in words bind nobody": 149,
        "protests are by people and not by states": 131,
        "reforms and concessions are none of the kinds": 35,
        "aid is none of the kinds": 33,
        "an investigation is none of the kinds": 27,
        "material cooperation that is not military is none of the kinds": 11,
        "recognition is none of the kinds": 3,
    }
    first, second = told[:2]
    assert first.fact == "icews:32889836@2018-06-01" and second.fact == "icews:32889837@2018-06-01"
    assert actors(first) == actors(second) == {"BGD": "participant", "VNM": "participant"}
    assert str(first.place) == "event 32889836, story 47400351, sentence 2: Vietnam News Agency Bulletin"
    assert dict(first.properties) == {"cameo": ("040",), "goldstein": ("1",), "location": ("Hanoi, Vietnam",)}


def test_the_named_events(data_folder: Path) -> None:
    found = records(data_folder / NAMED)
    assert len(found) == 278_637
    assert Counter(type(one).__name__ for one in found) == {
        "Statement": 45_161,
        "Skipped": 233_276,
        "Rejected": 200,
    }
    told = statements(found)
    assert len({one.fact for one in told}) == 43_815
    assert len({one.id for one in told}) == len(told)
    assert Counter(one.reason for one in found if isinstance(one, Rejected)) == {
        "the name 'Congo' fits several actors": 129,
        "no code of CAMEO is given": 71,
    }
    reasons = Counter(one.reason for one in found if isinstance(one, Skipped))
    assert (reasons[NOBODY.reason], reasons[ONE_ACTOR.reason]) == (86_021, 43_572)
    with gzip.open(data_folder / NAMED, "rt", encoding="utf-8", newline="") as file:
        roots = Counter(row["cameo"][:2] for row in csv.DictReader(file))
    assert reasons["a public statement binds nobody"] == roots["01"] == 56_004
    assert reasons["an appeal asks for what has not come about"] == roots["02"] == 19_886
    assert reasons["protests are by people and not by states"] == roots["14"] == 4_358


@pytest.mark.parametrize("rows", [None, 15_000], ids=["raw", "named"])
def test_loading_counts_every_row_and_changes_nothing_again(
    data_folder: Path, tmp_path: Path, embedded_store: Store, rows: int | None
) -> None:
    path = data_folder / RAW
    if rows is not None:
        path = tmp_path / "named.csv"
        with gzip.open(data_folder / NAMED, "rt", encoding="utf-8") as file:
            path.write_text(
                "".join(line for line, _ in zip(file, range(rows + 1), strict=False)), encoding="utf-8"
            )
    first = load(embedded_store, opened(path))
    assert first.read == (rows or 3_705) == first.stored + first.unchanged + first.skipped + first.rejected
    again = load(embedded_store, opened(path))
    assert (again.read, again.stored, again.unchanged) == (first.read, 0, first.stored)
    assert again.revision == first.revision
    with open_store(str(tmp_path / "other")) as other:
        assert load(other, opened(path)).revision == first.revision


def test_an_id_that_comes_again_in_another_year_is_another_event(raw: File, store: Store) -> None:
    old = icews("20718170", "2013-11-12", "France", "France", "040", "Germany", "Germany")
    new = icews("20718170", "2014-01-01", "Japan", "Japan", "040", "Vietnam", "Vietnam")
    assert load(store, opened(raw(old))).stored == 1
    done = load(store, opened(raw(new, name="events.2014.20160121105408.tab")))
    assert (done.stored, done.retracted) == (1, 0)
    told = read_statements(store)
    assert sorted(one.fact for one in told) == ["icews:20718170@2013-11-12", "icews:20718170@2014-01-01"]
    (both,) = {load(store, opened(raw(old, new, name="both.tab"))).stored}
    assert both == 2 and len(list(resolve_all(read_statements(store)))) == 2
    assert opened(raw(old)).sources[0].coverage == "2013"


def test_the_same_event_twice_in_a_file_is_rejected_once(raw: File) -> None:
    row = icews("1", "2013-11-12", "France", "France", "040", "Germany", "Germany")
    first, second = records(raw(row, row))
    assert isinstance(first, Statement) and isinstance(second, Rejected)
    assert second.reason == "the event 1 of 2013-11-12 stands in an earlier row already"


@pytest.mark.parametrize(
    ("source", "country", "result"),
    [
        ("Barack Obama", "United States", "USA"),
        ("European Union", "NA", "EU"),
        ("Ministry (European Union)", "", "EU"),
        ("European Commission", "NA", "EU"),
        ("UN Security Council", "NA", "UN"),
        ("High Commission for Refugees", "NA", "UNHCR"),
        ("Unspecified Actor", "NA", NOBODY),
        ("Antonio Tajani", "NA", NOBODY),
        ("NA", "NA", NOBODY),
    ],
)
def test_sides_of_raw_events(raw: File, source: str, country: str, result: str | Skipped) -> None:
    (found,) = records(raw(icews("1", "2013-11-12", source, country, "036", "Vietnam", "Vietnam")))
    if isinstance(result, Skipped):
        assert found == result
    else:
        assert isinstance(found, Statement) and set(actors(found)) == {result, "VNM"}
        assert [f"{step.name} {step.when}" for step in found.steps] == ["announced 2013-11-12"]


def test_an_unknown_country_of_a_raw_event_goes_into_quarantine(raw: File) -> None:
    (found,) = records(
        raw(icews("1", "2013-11-12", "Army (Atlantis)", "Atlantis", "040", "Vietnam", "Vietnam"))
    )
    assert isinstance(found, Rejected) and found.value == "Atlantis" and found.place == "row 2"


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("Vietnam", "VNM"),
        ("Military (United States)", "USA"),
        ("Cabinet / Council of Ministers / Advisors (Moldova)", "MDA"),
        ("African Union", "AU"),
        ("Barack Obama", NOBODY),
        ("Al Jazeera", NOBODY),
        ("Citizen (Taliban)", NOBODY),
        ("BP", NOBODY),  # the company, and not the Solomon Islands of FIPS
        ("G7", "G7"),
        ("Zanzibar", NOBODY),  # a state in 1963, a part of Tanzania now
        ("Central America", NOBODY),
        ("Kosovo", "XKX"),
        ("Congo", "Congo"),
        ("Police (Congo)", "Congo"),
    ],
)
def test_who_a_name_is(named: File, name: str, result: str | Skipped) -> None:
    (found,) = records(named(f"2010-05-01,{name},Make a visit,Japan,ICEWS05-15,042,1.9"))
    if isinstance(found, Statement):
        assert actors(found) == {result: "guest", "JPN": "host"}
        assert found.fact == f"icews-named:2010-05-01/042/{name}/Japan"
        assert found.titles == (f"{name} – Make a visit – Japan",)
    elif isinstance(found, Rejected):
        assert found.value == result and found.candidates == ("COD", "COG")
    else:
        assert found == result


def test_a_mapping_settles_an_ambiguous_name(named: File) -> None:
    path = named("2010-05-01,Police (Congo),Consult,Japan,ICEWS05-15,040,1")
    (found,) = opened(path, Codes({key_of("", "Congo"): "COG"})).records
    assert isinstance(found, Statement) and set(actors(found)) == {"COG", "JPN"}
    assert [(repair.property, repair.was, repair.rule) for repair in found.repairs] == [
        ("parties", "Congo", "mapping")
    ]


ROWS = [
    "2014-01-01,Yemen,Consult,Eritrea,ICEWS14,040,1",
    "2014-01-01,Sudan,Consult,Yemen,ICEWS05-15,040,1",
    "2014-01-01,Yemen,Consult,Eritrea,ICEWS05-15,040,1",
    "2014-01-02,Yemen,Consult,Eritrea,ICEWS14,040,1",
    "2014-01-02,Japan,Consult,Eritrea,ICEWS14,,1",
]


def test_two_benchmarks_are_two_accounts_of_one_event(named: File) -> None:
    told = statements(records(named(*ROWS)))
    assert [(one.fact.partition(":")[2], str(one.place)) for one in told] == [
        ("2014-01-01/040/Yemen/Eritrea", "ICEWS14"),
        ("2014-01-01/040/Yemen/Eritrea", "ICEWS05-15"),
        ("2014-01-01/040/Sudan/Yemen", "ICEWS05-15"),
        ("2014-01-02/040/Yemen/Eritrea", "ICEWS14"),
    ]
    facts = list(resolve_all(told))
    assert len(facts) == 3 and not any(fact.conflicts for fact in facts)


def test_keys_are_the_same_whatever_the_order_of_rows_and_when_rows_are_added(
    named: File, store: Store
) -> None:
    first = load(store, opened(named(*ROWS)))
    assert (first.stored, first.rejected) == (4, 1)
    held = {one.id for one in read_statements(store)}
    for seed in range(3):
        rows = list(ROWS)
        random.Random(seed).shuffle(rows)
        again = load(store, opened(named(*rows)))
        # The revision moves with the file's hash alone.
        assert (again.stored, again.unchanged) == (0, 4)
        assert {one.id for one in read_statements(store)} == held
    more = load(store, opened(named("2005-01-01,Japan,Consult,France,ICEWS05-15,040,1", *ROWS)))
    assert (more.stored, more.unchanged, more.retracted) == (1, 4, 0)


def test_a_row_that_stands_there_twice_is_counted_and_stored_once(named: File, store: Store) -> None:
    done = load(store, opened(named(ROWS[0], ROWS[0])))
    assert (done.read, done.stored, done.skipped) == (2, 1, 1)


def test_the_two_forms_are_two_collections(raw: File, named: File) -> None:
    event = icews("1", "2013-11-12", "France", "France", "040", "Germany", "Germany")
    both = loader_of("icews").open([str(raw(event)), str(named(ROWS[0]))], Codes())
    assert [(one.reading.collection, one.reading.source_ids) for one in both] == [
        ("icews", ("icews:events.2013.20150313084929",)),
        ("icews-named", ("icews-named:named",)),
    ]
    assert all(one.reading.partial and not one.reading.whole for one in both)


def test_quoted_files_of_dataverse_and_shuffled_columns(tmp_path: Path) -> None:
    event = icews("1", "2013-11-12", 'Army of "France"', "France", "040", "Germany", "Germany").split("\t")
    order = list(range(len(event)))[::-1]
    path = tmp_path / "events.2013.tab"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_ALL)
        writer.writerow([ICEWS_COLUMNS[place] for place in order])
        writer.writerow([event[place] for place in order])
    (found,) = records(path)
    assert isinstance(found, Statement)
    assert found.titles == ('Army of "France" – Consult – Germany',) and set(actors(found)) == {"FRA", "DEU"}


@pytest.mark.parametrize(
    ("day", "code", "reason"),
    [
        ("2013-02-30", "040", "'2013-02-30' is not in the calendar"),
        ("2013-02-03", "40", "'40' is no code of CAMEO: were zeros at its beginning lost?"),
        ("", "040", "an empty date"),
    ],
)
def test_broken_rows_are_rejected_one_by_one(raw: File, day: str, code: str, reason: str) -> None:
    right = icews("7", "2013-11-12", "France", "France", "040", "Germany", "Germany")
    wrong = icews("8", day, "France", "France", code, "Germany", "Germany")
    first, second, third = records(raw(right, wrong, right[:40]))
    assert isinstance(first, Statement) and isinstance(second, Rejected) and isinstance(third, Rejected)
    assert second.reason.startswith(reason)
    assert third.reason.startswith("it has ")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is empty"),
        ("\t".join(ICEWS_COLUMNS[1:]).encode() + b"\n", "has no column Event ID"),
        (HEAD.replace("cameo", "code").encode() + b"\n", "has no column cameo"),
        ("\t".join(ICEWS_COLUMNS).encode() + b"\n1\t\xff\n", "is not in the encoding"),
        (b"\x1f\x8b\x08\x00cut", "is damaged or cut off"),
    ],
    ids=["empty", "raw", "named", "encoding", "gzip"],
)
def test_a_file_that_is_none_is_one_clear_error(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "events.tab"
    path.write_bytes(content)
    with pytest.raises(TableError, match=fault):
        opened(path)


def test_the_packed_file_cut_in_the_middle(data_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv.gz"
    path.write_bytes((data_folder / NAMED).read_bytes()[:1_000_000])
    with pytest.raises(TableError, match="is damaged or cut off"):
        opened(path)
