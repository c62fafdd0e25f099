"""The tour: what comity does, on the dossiers that come with it, in a store of its own."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli import files
from comity.cli.output import show_table
from comity.cli.settings import Settings

if TYPE_CHECKING:
    from comity.graph.stores import Store

SHOWN = 12
"""Rows of the ranking: a first look, not the whole list."""

DISPUTED = "japan-europe:guardian-north-16"
"""The fact by which the tour shows that sources may disagree."""


@click.command()
@click.option(
    "--out", default="comity-tour", show_default=True, type=click.Path(file_okay=False), metavar="DIR",
    help="The folder for the tour's store and map.",
)  # fmt: skip
@click.pass_obj
def tour(settings: Settings, out: str) -> None:
    """See what comity does: load the dossiers that come with it, rank states by their alliances, draw a map.

    Everything goes into one folder, with a store of its own: yours is not touched. It may be repeated at will.

    \b
    Example:
      comity tour
    """
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    address = str(folder / "store")
    with settings.opened(address, create=True) as store:
        _load(store)
        _rank(store)
        _disagree(store)
        _draw(store, folder / "map.html")
    _go_on(address)


def _load(store: "Store") -> None:
    from comity.graph.loading import load
    from comity.loaders.dossier import bundled, open_bundled
    from comity.queries.inventory import inventory

    click.secho("Documented relations between states, as a graph", bold=True)
    click.echo()
    for name in bundled():
        dossier = open_bundled(name)
        done = load(store, dossier.reading())
        state = "stored" if done.stored else "there already"
        click.echo(f"  {name:14} {dossier.title}: {done.read} facts, {state}")
    held = inventory(store)
    click.echo(
        f"\n  {held.countries + held.organizations} actors ({held.organizations} of them organizations), {held.facts} facts, "
        f"{held.statements} statements from {held.sources} sources; revision {held.revision[:12]}"
    )


def _rank(store: "Store") -> None:
    from comity.graph.slices import Question, take
    from comity.queries.library import run
    from comity.queries.measures import measure_of
    from comity.queries.ranking import rank

    question = Question(types=("defence",))
    ranking = rank(take(store, question), measure_of("degree"))
    counted = {row["actor"]: row["degree"] for row in run(store, "degree", {"day": question.first}).rows}
    computed = {row.actor: row.value for row in ranking.rows}
    _heading("Who has the most partners in defence?")
    click.echo(
        f"  degree of the agreement layer, types defence, rule {question.rule}, as of {question.as_of}, {question.certainty}\n"
    )
    rows: list[dict[str, Any]] = [
        {
            "": "",
            "rank": row.rank,
            "actor": row.actor,
            "name": row.name,
            "by Cypher": counted.get(row.actor),
            "by networkx": row.value,
        }
        for row in ranking.rows[:SHOWN]
    ]
    show_table(rows, tuple(rows[0]))
    more = f"  … and {len(ranking.rows) - SHOWN} more. " if len(ranking.rows) > SHOWN else "  "
    agree = "The two agree" if counted == computed else "The two DISAGREE: please report this"
    click.echo(f"{more}The database (Cypher) and networkx each counted {len(computed)} actors. {agree}.")


def _disagree(store: "Store") -> None:
    from comity.graph.facts import read_facts
    from comity.graph.statements import read_sources

    (fact,) = read_facts(store, facts=[DISPUTED])
    sources = read_sources(store)
    _heading(f"Sources disagree, and comity says so: when did the drill {fact.title} begin?")
    for account in sorted(fact.begin.accounts, key=lambda account: account.value):
        source = sources[account.source]
        click.echo(f"  {account.value:12} {source.publisher or source.title}")
    click.echo(f"  → {fact.begin.state}: {fact.begin.text}")


def _draw(store: "Store", path: Path) -> None:
    from comity.graph.slices import Question

    question = Question(types=("defence",))
    files.write(
        store,
        question,
        path,
        layers=(),
        measures=("degree", "betweenness", "eigenvector"),
        title="Relations between states",
    )
    _heading("The map, with the evidence behind every line")
    click.echo(f"  {path.resolve().as_uri()}")


def _go_on(address: str) -> None:
    _heading("Go on with")
    option = f"--store {shlex.quote(address)}"
    for command in (
        "comity rank betweenness --doubt",
        'comity relate Japan "United Kingdom"',
        "comity why Japan --layer drill --as-of 2016",
        "comity conflicts",
        "comity query --list",
    ):
        click.echo(f"  {command} {option}")


def _heading(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)


COMMANDS = (tour,)
