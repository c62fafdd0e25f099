"""Readings of published alliance files, for tests and benchmarks: ATOP 5.1 and the Correlates of War's Formal Alliances 4.1.

They are small on purpose, and read no more than parties, dates and pledges.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.loading import Reading
from comity.graph.model import Party, Place, Source, Statement, Step

Row = Mapping[str, str]

_ATOP = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}
_COW = {
    "defense": "defence",
    "neutrality": "neutrality",
    "nonaggression": "nonaggression",
    "entente": "entente",
}


def atop(folder: Path) -> Reading:
    """ATOP's alliances with their members' own dates and obligations; `endyr` 0 is in effect."""
    whole = {row["atopid"]: row for row in _rows(folder / "atop" / "atop5_1a.csv", "utf-8-sig")}
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder / "atop" / "atop5_1m.csv", "utf-8-sig"):
        members[row["atopid"]].append(row)

    def statements() -> Iterator[Statement]:
        for id, row in whole.items():
            span = _span(row, ("begyr", "begmo", "begday"), ("endyr", "endmo", "endday"))
            parties = [
                _party(
                    one["member"],
                    [name for column, name in _ATOP.items() if one[column] == "1"],
                    _span(one, ("yrent", "moent", "dayent"), ("yrexit", "moexit", "dayexit")),
                )
                for one in members[id]
            ]
            yield from _statement("atop", id, span, parties, _named(row, _ATOP))

    return Reading(
        "atop",
        (Source("atop:a", "Alliance Treaty Obligations and Provisions 5.1"),),
        list(statements()),
        whole=False,
    )


def cow(folder: Path) -> Reading:
    """The Correlates of War's alliances with their members' own spells; the pledges are the flags, not `ss_type`."""
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder / "cow" / "alliance_v4.1_by_member.csv", "latin-1"):
        members[row["version4id"]].append(row)

    def statements() -> Iterator[Statement]:
        for id, rows in members.items():
            names = [f"{end}_{part}" for end in ("all_st", "all_end") for part in ("year", "month", "day")]
            span = _span(rows[0], tuple(names[:3]), tuple(names[3:]))
            parties = [
                _party(
                    one["ccode"],
                    [name for column, name in _COW.items() if one[column] == "1"],
                    _span(
                        one,
                        ("mem_st_year", "mem_st_month", "mem_st_day"),
                        ("mem_end_year", "mem_end_month", "mem_end_day"),
                    ),
                )
                for one in rows
            ]
            types = {name for one in rows for name in _named(one, _COW)}
            yield from _statement("cow", id, span, parties, sorted(types))

    return Reading("cow", (Source("cow:a", "Formal Alliances 4.1"),), list(statements()), whole=False)


def cross_references(folder: Path) -> dict[str, set[str]]:
    """The COW alliances that ATOP itself says are the same, by ATOP alliance: the key that matching is measured by."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows(folder / "atop" / "atop5_1a.csv", "utf-8-sig"):
        if row["cow4id"].strip() not in ("", "0", "."):
            found[f"atop:{row['atopid']}"].add(f"cow:{int(float(row['cow4id']))}")
    return dict(found)


def _rows(path: Path, encoding: str) -> list[Row]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def _named(row: Row, columns: Mapping[str, str]) -> list[str]:
    return [name for column, name in columns.items() if row[column] == "1"]


def _span(row: Row, begin: tuple[str, ...], end: tuple[str, ...]) -> When:
    until = _date(row, end)
    return When.parse(f"{_date(row, begin)}/{until or '..'}")


def _date(row: Row, columns: tuple[str, ...]) -> str:
    """A date to the precision that is given; empty where there is not even a year."""
    text = ""
    for column, width in zip(columns, (4, 2, 2), strict=True):
        value = row[column].strip()
        if not value or int(float(value)) <= 0:
            break
        text += f"{'-' if text else ''}{int(float(value)):0{width}}"
    return text


def _party(code: str, pledges: Iterable[str], span: When) -> Party | None:
    """The party, if the code of the Correlates of War names one actor then."""
    found = crosswalk().lookup(code, None, "cow")
    return Party(found[0].id, "party", tuple(pledges), span) if len(found) == 1 else None


def _statement(
    collection: str, id: str, span: When, parties: Iterable[Party | None], types: Iterable[str]
) -> Iterator[Statement]:
    known = tuple(party for party in parties if party is not None)
    if len({party.actor for party in known}) > 1:
        yield Statement(
            f"{collection}:{id}", "agreement", f"{collection}:a", Place(f"alliance {id}"), types=tuple(types), parties=known,
            steps=(Step("in_force", span),), method="table",
        )  # fmt: skip
