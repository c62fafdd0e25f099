"""What a map is to show: the history, the day it opens on, and how large its actors are."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from comity.graph.dates import When
from comity.graph.model import Source
from comity.graph.slices import Certainty, History


@dataclass(frozen=True, slots=True)
class Sizing:
    """A measure of the actors that their areas can show: its name, its values, and for some the range in which doubt leaves them."""

    name: str
    values: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """The ranks of actors by a measure, for each year from the first on; None where an actor is not in the network."""

    measure: str
    first: int
    ranks: Mapping[str, Sequence[int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that a map is made of.

    `as_of` is the day or span it opens on. `sizes` is a measure of the actors, named by `size_name` ("degree, agreement: defence");
    the nodes' areas show it. `source_details` gives the sources of the statements by id; a source that is not there is shown by its
    id. `only` is a kind and one of its types, (`agreement`, `defence`), to which the page's filter is set when it opens.
    `ranges` tell how far doubt moves the sizes (least, most), `others` are measures to choose instead in the page, and `standing` is
    drawn as a chart of ranks over the years.
    `texts` are texts of sources by their hash (queries/texts.py): where a statement stands in one of them, the page shows its words.
    """

    history: History
    as_of: When
    title: str
    sizes: Mapping[str, float]
    size_name: str
    source_details: Mapping[str, Source]
    certainty: Certainty = "certain"
    only: tuple[str, str] | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    others: tuple[Sizing, ...] = ()
    standing: Standing | None = None

    @property
    def measures(self) -> tuple[Sizing, ...]:
        """Every measure that the areas can show, the one they show at first in front."""
        return (Sizing(self.size_name, self.sizes, self.ranges), *self.others)

    def _repr_html_(self) -> str:
        """The map in a cell of a notebook, in a frame of its own."""
        from comity.viz.map import draw

        frame = 'style="width: 100%; height: 720px; border: 0" title="{title}" srcdoc="{page}"'
        return (
            f"<iframe {frame.format(title=html.escape(self.title), page=html.escape(draw(self)))}></iframe>"
        )
