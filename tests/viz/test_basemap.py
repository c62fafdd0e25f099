import importlib.util
import json
from pathlib import Path

import pytest

from comity.viz import basemap as module
from comity.viz.basemap import basemap
from comity.viz.projection import WIDTH

ROOT = Path(__file__).parents[2]


def ends(arc: list[int], backwards: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    first = arc[0], arc[1]
    last = sum(arc[0::2]), sum(arc[1::2])
    return (last, first) if backwards else (first, last)


def test_every_ring_is_closed() -> None:
    world = basemap()
    for ring in world["land"]:
        joints = [ends(world["arcs"][number if number >= 0 else ~number], number < 0) for number in ring]
        for (_, end), (start, _) in zip(joints, joints[1:] + joints[:1], strict=True):
            assert end == start


def test_coasts_and_borders_are_lines_of_the_land() -> None:
    world = basemap()
    used = {number if number >= 0 else ~number for ring in world["land"] for number in ring}
    assert set(world["borders"]) <= used
    assert not set(world["borders"]) & set(world["coasts"])


def test_the_world_is_wide_and_small() -> None:
    world = basemap()
    assert max(arc[0] for arc in world["arcs"]) < WIDTH / 2 + 100
    assert len(json.dumps(world)) < 70_000


def test_the_basemap_is_what_the_script_makes_of_natural_earth(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = importlib.util.spec_from_file_location("build_basemap", ROOT / "scripts" / "build_basemap.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "TARGET", tmp_path / "basemap.json")
    geojson = data_folder / "geo" / "ne_110m_admin_0_countries.geojson"
    monkeypatch.setattr("sys.argv", ["build_basemap.py", str(geojson)])
    script.main()
    bundled = Path(module.__file__).parent / "assets" / "basemap.json"
    assert (tmp_path / "basemap.json").read_bytes() == bundled.read_bytes()
    assert "basemap.json" in capsys.readouterr().out
