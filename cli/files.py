"""Commands that write a file: map (to open in a browser) and export."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from comity.cli.options import (
    Target,
    drawable,
    given,
    output_option,
    refuse,
    slice_options,
    texts_option,
    with_store,
    years_options,
)
from comity.cli.output import STDOUT, note

if TYPE_CHECKING:
    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.viz.picture import Picture

NEO4J_IMPORT = "neo4j-import"
"""The shape of `comity export` that is the whole graph."""


@click.command(name="map")
@output_option("The page to write; `-` for standard output.", required=False)
@click.option(
    "--static",
    type=Target(dir_okay=False, path_type=Path),
    callback=drawable,
    metavar="FILE",
    help="Draw a figure for print instead, or as well: FILE ends in .svg or .png. Needs the extra `plot`.",
)
@click.option(
    "--view",
    type=click.Choice(("map", "network")),
    default="map",
    show_default=True,
    help="What the figure for print shows.",
)
@click.option(
    "--size",
    "measures",
    multiple=True,
    default=("degree", "betweenness", "eigenvector"),
    show_default=True,
    metavar="MEASURE",
    help="What the size of actors shows; may be repeated: then one chooses on the map, which opens on the first.",
)
@click.option(
    "--doubt",
    is_flag=True,
    help="Work out how far doubt moves the sizes too, and show it as rings around actors.",
)
@click.option(
    "--title", default="Relations between states", show_default=True, help="What stands above the map."
)
@texts_option
@slice_options
@with_store
@click.pass_context
def map_command(
    ctx: click.Context, store: "Store", question: "Question", path: str | None, static: Path | None, view: Literal["map", "network"],
    measures: tuple[str, ...], doubt: bool, title: str, texts: Path | None,
) -> None:  # fmt: skip
    """Draw a map: one HTML file that opens in any browser and needs no network.

    All layers are on it, to be switched on and off; with --layer only those. Actors are as large as the measure says on the slice that
    the other options describe (see `comity rank`). Where one --type of one layer is asked for, the map opens on that type alone.

    \b
    Example:
      comity map -o map.html --as-of 2016-12-31
      comity map --static network.svg --view network --as-of 2016-12-31
    """
    if path is None and static is None:
        raise click.UsageError("name the file to write with -o FILE, or with --static FILE for a figure")
    picture = picture_of(
        store,
        question,
        layers=named_layers(ctx, question),
        measures=measures,
        doubtful=doubt,
        title=title,
        only=_named_type(ctx, question),
        texts=texts,
    )
    if static is not None:
        from comity.viz.still import draw_still

        note(f"Drew {draw_still(picture, view).save(static)}.")
    if path is not None:
        from comity.viz.map import write_map

        with target_of(path) as target:
            size = write_map(target, picture)
        if path != STDOUT:
            note(f"Wrote {path} ({size / 1e6:.1f} MB). Open it in a browser.")


def write(
    store: "Store",
    question: "Question",
    path: Path | str,
    *,
    layers: tuple[str, ...],
    measures: tuple[str, ...],
    title: str,
) -> int:
    """Write the map of these layers (none: all) with actors sized by measures on the slice; its size in bytes."""
    from comity.viz.map import write_map

    return write_map(path, picture_of(store, question, layers=layers, measures=measures, title=title))


def picture_of(
    store: "Store",
    question: "Question",
    *,
    layers: tuple[str, ...],
    measures: tuple[str, ...],
    title: str,
    doubtful: bool = False,
    only: tuple[str, str] | None = None,
    texts: Path | None = None,
) -> "Picture":
    """The picture of these layers (none: all) with actors sized by measures on the slice.

    `doubtful` adds how far what is uncertain moves the sizes; `only` is the layer and type to which the page's filter is set when it
    opens, `texts` a folder with texts whose words it shows.
    """
    from comity.queries.measures import measure_of
    from comity.viz.picture import picture_of as picture_in

    chosen = [measure_of(measure) for measure in measures]
    picture = picture_in(
        store, question, chosen, title, layers=layers, doubtful=doubtful, only=only, texts=texts
    )
    if not picture.history.facts:
        when = f"known on {question.known_on}" if question.known_on else "in the store"
        note(f"The map is empty: no fact of {' and '.join(layers) or 'any kind'} is {when}")
    return picture


def named_layers(ctx: click.Context, question: "Question") -> tuple[str, ...]:
    """The layers that were named; none where the default was taken."""
    return question.layers if given(ctx, "layers") else ()


def _named_type(ctx: click.Context, question: "Question") -> tuple[str, str] | None:
    """The layer and its type where exactly one type of one layer was named; the default types filter nothing on a map."""
    if not given(ctx, "types") or len(question.layers) != 1 or len(question.types) != 1:
        return None
    return question.layers[0], question.types[0]


@click.command()
@click.argument("shape")
@output_option(f"The file to write; `-` for standard output. For {NEO4J_IMPORT} a new folder.", folder=True)
@click.option(
    "--history",
    is_flag=True,
    help="Write every phase of every tie, whenever it was, instead of those of one date.",
)
@years_options("a yearly table")
@click.option(
    "--codes",
    default="cow",
    show_default=True,
    metavar="SYSTEM",
    help="How a yearly table names states: cow, gw, iso, or id for comity's own.",
)
@click.option(
    "--all-pairs",
    is_flag=True,
    help="Rows for pairs (or states) without a tie, too: 0, or missing where nobody tells.",
)
@click.option(
    "--false-dyads",
    is_flag=True,
    help="With --all-pairs: also pairs that never existed on one day of the year.",
)
@click.option(
    "--netify", is_flag=True, help="Name the columns of a yearly table as netify does: actor1, actor2, time."
)
@slice_options
@with_store
@click.pass_context
def export(
    ctx: click.Context, store: "Store", /, question: "Question", shape: str, path: str, history: bool, **yearly: Any
) -> None:  # fmt: skip
    """Write ties to a file for another program.

    SHAPE is graphml (Gephi, Cytoscape, igraph, networkx), gexf (Gephi: a graph through time, best with --history) or csv (a table of
    ties); or dyad-year, directed-dyad-year or state-year: a
    table for statistics, with a row for each pair (or state) and year, as CSV, Parquet or Stata by the ending of FILE. A JSON file
    beside a table says what was asked, and what to cite.

    Or it is neo4j-import: the whole graph as CSV files for `neo4j-admin database import full`, the fastest way of a large graph onto a
    Neo4j server. No other options go with it; README.txt in the folder says what to do.

    The options say which ties, as for `comity rank`. With --history, --layer, --rule, --source, --policy and --known-on count; without
    --layer it is all layers. In a yearly table --convention says on which day of the year a tie has to hold.

    \b
    Example:
      comity export graphml -o alliances.graphml --as-of 2016-12-31
      comity export gexf -o relations.gexf --history
      comity export dyad-year -o alliances.csv --from 2010 --to 2016
      comity export neo4j-import -o graph
    """
    from comity.queries.yearly import UNITS

    if shape == NEO4J_IMPORT:
        others = (
            option.name for option in ctx.command.params if option.name not in ("shape", "path", "address")
        )
        refuse(ctx, tuple(name for name in others if name), f"{shape} is the whole graph")
        if path == STDOUT:
            raise click.UsageError(f"{shape} makes a folder: name a new one")
        _export_import_files(store, path)
    elif shape in UNITS:
        refuse(ctx, ("history", "as_of"), f"a {shape} table is of all years from --from to --to")
        if not given(
            ctx, "types"
        ):  # columns of 0 and 1 tell types apart: the default of rankings would leave most of them out
            question = replace(question, types=())
        _export_yearly(store, question, path, shape, **yearly)
    else:
        refuse(ctx, tuple(yearly), f"{shape} is no yearly table")
        _export_ties(ctx, store, question, shape, path, history=history)


def _export_ties(
    ctx: click.Context, store: "Store", question: "Question", shape: str, path: str, *, history: bool
) -> None:
    from comity.graph.slices import history_of, take
    from comity.queries.exports import export as export_shape
    from comity.queries.exports import shape_of

    shape_of(shape)
    if history:
        refuse(ctx, ("types", "as_of", "certain"), "--history writes all phases of all types")
    subject = history_of(store, question, named_layers(ctx, question)) if history else take(store, question)
    with target_of(path) as target:
        written = export_shape(shape, subject, target)
    if path != STDOUT:
        note(f"Wrote {', '.join(map(str, written))}: {len(subject.ties)} ties.")


def _export_yearly(
    store: "Store", question: "Question", path: str, unit: str, *, first: int | None, last: int | None, **shape: Any
) -> None:  # fmt: skip
    from comity.graph.slices import history_of
    from comity.queries.citing import citations
    from comity.queries.tables import write_table
    from comity.queries.yearly import Shape, span_of, yearly

    history = history_of(store, question, question.layers)
    asked = Shape(unit, *span_of(first, last, history), **shape)
    table = yearly(history, question, asked)
    years = list(asked.asked(history, question).values())
    about = {
        "unit": unit, **question.within(*asked.span).describe(), "sources": list(history.sources), "revision": history.revision,
        "cite": citations(store, history.ties, years), "left_out": dict(table.left_out),
    }  # fmt: skip
    with target_of(path) as target:
        written = write_table(target, table.columns, table.rows, about)
    for reason, number in table.left_out.items():
        note(f"Left out {number} {reason}")
    if path != STDOUT:
        note(f"Wrote {', '.join(map(str, written))}: {len(table.rows)} rows, {asked.first} to {asked.last}.")


def _export_import_files(store: "Store", folder: str) -> None:
    from comity.cli.progress import progress
    from comity.queries.import_files import export_import_files

    with progress(folder, what="rows") as advance:
        made = export_import_files(store, folder, advance)
    nodes, edges = (sum(counts.values()) for counts in (made.nodes, made.edges))
    note(f"Wrote {folder}: {nodes:,} nodes and {edges:,} edges. {folder}/README.txt says how to import them.")


@contextmanager
def target_of(path: str) -> Iterator[Path]:
    """The file to write; for `-` one that is printed to standard output in the end, without what stands beside it."""
    if path != STDOUT:
        yield Path(path)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "output"
        yield file
        click.echo(file.read_bytes(), nl=False)


COMMANDS = (map_command, export)
