import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from comity.graph.crosswalk import crosswalk
from comity.graph.errors import InputError
from comity.graph.resolve import resolve_all
from comity.graph.slices import ActorNode, History
from comity.graph.ties import derive_ties
from comity.loaders.dossier import bundled, open_bundled
from comity.viz.data import page_data
from comity.viz.map import draw, write_map
from comity.viz.page import as_script
from tests.viz.histories import HOSTILE, picture


def html(title: str = "Test") -> str:
    return draw(picture(title=title))


def test_equal_input_gives_equal_bytes() -> None:
    assert html() == html()


def test_the_policy_names_what_stands_in_the_page() -> None:
    page = html()
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert (len(scripts), len(styles)) == (2, 1)
    for text in (*scripts, *styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = html()
    assert re.findall(r"<(?:script|link|img|iframe|object|embed)[^>]*(?:src|href)=\"([^\"]*)\"", page) == [
        "data:,"
    ]
    assert "sourceMappingURL" not in page
    assert "@import" not in page


def test_hostile_texts_stay_texts() -> None:
    page = html(title=HOSTILE)
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_data_is_json_that_cannot_leave_its_element() -> None:
    given = {"a": "</script><!-- & \u2028 \ud800", "b": ["ü"]}
    text = as_script(given)
    assert not set("<>&\u2028") & set(text)
    assert text.encode("utf-8")
    assert json.loads(text) == given


def test_the_page_holds_the_data() -> None:
    found = re.findall(r'<script type="application/json" id="[a-z-]*">(.*?)</script>', html(), re.DOTALL)
    drawn, evidence = map(json.loads, found)
    assert {**drawn, "evidence": evidence} == json.loads(json.dumps(page_data(picture())))


def test_a_small_page_is_small() -> None:
    assert len(html().encode()) < 620_000


def test_the_bundled_dossiers_fit_into_a_megabyte() -> None:
    dossiers = [open_bundled(name) for name in bundled()]
    facts = tuple(resolve_all(statement for dossier in dossiers for statement in dossier.statements))
    actors = {}
    for actor in crosswalk().actors():
        place = (actor.capital.latitude, actor.capital.longitude) if actor.capital else ()
        actors[actor.id] = ActorNode(actor.id, actor.label, actor.name, *place)
    told = History(facts, tuple(derive_ties(facts)), actors, tuple(bundled()), "every-pair", "0" * 64)
    sources = {source.id: source for dossier in dossiers for source in dossier.sources}
    sizes = dict.fromkeys(actors, 1.0)
    page = draw(picture(history=told, sizes=sizes, source_details=sources))
    assert len(page.encode()) < 1_000_000


def test_a_map_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "map.html"
    with pytest.raises(InputError, match=r"there is no folder .*new folder: make it first"):
        write_map(path, picture())
    path.parent.mkdir()
    size = write_map(path, picture())
    assert path.read_text(encoding="utf-8") == html()
    assert path.stat().st_size == size
    assert [entry.name for entry in path.parent.iterdir()] == ["map.html"]


def test_a_map_that_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "map.html"
    taken.mkdir()
    (taken / "kept").write_text("here")
    with pytest.raises(OSError):
        write_map(taken, picture())
    assert [entry.name for entry in tmp_path.iterdir()] == ["map.html"]
    assert (taken / "kept").read_text() == "here"
