"""Figures drawn without a browser: how they begin, what they share, and how they are saved as SVG, PNG or HTML."""

import html
import io
from pathlib import Path
from typing import TYPE_CHECKING

from comity.graph.errors import InputError
from comity.queries.files import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, FAINT = "#1f2933", "#9aa5b1"

FORMATS = (".svg", ".png", ".html")


def new_figure(path: Path, width: float, height: float) -> "Figure":
    """A figure of so many inches that can be saved under this name; `InputError` says what to install or how to name the file."""
    if path.suffix.lower() not in FORMATS:
        raise InputError(
            f"{path.name}: no chart is drawn as {path.suffix or 'that'}; name a file that ends in {', '.join(FORMATS)}"
        )
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("charts need a package that is not installed: pip install 'comity[plot]'") from None
    mpl.rcParams["svg.hashsalt"] = "comity"  # the same chart has the same bytes
    mpl.rcParams["font.family"] = "DejaVu Sans"
    return Figure(figsize=(width, height))


def save_figure(figure: "Figure", path: Path) -> Path:
    """Save the figure by its name's ending. The file is complete or untouched."""
    ending = path.suffix.lower()
    stream = io.BytesIO()
    if ending == ".png":
        figure.savefig(stream, format="png", dpi=160, metadata={"Software": None})
        return write_whole(path, {"": stream.getvalue()})[0]
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    drawn = stream.getvalue()
    if ending == ".html":
        picture = drawn.decode()
        picture = picture[picture.index("<svg") :]
        drawn = _PAGE.format(title=html.escape(path.stem), picture=picture).encode()
    return write_whole(path, {"": drawn})[0]


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>body {{ margin: 1rem auto; max-width: 70rem; }} svg {{ width: 100%; height: auto; }}</style>
</head>
<body>
{picture}
</body>
</html>
"""
