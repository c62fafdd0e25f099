"""The command that lists what sources disagree on."""

from typing import TYPE_CHECKING

import click

from comity.cli.options import (
    format_option,
    known_on_option,
    policy_option,
    same_from_option,
    texts_option,
    with_store,
)
from comity.cli.output import FOUND, LONGEST, counted, note, nothing_known, show, terms, told_words
from comity.queries.cells import cell

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from comity.graph.accounts import Policy
    from comity.graph.stores import Store
    from comity.queries.conflicts import Conflict


@click.command()
@click.argument("facts", metavar="[FACT]...", nargs=-1)
@click.option(
    "--layer", "kinds", multiple=True, metavar="KIND", help="Only facts of this kind; may be repeated."
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="SOURCE",
    help="Only this dossier, data set or source; may be repeated.",
)
@policy_option
@same_from_option
@known_on_option
@texts_option
@format_option
@with_store
def conflicts(
    store: "Store", facts: tuple[str, ...], kinds: tuple[str, ...], sources: tuple[str, ...],
    policy: "Policy", applied_from: float, known_on: "date | None", texts: "Path | None", format: str,
) -> None:  # fmt: skip
    """List what sources disagree on: every account, where it stands and in which words, what each policy makes of them, and how to
    settle it.

    Exit status 0 if nothing is left unsettled by the policy and by decisions (`comity decide`), 3 if something is.

    \b
    Example:
      comity conflicts japan-europe:guardian-north-16
    """
    from comity.queries.conflicts import find_conflicts

    found = find_conflicts(
        store, kinds=kinds, facts=facts, sources=sources, policy=policy, known_on=known_on, applied_from=applied_from,
        texts=texts,
    )  # fmt: skip
    if format == "table":
        for conflict in found.rows:
            _print(conflict)
        for source in found.sources.values():
            click.echo(cell(f"{source.id}: {source.cite()}", brief=True))
        click.echo()
        click.echo(
            f"{counted(len(found.rows), 'disagreement')} in {counted(found.facts, 'fact')}, {found.unsettled} unsettled; "
            f"{', '.join(terms(found.policy, found.known_on, found.same_from))}"
        )
    else:
        rows = [
            {
                "fact": conflict.fact, "property": conflict.property, "value": account.value, "source": account.source,
                "place": account.place, "found": str(account.words.found), "words": account.words.text,
                "statement": account.statement, "decide": account.decide, "settled_to": conflict.value if conflict.settled_by else "",
                "settled_by": conflict.settled_by,
            }
            for conflict in found.rows
            for account in conflict.accounts
        ]  # fmt: skip
        columns = (
            "fact", "property", "value", "source", "place", "found", "words", "statement", "decide", "settled_to", "settled_by",
        )  # fmt: skip
        show(format, rows, columns, document=found.to_dict())
    if not found.facts and known_on:
        note(f"Note: {nothing_known(known_on)}")
    if found.unsettled:
        note("Some are unsettled: exit status 3")
        click.get_current_context().exit(FOUND)


def _print(conflict: "Conflict") -> None:
    """One disagreement: what it is about, who says what and where, and what comes of it."""
    click.secho(f"{cell(conflict.title, brief=True)}: {conflict.property}", bold=True)
    click.echo(f"  {conflict.fact}")
    wide = max(len(account.value) for account in conflict.accounts)
    for account in conflict.accounts:
        place = f", {account.place}" if account.place else ""
        click.echo(cell(f"  {account.value:{wide}}  {account.source}{place}", brief=True))
        # That a source is cited as a whole goes without saying here; that a text is not at hand does not.
        for line in told_words(account.words, LONGEST) if account.words.found != "no span" else ():
            click.echo(cell(f"  {'':{wide}}  {line}", brief=True))
    policies = ", ".join(f"{name} {value}" for name, value in conflict.by_policy.items() if value)
    settled = f"settled by {conflict.settled_by}: {conflict.value}" if conflict.settled_by else "unsettled"
    click.echo(cell(f"  → {settled}" + (f"; {policies}" if policies else ""), brief=True))
    if not conflict.settled_by:
        click.echo(cell(f"  to settle it: {conflict.remedy}", brief=True))
    click.echo()


COMMANDS = (conflicts,)
