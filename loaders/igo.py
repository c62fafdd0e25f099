"""Intergovernmental Organizations (Correlates of War, version 3): the states' spells of membership, 1816 to 2014.

Source: Pevehouse, Jon C.W., Timothy Nordstrom, Roseanne W. McManus, and Anne Spencer Jamison. 2020. Tracking Organizations in the World:
The Correlates of War IGO Version 3.0 datasets. Journal of Peace Research 57(3): 492–503. Cite it as the loader prints it; the data are
not part of comity. Two files are read: the spells, and the list of the organizations with their names and years, which may be missing.

| column | becomes |
|---|---|
| igo, membership | the fact: `igo:UN` of full members, `igo:UN/associate`, `igo:UN/observer`; its type |
| ccode | the member, by its Correlates of War number |
| start_year, end_year | the member's own dates; 2014, with which the data end, leaves the end open (`1945/..`) |
| ioname | the organization, by the crosswalk's `cow-igo`, else an actor of this collection, its id the abbreviation in capitals |
| orgname, longorgname, sdate, deaddate | its names, and the spell of its existence |

An organization that comity knows as two in succession (CSCE and OSCE) is a party as both, each in its time. Where an abbreviation is an id,
name or code of somebody else, the organization is `IGO-GEO`. A state's first year is the first that is coded: it may have been a member
before it was a state, or the organization one. Before 1965 the source codes many organizations every fifth year only.
Lost: how sure those years are, which organization took another in, and what sort of organization it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity.graph.actors import Actor, Code, Name, Spell
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import InputError, TableError
from comity.graph.model import Party, Place, Rejected, Skipped, Source, Statement, Step
from comity.graph.reading import Reading, Record
from comity.loaders.codes import Codes, Found, Unknown
from comity.loaders.loader import Loader, Opened
from comity.loaders.tables import Form, Row, Table
from comity.loaders.years import is_year

SYSTEM = "cow-igo"
LAST_YEAR = 2014
"""The last year of the data: a spell that reaches it is going on as far as they tell."""

DESCRIBES = "it describes an organization and no member"

_SPELLS = Form(("ccode", "igo", "membership", "start_year", "end_year"))
_ORGANIZATIONS = Form(("ioname", "orgname", "sdate", "deaddate", "longorgname"))
_TITLES = {
    "full": "Membership of {}",
    "associate": "Associate membership of {}",
    "observer": "Observers of {}",
}
_BRACKETED = re.compile(r"\s*\([^()]*\)$")
_CUT_OFF = 80
"""Characters after which the source cuts some long names off."""


@dataclass(frozen=True, slots=True)
class _Spell:
    """A row of the spells that can be read but for its actors."""

    row: Row
    organization: str
    membership: str
    first: int
    last: int

    @property
    def when(self) -> When:
        end = ".." if self.last >= LAST_YEAR else f"{self.last:04}"
        return When.parse(f"{self.first:04}/{end}")


def open_igo(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The memberships in the file of spells, the organizations called as the other file calls them, if it is given."""
    spells, organizations = _tables(names)
    described = _described(organizations)
    tables = [(spells, "members", "state membership spells")]
    if organizations:
        tables.append((organizations, "organizations", "organizations"))
    sources = tuple(LOADER.source(key, table, part=part) for table, key, part in tables)
    own = _own_actors(spells, described)
    reading = Reading(
        LOADER.name, sources, _records(spells, organizations, sources[0], codes, own), tuple(own.values()),
        whole=False, loader=LOADER.name, files=tuple(str(table.path.resolve()) for table, *_ in tables),
        length=sum(table.length for table, *_ in tables),
    )  # fmt: skip
    return [Opened(reading)]


def _tables(names: Sequence[str]) -> tuple[Table, Table | None]:
    """The file of spells and that of organizations, in whatever order they are named."""
    spells: list[Table] = []
    organizations: list[Table] = []
    for name in names:
        try:
            spells.append(Table(name, _SPELLS))
        except TableError as error:
            try:
                organizations.append(Table(name, _ORGANIZATIONS))
            except TableError:
                raise error from None
    if len(spells) != 1 or len(organizations) > 1:
        raise InputError(f"{LOADER.name} reads {LOADER.files}: name the one, or both")
    return spells[0], organizations[0] if organizations else None


def _described(organizations: Table | None) -> Mapping[str, Row]:
    """The organizations' rows by their abbreviation in capitals."""
    rows = organizations.rows() if organizations else ()
    return {row["ioname"].upper(): row for row in rows if isinstance(row, Row)}


def _own_actors(spells: Table, described: Mapping[str, Row]) -> Mapping[str, Actor]:
    """The organizations that the crosswalk does not have, by their abbreviation in capitals."""
    named = {row["igo"].upper() for row in spells.rows() if isinstance(row, Row)}
    return {
        short: _own_actor(short, described.get(short))
        for short in sorted((named | described.keys()) - {""})
        if not crosswalk().lookup(short, None, SYSTEM)
    }


def _own_actor(short: str, row: Row | None) -> Actor:
    id = f"IGO-{short}" if crosswalk().lookup(short) else short
    if row is None:
        return Actor(id, "Organization", short, (Name(short),), (Code(SYSTEM, short),))
    name = _name(row)
    names = dict.fromkeys((name, row["orgname"], row["longorgname"], row["ioname"]))
    return Actor(
        id,
        "Organization",
        name,
        tuple(Name(text) for text in names if text),
        (Code(SYSTEM, row["ioname"]),),
        _existence(row),
    )


def _name(row: Row) -> str:
    """The long name where it is whole and one name, without its abbreviation; else the short one."""
    long = _BRACKETED.sub("", row["longorgname"])
    whole = long and "/" not in long and "(" not in long and len(row["longorgname"]) < _CUT_OFF
    return long if whole else row["orgname"] or row["ioname"]


def _existence(row: Row) -> tuple[Spell, ...]:
    first, last = row["sdate"], row["deaddate"]
    if not is_year(first) or (last and not (is_year(last) and first <= last)):
        return ()
    return (Spell(SYSTEM, When.parse(f"{first}/{last or '..'}")),)


def _records(
    spells: Table, organizations: Table | None, source: Source, codes: Codes, own: Mapping[str, Actor]
) -> Iterator[Record]:
    """Each row of both files, the spells of one fact together: there are few enough to have all of them at hand."""
    facts: defaultdict[tuple[str, str], list[_Spell]] = defaultdict(list)
    for row in spells.rows():
        spell = _spell(row)
        if isinstance(spell, Rejected):
            yield spell
        else:
            facts[spell.organization, spell.membership].append(spell)
    described = _described(organizations)
    for (short, membership), told in facts.items():
        yield from _memberships(short, membership, told, described.get(short), source, codes, own)
    for row in organizations.rows() if organizations else ():
        if isinstance(row, Rejected):
            yield _placed(row, "organizations")
        else:
            yield Skipped(DESCRIBES)


def _spell(row: Row | Rejected) -> _Spell | Rejected:
    """The row's spell; rejected where it tells none."""
    if isinstance(row, Rejected):
        return _placed(row, "members")
    short, membership, first, last = (
        row["igo"].upper(),
        row["membership"],
        row["start_year"],
        row["end_year"],
    )
    if not short:
        fault = "it names no organization"
    elif membership not in _TITLES:
        fault = f"{membership!r} is no sort of membership: {', '.join(_TITLES)} are"
    elif not (is_year(first) and is_year(last)):
        fault = f"{first!r} to {last!r} are no years"
    elif first > last:
        fault = f"it begins in {first} and ends before that, in {last}"
    else:
        return _Spell(row, short, membership, int(first), int(last))
    return Rejected(_place(row), fault, record=row.record)


def _memberships(
    short: str,
    membership: str,
    spells: Sequence[_Spell],
    described: Row | None,
    source: Source,
    codes: Codes,
    own: Mapping[str, Actor],
) -> Iterator[Record]:
    """The statements of one fact, all with the organization and its time, each with its own member."""
    organization = _organization(short, codes, own)
    first, last = min(spell.first for spell in spells), max(spell.last for spell in spells)
    steps = (Step("in_force", _Spell(spells[0].row, short, membership, first, last).when),)
    title = _TITLES[membership].format(_name(described) if described else short)
    for spell in spells:
        place, when = _place(spell.row), spell.when
        if isinstance(organization, Unknown):
            yield organization.rejected(place, spell.row.record)
            continue
        found = codes.find(spell.row["ccode"], "cow", when)
        if isinstance(found, Unknown):
            yield found.rejected(place, spell.row.record)
            continue
        yield Statement(
            fact=f"{LOADER.name}:{short}" + ("" if membership == "full" else f"/{membership}"),
            kind="membership",
            source=source.id,
            place=Place(f"{short}, state {spell.row['ccode']}, from {spell.row['start_year']}"),
            types=(membership,),
            titles=(title,),
            parties=(*organization, Party(found.actor, "member", dates=when)),
            steps=steps,
            repairs=found.repairs,
            method="table",
        )


def _organization(short: str, codes: Codes, own: Mapping[str, Actor]) -> tuple[Party, ...] | Unknown:
    """The organization as a party: once, or once for each of those that followed one another as it."""
    found = codes.find(short, SYSTEM)
    if isinstance(found, Found):
        return (Party(found.actor, "organization"),)
    if not found.candidates:
        return (Party(own[short].id, "organization"),) if short in own else found
    heirs = {
        heir.id for candidate in found.candidates for heir in crosswalk().actor(candidate).successors
    } & set(found.candidates)
    if len(heirs) < len(found.candidates) - 1:
        return found
    return tuple(
        Party(candidate, "organization", dates=crosswalk().actor(candidate).spells[0].span)
        for candidate in found.candidates
    )


def _place(row: Row) -> str:
    return f"members {row.place}"


def _placed(rejected: Rejected, file: str) -> Rejected:
    return Rejected(f"{file} {rejected.place}", rejected.reason, record=rejected.record)


LOADER = Loader(
    name="igo",
    about="memberships of states in intergovernmental organizations, 1816 to 2014",
    files="the state membership spells, alone or with the list of organizations",
    open=open_igo,
    known_as=("*state_membership_spells.*", "*igo*organizations.*"),
    title="Intergovernmental Organizations",
    version="3.0",
    publisher="The Correlates of War Project",
    date="2020",
    url="https://correlatesofwar.org/data-sets/igos/",
    licence="free for research, to be cited",
    citation=(
        "Pevehouse, Jon C.W., Timothy Nordstrom, Roseanne W. McManus, and Anne Spencer Jamison. 2020. “Tracking Organizations in the "
        "World: The Correlates of War IGO Version 3.0 Datasets.” Journal of Peace Research 57 (3): 492–503. "
        "https://doi.org/10.1177/0022343319881175"
    ),
    bibtex="""\
@article{pevehouse_tracking_2020,
  author = {Pevehouse, Jon C. W. and Nordstrom, Timothy and McManus, Roseanne W. and Jamison, Anne Spencer},
  title = {Tracking Organizations in the World: The Correlates of War {IGO} Version 3.0 Datasets},
  journal = {Journal of Peace Research},
  volume = {57},
  number = {3},
  pages = {492--503},
  year = {2020},
  doi = {10.1177/0022343319881175},
}""",
    coverage="1816/2014",
)
