"""A map fit for print, drawn without a browser: what the page shows of its day, with its caption, as SVG or PNG.

It takes its places, sizes and shapes from the same data as the page, so that the two look alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any

from comity.graph.kinds import kinds
from comity.viz.captions import settled
from comity.viz.data import page_data
from comity.viz.figures import INK, Chart, styled
from comity.viz.picture import Picture
from comity.viz.scene import (
    CANCELLED,
    EFFECT,
    ENDED,
    PLANNED,
    POSSIBLE,
    QUIET,
    STATES,
    Line,
    Mark,
    View,
    lines_of,
    marks_of,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

WIDTH, HEIGHTS = 10.0, {"map": 5.7, "network": 6.4}
"""Inches: two columns of a page."""

SEA, LAND, COAST, BORDER = "#eef3f6", "#fdfdfb", "#b9c6ce", "#dfe4e4"

_LOOKS: dict[str, tuple[float, float, Any]] = {
    ENDED: (0.5, 0.28, "-"),
    CANCELLED: (0.75, 0.6, (0, (6, 2, 1, 2))),
    PLANNED: (1.1, 0.9, (0, (0.1, 2.4))),
    POSSIBLE: (0.8, 0.8, (0, (4, 2.6))),
    EFFECT: (0.75, 0.62, "-"),
}
"""Width in points, strength and stroke of a line by its state."""

_BEND, _STRAIGHT = 0.09, 0.03


@styled()
def draw_still(picture: Picture, view: View = "map") -> Chart:
    """Draw the map, or the network, of the picture's day."""
    from matplotlib.figure import Figure

    data = page_data(picture)
    marks = marks_of(data, view)
    lines = list(lines_of(picture, {name for name, mark in marks.items() if mark.look == "pact"}))
    tied = {end for line in lines for end in (line.left, line.right)}
    figure = Figure(figsize=(WIDTH, HEIGHTS[view]))
    axes = figure.add_axes((0.01, 0.11, 0.98, 0.83))
    axes.axis("off")
    axes.set_aspect("equal")
    axes.invert_yaxis()
    shown = {name: mark for name, mark in marks.items() if name in tied}
    seen = [(mark.x, mark.y) for mark in shown.values()]
    page = None
    if view == "map":
        page = _draw_world(axes, data["world"])
        seen += _points(data["world"]["outline"])
    _draw_lines(axes, lines, marks, page)
    _draw_marks(axes, list(shown.values()))
    _set_bounds(axes, seen)
    _write_names(figure, axes, shown.values())
    _write_caption(figure, picture, data, lines, view)
    return Chart(figure)


def _draw_world(axes: "Axes", world: dict[str, Any]) -> "Patch":
    """The basemap; its page, at whose edge lines round the globe are cut off."""
    from matplotlib.collections import LineCollection, PathCollection
    from matplotlib.path import Path as Shape

    arcs = [_points(arc) for arc in world["arcs"]]
    edge = _points(world["outline"])
    page = axes.fill(*zip(*edge, strict=True), color=SEA, zorder=0)[0]
    rings = []
    for numbers in world["land"]:
        ring = [
            point for number in numbers for point in (arcs[number] if number >= 0 else arcs[~number][::-1])
        ]
        rings.append(Shape(ring, closed=False))
    land = PathCollection(rings, facecolor=LAND, edgecolor="none", zorder=1)
    borders = LineCollection(
        [arcs[number] for number in world["borders"]], colors=BORDER, linewidths=0.35, zorder=2
    )
    coasts = LineCollection(
        [arcs[number] for number in world["coasts"]], colors=COAST, linewidths=0.45, zorder=2
    )
    for drawn in (land, borders, coasts):
        axes.add_collection(drawn, autolim=False)
        drawn.set_clip_path(page)
    return page


def _points(differences: list[int]) -> list[tuple[int, int]]:
    x = y = 0
    found = []
    for dx, dy in zip(differences[::2], differences[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def _draw_lines(axes: "Axes", lines: Iterable[Line], marks: dict[str, Mark], page: "Patch | None") -> None:
    """Lines of one look as one collection; the faint first."""
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path as Shape

    groups: dict[tuple[int, str, bool, int], list[Any]] = defaultdict(list)
    for line in lines:
        for curve in _curves(marks[line.left], marks[line.right], _STRAIGHT if line.straight else _BEND):
            shape = Shape(curve, [Shape.MOVETO, Shape.CURVE3, Shape.CURVE3])
            groups[STATES.index(line.state), line.kind, line.straight, min(line.facts, 12)].append(shape)
    for (rank, kind, straight, facts), shapes in sorted(
        groups.items(), key=lambda item: (not item[0][2], item[0])
    ):
        width, strength, stroke = _LOOKS[STATES[rank]]
        fade = 0.3 if kind == "membership" else 0.62 if straight else 1.0
        drawn = PathCollection(
            shapes, facecolor="none", edgecolor=kinds()[kind].colour, linewidths=width * (1 + 0.55 * (sqrt(facts) - 1)),
            alpha=strength * fade, linestyles=[stroke], zorder=3, capstyle="round" if STATES[rank] == PLANNED else "butt",
        )  # fmt: skip
        axes.add_collection(drawn, autolim=False)
        if page is not None:
            drawn.set_clip_path(page)


def _curves(one: Mark, other: Mark, bend: float) -> list[list[tuple[float, float]]]:
    """The curve between two marks, or the two pieces of one that goes round the page."""
    if not one.around or not other.around or abs(other.x - one.x) <= (one.around + other.around) / 4:
        return [_curve(one.x, one.y, other.x, other.y, bend)]
    turn = -1 if other.x > one.x else 1
    return [
        _curve(one.x, one.y, other.x + turn * other.around, other.y, bend),
        _curve(one.x - turn * one.around, one.y, other.x, other.y, bend),
    ]


def _curve(x0: float, y0: float, x1: float, y1: float, bend: float) -> list[tuple[float, float]]:
    length = hypot(x1 - x0, y1 - y0) or 1.0
    aside = bend * length
    middle = ((x0 + x1) / 2 + (y0 - y1) / length * aside, (y0 + y1) / 2 + (x1 - x0) / length * aside)
    return [(x0, y0), middle, (x1, y1)]


def _draw_marks(axes: "Axes", marks: list[Mark]) -> None:
    """Discs for states, lozenges for organizations, rings for pacts; and the part of the page that holds them all."""
    for look, marker in (("pact", "o"), ("state", "o"), ("organization", "D")):
        of = sorted((mark for mark in marks if mark.look == look), key=lambda mark: -mark.radius)
        colours = [mark.colour for mark in of]
        axes.scatter(
            [mark.x for mark in of], [mark.y for mark in of], s=[(2 * mark.radius) ** 2 for mark in of], marker=marker, zorder=4,
            facecolor="white" if look == "pact" else colours, edgecolor=colours if look == "pact" else "white",
            linewidths=0.9 if look == "pact" else 0.6,
        )  # fmt: skip


def _set_bounds(axes: "Axes", seen: list[tuple[float, float]]) -> None:
    """Show all of these places, the first row of latitude on top."""
    xs, ys = zip(*(seen or [(0.0, 0.0)]), strict=True)
    wide, high = max(xs) - min(xs) or 400, max(ys) - min(ys) or 400
    axes.set_xlim(min(xs) - 0.03 * wide, max(xs) + 0.03 * wide)
    axes.set_ylim(max(ys) + 0.04 * high, min(ys) - 0.04 * high)


def _write_names(figure: "Figure", axes: "Axes", marks: Iterable[Mark]) -> None:
    """Names, the important first, none over another."""
    from matplotlib import patheffects
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.font_manager import FontProperties

    renderer: Any = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    figure.canvas.draw()
    point = figure.dpi / 72
    taken: list[tuple[float, float, float, float]] = []
    ordered = sorted(marks, key=lambda mark: (-mark.radius - (1.2 if mark.look == "pact" else 0), mark.name))
    for mark in ordered:
        if mark.radius > 3.4:
            x, y = axes.transData.transform((mark.x, mark.y))
            taken.append(
                (
                    x - mark.radius * point,
                    y - mark.radius * point,
                    x + mark.radius * point,
                    y + mark.radius * point,
                )
            )
    halo = [patheffects.withStroke(linewidth=1.6, foreground="white", alpha=0.85)]
    for mark in ordered:
        if not mark.name:
            continue
        style: Any = {"style": "italic", "family": "serif"} if mark.look == "pact" else {}
        font = FontProperties(size=6.4 if mark.look == "pact" else 6.0, **style)
        width, height, _ = renderer.get_text_width_height_descent(mark.name, font, False)
        x, y = axes.transData.transform((mark.x, mark.y))
        gap = (mark.radius + 2) * point
        for left, low in (
            (x + gap, y - height / 2),
            (x - width / 2, y - gap - height),
            (x - gap - width, y - height / 2),
            (x - width / 2, y + gap),
        ):
            box = (left - 1, low - 1, left + width + 1, low + height + 1)
            inside = box[0] > 4 and box[2] < figure.bbox.width - 4
            if inside and not any(
                box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
            ):
                taken.append(box)
                x, y = axes.transData.inverted().transform((left, low))
                axes.text(
                    x, y, mark.name, fontproperties=font, va="bottom", zorder=5, path_effects=halo, clip_on=False, parse_math=False,
                    color=QUIET if mark.look == "pact" else INK,
                )  # fmt: skip
                break


def _write_caption(
    figure: "Figure", picture: Picture, data: dict[str, Any], lines: list[Line], view: View
) -> None:
    from matplotlib.lines import Line2D

    figure.text(
        0.02, 0.965, picture.title, fontsize=12, fontweight="bold", color=INK, va="center", parse_math=False
    )
    only = f"; {picture.only[0]}: only {picture.only[1]}" if picture.only else ""
    where = (
        "Equal Earth projection, Natural Earth, borders of today"
        if view == "map"
        else "closeness stands for ties"
    )
    by = "; ".join(settled(picture.history).values())
    told = [
        f"{data['asOf']['words']}; {picture.certainty} ties, rule {picture.history.rule}{only}; size: {picture.size_name}; {where}",
        f"data {', '.join(picture.history.sources) or 'none'}; {by}; revision {picture.history.revision[:12]}; made with comity",
    ]
    figure.text(0.02, 0.02, "\n".join(told), fontsize=6.8, color=QUIET, va="bottom", parse_math=False)
    used, states = {line.kind for line in lines}, {line.state for line in lines}
    layers = [
        Line2D([], [], color=kind.colour, lw=1.6, label=kind.plural)
        for kind in kinds().values()
        if kind.name in used
    ]
    looks = [(state, *_LOOKS[state]) for state in reversed(STATES) if state in states]
    strokes = [
        Line2D([], [], color=INK, lw=1.6 * width, alpha=strength, linestyle=stroke, label=state)
        for state, width, strength, stroke in looks
    ]
    how = {"frameon": False, "fontsize": 7, "handlelength": 2.4}
    if layers:
        figure.legend(
            handles=layers, loc="upper right", bbox_to_anchor=(0.99, 0.995), ncols=len(layers), **how
        )
    if strokes:
        figure.legend(
            handles=strokes, loc="lower left", bbox_to_anchor=(0.012, 0.065), ncols=len(strokes), **how
        )
