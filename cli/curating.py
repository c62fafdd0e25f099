"""Commands by which people curate what is loaded: retract, restore, decide, judge, withdraw, the log of all changes, and its backup."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.options import (
    by_option,
    format_option,
    limit_option,
    output_option,
    parameters,
    reason_option,
    refuse,
    store_option,
    with_store,
)
from comity.cli.output import note, rows_shown, show, tell_rest
from comity.cli.settings import Settings

if TYPE_CHECKING:
    from comity.graph.retracting import Retraction
    from comity.graph.stores import Store


@click.command()
@click.argument("name")
@reason_option
@by_option
@format_option
@with_store
def retract(store: "Store", name: str, reason: str, by: str, format: str) -> None:
    """Retract what a source says: a whole dossier (treaties), one source (treaties:nato-members), or one statement by its id.

    Nothing is deleted: the statements stay as what was known until now. `comity restore` brings exactly them back.

    \b
    Example:
      comity retract treaties:nato-members --reason "checked against a newer list"
    """
    from comity.graph.retracting import retract as retract_source

    done = retract_source(store, name, reason=reason, by=by)
    note(f"`comity restore {name}` brings back what was retracted")
    _show_retraction(done, format)


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@reason_option
@by_option
@format_option
@store_option
@click.pass_obj
@click.pass_context
def restore(
    ctx: click.Context, settings: Settings, name: str, reason: str, by: str, format: str, address: str | None
) -> None:
    """Bring back what the last retraction of a dossier, source or statement took away, or a whole graph from its backup.

    FOLDER is what `comity backup` wrote. Its graph is brought into a store without anything in it, embedded or on a server; the store is
    the graph when its revision is that of the backup, and until then no command takes it for one. Cut off, it is repeated and goes on.

    \b
    Example:
      comity restore treaties:nato-members
      comity restore saved --store another
    """
    from comity.graph.backup.manifest import is_backup
    from comity.graph.retracting import restore as restore_source

    if is_backup(Path(name)):
        refuse(ctx, ("reason", "by"), f"{name} is a backup, and its log says who did what")
        _restore_backup(settings, address, name, format)
        return
    with settings.opened(address) as store:
        done = restore_source(store, name, reason=reason, by=by)
    _show_retraction(done, format)


@click.command()
@output_option("The folder to write: a new one.", folder=True)
@with_store
def backup(store: "Store", path: str) -> None:
    """Write everything that is the record into a folder, as Parquet files: the sources, what they said and when, what people decided, the log.

    `comity restore FOLDER` makes the graph of it again, in a folder or on a Neo4j server, whichever it came from. backup.json in the
    folder tells the revision, and of each file how many rows it has and its SHA-256. Needs the extra `parquet`.

    \b
    Example:
      comity backup -o saved
    """
    from comity.cli.progress import progress
    from comity.graph.backup.making import make_backup

    with progress(path, what="rows") as advance:
        made = make_backup(store, path, advance)
    note(f"Wrote {path}: {made.rows:,} rows, revision {made.revision[:12]}")


@click.command()
@click.argument("fact")
@click.argument("values", metavar="PROPERTY=VALUE...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why: it is kept with the decision and shown beside it.")
@by_option
@with_store
def decide(store: "Store", fact: str, values: tuple[str, ...], reason: str, by: str) -> None:
    """Settle what sources disagree on, as a decision of yours that everybody can see and you can withdraw.

    PROPERTY is a step (signed, in_force, held, …), `types`, `parties` or another property of the fact, VALUE what you hold to be right: an
    EDTF date, a text, types separated by commas, or of a party one of the accounts that `comity conflicts` shows. Beginning and end follow from a step: `comity conflicts` says from which. The accounts of the
    sources stay, and the decision goes before every policy. A later decision on the same property replaces it.

    \b
    Example:
      comity decide japan-europe:guardian-north-16 under_way=2016-10-24 --reason "two of three sources; the third counts the flight in"
    """
    from comity.graph.curation import decide as decide_fact

    for statement in decide_fact(store, fact, parameters(values, "PROPERTY=VALUE"), reason=reason, by=by):
        note(f"Decided by {by}; `comity withdraw {statement.id[:12]}` takes it back")
        click.echo(statement.id)


@click.command()
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(["same", "different", "unsure"]))
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1),
    default=1.0,
    show_default=True,
    help="How sure that is; two facts count as one from 0.9 on.",
)
@reason_option
@by_option
@with_store
def judge(
    store: "Store", left: str, right: str, verdict: str, confidence: float, reason: str, by: str
) -> None:  # fmt: skip
    """Say whether two facts are one: same, different, or unsure. `comity review` proposes pairs.

    \b
    Example:
      comity judge japan-europe:acsa-france treaties:anzus different --reason "the treaty of 1960"
    """
    from comity.graph.curation import judge as judge_pairs
    from comity.graph.identity import Judgement, Verdict

    judgement = Judgement(left, right, Verdict(verdict), by, confidence, reason)
    done = judge_pairs(store, [judgement])
    note(
        f"Recorded; `comity withdraw {judgement.id[:12]}` takes it back"
        if done.recorded
        else "Judged so already: nothing changed"
    )
    click.echo(judgement.id)


@click.command()
@click.argument("id")
@reason_option
@by_option
@with_store
def withdraw(store: "Store", id: str, reason: str, by: str) -> None:
    """Take back a decision or a judgement, by its id or the beginning of it: `comity log` shows them.

    \b
    Example:
      comity withdraw 3f195d02c1da
    """
    from comity.graph.curation import withdraw as withdraw_it

    withdraw_it(store, id, reason=reason, by=by)
    note("Withdrawn")


@click.command()
@click.argument("subject", required=False)
@limit_option("changes")
@format_option
@with_store
def log(store: "Store", subject: str | None, limit: int | None, format: str) -> None:
    """Show what was changed, the latest first: loads, retractions, decisions, judgements, by whom and why.

    SUBJECT narrows it to one collection, source, fact or statement, whether a change named it or changed what is told of it. `undone` is
    when a change was restored, withdrawn or replaced by a later one.

    \b
    Example:
      comity log treaties
    """
    from comity.graph.log import read_log

    entries = read_log(store, subject=subject)
    shown = entries[: rows_shown(limit, format)]
    rows = [entry.to_dict() for entry in shown]
    columns = ("at", "action", "subject", "property", "id", "by", "reason", "facts", "undone", "revision")
    if format == "table":
        rows = [
            {
                **row,
                "at": row["at"][:19],
                "id": row["id"][:12],
                "undone": row["undone"][:19],
                "revision": row["revision"][:12],
            }
            for row in rows
        ]
    show(format, rows, columns)
    tell_rest(format, len(entries), len(shown))


def _restore_backup(settings: Settings, address: str | None, folder: str, format: str) -> None:
    from comity.cli.progress import progress
    from comity.graph.backup.manifest import read_backup
    from comity.graph.backup.restoring import restore_backup

    total = read_backup(Path(folder)).manifest.rows
    with (
        settings.opened(address, create=True, unfinished=True) as store,
        progress(folder, total, what="rows") as advance,
    ):
        done = restore_backup(store, folder, advance)
    rows = {name: file.rows for name, file in done.files.items()}
    row = {"name": folder, **rows, "revision": done.revision}
    shown = {**row, "revision": done.revision[:12]} if format == "table" else row
    show(format, [shown], document=row)


def _show_retraction(done: "Retraction", format: str) -> None:
    row = {"name": done.name, "statements": done.statements, "facts": done.facts, "revision": done.revision}
    shown = {**row, "revision": done.revision[:12]} if format == "table" else row
    show(format, [shown], document=row)


COMMANDS = (log, retract, restore, decide, judge, withdraw, backup)
