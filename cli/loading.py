"""Commands that write facts down, bring them into a store: new, check, load, status."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from comity.cli.options import Target, format_option, store_option, with_store
from comity.cli.output import counted, note, show
from comity.cli.progress import progress
from comity.cli.settings import Settings

if TYPE_CHECKING:
    from comity.graph.loading import Load, Plan
    from comity.graph.stores import Store
    from comity.loaders.codes import Codes
    from comity.loaders.loader import Loader, Opened

REJECTIONS = 5
"""What went into quarantine that is printed one by one; `comity quarantine` shows all of it."""


@click.command()
@click.argument("source")
@click.argument("names", metavar="FILE...", nargs=-1)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Only say which facts would be added, changed or retracted, and how many sources described anew.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Do not ask before another release of a data set, or version of a dossier, changes what is held.",
)
@format_option
@store_option
@click.pass_obj
def load(
    settings: Settings, source: str, names: tuple[str, ...], dry_run: bool, yes: bool, format: str, address: str | None
) -> None:  # fmt: skip
    """Load facts into the store. Loading the same again changes nothing.

    SOURCE says what sort of files they are: `dossier` for facts that people wrote down in YAML (each FILE is a path, or the id of a
    dossier that comes with comity: japan-europe, treaties), or a data set of the field in its published format (`comity sources`
    lists them). A folder stands for the files in it that are named as they are published, and a pattern in quotes, such as '2015*.zip',
    for those that it finds.

    All files are looked through before the first is stored. What a dossier, or another release of a data set, does not hold any more
    is retracted. That, and what another release changes, is shown before, and on a terminal you are asked. Elsewhere (in a script, a
    pipe) it is done without --yes, too: look with --dry-run first.

    Counts are of records: read = stored + unchanged + skipped + rejected. What cannot be read is kept in quarantine (`comity
    quarantine`). JSON is one object for one file, a list for several.

    \b
    Example:
      comity load dossier treaties
    """
    from comity.loaders.bringing import open_files, plan_of
    from comity.loaders.codes import Codes
    from comity.loaders.dossier import bundled
    from comity.loaders.sources import loader_of, loaders

    if source not in loaders() and (Path(source).exists() or source in bundled()):
        raise click.UsageError(f"{source} is no sort of source; for a dossier: comity load dossier {source}")
    loader = loader_of(source)
    if not names:
        raise click.UsageError(f"name what to load: {loader.files}")
    codes = Codes()
    opened = open_files(loader, names, codes)
    if dry_run:
        with _looking(settings, address) as store:
            _show_plans([plan_of(store, each, codes) for each in opened], format)
        return
    with settings.opened(address, create=True) as store:
        if yes or _agreed(store, loader, names, opened):
            bring(store, opened, codes, format)
            _cite(opened)


@contextmanager
def _looking(settings: Settings, address: str | None) -> "Iterator[Store]":
    """The store as it is; an empty one where nothing was ever loaded, without making it there."""
    from comity.graph.errors import NotAStore
    from comity.graph.stores import is_server, open_store

    with ExitStack() as stack:
        try:
            store = stack.enter_context(settings.opened(address))
        except NotAStore:
            if is_server(address or settings.store) or Path(address or settings.store).exists():
                raise
            store = stack.enter_context(open_store(f"{stack.enter_context(TemporaryDirectory())}/store"))
        yield store


def bring(store: "Store", opened: "Sequence[Opened]", codes: "Codes", format: str) -> None:
    """Load what was opened, and tell what became of it."""
    from comity.loaders import bringing

    loads: list[Load] = []
    for each in opened:
        for warning in each.warnings:
            note(f"Warning: {warning}")
        with progress(each.reading.collection, each.reading.length) as advance:
            loads.append(bringing.bring(store, each, codes, advance))
    _show_loads(loads, format)


def _cite(opened: "Sequence[Opened]") -> None:
    """Print what data sets ask to be cited by."""
    from comity.loaders.bringing import citations

    for citation in citations(opened):
        note(f"Please cite: {citation}")


def _agreed(store: "Store", loader: "Loader", names: "Sequence[str]", opened: "Sequence[Opened]") -> bool:
    """Whether the user agrees to what another release of a data set changes, or what a dossier does not hold any more.

    That is told anywhere, and asked only on a terminal.
    """
    from comity.graph.loading import is_another_release
    from comity.graph.statements import live_facts
    from comity.loaders.bringing import plan_of
    from comity.loaders.codes import Codes

    dossiers = {
        each.reading.scope for each in opened if each.reading.whole and live_facts(store, each.reading.scope)
    }
    newer = dossiers | {each.reading.scope for each in opened if is_another_release(store, each.reading)}
    if not newer:
        return True
    codes = Codes()  # a plan uses the readings up, so they are opened anew for it
    again = [each for each in loader.readings(names, codes) if each.reading.scope in newer]
    plans = [
        (scope, found)
        for scope, found in (plan_of(store, each, codes) for each in again)
        if found.retracted or (found.changed and scope not in dossiers)
    ]
    for scope, found in plans:
        another = "version" if scope in dossiers else "release"
        note(
            f"{scope}: another {another}. {counted(len(found.added), 'fact')} added, {len(found.changed)} changed, "
            f"{len(found.retracted)} retracted, {found.unchanged} as before; --dry-run lists them"
        )
    return not plans or not sys.stdin.isatty() or click.confirm("Load it?", err=True)


def _show_plans(plans: "list[tuple[str, Plan]]", format: str) -> None:
    from comity.loaders.bringing import plans_document

    document = plans_document(plans)
    rows, counts = document["changes"], document["counts"]
    if format == "table":
        show(format, counts)
        rows = [row for row in rows if row["change"] != "added"]
        if rows:
            click.echo("")
            show(format, rows)
    else:
        show(format, rows, ("source", "change", "fact"), document=document)


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
@click.argument("file", type=Target(dir_okay=False, allow_dash=True))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def new(file: str, force: bool) -> None:
    """Write a dossier to start from, with comments that explain it; `-` prints it.

    \b
    Example:
      comity new my-facts.yaml
    """
    from comity.graph.errors import InputError
    from comity.graph.files import write_whole
    from comity.loaders.dossier import template

    if file == "-":
        click.echo(template(), nl=False)
        return
    if not force and Path(file).exists():
        raise InputError(f"{file} is there already: name another file, or replace it with --force")
    write_whole(Path(file), {"": template().encode()})
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


def _show_loads(loads: "list[Load]", format: str) -> None:
    from comity.loaders.bringing import COUNTS, load_document

    for done in loads:
        for rejected in done.rejections[:REJECTIONS]:
            note(f"{'Not used of' if rejected.part else 'Rejected:'} {rejected.place}: {rejected.reason}")
        if len(done.rejections) > REJECTIONS:
            note(f"… and {len(done.rejections) - REJECTIONS} more: comity quarantine {done.source}")
        for reason, number in done.reasons.items():
            note(f"Skipped {counted(number, 'record')}: {reason}")
        if done.read and not done.stored + done.unchanged:
            note(f"Warning: nothing in {done.source} could be used; what is held of it stays")
        if done.retracted:
            note(
                f"{done.source}: {done.retracted} facts held before are retracted; loading them again brings them back"
            )
    rows = [load_document(done) for done in loads]
    if format == "table":
        rows = [{**row, "revision": row["revision"][:12]} for row in rows]
    show(format, rows, COUNTS, document=rows[0] if len(rows) == 1 else rows)


COMMANDS = (new, check, load, status)
