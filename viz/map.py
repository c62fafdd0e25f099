"""Maps: a history becomes one HTML file that shows relations and the evidence behind every line, and needs no network."""

import os
import tempfile
from pathlib import Path

from comity.viz.data import page_data
from comity.viz.page import render
from comity.viz.picture import Picture


def draw(picture: Picture) -> str:
    """The HTML of a map."""
    return render(page_data(picture))


def write_map(path: Path | str, picture: Picture) -> int:
    """Write the map to a file and give its size in bytes. The file is complete or untouched, never half written."""
    page = draw(picture).encode("utf-8")
    target = Path(path).resolve()  # a link stays one, its target is replaced
    if target.exists() and not target.is_file():
        target.write_bytes(page)  # a pipe or device takes what is written to it
        return len(page)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(page)
        # A temporary file is for its owner only; a map is a file like any other.
        os.chmod(name, 0o644 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return len(page)


def _umask() -> int:
    """The mask for new files; there is no way to ask for it without setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
