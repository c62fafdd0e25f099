"""The rules' reference, made from the table of rules: `python -m comity.queries.audit.manual docs/audit.md` updates it."""

import sys
from collections.abc import Iterator
from pathlib import Path

from comity.queries.audit.licences import ALLOWING
from comity.queries.audit.rules import RULES

MARK = "<!-- From here on made by: python -m comity.queries.audit.manual docs/audit.md -->"


def reference() -> str:
    """A table of the rules, each rule's reason and remedy, and the licences that let words be carried."""
    return "\n".join(_lines())


def updated(text: str) -> str:
    """The document with everything below the mark made anew."""
    return f"{text.partition(MARK)[0]}{MARK}\n\n{reference()}"


def _lines() -> Iterator[str]:
    yield from ("## The rules", "", "| rule | level | finds | checks |", "|---|---|---|---|")
    yield from (f"| `{rule.name}` | {rule.level} | {rule.about} | {rule.counts} |" for rule in RULES.values())
    yield from ("", "## Why, and what to do", "", "| rule | why it matters | remedy |", "|---|---|---|")
    yield from (f"| `{rule.name}` | {rule.why} | {rule.remedy} |" for rule in RULES.values())
    yield from ("", "## Licences that let words be carried", "", "| licence | also written |", "|---|---|")
    yield from (f"| {id} | {'; '.join(names)} |" for id, names in ALLOWING.items())
    yield ""


if __name__ == "__main__":
    document = Path(sys.argv[1])
    document.write_text(updated(document.read_text(encoding="utf-8")), encoding="utf-8")
