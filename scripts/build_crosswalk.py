"""Write, or check, the spells of the crosswalk from the published lists of states.

    python scripts/build_crosswalk.py FOLDER [--check]

FOLDER holds cow_statelist2024.csv (Correlates of War, State System Membership) and gw_system.csv (Gleditsch and Ward,
list of independent states with microstates). Which actor a number means, and when, stands in graph/data/codes.csv; the
spells of other systems in graph/data/spells.csv are kept as they are. A spell that lasts until the list's last day is
written as still going on.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent.parent / "graph" / "data"
HEADER = ["id", "system", "span"]
PUBLISHED = ("cow", "gw")

Row = tuple[str, str, str]


def main(arguments: list[str]) -> int:
    """Write the table, or with `--check` only compare it; 1 where they differ."""
    folders = [argument for argument in arguments if argument != "--check"]
    if len(folders) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    with (DATA / "spells.csv").open(encoding="utf-8", newline="") as file:
        present = [(row["id"], row["system"], row["span"]) for row in csv.DictReader(file)]
    wanted = sorted({*built(Path(folders[0])), *(row for row in present if row[1] not in PUBLISHED)})
    if "--check" in arguments:
        for row in sorted(set(present) ^ set(wanted)):
            print("only in the table:" if row in present else "missing from the table:", *row)
        return int(present != wanted)
    with (DATA / "spells.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(wanted)
    print(f"{len(wanted)} spells")
    return 0


def built(folder: Path) -> Iterator[Row]:
    """The spells that the published lists give, cut where a number passes from one actor to another."""
    holders: dict[tuple[str, str], list[tuple[str, date, date]]] = {}
    with (DATA / "codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["system"] not in PUBLISHED:
                continue
            begin, _, end = row["span"].partition("/")
            held = (_bound(begin, date.min), _bound(end, date.max))
            holders.setdefault((row["system"], row["code"]), []).append((row["id"], *held))
    for system, rows in (
        ("cow", list(_cow(folder / "cow_statelist2024.csv"))),
        ("gw", list(_gw(folder / "gw_system.csv"))),
    ):
        last = max(end for _, _, end in rows)
        for number, begin, end in rows:
            for actor, since, until in holders[system, number]:
                first, final = max(begin, since), min(end, until)
                if first <= final:
                    yield actor, system, f"{first}/{'..' if final == last else final}"


def _cow(path: Path) -> Iterator[tuple[str, date, date]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            begin = date(int(row["styear"]), int(row["stmonth"]), int(row["stday"]))
            yield row["ccode"], begin, date(int(row["endyear"]), int(row["endmonth"]), int(row["endday"]))


def _gw(path: Path) -> Iterator[tuple[str, date, date]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["gwcode"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"])


def _bound(text: str, none: date) -> date:
    return none if text in ("", "..") else date.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
