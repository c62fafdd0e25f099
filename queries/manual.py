"""The references of measures and queries, made from their own words: `python -m comity.queries.manual docs` updates them."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from comity.queries.engines import ENGINES
from comity.queries.exports import CSV_COLUMNS, SHAPES
from comity.queries.headers import SORTS
from comity.queries.library import Query, library
from comity.queries.measures import MEASURES

MARK = "<!-- From here on made by: python -m comity.queries.manual docs -->"


def measures_reference() -> str:
    """A table of the measures, and of the engines that offer them."""
    rows = [
        f"| `{name}`{''.join(f', `{alias}`' for alias in measure.aliases)} | {measure.about} |"
        for name, measure in MEASURES.items()
    ]
    return "\n".join(["| measure | number per actor |", "|---|---|", *rows, "", *_engines()])


def _engines() -> Iterator[str]:
    yield from ("## What each engine offers", "", "| engine | what it is |", "|---|---|")
    yield from (f"| `{engine.name}` | {engine.about} |" for engine in ENGINES.values())
    yield from ("", "How far its values may be from the measure's own function, relative to their size:", "")
    yield f"| measure | {' | '.join(ENGINES)} |"
    yield "|---" * (len(ENGINES) + 1) + "|"
    for name, measure in MEASURES.items():
        offered = [engine.tolerances.get(name) for engine in ENGINES.values()]
        exact = [
            "no" if tolerance is None else "exact" if measure.whole else f"{tolerance:g}"
            for tolerance in offered
        ]
        yield f"| `{name}` | {' | '.join(exact)} |"
    yield ""


def queries_reference() -> str:
    """The sorts of parameters, then every query with parameters and columns; last the shapes of exports."""
    return "\n".join(_queries())


REFERENCES: dict[str, Callable[[], str]] = {
    "measures.md": measures_reference,
    "queries.md": queries_reference,
}
"""The documents that end in a reference, by their names."""


def updated(text: str, reference: str) -> str:
    """The document with everything below the mark made anew."""
    return f"{text.partition(MARK)[0]}{MARK}\n\n{reference}"


def _queries() -> Iterator[str]:
    yield from ("## How values are written", "", "| sort | value |", "|---|---|")
    yield from (f"| {sort} | {about} |" for sort, about in SORTS.items())
    yield from ("", "## The queries", "")
    for query in library().values():
        yield from _query(query)
    yield from ("## Shapes of exports", "", "| shape | file |", "|---|---|")
    yield from (f"| `{shape.name}` | {shape.about} |" for shape in SHAPES.values())
    yield from ("", "Columns of `csv`, one row for each tie:", "", "| column | meaning |", "|---|---|")
    yield from (f"| `{name}` | {about} |" for name, about in CSV_COLUMNS.items())
    yield ""


def _query(query: Query) -> Iterator[str]:
    yield from (f"### {query.name}", "", query.question, "")
    if query.parameters:
        yield from ("| parameter | sort | default | meaning |", "|---|---|---|---|")
        for item in query.parameters:
            default = "must be given" if item.default is None else f"`{item.default}`"
            yield f"| `{item.name}` | {item.sort} | {default} | {item.about} |"
        yield ""
    yield from ("| column | meaning |", "|---|---|")
    yield from (f"| `{column.name}` | {column.about} |" for column in query.columns)
    yield ""
    if query.limit is not None:
        yield from (f"Above {query.limit} rows it comes with the note: {query.limit_about}.", "")


def main(folder: Path) -> None:
    """Bring the documents in the folder up to date."""
    for name, reference in REFERENCES.items():
        document = folder / name
        document.write_text(updated(document.read_text(encoding="utf-8"), reference()), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
