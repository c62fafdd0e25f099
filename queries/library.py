"""The Cypher library: questions that users ask, each a .cypher file that runs on every engine, listed, checked and run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from comity.graph.coverage import check_told, choose_sources, coverage_of, loaded_sources
from comity.graph.dates import When
from comity.graph.errors import InputError, UnknownActor, UnknownName
from comity.graph.kinds import kinds
from comity.graph.stores.base import Row, Store
from comity.queries.defaults import default_types
from comity.queries.headers import SORTS, Column, Parameter, parse_header
from comity.queries.naming import actor_id
from comity.queries.plain import plain
from comity.queries.rules import with_rules
from comity.queries.values import READERS


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the library: its name, parameters and columns, and the Cypher that asks it.

    An answer of more than `limit` rows comes with the note `limit_about`.
    """

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    limit: int | None
    limit_about: str
    cypher: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a query gave, with the parameters it was run with and what the reader should know of it."""

    query: Query
    parameters: Mapping[str, Any]
    rows: tuple[Row, ...]
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        return {
            "query": self.query.name,
            "parameters": plain(self.parameters),
            "rows": plain(self.rows),
            "note": self.note,
        }


@cache
def library() -> dict[str, Query]:
    """Every query by its name, in alphabetical order."""
    folder = resources.files("comity.queries") / "cypher"
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".cypher"):
            name, text = entry.name.removesuffix(".cypher"), with_rules(entry.read_text(encoding="utf-8"))
            header = parse_header(text)
            found[name] = Query(
                name,
                header.question,
                header.parameters,
                header.columns,
                header.limit,
                header.limit_about,
                text,
            )
    return found


def query_of(name: str) -> Query:
    """The query of that name, hyphens or underscores alike; `UnknownName` lists the queries."""
    found = library().get(name.replace("-", "_"))
    if found is None:
        raise UnknownName("query", name, library())
    return found


def run(store: Store, name: str, given: Mapping[str, Any] | None = None) -> Answer:
    """The answer of a query on the stored graph: default policy, every-pair rule.

    Parameters are texts, or values of their sort; actors may be named by id, code or name, as on the day asked about.
    `InputError` says which is missing or cannot be read; `UnknownActor` and `UnknownName` which names something that is not in the
    store; `NoData` that no source tells of the day.
    """
    query = query_of(name)
    values = prepare(query, given or {})
    for parameter in query.parameters:
        if (check := _IN_STORE.get(parameter.sort)) is not None and values[parameter.name] is not None:
            values[parameter.name] = check(store, values[parameter.name], values.get("day"))
        elif parameter.sort == "sources":
            values[parameter.name] = _chosen(store, query, values, values[parameter.name])
    _check_days(store, query, values)
    found = store.read(query.cypher, values)
    columns = [column.name for column in query.columns]
    rows = tuple({column: row.get(column) for column in columns} for row in found)
    note = query.limit_about if query.limit is not None and len(rows) > query.limit else ""
    return Answer(query, values, rows, note)


def warning_of(store: Store, name: str, given: Mapping[str, Any] | None = None) -> str:
    """The note that the answer will come with, told before the work: empty where there is none, or it cannot be foreseen."""
    query, counted = query_of(name), query_of("degree")
    # A query that asks the same way as `degree` has a row for each actor, as `degree` has, which is quick to count.
    if query.limit is None or query.parameters != counted.parameters:
        return ""
    return query.limit_about if len(run(store, counted.name, given).rows) > query.limit else ""


def prepare(query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all parameters, read from texts and completed by the defaults, as they are passed to the database."""
    names = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in names:
            raise UnknownName(f"parameter of {query.name}", name, names)
    values: dict[str, Any] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            raise InputError(
                f"{query.name} needs {parameter.name}: {parameter.about} ({SORTS[parameter.sort]}); "
                f"give it with -p {parameter.name}=…"
            )
        optional = parameter.default == "none" and value == "none" and parameter.sort in _IN_STORE
        values[parameter.name] = (
            None if optional else READERS[parameter.sort](value, f"{query.name}, {parameter.name}")
        )
    for parameter in query.parameters:
        if parameter.sort == "types":
            values[parameter.name] = _known_types(query, values, parameter, parameter.name in given)
    if "since" in values and values["since"] >= values["day"]:
        raise InputError(
            f"{query.name}, since: {values['since']} is not before {values['day']}: give an earlier day"
        )
    return values


def _known_types(query: Query, values: Mapping[str, Any], parameter: Parameter, asked: bool) -> list[str]:
    """The types, all in the vocabulary of the kinds that are asked for; a default holds where `default_types` has it."""
    labels = [
        name for other in query.parameters if other.sort in ("layers", "kinds") for name in values[other.name]
    ]
    asked_kinds = [kind for kind in kinds().values() if not labels or {kind.name, kind.label} & set(labels)]
    vocabulary = sorted({name for kind in asked_kinds for name in kind.types})
    types: list[str] = values[parameter.name]
    if not asked:
        usual = default_types([kind.name for kind in asked_kinds])
        return [name for name in types if name in usual]
    unknown = [name for name in types if name not in vocabulary]
    if unknown:
        raise UnknownName(f"type of {' or '.join(kind.name for kind in asked_kinds)}", unknown[0], vocabulary)
    return types


def _actors_of(store: Store, texts: list[str], day: date | None) -> list[str]:
    """The ids of those whom the texts mean; each is a party to some fact."""
    when = None if day is None else When.parse(day.isoformat())
    found = [actor_id(store, text, when) for text in texts]
    query = "MATCH (a:Country|Organization) WHERE a.id IN $ids RETURN a.id AS id"
    missing = sorted({*found} - {row["id"] for row in store.read(query, {"ids": found})})
    if missing:
        raise UnknownActor(
            f"no fact in this store has {' or '.join(missing)} as a party: `comity find TEXT` gives ids of actors"
        )
    return found


def _organization_of(store: Store, text: str, day: date | None) -> str:
    (found,) = _actors_of(store, [text], day)
    if not store.read("MATCH (o:Organization {id: $id}) RETURN o.id AS id", {"id": found}):
        raise InputError(f"{found} is not an organization: give {SORTS['organization']}")
    return found


def _source_of(store: Store, text: str, day: date | None) -> str:
    if not store.read("MATCH (o:Source {id: $id}) WHERE o.live RETURN o.id AS id", {"id": text}):
        raise InputError(f"there is no source {text!r} in this store: `comity query sources` lists all")
    return text


def _chosen(store: Store, query: Query, values: Mapping[str, Any], names: list[str]) -> list[str]:
    """The collections to count: those named, all of them (an empty list), or those a slice would take."""
    given = [] if names == ["default"] else names
    return [] if names == ["all"] else [*chosen_collections(store, _kinds_asked(query, values), given)]


def _kinds_asked(query: Query, values: Mapping[str, Any]) -> list[str]:
    """The kinds of facts that a query is asked for or, where it has no say in that, those that it names itself."""
    sorts = [one for one in query.parameters if one.sort in ("layers", "kinds")]
    names = {name for one in sorts for name in values[one.name]}
    return [
        kind.name
        for kind in kinds().values()
        if ({kind.name, kind.label} & names if sorts else f":{kind.label}" in query.cypher)
    ]


def _check_days(store: Store, query: Query, values: Mapping[str, Any]) -> None:
    """`NoData` where of a kind that is asked for none of the chosen sources tells on a day that is asked about, as of a slice."""
    days = [values[parameter.name] for parameter in query.parameters if parameter.sort == "day"]
    asked = _kinds_asked(query, values)
    coverage = coverage_of(loaded_sources(store, asked), values.get("sources") or None) if days else {}
    for day in days:
        check_told(coverage, asked, day, day, day.isoformat())


def chosen_collections(store: Store, layers: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """The collections whose stored ties of these layers count: those named, else those that a slice would take."""
    # Ties carry the sources of their fact; choosing among these would not undo what the others have added to it.
    found = [replace(one, id=one.collection) for one in loaded_sources(store, layers)]
    return choose_sources(found, names, layers)


_IN_STORE: dict[str, Callable[[Store, Any, date | None], Any]] = {
    "actor": lambda store, text, day: _actors_of(store, [text], day)[0],
    "actors": _actors_of,
    "organization": _organization_of,
    "source": _source_of,
}
"""What looks a value up in the store and gives it as it stands there."""
