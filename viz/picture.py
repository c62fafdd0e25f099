"""What a map is to show: the history, the day it opens on, and how large its actors are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from comity.graph.dates import When
from comity.graph.model import Source
from comity.graph.slices import Certainty, History, Question, history_of, take
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.queries.measures.measure import Measure
from comity.queries.ranking import rank
from comity.queries.texts import texts_of


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


def picture_of(
    store: Store,
    question: Question,
    measure: Measure,
    title: str,
    *,
    layers: tuple[str, ...] = (),
    only: tuple[str, str] | None = None,
    texts: Path | None = None,
) -> Picture:
    """The picture of these layers (none: all), opened on the question's day, with actors sized by a measure on its slice.

    `only` is as for `Picture`, `texts` a folder with texts of sources whose words are to be shown.
    """
    ranking = rank(take(store, question), measure)
    sources = read_sources(store)
    return Picture(
        history=history_of(store, question, layers),
        as_of=question.days,
        title=title,
        sizes={row.actor: row.value for row in ranking.rows},
        size_name=f"{ranking.measure}, {'+'.join(question.layers)}: {', '.join(question.types) or 'all types'}",
        source_details=sources,
        certainty=question.certainty,
        only=only,
        texts=texts_of(texts, sources),
    )
