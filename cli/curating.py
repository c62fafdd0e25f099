"""Commands by which people curate what is loaded: retract, restore, decide, judge, withdraw, and the log of all changes."""

from typing import TYPE_CHECKING

import click

from comity.cli.options import by_option, format_option, limit_option, parameters, reason_option, with_store
from comity.cli.output import note, rows_shown, show, tell_rest

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
@click.argument("name")
@reason_option
@by_option
@format_option
@with_store
def restore(store: "Store", name: str, reason: str, by: str, format: str) -> None:
    """Bring back what the last retraction of a dossier, source or statement took away.

    \b
    Example:
      comity restore treaties:nato-members
    """
    from comity.graph.retracting import restore as restore_source

    done = restore_source(store, name, reason=reason, by=by)
    _show_retraction(done, format)


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


def _show_retraction(done: "Retraction", format: str) -> None:
    row = {"name": done.name, "statements": done.statements, "facts": done.facts, "revision": done.revision}
    shown = {**row, "revision": done.revision[:12]} if format == "table" else row
    show(format, [shown], document=row)


COMMANDS = (log, retract, restore, decide, judge, withdraw)
