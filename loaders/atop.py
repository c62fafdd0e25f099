"""Alliance Treaty Obligations and Provisions (ATOP) 5.1: every military alliance of 1815–2018, with each member's obligations.

Source: Brett Ashley Leeds and others, Rice University, http://www.atopdata.org. Free for research; to be cited: Leeds, Ritter, Mitchell
and Long (2002). Three of its tables are read: the members' (required), the alliances' and the alliance phases'.

- A fact `atop:ATOPID` of the kind agreement is an alliance.
- A row of members (alliance, phase, member) is one statement about one party: its time from `yrent` to `yrexit`, and its pledges:
  `defense` defence, `offense` offence, `neutral` neutrality, `nonagg` nonaggression, `consul` consultation; none where all are 0.
  `phase` keeps the parties of different phases apart; 0 is an alliance of one phase. `obvary` 1 is the property `varying`: the
  pledges are not the same towards every partner, and the table does not tell to whom they are made.
- A row of alliances gives the types of the whole, and the step in_force from its beginning to its end. Without that table the whole
  lasts from the first entry to the last exit, which is the same in 5.1.
- A row of phases is skipped: the rows of its members say the same.
- An end of 0 is an alliance still in effect (`/..`). A month or day that is not given makes the date less precise.
- Members are numbered as states of the Correlates of War, dependencies from ATOP's first year on. 8152 is in no list: see below.

What is lost: all other provisions (about eighty columns), and the cross-references to the Correlates of War's alliances (`cowid`,
`cow4id`), which are judgements about identity and not the alliance's own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from comity.graph.dates import When
from comity.graph.errors import DateError, InputError
from comity.graph.model import Party, Place, Rejected, Repair, Skipped, Source, Statement, Step
from comity.graph.reading import Reading, Record
from comity.loaders.codes import Codes, Unknown
from comity.loaders.dated import date_of, span_of
from comity.loaders.loader import Loader, Opened
from comity.loaders.recognised import recognise
from comity.loaders.tables import Form, Row, Table

PLEDGES = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}
"""What the columns of obligations are called here."""

TOLD_BY_MEMBERS = "a phase of an alliance: the rows of its members tell it"
"""Why a row of phases is skipped."""

_ENTRY, _EXIT = ("yrent", "moent", "dayent"), ("yrexit", "moexit", "dayexit")
_BEGIN, _END = ("begyr", "begmo", "begday"), ("endyr", "endmo", "endday")

FORMS = {
    "members": Form(("atopid", "member", *_ENTRY, *_EXIT, "phase", *PLEDGES)),
    "phases": Form(("atopid", "atopidphase", *_BEGIN, *_END, "phase", *PLEDGES)),
    "alliances": Form(("atopid", *_BEGIN, *_END, *PLEDGES)),
}
"""The tables, and the columns by which they are recognised: the first that fits counts."""

# By its dates (Treaty of Saigon, 15 March 1874, to the Treaty of Hué, 25 August 1883) alliance 1320 is that of France and Annam, so
# 8152 will be a number of ATOP's own beside Gleditsch and Ward's 815. The files do not say so, and the published dyad-years leave it out.
_MAY_MEAN = {"8152": ("GW-VNM",)}

_COVERAGE = {"5.0": "1815/2018", "5.1": "1815/2018"}


def open_atop(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The reading of the tables in these files."""
    tables = recognise(names, FORMS)
    if "members" not in tables:
        raise InputError(
            f"{', '.join(names)}: there is no table of members (atop5_1m.csv), without which nobody is allied: name it, too"
        )
    versions = {name: _version(table) for name, table in tables.items()}
    sources = {
        name: LOADER.source(
            name,
            table,
            part=name,
            version=versions[name],
            coverage=_COVERAGE.get(versions[name], ""),
        )
        for name, table in tables.items()
    }
    unknown = sorted({version for version in versions.values() if version and version not in _COVERAGE})
    warnings = [f"version {version} of ATOP is not known: it is read like 5.1" for version in unknown]
    reading = Reading(
        "atop",
        tuple(sources.values()),
        _records(tables, sources, codes),
        whole=False,
        loader="atop",
        files=tuple(str(table.path.resolve()) for table in tables.values()),
        length=sum(table.length for table in tables.values()),
    )
    return [Opened(reading, tuple(warnings))]


def _version(table: Table) -> str:
    """The version that the first row names."""
    first = next(table.rows(), None)
    return first.get("version") if isinstance(first, Row) else ""


@dataclass(frozen=True, slots=True)
class _Member:
    """A row of members as read: which alliance's, where it stands, and what it says of one party."""

    fact: str
    place: str
    party: Party
    span: When
    varies: bool
    repairs: tuple[Repair, ...]


@dataclass(slots=True)
class _Alliance:
    """What both tables tell of one alliance."""

    alliances: list[Statement]
    members: list[_Member]


def _records(tables: Mapping[str, Table], sources: Mapping[str, Source], codes: Codes) -> Iterator[Record]:
    """Every row, those of one alliance together; the tables are small."""
    found: defaultdict[str, _Alliance] = defaultdict(lambda: _Alliance([], []))
    for row in _rows(tables, "alliances"):
        told = row if isinstance(row, Rejected) else _alliance(row, sources["alliances"])
        if isinstance(told, Statement):
            found[told.fact].alliances.append(told)
        else:
            yield told
    for row in _rows(tables, "members"):
        member = row if isinstance(row, Rejected) else _member(row, codes)
        if isinstance(member, _Member):
            found[member.fact].members.append(member)
        else:
            yield member
    for row in _rows(tables, "phases"):
        yield row if isinstance(row, Rejected) else Skipped(TOLD_BY_MEMBERS)
    for alliance in found.values():
        yield from alliance.alliances
        yield from _member_statements(alliance, sources["members"])


def _rows(tables: Mapping[str, Table], name: str) -> Iterator[Row | Rejected]:
    for row in tables[name].rows() if name in tables else ():
        yield replace(row, place=f"{name} {row.place}") if isinstance(row, Rejected) else row


def _alliance(row: Row, source: Source) -> Statement | Rejected:
    """A row of alliances: the types of the whole, and its time in force."""
    place = f"alliances {row.place}"
    try:
        span = _span(row, _BEGIN, _END)
    except DateError as error:
        return Rejected(place, str(error), record=row.record)
    fault = _fault(row)
    if fault:
        return Rejected(place, fault, record=row.record)
    return Statement(
        fact=f"atop:{row['atopid']}",
        kind="agreement",
        source=source.id,
        place=Place(f"alliances: {row['atopid']}"),
        types=_pledged(row),
        steps=(Step("in_force", span),),
        method="table",
    )


def _member(row: Row, codes: Codes) -> _Member | Rejected:
    """A row of members: one party in one phase, with its own time and pledges."""
    place = f"members {row.place}"
    try:
        span = _span(row, _ENTRY, _EXIT)
    except DateError as error:
        return Rejected(place, str(error), record=row.record)
    fault = _fault(row)
    if fault:
        return Rejected(place, fault, record=row.record)
    found = codes.find(row["member"], "cow", span)
    if isinstance(found, Unknown):
        candidates = found.candidates or _MAY_MEAN.get(row["member"], ())
        return replace(found, candidates=candidates).rejected(place, row.record)
    phase = row["phase"]
    return _Member(
        fact=f"atop:{row['atopid']}",
        # Not the number of the row: another release would give each row another, and every statement with it.
        place=f"members: {row['atopid']}, phase {phase}, state {row['member']}",
        party=Party(found.actor, "party", _pledged(row), span, "" if phase == "0" else phase),
        span=span,
        varies=row.get("obvary") == "1",
        repairs=found.repairs,
    )


def _member_statements(alliance: _Alliance, source: Source) -> Iterator[Statement]:
    """A statement for each row of members; who is a party from beginning to end has no dates of its own.

    The time of the whole goes with them where no row of alliances tells it: from the first entry to the last exit.
    """
    whole = next((step.when for told in alliance.alliances for step in told.steps), None)
    steps: tuple[Step, ...] = ()
    if whole is None and alliance.members:
        spans = [member.span for member in alliance.members]
        whole = When.of(min(span.begin for span in spans), max(span.end for span in spans))
        steps = (Step("in_force", whole),)
    for member in alliance.members:
        party = replace(member.party, dates=None) if member.span == whole else member.party
        yield Statement(
            fact=member.fact,
            kind="agreement",
            source=source.id,
            place=Place(member.place),
            parties=(party,),
            steps=steps,
            properties=(("varying", (party.actor,)),) if member.varies else (),
            repairs=member.repairs,
            method="table",
        )


def _fault(row: Row) -> str:
    """Why the row cannot be used, whatever its dates; empty if it can."""
    if not row["atopid"]:
        return "no alliance is named (atopid)"
    for column in PLEDGES:
        if row[column] not in ("0", "1"):
            return f"{column} is {row[column]!r}, neither 0 nor 1"
    return ""


def _pledged(row: Row) -> tuple[str, ...]:
    return tuple(name for column, name in PLEDGES.items() if row[column] == "1")


def _span(row: Row, begin: tuple[str, str, str], end: tuple[str, str, str]) -> When:
    """The time between two dates; a year of 0 at the end is still in effect, and one that is not given is not known."""
    first = date_of(*(row[column] for column in begin))
    last = ".." if row[end[0]] == "0" else date_of(*(row[column] for column in end))
    return span_of(first, last)


LOADER = Loader(
    name="atop",
    about="military alliances with each member's obligations (ATOP 5.1), 1815–2018",
    files="the folder of its files, or atop5_1m.csv and, with it, atop5_1a.csv and atop5_1aph.csv",
    open=open_atop,
    known_as=("atop[0-9]_[0-9]m.*", "atop[0-9]_[0-9]a.*", "atop[0-9]_[0-9]aph.*"),
    title="Alliance Treaty Obligations and Provisions",
    version="5.1",
    publisher="Rice University",
    date="2022",
    url="http://www.atopdata.org",
    licence="free for research, to be cited",
    citation=(
        "Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell, and Andrew G. Long. 2002. “Alliance Treaty Obligations and "
        "Provisions, 1815–1944.” International Interactions 28 (3): 237–260."
    ),
    bibtex="""@article{atop,
  author = {Leeds, Brett Ashley and Ritter, Jeffrey M. and Mitchell, Sara McLaughlin and Long, Andrew G.},
  title = {Alliance Treaty Obligations and Provisions, 1815--1944},
  journal = {International Interactions},
  volume = {28},
  number = {3},
  pages = {237--260},
  year = {2002},
  note = {Data, version 5.1},
  url = {http://www.atopdata.org}
}""",
    coverage="1815/2018",
)
