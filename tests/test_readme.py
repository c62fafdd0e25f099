"""The README's console examples are run, in order, and print what it says they print.

`…` on a line of its own stands for any lines, within a line for any text. `python -m tests.test_readme` writes what the commands print
now into the README, for someone to read and shorten.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from comity.queries.engines import ENGINES
from comity.queries.library import library
from comity.queries.measures import MEASURES

README = Path(__file__).parent.parent / "README.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command of the README and the lines that follow it."""

    command: str
    output: str


def examples(text: str) -> Iterator[Example]:
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Example(command, output)


def run(command: str, folder: Path) -> str:
    """What the command prints to standard output, run as in the reader's shell."""
    binaries = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "COMITY_STORE": str(folder / "comity-tour" / "store"),
        "COLUMNS": "110",
    }
    done = subprocess.run(
        ["bash", "-euc", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    # 3 says that something was found: conflicts, findings, claims that do not hold.
    assert done.returncode in (0, 3), f"$ {command}\n{done.stdout}{done.stderr}"
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def as_pattern(expected: str) -> str:
    lines = [
        "(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*?") + "\n"
        for line in expected.splitlines()
    ]
    return "".join(lines)


def test_the_examples_print_what_the_readme_shows(tmp_path: Path) -> None:
    found = list(examples(README.read_text(encoding="utf-8")))
    assert len(found) >= 10
    wrong = []
    for example in found:
        printed = run(example.command, tmp_path)
        if not re.fullmatch(as_pattern(example.output), printed):
            wrong.append(f"$ {example.command}\n--- README\n{example.output}--- printed\n{printed}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("ending", ["comity tour", "pytest"])
def test_one_command_each_sets_everything_up(ending: str) -> None:
    lines = [line for line in README.read_text(encoding="utf-8").splitlines() if line.endswith(ending)]
    assert lines
    assert lines[0].startswith("python3 -m venv .venv && .venv/bin/pip install -q uv && .venv/bin/uv run ")


def test_what_the_readme_counts_is_there() -> None:
    text = " ".join(README.read_text(encoding="utf-8").split())
    assert f"[{len(library())} questions](docs/queries.md)" in text
    assert f"{len(MEASURES)} measures, {len(ENGINES)} engines" in text


def test_what_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", README.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (README.parent / link).exists()]
    assert not missing


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for example in examples(text):
            printed = run(example.command, Path(folder))
            text = text.replace(
                f"$ {example.command}\n{example.output}", f"$ {example.command}\n{printed}", 1
            )
    README.write_text(text, encoding="utf-8")
