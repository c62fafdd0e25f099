"""Commands that ask the graph: rank (a measure on a slice), query (the library of questions), cypher (your own)."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import (
    format_option,
    given,
    limit_option,
    parameter_option,
    parameters,
    refuse,
    samples_option,
    seed_option,
    slice_options,
    store_option,
    with_store,
)
from comity.cli.output import asked_of, note, rows_shown, show, show_table, tell_rest
from comity.cli.settings import Settings

if TYPE_CHECKING:
    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.library import Query
    from comity.queries.ranking import Ranking


@click.command()
@click.argument("measure", default="degree")
@slice_options
@limit_option("rows")
@click.option(
    "--doubt",
    "doubtful",
    is_flag=True,
    help="Add how far each value and rank can move, over all settlements of doubtful dates and disputes.",
)
@click.option(
    "--engine",
    "engine",
    default="networkx",
    show_default=True,
    metavar="NAME",
    help="What computes it: networkx, fast, cypher (the database) or gds (Graph Data Science, where a Neo4j server has it).",
)
@click.option("--explain", metavar="ACTOR", help="What moves this actor's rank most, and who says so.")
@samples_option
@seed_option()
@format_option
@with_store
@click.pass_context
def rank(
    ctx: click.Context, store: "Store", question: "Question", measure: str, limit: int | None, doubtful: bool, engine: str, explain: str | None,
    samples: int, seed: int, format: str,
) -> None:  # fmt: skip
    """Rank actors by a measure: who is central?

    MEASURE is degree (the default), strength, eigenvector, betweenness, closeness, harmonic, pagerank, core, clustering,
    constraint, effective-size, katz, subgraph, facts, collaboration or bipartite-betweenness. Without options it counts partners by defence
    agreements certainly in force today, each two parties of a pact being partners. What was asked is printed above the ranking.

    \b
    Example:
      comity rank betweenness --layer agreement --type defence --as-of 2016-12-31 --doubt --explain AZE
    """
    from comity.graph.slices import take
    from comity.queries.engines import engine_of
    from comity.queries.measures import measure_of
    from comity.queries.ranking import rank as rank_slice

    chosen = measure_of(measure)
    if not (doubtful or explain):
        refuse(ctx, ("samples", "seed"), "nothing is sampled without --doubt or --explain")
    else:
        from comity.cli.doubting import show_doubt

        refuse(ctx, ("engine",), "doubt is computed by the engine fast")
        show_doubt(store, question, chosen, limit, explain, samples, seed, format)
        return
    computing, slice = engine_of(engine, store), take(store, question)
    warning = computing.warning(chosen, slice)
    if warning:
        note(f"Note: {warning}")
    ranking = rank_slice(slice, chosen, computing)
    document = ranking.to_dict()
    rows = document["rows"] = document["rows"][: rows_shown(limit, format)]
    show(format, rows, ("actor", "name", "rank", "value"), document=document, head=[*asked(ranking), ""])
    tell_rest(format, len(ranking.rows), len(rows))


def asked(ranking: "Ranking") -> list[str]:
    """What a ranking answers, as the lines above it."""
    engine = [f"engine    {ranking.engine}"] if ranking.engine != "networkx" else []
    return [
        f"measure   {ranking.measure}",
        *engine,
        *asked_of(ranking.question, ranking.revision, slice=True),
    ]


@click.command()
@click.argument("name", required=False)
@parameter_option
@click.option(
    "--list", "listing", is_flag=True, help="List all queries, or with a NAME its parameters and columns."
)
@format_option
@store_option
@click.pass_obj
def query(
    settings: Settings,
    name: str | None,
    given: tuple[str, ...],
    listing: bool,
    format: str,
    address: str | None,
) -> None:
    """Ask one of the questions of the library: `--list` shows them.

    They are answered by the database itself, on the ties it stores: policy strict, rule every-pair, facts one from a confidence of 0.9 on, as
    of now (for a past day of record ask rank, count, relate, show, conflicts, why, trace, map or export with --known-on). Actors may
    be named as everywhere: by id, code or name.

    \b
    Example:
      comity query common_partners -p a=JPN -p b=FRA
    """
    from comity.queries.library import library, query_of, run, warning_of

    if listing or name is None:
        found = [query_of(name)] if name else list(library().values())
        _list_queries([*found], format, details=name is not None)
        return
    chosen = query_of(name)
    with settings.opened(address) as store:
        values = parameters(given)
        warning = warning_of(store, name, values)
        if warning:
            note(f"Note: {warning}")
        answer = run(store, name, values)
    show(format, answer.rows, [column.name for column in chosen.columns], head=[chosen.question, ""])


def _list_queries(queries: "list[Query]", format: str, *, details: bool) -> None:
    """The questions, with their parameters; in detail with what each parameter and column means."""
    document = [
        {
            "query": query.name,
            "question": query.question,
            "parameters": [asdict(parameter) for parameter in query.parameters],
            "columns": [asdict(column) for column in query.columns],
        }
        for query in queries
    ]
    rows = [
        {
            "query": query.name,
            "question": f"{query.question.partition('?')[0]}?",
            "parameters": " ".join(
                parameter.name if parameter.default is None else f"[{parameter.name}={parameter.default}]"
                for parameter in query.parameters
            ),
        }
        for query in queries
    ]
    if details and format == "table":
        from comity.queries.headers import SORTS

        (only,) = queries
        click.echo(only.question)
        click.echo()
        show_table(
            [
                {
                    "parameter": item.name,
                    "default": item.default,
                    "about": f"{item.about} ({SORTS[item.sort]})",
                }
                for item in only.parameters
            ],
            ("parameter", "default", "about"),
        )
        click.echo()
        show_table([asdict(column) for column in only.columns], ("name", "about"))
    else:
        show(format, rows, document=document)


@click.command()
@click.argument("text")
@parameter_option
@click.option(
    "--timeout",
    type=click.FloatRange(0.01),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="End the query after so long.",
)
@click.option(
    "--max-rows", type=click.IntRange(1), default=10_000, show_default=True, help="Refuse a longer answer."
)
@format_option
@store_option
@click.pass_obj
def cypher(
    settings: Settings,
    text: str,
    given: tuple[str, ...],
    timeout: float,
    max_rows: int,
    format: str,
    address: str | None,
) -> None:
    """Ask the graph in Cypher; `-` reads the text from standard input. Only reading is possible.

    A parameter's value is read as JSON (5, true, ["a", "b"]) and as text where it is none: -p since=2016 is a number,
    -p since='"2016"' a text.

    \b
    Example:
      comity cypher 'MATCH (a:Country)-[t:DRILL]-(b) WHERE a.id = $who RETURN b.name AS partner, t.when AS date' -p who=JPN
    """
    from comity.graph.stores import Limits

    query = sys.stdin.read() if text == "-" else text
    values = {name: _value(value) for name, value in parameters(given).items()}
    with settings.opened(address) as store:
        rows = store.ask(query, values, Limits(timeout, max_rows))
    show(format, rows)


def _value(text: str) -> Any:
    """A value as JSON has it (5, true, "5", [1, 2]), else the text itself."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except ValueError:
        return text


def _no_number(name: str) -> Any:
    raise ValueError(name)  # NaN and its like are no JSON


@click.command()
@slice_options
@format_option
@with_store
@click.pass_context
def count(ctx: click.Context, store: "Store", question: "Question", format: str) -> None:
    """Count the actors, tied pairs and facts of a slice, from what is certain to what is possible.

    For a year it does so by each convention of the field: ties on any day of it, on 1 January, on 31 December. --convention chooses one.

    \b
    Example:
      comity count --as-of 2016 --type all
    """
    from comity.queries.counts import count as count_slice

    refuse(ctx, ("certain",), "it counts from what is certain to what is possible")
    chosen = (question.convention,) if given(ctx, "convention") else ()
    counted = count_slice(store, question, chosen)
    document = counted.to_dict()
    rows = document["rows"]
    if format == "table":
        rows = [
            {
                "convention": row.convention,
                "actors": str(row.actors),
                "pairs": str(row.pairs),
                "facts": str(row.facts),
            }
            for row in counted.rows
        ]
    show(format, rows, document=document, head=[*asked_of(counted.question, counted.revision), ""])


COMMANDS = (rank, count, query, cypher)
