"""The command that checks a whole graph."""

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.options import with_store
from comity.cli.output import FORMATS, FOUND, counted, note, show, show_json
from comity.queries.cells import cell

if TYPE_CHECKING:
    from comity.graph.stores import Store
    from comity.queries.audit import Audit
    from comity.queries.audit.findings import Level

COLUMNS = ("id", "rule", "level", "subject", "message", "related")


@click.command()
@click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder with the texts of sources, to check the words at every span; files are found by their hash.",
)
@click.option(
    "--layer", "kinds", multiple=True, metavar="KIND", help="Only facts of this kind; may be repeated."
)
@click.option("--rule", "rules", multiple=True, metavar="NAME", help="Only this rule; may be repeated.")
@click.option(
    "--level",
    type=click.Choice(("error", "warning", "note")),
    default="warning",
    show_default=True,
    help="Report findings of this level and graver ones.",
)
@click.option(
    "--format",
    "format",
    type=click.Choice((*FORMATS, "sarif")),
    default="table",
    show_default=True,
    help="How to print the answer.",
)
@with_store
@click.pass_context
def audit(
    ctx: click.Context, store: "Store", texts: Path | None, kinds: tuple[str, ...], rules: tuple[str, ...],
    level: "Level", format: str,
) -> None:  # fmt: skip
    """Check the whole graph: evidence, sources, licences, spans, actors, lives, decisions, and all that is made of them.

    It looks at the graph as it is stored now. Every finding has an id that stays the same as long as the fault does. docs/audit.md lists
    the rules. Exit status 0 if nothing of the level is found, 3 if something is.

    \b
    Example:
      comity audit --level error
    """
    from comity.queries.audit import audit as look
    from comity.queries.audit import to_sarif

    found = look(store, texts=texts, kinds=kinds, rules=rules)
    reported = found.at_least(level)
    if format == "table":
        _print(found, reported)
    elif format == "sarif":
        show_json(to_sarif(reported))
    else:
        rows = [finding.to_dict() for finding in reported.findings]
        show(format, rows, COLUMNS, document=reported.to_dict())
    if reported.findings:
        note(f"Something was found: exit status {FOUND}")
        ctx.exit(FOUND)


def _print(found: "Audit", reported: "Audit") -> None:
    """The findings under their rules, then what was checked."""
    from comity.queries.audit import RULES

    for name, findings in groupby(reported.findings, key=lambda finding: finding.rule):
        rule = RULES[name]
        click.secho(f"{rule.level}: {name} ({found.counts[name]})", bold=True)
        click.echo(f"  {rule.about}")
        for finding in findings:
            click.echo(f"  {finding.id}")
            click.echo(f"    {cell(finding.message, brief=True)}")
        click.echo()
    for name, number in found.unchecked.items():
        if number:
            why = "the texts are not at hand (--texts DIR)"
            click.echo(f"not checked: {number} {RULES[name].counts} by {name}: {why}")
    lighter = len(found.findings) - len(reported.findings)
    ones = "one" if lighter == 1 else "ones"
    told = f", {lighter} lighter {ones} not shown (--level note shows all)" if lighter else ""
    click.echo(f"{sum(found.checked.values())} checked, {counted(len(reported.findings), 'finding')}{told}")


COMMANDS = (audit,)
