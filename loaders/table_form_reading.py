"""Reads the mapping file of `comity load table`, a YAML file, and tells all its faults with what to write instead."""

import codecs
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from comity.graph.crosswalk import SYSTEMS, crosswalk
from comity.graph.kinds import Kind, kinds
from comity.graph.model import Source
from comity.loaders import form, values
from comity.loaders.faults import Faults, one_of, quoted
from comity.loaders.spots import Spot
from comity.loaders.table_cells import Condition, Point, Time, Words, precision_of, texts
from comity.loaders.table_form import Actors, Steps, TableForm, Told
from comity.loaders.yaml_lines import read_yaml

PAGE = "docs/table.md"
MAX_BYTES = 1_000_000

NAMES = "names"
"""The word for the system of names, which has none of its own."""

BLANK = "blank"
"""The word for an empty cell where values are listed."""

_FIELDS = (
    *("table", "source", "kind", "key", "delimiter", "encoding", "missing", "only"),
    *("actors", "types", "steps", "name", "properties"),
)
_REQUIRED = ("table", "source", "kind", "key", "actors", "steps")
_SOURCE = ("title", "publisher", "date", "version", "url", "licence", "citation", "coverage")
_ACTOR = ("column", "actor", "system", "separator", "role", "pledges", "dates")
_TIME = ("column", "format", "year", "month", "day", "begin", "end", "open")
_PARTS = ("year", "month", "day")
_Known = TypeVar("_Known")
_DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";"}


def read_table_form(path: Path) -> TableForm:
    """The mapping in the file; `DossierError` names every fault with file, line, field and what to write instead."""
    faults = Faults(str(path), PAGE, f"see {PAGE} for the form")
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        text = content.decode("utf-8")
    except OSError as error:
        faults.fatal(1, "", f"the file cannot be read ({error.strerror}); check its name and rights")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.fatal(line, "", "not UTF-8; save the file in the encoding UTF-8")
    if len(content) > MAX_BYTES:
        faults.fatal(
            1, "", f"larger than {MAX_BYTES:,} bytes; name the mapping here, and the table beside it"
        )
    found = _Reader(faults).read(Spot.root(read_yaml(text, faults), faults))
    faults.check()
    assert found is not None
    return found


class _Reader:
    """Reads the parts of one mapping, and notes the columns that they name."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._columns: list[tuple[str, Spot]] = []

    def read(self, root: Spot) -> TableForm | None:
        fields = root.fields(_FIELDS, _REQUIRED, "'table: ID' and the other fields")
        id = values.collection(fields.get("table"), "dcad")
        kind = _one(fields.get("kind"), "kind", kinds())
        if kind is None:
            return None  # what the rest may hold depends on the kind
        actors = tuple(self._actors(fields["actors"], kind)) if "actors" in fields else ()
        types = self._words(fields["types"], "types", kind.types) if "types" in fields else Words()
        if kind.pledged and "types" not in fields and not any(one.pledges for one in actors):
            root.wrong(
                f"an agreement needs types; write 'types: [{next(iter(kind.types))}]', or pledges of its actors"
            )
        return TableForm(
            id=id,
            source=_source(fields["source"], id) if "source" in fields else Source(id, ""),
            kind=kind,
            key=self._column_names(fields.get("key")),
            delimiter=_delimiter(fields.get("delimiter")),
            encoding=_encoding(fields.get("encoding")),
            missing=_listed(fields.get("missing")),
            only=self._condition(fields["only"]) if "only" in fields else None,
            actors=actors,
            types=types,
            steps=self._steps(fields["steps"], kind) if "steps" in fields else Steps({}),
            name=self._column(fields.get("name")),
            properties=tuple(self._properties(fields["properties"], kind)) if "properties" in fields else (),
            faults=self._faults,
            columns=tuple(self._columns),
        )

    def _column(self, spot: Spot | None) -> str:
        name = spot.text(example="the name of a column") if spot else ""
        if spot and name:
            self._columns.append((name, spot))
        return name

    def _column_names(self, spot: Spot | None) -> tuple[str, ...]:
        return tuple(self._column(one) for one in spot.one_or_more()) if spot else ()

    def _condition(self, spot: Spot) -> Condition:
        found: dict[str, frozenset[str]] = {}
        for column, entry in spot.entries("COLUMN: [VALUE, …]"):
            self._columns.append((column, entry))
            found[column] = _listed(entry)
        return Condition(found)

    def _actors(self, spot: Spot, kind: Kind) -> Iterator[Actors]:
        entries = list(spot.items("- {column: state1, system: cow}"))
        if spot.is_list and not entries:
            spot.wrong("no actor; write at least one: '- {column: state1, system: cow}'")
        for entry in entries:
            fields = entry.fields(_ACTOR, (), "{column: state1, system: cow}")
            if entry.is_mapping and ("column" in fields) == ("actor" in fields):
                entry.wrong("write either the column that actors stand in, or one actor: 'actor: NATO'")
            system = NAMES
            if "system" in fields:
                system = fields["system"].text(example="a system of codes, such as cow")
                if system and system not in (NAMES, *SYSTEMS):
                    fields["system"].wrong(one_of(system, "system of codes", [NAMES, *SYSTEMS]))
            role = _one(fields.get("role"), f"role in {kind.plural}", {name: name for name in kind.roles})
            yield Actors(
                actor=_actor(fields.get("actor")),
                columns=self._column_names(fields.get("column")),
                system="" if system == NAMES else system,
                separator=values.verbatim(fields, "separator"),
                role=role or kind.default_role,
                pledges=self._words(fields["pledges"], "pledges", kind.types)
                if "pledges" in fields
                else None,
                dates=self._time(fields["dates"]) if "dates" in fields else None,
            )

    def _words(self, spot: Spot, what: str, vocabulary: Iterable[str]) -> Words:
        known = list(vocabulary)
        if not spot.is_mapping:
            return Words(always=_known_words(spot, what, known))
        fields = spot.fields(
            ("column", "values", "flags"), (), f"[{known[0]}], or column and values, or flags"
        )
        if "flags" in fields:
            flags: dict[str, tuple[str, ...]] = {}
            for column, entry in fields["flags"].entries(f"COLUMN: {known[0]}"):
                self._columns.append((column, entry))
                flags[column] = _known_words(entry, what, known)
            if "column" in fields or "values" in fields:
                spot.wrong("write either flags, or column and values")
            return Words(flags=flags)
        for name in ("column", "values"):
            if name not in fields:
                spot.wrong(f"the field {name} is missing; add '{name}: …'")
        by_value: dict[str, tuple[str, ...]] = {}
        if "values" in fields:
            for value, entry in fields["values"].entries(f"VALUE: {known[0]}"):
                by_value[next(iter(texts([value])))] = _known_words(entry, what, known)
        return Words(column=self._column(fields.get("column")), values=by_value)

    def _steps(self, spot: Spot, kind: Kind) -> Steps:
        names = list(kind.steps)
        fields = spot.fields((*names, "column", "values", "date"), (), f"{names[-1]}: COLUMN")
        if not {"column", "values", "date"} & fields.keys():
            if spot.is_mapping and not fields:
                spot.wrong(f"no step; write at least one: '{names[0]}: COLUMN'")
            return Steps({name: self._time(entry) for name, entry in fields.items()})
        named = {name: entry for name, entry in fields.items() if name in ("column", "values")}
        for name in ("column", "values", "date"):
            if name not in fields:
                spot.wrong(f"the field {name} is missing; add '{name}: …'")
        if set(names) & fields.keys():
            spot.wrong("write either steps with their dates, or column, values and date")
        by_value: dict[str, tuple[str, ...]] = {}
        if "values" in named:
            for value, entry in named["values"].entries(f"VALUE: {names[0]}"):
                by_value[next(iter(texts([value])))] = _known_words(entry, "step", names)
        when = self._time(fields["date"]) if "date" in fields else None
        return Steps({}, Words(column=self._column(named.get("column")), values=by_value), when)

    def _time(self, spot: Spot) -> Time:
        if not spot.is_mapping:
            return Time(Point(self._column(spot)))
        fields = spot.fields(_TIME, (), "a column, {year: …}, or {begin: …, end: …}")
        if "begin" not in fields and "end" not in fields:
            for name in {"open"} & fields.keys():
                fields[name].wrong("only an end can be open; write 'end: …' beside it")
            return Time(self._point(spot, fields))
        for name in fields.keys() - {"begin", "end", "open"}:
            fields[name].wrong("it stands beside begin or end; write it below one of them")
        for name in ("begin", "end"):
            if name not in fields:
                spot.wrong(f"the field {name} is missing; add '{name}: …'")
        if not {"begin", "end"} <= fields.keys():
            return Time(Point())
        opened = fields.get("open")
        return Time(
            begin=self._point(fields["begin"]),
            end=self._point(fields["end"]),
            open_values=_listed(opened) if opened and not opened.is_mapping else frozenset(),
            open_where=self._condition(opened) if opened and opened.is_mapping else None,
        )

    def _point(self, spot: Spot, fields: Mapping[str, Spot] | None = None) -> Point:
        if not spot.is_mapping:
            return Point(self._column(spot))
        if fields is None:
            fields = spot.fields(
                ("column", "format", *_PARTS), (), "a column, or {year: …, month: …, day: …}"
            )
        if "column" in fields:
            for name in set(_PARTS) & fields.keys():
                fields[name].wrong("write either a column with the date, or columns for year, month and day")
            return Point(self._column(fields["column"]), _pattern(fields.get("format")))
        parts = [name for name in _PARTS if name in fields]
        if parts != list(_PARTS[: len(parts)]) or not parts:
            spot.wrong("a date needs a column, or a year, then perhaps a month, then perhaps a day")
            return Point()
        return Point(parts=tuple(self._column(fields[name]) for name in parts))

    def _properties(self, spot: Spot, kind: Kind) -> Iterator[Told]:
        for name, entry in spot.fields(kind.properties, (), "location: COLUMN").items():
            fields = (
                entry.fields(("column", "separator"), ("column",)) if entry.is_mapping else {"column": entry}
            )
            is_date = kind.properties[name].value == "date"
            if "separator" in fields and kind.properties[name].value != "names":
                fields["separator"].wrong(f"{name} has one value; leave the separator out")
            yield Told(
                name, self._column(fields.get("column")), values.verbatim(fields, "separator"), is_date
            )


def _source(spot: Spot, id: str) -> Source:
    fields = spot.fields(_SOURCE, ("title",), "title: …")
    spans = {name: values.when(fields[name]) for name in ("date", "coverage") if name in fields}
    dates = {name: when.text for name, when in spans.items() if when}
    return Source(
        id=id,
        title=values.text(fields, "title"),
        publisher=values.text(fields, "publisher"),
        date=dates.get("date", ""),
        version=values.text(fields, "version"),
        url=values.word(fields.get("url"), form.ADDRESS, "an address such as https://example.org/page"),
        licence=values.text(fields, "licence"),
        citation=values.text(fields, "citation"),
        coverage=dates.get("coverage", ""),
    )


def _one(spot: Spot | None, what: str, known: Mapping[str, _Known]) -> _Known | None:
    name = spot.text() if spot else ""
    if spot and name and name not in known:
        spot.wrong(one_of(name, what, list(known)))
    return known.get(name)


def _known_words(spot: Spot, what: str, known: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for entry in spot.one_or_more():
        word = entry.text(example=f"a word such as {known[0]}")
        if word and word not in known:
            entry.wrong(one_of(word, what.removesuffix("s"), list(known)))
        found.append(word)
    return tuple(found)


def _listed(spot: Spot | None) -> frozenset[str]:
    if spot is None:
        return frozenset()
    found = [entry.text(example=f"a value, or {BLANK}") for entry in spot.one_or_more()]
    return texts("" if value == BLANK else value for value in found)


def _actor(spot: Spot | None) -> str:
    id = spot.text(example="an actor's id, such as NATO") if spot else ""
    if spot and id and id not in crosswalk():
        spot.wrong(f"{quoted(id)} is no actor's id; `comity find TEXT` gives it")
    return id


def _delimiter(spot: Spot | None) -> str:
    if spot is None:
        return ","
    written = spot.text(example='a sign such as ";", or tab')
    sign = _DELIMITERS.get(written, written)
    if written and (len(sign) != 1 or sign.isalnum() or sign == '"'):
        spot.wrong(
            f"{quoted(written)} separates no cells; write one sign in quotes, or {', '.join(_DELIMITERS)}"
        )
        return ","
    return sign or ","


def _encoding(spot: Spot | None) -> str:
    if spot is None:
        return "utf-8-sig"
    name = spot.text(example="an encoding, such as latin-1")
    try:
        "".encode(name or "utf-8")
        known = codecs.lookup(name or "utf-8").name
    except LookupError:
        known = ""
    if not known or known.startswith(("utf-16", "utf-32")):
        spot.wrong(
            f"{quoted(name)} is not read; write an encoding such as utf-8, latin-1 or cp1252, or save the table in it"
        )
    return "utf-8-sig" if known in ("", "utf-8") else name


def _pattern(spot: Spot | None) -> str:
    pattern = spot.text(example='a pattern such as "%d/%m/%Y"') if spot else ""
    if spot and pattern and not precision_of(pattern):
        spot.wrong(f'{quoted(pattern)} has no year of four digits (%Y); write a pattern such as "%d/%m/%Y"')
    return pattern
