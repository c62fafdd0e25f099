"""Commands that write facts down, bring them into a store: new, check, load, status."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import format_option, opening, store_option, with_store
from comity.cli.output import note, show
from comity.cli.settings import Settings

if TYPE_CHECKING:
    from comity.graph.loading import Load
    from comity.graph.stores import Store

COUNTS = ("source", "read", "stored", "unchanged", "skipped", "rejected", "revision")
"""What is printed of a load, in this order."""


@click.command()
@click.argument("source")
@click.argument("names", metavar="FILE...", nargs=-1)
@format_option
@store_option
@click.pass_obj
def load(settings: Settings, source: str, names: tuple[str, ...], format: str, address: str | None) -> None:
    """Load facts into the store. Loading the same again changes nothing.

    SOURCE says what sort of files they are; `dossier` is the only one so far: facts that people wrote down in YAML. Each FILE is
    a path, or the id of a dossier that comes with comity: japan-europe, treaties.

    All files are read before the first is stored. What a dossier does not hold any more is retracted. Counts are of records: read =
    stored + unchanged + skipped + rejected. JSON is one object for one file, a list for several.

    \b
    Example:
      comity load dossier treaties
    """
    from comity.graph.loading import load as load_reading
    from comity.loaders.dossier import bundled
    from comity.loaders.sources import SOURCES, source_kind

    if source not in SOURCES and (Path(source).exists() or source in bundled()):
        raise click.UsageError(f"{source} is a dossier: comity load dossier {source}")
    kind = source_kind(source)
    if not names:
        raise click.UsageError(f"name what to load: {kind.about}")
    opened = [kind.open(name) for name in names]
    loads: list[Load] = []
    with opening(settings, address, create=True) as store:
        for each in opened:
            for warning in each.warnings:
                note(f"Warning: {warning}")
            with progress(each.reading.collection) as advance:
                loads.append(load_reading(store, each.reading, advance))
    _show_loads(loads, format)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def check(files: tuple[str, ...]) -> None:
    """Check dossiers and load nothing: every fault is named with its file, line and field, and what to write instead.

    \b
    Example:
      comity check facts.yaml
    """
    from comity.graph.errors import DossierError
    from comity.loaders.dossier import read_dossier

    faults: list[str] = []
    for file in files:
        try:
            dossier = read_dossier(file)
        except DossierError as error:
            faults += error.faults
            continue
        for warning in dossier.warnings:
            note(f"Warning: {warning}")
        facts = len({statement.fact for statement in dossier.statements})
        click.echo(
            f"{file}: no fault in dossier {dossier.id} ({facts} facts, {len(dossier.sources)} sources)"
        )
    if faults:
        raise DossierError(faults)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def new(file: str, force: bool) -> None:
    """Write a dossier to start from, with comments that explain it; `-` prints it.

    \b
    Example:
      comity new my-facts.yaml
    """
    from comity.graph.errors import InputError
    from comity.loaders.dossier import template

    if file == "-":
        click.echo(template(), nl=False)
        return
    try:
        with open(file, "w" if force else "x", encoding="utf-8", newline="\n") as out:
            out.write(template())
    except FileExistsError:
        raise InputError(f"{file} is there already: name another file, or replace it with --force") from None
    note(f"Wrote {file}. Edit it, then: comity check {file}")


@click.command()
@format_option
@with_store
def status(store: "Store", format: str) -> None:
    """Tell what the store holds: collections, counts, revision.

    It is what the store holds now, whatever a past day of record would answer (--known-on elsewhere). Two stores with the same revision
    hold the same statements.

    \b
    Example:
      comity status
    """
    from comity.queries.inventory import inventory

    found = inventory(store)
    document = found.to_dict()
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.kinds.items())
    head = [
        f"store     {found.store} ({found.engine})",
        f"revision  {found.revision}",
        f"actors    {found.countries} countries, {found.organizations} organizations",
        f"facts     {found.facts}" + (f": {kinds}" if kinds else ""),
        *(
            [f"people    {found.decisions} decisions, {found.judgements} judgements"]
            if found.decisions or found.judgements
            else []
        ),
        "",
    ]
    columns = ("collection", "facts", "statements", "sources", "changed")
    show(format, document["collections"], columns, document=document, head=head)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int], None]]:
    """A line on standard error that counts the records read; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda read: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}: {task.completed:,.0f} records"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda read: bar.update(task, completed=read)


def _show_loads(loads: "list[Load]", format: str) -> None:
    for done in loads:
        for rejected in done.rejections:
            note(f"Rejected: {rejected.place}: {rejected.reason}")
        if done.retracted:
            note(
                f"{done.source}: {done.retracted} facts held before are retracted; loading them again brings them back"
            )
    rows: list[dict[str, Any]] = [{name: getattr(done, name) for name in COUNTS} for done in loads]
    if format == "table":
        rows = [{**row, "revision": row["revision"][:12]} for row in rows]
    show(format, rows, COUNTS, document=rows[0] if len(rows) == 1 else rows)


COMMANDS = (new, check, load, status)
