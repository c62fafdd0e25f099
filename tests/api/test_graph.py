"""The graph at hand: what it answers is what the library answers, and it shows itself."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Page

from comity.api.graph import Graph
from comity.api.html import block, framed, table
from comity.graph.errors import UnknownActor
from comity.graph.loading import load
from comity.graph.slices import Question, history_of, take
from comity.graph.stores import Store, open_store
from comity.queries.asking import question_of
from comity.queries.counts import count
from comity.queries.doubt.ranges import doubt
from comity.queries.dyads import relate
from comity.queries.measures import measure_of
from comity.queries.networks import to_digraph, to_networkx
from comity.queries.panels import panel
from comity.queries.ranking import rank
from tests.graph.facts import reading, stated
from tests.queries.alliances import JULY, alliances, day

DOUBTFUL = stated("doubtful", "GBR GRC", ["in_force [1914-07-01..1914-08-31]/1918"])
ASKED = Question(types=("defence",), as_of=day(JULY))


@pytest.fixture
def graph(store: Store) -> Graph:
    load(store, reading([*alliances(), DOUBTFUL]))
    return Graph(store)


class Cells(HTMLParser):
    """The texts of a table's cells, row by row, and the tags that are open at the end."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: object) -> None:
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1].append(data)


def test_a_slice_is_the_librarys(graph: Graph) -> None:
    view, own = graph.slice("1914-07-28"), take(graph.store, ASKED)
    assert view.slice.ties == own.ties
    assert nx.utils.graphs_equal(view.networkx(), to_networkx(own))
    assert nx.utils.graphs_equal(view.networkx(directed=True), to_digraph(own))
    assert view.rank("degree").found == rank(own, measure_of("degree"))
    assert view.rank("degree", doubt=True).found == doubt(graph.store, ASKED, measure_of("degree"))
    assert view.polars().height == len(own.ties)
    assert view.counts == replace(count(graph.store, ASKED).rows[0], convention="any-day")


def test_it_tells_what_is_certain_and_possible(graph: Graph) -> None:
    # Eleven states and ten pairs as worked out in alliances.py; Britain and Greece may have been allied.
    told = "11 actors, 10–11 pairs, 7–8 facts"
    assert repr(graph.slice("1914-07-28")) == f"<certain agreement (defence) as of 1914-07-28: {told}>"
    possible = graph.slice("1914-07-28", certainty="possible")
    assert repr(possible) == f"<possible agreement (defence) as of 1914-07-28: {told}>"
    assert len(possible.slice.ties) == len(graph.slice("1914-07-28").slice.ties) + 1


def test_a_ranking_is_iterated_over_and_becomes_a_frame(graph: Graph) -> None:
    ranking = graph.slice("1914-07-28").rank("degree")
    assert [row.actor for row in ranking][:4] == ["COW-AUH", "DEU", "ITA", "ROU"]
    assert (len(ranking), ranking[4].actor, repr(ranking)) == (11, "GBR", "<degree: 11 rows>")
    assert ranking.polars().row(0) == ("COW-AUH", "Austria-Hungary", 1, 3)
    in_doubt = graph.slice("1914-07-28").rank("degree", doubt=True).polars()
    assert in_doubt.filter(actor="GBR").select("value", "value_least", "value_most").row(0) == (2, 2, 3)


def test_two_slices_differ(graph: Graph) -> None:
    found = graph.slice("1914-07-28").diff(graph.slice("1914-12-31"))
    assert len(found.gained) == 6  # the five treaties, and what is doubtful in July is certain in December
    assert not found.lost


def test_why_and_relate_take_names(graph: Graph) -> None:
    assert graph.slice("1914-07-28").why("degree", "Britain").actor == "GBR"
    found = graph.relate("Germany", "Austria-Hungary")
    assert found.found == relate(graph.store, "DEU", "COW-AUH")
    assert {row.fact for row in found} >= {"test:dual-alliance", "test:pola"}
    assert found.polars().height == len(found)
    with pytest.raises(UnknownActor):
        graph.relate("Germany", "Ruritania")


def test_a_query_is_a_table(graph: Graph) -> None:
    found = graph.query("common_partners", a="Austria-Hungary", b="Germany", day="1914-07-28")
    assert found.polars()["partner"].to_list() == ["ITA", "ROU"]
    assert "Italy" in found._repr_html_()


def test_a_panel_is_the_librarys_and_is_drawn(graph: Graph, tmp_path: Path) -> None:
    view = graph.panel("degree", 1910, 1914)
    history = history_of(graph.store, question_of(), ("agreement",))
    own = panel(history, question_of(), [measure_of("degree")], 1910, 1914)
    assert list(view.panel.rows()) == list(own.rows())
    assert view.polars().height == len(list(own.rows()))
    assert repr(view) == "<panel of degree, every year from 1910 to 1914: 13 actors>"
    shown = Cells(view._repr_html_()).rows
    assert shown[1] == ["DEU", "Germany", "1914", "5", "1"]
    drawn = view.plot(actors=["Germany", "GBR"]).svg()
    assert "Germany" in drawn and "Italy" not in drawn
    only = graph.panel(["degree"], 1914, 1914, actors=["Germany"]).polars()
    assert only["actor"].to_list() == ["DEU"]


def test_cells_show_ten_rows_and_what_was_asked(graph: Graph) -> None:
    view = graph.slice("1914-07-28")
    for shown in (view, view.rank("betweenness")):
        parsed = Cells(shown._repr_html_())
        assert parsed.open == [] and len(parsed.rows) == 11
        assert "every-pair" in shown._repr_html_() and "1914-07-28" in shown._repr_html_()
        assert "… and 1 more" in shown._repr_html_()
    assert Cells(graph._repr_html_()).rows[1][0] == "test"


def test_names_are_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    shown = block(hostile, {"as_of": hostile, "sources": [hostile]}, table(["name"], [[hostile]]))
    assert "<script" not in shown
    assert Cells(shown).rows[1] == [hostile]


@pytest.fixture
def treaties(tmp_path: Path) -> Iterator[Graph]:
    from comity.loaders.dossier import open_bundled

    with open_store(str(tmp_path / "store")) as store:
        load(store, open_bundled("japan-europe").reading())
        yield Graph(store)


@pytest.mark.browser
def test_the_map_runs_in_its_frame_and_reaches_nothing_of_the_notebook(
    treaties: Graph, page: Page, tmp_path: Path
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    drawn = treaties.slice("2017-12-31", types="all").map(title="Japan & <Europe>")
    cell = drawn._repr_html_()
    assert cell.count("<iframe") == 1 and "allow-same-origin" not in cell
    page.set_content(f"<!doctype html><p id=own>mine</p>{cell}")
    frame = page.frames[1]
    frame.wait_for_selector("canvas")
    assert frame.title() == "Japan & <Europe>"
    reach = "() => { try { return parent.document.getElementById('own').textContent } catch { return '' } }"
    assert frame.evaluate(reach) == ""
    assert not errors
    saved = drawn.save(tmp_path / "map.html")
    assert framed(saved.read_text(encoding="utf-8"), 600) == cell


def test_a_map_shows_the_slices_layers_or_others(treaties: Graph) -> None:
    view = treaties.slice("2017-12-31")
    assert {fact.kind for fact in view.map().picture.history.facts} == {"agreement"}
    assert view.map().picture.only == ("agreement", "defence")
    assert {fact.kind for fact in view.map(layers=()).picture.history.facts} > {"agreement", "drill"}
