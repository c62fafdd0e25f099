"""The command that holds values against networks rewired at random."""

from typing import TYPE_CHECKING

import click

from comity.cli.options import format_option, slice_options, with_store
from comity.cli.output import note, show

if TYPE_CHECKING:
    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.significance import Significances

TABLE_ROWS = 20
"""Actors that a table shows unless told otherwise."""

_VALUES = ("value", "expected", "deviation", "z", "p_high", "p_low")


@click.command()
@click.argument("name", metavar="MEASURE")
@slice_options
@click.option(
    "--samples",
    type=click.IntRange(1),
    default=999,
    show_default=True,
    metavar="NUMBER",
    help="Networks to compare with.",
)
@click.option(
    "--swaps",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="NUMBER",
    help="Swaps proposed for each of them, per tie.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="The seed by which they are drawn."
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"Print so many actors, 0 for all. [default: {TABLE_ROWS} in a table, else all]",
)
@format_option
@with_store
def significance(
    store: "Store", question: "Question", name: str, samples: int, swaps: int, seed: int, limit: int | None, format: str
) -> None:  # fmt: skip
    """Hold values against networks rewired at random: do they say more than how many partners each actor has?

    MEASURE is a measure of actors, such as betweenness, harmonic, eigenvector or clustering, or a number of the whole network:
    transitivity, mean-clustering, degree-assortativity or modularity. In the random networks every actor has as many partners as in the slice.
    Expected is the mean of them; p high and p low are the shares of networks with a value as large or as small.

    \b
    Example:
      comity significance transitivity --as-of 1990-01-01 --samples 99
    """
    from comity.graph.slices import take
    from comity.queries.significance import significance_of

    found = significance_of(take(store, question), name, samples=samples, seed=seed, swaps=swaps)
    _show(found, limit, format)


def _show(found: "Significances", limit: int | None, format: str) -> None:
    from comity.cli.asking import asked_of

    document = found.to_dict()
    limit = TABLE_ROWS if limit is None and format == "table" else limit
    rows = document["rows"] = document["rows"][: limit or None]
    head = [
        f"measure   {found.measure}",
        *asked_of(found.question, found.revision, slice=True),
        f"against   {found.samples} networks with the same numbers of partners (double-edge swaps, seed {found.seed}):",
        f"          {found.proposed} swaps proposed for each, {found.done:.0%} of them done",
        "",
    ]
    columns = (*(("actor", "name", "rank") if "actor" in rows[0] else ("number",)), *_VALUES)
    show(format, rows, columns, document=document, head=head)
    if format == "table" and len(rows) < len(found.rows):
        note(f"… and {len(found.rows) - len(rows)} more (--limit 0 shows all)")


COMMANDS = (significance,)
