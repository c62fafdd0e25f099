"""The command that reads prose: read."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.loading import bring
from comity.cli.options import opening, output_option, store_option
from comity.cli.output import counted, note
from comity.cli.settings import Settings

if TYPE_CHECKING:
    from comity.loaders.reading.candidate import Reader
    from comity.loaders.reading.draft import Draft

STDIN = "-"

SURE = 0.9
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
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Also write a page that shows the text with its passages marked and the facts beside them.",
)
@click.option(
    "--date",
    metavar="DATE",
    help="When the documents were published, in EDTF (2017-01). [default: as they say themselves]",
)
@click.option("--title", metavar="TEXT", help="The document's title. [default: its own, or its first line]")
@click.option("--source", "publisher", metavar="TEXT", help="Who published the documents.")
@click.option(
    "--reader",
    "name",
    default="comity",
    show_default=True,
    metavar="NAME",
    help="What reads: comity, llm, or one that another package adds.",
)
@click.option(
    "--model",
    metavar="NAME",
    default="",
    help="The language model of spaCy that comity's reader uses. [default: its own]",
)
@click.option(
    "--endpoint",
    metavar="URL",
    default="",
    help="With --reader llm: where the chat-completions protocol is spoken.",
)
@click.option(
    "--llm-model",
    metavar="NAME",
    default="",
    help="With --reader llm: the model to ask. Its key is taken from COMITY_LLM_KEY.",
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
@click.pass_obj
def read(
    settings: Settings, names: tuple[str, ...], path: str | None, format: str, page: str | None, date: str | None,
    title: str | None, publisher: str | None, name: str, model: str, endpoint: str, llm_model: str,
    loading: bool, sure: float, yes: bool, address: str | None,
) -> None:  # fmt: skip
    """Read articles, and draft a dossier of the agreements, drills and talks that they tell of, for a person to correct.

    A FILE is a text, HTML (its main content is read), a PDF (its text layer), a folder of these, or `-` for standard input. Every
    statement has its place in the text, and a hash of the words there; for HTML and PDF that text is written beside the draft. What
    was repaired, inferred or left out is said in comments. What the text denies is no fact, and what it plans is announced or planned.

    The reader makes mistakes (docs/reading.md says how many): look at the draft beside the text, or at the page of --html, correct
    it, and load it with `comity load dossier`. A file that cannot be read is named, the others are read, and the exit code is 1.

    \b
    Example:
      comity read example
    """
    from comity.loaders.reading.document import read_files
    from comity.loaders.reading.readers import Options, reader_of
    from comity.loaders.reading.writing import draft_dossier, json_lines

    options = Options(llm_model if name == "llm" else model, endpoint, settings.llm_key)
    reader = reader_of(name, options)
    ...
