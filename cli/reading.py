"""The command that reads prose: read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.loading import bring
from comity.cli.options import Target, output_option, store_option
from comity.cli.output import STDOUT, counted, note
from comity.cli.settings import Settings

if TYPE_CHECKING:
    from comity.loaders.reading.candidate import Reader
    from comity.loaders.reading.document import About
    from comity.loaders.reading.draft import Draft
    from comity.loaders.reading.texts import Faulty, Text
    from comity.viz.article import Article

SURE = 0.75
"""The confidence from which facts are loaded without a person's look at them."""


@click.command()
@click.argument("names", metavar="FILE...", nargs=-1, required=True)
@output_option("The file to write. [default: standard output]", required=False)
@click.option(
    "--format",
    "format",
    type=click.Choice(("yaml", "jsonl")),
    default="yaml",
    show_default=True,
    help="A draft dossier to correct, or one line of JSON for each fact.",
)
@click.option(
    "--html",
    "page",
    type=Target(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write a page that shows the text with its passages marked, and the facts beside them.",
)
@click.option(
    "--date",
    default="",
    metavar="DATE",
    help="When the documents were published, as in 2017-01. [default: as they say]",
)
@click.option(
    "--title", default="", metavar="TEXT", help="The document's title. [default: its own, or its first line]"
)
@click.option("--source", "publisher", default="", metavar="TEXT", help="Who published the documents.")
@click.option("--force", is_flag=True, help="Replace a draft that is there and may have been corrected.")
@click.option(
    "--people", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="People to know besides comity's own: a table (CSV) with the columns name, actor and span of office.",
)  # fmt: skip
@click.option(
    "--reader",
    default="comity",
    show_default=True,
    metavar="NAME",
    help="Who reads: comity, llm, or a reader that another package adds.",
)
@click.option(
    "--model",
    default="",
    metavar="NAME",
    help="The model of spaCy that comity's reader uses. [default: that of the extra reader]",
)
@click.option(
    "--endpoint",
    default="",
    metavar="URL",
    help="With --reader llm: where the chat-completions protocol is spoken.",
)
@click.option(
    "--llm-model",
    default="",
    metavar="NAME",
    help="With --reader llm: the model to ask; its key is taken from COMITY_LLM_KEY.",
)
@click.option(
    "--load", "loading", is_flag=True, help="Load the facts as they were read, if all are sure enough."
)
@click.option(
    "--sure",
    type=click.FloatRange(0, 1),
    default=SURE,
    show_default=True,
    metavar="CONFIDENCE",
    help="With --load: the confidence that every fact needs.",
)
@click.option("--yes", is_flag=True, help="With --load: load the facts however unsure they are.")
@store_option
@click.pass_context
def read(
    ctx: click.Context, names: tuple[str, ...], path: str | None, format: str, page: Path | None, date: str, title: str, publisher: str,
    force: bool, people: Path | None, reader: str, model: str, endpoint: str, llm_model: str, loading: bool, sure: float, yes: bool, address: str | None,
) -> None:  # fmt: skip
    """Read articles, and draft a dossier of the agreements, drills and talks that they tell of, for a person to correct.

    A FILE is a text, HTML (its main content is read), a PDF (its text layer), a folder of these, `-` for standard input, or `example`,
    a short text that comes with comity. Every statement has its place in the text and a hash of the words there; of HTML and PDF that
    text is written beside the draft. What was repaired, inferred or left out is said in comments. What the text denies is no fact, and
    what it plans is announced or planned.

    A reader makes mistakes (docs/reading.md says how many): look at the draft with the text beside it, or at the page of --html,
    correct it, and load it with `comity load dossier`. A file that cannot be read is named, the others are read, and the exit code is 1.

    \b
    Example:
      comity read example
    """
    from comity.loaders.codes import Codes
    from comity.loaders.reading.direct import as_read, refuse_to_replace
    from comity.loaders.reading.document import About
    from comity.loaders.reading.naming import Names, read_people
    from comity.loaders.reading.readers import Options, reader_of

    if page == Path(STDOUT):
        raise click.UsageError("--html needs the name of a file")
    _refuse_the_same(path, page, [*names, *([str(people)] if people else [])])
    settings: Settings = ctx.obj
    known = Names(read_people(people)) if people else None
    options = Options(llm_model if reader == "llm" else model, endpoint, settings.llm_key, known)
    drafts, faulty = _drafts(
        names, reader_of(reader, options), About(date, title, publisher, known), listing=format == "jsonl"
    )
    if drafts:
        opened = as_read(drafts, 0 if yes else sure) if loading else None
        if path or not opened:
            _write(drafts, format, path, page, force)
        if page:
            _draw(drafts, page)
        if opened:
            with settings.opened(address, create=True) as store:
                if not yes:
                    refuse_to_replace(store, opened)
                bring(store, [opened], Codes(), "table")
    ctx.exit(1 if faulty else 0)


def _refuse_the_same(path: str | None, page: Path | None, names: "Sequence[str]") -> None:
    """No file is written over one that is read, nor over another that is written."""
    from comity.graph.errors import InputError

    read = {Path(name).resolve() for name in names if name != STDOUT}
    outputs = [Path(path)] if path not in (None, STDOUT) else []
    outputs += [page] if page else []
    for number, output in enumerate(outputs):
        target = output.resolve()
        if target in read or any(target.is_file() and file in target.parents for file in read):
            raise InputError(f"{output} is read or lies in a folder that is read: write to another file")
        if target in [other.resolve() for other in outputs[:number]]:
            raise InputError(f"{output} is named for the draft and for the page: give each a file of its own")


def _drafts(
    names: "Sequence[str]", reads: "Reader", about: "About", *, listing: bool
) -> "tuple[list[Draft], bool]":
    """The drafts of the files, and whether there were files that could not be read; each is told of."""
    from comity.loaders.reading.document import read_document
    from comity.loaders.reading.texts import Faulty

    drafts: list[Draft] = []
    faulty = False
    for text in _texts(names):
        if isinstance(text, Faulty):
            faulty = True
            note(f"Error: {text.error}")
            continue
        for warning in text.warnings:
            note(f"Warning: {warning}")
        drafts.append(read_document(text, reads, about))
        _tell(drafts[-1], listing)
    return drafts, faulty


def _texts(names: "Sequence[str]") -> "Iterator[Text | Faulty]":
    """The texts of the files, and the one that comes with comity where its name is given and no file has it."""
    from comity.loaders.reading import example
    from comity.loaders.reading.texts import read_all

    for name in names:
        if name == example.NAME and not Path(name).exists():
            yield example.example()
        else:
            yield from read_all([name])


def _tell(draft: "Draft", listing: bool) -> None:
    """What came of a document; with `listing` the repairs and what was left out, which a dossier has in its comments."""
    found = (
        counted(len(draft.facts), "fact"), f"{len(draft.denied)} denied", counted(len(draft.corrections), "repair"),
        f"{len(draft.left_out)} left out",
    )  # fmt: skip
    note(f"{draft.file}: {', '.join(found)}")
    if listing:
        for one in draft.corrections:
            note(f"  repaired {one.start}–{one.end}: {one.was!r} read as {one.now!r} ({one.rule})")
        for left in draft.left_out:
            note(f"  left out {left.start}–{left.end}: {left.reason}")


def _write(drafts: "Sequence[Draft]", format: str, path: str | None, page: Path | None, force: bool) -> None:
    """The draft in its format, and beside it the texts that spans count in where they are no files yet."""
    from comity.graph.files import write_whole
    from comity.loaders.reading.writing import draft_dossier, json_lines, texts_beside

    written = (
        draft_dossier(drafts, Path(path).stem if path else "")
        if format == "yaml"
        else "".join(map(json_lines, drafts))
    )
    if path in (None, STDOUT):
        click.echo(written.encode(), nl=False)
        for draft in drafts:
            if draft.derived:
                note(
                    f"{draft.file}: places count in the text taken from it; -o FILE writes that text beside the draft"
                )
        return
    target = Path(path)
    _refuse_to_replace(target, written, format, force)
    taken = {target.resolve(), *([page.resolve()] if page else [])}
    for file, text in {target: written, **texts_beside(drafts, target.parent, taken)}.items():
        write_whole(file, {"": text.encode()})
        note(f"Wrote {file}")


def _refuse_to_replace(target: Path, written: str, format: str, force: bool) -> None:
    """A draft that somebody may have corrected stays."""
    from comity.graph.errors import InputError

    if force or format != "yaml" or not target.is_file():
        return
    if target.read_bytes() not in (b"", written.encode()):
        raise InputError(
            f"{target} is there already, perhaps corrected: name another file, or replace it with --force"
        )


def _draw(drafts: "Sequence[Draft]", page: Path) -> None:
    from comity.graph.files import write_whole
    from comity.viz.article import draw_articles

    drawn = draw_articles([_article(draft) for draft in drafts]).encode()
    write_whole(page, {"": drawn})
    note(f"Wrote {page} ({len(drawn) / 1e6:.1f} MB). Open it in a browser.")


def _article(draft: "Draft") -> "Article":
    from comity.loaders.reading.writing import record
    from comity.viz.article import Article, Remark

    return Article(
        title=draft.title,
        text=draft.text,
        file=draft.file,
        date=draft.date,
        facts=[record(draft.file, fact) for fact in draft.facts],
        denied=[record(draft.file, fact) for fact in draft.denied],
        repairs=[
            Remark(one.start, one.end, f"“{one.was}” read as “{one.now}” ({one.rule})")
            for one in draft.corrections
        ],
        left_out=[Remark(one.start, one.end, one.reason) for one in draft.left_out],
    )


COMMANDS = (read,)
