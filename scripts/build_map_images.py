"""Make the pictures of docs/map.md: the map of some days, on a wide and on a narrow screen, as Chromium shows it.

Those of 1914 and 1949 are of ATOP 5.1, which is not shipped: COMITY_DATA names the folder that holds it.

    COMITY_DATA=FOLDER python scripts/build_map_images.py
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.map import chromium
from comity.cli.files import write
from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.slices import Question
from comity.graph.stores import open_store
from comity.loaders.dossier import bundled, open_bundled
from comity.viz.projection import project
from tests import published

IMAGES = Path(__file__).parent.parent / "docs" / "images"
SCREENS = {"": (1400, 900), "-phone": (390, 844)}
COLOURS = 256  # enough for what is drawn in few colours; half of the bytes

_VIENNA = project(48.2, 16.4)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the map it is of, and the address of the view."""

    name: str
    map: str
    address: str = ""


SHOTS = (
    Shot("map-1914", "1914", f"#at={_VIENNA.x - 250},{_VIENNA.y + 300},2.6"),
    Shot("map-1949", "1949"),
    Shot("network-1949", "1949", "#view=network"),
    Shot("map-2016", "2016"),
    Shot("network-2016", "2016", "#view=network"),
    Shot("map", "2016", "#look=actor:JPN"),
    Shot("network-japan", "2016", "#view=network&look=actor:JPN"),
)


def main() -> None:
    """Make them all."""
    data = os.environ.get("COMITY_DATA") or sys.exit("set COMITY_DATA to the folder with ATOP's tables")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        _draw_maps(folder, Path(data))
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for shot in SHOTS:
            for ending, size in SCREENS.items():
                _take(browser, folder, shot, size, IMAGES / f"{shot.name}{ending}.png")
        browser.close()


def _draw_maps(folder: Path, data: Path) -> None:
    measures = ("degree", "betweenness", "eigenvector")
    with open_store(str(folder / "atop")) as store:
        load(store, published.atop(data))
        for day, title in (
            ("1914-07-27", "Alliances in July 1914"),
            ("1949-12-31", "Alliances at the end of 1949"),
        ):
            question = Question(as_of=When.parse(day))
            write(store, question, folder / f"{day[:4]}.html", layers=(), measures=measures, title=title)
    with open_store(str(folder / "tour")) as store:
        for name in bundled():
            load(store, open_bundled(name).reading())
        question = Question(as_of=When.parse("2016-12-31"), types=("defence",))
        write(
            store,
            question,
            folder / "2016.html",
            layers=(),
            measures=measures,
            title="Relations between states",
        )


def _take(browser: Browser, folder: Path, shot: Shot, size: tuple[int, int], path: Path) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.goto((folder / f"{shot.map}.html").as_uri() + shot.address)
    page.wait_for_function("window.comity.firstPicture !== null")
    page.wait_for_timeout(600)  # the histogram and the list of sources come after the first picture
    page.screenshot(path=path)
    page.close()
    with Image.open(path) as picture:
        fewer = picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    fewer.save(path, optimize=True)


if __name__ == "__main__":
    main()
