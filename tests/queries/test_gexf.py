import io
from xml.etree import ElementTree as Xml

import networkx as nx

from comity.graph.dates import When
from comity.graph.slices import History, Question
from comity.queries.exports import SHAPES
from comity.queries.gexf import NAMESPACE
from tests.viz.histories import HOSTILE, history

IN = f"{{{NAMESPACE}}}"


def written(told: History) -> Xml.Element:
    return Xml.fromstring(SHAPES["gexf"].contents(told)[""])


def edge_of(root: Xml.Element, label: str, *ends: str) -> Xml.Element:
    [edge] = [
        edge
        for edge in root.iter(f"{IN}edge")
        if edge.get("label") == label and {edge.get("source"), edge.get("target")} == set(ends)
    ]
    return edge


def spells(edge: Xml.Element) -> list[tuple[str | None, str | None]]:
    return [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{IN}spell")]


def test_ties_have_the_spells_in_which_they_are_surely_in_effect() -> None:
    root = written(history())
    graph = root.find(f"{IN}graph")
    assert graph is not None and (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert spells(edge_of(root, "Lapsed treaty", "CZE", "FRA")) == [("1924-01-25", "1939-03-15")]
    assert spells(edge_of(root, "Security treaty", "JPN", "USA")) == [("1960-06-23", None)]
    # Nobody knows when it ended: there is no day on which it surely held.
    assert spells(edge_of(root, "Doubtful treaty", "CZE", "GBR")) == []


def test_what_was_never_in_effect_is_not_there() -> None:
    labels = {edge.get("label") for edge in written(history()).iter(f"{IN}edge")}
    assert "Planned pact" not in labels
    assert HOSTILE in labels


def test_every_value_is_declared_and_every_end_is_a_node() -> None:
    root = written(history())
    for of in ("node", "edge"):
        [declared] = [held for held in root.iter(f"{IN}attributes") if held.get("class") == of]
        ids = {attribute.get("id") for attribute in declared}
        for element in root.iter(f"{IN}{of}"):
            assert {value.get("for") for value in element.iter(f"{IN}attvalue")} == ids
    nodes = {node.get("id") for node in root.iter(f"{IN}node")}
    assert {edge.get(end) for edge in root.iter(f"{IN}edge") for end in ("source", "target")} == nodes


def test_networkx_reads_a_slice() -> None:
    answered = history().at(Question(as_of=When.parse("2016-12-31"), types=("defence",)))
    text = SHAPES["gexf"].contents(answered)[""]
    graph = nx.read_gexf(io.BytesIO(text.encode()))
    assert set(graph.nodes) == set(answered.members)


def test_it_is_the_same_every_time() -> None:
    assert SHAPES["gexf"].contents(history()) == SHAPES["gexf"].contents(history())
