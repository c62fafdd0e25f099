"""A slice at hand: the ties of a day or span as a network, a frame, a ranking or a map."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from comity.api.html import SHOWN, asked_of, block, table
from comity.api.map import Map
from comity.api.table import Table
from comity.graph.slices import Question, Slice, take
from comity.graph.stores.base import Store
from comity.queries.asking import names_of
from comity.queries.counts import Counts, counts_of
from comity.queries.differences import PERMUTATIONS, Difference, difference
from comity.queries.doubt.ranges import SAMPLES, RankedInDoubt, doubt_of
from comity.queries.frames import ties_frame, types_of
from comity.queries.measures import measure_of
from comity.queries.naming import actor_id
from comity.queries.networks import Network, to_digraph, to_networkx
from comity.queries.ranking import Ranked
from comity.queries.ranking import rank as rank_slice
from comity.viz.picture import picture_of

if TYPE_CHECKING:
    import polars as pl

    from comity.queries.chain import Chain


@dataclass(frozen=True, slots=True)
class SliceView:
    """The answer to a question, with all that may be in it for another settlement of what is doubtful.

    `slice` is the library's own value. What looks further than the ties (`why`, `map`) needs the store to be open.
    """

    slice: Slice
    possible: Slice = field(repr=False)
    asked: Question = field(repr=False)
    store: Store = field(repr=False)

    @classmethod
    def taken(cls, store: Store, question: Question) -> "SliceView":
        """The answer that the store gives now."""
        possible = take(store, replace(question, certainty="possible"))
        return cls(possible.narrowed(question), possible, question, store)

    def networkx(self, directed: bool = False) -> Network:
        """The network: an actor a node with name and label, tied pairs joined once, with the number of facts as weight.

        With `directed` a `DiGraph`, in which an undirected tie goes both ways.
        """
        return to_digraph(self.slice) if directed else to_networkx(self.slice)

    def polars(self) -> "pl.DataFrame":
        """The ties, one a row."""
        return ties_frame(self.slice)

    def rank(
        self, measure: str = "degree", *, doubt: bool = False, samples: int = SAMPLES, seed: int = 0
    ) -> "Table[Ranked] | Table[RankedInDoubt]":
        """The actors by a measure, with `doubt` how far each value and rank can move."""
        chosen = measure_of(measure)
        number = int if chosen.whole else float
        if not doubt:
            ranking = rank_slice(self.slice, chosen)
            columns = {**types_of(Ranked), "value": number}
            return Table(
                chosen.name, asked_of(ranking.question, ranking.revision), columns, ranking.rows, ranking
            )
        found = doubt_of(self.possible, self.slice.question, chosen, samples=samples, seed=seed)
        columns = {**types_of(RankedInDoubt), **dict.fromkeys(("value", "value_least", "value_most"), number)}
        return Table(
            f"{chosen.name} in doubt", asked_of(found.question, found.revision), columns, found.rows, found
        )

    def why(self, measure: str, actor: str, *, texts: Path | None = None) -> "Chain":
        """What an actor's number rests on: its ties, their facts, and who says so where."""
        from comity.queries.chain import why

        question = self.slice.question
        return why(
            self.store,
            self.asked,
            measure_of(measure),
            actor_id(self.store, actor, question.last),
            texts=texts,
        )

    def diff(
        self,
        later: "SliceView",
        measure: str = "degree",
        *,
        permutations: int = PERMUTATIONS,
        seed: int = 0,
    ) -> Difference:
        """What a later (or another) slice has that this one has not, and the other way round."""
        return difference(self.slice, later.slice, measure_of(measure), permutations=permutations, seed=seed)

    def map(
        self,
        *measures: str,
        title: str = "Relations between states",
        layers: str | Sequence[str] | None = None,
        texts: Path | None = None,
    ) -> Map:
        """The map of the slice's layers (or of others; none: all), opened on its day, with actors sized by the first of the measures (degree).

        It opens on the slice's type where that is one; of several it shows all types, as its page filters by one or none.
        """
        own, types = self.asked.layers, self.asked.types
        picture = picture_of(
            self.store, self.asked, [measure_of(name) for name in measures or ("degree",)], title,
            layers=own if layers is None else names_of(layers),
            only=(own[0], types[0]) if len(own) == len(types) == 1 else None, texts=texts,
        )  # fmt: skip
        return Map(picture)

    @property
    def counts(self) -> Counts:
        """How many actors, pairs and facts, each from what is certain to what is possible."""
        return counts_of(self.possible, self.slice.question)

    def __repr__(self) -> str:
        asked = self.slice.question
        types = f" ({', '.join(asked.types)})" if asked.types else ""
        return f"<{asked.certainty} {'+'.join(asked.layers)}{types} as of {asked.as_of}: {self._size()}>"

    def _size(self) -> str:
        counts = self.counts
        return f"{counts.actors} actors, {counts.pairs} pairs, {counts.facts} facts"

    def _repr_html_(self) -> str:
        ranking = rank_slice(self.slice, measure_of("degree"))
        shown = ranking.rows[:SHOWN]
        rows = [(row.rank, row.actor, row.name, row.value) for row in shown]
        return block(
            self._size(),
            asked_of(ranking.question, ranking.revision),
            table(("rank", "actor", "name", "partners"), rows, len(ranking.rows) - len(shown)),
        )
