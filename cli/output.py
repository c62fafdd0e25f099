"""Printing: one answer as a table for people, as one JSON document, or as CSV. Data goes to standard output, notes to standard error."""

import io
import json
import sys
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from comity.queries.cells import Rows, cell, csv_text, json_value
from comity.queries.plain import finite

if TYPE_CHECKING:
    from comity.graph.accounts import Policy
    from comity.graph.slices import Question
    from comity.queries.groups import Groups
    from comity.queries.texts import Words

LONGEST = 400
"""Characters of a source's words that a terminal shows; JSON and CSV have them all."""

TABLE_ROWS = 20
"""Rows that a table shows unless told otherwise."""

FOUND = 3
"""The exit status where something was found that a script should know of; 1 is for errors, 2 for wrong usage."""

STDOUT = "-"
"""The name that stands for standard output."""

FORMATS = ("table", "json", "csv")


def show(
    format: str,
    rows: Rows,
    columns: Sequence[str] = (),
    *,
    document: Any = None,
    head: Iterable[str] = (),
) -> None:
    """Print rows in a format.

    `columns` names them where there may be no row to tell. `document` is what JSON shows instead of the list of rows, and
    `head` the lines above a table.
    """
    columns = columns or list(dict.fromkeys(name for row in rows for name in row))
    if format == "json":
        show_json(rows if document is None else document)
    elif format == "csv":
        click.echo(csv_text(rows, columns).encode(), nl=False)
    else:
        for line in head:
            click.echo(line)
        if rows:
            show_table(rows, columns)
        else:
            note("(no rows)")


def show_json(document: Any) -> None:
    """Print one JSON document in UTF-8, dates as ISO text."""
    text = json.dumps(finite(document), ensure_ascii=False, indent=2, default=json_value, allow_nan=False)
    click.echo((text + "\n").encode("utf-8", errors="surrogatepass"), nl=False)


def show_table(rows: Rows, columns: Sequence[str]) -> None:
    """Print rows as a table: as wide as it wants to be in a file or pipe, held to the width of a terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    on_terminal = sys.stdout.isatty()
    console = Console(
        file=io.StringIO(), force_terminal=on_terminal, no_color=True, width=None if on_terminal else 10_000
    )
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for name in columns:
        numeric = all(_is_number(row.get(name)) for row in rows)
        table.add_column(
            Text(name.replace("_", " ")), justify="right" if numeric else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(cell(row.get(name), brief=True)) for name in columns))
    console.print(table)
    assert isinstance(console.file, io.StringIO)
    for line in console.file.getvalue().splitlines():
        click.echo(line.rstrip())


def counted(number: int, noun: str) -> str:
    """A number of things: 1 fact, 2 facts."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def terms(policy: "Policy", known_on: date | None, same_from: float) -> list[str]:
    """On what terms an answer holds, as it is printed: the policy always, the others where they are not as usual."""
    from comity.graph.identity import APPLIED_FROM

    told = [f"policy {policy}"]
    if same_from != APPLIED_FROM:
        told.append(f"same from {same_from:g}")
    if known_on:
        told.append(f"known on {known_on}")
    return told


def asked_of(question: "Question", revision: str, *, slice: bool = False) -> list[str]:
    """The question as the lines above its answer; with `slice` whether that is of certain or possible ties."""
    when = [f"as of     {question.as_of}"]
    if question.as_of.earliest_begin != question.as_of.latest_end and slice:
        when.append(f"convention {question.convention}")
    if slice:
        when.append(f"slice {question.certainty}")
    when += terms(question.policy, question.known_on, question.applied_from)
    # Of a past day of record no revision was kept: it is that of the store that was asked.
    kept = (
        f" (of the store today; the answer is of its record by {question.known_on})"
        if question.known_on
        else ""
    )
    return [
        f"layer     {'+'.join(question.layers)}, types {', '.join(question.types) or 'all'}, rule {question.rule}",
        f"sources   {', '.join(question.sources) or nothing_known(question.known_on)}",
        ", ".join(when),
        f"revision  {revision}{kept}",
    ]


def nothing_known(known_on: date | None) -> str:
    """What is said where nothing is loaded that an answer could be made of, or nothing was by a day of record."""
    return f"none: nothing of this was recorded by {known_on}" if known_on else "none loaded"


def told_groups(groups: "Groups", actors: Collection[str]) -> list[str]:
    """The groups as lines above an answer: how many of each have a tie, and who is in several."""
    lines = [
        f"group     {group.name}: {len(within.members)} of {counted(len(group.members), 'actor')} in the network"
        for group, within in zip(groups.groups, groups.within(actors), strict=True)
    ]
    if groups.sources:
        lines.append(f"members   from {', '.join(groups.sources)}")
    if groups.shared:
        lines.append(f"shared    {', '.join(groups.shared)}: in several groups")
    return lines


def rows_shown(limit: int | None, format: str) -> int | None:
    """How many rows are shown by --limit (None: it was not given); None for all."""
    return TABLE_ROWS if limit is None and format == "table" else limit or None


def tell_rest(format: str, number: int, shown: int, *, remedy: str = "--limit 0") -> None:
    """Say under a table how many of a number of rows it does not show, and what does."""
    if format == "table" and shown < number:
        note(f"… and {number - shown} more ({remedy} shows all)")


def told_words(words: "Words", longest: int | None) -> list[str]:
    """The words of a source as lines, or why there are none; of more than `longest` characters the first."""
    if not words.text:
        return [f"({words.note})"]
    text = words.text if longest is None or len(words.text) <= longest else f"{words.text[:longest]}…"
    checked = ["(checked: these are the words of the text that was read)"] if words.found == "exact" else []
    return [f"“{text}”", *checked]


def note(text: str) -> None:
    """Say something beside the data, on standard error."""
    click.echo(text, err=True)


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
