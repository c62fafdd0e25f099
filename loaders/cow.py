"""The Correlates of War's Formal Alliances 4.1: written alliances of 1816–2012, by member, by dyad or by directed dyad.

Source: Douglas M. Gibler, https://correlatesofwar.org/data-sets/formal-alliances/. Free of charge, to be cited: Gibler (2009). It is
read from the user's own file and comes with nothing of it. Latin-1. Each table is recognised by its columns.

- alliance_v4.1_by_member.csv makes the collection `cow`: a fact `cow:VERSION4ID` of the kind agreement is an alliance. A row (a
  member's spell) is one statement about one party: its time from `mem_st` to `mem_end`, its pledges, and the step in_force of the
  whole from `all_st` to `all_end`.
- alliance_v4.1_by_dyad.csv or _by_directed.csv makes the collection `cow-dyadic`: a fact `cow-dyadic:VERSION4ID.CCODE1.CCODE2` is the
  spell of a dyad in an alliance, with `@BEGIN` after it where the dyad has several. A directed row tells what its first state
  pledges to the second. A row by dyad tells what both pledge, or, where `asymmetric` is 1, what one of them does and not which:
  then the fact has the types and the parties no pledges of their own.
- The pledges are the flags `defense` defence, `neutrality`, `nonaggression`, `entente`, and none where all are 0. `ss_type` is not
  read: it names the strongest pledge of anybody in the alliance, and contradicts the flags. A flag that is not given is in
  quarantine as a part of its row.
- `left_censor` 1 is a spell that began before the data: by 1816-01-01 at the latest (`[..1816-01-01]`). `right_censor` 1 with no end
  is one that went on when they end (`/..`).
- A row by dyad that ends the day before it begins is rejected: no such spell can be. The rows by member have none.

What is lost: `ss_type`, the names of states, and from rows by dyad the names of the alliances' other members.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.graph.dates import When
from comity.graph.errors import DateError, InputError
from comity.graph.model import Party, Place, Rejected, Source, Statement, Step
from comity.graph.reading import Reading, Record
from comity.loaders.codes import Codes, Unknown
from comity.loaders.dated import date_of, span_of
from comity.loaders.loader import Loader, Opened
from comity.loaders.recognised import recognise
from comity.loaders.tables import Form, Row, Table

PLEDGES = {
    "defense": "defence",
    "neutrality": "neutrality",
    "nonaggression": "nonaggression",
    "entente": "entente",
}
"""What the flags are called here."""

DYADIC = "cow-dyadic"
"""The collection of the tables by dyad."""


def _columns(prefix: str) -> tuple[str, str, str, str, str, str]:
    begin, end = (
        (f"{prefix}_{side}_year", f"{prefix}_{side}_month", f"{prefix}_{side}_day") for side in ("st", "end")
    )
    return (*begin, *end)


_MEMBER, _WHOLE, _DYAD = _columns("mem"), _columns("all"), _columns("dyad")
_FLAGS = ("left_censor", "right_censor", *PLEDGES)

FORMS = {
    "members": Form(("version4id", "ccode", *_WHOLE, *_MEMBER, *_FLAGS), encoding="latin-1"),
    "dyads": Form(("version4id", "ccode1", "ccode2", *_DYAD, *_FLAGS, "asymmetric"), encoding="latin-1"),
    "directed dyads": Form(("version4id", "ccode1", "ccode2", *_DYAD, *_FLAGS), encoding="latin-1"),
}
"""The tables, and the columns by which they are recognised: the first that fits counts."""


def open_cow(names: Sequence[str], codes: Codes) -> list[Opened]:
    """The readings of the tables in these files: one by member, one by dyad."""
    tables = recognise(names, FORMS)
    if {"dyads", "directed dyads"} <= tables.keys():
        raise InputError(
            f"{tables['dyads'].path} and {tables['directed dyads'].path} tell the same: name the second alone, "
            "which also says who pledges"
        )
    return [Opened(_reading(name, table, codes)) for name, table in tables.items()]


def _reading(name: str, table: Table, codes: Codes) -> Reading:
    collection = "cow" if name == "members" else DYADIC
    source = LOADER.source(name.replace(" ", "-"), table, collection=collection, part=f"by {name}")
    records = _members(table, source, codes) if name == "members" else _dyads(table, source, codes)
    return Reading(
        collection, (source,), records,
        whole=False, loader="cow", files=(str(table.path.resolve()),), length=table.length,
    )  # fmt: skip


def _members(table: Table, source: Source, codes: Codes) -> Iterator[Record]:
    """Every row by member, those of an alliance together."""
    alliances: defaultdict[str, list[Row]] = defaultdict(list)
    for row in table.rows():
        if isinstance(row, Rejected):
            yield row
        elif not row["version4id"]:
            yield Rejected(row.place, "no alliance is named (version4id)", record=row.record)
        else:
            alliances[row["version4id"]].append(row)
    for alliance, rows in alliances.items():
        lasts = any(row["right_censor"] == "1" for row in rows)
        for row in rows:
            yield from _member(f"cow:{alliance}", row, source, codes, lasts=lasts)


def _member(fact: str, row: Row, source: Source, codes: Codes, *, lasts: bool) -> Iterator[Record]:
    """A row by member: one party with its own time and pledges, and the time of the whole (`lasts`: some member's goes on)."""
    try:
        whole = _span(row, _WHOLE, began_before=False, lasts=lasts)
        own = _span(row, _MEMBER, began_before=row["left_censor"] == "1", lasts=row["right_censor"] == "1")
    except DateError as error:
        yield Rejected(row.place, str(error), record=row.record)
        return
    found = codes.find(row["ccode"], "cow", own)
    if isinstance(found, Unknown):
        yield found.rejected(row.place, row.record)
        return
    yield from _not_given(row)
    yield Statement(
        fact=fact,
        kind="agreement",
        source=source.id,
        # Not the number of the row: another release would give each row another, and every statement with it.
        place=Place(f"alliance {row['version4id']}, state {row['ccode']}"),
        parties=(Party(found.actor, "party", _pledged(row), None if own == whole else own),),
        steps=(Step("in_force", whole),),
        repairs=found.repairs,
        method="table",
    )


@dataclass(frozen=True, slots=True)
class _Spell:
    """A row by dyad that can be: whose it is, and when."""

    row: Row
    when: When
    begin: str


def _dyads(table: Table, source: Source, codes: Codes) -> Iterator[Record]:
    """Every row by dyad, directed or not, those of one spell together."""
    directed = "asymmetric" not in table.columns
    dyads: defaultdict[str, list[_Spell]] = defaultdict(list)
    for row in table.rows():
        spell = row if isinstance(row, Rejected) else _spell(row)
        if isinstance(spell, _Spell):
            dyads[_dyad(spell.row)].append(spell)
        else:
            yield spell
    for dyad, spells in dyads.items():
        begins = dict.fromkeys(spell.begin for spell in spells)
        for begin in begins:
            fact = f"{DYADIC}:{dyad}" + (f"@{begin}" if len(begins) > 1 else "")
            for spell in spells:
                if spell.begin == begin:
                    yield from _dyad_statement(fact, spell, source, codes, directed=directed)


def _spell(row: Row) -> _Spell | Rejected:
    if not (row["version4id"] and row["ccode1"] and row["ccode2"]):
        return Rejected(row.place, "no alliance or no dyad is named", record=row.record)
    try:
        when = _span(row, _DYAD, began_before=row["left_censor"] == "1", lasts=row["right_censor"] == "1")
    except DateError as error:
        return Rejected(row.place, str(error), record=row.record)
    return _Spell(row, when, date_of(*(row[column] for column in _DYAD[:3])))


def _dyad(row: Row) -> str:
    """The alliance and the dyad, the lower number first whichever way the row goes."""
    first, second = sorted((row["ccode1"], row["ccode2"]), key=lambda code: (len(code), code))
    return f"{row['version4id']}.{first}.{second}"


def _dyad_statement(
    fact: str, spell: _Spell, source: Source, codes: Codes, *, directed: bool
) -> Iterator[Record]:
    """A row by dyad: both parties with what both pledge; directed: the first with what it pledges to the second."""
    row = spell.row
    found = [codes.find(row[column], "cow", spell.when) for column in ("ccode1", "ccode2")]
    actors = []
    for one in found:
        if isinstance(one, Unknown):
            yield one.rejected(row.place, row.record)
            return
        actors.append(one.actor)
    yield from _not_given(row)
    pledged = _pledged(row)
    of_one = not directed and row["asymmetric"] == "1"
    yield Statement(
        fact=fact,
        kind="agreement",
        source=source.id,
        place=Place(f"alliance {row['version4id']}, states {row['ccode1']} and {row['ccode2']}"),
        types=pledged if of_one else (),
        parties=tuple(
            Party(actor, "party", None if of_one else pledged)
            for actor in (actors[:1] if directed else actors)
        ),
        steps=(Step("in_force", spell.when),),
        repairs=tuple(repair for one in found if not isinstance(one, Unknown) for repair in one.repairs),
        method="table",
    )


def _span(row: Row, columns: Sequence[str], *, began_before: bool, lasts: bool) -> When:
    """The time between two dates: `began_before` the data if censored, and with no end it `lasts` or its end is not known."""
    cells = [row[column] for column in columns]
    begin, end = date_of(*cells[:3]), date_of(*cells[3:])
    span = span_of(begin, end or (".." if lasts else ""))
    return When.parse(f"[..{begin}]/{span.text.partition('/')[2]}") if began_before and begin else span


def _pledged(row: Row) -> tuple[str, ...]:
    return tuple(name for column, name in PLEDGES.items() if row[column] == "1")


def _not_given(row: Row) -> Iterator[Rejected]:
    """The flags of a row that say neither yes nor no."""
    for column in PLEDGES:
        value = row[column]
        if value not in ("0", "1"):
            said = f"is {value!r}, neither 0 nor 1" if value else "is not given"
            yield Rejected(row.place, f"{column} {said}", record=row.record, part=True)


LOADER = Loader(
    name="cow",
    about="formal alliances with each member's pledges (Correlates of War 4.1), 1816–2012",
    files="alliance_v4.1_by_member.csv, alliance_v4.1_by_directed.csv or alliance_v4.1_by_dyad.csv",
    open=open_cow,
    known_as=("alliance_v*_by_member.*", "alliance_v*_by_directed.*|alliance_v*_by_dyad.*"),
    title="Correlates of War Formal Alliances",
    version="4.1",
    publisher="Correlates of War Project",
    url="https://correlatesofwar.org/data-sets/formal-alliances/",
    licence="free of charge, to be cited; not to be passed on for a charge",
    citation="Gibler, Douglas M. 2009. International Military Alliances, 1648–2008. Washington, DC: CQ Press.",
    bibtex="""@book{cow,
  author = {Gibler, Douglas M.},
  title = {International Military Alliances, 1648--2008},
  publisher = {CQ Press},
  address = {Washington, DC},
  year = {2009},
  note = {Data: Correlates of War Formal Alliances, version 4.1},
  url = {https://correlatesofwar.org/data-sets/formal-alliances/}
}""",
    coverage="1816/2012",
)
