import csv
import json
from pathlib import Path

import networkx as nx
import pytest

from tests.cli.conftest import Run

LONG_AGO = ("--as-of", "1980-01-01")


def test_a_map_holds_all_layers_unless_some_are_named(run: Run, here: Path) -> None:
    everything = run("map", "-o", "all.html", "--as-of", "2016-10-24", "--title", "Mine & yours")
    assert everything.code == 0, everything.err
    assert everything.out == ""
    assert everything.err.startswith("Wrote all.html (")
    page = Path("all.html").read_text(encoding="utf-8")
    assert "Guardian" in page
    assert "Treaty of Mutual Cooperation" in page
    assert "degree, agreement: defence" in page
    assert run("map", "-o", "drills.html", "--layer", "drill", "--size", "betweenness").code == 0
    page = Path("drills.html").read_text(encoding="utf-8")
    assert "Guardian" in page
    assert "Treaty of Mutual Cooperation" not in page
    assert "betweenness, drill: all types" in page


def test_a_map_that_cannot_be_drawn_leaves_the_file_alone(run: Run, here: Path) -> None:
    Path("mine.html").write_text("keep me", encoding="utf-8")
    assert run("map", "-o", "mine.html", "--size", "beauty").code == 1
    assert Path("mine.html").read_text(encoding="utf-8") == "keep me"
    assert run("map").code == 2


def test_a_figure_for_print_needs_no_page(run: Run, here: Path) -> None:
    answer = run("map", "--static", "map.svg", "--as-of", "2016-10-24")
    assert (answer.code, answer.out, answer.err) == (0, "", "Drew map.svg.\n")
    assert "<svg" in Path("map.svg").read_text(encoding="utf-8")
    both = run(
        "map", "-o", "map.html", "--static", "net.png", "--view", "network", "--size", "degree", "--doubt"
    )
    assert both.code == 0, both.err
    assert Path("net.png").read_bytes().startswith(b"\x89PNG")
    assert "betweenness" not in Path("map.html").read_text(encoding="utf-8")
    assert run("map", "--static", "map.gif").code == 1


def test_an_export_through_time_for_gephi(run: Run, here: Path) -> None:
    answer = run("export", "gexf", "-o", "ties.gexf", "--history")
    assert answer.code == 0, answer.err
    assert 'start="' in Path("ties.gexf").read_text(encoding="utf-8")


def test_export_as_graphml(run: Run, loaded: str) -> None:
    answer = run("export", "graphml", "-o", "ties.graphml", *LONG_AGO)
    assert (answer.code, answer.out, answer.err) == (0, "", "Wrote ties.graphml: 4 ties.\n")
    graph = nx.read_graphml("ties.graphml")
    assert sorted(graph.nodes) == ["FRA", "GBR", "JPN", "USA"]
    assert graph.graph["as_of"] == "1980-01-01"


def test_export_as_csv_with_its_description(run: Run, here: Path) -> None:
    assert (
        run("export", "csv", "-o", "ties.csv", *LONG_AGO).err
        == "Wrote ties.csv, ties.csv.meta.json: 4 ties.\n"
    )
    with open("ties.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["left"], row["right"]) for row in rows} == {
        ("FRA", "GBR"), ("FRA", "USA"), ("GBR", "USA"), ("JPN", "USA"),
    }  # fmt: skip
    assert json.loads(Path("ties.csv.meta.json").read_text(encoding="utf-8"))["layer"] == "agreement"


def test_export_of_the_whole_history(run: Run, here: Path) -> None:
    assert run("export", "csv", "-o", "ties.csv", "--history").code == 0
    with open("ties.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"agreement", "drill"}
    assert {"signed", "in_force"} <= {row["status"] for row in rows if row["fact"] == "small:pact"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("xlsx", "-o", "ties.xlsx"), "there is no shape 'xlsx'; choose from: graphml, gexf, csv"),
        (("csv", "-o", "nowhere/ties.csv"), "there is no folder nowhere"),
    ],
)
def test_export_says_what_is_wrong(run: Run, here: Path, arguments: tuple[str, ...], words: str) -> None:
    answer = run("export", *arguments)
    assert answer.code == 1
    assert words in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("panel", "degree", "-o"),
        ("panel", "degree", "--plot"),
        ("quarantine", "-o"),
        ("review", "--write"),
        ("new",),
        ("read", "example", "-o"),
        ("read", "example", "--html"),
        ("map", "-o"),
        ("map", "--static"),
        ("aggregate", "gdelt", "none.zip", "-o"),
    ],
    ids=" ".join,
)
def test_a_folder_that_is_not_there_is_named_before_any_work(
    run: Run, here: Path, arguments: tuple[str, ...]
) -> None:
    answer = run(*arguments, "nowhere/it.svg")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "Error: there is no folder nowhere: make it first, or name a file in another one\n"
    assert not Path("nowhere").exists()


def test_a_list_of_proposals_is_written_or_printed(run: Run, here: Path) -> None:
    assert run("review", "--write", "list.csv").code == 0
    assert run("review", "--write", "-").out.encode() == Path("list.csv").read_bytes()


def test_a_dash_stands_for_standard_output(run: Run, here: Path) -> None:
    table = run("export", "csv", "-o", "-", *LONG_AGO)
    assert (table.code, table.err) == (0, "")
    assert len(list(csv.DictReader(table.out.splitlines()))) == 4
    page = run("map", "-o", "-", *LONG_AGO)
    assert page.out.startswith("<!doctype html>")
    assert not [path for path in here.iterdir() if path.name.startswith("-")]


def test_options_that_would_say_nothing_are_refused(run: Run, here: Path) -> None:
    answer = run("export", "csv", "-o", "ties.csv", "--history", "--as-of", "2016")
    assert answer.code == 2
    assert "leave --as-of out" in answer.err


def test_a_link_stays_a_link(run: Run, here: Path) -> None:
    Path("real.html").write_text("old", encoding="utf-8")
    Path("link.html").symlink_to("real.html")
    assert run("map", "-o", "link.html").code == 0
    assert Path("link.html").is_symlink()
    assert Path("real.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_export_of_the_whole_graph_for_neo4j_admin(run: Run, here: Path) -> None:
    answer = run("export", "neo4j-import", "-o", "graph")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("Wrote graph: ")
    assert "neo4j-admin database import full neo4j @import.args" in Path("graph/README.txt").read_text(
        "utf-8"
    )
    assert "graph is there already" in run("export", "neo4j-import", "-o", "graph").err
    refused = run("export", "neo4j-import", "-o", "other", "--as-of", "2016")
    assert refused.code == 2
    assert "leave --as-of out" in refused.err
    assert "makes a folder" in run("export", "neo4j-import", "-o", "-").err
