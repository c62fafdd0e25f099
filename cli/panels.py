"""Commands about time: panel (measures over years, months or changes) and diff (what differs between two networks)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli.files import target_of
from comity.cli.options import (
    Target,
    drawable,
    format_option,
    given,
    number_option,
    output_option,
    refuse,
    samples_option,
    seed_option,
    slice_options,
    with_store,
    years_options,
)
from comity.cli.output import STDOUT, asked_of, counted, note, show, show_table, tell_rest
from comity.cli.progress import progress
from comity.queries.cells import cell

if TYPE_CHECKING:
    from comity.graph.slices import History, Question
    from comity.graph.stores import Store
    from comity.queries.differences import Difference, Move
    from comity.queries.panels import Panel

LEADERS = 3
"""Actors that the printed panel shows of each period."""

SHOWN = 10
"""Ties and moves that a printed difference shows of each sort."""


plot_option = click.option(
    "--plot",
    type=Target(dir_okay=False, path_type=Path),
    callback=drawable,
    metavar="FILE",
    help="Also draw it, as SVG, PNG or HTML by the ending of FILE.",
)


@click.command()
@click.argument("names", metavar="MEASURE...", nargs=-1)
@years_options("the panel")
@click.option(
    "--every",
    type=click.Choice(("year", "month", "change")),
    default="year",
    show_default=True,
    help="A row for each year or month, or from each day on which the network changes to the eve of the next.",
)
@click.option(
    "--actor", "actors", multiple=True, metavar="ACTOR", help="Only of this actor; may be repeated."
)
@click.option("--doubt", is_flag=True, help="Add how far each value and rank can move.")
@samples_option
@seed_option()
@number_option("--workers", default=1, help="Processes that share the periods: 2 or more help with --doubt.")
@output_option(
    "Write the whole table there, as CSV, Parquet or Stata by its ending; `-` for standard output.",
    required=False,
)
@plot_option
@format_option
@slice_options
@with_store
@click.pass_context
def panel(
    ctx: click.Context, store: "Store", /, question: "Question", names: tuple[str, ...], first: int | None, last: int | None, every: str,
    actors: tuple[str, ...], doubt: bool, samples: int, seed: int, workers: int, path: str | None, plot: Path | None, format: str,
) -> None:  # fmt: skip
    """Measure actors over time: who was central when?

    MEASURE is one or more of those that `comity rank` knows. The table has a row for each actor and year (or month, or unchanged time) in which
    it has a tie, with value and rank by each measure; years of which no source tells have no rows. Printed are the first three of each
    period, or the actors that are named with --actor; JSON, CSV and -o have everything. --plot draws the ranks by the first measure.

    The options say which ties count, as for `comity rank`; --convention says on which day of a year or month they have to hold.

    \b
    Example:
      comity panel degree betweenness --from 1995 --to 2004
    """
    from comity.graph.slices import history_of
    from comity.queries.measures import measure_of
    from comity.queries.naming import actor_id
    from comity.queries.panels import panel as panel_of

    refuse(ctx, ("as_of",), "a panel is of all years from --from to --to")
    if every == "change":
        refuse(ctx, ("convention",), "between two changes the network is the same on every day")
    if not doubt:
        refuse(ctx, ("samples", "seed"), "nothing is sampled without --doubt")
    if not names:
        raise click.UsageError("name a measure, such as degree")
    measures = [measure_of(name) for name in dict.fromkeys(names)]
    history = history_of(store, question, question.layers)
    with progress("panel", what="periods") as advance:
        found = panel_of(
            history, question, measures, first, last, every, doubt=doubt, samples=samples, seed=seed,
            workers=workers, advance=advance,
        )  # fmt: skip
    chosen = [actor_id(store, actor) for actor in actors]
    found = found.only(chosen) if chosen else found
    if found.left_out:
        note(
            f"No source tells of {_years(found.left_out)}: there are no rows, which is not the same as no ties"
        )
    if path:
        _write(store, history, found, path)
    elif not plot or given(ctx, "format"):
        _show_panel(found, format, each=bool(chosen))
    if plot:
        _draw(plot, found, chosen)


def _years(years: Sequence[int]) -> str:
    """Years as spans: 1815, 2019–2026."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][1] == year - 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(begin) if begin == end else f"{begin}–{end}" for begin, end in spans)


def _show_panel(found: "Panel", format: str, *, each: bool) -> None:
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows()]
    head = [
        f"measures  {', '.join(measure.name for measure in found.measures)}, every {found.every}",
        *asked_of(found.question, found.revision, slice=True),
        "",
    ]
    if format != "table" or each:
        show(format, rows, found.columns, document={**found.describe(), "rows": rows}, head=head)
    else:
        leaders = list(_leaders(found, rows))
        show("table", leaders, head=head)


def _leaders(found: "Panel", rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each period and measure how many actors there are, and the first of them."""
    by_time: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        by_time.setdefault(row["time"], []).append(row)
    for time, members in by_time.items():
        for measure in found.measures:
            name = found.column(measure)
            there = [row for row in members if row[name] is not None]
            first = sorted(there, key=lambda row: (row[found.column(measure, "_rank")], row["actor"]))[
                :LEADERS
            ]
            leaders = [f"{row['actor']} {cell(row[name], brief=True)}" for row in first]
            yield {
                "time": time,
                **({"until": members[0]["until"]} if found.every == "change" else {}),
                "measure": measure.name,
                "actors": len(there),
                **{
                    str(place + 1): leaders[place] if place < len(leaders) else "" for place in range(LEADERS)
                },
            }


def _write(store: "Store", history: "History", found: "Panel", path: str) -> None:
    from comity.queries.citing import citations
    from comity.queries.tables import write_table

    # Where ranges are told, they rest on what is possible, too.
    question = replace(found.question, certainty="possible") if found.doubt is not None else found.question
    asked = [period.of(question) for period in found.periods]
    rows = list(found.rows())
    about = {**found.describe(), "cite": citations(store, history.ties, asked)}
    with target_of(path) as target:
        written = write_table(target, found.columns, rows, about)
    if path != STDOUT:
        note(f"Wrote {', '.join(map(str, written))}: {counted(len(rows), 'row')}.")


def _draw(path: Path, found: "Panel", actors: Sequence[str]) -> None:
    from comity.viz.plots import bump_chart

    chosen = actors or found.leading(found.measures[0])
    bump_chart(found, found.measures[0], chosen).save(path)
    note(f"Drew {path}: ranks by {found.measures[0].name}.")


@click.command()
@click.argument("before")
@click.argument("after")
@click.option(
    "--measure", default="degree", show_default=True, metavar="MEASURE", help="By what actors are ranked."
)
@number_option(
    "--permutations",
    default=1000,
    help="Relabellings that the correlation of the two networks is tested with (QAP).",
)
@seed_option()
@click.option(
    "--limit", type=click.IntRange(0), default=SHOWN, show_default=True,
    help="Print so many ties and moves of each sort, 0 for all; JSON has all.",
)  # fmt: skip
@plot_option
@click.option("--format", "format", type=click.Choice(("table", "json")), default="table", show_default=True, help="How to print the answer.")  # fmt: skip
@slice_options
@with_store
@click.pass_context
def diff(
    ctx: click.Context, store: "Store", question: "Question", before: str, after: str, measure: str, permutations: int, seed: int, limit: int,
    plot: Path | None, format: str,
) -> None:  # fmt: skip
    """Compare two networks: ties gained and lost, who has moved, and how alike they are.

    BEFORE and AFTER are dates (a day, or a year or span), or what else the two differ in: as-of=DATE, source=NAME, known-on=DAY,
    policy=POLICY, type=TYPE, rule=RULE, certainty=possible or convention=NAME, with commas between several; source and type may be repeated.
    All else is as the options say. So two sources are compared on one date by `comity diff source=atop source=cow --as-of 1938`, and two
    states of the record by `known-on=2026-01-01 known-on=2026-11-01`.

    \b
    Example:
      comity diff 1950-01-01 2000-01-01 --measure betweenness
    """
    from comity.graph.slices import take
    from comity.queries.asking import changes_of, varied
    from comity.queries.differences import difference
    from comity.queries.measures import measure_of

    sides = changes_of(before), changes_of(after)
    of_both = sides[0].keys() & sides[1].keys()
    refuse(
        ctx, tuple("certain" if name == "certainty" else name for name in of_both), "each network has its own"
    )
    chosen = measure_of(measure)
    then, now = (take(store, varied(question, side)) for side in sides)
    found = difference(then, now, chosen, permutations=permutations, seed=seed)
    if format == "json":
        show("json", [], document=found.to_dict())
    else:
        _show_difference(found, limit or None)
    if plot:
        from comity.viz.plots import slope_chart

        slope_chart(found).save(plot)
        note(f"Drew {plot}: ranks by {chosen.name}.")


def _show_difference(found: "Difference", limit: int | None) -> None:
    from comity.queries.plain import plain

    for side, question, revision in zip(
        ("before", "after"), (found.before, found.after), found.revisions, strict=True
    ):
        click.echo(side)
        for line in asked_of(question, revision, slice=True):
            click.echo(f"  {line}")
    click.echo()
    tied = len(found.lost) + found.kept, len(found.gained) + found.kept
    click.echo(
        f"ties      {tied[0]} → {tied[1]} pairs: {len(found.gained)} gained, {len(found.lost)} lost, {found.kept} kept"
    )
    if found.turnover is not None:
        click.echo(
            f"turnover  {cell(found.turnover, brief=True)} of the pairs tied in either are tied in one only"
        )
    click.echo(f"gone      {', '.join(found.actors_lost) or 'nobody'}")
    click.echo(f"come      {', '.join(found.actors_gained) or 'nobody'}")
    click.echo(f"alike     {_alike(found)}")
    for title, pairs in (("Gained", found.gained), ("Lost", found.lost)):
        if pairs:
            click.echo(f"\n{title}")
            show_table(plain(pairs[:limit]), ("left", "right", "facts"))
            tell_rest("table", len(pairs), len(pairs[:limit]))
    if found.moves:
        click.echo(f"\nMoved, by {found.measure}")
        moves = [_move(one) for one in found.moves[:limit]]
        show_table(moves, tuple(moves[0]))
        tell_rest("table", len(found.moves), len(moves))


def _alike(found: "Difference") -> str:
    alike = found.correlation
    among = f"among {counted(alike.actors, 'actor')} of both"
    if alike.value is None or alike.p is None:
        return f"{among}: nothing varies, so nothing correlates"
    return (
        f"correlation {cell(alike.value, brief=True)} {among}; as large or larger in {alike.p:.3g} of "
        f"{alike.permutations + 1} relabellings (QAP, seed {alike.seed})"
    )


def _move(move: "Move") -> dict[str, Any]:
    return {
        "actor": move.actor,
        "name": " → ".join(dict.fromkeys(row.name for row in (move.before, move.after) if row)),
        "rank before": move.before and move.before.rank,
        "rank after": move.after and move.after.rank,
        "value before": move.before and move.before.value,
        "value after": move.after and move.after.value,
    }


COMMANDS = (panel, diff)
