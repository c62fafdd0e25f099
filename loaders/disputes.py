"""Militarized interstate disputes (Gibler, Miller and Little), 1816 to 2010, as disputes between two sides.

Source: Gibler, Douglas M., Steven V. Miller, and Erin K. Little. 2016. An Analysis of the Militarized Interstate Dispute (MID) Dataset,
1816–2001. International Studies Quarterly 60(4): 719–730. Version 2.2.1, as the directed dyadic dispute-years gml_mid_ddydisps of the
R package peacesciencer: of several disputes of two states in one year it has the gravest only. Cite the article; the data are not part of
comity.

| column | becomes |
|---|---|
| dispnum | the fact, `disputes:258` |
| ccode1, ccode2 | parties, by their Correlates of War numbers |
| sidea1, orig1, sidea2, orig2 | roles: side A acted first, so who began on it is an initiator, who began on the other side a target; others joined-initiator and joined-target |
| year | the parties' own dates: the years in which a row has them in the dispute, and the end of it |
| stmon | the month in which the dispute began, where the row of its first year is there |
| hostlev | the type of the dispute: 2 threat, 3 display, 4 use-of-force, 5 war |
| maxdur | only to tell whether a dispute of 2010, the last year, was over in it; else its end is not known |

Each dyad-year stands in the file once in each direction; both rows are statements. A dispute of many is told by its sides, so that two states
which were on different sides in the same year are tied even where the file has not that pair.
Lost: what each state did (its own hostility, its gravest action), fatalities, durations, and who reciprocated.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from comity.graph.dates import When
from comity.graph.model import Party, Place, Rejected, Repair, Source, Statement, Step
from comity.graph.reading import Record
from comity.loaders.codes import Codes, Found
from comity.loaders.loader import Loader, Opened
from comity.loaders.tables import Form, Row, Table
from comity.loaders.years import is_year

LAST_YEAR = 2010

_TYPES = {"2": "threat", "3": "display", "4": "use-of-force", "5": "war"}
_ROLES = {
    ("1", "1"): "initiator",
    ("0", "1"): "target",
    ("1", "0"): "joined-initiator",
    ("0", "0"): "joined-target",
}
_SIDES = (("ccode1", "sidea1", "orig1"), ("ccode2", "sidea2", "orig2"))
_FORM = Form(
    (
        "dispnum", "year", "gmlmidonset", "hostlev", "stmon", "maxdur", *(name for side in _SIDES for name in side)
    )
)  # fmt: skip
_MONTHS = {str(month): f"{month:02}" for month in range(1, 13)}

_Entry = tuple[str, str]
"""Somebody in a dispute: the code of a state, and its role."""


@dataclass(frozen=True, slots=True)
class _Dispute:
    """What the rows of a dispute say of it together."""

    when: When
    step: str
    dates: Mapping[_Entry, Mapping[int, When]]
    """For each state in each of its roles and each of its years the time, whole years without a gap, that the year is in."""


def open_disputes(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The disputes in the file."""
    return LOADER.one_table(names, _FORM, "dyads", _records, codes, ", with all disputes")


def _records(table: Table, source: Source, codes: Codes) -> Iterator[Record]:
    """Each row, those of one dispute together: there are few enough to have all of them at hand."""
    disputes: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.rows():
        if isinstance(row, Rejected):
            yield row
        elif fault := _fault(row):
            yield Rejected(row.place, fault, record=row.record)
        else:
            disputes[row["dispnum"]].append(row)
    for number, rows in disputes.items():
        dispute = _dispute(rows)
        for row in rows:
            yield from _statement(number, row, dispute, source, codes)


def _fault(row: Row) -> str:
    """Why the row tells of no dispute between two sides, if it does not."""
    if not row["dispnum"]:
        return "it has no dispnum"
    if not is_year(row["year"]):
        return f"{row['year']!r} is no year"
    if row["hostlev"] not in _TYPES:
        return f"hostlev {row['hostlev']!r} is no level of hostility of a dispute"
    if any(entry is None for entry in map(_role, [row, row], _SIDES)):
        return "sidea and orig are 0 or 1"
    if row["sidea1"] == row["sidea2"]:
        return "both states are on the same side"
    return ""


def _role(row: Row, columns: tuple[str, str, str]) -> str | None:
    return _ROLES.get((row[columns[1]], row[columns[2]]))


def _entries(row: Row) -> tuple[_Entry, ...]:
    return tuple((row[columns[0]], _role(row, columns) or "") for columns in _SIDES)


def _dispute(rows: Sequence[Row]) -> _Dispute:
    years: defaultdict[_Entry, set[int]] = defaultdict(set)
    for row in rows:
        for entry in _entries(row):
            years[entry].add(int(row["year"]))
    told = {year for found in years.values() for year in found}
    begin, last = _begin(rows, min(told)), max(told)
    unknown = last >= LAST_YEAR and not _over(begin, rows[0]["maxdur"])
    return _Dispute(
        _span(begin, last, unknown=unknown),
        "under_way" if unknown else "held",
        {entry: dict(_runs(found, unknown=unknown)) for entry, found in years.items()},
    )


def _begin(rows: Iterable[Row], first: int) -> str:
    """The month in which the dispute began, if the row with which those that began it did so is there; else the first year."""
    for row in rows:
        if int(row["year"]) == first and row["gmlmidonset"] == row["orig1"] == row["orig2"] == "1":
            month = _MONTHS.get(row["stmon"])
            return f"{first:04}-{month}" if month else f"{first:04}"
    return f"{first:04}"


def _over(begin: str, longest: str) -> bool:
    """Whether a dispute that began then and lasted so many days at most was over in the last year."""
    if not longest.isdecimal():
        return False
    return (When.parse(begin).latest_end + timedelta(days=int(longest))).year <= LAST_YEAR


def _runs(years: Iterable[int], *, unknown: bool) -> Iterator[tuple[int, When]]:
    """Each year with the run of years that it is in."""
    run: list[int] = []
    for year in (*sorted(years), 0):
        if run and year != run[-1] + 1:
            when = _span(f"{run[0]:04}", run[-1], unknown=unknown and run[-1] >= LAST_YEAR)
            yield from ((each, when) for each in run)
            run = []
        run.append(year)


def _span(begin: str, last: int, *, unknown: bool) -> When:
    """The time from the month or year to the last year, or to some time from that year on."""
    if unknown:
        return When.parse(f"{begin}/[{last:04}..]")
    return When.parse(begin if begin == f"{last:04}" else f"{begin}/{last:04}")


def _statement(
    number: str, row: Row, dispute: _Dispute, source: Source, codes: Codes
) -> Iterator[Statement | Rejected]:
    parties: list[Party] = []
    repairs: list[Repair] = []
    for code, role in _entries(row):
        dates = dispute.dates[code, role][int(row["year"])]
        found = codes.find(code, "cow", When.parse(row["year"]))
        if not isinstance(found, Found):
            yield found.rejected(row.place, row.record)
            return
        parties.append(Party(found.actor, role, dates=dates))
        repairs += found.repairs
    if parties[0].actor == parties[1].actor:
        yield Rejected(row.place, "both sides are the same state", row["ccode1"], "cow", record=row.record)
        return
    if row["stmon"] not in _MONTHS:
        yield Rejected(row.place, f"stmon {row['stmon']!r} is no month", record=row.record, part=True)
    yield Statement(
        fact=f"{LOADER.name}:{number}",
        kind="dispute",
        source=source.id,
        place=Place(f"dispute {number}, states {row['ccode1']} and {row['ccode2']}, {row['year']}"),
        types=(_TYPES[row["hostlev"]],),
        parties=tuple(parties),
        steps=(Step(dispute.step, dispute.when),),
        repairs=tuple(repairs),
        method="table",
    )


LOADER = Loader(
    name="disputes",
    about="militarized interstate disputes, 1816 to 2010, with their sides",
    files="gml_mid_ddydisps.csv",
    open=open_disputes,
    known_as=("gml*ddydisps.*",),
    title="Militarized Interstate Disputes (Gibler, Miller and Little)",
    version="2.2.1",
    publisher="International Studies Quarterly",
    date="2016",
    url="https://doi.org/10.1093/isq/sqw045",
    licence="to be cited",
    citation=(
        "Gibler, Douglas M., Steven V. Miller, and Erin K. Little. 2016. “An Analysis of the Militarized Interstate Dispute (MID) Dataset, "
        "1816–2001.” International Studies Quarterly 60 (4): 719–730. https://doi.org/10.1093/isq/sqw045"
    ),
    bibtex="""\
@article{gibler_analysis_2016,
  author = {Gibler, Douglas M. and Miller, Steven V. and Little, Erin K.},
  title = {An Analysis of the Militarized Interstate Dispute ({MID}) Dataset, 1816--2001},
  journal = {International Studies Quarterly},
  volume = {60},
  number = {4},
  pages = {719--730},
  year = {2016},
  doi = {10.1093/isq/sqw045},
}""",
    coverage="1816/2010",
)
