"""Charts: what is drawn, in every format, the same each time."""

from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.graph.slices import Question
from comity.queries.differences import difference
from comity.queries.measures import measure_of
from comity.queries.panels import panel
from comity.viz.plots import bump_chart, slope_chart
from tests.queries.alliances import alliances
from tests.queries.histories import history_of

DEFENCE = Question(types=("defence",))


def drawn(path: Path, *, actors: tuple[str, ...] = ("DEU", "TUR", "SRB")) -> bytes:
    degree = measure_of("degree")
    found = panel(history_of(alliances()), DEFENCE, [degree], 1910, 1918)
    return bump_chart(found, degree, actors).save(path).read_bytes()


def slope(path: Path) -> bytes:
    history = history_of(alliances())
    sides = [
        history.at(Question(types=("defence",), as_of=When.parse(day)))
        for day in ("1914-07-28", "1914-12-31")
    ]
    found = difference(sides[0], sides[1], measure_of("degree"), permutations=1)
    return slope_chart(found).save(path).read_bytes()


def comments(svg: bytes) -> set[str]:
    """The texts of a picture: matplotlib writes each as a comment beside its glyphs."""
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    return {
        (node.text or "").strip() for node in ElementTree.fromstring(svg, parser).iter() if callable(node.tag)
    }


@pytest.mark.parametrize("draw", [drawn, slope])
def test_the_same_chart_has_the_same_bytes_and_loads_nothing(draw: object, tmp_path: Path) -> None:
    assert callable(draw)
    for ending, start in (("svg", b"<?xml"), ("png", b"\x89PNG"), ("html", b"<!doctype html>")):
        first, second = draw(tmp_path / f"a.{ending}"), draw(tmp_path / f"b.{ending}")
        assert first.startswith(start)
        assert first.replace(b"<title>a<", b"<title>b<") == second
        assert b"<script" not in first
        assert b"http-equiv" in first or ending != "html"


def test_a_bump_chart_names_its_actors_and_what_was_asked(tmp_path: Path) -> None:
    texts = comments(drawn(tmp_path / "a.svg"))
    assert {"Germany", "Rank by degree: number of distinct partners"} <= texts
    assert any("agreement (defence), certain ties, rule every-pair" in text for text in texts)


def test_a_slope_chart_shows_names_with_their_ranks(tmp_path: Path) -> None:
    texts = comments(slope(tmp_path / "a.svg"))
    assert any(text.endswith("Greece") for text in texts)
    assert any("5 pairs gained, 0 lost, 10 kept, turnover 0.33" in text for text in texts)


def test_actors_that_are_in_no_network_are_no_trouble(tmp_path: Path) -> None:
    assert drawn(tmp_path / "a.png", actors=("USA", "DEU"))


def test_another_ending_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.svg, \.png, \.html"):
        drawn(tmp_path / "a.jpg")


def test_a_chart_shows_itself_and_leaves_the_style_of_others_alone() -> None:
    degree = measure_of("degree")
    before = dict(matplotlib.rcParams)
    chart = bump_chart(panel(history_of(alliances()), DEFENCE, [degree], 1910, 1918), degree, ["DEU"])
    shown = chart._repr_svg_()
    assert shown.startswith("<svg") and "Germany" in shown
    assert shown == chart.svg()
    assert dict(matplotlib.rcParams) == before
