"""Published files of alliances for tests and benchmarks: read by their loaders, and the key that matching is measured by."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from comity.graph.model import Statement
from comity.graph.reading import Reading
from comity.loaders.codes import Codes
from comity.loaders.sources import loader_of


def atop(folder: Path) -> Reading:
    """The reading of ATOP's tables of members, alliances and phases."""
    return _reading("atop", folder / "atop")


def cow(folder: Path, table: str = "member") -> Reading:
    """The reading of the Correlates of War's alliances by `member`, `dyad` or `directed` dyad."""
    return _reading("cow", folder / "cow" / f"alliance_v4.1_by_{table}.csv")


def statements(reading: Reading) -> Iterator[Statement]:
    """The statements of a reading, what it rejects and skips left aside."""
    return (record for record in reading.records if isinstance(record, Statement))


def cross_references(folder: Path) -> dict[str, set[str]]:
    """The COW alliances that ATOP itself says are the same, by ATOP alliance: the key that matching is measured by."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with (folder / "atop" / "atop5_1a.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["cow4id"].strip() not in ("", "0", "."):
                found[f"atop:{row['atopid']}"].add(f"cow:{int(float(row['cow4id']))}")
    return dict(found)


def _reading(loader: str, path: Path) -> Reading:
    (opened,) = loader_of(loader).readings([str(path)], Codes())
    return opened.reading
