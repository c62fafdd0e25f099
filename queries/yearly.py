"""Dyad-years and state-years: the tables that statistics packages take, one row for each pair (or state) and year.

Names and units are those of the field: `ccode1, ccode2, year` (Correlates of War), `gwcode1, gwcode2, year` (Gleditsch and Ward),
`iso1, iso2, year`, or `actor1, actor2, time` as the package netify has them. A dyad is non-directed, with the smaller code first, or
directed: then the row says what the first pledges to the second, or sends. Outside the time of which a data set tells, values are
missing and never 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.graph.actors import Actor
from comity.graph.coverage import told_of
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import FIRST_DAY, When
from comity.graph.errors import InputError, NoData, UnknownName
from comity.graph.kinds import kind_of
from comity.graph.slices import History, Question, today
from comity.graph.stores.stopping import check_stop
from comity.graph.ties import Tie

UNITS = {
    "dyad-year": "one row for each pair of states and year, the smaller code first",
    "directed-dyad-year": "one row for each ordered pair of states and year: what the first pledges to the second",
    "state-year": "one row for each state and year",
}
"""The units of analysis."""

CODES = {
    "cow": ("ccode", "cow"),
    "gw": ("gwcode", "gw"),
    "iso": ("iso", "iso3"),
    "id": ("actor", ""),
}
"""How states are named: the columns' name, and the system of codes (empty: comity's own ids)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What table is wanted: the unit, the years, how states are named, and whether pairs without a tie have rows.

    `all_pairs` gives every pair of states that the system of the codes has in the year; `false_dyads` those among them, too, whose
    states never existed on the same day of it. `netify` names the columns as that package does.
    """

    unit: str
    first: int
    last: int
    codes: str = "cow"
    all_pairs: bool = False
    false_dyads: bool = False
    netify: bool = False

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise UnknownName("unit", self.unit, UNITS)
        if self.codes not in CODES:
            raise UnknownName("way to name states", self.codes, CODES)
        if not 1 <= self.first <= self.last <= 9999:
            raise InputError(f"the years {self.first} to {self.last} are no span: give the earlier one first")
        if self.all_pairs and self.codes == "id":
            raise InputError("all pairs are those of a state system: name states by cow, gw or iso codes")

    @property
    def years(self) -> range:
        """The years, the last among them."""
        return range(self.first, self.last + 1)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day of the years."""
        return date(self.first, 1, 1), date(self.last, 12, 31)

    def asked(self, history: History, question: Question) -> dict[int, Question]:
        """The question of each year of which a source tells."""
        every = {year: question.within(date(year, 1, 1), date(year, 12, 31)) for year in self.years}
        return {year: asked for year, asked in every.items() if history.tells(asked)}

    @property
    def directed(self) -> bool:
        """Whether a pair is told in both orders."""
        return self.unit == "directed-dyad-year"

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        name, time = ("actor", "time") if self.netify else (CODES[self.codes][0], "year")
        return (name, time) if self.unit == "state-year" else (f"{name}1", f"{name}2", time)


@dataclass(frozen=True, slots=True)
class Yearly:
    """The table: columns, rows in order (None: nobody tells), and what had to be left out, by reason."""

    columns: tuple[str, ...]
    rows: list[tuple[str | int | None, ...]] = field(repr=False)
    left_out: Mapping[str, int]


def years_of(history: History) -> tuple[int, int]:
    """The years in which the sources of a history tell of all its layers, as far as they say; else those in which its ties begin, and this year."""
    this_year = today().earliest_begin.year
    told = [list(spans.values()) for spans in history.coverage.values()]
    if told and all(all(spans) for spans in told):
        by_layer = [[When.parse(span) for span in spans] for spans in told]
        first = max(min(span.earliest_begin.year for span in spans) for spans in by_layer)
        last = min(max(span.latest_end.year for span in spans) for spans in by_layer)
        return first, min(last, this_year)
    begun = [tie.when.earliest_begin for tie in history.ties if tie.when.earliest_begin > FIRST_DAY]
    return min((day.year for day in begun), default=this_year), this_year


def span_of(first: int | None, last: int | None, *histories: History) -> tuple[int, int]:
    """The first and the last year that are asked for; one that is not named is that of the years of which all the histories tell.

    `NoData` where that leaves no year, which nobody asked for.
    """
    spans = [years_of(history) for history in histories]
    begun, ended = max(begin for begin, _ in spans), min(end for _, end in spans)
    span = begun if first is None else first, ended if last is None else last
    if span[0] > span[1] and None in (first, last):
        coverage = {layer: told for history in histories for layer, told in history.coverage.items()}
        years = (
            f"the years from {first} on" if first is not None
            else f"the years to {last}" if last is not None
            else "any year for all layers"
        )  # fmt: skip
        raise NoData(
            f"nobody tells of {years}: {told_of(coverage, coverage) or f'ties are of {begun} to {ended}'}; "
            "ask for years, or layers, of which they tell"
        )
    return span


Cell = dict[str, set[str]]
"""What is known of a row: the ids of its facts, and its types or partners."""


def yearly(history: History, question: Question, shape: Shape) -> Yearly:
    """The table of the history's ties that count by the question's types, convention and certainty in each of the years.

    There is a column for each type that was asked for or, where none was, that any tie has. `facts` counts the facts behind a row, and in a state-year
    `partners` the other states.
    """
    asked = shape.asked(history, question)
    namer = _Namer(shape)
    # By the names and not by the actors: two that are one state to a system in a year make one row.
    found: dict[tuple[Name, ...], Cell] = {}
    for tie in history.ties:
        check_stop()
        for year in range(
            max(shape.first, tie.when.earliest_begin.year), min(shape.last, tie.when.latest_end.year) + 1
        ):
            if year in asked and asked[year].counts(tie):
                for key, partner in _keys(tie, shape):
                    names = namer.names(key, year)
                    if names is None:
                        continue
                    cell = found.setdefault(names, {"facts": set(), "types": set(), "partners": set()})
                    cell["facts"].add(tie.fact)
                    cell["types"] |= set(tie.sure_types if question.certainty == "certain" else tie.types)
                    cell["partners"].add(partner)
    types = _types(question, found)
    rows: dict[tuple[Name, ...], tuple[int | None, ...]] = {
        names: _values(cell, types, shape) for names, cell in found.items()
    }
    if shape.all_pairs:
        nothing = _values({"facts": set(), "types": set(), "partners": set()}, types, shape)
        missing = tuple(None for _ in nothing)
        for names, year in _all(shape):
            rows.setdefault((*names, year), nothing if year in asked else missing)
    measured = ("facts", "partners") if shape.unit == "state-year" else ("facts",)
    table: list[tuple[Name | None, ...]] = [(*names, *values) for names, values in rows.items()]
    table.sort(key=lambda row: row[: len(shape.keys)])
    return Yearly(
        (*shape.keys, *measured, *(name.replace("-", "_") for name in types)), table, namer.left_out
    )


def _keys(tie: Tie, shape: Shape) -> Iterator[tuple[tuple[str, ...], str]]:
    """The pairs, or states, of which the tie tells, each with the other one."""
    if shape.unit == "state-year":
        yield (tie.left,), tie.right
        yield (tie.right,), tie.left
    elif shape.directed:
        yield (tie.left, tie.right), tie.right
        if not tie.directed:
            yield (tie.right, tie.left), tie.left
    else:
        yield (tie.left, tie.right), tie.right


def _types(question: Question, found: Mapping[tuple["Name", ...], Cell]) -> list[str]:
    """The types that have a column: those asked for, since a tie that has none of them has no row; else all that any tie has."""
    used = {name for cell in found.values() for name in cell["types"]}
    known = [name for layer in question.layers for name in kind_of(layer).types]
    return [name for name in dict.fromkeys(known) if name in (question.types or used)]


def _values(cell: Cell, types: Iterable[str], shape: Shape) -> tuple[int, ...]:
    partners = (len(cell["partners"]),) if shape.unit == "state-year" else ()
    return (len(cell["facts"]), *partners, *(int(name in cell["types"]) for name in types))


Name = str | int


class _Namer:
    """Names states by their codes in a year, and notes whom it cannot name."""

    def __init__(self, shape: Shape) -> None:
        self.left_out: dict[str, int] = defaultdict(int)
        self._shape = shape
        self._system = CODES[shape.codes][1]
        self._known: dict[tuple[str, int], Name | None] = {}

    def names(self, key: tuple[str, ...], year: int) -> tuple[Name, ...] | None:
        """The row's key: codes and year; the smaller code first where the pair has no direction."""
        found = [self._name(actor, year) for actor in key]
        if None in found:
            self.left_out[f"rows with an actor that has no {self._shape.codes} code then"] += 1
            return None
        names = [name for name in found if name is not None]
        if len(set(names)) < len(names):
            self.left_out["rows between actors that are one state by these codes"] += 1
            return None
        if self._shape.unit == "dyad-year":
            names.sort()
        return (*names, year)

    def _name(self, actor: str, year: int) -> Name | None:
        if (actor, year) not in self._known:
            self._known[actor, year] = self._look_up(actor, year)
        return self._known[actor, year]

    def _look_up(self, actor: str, year: int) -> Name | None:
        if not self._system:
            return actor
        world = crosswalk()
        return _code(world.actor(actor), self._system, year) if actor in world else None


def _code(actor: Actor, system: str, year: int) -> Name | None:
    """The code that the actor has at some time of the year, else at any time: a source may tell of it before the system does."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = [
        code.code
        for code in actor.codes
        if code.system == system and (code.span is None or code.span.possibly_within(first, last))
    ]
    code = held[0] if held else actor.code(system)
    return int(code) if code is not None and code.isdecimal() else code


def _all(shape: Shape) -> Iterator[tuple[tuple[Name, ...], int]]:
    """Every state, or pair of states, that the system has in each year."""
    system = CODES[shape.codes][1]
    spell_system = "iso" if system == "iso3" else system
    states = [
        (actor, [spell.span for spell in actor.spells if spell.system == spell_system])
        for actor in crosswalk().actors()
        if actor.label == "Country" and actor.code(system) is not None
    ]
    for year in shape.years:
        first, last = date(year, 1, 1), date(year, 12, 31)
        there = []
        for actor, spells in states:
            within = [span for span in spells if span.possibly_within(first, last)]
            name = _code(actor, system, year) if within else None
            if name is not None:
                there.append(
                    (name, [(max(span.earliest_begin, first), min(span.latest_end, last)) for span in within])
                )
        if shape.unit == "state-year":
            yield from (((name,), year) for name, _ in there)
            continue
        for one, days in there:
            check_stop()
            for other, others in there:
                if (one != other if shape.directed else one < other) and (  # type: ignore[operator]
                    shape.false_dyads or _meet(days, others)
                ):
                    yield (one, other), year


def _meet(days: list[tuple[date, date]], others: list[tuple[date, date]]) -> bool:
    return any(max(one[0], other[0]) <= min(one[1], other[1]) for one in days for other in others)
