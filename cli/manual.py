"""The commands' reference, made from their help: `python -m comity.cli.manual docs/commands.md` brings the file up to date."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from comity.cli.app import commands

MARK = "<!-- From here on made from the commands' own help: python -m comity.cli.manual docs/commands.md -->"

_WIDTH = 100
_EXAMPLE = re.compile(r"^\s*Example:\n((?:\s+comity .*\n?)+)", re.MULTILINE)


def reference() -> str:
    """Every command with its help, as Markdown."""
    return "\n".join([MARK, "", *_sections()])


def examples(command: click.Command) -> list[str]:
    """The lines that the help of a command gives as an example."""
    found = _EXAMPLE.search(command.help or "")
    return [line.strip() for line in found[1].splitlines()] if found else []


def updated(text: str) -> str:
    """The document with everything below the mark made anew."""
    return text.partition(MARK)[0] + reference()


def every_command(group: click.Group = commands, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its name as it is typed, those of a group after it."""
    for name, command in sorted(group.commands.items()):
        yield f"{prefix}{name}", command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{prefix}{name} ")


def _sections() -> Iterator[str]:
    with click.Context(commands, info_name="comity", help_option_names=["-h", "--help"]) as root:
        for name, command in every_command():
            with click.Context(command, root, name, terminal_width=_WIDTH, max_content_width=_WIDTH) as ctx:
                yield f"## comity {name}\n\n```text\n{command.get_help(ctx)}\n```\n"


if __name__ == "__main__":
    document = Path(sys.argv[1])
    document.write_text(updated(document.read_text(encoding="utf-8")), encoding="utf-8")
