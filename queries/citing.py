"""What to cite: the sources that a graph, or an answer, rests on, as text, BibTeX or CSL-JSON."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from comity.graph.errors import UnknownName
from comity.graph.model import DECISIONS, Source
from comity.graph.slices import Question, Slice
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.graph.ties import Tie

STYLES = {
    "text": "one citation a line",
    "bibtex": "BibTeX entries",
    "csl": "CSL-JSON, as Zotero and pandoc read it",
}


def sources_of(slice: Slice) -> set[str]:
    """The ids of the sources that speak of the facts behind the ties of a slice."""
    return {source for tie in slice.ties for source in tie.sources}


def citations(store: Store, ties: Iterable[Tie], asked: Sequence[Question]) -> list[str]:
    """How to cite the sources of the ties that count for any of these questions, in order of the sources' ids.

    The questions differ in nothing but their times, which stand in order and share no day, such as those of the years of a table.
    """
    lasts = [question.last for question in asked]
    used: set[str] = set()
    for tie in ties:
        days = asked[0].days_of(tie) if asked else None
        # The first time that does not end too early for the tie: if that begins too late, all do.
        place = bisect_left(lasts, days[0]) if days else len(asked)
        if days and place < len(asked) and asked[place].first <= days[1]:
            used.update(tie.sources)
    known_on = asked[0].known_on if asked else None
    return list(dict.fromkeys(source.cite() for source in sources_named(store, used, known_on)))


def live_sources(store: Store) -> dict[str, Source]:
    """The sources that the store rests on now, by id: those that were retracted are not among them, nor people who decided."""
    query = "MATCH (o:Source) WHERE o.live AND o.collection <> $decisions RETURN o.id AS id"
    live = {row["id"] for row in store.read(query, {"decisions": DECISIONS})}
    return {id: source for id, source in read_sources(store).items() if id in live}


def sources_named(store: Store, ids: Iterable[str], known_on: date | None = None) -> list[Source]:
    """The sources of these ids, in their order, as described on the day of record, on which some were live that are retracted now."""
    told = read_sources(store, known_on)
    return [told[id] for id in sorted(ids) if id in told]


def cite(
    sources: Iterable[Source], style: str = "text", entries: Mapping[str, str] = MappingProxyType({})
) -> str | list[dict[str, Any]]:
    """The citations of the sources in their order, equal ones once; CSL as a list of objects. `UnknownName` lists the styles.

    `entries` are BibTeX entries that data sets ask for, by collection.
    """
    told = list(sources)
    if style == "text":
        return "\n".join(dict.fromkeys(source.cite() for source in told))
    if style == "csl":
        return [_csl(source) for source in told]
    if style == "bibtex":
        return "\n\n".join(dict.fromkeys(_bibtex(told, entries)))
    raise UnknownName("style", style, STYLES)


def _bibtex(sources: Sequence[Source], asked: Mapping[str, str]) -> list[str]:
    entries = []
    for source in sources:
        if source.collection in asked:
            entries.append(asked[source.collection].strip())
            continue
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
