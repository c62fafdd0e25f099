"""The command that lists what sources disagree on."""

from typing import TYPE_CHECKING

import click

from comity.cli.options import format_option, known_on_option, policy_option, with_store
from comity.cli.output import cell, counted, note, show

if TYPE_CHECKING:
    from datetime import date

    from comity.graph.accounts import Policy
    from comity.graph.stores import Store
    from comity.queries.conflicts import Conflict

FOUND = 3
"""The exit status where something was found that a script should know of; 1 is for errors, 2 for wrong usage."""


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
@known_on_option
@format_option
@with_store
def conflicts(
    store: "Store", facts: tuple[str, ...], kinds: tuple[str, ...], sources: tuple[str, ...],
    policy: "Policy", known_on: "date | None", format: str,
) -> None:  # fmt: skip
    """List what sources disagree on: every account, where it stands, and what each policy makes of them.

    Exit status 0 if nothing is left unsettled by the policy and by decisions (`comity decide`), 3 if something is.

    \b
    Example:
      comity conflicts japan-europe:guardian-north-16
    """
    from comity.queries.conflicts import find_conflicts

    found = find_conflicts(store, kinds=kinds, facts=facts, sources=sources, policy=policy, known_on=known_on)
    if format == "table":
        for conflict in found.rows:
            _print(conflict)
        for source in found.sources.values():
            click.echo(cell(f"{source.id}: {source.cite()}", brief=True))
        click.echo()
        click.echo(
            f"{counted(len(found.rows), 'disagreement')} in {counted(found.facts, 'fact')}, {found.unsettled} unsettled; "
            f"policy {found.policy}"
        )
    else:
        rows = [
            {
                "fact": conflict.fact, "property": conflict.property, "value": account.value, "source": account.source,
                "place": account.place, "statement": account.statement, "settled_to": conflict.value if conflict.settled_by else "",
                "settled_by": conflict.settled_by,
            }
            for conflict in found.rows
            for account in conflict.accounts
        ]  # fmt: skip
        columns = ("fact", "property", "value", "source", "place", "statement", "settled_to", "settled_by")
        show(format, rows, columns, document=found.to_dict())
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
        words = f" “{account.words}”" if account.words else ""
        line = f"  {account.value:{wide}}  {account.source}{place}{words}"
        click.echo(cell(line, brief=True))
    policies = ", ".join(f"{name} {value}" for name, value in conflict.by_policy.items() if value)
    settled = f"settled by {conflict.settled_by}: {conflict.value}" if conflict.settled_by else "unsettled"
    click.echo(f"  → {settled}" + (f"; {policies}" if policies else ""))
    click.echo()


COMMANDS = (conflicts,)
