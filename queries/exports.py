"""Writing a slice or a history to a file that other programs read. The file is whole or not there, never half written."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from comity.graph.errors import InputError, UnknownName
from comity.graph.files import check_folder, write_whole
from comity.graph.slices import History, Slice
from comity.graph.ties import Tie
from comity.queries.entries import bound
from comity.queries.gexf import gexf
from comity.queries.networks import Network, to_networkx

Subject = Slice | History

SEPARATOR = "; "
"""Between the items of a list in one cell or attribute."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document can hold, not even escaped."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A form of file: its name, what it is, and what gives the files' contents by their names' endings ("" for the file itself)."""

    name: str
    about: str
    contents: Callable[[Subject], dict[str, str]]


def export(shape: str, subject: Subject, path: Path | str) -> tuple[Path, ...]:
    """Write the slice or history in this shape; the files that were written, the one at `path` first.

    Where `path` is a link, what it leads to is replaced. A pipe or device is written to, and no other file beside it.
    `UnknownName` lists the shapes; `InputError` says why nothing can be written there.
    """
    target = Path(path)
    if target.is_dir():
        raise InputError(f"{target} is a folder: name a file in it, such as {target / f'ties.{shape}'}")
    check_folder(target)
    contents = shape_of(shape).contents(subject)
    try:
        return write_whole(target, {ending: text.encode() for ending, text in contents.items()})
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror}): name another file") from None


def shape_of(name: str) -> Shape:
    """The shape of that name; `UnknownName` lists the shapes."""
    found = SHAPES.get(name)
    if found is None:
        raise UnknownName("shape", name, SHAPES)
    return found


def about(subject: Subject) -> dict[str, Any]:
    """What a file says of itself: the question (for a history how it was read), and the store's revision."""
    asked = subject.question if isinstance(subject, Slice) else subject
    return {**asked.describe(), "revision": subject.revision}


def _graphml(subject: Subject) -> dict[str, str]:
    """GraphML: a slice as `to_networkx` makes it; a history with an edge for every phase."""
    graph = _network(subject) if isinstance(subject, Slice) else _phases(subject)
    clean: Any = nx.Graph() if isinstance(subject, Slice) else nx.MultiGraph()
    clean.graph.update({name: _attribute(value) for name, value in about(subject).items()})
    for node, data in graph.nodes(data=True):
        clean.add_node(_xml(node), **{name: _attribute(value) for name, value in data.items()})
    for left, right, data in graph.edges(data=True):
        clean.add_edge(_xml(left), _xml(right), **{name: _attribute(value) for name, value in data.items()})
    stream = io.BytesIO()
    # Keys named after their attributes would not be unique: nodes and edges, or the graph and its edges, share some.
    nx.write_graphml_xml(clean, stream, named_key_ids=False)
    return {"": stream.getvalue().decode("utf-8") + "\n"}


def _gexf(subject: Subject) -> dict[str, str]:
    """GEXF: every tie with the time in which it is in effect, so that a program can go through it."""
    titles = (
        {name: fact.title for name, fact in subject.facts.items()}
        if isinstance(subject, Slice)
        else {fact.id: fact.title for fact in subject.facts}
    )
    told = "; ".join(f"{name} {_attribute(value)}" for name, value in about(subject).items())
    return {"": gexf(subject.ties, subject.actors, titles, told, _xml)}


def _network(slice: Slice) -> Network:
    """The slice's graph with what its ties say of types, time and status gathered on each edge."""
    graph = to_networkx(slice)
    for left, right in graph.edges:
        graph.edges[left, right].update(
            kinds=set(), types=set(), sure_types=set(), when=set(), status=set(), disputed=True
        )
    for tie in slice.ties:
        edge = graph.edges[tie.left, tie.right]
        edge["kinds"].add(tie.kind)
        edge["types"].update(tie.types)
        edge["when"].add(tie.when.text)
        edge["status"].add(tie.status)
        if not tie.disputed:  # a pair is disputed where each of its ties is
            edge["sure_types"].update(tie.sure_types)
            edge["disputed"] = False
    return graph


def _phases(history: History) -> Any:
    graph: Any = nx.MultiGraph()
    for actor in sorted({end for tie in history.ties for end in (tie.left, tie.right)}):
        node = history.actors[actor]
        graph.add_node(actor, name=node.name, label=node.label)
    for tie in history.ties:
        graph.add_edge(
            tie.left,
            tie.right,
            fact=tie.fact,
            kind=tie.kind,
            types=tie.types,
            sure_types=tie.sure_types,
            disputed=tie.disputed,
            status=tie.status,
            in_effect=tie.in_effect,
            when=tie.when.text,
            pledged_by=tie.left if tie.directed else "",
        )
    return graph


def _attribute(value: Any) -> Any:
    """A value that GraphML can hold: lists become one text, and text loses what XML cannot hold."""
    if isinstance(value, set | frozenset):
        value = sorted(value)
    if isinstance(value, list | tuple):
        value = SEPARATOR.join(map(str, value))
    return _xml(value) if isinstance(value, str) else value


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


CSV_COLUMNS: dict[str, str] = {
    "fact": "id of the fact",
    "title": "its title",
    "kind": "its kind",
    "left": "id of the one actor; of the pledging, sending or belonging one where the tie is directed",
    "right": "id of the other actor",
    "directed": "true or false",
    "types": "types of the tie, with a semicolon between them",
    "status": "status of this phase",
    "in_effect": "whether the phase counts as a tie in force, or held: true or false",
    "when": "time of the phase, in EDTF",
    "earliest_begin": "earliest day on which it can have begun; empty: no bound",
    "latest_begin": "latest day on which it can have begun; empty: no bound",
    "earliest_end": "earliest day on which it can have ended; empty: it has not ended",
    "latest_end": "latest day on which it can have ended; empty: no bound, or it has not ended",
    "rule": "rule that made the tie of the fact",
    "sources": "ids of the sources that speak of the fact, with a semicolon between them",
    "sure_types": "those of the types that no source disputes, with a semicolon between them",
    "disputed": "whether by some source there is no such tie: true or false",
}
"""The columns of the table of ties."""


def tie_rows(subject: Subject, ties: Iterable[Tie]) -> Iterator[dict[str, Any]]:
    """These ties of the slice or history as rows of that table: lists and truth values as such, no bound as an empty text."""
    facts = subject.facts if isinstance(subject, Slice) else {fact.id: fact for fact in subject.facts}
    for tie in ties:
        yield {
            "fact": tie.fact, "title": facts[tie.fact].title, "kind": tie.kind, "left": tie.left, "right": tie.right,
            "directed": tie.directed, "types": list(tie.types), "status": tie.status, "in_effect": tie.in_effect,
            "when": tie.when.text, "earliest_begin": bound(tie.when.earliest_begin), "latest_begin": bound(tie.when.latest_begin),
            "earliest_end": bound(tie.when.earliest_end), "latest_end": bound(tie.when.latest_end), "rule": tie.rule,
            "sources": list(tie.sources), "sure_types": list(tie.sure_types), "disputed": tie.disputed,
        }  # fmt: skip


def _csv(subject: Subject) -> dict[str, str]:
    """A table of ties (RFC 4180, UTF-8), and beside it a JSON file with the question, the revision and what the columns mean.

    The table itself holds nothing but a header and rows: there is no comment in CSV that every program would skip.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(CSV_COLUMNS)
    for row in tie_rows(subject, subject.ties):
        writer.writerow(map(_cell, row.values()))
    meta = {**about(subject), "rows": len(subject.ties), "columns": CSV_COLUMNS}
    return {"": stream.getvalue(), ".meta.json": json.dumps(meta, ensure_ascii=False, indent=2) + "\n"}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return SEPARATOR.join(value) if isinstance(value, list) else value


SHAPES: dict[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape("graphml", "GraphML, for Gephi, Cytoscape, igraph and networkx", _graphml),
        Shape("gexf", "GEXF, a graph through time for Gephi; best with --history", _gexf),
        Shape("csv", "a table of ties, with a JSON file beside it that says what was asked", _csv),
    )
}
"""Every shape by its name."""
