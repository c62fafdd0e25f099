"""Maps: a history becomes one HTML file that shows relations and the evidence behind every line, and needs no network."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from comity.graph.dates import When
from comity.graph.model import Source
from comity.graph.slices import Certainty, History
from comity.viz.data import page_data
from comity.viz.page import render


def draw(
    history: History,
    *,
    as_of: When,
    sizes: Mapping[str, float],
    size_name: str,
    certainty: Certainty = "certain",
    title: str,
    source_details: Mapping[str, Source],
) -> str:
    """The HTML of a map of the history as it stood on a day or in a span.

    `sizes` is a measure of the actors, named by `size_name` ("degree, agreement: defence"); the nodes' areas show it.
    `source_details` gives the sources of the statements by id; a source that is not there is shown by its id.
    """
    data = page_data(
        history,
        as_of=as_of,
        sizes=sizes,
        size_name=size_name,
        certainty=certainty,
        title=title,
        source_details=source_details,
    )
    return render(data)


def write_map(
    path: Path | str,
    history: History,
    *,
    as_of: When,
    sizes: Mapping[str, float],
    size_name: str,
    certainty: Certainty = "certain",
    title: str,
    source_details: Mapping[str, Source],
) -> int:
    """Write the map to a file and give its size in bytes. The file is complete or untouched, never half written."""
    page = draw(
        history,
        as_of=as_of,
        sizes=sizes,
        size_name=size_name,
        certainty=certainty,
        title=title,
        source_details=source_details,
    ).encode("utf-8")
    target = Path(path)
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
