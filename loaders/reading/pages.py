"""HTML pages: their main content, and what they tell about themselves. Nothing is fetched, and no date is guessed."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.graph.dates import When
from comity.graph.errors import DateError, InputError

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_PUBLISHERS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher")
_DATES = (
    "article:published_time",
    "og:published_time",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "datepublished",
    "pubdate",
    "publishdate",
    "date",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page's main content; title, date (EDTF) and publisher, empty where the page does not tell them."""

    text: str
    title: str = ""
    date: str = ""
    publisher: str = ""


def page(name: str, html: str) -> Page:
    """The main content of a page and what its metadata say; `InputError` where there is no content."""
    try:
        import trafilatura
        from lxml import etree
        from lxml.html import document_fromstring
    except ImportError:
        raise InputError(f"{name} is HTML, which needs the extra: pip install 'comity[reader]'") from None
    # An XML declaration may name an encoding that is no longer the text's.
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    try:
        tree: Any = document_fromstring(html)
    except (etree.LxmlError, ValueError):
        raise InputError(f"{name} is no HTML that can be read; save the page again, or its text") from None
    text = trafilatura.extract(html, include_comments=False, include_tables=True, deduplicate=False)
    if not text or not text.strip():
        raise InputError(f"{name} has no main content with words in it; save the text of the page instead")
    told = _metadata(tree)
    linked = list(_linked(tree))
    title = _first(told, _TITLES) or _of(linked, "headline") or _words(tree.findtext(".//title"))
    publisher = _first(told, _PUBLISHERS) or _publisher(linked)
    stated = [told.get(name, "") for name in _DATES]
    stated[2:2] = [_of(linked, "datePublished")]
    stated += [each.get("datetime") or "" for each in tree.iter("time") if _is_publication(each)]
    return Page(text, title, next(filter(None, map(_date, stated)), ""), publisher)


def _metadata(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in tree.iter("meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop") or ""
        content = _words(each.get("content"))
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _linked(tree: Any) -> Iterator[dict[str, Any]]:
    """The things that JSON-LD describes, those that are articles first."""
    things = list[dict[str, Any]]()
    for each in tree.iter("script"):
        if (each.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            content = json.loads(each.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in content if isinstance(content, list) else [content]:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                things += (
                    [one for one in graph if isinstance(one, dict)] if isinstance(graph, list) else [thing]
                )
    yield from sorted(things, key=lambda thing: "Article" not in str(thing.get("@type")))


def _of(linked: list[dict[str, Any]], name: str) -> str:
    return next((_words(thing[name]) for thing in linked if isinstance(thing.get(name), str)), "")


def _publisher(linked: list[dict[str, Any]]) -> str:
    for thing in linked:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return _words(publisher["name"])
        if isinstance(publisher, str):
            return _words(publisher)
    return ""


def _first(told: dict[str, str], names: tuple[str, ...]) -> str:
    return next((told[name] for name in names if told.get(name)), "")


def _is_publication(time: Any) -> bool:
    """Whether a <time> says that it is when the page was published: others are dates of what the page tells about."""
    marks = f"{time.get('itemprop') or ''} {time.get('class') or ''}".lower()
    return time.get("pubdate") is not None or re.search(r"publish|posted|entry-date", marks) is not None


def _date(stated: str) -> str:
    """The day, month or year at the beginning of an ISO date, as EDTF; other forms are not read."""
    found = re.match(r"\s*(\d{4}(?:[-/]\d\d(?:[-/]\d\d)?)?)(?![\d/-])", stated)
    if not found:
        return ""
    date = found[1].replace("/", "-")
    try:
        When.parse(date)
    except DateError:
        return ""
    return date


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
