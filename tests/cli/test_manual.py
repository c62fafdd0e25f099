"""What the help says is true: every command is documented, and every example runs."""

import re
import shlex
import shutil
from pathlib import Path

import click
import httpx
import pytest

from comity.cli.app import commands
from comity.cli.manual import MARK, every_command, examples, updated
from comity.cli.output import FOUND
from tests.cli.conftest import Run
from tests.loaders.events import gdelt
from tests.service.processes import serving

DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"

COMMANDS = list(every_command())

# What an example needs beside a store that holds the bundled dossiers.
FILES = {"check": "facts.yaml"}
EVENTS = {"aggregate": "20151027.export.CSV"}


JUDGED = ("judge", "japan-europe:acsa-france", "treaties:anzus", "different", "--by", "somebody")
BEFORE: dict[str, list[tuple[str, ...]]] = {
    "restore": [("backup", "-o", "saved"), ("retract", "treaties:nato-members")],
    "withdraw": [JUDGED],
}
"""What has to be there before an example can do anything."""

QUARRELS = """\
dossier: quarrels
title: Disputes, of which the bundled dossiers tell none
sources:
  paper: {title: A newspaper}
facts:
  kuriles:
    kind: dispute
    types: [verbal]
    title: Over the Kuriles
    parties: [JPN, RUS]
    accounts:
      - {source: paper, says: {held: 2016}}
"""

WRITTEN = {"balance": ("quarrels.yaml", QUARRELS)}
"""A dossier that has to be loaded before."""

ASKED = {
    "mcp": '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",'
    '"capabilities":{},"clientInfo":{"name":"somebody","version":"1"}}}\n'
}
"""What stands on standard input, at whose end the command ends."""
SERVING = {"serve"}
"""Commands that run until they are stopped."""

FINDING = {"conflicts", "audit", "test-claim"}
"""Commands whose exit status may say that something was found."""


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_example_runs(
    run: Run,
    bundled_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    command: click.Command,
) -> None:
    monkeypatch.setenv("COMITY_SERVE_KEYS", str(tmp_path / "keys.sqlite"))
    lines = examples(command)
    assert lines, f"comity {name} has no example in its help"
    store = tmp_path / "copy"
    shutil.copytree(bundled_folder, store)
    monkeypatch.setenv("COMITY_STORE", str(store))
    if name in FILES:
        assert run("new", FILES[name]).code == 0
    if name in WRITTEN:
        file, text = WRITTEN[name]
        Path(file).write_text(text, encoding="utf-8")
        assert run("load", "dossier", file).code == 0
    if name in EVENTS:
        event = gdelt("1", {"code": "JPN", "country": "JPN"}, {"code": "GBR", "country": "GBR"}, "040")
        Path(EVENTS[name]).write_text(f"{event}\n", encoding="utf-8")
    for given in BEFORE.get(name, ()):
        before = run(*given)
        assert before.code == 0, before.err
    if name == "keys revoke":
        made = run("keys", "add", "Mori")
        lines = [line.replace("5f0c1a2b", made.out.split("_")[1]) for line in lines]
    for line in lines:
        comity, *arguments = shlex.split(line)
        if name in SERVING:
            with serving(str(store), tmp_path / "keys.sqlite", None, *arguments[1:]) as service:
                assert httpx.get(f"{service.address}/readyz").json() == {"status": "ready"}
                assert service.end() == 0
            continue
        answer = run(*arguments, given=ASKED.get(name))
        assert comity == "comity"
        assert answer.code in (0, FOUND if name in FINDING else 0), answer.err
        assert answer.out or answer.err


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_is_explained(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"comity {name} {parameter.opts[0]}"


WORKED = [
    (page.name, *block)
    for page in (DOCUMENT.with_name("brokerage.md"), DOCUMENT.with_name("structure.md"))
    for block in re.findall(
        r"^```text\n\$ (comity .+)\n((?:.+\n|\n)+?)```", page.read_text(encoding="utf-8"), re.MULTILINE
    )
]
"""Pages with worked examples: a command, and lines of what it prints."""


@pytest.mark.parametrize(("page", "command", "printed"), WORKED, ids=[command for _, command, _ in WORKED])
def test_worked_examples_are_what_is_printed(
    run: Run, bundled_folder: Path, monkeypatch: pytest.MonkeyPatch, page: str, command: str, printed: str
) -> None:
    monkeypatch.setenv("COMITY_STORE", str(bundled_folder))
    answer = run(*shlex.split(command)[1:])
    assert answer.code == 0, answer.err
    assert set(printed.splitlines()) <= set(answer.out.splitlines()), f"docs/{page}: {command}"


def test_the_group_has_an_example_that_is_a_command() -> None:
    assert examples(commands) == ["comity tour"]


def test_the_document_is_up_to_date() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert MARK in text
    assert text == updated(text), "run: python -m comity.cli.manual docs/commands.md"
