"""Charts: what is drawn, in every format, the same each time."""

import math
import re
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest

from comity.graph.dates import When
from comity.graph.errors import InputError
from comity.graph.slices import Question
from comity.queries.differences import difference
from comity.queries.measures import measure_of
from comity.queries.panels import panel
from comity.viz.figures import check_drawing
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


def chunks_of(png: bytes) -> Iterator[bytes]:
    """The types of the chunks of a PNG file, in order: each has a length, a type, so many bytes, and a checksum."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    place = 8
    while place < len(png):
        length, type = struct.unpack_from(">I4s", png, place)
        yield type
        place += 12 + length


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
@pytest.mark.parametrize("draw", [drawn, slope])
def test_the_same_chart_has_the_same_bytes(
    draw: Callable[[Path], bytes], ending: str, tmp_path: Path
) -> None:
    first, second = draw(tmp_path / f"a.{ending}"), draw(tmp_path / f"b.{ending}")
    assert first.replace(b"<title>a<", b"<title>b<") == second


@pytest.mark.parametrize("draw", [drawn, slope])
def test_a_png_is_a_picture_that_says_nothing_of_when_and_by_what_it_was_made(
    draw: Callable[[Path], bytes], tmp_path: Path
) -> None:
    chunks = list(chunks_of(draw(tmp_path / "a.png")))
    assert {b"IHDR", b"IDAT", b"IEND"} <= set(chunks)
    assert set(chunks).isdisjoint({b"tIME", b"tEXt", b"iTXt", b"zTXt"})


@pytest.mark.parametrize("draw", [drawn, slope])
def test_a_page_or_picture_in_words_loads_nothing(draw: Callable[[Path], bytes], tmp_path: Path) -> None:
    picture, page = draw(tmp_path / "a.svg").decode(), draw(tmp_path / "a.html").decode()
    assert picture.startswith("<?xml") and page.startswith("<!doctype html>")
    for text in (picture, page):
        # Names of XML's vocabularies and parts of the picture itself: neither is fetched.
        assert "<script" not in text and "<image" not in text
        links = re.findall(r'\b(?:xlink:)?(?:href|src)="([^"]*)"', text)
        assert links and all(link.startswith("#") for link in links)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"" in page


def test_a_bump_chart_names_its_actors_and_what_was_asked(tmp_path: Path) -> None:
    texts = comments(drawn(tmp_path / "a.svg"))
    assert {"Germany", "Rank by degree: number of distinct partners"} <= texts
    assert any(
        "every year; 1910-01-01 to 1918-12-31; agreement (defence); certain ties" in text for text in texts
    )


def test_a_line_does_not_run_across_years_that_are_left_out() -> None:
    degree = measure_of("degree")
    history = history_of(alliances(), one="1910/1912", other="1916/1918")
    found = panel(history, DEFENCE, [degree], 1910, 1918)
    assert found.left_out == (1913, 1914, 1915)
    (line,) = bump_chart(found, degree, ["DEU"]).figure.axes[0].lines
    times, heights = (np.asarray(values, dtype=float) for values in line.get_data())
    assert times == pytest.approx([1910, 1911, 1912, math.nan, 1916, 1917, 1918], nan_ok=True)
    assert np.flatnonzero(np.isnan(heights)).tolist() == [3]


def test_a_slope_chart_shows_names_with_their_ranks(tmp_path: Path) -> None:
    texts = comments(slope(tmp_path / "a.svg"))
    assert any(text.endswith("Greece") for text in texts)
    assert any("5 pairs gained, 0 lost, 10 kept, turnover 0.33" in text for text in texts)


def test_each_side_of_a_slope_chart_is_named_by_what_it_has_of_its_own(tmp_path: Path) -> None:
    texts = comments(slope(tmp_path / "a.svg"))
    assert {"1914-07-28", "1914-12-31"} <= texts
    other = replace(DEFENCE, as_of=When.parse("1914-12-31"))
    history = history_of(alliances())
    found = difference(
        history.at(other),
        history.at(replace(other, certainty="possible")),
        measure_of("degree"),
        permutations=1,
    )
    chart = slope_chart(found)
    assert [label.get_text() for label in chart.figure.axes[0].get_xticklabels()] == [
        "certain ties",
        "possible ties",
    ]
    [said] = [text.get_text() for text in chart.figure.texts if "pairs gained" in text.get_text()]
    assert said.startswith("1914-12-31; agreement (defence); rule every-pair; sources test;")
    assert "certain ties" not in said


def test_actors_that_are_in_no_network_are_no_trouble(tmp_path: Path) -> None:
    assert drawn(tmp_path / "a.png", actors=("USA", "DEU"))


def test_another_ending_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.svg, \.png, \.html"):
        drawn(tmp_path / "a.jpg")


def test_whether_a_chart_can_be_drawn_is_asked_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.svg", "a.PNG", "a.html"):
        check_drawing(name)
    with pytest.raises(InputError, match=r"a\.jpg: no chart is drawn as \.jpg"):
        check_drawing("a.jpg")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"comity\[plot\]"):
        check_drawing("a.svg")


def test_a_chart_shows_itself_and_leaves_the_style_of_others_alone() -> None:
    degree = measure_of("degree")
    before = dict(matplotlib.rcParams)
    chart = bump_chart(panel(history_of(alliances()), DEFENCE, [degree], 1910, 1918), degree, ["DEU"])
    shown = chart._repr_svg_()
    assert shown.startswith("<svg") and "Germany" in shown
    assert shown == chart.svg()
    assert dict(matplotlib.rcParams) == before
