"""A panel at hand: measures over time as a frame, a table in a cell, or a chart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.api.html import SHOWN, asked_of, block, table
from comity.graph.stores.base import Store
from comity.queries.frames import panel_frame
from comity.queries.measures import measure_of
from comity.queries.naming import actor_id
from comity.queries.panels import Panel
from comity.viz.figures import Chart
from comity.viz.plots import bump_chart

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class PanelView:
    """Measures of actors in every period. `panel` is the library's own value."""

    panel: Panel
    store: Store = field(repr=False)

    def polars(self) -> "pl.DataFrame":
        """A row for each actor and period in which it has a tie."""
        return panel_frame(self.panel)

    def plot(self, measure: str = "", actors: Sequence[str] = ()) -> Chart:
        """The ranks by a measure (the first) over time: of these actors, else of those that stood best over all periods."""
        chosen = measure_of(measure) if measure else self.panel.measures[0]
        named = [
            actor if actor in self.panel.nodes else actor_id(self.store, actor)
            for actor in ((actors,) if isinstance(actors, str) else actors)
        ]
        return bump_chart(self.panel, chosen, named or self.panel.leading(chosen))

    def __repr__(self) -> str:
        return f"<panel of {self._title()}>"

    def _title(self) -> str:
        names = ", ".join(measure.name for measure in self.panel.measures)
        first, last = self.panel.periods[0].name, self.panel.periods[-1].name
        return f"{names}, every {self.panel.every} from {first} to {last}: {len(self.panel.actors)} actors"

    def _repr_html_(self) -> str:
        """The first of the last period, which is what most people look for."""
        columns, rows = self.panel.columns, list(self.panel.rows())
        rank = columns.index(self.panel.column(self.panel.measures[0], "_rank"))
        last = [row for row in rows if row[2] == rows[-1][2] and row[rank] is not None]
        shown = sorted(last, key=lambda row: (row[rank], row[0]))[:SHOWN]
        asked = asked_of(self.panel.question, self.panel.revision)
        left_out = {"no source tells of": self.panel.left_out} if self.panel.left_out else {}
        return block(self._title(), {**asked, **left_out}, table(columns, shown, len(rows) - len(shown)))
