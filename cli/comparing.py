"""The command similarity: how alike states' alliance commitments are."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import format_option, given, refuse, slice_options, with_store, years_options
from comity.cli.output import asked_of, note, show, show_table

if TYPE_CHECKING:
    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.similarity.histories import Year
    from comity.queries.similarity.pairs import Comparison, Likeness
    from comity.queries.similarity.weights import Weights

SHOWN = 10
"""Dyads that a table shows from either end of a ranking, unless told otherwise."""

PAIRS = ("rank", "left", "left_name", "right", "right_name", "value")


def _weights(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> "Weights | None":
    from comity.queries.similarity.weights import read_weights

    return None if path is None else read_weights(path)


@click.command()
@click.argument("actor", required=False)
@click.argument("other", required=False)
@click.option(
    "--measure",
    "name",
    default="kappa",
    show_default=True,
    metavar="MEASURE",
    help="By what dyads are ranked: s-absolute, s-squared, tau-b, kappa or pi.",
)
@click.option(
    "--binary", is_flag=True, help="Rank by whether there is any commitment, not by how strong it is."
)
@click.option(
    "--weights",
    callback=_weights,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Let states count by a weight: a CSV file with actor or ccode, weight or cinc and, if need be, year.",
)
@years_options("the history")
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"Print so many dyads from either end, 0 for all. [default: {SHOWN} in a table, else all]",
)
@format_option
@slice_options
@with_store
@click.pass_context
def similarity(
    ctx: click.Context, store: "Store", /, question: "Question", actor: str | None, other: str | None, name: str, binary: bool,
    weights: "Weights | None", first: int | None, last: int | None, limit: int | None, format: str,
) -> None:  # fmt: skip
    """Say how alike states' alliance commitments are: of all dyads, of one state's, or of two states by every measure.

    A portfolio is what a state pledges to every state of the system (Correlates of War), with an alliance or without: 3 defence, 2 neutrality
    or non-aggression, 1 entente or consultation, 0 nothing, 3 to itself. For two states --from and --to give every year; where no source
    tells of a year, its values are missing. --type keeps only some commitments.

    \b
    Example:
      comity similarity Japan "United Kingdom"
    """
    from comity.graph.slices import take
    from comity.queries.naming import actor_id
    from comity.queries.similarity.measures import similarity_measure_of
    from comity.queries.similarity.pairs import compare, liken

    if not given(ctx, "types"):
        question = replace(question, types=())
    measure = similarity_measure_of(name)
    states = [actor_id(store, text, question.as_of) for text in (actor, other) if text]
    yearly = first is not None or last is not None
    if yearly and len(states) < 2:
        raise click.UsageError("a yearly history is of two states: name both, or leave --from and --to out")
    if len(states) == 2:
        refuse(ctx, ("name", "binary", "limit"), "two states are told by every measure")
        if yearly:
            refuse(ctx, ("as_of",), "a yearly history is of all years from --from to --to")
            _show_years(store, question, states, first, last, weights, format)
        else:
            _show_likeness(liken(take(store, question), *states, weights=weights), format)
    else:
        found = compare(
            take(store, question), measure, actor=states[0] if states else "", binary=binary, weights=weights
        )
        _show_comparison(found, SHOWN if limit is None and format == "table" else limit, format)


def _show_comparison(found: "Comparison", limit: int | None, format: str) -> None:
    document = found.to_dict()
    rows = document["rows"]
    kept = [row for place, row in enumerate(rows) if not limit or place < limit or place >= len(rows) - limit]
    document["rows"] = kept
    ties = "any commitment as 1" if found.binary else "commitments from 0 to 3"
    head = [
        f"measure   {found.measure.name}: {found.measure.about}; {ties}",
        *_conventions(found.states, found.weights, found.unweighted),
        *asked_of(_asked(found.question), found.revision, slice=True),
        "",
    ]
    if format != "table":
        show(format, kept, PAIRS, document=document)
        return
    for line in head:
        click.echo(line)
    if limit and len(kept) == 2 * limit and len(rows) > 2 * limit:
        click.echo("The most alike")
        show_table(kept[:limit], PAIRS)
        click.echo("\nThe least alike")
        show_table(kept[limit:], PAIRS)
        note(f"… and {len(rows) - 2 * limit} between (--limit 0 shows all)")
    else:
        show(format, kept, PAIRS)
    if found.undefined:
        note(f"Of {found.undefined} dyads {found.measure.name} is not defined: they are left out")
    if found.left_out:
        note(f"No states of the system then, whose commitments do not count: {', '.join(found.left_out)}")


def _show_likeness(found: "Likeness", format: str) -> None:
    from comity.queries.similarity.measures import SIMILARITY_MEASURES

    rows = [
        {"measure": name, "valued": found.valued[name], "binary": found.binary[name], "about": measure.about}
        for name, measure in SIMILARITY_MEASURES.items()
    ]
    columns = ("measure", "valued", "binary", "about")
    if format != "table":
        show(format, rows, columns[:3], document=found.to_dict())
        return
    click.echo(f"{found.left.name} ({found.left.id}) and {found.right.name} ({found.right.id})")
    for line in (
        *_conventions(found.states, found.weights, found.unweighted),
        *asked_of(_asked(found.question), found.revision, slice=True),
        "",
    ):
        click.echo(line)
    show_table(rows, columns)
    click.echo("\nTo how many states they are committed, and how strongly")
    show_table(
        [{found.left.id: cell.left, found.right.id: cell.right, "states": cell.states} for cell in found.cells],
        (found.left.id, found.right.id, "states"),
    )  # fmt: skip


def _show_years(
    store: "Store", question: "Question", states: Sequence[str], first: int | None, last: int | None,
    weights: "Weights | None", format: str,
) -> None:  # fmt: skip
    from comity.graph.slices import history_of
    from comity.queries.similarity.histories import liken_yearly
    from comity.queries.similarity.pairs import described
    from comity.queries.yearly import span_of

    history = history_of(store, question, question.layers)
    first, last = span_of(first, last, history)
    one, another = states
    years = liken_yearly(history, question, one, another, first, last, weights=weights)
    rows = [_row(year) for year in years]
    told = replace(question, sources=history.sources)
    document = {
        "left": one, "right": another, **described(told, weights=weights.name if weights else ""),
        "as_of": f"{first:04}/{last:04}", "convention": question.convention, "revision": history.revision, "rows": rows,
    }  # fmt: skip
    head = [f"{one} and {another}, every year from {first} to {last}"]
    head += [line for line in asked_of(_asked(told), history.revision) if not line.startswith("as of")]
    head += [f"convention {question.convention}, slice {question.certainty}", ""]
    show(format, rows, document=document, head=head)
    untold = sum(not year.states for year in years)
    if untold:
        note(
            f"Of {untold} years nothing is told, or one of the two was no state of the system: they have no values"
        )


def _row(year: "Year") -> dict[str, Any]:
    """A year of two states as a row: of every measure the value on the scale and, named binary, that of any commitment."""
    named = {name.replace("-", "_"): value for name, value in year.valued.items()}
    return {
        "year": year.year, "states": year.states or None, **named,
        **{f"{name.replace('-', '_')}_binary": value for name, value in year.binary.items() if name != "s-squared"},
    }  # fmt: skip


def _asked(question: "Question") -> "Question":
    """The question with the types that count where none was chosen."""
    from comity.queries.similarity.portfolios import SCALE

    return replace(question, types=question.types or tuple(SCALE))


def _conventions(states: int, weights: str, unweighted: Sequence[str]) -> list[str]:
    told = [
        f"states    {states} of the system (Correlates of War), each committed to itself as strongly as can be"
    ]
    if weights:
        without = f"; not known, and counting nothing: {', '.join(unweighted)}" if unweighted else ""
        told.append(f"weights   {weights}{without}")
    return told


COMMANDS = (similarity,)
