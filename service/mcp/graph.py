"""Tools about the graph itself: what it holds, the questions of the library, and free Cypher."""

from typing import Any, ClassVar

from pydantic import Field

from comity.graph.errors import InputError
from comity.graph.kinds import kinds
from comity.graph.stores.base import Limits
from comity.queries.headers import SORTS
from comity.queries.inventory import inventory
from comity.queries.library import library, query_of, run, warning_of
from comity.queries.measures import MEASURES
from comity.queries.plain import plain
from comity.service.mcp.answers import Document
from comity.service.mcp.arguments import Graph, Name, Names
from comity.service.mcp.tool import Tool

_LIMITS = Limits(seconds=10.0, rows=1_000)
"""What a query that an assistant wrote may cost."""

_COVERAGE = """\
MATCH (s:Statement) WHERE s.live AND s.method <> 'decision'
MATCH (s)-[:FROM]->(o:Source)
RETURN s.collection AS collection, s.kind AS layer, o.coverage AS coverage, count(DISTINCT s.fact) AS facts
ORDER BY collection, layer, coverage"""


class DescribeGraph(Tool):
    """Tell what the graph holds: its dossiers and data sets, of which kinds of facts and of which time they tell, and the words of all other
    tools (kinds and their types, measures).

    Use it first. A time or a kind of fact that no source covers is missing here: you cannot conclude from it that there was nothing.
    """

    LESS: ClassVar[str] = "run_query with `sources` lists every source"

    def answer(self, graph: Graph) -> Document:
        held = inventory(graph.store)
        layers: dict[str, dict[str, set[str]]] = {}
        for row in graph.store.read(_COVERAGE):
            spans = layers.setdefault(row["collection"], {}).setdefault(row["layer"], set())
            spans.add(row["coverage"] or "not told")
        return {
            "asked": {},
            "countries": held.countries,
            "organizations": held.organizations,
            "facts": held.facts,
            "statements": held.statements,
            "decisions_of_people": held.decisions,
            "collections": [
                {
                    "collection": each.collection, "facts": each.facts, "statements": each.statements, "sources": each.sources,
                    "changed": each.changed,
                    "covers": {layer: sorted(spans) for layer, spans in layers.get(each.collection, {}).items()},
                }
                for each in held.collections
            ],
            "layers": {kind.name: {"means": kind.about, "facts": held.kinds.get(kind.name, 0), "types": list(kind.types)} for kind in kinds().values()},
            "measures": {measure.name: measure.about for measure in MEASURES.values()},
        }  # fmt: skip


class ListQueries(Tool):
    """List the ready questions of the library, or with a `query` its parameters and columns; run_query asks one.

    They tell, for example, who is tied to whom around an actor (ego), by which chain of ties two actors are joined (chain), what was announced and never came
    about (never_held), which pairs were tied on one day and not on another (changes), and what a source says (source_says).
    """

    LESS: ClassVar[str] = "name one `query`"

    query: Name = Field("", description="Name of a query; empty for all.")

    def answer(self, graph: Graph) -> Document:
        found = [query_of(self.query)] if self.query else list(library().values())
        listed: list[Document] = []
        for query in found:
            names = [item.name if item.default is None else f"{item.name}={item.default}" for item in query.parameters]  # fmt: skip
            if self.query:
                parameters: list[Any] = [
                    {
                        "name": item.name,
                        "about": item.about,
                        "form": SORTS[item.sort],
                        "default": item.default,
                    }
                    for item in query.parameters
                ]
                listed.append({"query": query.name, "question": query.question, "parameters": parameters, "columns": plain(query.columns)})  # fmt: skip
            else:
                listed.append({"query": query.name, "question": f"{query.question.partition('?')[0]}?", "parameters": names})  # fmt: skip
        return {"asked": {"query": self.query}, "queries": listed}


class RunQuery(Tool):
    """Ask one of the ready questions of the library (list_queries). They are answered on the graph as it is now, for the policy `strict` and the rule `every-pair`;
    for a past day of record, another policy or rule use the other tools.
    """

    LESS: ClassVar[str] = "give a smaller `limit`, go on with `offset`, or narrow the parameters"

    query: Name = Field(min_length=1, description="Name of the query.", json_schema_extra={"enum": list(library())})  # fmt: skip
    parameters: dict[Name, str | int | bool | Names] = Field(
        {}, max_length=20, description="Its parameters by name, such as {\"actor\": \"JPN\", \"day\": \"2016-12-31\"}; actors by id, code or name."
    )  # fmt: skip
    limit: int = Field(50, ge=1, le=1_000, description="So many rows.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Leave out so many rows.")

    def answer(self, graph: Graph) -> Document:
        # A flag is written as yes or no.
        given = {name: {True: "yes", False: "no"}[value] if isinstance(value, bool) else value for name, value in self.parameters.items()}  # fmt: skip
        if warning := warning_of(graph.store, self.query, given):
            raise InputError(f"{warning}: ask rank_actors")
        found = run(graph.store, self.query, given)
        rows = found.rows[self.offset : self.offset + self.limit]
        return {
            "asked": {
                "query": found.query.name,
                "question": found.query.question,
                "parameters": found.parameters,
            },
            "rows": plain(rows),
            "rows_in_all": len(found.rows),
            **({"note": found.note} if found.note else {}),
            "sources": graph.citations(),
        }


class AskCypher(Tool):
    """Ask the graph in openCypher, read-only, where no other tool answers the question.

    (:Country|Organization {id, name})-[:AGREEMENT|DRILL|TALKS|MEMBERSHIP|REPRESENTATION|DISPUTE {fact, types, status, when, in_effect, disputed,
    earliest_begin, latest_begin, earliest_end, latest_end, sources}]->(:Country|Organization); (:Fact {id, kind, title, types, status, when})-[:PARTY]->(:Country|Organization);
    (:Statement {id, source, place, live})-[:ABOUT]->(:Fact); (:Statement)-[:FROM]->(:Source {id, title, url}).
    Ties are in effect on a day for certain where in_effect AND NOT disputed AND latest_begin <= day <= earliest_end; match them without
    direction, and count DISTINCT actors: two actors may be tied by several facts. Put values into `parameters`.
    """

    LESS: ClassVar[str] = "return fewer columns, or write LIMIT"

    cypher: str = Field(min_length=1, max_length=5_000, description="The query, such as MATCH (a {id: $who})-[t:DRILL]-(b) RETURN b.name, t.when LIMIT 50")  # fmt: skip
    parameters: dict[Name, str | int | float | bool | Names] = Field({}, max_length=20, description="Values of its $parameters.")  # fmt: skip

    def answer(self, graph: Graph) -> Document:
        given = {name: list(value) if isinstance(value, tuple) else value for name, value in self.parameters.items()}  # fmt: skip
        rows = graph.store.ask(self.cypher, given, _LIMITS)
        return {
            "asked": {"cypher": self.cypher, "parameters": given},
            "rows": rows,
            "rows_in_all": len(rows),
            "sources": graph.citations(),
        }
