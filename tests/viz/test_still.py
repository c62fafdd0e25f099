from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from comity.graph.errors import InputError
from comity.graph.slices import History
from comity.viz.scene import View
from comity.viz.still import draw_still
from tests.viz.histories import HOSTILE, history, picture, told

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("view", ["map", "network"])
def test_a_figure_is_the_same_every_time(view: Any, tmp_path: Path) -> None:
    one, other = (draw_still(picture(), view).save(tmp_path / name) for name in ("one.svg", "two.svg"))
    assert one.read_bytes() == other.read_bytes()


def test_a_figure_is_a_picture_in_the_form_that_its_name_ends_in(tmp_path: Path) -> None:
    assert draw_still(picture()).save(tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match=r"map.gif: no chart is drawn as .gif"):
        draw_still(picture()).save(tmp_path / "map.gif")


def test_texts_of_the_data_stay_texts(tmp_path: Path) -> None:
    root = Xml.parse(draw_still(picture(title=HOSTILE)).save(tmp_path / "map.svg")).getroot()
    assert root.find(f".//{SVG}script") is None


def test_an_empty_history_gives_a_map_without_ties(tmp_path: Path) -> None:
    empty = History((), (), {}, ("t",), "every-pair", "abc")
    views: tuple[View, ...] = ("map", "network")
    for view in views:
        assert draw_still(picture(history=empty), view).save(tmp_path / f"{view}.svg").stat().st_size > 1000


def test_what_is_drawn_is_what_the_page_draws(tmp_path: Path) -> None:
    from comity.viz import scene

    stopped = told("stopped", "drill", "CAN JPN", [("planned", "2015-01-01"), ("cancelled", "2015-06-01")])
    lines = scene.lines_of(picture([stopped]), {"t:north-atlantic-treaty"})
    found = {(line.kind, line.state, *sorted((line.left, line.right))) for line in lines}
    assert ("agreement", scene.EFFECT, "JPN", "USA") in found
    assert ("agreement", scene.POSSIBLE, "CZE", "GBR") in found
    assert ("agreement", scene.PLANNED, "FRA", "JPN") in found
    assert ("drill", scene.ENDED, "GBR", "JPN") in found
    assert ("agreement", scene.EFFECT, "BEL", "t:north-atlantic-treaty") in found
    assert ("drill", scene.CANCELLED, "CAN", "JPN") in found
    assert not any({"CZE", "FRA"} == {left, right} for _, _, left, right in found)
    assert len(found) == 19 and len(history().ties) > len(found)
