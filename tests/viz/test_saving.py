"""What is saved from the page: pictures, graphs and a table of what is seen."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Xml

import networkx as nx
import pytest
from playwright.sync_api import Page

from comity.graph.accounts import Policy
from tests.viz.browsing import drawn, opened_at
from tests.viz.histories import HOSTILE, history

pytestmark = pytest.mark.browser

GEXF, SVG = "{http://www.gexf.net/1.2draft}", "{http://www.w3.org/2000/svg}"


def saved(page: Page, ending: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator("#save").select_option(ending)
    name = download.value.suggested_filename
    assert name == f"comity-{page.locator('#day').input_value()}-map.{ending}"
    download.value.save_as(folder / name)
    return folder / name


def test_a_picture_as_png(opened: Page, tmp_path: Path) -> None:
    data = saved(opened, "png", tmp_path).read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    box = opened.locator("#map").bounding_box()
    assert box is not None
    assert (width, height) == (2 * box["width"], 2 * (round(box["height"]) + 64))


def test_a_picture_as_svg_has_every_line_and_name(opened: Page, tmp_path: Path) -> None:
    root = Xml.fromstring(saved(opened, "svg", tmp_path).read_text(encoding="utf-8"))
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {"Japan", "Australia"} <= texts
    assert f"{HOSTILE}. {opened.locator('#as-of').inner_text()}." in texts
    assert root.find(f".//{SVG}script") is None
    curves = sum((path.get("d") or "").count("Q") for path in root.iter(f"{SVG}path"))
    assert curves == sum(line["pieces"] for line in opened.evaluate("comity.drawn()"))
    assert not any("NaN" in value for element in root.iter() for value in element.attrib.values())


def test_a_table_of_what_is_seen(opened: Page, tmp_path: Path) -> None:
    opened.get_by_label("Memberships").uncheck()
    with saved(opened, "csv", tmp_path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pairs = {(row["left"], row["right"]): row for row in rows}
    assert len(pairs) == opened.evaluate("links.filter((link) => link.state !== NONE).length")
    assert pairs["JPN", "USA"]["facts"] == "Acsa; Security treaty"
    assert pairs["GBR", "JPN"]["state"] == "ended"
    assert {row["revision"] for row in rows} == {"abc123"}


def test_what_settled_the_facts_is_saved_with_them(
    page: Page, make_map: Callable[..., Path], tmp_path: Path
) -> None:
    of_record = replace(history(), policy=Policy("majority"), applied_from=0.5, known_on=date(2026, 1, 2))
    told = "Data: t; policy majority; same from 0.5; record of 2026-01-02; revision abc123; made with comity."
    with opened_at(page, make_map(history=of_record)) as opened:
        with saved(opened, "csv", tmp_path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {(row["policy"], row["same_from"], row["known_on"]) for row in rows} == {
            ("majority", "0.5", "2026-01-02")
        }
        assert told in saved(opened, "svg", tmp_path).read_text(encoding="utf-8")


def test_a_graph_of_what_is_seen(opened: Page, tmp_path: Path) -> None:
    graph = nx.read_graphml(saved(opened, "graphml", tmp_path))
    assert graph.nodes["JPN"] == {"name": "Japan", "label": "Country", "size": 1.0}
    assert graph.nodes["XAA"]["name"] == HOSTILE
    edges = [
        {**data, "id": ""} for left, right, data in graph.edges(data=True) if {left, right} == {"CZE", "GBR"}
    ]
    assert edges == [{"kind": "agreement", "state": "possible", "facts": "t:doubtful-treaty", "id": ""}]


def test_a_graph_through_time_holds_all_spells_of_the_chosen_layers(opened: Page, tmp_path: Path) -> None:
    opened.get_by_label("Memberships").uncheck()
    assert not any(kind == "membership" for kind, _, _ in drawn(opened))
    root = Xml.fromstring(saved(opened, "gexf", tmp_path).read_text(encoding="utf-8"))
    found = {
        edge.get("label"): [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{GEXF}spell")]
        for edge in root.iter(f"{GEXF}edge")
    }
    assert found["Lapsed treaty"] == [("1924-01-25", "1939-03-15")]
    assert found["Acsa"] == [("1996-10-22", None)]
    assert "Club" not in found and "Planned pact" not in found
    nodes = {node.get("id") for node in root.iter(f"{GEXF}node")}
    assert {edge.get(end) for edge in root.iter(f"{GEXF}edge") for end in ("source", "target")} == nodes
