"""The command balance: how balanced friends and foes are, and which facts stand against their blocs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import format_option, refuse, slice_options, with_store, years_options
from comity.cli.output import asked_of, note, show, show_table

if TYPE_CHECKING:
    from comity.graph.slices import Question
    from comity.graph.stores import Store
    from comity.queries.balance.balances import Balance, Blocs

LISTED = 20
"""Ties and components that a table of a balance lists, unless told otherwise."""

TIES = ("left", "right", "sign", "positive_facts", "negative_facts")

BRIEF = (
    "year", "actors", "positive", "negative", "ambivalent", "+++", "++-", "+--", "---", "balance_triangles", "balance_walks",
    "balance_frustration", "frustration_upper", "frustration_exact",
)  # fmt: skip
"""What a printed series shows of a year."""


@click.command()
@click.option(
    "--negative-layer",
    "negative_layers",
    multiple=True,
    metavar="KIND",
    help="The layer of negative ties; may be repeated. [default: dispute]",
)
@click.option(
    "--negative-type",
    "negative_types",
    multiple=True,
    metavar="TYPE",
    help="Only negative ties of this type; may be repeated. [default: all]",
)
@click.option(
    "--negative-source",
    "negative_sources",
    multiple=True,
    metavar="SOURCE",
    help="Where negative ties come from; may be repeated.",
)
@click.option(
    "--both",
    default="drop",
    show_default=True,
    metavar="WAY",
    help="What becomes of a pair that is tied both ways: drop (and list it), negative, positive, or facts (what more of its facts are).",
)
@years_options("the series")
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"List so many ties and components, 0 for all. [default: {LISTED} in a table, else all]",
)
@format_option
@slice_options
@with_store
@click.pass_context
def balance(
    ctx: click.Context, store: "Store", /, question: "Question", negative_layers: tuple[str, ...], negative_types: tuple[str, ...],
    negative_sources: tuple[str, ...], both: str, first: int | None, last: int | None, limit: int | None, format: str,
) -> None:  # fmt: skip
    """Say how balanced friends and foes are: is the friend of a friend a friend, and a foe's foe?

    The slice options choose the positive ties (agreements of defence, unless told otherwise), the --negative options the negative ones, by the same
    day, policy and convention. Told are the share of balanced triangles, walk-based balance, the frustration index with the two blocs that attain
    it, and the ties against those, with their facts. --from and --to give every year.

    \b
    Example:
      comity balance --as-of 2016
    """
    from comity.graph.slices import take
    from comity.queries.balance.balances import balance as balance_of

    hostile = replace(
        question, layers=tuple(dict.fromkeys(negative_layers)) or ("dispute",), types=tuple(dict.fromkeys(negative_types)),
        rule="every-pair", sources=negative_sources,
    )  # fmt: skip
    if first is not None or last is not None:
        refuse(ctx, ("as_of", "limit"), "a yearly series has the numbers of all years from --from to --to")
        _show_balanced_years(store, question, hostile, both, first, last, format)
        return
    friends = take(store, question)
    with _negative_sources():
        foes = take(store, hostile)
    found = balance_of(friends, foes, both)
    if format == "table":
        _show_balance(found, LISTED if limit is None else limit)
        return
    ties = [
        {"why": why, **tie}
        for why, ties in (("contradicting", found.contradicting), ("left out", found.ambivalent))
        for tie in _rows(ties)
    ]
    show(format, ties, ("why", *TIES), document=found.to_dict())


@contextmanager
def _negative_sources() -> Iterator[None]:
    """Where sources of negative ties have to be chosen, the option that does so is another."""
    from comity.graph.errors import ChooseSource

    try:
        yield
    except ChooseSource as error:
        raise ChooseSource(str(error).replace("--source", "--negative-source")) from None


def _rows(ties: Sequence[Any]) -> list[dict[str, Any]]:
    """Signed ties as rows."""
    from comity.queries.plain import plain

    return [plain(tie) for tie in ties]


def _show_balance(found: "Balance", limit: int) -> None:
    degrees = found.degrees
    for sign, question in (("positive", found.positive), ("negative", found.negative)):
        click.echo(sign)
        for line in asked_of(question, found.revision, slice=True):
            click.echo(f"  {line}")
    click.echo()
    signs = ", ".join(f"{number} {name}" for name, number in degrees.triangles.by_sign().items())
    index = degrees.frustration
    least = (
        str(index.upper) if index.exact else f"between {index.lower} and {index.upper} (not found exactly)"
    )
    show_table(
        [
            {"measure": "triangles", "balance": degrees.triangles.balance, "of": f"{degrees.triangles.total} triangles: {signs}"},
            {"measure": "walks", "balance": degrees.walk, "of": "closed walks by their sign, the longer the less"},
            {"measure": "frustration", "balance": index.balance, "of": f"index {least} of {index.ties} ties"},
        ],
        ("measure", "balance", "of"),
    )  # fmt: skip
    click.echo(
        f"\nactors {degrees.actors}, ties {degrees.positive} positive and {degrees.negative} negative; pairs tied both ways: "
        f"{degrees.ambivalent} left out ({found.both})"
    )
    click.echo("\nBlocs")
    for blocs in found.blocs[: limit or None]:
        click.echo(f"  {_against(blocs)}")
    if limit and len(found.blocs) > limit:
        click.echo(f"  … and {len(found.blocs) - limit} more components (--limit 0 shows all)")
    for title, ties in (
        ("Against the blocs", found.contradicting),
        ("Tied both ways, left out", found.ambivalent),
    ):
        if ties:
            click.echo(f"\n{title} ({len(ties)})")
            show_table(_rows(ties[: limit or None]), TIES)
            if limit and len(ties) > limit:
                click.echo(f"… and {len(ties) - limit} more (--limit 0 shows all)")


def _against(blocs: "Blocs") -> str:
    """The two blocs of a component in one line."""
    return "  against  ".join(", ".join(members) for members in (blocs.first, blocs.second) if members)


def _show_balanced_years(
    store: "Store", question: "Question", hostile: "Question", both: str, first: int | None, last: int | None, format: str
) -> None:  # fmt: skip
    from comity.graph.errors import InputError
    from comity.graph.slices import history_of
    from comity.queries.balance.balances import balance_yearly, described
    from comity.queries.yearly import span_of

    histories = [history_of(store, question, question.layers)]
    with _negative_sources():
        histories.append(history_of(store, hostile, hostile.layers))
    if len({history.revision for history in histories}) > 1:
        raise InputError("the store was loaded into meanwhile: ask again")
    first, last = span_of(first, last, *histories)
    years = balance_yearly(histories[0], histories[1], (question, hostile), first, last, both)
    columns = dict.fromkeys(name for year in years if year.degrees for name in year.degrees.to_dict())
    rows = [
        {"year": year.year, **(columns if year.degrees is None else year.degrees.to_dict())} for year in years
    ]
    asked = [
        replace(each, sources=history.sources)
        for each, history in zip((question, hostile), histories, strict=True)
    ]
    span = f"{first:04}/{last:04}"
    about = described(asked[0], asked[1], both)
    document = {
        **{name: {**told, "as_of": span, "convention": question.convention} if isinstance(told, dict) else told for name, told in about.items()},
        "revision": histories[0].revision, "rows": rows,
    }  # fmt: skip
    head = [
        f"every year from {first} to {last}, convention {question.convention}; pairs tied both ways: {both}"
    ]
    for sign, each in zip(("positive", "negative"), asked, strict=True):
        layers, types = "+".join(each.layers), ", ".join(each.types) or "all"
        head.append(f"{sign}  {layers}, types {types}, rule {each.rule}, of {', '.join(each.sources)}")
    shown = BRIEF if format == "table" else ("year", *columns)
    show(format, rows, shown, document=document, head=[*head, f"revision  {histories[0].revision}", ""])
    untold = sum(year.degrees is None for year in years)
    if untold:
        note(f"Of {untold} years no source tells of both signs: they have no values")


COMMANDS = (balance,)
