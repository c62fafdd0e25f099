"""Charts for people who would rather look than read: ranks over time, and ranks before and after. SVG, PNG or HTML."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.graph.dates import day_after
from comity.queries.differences import Difference
from comity.queries.measures.measure import Measure
from comity.queries.panels import Panel
from comity.queries.periods import Period
from comity.viz.captions import caption, compared, facets, side_label
from comity.viz.figures import FAINT, INK, Chart, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8A6D00", "#56B4E9", "#7A3E9D", "#444444")
"""Told apart by people who do not see all colours, and in print (after M. Okabe and K. Ito, the lightest of theirs left out)."""

STROKES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)))
"""Where there are more actors than colours, the strokes tell them apart."""


DEEPEST = 20
"""The last rank that a chart of ranks shows: below it lines leave the picture."""


@styled()
def bump_chart(panel: Panel, measure: Measure, actors: Sequence[str]) -> "Chart":
    """Draw the ranks of some actors over time, the first rank on top; a line is broken where its actor is not in the network, or years are left out."""
    from matplotlib.ticker import MaxNLocator

    ranks = {actor: panel.ranks_of(measure, actor) for actor in actors}
    deepest = _deepest([rank for each in ranks.values() for rank in each if rank is not None], len(actors))
    asked = [f"every {panel.every}", *facets(panel.question, panel.revision).values()]
    lines = caption(asked, width=10)
    figure, axes = _canvas(0.4 + 0.3 * deepest, below=_room(len(lines)), box=(0.07, 0.72))
    gaps = _gaps(panel.periods)
    times = [_middle(period.first, period.last) for period in panel.periods]
    axes.xaxis.set_major_locator(MaxNLocator(nbins="auto", steps=[1, 2, 5, 10], integer=True))
    axes.set_xlim(times[0] - 0.5, times[-1] + 0.5)
    axes.set_ylim(deepest + 0.6, 0.4)
    axes.set_yticks(
        [rank for rank in range(1, deepest + 1) if deepest <= 10 or rank in (1, deepest) or rank % 5 == 0]
    )
    axes.set_ylabel("rank", color=INK)
    ends: dict[tuple[int, int], list[Label]] = {}
    for number, actor in enumerate(actors):
        colour, stroke = _look(number)
        # Actors of one rank lie side by side, and not on each other; what is too deep leaves the picture.
        aside = 0.07 * (number - (len(actors) - 1) / 2)
        heights = [math.nan if rank is None else min(rank, deepest + 1) + aside for rank in ranks[actor]]
        axes.plot(
            np.insert(times, gaps, math.nan),
            np.insert(heights, gaps, math.nan),
            color=colour,
            linestyle=stroke,
            linewidth=2,
            marker="o",
            markersize=_dot(len(times)),
        )
        shown = [place for place, rank in enumerate(ranks[actor]) if rank is not None and rank <= deepest]
        if shown:
            label = Label(heights[shown[-1]], panel.nodes[actor].name, colour)
            ends.setdefault((shown[-1], round(label.height)), []).append(label)
    margin = [label for (place, _), labels in ends.items() if place == len(times) - 1 for label in labels]
    for (place, _), labels in ends.items():
        if place < len(times) - 1:
            _label_end(axes, times[place], labels)
    _label_margin(axes, margin, 1.01, "left")
    _caption(figure, f"Rank by {measure.name}: {measure.about}", lines)
    return Chart(figure)


@styled()
def slope_chart(found: Difference, number: int = 12) -> "Chart":
    """Draw the ranks of those who moved most from the one network to the other.

    Each side is named by what it has of its own; what both have stands below.
    """
    moves = [move for move in found.moves if move.places][:number]
    common, own = compared(*map(facets, (found.before, found.after), found.revisions))
    turnover = "" if found.turnover is None else f", turnover {found.turnover:.2f}"
    counts = f"{len(found.gained)} pairs gained, {len(found.lost)} lost, {found.kept} kept{turnover}"
    lines, sides = [*caption(common, width=7.5), counts], [side_label(told) for told in own]
    figure, axes = _canvas(
        0.8 + 0.32 * max(len(moves), 4),
        below=_room(len(lines), max(map(len, sides))),
        width=7.5,
        box=(0.3, 0.4),
    )
    left, right = [], []
    for place, move in enumerate(moves):
        assert move.before and move.after
        colour, stroke = _look(place)
        ends = (move.before.rank, move.after.rank)
        axes.plot([0, 1], ends, color=colour, linestyle=stroke, linewidth=2, marker="o")
        left.append(Label(ends[0], f"{move.before.name}  {ends[0]}", colour))
        right.append(Label(ends[1], f"{ends[1]}  {move.after.name}", colour))
    axes.invert_yaxis()
    axes.set_xticks([0, 1], ["\n".join(each) for each in sides])
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    _label_margin(axes, left, -0.03, "right")
    _label_margin(axes, right, 1.03, "left")
    _caption(figure, f"Rank by {found.measure}: who moved most", lines)
    return Chart(figure)


@dataclass(frozen=True, slots=True)
class Label:
    """A name at the end of a line: how high, what, in which colour."""

    height: float
    text: str
    colour: str


def _gaps(periods: Sequence[Period]) -> list[int]:
    """The places of periods that do not follow on the one before, because no source tells of what is between."""
    return [
        place
        for place, (earlier, later) in enumerate(pairwise(periods), start=1)
        if day_after(earlier.last) < later.first
    ]


def _deepest(ranks: Sequence[int], actors: int) -> int:
    """The last rank that is shown: most of the ranks, not the few that would need a picture twice as high."""
    ordered = sorted(ranks) or [1]
    return min(DEEPEST, ordered[-1], max(actors + 2, ordered[int(0.75 * (len(ordered) - 1))]))


def _room(caption: int, labels: int = 1) -> float:
    """Inches below the axes for so many lines of caption, and of labels above them."""
    return 0.35 + 0.13 * caption + 0.17 * labels


def _canvas(
    inner: float, *, below: float, box: tuple[float, float], width: float = 10
) -> "tuple[Figure, Axes]":
    """A figure and axes in it: as high as `inner` inches, with `below` inches under them, from the left and as wide as `box` says, in
    shares of the width.
    """
    from matplotlib.figure import Figure

    height = 0.65 + inner + below
    figure = Figure(figsize=(width, height))
    axes = figure.add_axes((box[0], below / height, box[1], inner / height))
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(FAINT)
    axes.tick_params(colors=INK, length=3, color=FAINT)
    axes.grid(axis="x", color="#e4e7eb", linewidth=0.8)
    axes.set_axisbelow(True)
    return figure, axes


def _look(number: int) -> tuple[str, Any]:
    return COLOURS[number % len(COLOURS)], STROKES[number // len(COLOURS) % len(STROKES)]


def _dot(times: int) -> float:
    """A dot for each period where there are few; none where they would run into each other."""
    return 5 if times <= 40 else 0


def _middle(first: date, last: date) -> float:
    """A period's place on the axis of years."""
    day = first.toordinal() + (last.toordinal() - first.toordinal()) / 2
    year = date.fromordinal(int(day)).year
    begin, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
    return (
        year
        + (day - begin) / (end - begin)
        - (0.5 if first == date(year, 1, 1) and last == date(year, 12, 31) else 0)
    )


def _label_end(axes: "Axes", time: float, labels: Sequence[Label]) -> None:
    """The names of actors whose lines end at one place within the picture."""
    import matplotlib.patheffects as effects

    axes.annotate(
        ", ".join(label.text for label in labels), xy=(time, labels[-1].height), xytext=(5, 0), textcoords="offset points",
        color=labels[0].colour if len(labels) == 1 else INK, va="center", fontsize=8.5,
        path_effects=[effects.withStroke(linewidth=3, foreground="white")],
    )  # fmt: skip


def _label_margin(axes: "Axes", labels: Sequence[Label], x: float, side: str) -> None:
    """Names beside the picture, moved apart where they would lie on each other."""
    low, high = sorted(axes.get_ylim())
    room = (high - low) * 0.19 / (axes.get_figure(root=True).get_figheight() * axes.get_position().height)  # type: ignore[union-attr]
    ordered = sorted(labels, key=lambda label: (label.height, label.text))
    heights = [label.height for label in ordered]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + room)
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], heights[place + 1] - room if place + 1 < len(heights) else high)
    for label, height in zip(ordered, heights, strict=True):
        axes.annotate(
            label.text, xy=(x, height), xycoords=("axes fraction", "data"), color=label.colour, va="center", ha=side, fontsize=9,
            annotation_clip=False,
        )  # fmt: skip


def _caption(figure: "Figure", title: str, lines: Sequence[str]) -> None:
    """The title above, and below what was asked and found."""
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.3 / height, title, fontsize=12, fontweight="bold", color=INK, va="center")
    figure.text(0.02, 0.12 / height, "\n".join(lines), fontsize=7.5, color="#52606d", va="bottom")
