import csv
import json
import os
import threading
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from comity.graph.accounts import Policy
from comity.graph.errors import InputError, UnknownName
from comity.graph.loading import load
from comity.graph.slices import Question, Slice, history_of, read_history, take
from comity.graph.stores import Store
from comity.queries.exports import CSV_COLUMNS, SHAPES, export
from comity.queries.networks import to_networkx
from tests.graph.facts import reading, stated
from tests.queries.alliances import JULY, alliances_1914, day

EMPTY = Slice(Question(), (), {}, {})


def july(store: Store) -> Slice:
    return take(store, Question(types=("defence",), as_of=day(JULY)))


def test_graphml_is_read_back_by_networkx(store: Store, tmp_path: Path) -> None:
    load(store, alliances_1914())
    slice = july(store)
    (path,) = export("graphml", slice, tmp_path / "july.graphml")
    graph = nx.read_graphml(path)
    expected = to_networkx(slice)
    assert not graph.is_directed()
    assert list(graph.nodes(data=True)) == list(expected.nodes(data=True))
    assert list(graph.edges(data="weight")) == list(expected.edges(data="weight"))
    assert graph.edges["COW-AUH", "DEU"] == {
        "weight": 3,
        "facts": "test:dual-alliance; test:romanian; test:triple-alliance",
        "kinds": "agreement",
        "types": "defence",
        "when": "1879-10-07/1918-11-03; 1882-05-20/1915-05-03; 1883-10-30/1916-08-27",
        "status": "in_force",
        "sure_types": "defence",
        "disputed": False,
    }
    assert graph.graph["revision"] == store.revision()
    assert (graph.graph["rule"], graph.graph["sources"], graph.graph["as_of"]) == (
        "every-pair",
        "test",
        "1914-07-28",
    )


def test_the_table_of_ties_is_read_back_by_csv(store: Store, tmp_path: Path) -> None:
    load(store, alliances_1914())
    path, meta = export("csv", july(store), tmp_path / "july.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(CSV_COLUMNS)
    assert len(rows) == 14  # ten pairs, one of which is tied three times and two twice
    portuguese = next(row for row in rows if row["fact"] == "test:anglo-portuguese")
    assert portuguese == {
        "fact": "test:anglo-portuguese", "title": "Anglo-Portuguese", "kind": "agreement", "left": "GBR", "right": "PRT",
        "directed": "false", "types": "defence", "status": "in_force", "in_effect": "true", "when": "1386-05-09/..",
        "earliest_begin": "1386-05-09", "latest_begin": "1386-05-09", "earliest_end": "", "latest_end": "",
        "rule": "every-pair", "sources": "test:a", "sure_types": "defence", "disputed": "false",
    }  # fmt: skip
    said = json.loads(meta.read_text(encoding="utf-8"))
    assert meta.name == "july.csv.meta.json"
    assert (said["as_of"], said["sources"], said["rows"]) == ("1914-07-28", ["test"], 14)
    assert said["revision"] == store.revision()


def test_a_history_has_every_phase(store: Store, tmp_path: Path) -> None:
    load(store, alliances_1914())
    history = read_history(store, ("agreement",))
    (path,) = export("graphml", history, tmp_path / "all.graphml")
    graph = nx.read_graphml(path, force_multigraph=True)
    assert graph.number_of_edges() == len(history.ties)
    statuses = sorted(
        data["status"] for _, _, data in graph.edges(data=True) if data["fact"] == "test:naval-convention"
    )
    assert statuses == ["announced", "negotiating"]
    table, _ = export("csv", history, tmp_path / "all.csv")
    with table.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == len(history.ties) + 1


def test_a_history_names_what_settled_its_facts(store: Store, tmp_path: Path) -> None:
    load(store, alliances_1914())
    question = Question(policy=Policy("majority"), applied_from=0.5, known_on=date(2100, 1, 1))
    _, meta = export("csv", history_of(store, question), tmp_path / "all.csv")
    said = json.loads(meta.read_text(encoding="utf-8"))
    assert [said[name] for name in ("rule", "policy", "same_from", "known_on")] == [
        "every-pair", "majority", 0.5, "2100-01-01",
    ]  # fmt: skip


def test_what_some_source_disputes_is_told_apart(store: Store, tmp_path: Path) -> None:
    told = [
        stated("pact", "FRA GBR", ["in_force 1904/.."], types=["defence"]),
        stated("pact", "FRA GBR", ["in_force 1904/.."], types=["defence", "trade"], source="b"),
        stated("games", "FRA GBR RUS", [f"held {JULY}"], kind="drill", types=["sea"]),
        stated("games", "FRA GBR RUS", ["cancelled 1914-07-01"], kind="drill", types=["sea"], source="b"),
    ]
    load(store, reading(told))
    asked = Question(layers=("agreement", "drill"), as_of=day(JULY), certainty="possible")
    table, _ = export("csv", take(store, asked), tmp_path / "ties.csv")
    with table.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert sorted((row[3], row[4], row[6], *row[-2:]) for row in rows) == [
        ("FRA", "GBR", "defence; trade", "defence", "false"),
        ("FRA", "GBR", "sea", "sea", "true"),
        ("FRA", "RUS", "sea", "sea", "true"),
        ("GBR", "RUS", "sea", "sea", "true"),
    ]
    graph = nx.read_graphml(export("graphml", take(store, asked), tmp_path / "ties.graphml")[0])
    assert {
        tuple(pair): (data["sure_types"], data["disputed"]) for *pair, data in graph.edges(data=True)
    } == {
        ("FRA", "GBR"): ("defence", False),
        ("FRA", "RUS"): ("", True),
        ("GBR", "RUS"): ("", True),
    }


def test_odd_characters_survive_or_are_replaced(store: Store, tmp_path: Path) -> None:
    statement = stated("odd", "FRA GBR", ["in_force 1904/.."])
    odd = type(statement).from_dict(
        {**statement.to_dict(), "titles": ['A "quoted", title\nof two lines: éß日']}
    )
    load(store, reading([odd]))
    slice = take(store, Question(as_of=day(JULY)))
    path, _ = export("csv", slice, tmp_path / "odd.csv")
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["title"] == 'A "quoted", title\nof two lines: éß日'


def test_what_xml_cannot_hold_is_replaced(store: Store, tmp_path: Path) -> None:
    load(store, reading([stated("odd\x01", "FRA GBR", ["in_force 1904/.."])]))
    (path,) = export("graphml", take(store, Question(as_of=day(JULY))), tmp_path / "odd.graphml")
    assert nx.read_graphml(path).edges["FRA", "GBR"]["facts"] == "test:odd\ufffd"


def test_equal_slices_give_equal_files(store: Store, tmp_path: Path) -> None:
    load(store, alliances_1914())
    for shape in SHAPES:
        first, *_ = export(shape, july(store), tmp_path / "first")
        second, *_ = export(shape, july(store), tmp_path / "second")
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("shape", SHAPES)
def test_an_empty_slice_gives_a_file_that_can_be_read(shape: str, tmp_path: Path) -> None:
    path, *_ = export(shape, EMPTY, tmp_path / "empty")
    if shape == "graphml":
        assert len(nx.read_graphml(path)) == 0
    elif shape == "gexf":
        assert len(nx.read_gexf(path)) == 0
    else:
        assert path.read_bytes() == (",".join(CSV_COLUMNS) + "\r\n").encode()


def test_an_older_file_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("old", encoding="utf-8")
    export("csv", EMPTY, path)
    assert path.read_text(encoding="utf-8").startswith("fact,title")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["ties.csv", "ties.csv.meta.json"]


def test_keys_of_attributes_are_unique(store: Store, tmp_path: Path) -> None:
    load(store, alliances_1914())
    for subject in (july(store), read_history(store, ("agreement",))):
        (path,) = export("graphml", subject, tmp_path / "keys.graphml")
        root = ElementTree.parse(path).getroot()
        keys = [element.attrib["id"] for element in root if element.tag.endswith("}key")]
        assert len(keys) == len(set(keys)) > 5


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target, link = tmp_path / "kept" / "real.csv", tmp_path / "ties.csv"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert export("csv", EMPTY, link) == (link, tmp_path / "ties.csv.meta.json")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("fact,title")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert export("csv", EMPTY, pipe) == (pipe,)
    reader.join()
    assert read == [(",".join(CSV_COLUMNS) + "\r\n").encode()]
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no folder .*missing: make it first"):
        export("csv", EMPTY, tmp_path / "missing" / "ties.csv")
    with pytest.raises(InputError, match=r"is a folder: name a file in it, such as .*ties.csv"):
        export("csv", EMPTY, tmp_path)
    with pytest.raises(UnknownName, match="there is no shape 'xlsx'; choose from: graphml, gexf, csv"):
        export("xlsx", EMPTY, tmp_path / "ties.xlsx")
    assert list(tmp_path.iterdir()) == []
