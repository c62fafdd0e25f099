"""The page for checking what was read from prose: the text with its passages marked, and beside them the facts that rest on them.

One file with style and script inside and a policy that lets it ask nothing of anybody. Its links work without the script, which only
lights up what belongs together and counts what has been checked.
"""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from string import Template
from typing import Any

from comity.graph.crosswalk import crosswalk
from comity.graph.kinds import kinds
from comity.viz.page import asset, digest

DOUBTFUL = 0.5
"""Facts below this confidence are shown as doubtful."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of a place of the text: a repair, or words that were left out."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text and what was read from it.

    `facts` and `denied` are as `comity read --format jsonl` prints them: kind, types, name, parties, date, status, confidence and statements,
    whose offsets count code points of the text. `date` is the document's.
    """

    title: str
    text: str
    file: str = ""
    date: str = ""
    facts: Sequence[Mapping[str, Any]] = ()
    denied: Sequence[Mapping[str, Any]] = ()
    repairs: Sequence[Remark] = ()
    left_out: Sequence[Remark] = ()


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of the text that something in the page points to; `label` is what points back from it."""

    start: int
    end: int
    id: str
    target: str
    label: str
    sort: str


@dataclass(slots=True)
class _Numbering:
    """Numbers that run on over all articles of the page."""

    facts: int = 0
    remarks: int = 0
    passages: list[_Passage] = field(default_factory=list)


def draw_articles(articles: Sequence[Article]) -> str:
    """The page of these articles. Equal articles give equal bytes."""
    numbering = _Numbering()
    bodies = "\n".join(_article(article, numbering) for article in articles)
    style = Template(asset("article.css")).substitute(colours=_colours())
    script = asset("article.js")
    title = articles[0].title if len(articles) == 1 else f"{len(articles)} articles"
    policy = "; ".join(
        (
            "default-src 'none'", f"script-src {digest(script)}", f"style-src {digest(style)}", "img-src data:",
            "base-uri 'none'", "form-action 'none'",
        )
    )  # fmt: skip
    return Template(asset("article.html")).substitute(
        title=html.escape(title),
        policy=policy,
        style=style,
        script=script,
        articles=bodies,
        number=numbering.facts,
    )


def _colours() -> str:
    """The colours of the kinds as they are on the map."""
    return "\n".join(f".{kind.name} {{ --kind: {kind.colour}; }}" for kind in kinds().values())


def _article(article: Article, numbering: _Numbering) -> str:
    numbering.passages = []
    notes: list[tuple[int, str]] = []
    for fact in sorted(article.facts, key=_begin):
        numbering.facts += 1
        notes.append((_begin(fact), _fact(fact, numbering)))
    lists = (
        ("Denied by the text, so no fact", "denied", [_denial(fact) for fact in article.denied]),
        ("Repaired before it was read", "repaired", article.repairs),
        ("Left out", "left", article.left_out),
    )
    rest = "".join(_remarks(heading, sort, remarks, numbering) for heading, sort, remarks in lists if remarks)
    doubtful = sum(fact["confidence"] < DOUBTFUL for fact in article.facts)
    counts = [
        _counted(len(article.facts), "fact"),
        f"{doubtful} doubtful",
        _counted(len(article.repairs), "repair"),
    ]
    about = [part for part in (article.file, article.date and f"dated {article.date}") if part]
    return (
        f'<article>\n<header><h1>{html.escape(article.title)}</h1>\n<p class="about">'
        f"{html.escape(' · '.join([*about, *counts]))}</p></header>\n"
        f"{_text(article.text, numbering.passages, notes)}\n{rest}</article>"
    )


def _text(text: str, passages: Sequence[_Passage], notes: list[tuple[int, str]]) -> str:
    """The text paragraph by paragraph, each with the notes on the facts that begin in it."""
    rows: list[str] = []
    start = 0
    waiting = notes
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        here = [note for place, note in waiting if place < end]
        waiting = waiting[len(here) :]
        if line.strip() or here:
            beside = f'<div class="notes">{"".join(here)}</div>' if here else ""
            rows.append(f'<div class="row"><p>{_marked(text, start, end, passages)}</p>{beside}</div>')
        start = end
    return "\n".join(rows)


def _marked(text: str, start: int, end: int, passages: Sequence[_Passage]) -> str:
    """The text between two places, cut wherever a passage begins or ends, so that passages may overlap."""
    here = [each for each in passages if each.start < end and each.end > start]
    cuts = {start, end} | {place for each in here for place in (each.start, each.end) if start < place < end}
    parts: list[str] = []
    for left, right in pairwise(sorted(cuts)):
        over = [each for each in here if each.start <= left and each.end >= right]
        parts += [f'<span class="at" id="{each.id}"></span>' for each in over if each.start == left]
        words = html.escape(text[left:right], quote=False)
        if over:
            sorts = " ".join(dict.fromkeys(each.sort for each in over))
            targets = " ".join(dict.fromkeys(each.target for each in over))
            words = f'<mark class="{sorts}" data-of="{targets}">{words}</mark>'
        parts.append(words)
        parts += [
            f'<a class="ref {each.sort}" href="#{each.target}" aria-label="{_aim(each)}">{each.label}</a>'
            for each in over
            if each.end == right
        ]
    return "".join(parts)


def _aim(passage: _Passage) -> str:
    return f"fact {passage.label}" if passage.target.startswith("fact") else f"remark {passage.label}"


def _fact(fact: Mapping[str, Any], numbering: _Numbering) -> str:
    number = numbering.facts
    links = []
    for place, statement in enumerate(fact["statements"], 1):
        id = f"words-{number}-{place}"
        numbering.passages.append(
            _Passage(statement["start"], statement["end"], id, f"fact-{number}", str(number), fact["kind"])
        )
        links.append(_statement(statement, id))
    confidence = fact["confidence"]
    types = "".join(f"<span>{html.escape(name)}</span>" for name in fact["types"])
    parties = _parties(fact["parties"])
    heading, below = (
        (html.escape(fact["name"]), f'<p class="parties">{parties}</p>') if fact["name"] else (parties, "")
    )
    return (
        f'<section class="fact {fact["kind"]}{" doubtful" if confidence < DOUBTFUL else ""}" id="fact-{number}" tabindex="-1" '
        f'aria-labelledby="name-{number}"><p class="what"><b class="number">{number}</b> {fact["kind"]} {types}</p>'
        f'<h2 id="name-{number}">{heading}</h2>{below}'
        f'<p class="status">{html.escape(fact["status"])} <time>{html.escape(fact["date"] or "no date")}</time></p>'
        f'<ul class="statements">{"".join(links)}</ul>'
        f'<p class="check"><label><input type="checkbox"> checked</label> <span>{"look twice: " if confidence < DOUBTFUL else ""}confidence {confidence:.2f}</span></p></section>'
    )


def _parties(parties: Sequence[Mapping[str, str]]) -> str:
    plain = {kind.default_role for kind in kinds().values()}
    told = (
        f"{html.escape(crosswalk().actor(party['actor']).name)} <small>{html.escape(party['actor'])}"
        f"{'' if party['role'] in plain else ', ' + html.escape(party['role'])}</small>"
        for party in parties
    )
    return " · ".join(told)


def _statement(statement: Mapping[str, Any], id: str) -> str:
    told = [
        statement["status"],
        statement["date"],
        "" if statement["assertion"] == "asserted" else statement["assertion"],
    ]
    said = html.escape(", ".join(part for part in told if part))
    repair = statement["repair"]
    remarks = [f"“{repair['was']}” repaired by {repair['rule'].replace('+', ', ')}"] if repair else []
    remarks += statement.get("doubts", ())
    listed = "".join(f"<em>{html.escape(remark)}</em>" for remark in remarks)
    return f'<li><a href="#{id}" title="To the words">{statement["start"]}–{statement["end"]}</a> {said}{listed}</li>'


def _denial(fact: Mapping[str, Any]) -> Remark:
    first = fact["statements"][0]
    actors = (crosswalk().actor(party["actor"]).name for party in fact["parties"])
    return Remark(first["start"], first["end"], f"{fact['kind']} of {', '.join(actors)}")


def _remarks(heading: str, sort: str, remarks: Sequence[Remark], numbering: _Numbering) -> str:
    items = []
    for remark in remarks:
        numbering.remarks += 1
        number = numbering.remarks
        label = {"denied": "not", "repaired": "fix", "left": "out"}[sort]
        numbering.passages.append(
            _Passage(remark.start, remark.end, f"place-{number}", f"remark-{number}", label, sort)
        )
        items.append(
            f'<li id="remark-{number}" tabindex="-1"><a href="#place-{number}" title="To the words">'
            f"{remark.start}–{remark.end}</a> {html.escape(remark.text)}</li>"
        )
    return f'<section class="remarks {sort}"><h2>{heading}</h2><ul>{"".join(items)}</ul></section>\n'


def _begin(fact: Mapping[str, Any]) -> int:
    start: int = fact["statements"][0]["start"]
    return start


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
