"""The tables of docs/dossier.md, made from form.py and the kinds, so that the page cannot tell anything else.

`python -m comity.loaders.form_tables docs/dossier.md` fills them in anew.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from comity.graph.kinds import Kind, kinds
from comity.loaders import form

_BLOCK = re.compile(r"<!-- table: ([a-z]+) -->\n.*?<!-- end -->", re.DOTALL)


def fill(page: str) -> str:
    """The page with every `<!-- table: NAME -->` … `<!-- end -->` holding the table of that name."""
    found = tables()
    return _BLOCK.sub(lambda block: f"<!-- table: {block[1]} -->\n{found[block[1]]}\n<!-- end -->", page)


def tables() -> Mapping[str, str]:
    """One table for each part of a dossier, and the tables of all kinds under `kinds`."""
    parts = {part: _fields(part) for part in form.FORM}
    return parts | {"kinds": "\n\n".join(_kind(kind) for kind in kinds().values())}


def _fields(part: str) -> str:
    rows = [(f"`{field.name}`", "yes" if field.required else "", field.about) for field in form.FORM[part]]
    return _table(("field", "needed", "what it holds"), rows)


def _kind(kind: Kind) -> str:
    properties = {
        name: told.about + ("" if told.value == "names" else f" ({told.value})")
        for name, told in kind.properties.items()
    }
    steps = {name: step.about for name, step in kind.steps.items()}
    words = {"type": kind.types, "role": kind.roles, "step": steps, "property": properties}
    rows = [(what, f"`{name}`", about) for what, known in words.items() for name, about in known.items()]
    return f"### {kind.name}\n\n{kind.about}\n\n" + _table(("", "word", "meaning"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(fill(path.read_text(encoding="utf-8")), encoding="utf-8")
