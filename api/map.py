"""A map that shows itself in a cell, and goes into a file."""

from dataclasses import dataclass, field
from pathlib import Path

from comity.api.html import framed
from comity.viz.map import draw, write_map
from comity.viz.picture import Picture

HEIGHT = 600
"""How high the map is in a cell, in pixels."""


@dataclass(frozen=True, slots=True)
class Map:
    """A map, drawn when it is shown or saved."""

    picture: Picture = field(repr=False)

    def __repr__(self) -> str:
        return f"<map {self.picture.title!r}, opened on {self.picture.as_of}: {len(self.picture.history.facts)} facts>"

    def save(self, path: Path | str) -> Path:
        """Write the map to an HTML file that opens in any browser and needs no network."""
        write_map(path, self.picture)
        return Path(path)

    def _repr_html_(self) -> str:
        return framed(draw(self.picture), HEIGHT)
