"""What stands below a chart: what was asked, and where two questions are compared, what is common and what each has of its own."""

import textwrap
from collections.abc import Iterable

from comity.graph.slices import History, Question

LETTERS = 17
"""Characters of a caption in an inch of its width."""

SIDE = 34
"""Characters in a line below one side of a chart."""


def facets(question: Question, revision: str) -> dict[str, str]:
    """What is asked, each thing by its name."""
    return {
        "time": question.as_of.text.replace("/", " to "),
        "layers": f"{'+'.join(question.layers)} ({', '.join(question.types) or 'all types'})",
        "certainty": f"{question.certainty} ties",
        "rule": f"rule {question.rule}",
        "sources": f"sources {', '.join(question.sources) or 'none'}",
        "convention": f"convention {question.convention}",
        **settled(question),
        "revision": f"revision {revision[:12]}",
    }


def settled(by: Question | History) -> dict[str, str]:
    """By what facts are made of statements, each thing by its name."""
    return {
        "policy": f"policy {by.policy}",
        "identity": f"same from {by.applied_from:g}",
        "record": f"record of {by.known_on}" if by.known_on else "latest record",
    }


def compared(before: dict[str, str], after: dict[str, str]) -> tuple[list[str], tuple[list[str], list[str]]]:
    """Which of their facets both have, and which each has of its own; the time, where that is nothing."""
    own = [name for name in before if before[name] != after[name]] or ["time"]
    common = [value for name, value in before.items() if name not in own]
    return common, ([before[name] for name in own], [after[name] for name in own])


def caption(told: Iterable[str], *, width: float) -> list[str]:
    """Facets as lines that a figure of so many inches has room for."""
    return textwrap.wrap("; ".join(told), int(LETTERS * width), break_on_hyphens=False)


def side_label(told: Iterable[str]) -> list[str]:
    """Facets as lines below one side, each facet beginning a new one."""
    return [line for value in told for line in textwrap.wrap(value, SIDE, break_on_hyphens=False)]
