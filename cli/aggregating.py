"""The command that counts events beforehand: aggregate."""

from pathlib import Path

import click

from comity.cli.options import Target
from comity.cli.output import counted, note


@click.command()
@click.argument("source", type=click.Choice(["gdelt", "icews"]))
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "path",
    required=True,
    type=Target(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write the counts, as Parquet.",
)
@click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    metavar="NAME",
    help="What counts: duckdb in this process, or spark, with the session and settings that it finds.",
)
def aggregate(source: str, names: tuple[str, ...], path: Path, engine: str) -> None:
    """Count events by sides, month and sort, without loading them: for more files than one wants to count twice, or on Spark.

    `comity load gdelt-month FILE` and `comity load gdelt-year FILE` (the same for icews) load what is written; both count by themselves
    where files of events are named. A FILE may be a pattern in quotes, such as '2015*.zip'.

    \b
    Example:
      comity aggregate gdelt 20151027.export.CSV -o october.parquet
    """
    from comity.loaders.counts import CountsFile, write_counts
    from comity.loaders.folders import unfolded
    from comity.loaders.layers import parts_of
    from comity.loaders.sources import loader_of

    parts = parts_of(source, unfolded(names, loader_of(source).known_as, source))
    write_counts(parts, path, engine)
    records = [row["records"] for row in CountsFile(path).rows()]
    note(
        f"Wrote {path}: {counted(sum(records), 'row')} of events in {counted(len(parts), 'file')} "
        f"are {counted(len(records), 'row')} of counts."
    )


COMMANDS = (aggregate,)
"""Commands about events that are counted."""
