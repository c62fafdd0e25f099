"""How things look in a notebook's cell: a table with what was asked above it, and a page in a frame of its own."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from comity.graph.slices import Question

SHOWN = 10
"""Rows that a cell shows."""

# Colours are the page's own, and greys that can be read on light and dark. Texts stand left and numbers right, whatever the notebook's
# own style has for all tables.
_STYLE = (
    ".comity{font-size:.9em;line-height:1.4}.comity p{margin:.2em 0}.comity .asked{opacity:.75;overflow-wrap:anywhere}"
    ".comity table{border-collapse:collapse;margin:.4em 0;font-variant-numeric:tabular-nums}"
    ".comity th,.comity td{text-align:left!important;padding:.15em .9em .15em 0;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.3)}"
    ".comity th.n,.comity td.n{text-align:right!important}"
)


def asked_of(question: Question, revision: str) -> dict[str, Any]:
    """The question and the revision that it was asked of, as `block` takes them."""
    return {**question.describe(), "revision": revision[:12]}


def block(title: str, asked: Mapping[str, Any], *parts: str) -> str:
    """A title, what was asked (as a question describes it), and further parts of HTML."""
    told = " · ".join(
        f"{name.replace('_', ' ')}&nbsp;{escape(text(value))}" for name, value in asked.items() if value != []
    )
    return (
        f'<div class="comity"><style>{_STYLE}</style><p><b>{escape(title)}</b></p>'
        f'<p class="asked">{told}</p>{"".join(parts)}</div>'
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], more: int = 0) -> str:
    """The rows as a table; `more` is how many there are that are not shown."""
    shown = [list(row) for row in rows]
    numeric = [
        any(_is_number(row[place]) for row in shown)
        and all(row[place] is None or _is_number(row[place]) for row in shown)
        for place in range(len(columns))
    ]
    marks = [' class="n"' if number else "" for number in numeric]
    head = "".join(
        f"<th{mark}>{escape(name.replace('_', ' '))}</th>" for mark, name in zip(marks, columns, strict=True)
    )
    body = "".join(
        f"<tr>{''.join(f'<td{mark}>{escape(text(cell))}</td>' for mark, cell in zip(marks, row, strict=True))}</tr>"
        for row in shown
    )
    rest = f'<p class="asked">… and {more:,} more</p>' if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def framed(page: str, height: int) -> str:
    """A whole page in a frame that may run its own scripts and open the links to sources, and reach nothing of the notebook."""
    return (
        f'<iframe sandbox="allow-scripts allow-popups" srcdoc="{escape(page)}" '
        f'style="width:100%;height:{height}px;border:0" loading="lazy"></iframe>'
    )


def text(value: Any) -> str:
    """A value as people read it: four significant digits, lists with commas, nothing for what is missing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(text, value))
    return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
