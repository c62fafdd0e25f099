"""Figures drawn without a browser: how they look, and how they are shown and saved as SVG, PNG or HTML."""

import html
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.graph.errors import InputError
from comity.graph.files import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, FAINT = "#1f2933", "#9aa5b1"

FORMATS = (".svg", ".png", ".html")


@contextmanager
def styled() -> Iterator[None]:
    """Charts look the same whatever else is drawn in the process, and leave what else is drawn alone."""
    try:
        import matplotlib as mpl
    except ImportError:
        raise InputError("charts need a package that is not installed: pip install 'comity[plot]'") from None
    # The salt, too: with it the same chart has the same bytes.
    with mpl.rc_context({"svg.hashsalt": "comity", "font.family": "DejaVu Sans"}):
        yield


def check_drawing(path: Path | str) -> None:
    """`InputError` where no chart can be drawn into this file, for its ending or for want of a package: asked before much is computed."""
    _ending(path)
    with styled():
        pass


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that has been drawn: it shows itself in a notebook, and goes into a file. Equal charts give equal bytes."""

    figure: "Figure" = field(repr=False)

    def svg(self) -> str:
        """The chart as an SVG element, to stand in a page."""
        drawn = self._drawn(format="svg", metadata={"Date": None, "Creator": None}).decode()
        return drawn[drawn.index("<svg") :]

    def save(self, path: Path | str) -> Path:
        """Write the chart as SVG, PNG or HTML, by the ending of the file's name; `InputError` where that is another one."""
        target = Path(path)
        match _ending(target):
            case ".svg":
                content = self._drawn(format="svg", metadata={"Date": None, "Creator": None})
            case ".png":
                content = self._drawn(format="png", dpi=160, metadata={"Software": None})
            case _:
                content = _PAGE.format(title=html.escape(target.stem), picture=self.svg()).encode()
        return write_whole(target, {"": content})[0]

    def _drawn(self, **how: Any) -> bytes:
        stream = io.BytesIO()
        with styled():
            self.figure.savefig(stream, **how)
        return stream.getvalue()

    def _repr_svg_(self) -> str:
        return self.svg()


def _ending(path: Path | str) -> str:
    """The ending of a file's name, if charts are drawn as that."""
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        raise InputError(
            f"{Path(path).name}: no chart is drawn as {ending or 'that'}; name a file that ends in {', '.join(FORMATS)}"
        )
    return ending


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
