"""What to cite: the sources that a graph, or an answer, rests on, as text, BibTeX or CSL-JSON."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from comity.graph.errors import UnknownName
from comity.graph.model import Source
from comity.graph.slices import Slice

STYLES = {
    "text": "one citation a line",
    "bibtex": "BibTeX entries",
    "csl": "CSL-JSON, as Zotero and pandoc read it",
}


def sources_of(slice: Slice) -> set[str]:
    """The ids of the sources that speak of the facts behind the ties of a slice."""
    return {source for tie in slice.ties for source in tie.sources}


def cite(sources: Iterable[Source], style: str = "text") -> str | list[dict[str, Any]]:
    """The citations of the sources in their order, equal ones once; CSL as a list of objects. `UnknownName` lists the styles."""
    if style not in STYLES:
        raise UnknownName("style", style, STYLES)
    told = list({source.cite(): source for source in sources}.values())
    if style == "text":
        return "\n".join(source.cite() for source in told)
    if style == "csl":
        return [_csl(source) for source in told]
    return "\n\n".join(_bibtex(told))


def _bibtex(sources: Sequence[Source]) -> list[str]:
    entries = []
    for source in sources:
        fields = {
            "title": source.title,
            "publisher": source.publisher,
            "year": source.date[:4] if source.date[:4].isdecimal() else "",
            "version": source.version,
            "url": source.url,
            "note": source.citation,
        }
        lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items() if value]
        entries.append("\n".join([f"@misc{{{_key(source.id)},", *lines, "}"]))
    return entries


def _csl(source: Source) -> dict[str, Any]:
    year = source.date[:4]
    found = {
        "id": _key(source.id),
        "type": "dataset" if source.version else "document",
        "title": source.title,
        "publisher": source.publisher,
        "version": source.version,
        "URL": source.url,
        "issued": {"date-parts": [[int(year)]]} if year.isdecimal() else None,
        "note": source.citation,
    }
    return {name: value for name, value in found.items() if value}


def _key(id: str) -> str:
    return re.sub(r"[^A-Za-z0-9:_-]", "-", id)


def _escaped(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)
