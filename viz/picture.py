"""What a map is to show: the history, the day it opens on, and how large its actors are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.graph.dates import When
from comity.graph.model import Source
from comity.graph.slices import Certainty, History


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that a map is made of.

    `as_of` is the day or span it opens on. `sizes` is a measure of the actors, named by `size_name` ("degree, agreement: defence");
    the nodes' areas show it. `source_details` gives the sources of the statements by id; a source that is not there is shown by its
    id. `only` is a kind and one of its types, (`agreement`, `defence`), to which the page's filter is set when it opens.
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
