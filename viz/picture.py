"""What a map is to show: the history, the day it opens on, and how large its actors are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from comity.graph.coverage import loaded_sources
from comity.graph.dates import When
from comity.graph.model import DOSSIERS, Source
from comity.graph.slices import Certainty, History, Question, Slice, history_of, take
from comity.graph.statements import read_sources
from comity.graph.stores.base import Store
from comity.queries.doubt.ranges import doubt
from comity.queries.measures.measure import Measure
from comity.queries.panels import panel
from comity.queries.ranking import rank
from comity.queries.texts import texts_of
from comity.queries.yearly import years_of


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


def picture_of(
    store: Store,
    question: Question,
    measures: Sequence[Measure],
    title: str,
    *,
    layers: tuple[str, ...] = (),
    doubtful: bool = False,
    only: tuple[str, str] | None = None,
    texts: Path | None = None,
) -> Picture:
    """The picture of these layers (none: all), opened on the question's day, with actors sized by measures on its slice.

    Of the sources that are named the slice has those that tell of its own layers: others may tell of the rest of the picture.
    `doubtful` adds how far what is uncertain moves the sizes; `only` is as for `Picture`, `texts` a folder with texts of sources whose
    words are to be shown.
    """
    history = history_of(store, question, layers)
    question = _of_its_layers(store, question)
    slice = take(store, question)
    first, *others = (_sizing(store, slice, measure, doubtful=doubtful) for measure in measures)
    sources = read_sources(store, question.known_on)
    return Picture(
        history=history,
        as_of=question.days,
        title=title,
        sizes=first.values,
        size_name=first.name,
        ranges=first.ranges,
        others=tuple(others),
        standing=_standing(store, question, measures[0]),
        source_details=sources,
        certainty=question.certainty,
        only=only,
        texts=texts_of(texts, sources),
    )


def _of_its_layers(store: Store, question: Question) -> Question:
    """The question of those of its sources that tell of its layers; of all where none does, which is then refused."""
    told = {
        name
        for one in loaded_sources(store, question.layers, question.known_on)
        for name in (one.id, one.collection)
    }
    kept = tuple(name for name in question.sources if name in told | {DOSSIERS})
    return replace(question, sources=kept or question.sources)


def _sizing(store: Store, slice: Slice, measure: Measure, *, doubtful: bool) -> Sizing:
    """A measure of the slice's actors, named with what it was taken on; with doubt its ranges too."""
    name = _named(measure, slice.question)
    if not doubtful:
        return Sizing(name, {row.actor: row.value for row in rank(slice, measure).rows})
    rows = doubt(store, slice.question, measure).rows
    return Sizing(
        name,
        {row.actor: row.value for row in rows if row.value is not None},
        {row.actor: (row.value_least, row.value_most) for row in rows},
    )


def _standing(store: Store, question: Question, measure: Measure) -> Standing | None:
    """The ranks of all actors by the measure in every year of which the sources tell; none where they tell of one year at most."""
    history = history_of(store, question)
    first, last = years_of(history)
    if not history.ties or first > last:
        return None
    found = panel(history, question, [measure], first, last)
    years = [int(period.name) for period in found.periods]
    if len(years) < 2:
        return None
    # Years of which nobody tells are left out of a panel; on the page they are years without a rank.
    told = {actor: dict(zip(years, found.ranks_of(measure, actor), strict=True)) for actor in found.actors}
    whole = range(years[0], years[-1] + 1)
    ranks = {actor: [by_year.get(year) for year in whole] for actor, by_year in told.items()}
    return Standing(_named(measure, question), years[0], ranks)


def _named(measure: Measure, question: Question) -> str:
    """A measure with what it is taken on."""
    return f"{measure.name}, {'+'.join(question.layers)}: {', '.join(question.types) or 'all types'}"
