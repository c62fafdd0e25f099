"""An open graph: a store that is asked in code and notebooks."""

from collections.abc import Sequence
from datetime import date
from types import TracebackType
from typing import Any, Self, Unpack

from comity.api.html import block, table
from comity.api.panel import PanelView
from comity.api.slice import SliceView
from comity.api.table import Table
from comity.graph.dates import When
from comity.graph.slices import history_of
from comity.graph.stores.base import Row, Store
from comity.queries.asking import Which, question_of
from comity.queries.doubt.ranges import SAMPLES
from comity.queries.dyads import relate
from comity.queries.entries import Entry
from comity.queries.frames import types_of
from comity.queries.inventory import Collection, inventory
from comity.queries.library import run
from comity.queries.measures import measure_of
from comity.queries.naming import actor_id
from comity.queries.panels import panel


class Graph:
    """An open store, closed by `close` or at the end of a `with` block. Actors are named by id, code or name.

    Which ties count is said by the same words as on the command line, with the same defaults (`queries/asking.py`, `Which`): layers,
    types, sources, rule, convention, certainty, policy, known_on.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def slice(self, as_of: str | date | When | None = None, **which: Unpack[Which]) -> SliceView:
        """The ties on a day (`2016-12-31`) or in a month, year or closed span; without one, today's."""
        return SliceView.taken(self.store, question_of(as_of, **which))

    def panel(
        self,
        measures: str | Sequence[str],
        first: int | None = None,
        last: int | None = None,
        *,
        every: str = "year",
        doubt: bool = False,
        actors: Sequence[str] = (),
        samples: int = SAMPLES,
        seed: int = 0,
        workers: int = 1,
        **which: Unpack[Which],
    ) -> PanelView:
        """Measures of all actors (or of these) over the years from `first` to `last`; those of which the sources tell, if none are given.

        `every` is `year`, `month` or `change`; `doubt` adds how far each value and rank can move, and so many
        `workers` (processes) share the periods.
        """
        names = (measures,) if isinstance(measures, str) else measures
        question = question_of(**which)
        found = panel(
            history_of(self.store, question), question, [measure_of(name) for name in names], first, last, every,
            doubt=doubt, samples=samples, seed=seed, workers=workers,
        )  # fmt: skip
        if actors:
            found = found.only([actor_id(self.store, actor) for actor in actors])
        return PanelView(found, self.store)

    def relate(self, a: str, b: str) -> Table[Entry]:
        """Everything that has been between two actors, in the order of time; `found` has what is in force, and whom they share."""
        left, right = (actor_id(self.store, actor) for actor in (a, b))
        found = relate(self.store, left, right)
        columns = {
            name: hint
            for name, hint in types_of(Entry).items()
            if name in ("fact", "kind", "title", "types", "status", "when", "sources")
        }
        asked = {"as_of": found.as_of, "policy": found.policy, "revision": found.revision[:12]}
        return Table(f"{found.left.name} and {found.right.name}", asked, columns, found.facts, found)

    def query(self, name: str, **parameters: Any) -> Table[Row]:
        """The answer of a question of the library; `comity query --list` shows them."""
        answer = run(self.store, name, parameters)
        columns = dict.fromkeys(column.name for column in answer.query.columns)
        asked = {name: value for name, value in answer.parameters.items() if value is not None}
        return Table(answer.query.name, asked, columns, answer.rows, answer, answer.note)

    def close(self) -> None:
        """Give the store back."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<graph at {self.store.url}>"

    def _repr_html_(self) -> str:
        held = inventory(self.store)
        columns = tuple(Collection.__slots__)
        rows = [[getattr(collection, name) for name in columns] for collection in held.collections]
        title = (
            f"{held.facts:,} facts about {held.countries} countries and {held.organizations} organizations"
        )
        return block(title, {"store": held.store, "revision": held.revision[:12]}, table(columns, rows))
