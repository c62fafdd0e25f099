"""Commands about the field's data sets: which can be loaded, how to cite them, and what of them could not be read."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.cli.options import (
    by_option,
    format_option,
    given,
    output_option,
    reason_option,
    slice_options,
    with_store,
)
from comity.cli.output import counted, note, show, show_json
from comity.queries.cells import csv_text

if TYPE_CHECKING:
    from comity.graph.quarantine import Quarantined
    from comity.graph.slices import Question
    from comity.graph.stores import Store


@click.command()
@format_option
def sources(format: str) -> None:
    """List the sources that `comity load` can read, with their terms and how to cite them.

    \b
    Example:
      comity sources
    """
    from comity.loaders.loader import DESCRIBED
    from comity.loaders.sources import loaders

    rows = [loader.to_dict() for loader in loaders().values()]
    shown = ("name", "about", "version", "coverage", "licence")
    show(format, rows, shown if format == "table" else DESCRIBED)
    if format == "table":
        for row in rows:
            if row["citation"]:
                click.echo(f"\n{row['name']}: cite {row['citation']}")


@click.command(name="cite")
@click.option(
    "--style", default="text", show_default=True, metavar="STYLE", help="text, bibtex or csl (JSON)."
)
@slice_options
@with_store
@click.pass_context
def cite_command(ctx: click.Context, store: "Store", question: "Question", style: str) -> None:
    """Print what to cite: every source of the store or, where any other option is given, those of the slice that it describes.

    \b
    Example:
      comity cite --style bibtex --layer drill --as-of 2016
    """
    from comity.graph.errors import UnknownName
    from comity.graph.slices import take
    from comity.loaders.sources import loaders
    from comity.queries.citing import cite, live_sources, sources_named, sources_of

    named = {option.name for option in ctx.command.params if given(ctx, option.name or "")} - {
        "style",
        "address",
    }
    if named - {"sources"}:
        found = sources_named(store, sources_of(take(store, question)), question.known_on)
    else:
        live = live_sources(store).values()
        known = {name for source in live for name in (source.id, source.collection)}
        for name in sorted(set(question.sources) - known):
            raise UnknownName("loaded source", name, sorted({source.collection for source in live}))
        found = [s for s in live if not question.sources or {s.id, s.collection} & set(question.sources)]
    entries = {name: loader.bibtex for name, loader in loaders().items() if loader.bibtex}
    cited = cite(found, style, entries)
    if isinstance(cited, str):
        click.echo(cited)
    else:
        show_json(cited)


@click.command()
@click.argument("collection", required=False)
@click.option("--records", is_flag=True, help="Every record, instead of what is wrong and how often.")
@output_option("Write the records to a CSV file.", required=False)
@click.option(
    "--retry", is_flag=True, help="Read the files again that they came from, with the mappings of now."
)
@format_option
@with_store
def quarantine(
    store: "Store", collection: str | None, records: bool, path: str | None, retry: bool, format: str
) -> None:
    """List what could not be read of a data set: codes and names that mean nobody or several, dates that cannot be, broken rows.

    Nothing of it is lost: the records stay in quarantine until the source can be read. `comity identify` says whom a code or name
    means; then --retry loads the same files again.

    \b
    Example:
      comity quarantine
    """
    from comity.graph.files import write_whole
    from comity.graph.quarantine import read_quarantine

    held = read_quarantine(store, collection)
    if retry:
        if records or path:
            raise click.UsageError("--retry reads files again: leave --records and -o out")
        _retry(store, {one.scope for one in held} | ({collection} if collection else set()), format)
        return
    if path:
        rows = [_record(one) for one in held]
        write_whole(Path(path), {"": csv_text(rows, RECORD).encode()})
        note(f"Wrote {path}: {counted(len(rows), 'record')}.")
        return
    if records:
        show(format, [_record(one) for one in held], RECORD)
    else:
        show(format, _gathered(held), GATHERED)


RECORD = (
    "collection",
    "scope",
    "place",
    "reason",
    "value",
    "system",
    "candidates",
    "part",
    "records",
    "record",
)
GATHERED = ("collection", "reason", "value", "system", "candidates", "records", "first")


def _record(one: "Quarantined") -> dict[str, Any]:
    found = one.rejected
    return {
        "collection": one.collection, "scope": one.scope, "place": found.place, "reason": found.reason, "value": found.value,
        "system": found.system, "candidates": list(found.candidates), "part": found.part, "records": found.records,
        "record": found.record,
    }  # fmt: skip


def _gathered(held: "list[Quarantined]") -> list[dict[str, Any]]:
    """What is wrong, the most frequent first, with the number of records and the place of the first."""
    groups: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one in held:
        found = one.rejected
        group = groups.setdefault(
            (one.collection, found.reason, found.value),
            {
                "collection": one.collection, "reason": found.reason, "value": found.value, "system": found.system,
                "candidates": list(found.candidates), "records": 0, "first": found.place,
            },
        )  # fmt: skip
        group["records"] += found.records
    return sorted(
        groups.values(), key=lambda group: (group["collection"], -group["records"], group["reason"])
    )


def _retry(store: "Store", scopes: set[str], format: str) -> None:
    from comity.cli.loading import bring
    from comity.graph.errors import InputError
    from comity.graph.quarantine import SENT, files_behind
    from comity.loaders.codes import Codes
    from comity.loaders.sources import loader_of

    behind = files_behind(store, scopes)
    for name, files in behind:
        for file in files:
            if file.startswith(SENT):
                sent = file.removeprefix(SENT)
                raise InputError(
                    f"{sent} was sent to the service, which keeps no files: send it again, or load it with comity load {name} {sent}"
                )
            if not Path(file).exists():
                raise InputError(
                    f"{file} is not there any more: load it from where it is now, with comity load {name} FILE"
                )
    codes = Codes()
    opened = [each for name, files in behind for each in loader_of(name).readings(files, codes)]
    bring(store, opened, codes, format)


@click.command()
@click.argument("value")
@click.argument("actor", required=False)
@click.option("--in", "collection", required=True, metavar="COLLECTION", help="The data set that writes so.")
@click.option(
    "--system",
    default="",
    metavar="NAME",
    help="The system of codes it is read in, such as cow. [default: names]",
)
@click.option("--undo", is_flag=True, help="Take the mapping back.")
@reason_option
@by_option
@with_store
def identify(
    store: "Store",
    value: str,
    actor: str | None,
    collection: str,
    system: str,
    undo: bool,
    reason: str,
    by: str,
) -> None:
    """Say whom a code or name in a data set means, where comity does not know (`comity quarantine` lists these).

    It holds for the next load of that data set, for `comity quarantine --retry` too. Statements that rest on it say so.

    \b
    Example:
      comity identify "Rep. of Korea (South)" KOR --in mme --reason "the other Korea has its own spelling"
    """
    from comity.graph.crosswalk import crosswalk
    from comity.graph.mappings import Mapping, add_mapping, remove_mapping

    if undo:
        remove_mapping(store, collection, system, value, by=by, reason=reason)
        note(
            f"{value!r} is not mapped any more; comity quarantine {collection} --retry reads {collection} again without it."
        )
        return
    if actor is None:
        raise click.UsageError("name the actor that is meant, such as KOR")
    found = crosswalk().one(actor)
    system = _system_of(store, collection, system, value)
    add_mapping(store, Mapping(collection, system, value, found.id, by, reason))
    note(f"{value!r} means {found.name} ({found.id}) in {collection} from the next load on.")


def _system_of(store: "Store", collection: str, system: str, value: str) -> str:
    """The system in which the collection has the value in quarantine, if it has; `InputError` where a mapping could never be used."""
    from comity.graph.crosswalk import SYSTEMS
    from comity.graph.errors import InputError, UnknownName
    from comity.graph.mappings import key_of
    from comity.graph.quarantine import read_quarantine
    from comity.graph.statements import read_sources
    from comity.loaders.sources import loaders

    if not value.strip():
        raise InputError("an empty value means nobody: name the code or name that stands in the data set")
    if system and system not in SYSTEMS:
        raise UnknownName("system of codes", system, SYSTEMS)
    # A loader without a title reads data sets that have names of their own: dossiers, and any other table.
    known = {source.collection for source in read_sources(store).values()}
    known |= {loader.name for loader in loaders().values() if loader.title}
    if collection not in known:
        raise UnknownName("data set", collection, sorted(known))
    waiting = {
        one.rejected.system
        for one in read_quarantine(store, collection)
        if key_of(one.rejected.system, one.rejected.value) == key_of(one.rejected.system, value)
    }
    return waiting.pop() if not system and len(waiting) == 1 else system


COMMANDS = (sources, cite_command, quarantine, identify)
