"""How soon the map is there and how smoothly it goes through time, in Chromium, beside stock pyvis on the same graph.

A step is timed from the slider's event until the picture that it leads to is on the canvas: its pixels are read back, so that nothing
is still to be drawn. The peer is pyvis as it comes (physics on, its scripts inside the file) on the slice of 2018: its first picture is
there when its loading bar has gone. Needs COMITY_DATA (ATOP 5.1) and Chromium.

    python -m benchmarks.map [SECONDS TO WAIT FOR THE PEER]
"""

import os
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLong

from benchmarks.figures import report
from comity.cli.files import write
from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.slices import Question, Slice, take
from comity.graph.stores import Store, open_store
from comity.loaders.dossier import bundled, open_bundled
from tests import published

PATIENCE = 90.0
"""Seconds after which the peer is given up: then the figure says how long was waited, and the ratio is at least that much."""

RUNS = 5
STEPS = 200

_SETTINGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")

_STEP = """async (days) => {
  const slider = document.getElementById('days'), canvas = document.querySelector('#map canvas');
  const frame = () => new Promise(requestAnimationFrame), times = [];
  for (const day of days) {
    const begun = performance.now();
    slider.value = day;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await frame();
    await Promise.resolve();
    canvas.getContext('2d').getImageData(0, 0, 1, 1);
    times.push(performance.now() - begun);
    await frame();
  }
  return times;
}"""


def main() -> None:
    """Measure and print."""
    data = os.environ.get("COMITY_DATA")
    if not data:
        sys.exit("set COMITY_DATA to the folder with ATOP's tables")
    patience = float(sys.argv[1]) if len(sys.argv) > 1 else PATIENCE
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        slice, atop = _atop(folder, Path(data))
        tour = _tour(folder)
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_SETTINGS))
        graph = f"ATOP in 2018: {len(slice.members)} actors, {len(_pairs(slice))} ties"
        report("map_atop_page", atop.stat().st_size / 1e6, "MB", "goal: at most 1.1")
        report("map_tour_page", tour.stat().st_size / 1e6, "MB", "goal: at most 1")
        first = statistics.median(_first_picture(browser, atop) for _ in range(RUNS))
        report("map_first_picture", first, "s", f"goal: at most 0.6; {graph}, and the history from 1815 on")
        _steps(browser, atop)
        _peer(browser, folder, slice, first, patience)
        browser.close()


def _atop(folder: Path, data: Path) -> tuple[Slice, Path]:
    """The slice of the last year of ATOP, and the map of its whole history."""
    question = Question(as_of=When.parse("2018-12-31"))
    with open_store(str(folder / "atop")) as store:
        load(store, published.atop(data))
        return take(store, question), _map(store, question, folder / "atop.html")


def _tour(folder: Path) -> Path:
    """The map of the bundled dossiers."""
    with open_store(str(folder / "tour")) as store:
        for name in bundled():
            load(store, open_bundled(name).reading())
        return _map(store, Question(as_of=When.parse("2016-12-31")), folder / "tour.html")


def _map(store: Store, question: Question, path: Path) -> Path:
    write(
        store,
        question,
        path,
        layers=(),
        measures=("degree", "betweenness", "eigenvector"),
        title="Relations between states",
    )
    return path


def chromium() -> str:
    """The Chromium of this machine."""
    names = (os.environ.get("COMITY_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    return found or sys.exit("there is no Chromium here; name one by COMITY_CHROMIUM")


def _opened(browser: Browser, path: Path) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_function("window.comity && window.comity.firstPicture !== null")
    return page


def _first_picture(browser: Browser, path: Path) -> float:
    """Seconds from the beginning of the visit to the first picture."""
    page = _opened(browser, path)
    milliseconds: float = page.evaluate("comity.firstPicture")
    page.close()
    return milliseconds / 1000


def _steps(browser: Browser, path: Path) -> None:
    """Steps of a month through two centuries, and jumps to days of all of them."""
    page = _opened(browser, path)
    first, last = (int(page.get_attribute("#days", end) or 0) for end in ("min", "max"))
    chance = random.Random(1815)
    month = [last - 30 * step for step in range(STEPS)][::-1]
    century = [round(first + (last - first) * step / STEPS) for step in range(STEPS)]
    jumps = [chance.randint(first, last) for _ in range(STEPS)]
    for name, days in (("month", month), ("year", century), ("jump", jumps)):
        times = sorted(page.evaluate(_STEP, days))
        high = times[int(0.95 * len(times))]
        report(
            f"map_{name}_step_95th_percentile",
            high,
            "ms",
            f"goal: at most 50; median {times[len(times) // 2]:.1f}",
        )
    page.close()


def _pairs(slice: Slice) -> list[tuple[str, str]]:
    return sorted({(min(tie.left, tie.right), max(tie.left, tie.right)) for tie in slice.ties})


def _peer(browser: Browser, folder: Path, slice: Slice, ours: float, patience: float) -> None:
    """Stock pyvis on the slice."""
    path = folder / "pyvis.html"
    path.write_text(_stock(slice), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    # Its page asks for style sheets of the internet: what does not answer must not count against it.
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="commit")
    peer = "pyvis as it comes, when its loading bar has gone"
    try:
        page.wait_for_function(
            "document.getElementById('loadingBar')?.style.opacity === '0'", timeout=patience * 1000
        )
        seconds: float = page.evaluate("performance.now() / 1000")
    except TooLong:
        seconds, peer = patience, f"{peer}: given up after {patience:.0f} s"
    report("map_pyvis_first_picture", seconds, "s", peer)
    report("map_first_picture_speed_ratio_to_pyvis", seconds / ours, "ratio", f"goal: at least 100; {peer}")
    page.close()


def _stock(slice: Slice) -> str:
    from pyvis.network import Network

    network: Any = Network(cdn_resources="in_line")
    for actor in slice.members:
        network.add_node(actor, label=slice.actors[actor].name)
    for left, right in _pairs(slice):
        network.add_edge(left, right)
    page: str = network.generate_html()
    return page


if __name__ == "__main__":
    main()
