"""GEXF 1.2, as Gephi, Gephi Lite and networkx read it: a history as a dynamic graph, each tie with the spells in which it is in effect."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from xml.etree import ElementTree as Xml

from comity.graph.dates import FIRST_DAY, LAST_DAY
from comity.graph.slices import ActorNode
from comity.graph.ties import Tie

NAMESPACE = "http://www.gexf.net/1.2draft"

_NODE_VALUES = ("name", "label")
_EDGE_VALUES = ("kind", "fact", "title", "types", "when", "pledged_by")


def gexf(
    ties: Iterable[Tie],
    actors: Mapping[str, ActorNode],
    titles: Mapping[str, str],
    about: str,
    clean: Any = str,
) -> str:
    """The ties as one dynamic graph: an edge for each tie of a fact, with a spell for every phase in which it is surely in effect.

    A spell has no end where the tie has none, and no beginning where none is known; what is only possibly in effect has no spell and
    is told by `when` (EDTF). `clean` takes out of a text what XML cannot hold.
    """
    edges: dict[tuple[str, str, str, bool, tuple[str, ...]], list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.in_effect:
            edges[tie.fact, tie.left, tie.right, tie.directed, tie.types].append(tie)
    root = Xml.Element("gexf", xmlns=NAMESPACE, version="1.2")
    meta = Xml.SubElement(root, "meta")
    Xml.SubElement(meta, "creator").text = "comity"
    Xml.SubElement(meta, "description").text = clean(about)
    graph = Xml.SubElement(root, "graph", mode="dynamic", defaultedgetype="undirected", timeformat="date")
    _declare(graph, "node", _NODE_VALUES)
    _declare(graph, "edge", _EDGE_VALUES)
    nodes = Xml.SubElement(graph, "nodes")
    for name in sorted({end for _, left, right, *_ in edges for end in (left, right)}):
        actor = actors.get(name) or ActorNode(name, "Country", name)
        node = Xml.SubElement(nodes, "node", id=clean(name), label=clean(actor.name))
        _values(node, (clean(actor.name), actor.label))
    drawn = Xml.SubElement(graph, "edges")
    for number, ((fact, left, right, directed, types), phases) in enumerate(edges.items()):
        edge = Xml.SubElement(
            drawn, "edge", id=str(number), source=clean(left), target=clean(right), type="directed" if directed else "undirected",
            label=clean(titles.get(fact, fact)),
        )  # fmt: skip
        when = "; ".join(tie.when.text for tie in phases)
        pledged = left if directed else ""
        _values(
            edge,
            (
                phases[0].kind,
                clean(fact),
                clean(titles.get(fact, "")),
                "; ".join(types),
                when,
                clean(pledged),
            ),
        )
        _spells(edge, phases)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True).replace("'", '"', 4) + "\n"


def _declare(graph: Xml.Element, of: str, names: tuple[str, ...]) -> None:
    attributes = Xml.SubElement(graph, "attributes", {"class": of, "mode": "static"})
    for number, name in enumerate(names):
        Xml.SubElement(attributes, "attribute", id=str(number), title=name, type="string")


def _values(element: Xml.Element, values: tuple[str, ...]) -> None:
    held = Xml.SubElement(element, "attvalues")
    for number, value in enumerate(values):
        Xml.SubElement(held, "attvalue", {"for": str(number), "value": value})


def _spells(edge: Xml.Element, phases: Iterable[Tie]) -> None:
    spans = [span for tie in phases if (span := _sure(tie))]
    if not spans:
        return
    spells = Xml.SubElement(edge, "spells")
    for first, last in sorted(spans):
        bounds = {}
        if first != FIRST_DAY:
            bounds["start"] = first.isoformat()
        if last != LAST_DAY:
            bounds["end"] = last.isoformat()
        Xml.SubElement(spells, "spell", bounds)


def _sure(tie: Tie) -> tuple[date, date] | None:
    """The first and the last day on which the tie is in effect whatever the doubtful dates are; None where there is no such day."""
    if not tie.sure or tie.when.latest_begin > tie.when.earliest_end:
        return None
    return tie.when.latest_begin, tie.when.earliest_end
