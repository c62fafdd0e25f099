"""Strategic rivalries: both tables as published, and rows that are faulty."""

from collections import Counter
from pathlib import Path

import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError, TableError
from comity.graph.lasting import as_covered, covered_until
from comity.graph.loading import load
from comity.graph.model import Party, Place, Rejected, Statement, Step
from comity.graph.reading import Reading
from comity.graph.resolve import resolve
from comity.graph.revision import revision_of
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
from comity.loaders.codes import Codes
from comity.loaders.rivalries import LOADER

TD = "rivalryno,rivalryname,ccode1,ccode2,styear,endyear,region,type1,type2,type3"
TSS = "tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,interventionary,principal,aprin"
FRANCE = "1,Austria-France,220,300,1494,1918,European GPs,spatial,positional,"


def opened(*paths: Path) -> list[Reading]:
    return [one.reading for one in LOADER.open([str(path) for path in paths], Codes())]


def written(folder: Path, *rows: str, header: str = TD) -> Path:
    path = folder / f"{header.partition(',')[0]}.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def only(folder: Path, row: str, header: str = TD) -> object:
    [reading] = opened(written(folder, row, header=header))
    [found] = reading.records
    return found


@pytest.mark.parametrize(
    ("file", "collection", "stored", "going_on", "untold"),
    [
        ("td_rivalries.csv", "rivalries-td", 195, 42, []),
        ("tss_rivalries.csv", "rivalries-tss", 262, 56, ["rivalries-tss:13"]),
    ],
)
def test_the_published_tables(
    data_folder: Path, file: str, collection: str, stored: int, going_on: int, untold: list[str]
) -> None:
    [reading] = opened(data_folder / "rivalry" / file)
    assert reading.collection == collection
    records = list(reading.records)
    rivalries = [record for record in records if isinstance(record, Statement)]
    rejected = [record for record in records if isinstance(record, Rejected)]
    assert (len(rivalries), len({one.fact for one in rivalries})) == (stored, stored)
    assert {(one.value, one.system, one.part) for one in rejected} == {("324", "cow", False)}  # Venice
    assert len(rejected) == 2
    steps = Counter(step.name for one in rivalries for step in one.steps)
    assert steps == {"held": stored - going_on, "under_way": going_on}
    assert all(one.types == ("rivalry",) and one.titles for one in rivalries)
    without = [one.fact for one in rivalries if "issues" not in dict(one.properties)]
    assert without == untold


def test_a_rivalry_is_a_dispute_between_two(tmp_path: Path) -> None:
    assert only(tmp_path, FRANCE) == Statement(
        fact="rivalries-td:1",
        kind="dispute",
        source="rivalries-td:rivalries",
        place=Place("rivalry 1"),
        types=("rivalry",),
        titles=("Austria-France",),
        parties=(Party("FRA", "party"), Party("COW-AUH", "party")),
        steps=(Step("held", When.parse("1494/1918")),),
        properties=(("issues", ("positional", "spatial")), ("location", ("European GPs",))),
        method="table",
    )


def test_a_rivalry_that_reaches_the_last_year_goes_on(tmp_path: Path) -> None:
    found = only(tmp_path, "7,China-India,710,750,1948,2020,1,1,,,,1", TSS)
    assert isinstance(found, Statement)
    assert found.fact == "rivalries-tss:7"
    assert found.steps == (Step("under_way", When.parse("1948/..")),)
    assert dict(found.properties) == {"issues": ("positional", "spatial")}
    [tie] = derive_ties([resolve([found])])
    assert (tie.left, tie.right, tie.directed, tie.types, tie.in_effect) == (
        "CHN",
        "IND",
        False,
        ("rivalry",),
        True,
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("220", "9999", "nobody has the cow code '9999'"),
        ("300", "220", "both rivals are the same"),
        ("1918", "1414", "it begins in 1494 and ends before that, in 1414"),
        ("1918", "-9", "'1494' to '-9' are no years"),
        ("1,Aus", ",Aus", "it has no rivalryno"),
        (",spatial", "", "it has 9 cells, and the table has 10 columns"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(tmp_path: Path, old: str, new: str, reason: str) -> None:
    found = only(tmp_path, FRANCE.replace(old, new, 1))
    assert isinstance(found, Rejected)
    assert (found.reason, found.part) == (reason, False)


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    plain = only(tmp_path, FRANCE)
    turned = (",".join(reversed(text.split(","))) for text in (FRANCE, TD))
    assert only(tmp_path, next(turned), next(turned)) == plain


def test_files_that_are_no_table_of_rivalries(tmp_path: Path) -> None:
    td = written(tmp_path, FRANCE)
    with pytest.raises(InputError, match="second table of Thompson and Dreyer"):
        opened(td, td)
    with pytest.raises(InputError, match="rivalries reads"):
        opened()
    with pytest.raises(TableError, match="no table of Thompson and Dreyer or of Thompson, Sakuwa"):
        opened(written(tmp_path, FRANCE, header=TD.replace("type1", "x")))
    bad = tmp_path / "bad.csv"
    bad.write_bytes(f"{TD}\n{FRANCE}é\n".encode("latin-1"))
    with pytest.raises(TableError, match="not in the encoding UTF-8"):
        opened(bad)


def test_loading_counts_every_row_and_a_second_load_changes_nothing(data_folder: Path, store: Store) -> None:
    files = [data_folder / "rivalry" / name for name in ("tss_rivalries.csv", "td_rivalries.csv")]
    items = [
        *(source.digest for reading in opened(*files) for source in reading.sources),
        *(
            as_covered(one, covered_until(reading.sources)).id
            for reading in opened(*files)
            for one in reading.records
            if isinstance(one, Statement)
        ),
    ]
    first = [load(store, reading) for reading in opened(*files)]
    assert [(one.read, one.stored, one.rejected) for one in first] == [(264, 262, 2), (197, 195, 2)]
    assert first[-1].revision == revision_of(items)
    second = [load(store, reading) for reading in opened(*files)]
    assert [(one.read, one.unchanged, one.rejected) for one in second] == [(264, 262, 2), (197, 195, 2)]
    assert second[-1].revision == first[-1].revision
