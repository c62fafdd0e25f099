"""Maps: a history becomes one HTML file that shows relations and the evidence behind every line, and needs no network."""

from pathlib import Path

from comity.graph.files import write_whole
from comity.viz.data import page_data
from comity.viz.page import render
from comity.viz.picture import Picture


def draw(picture: Picture) -> str:
    """The HTML of a map."""
    return render(page_data(picture))


def write_map(path: Path | str, picture: Picture) -> int:
    """Write the map to a file and give its size in bytes. The file is complete or untouched, never half written."""
    page = draw(picture).encode("utf-8")
    write_whole(Path(path), {"": page})
    return len(page)
