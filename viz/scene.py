"""What a figure of the map shows: marks for actors and pacts, and lines with their state on the picture's days."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from comity.graph.kinds import kinds
from comity.graph.ties import Tie
from comity.viz.picture import Picture

View = Literal["map", "network"]

EFFECT, POSSIBLE, PLANNED, CANCELLED, ENDED = (
    "in effect",
    "possibly in effect",
    "announced or planned",
    "cancelled or suspended",
    "ended in the ten years before",
)

STATES = (ENDED, CANCELLED, PLANNED, POSSIBLE, EFFECT)
"""From the faintest to the one that counts for most."""

ACTOR, QUIET = "#1d3446", "#55646f"

_LINGERS = 3653  # days for which what has ended is still drawn, as on the page
_UNIT = 0.62  # points of a figure to a pixel of the page


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the figure in units of the page, with its radius in points and its name."""

    x: float
    y: float
    around: int
    radius: float
    name: str
    look: Literal["state", "organization", "pact"]
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two marks: its layer and state, of how many facts, and whether it is one of many with a common end."""

    kind: str
    state: str
    left: str
    right: str
    facts: int
    straight: bool


def marks_of(data: dict[str, Any], view: View) -> dict[str, Mark]:
    """Every actor and pact by id."""
    marks = {}
    radii = data["measures"][0]["radii"]
    for actor, radius in zip(data["actors"], radii, strict=True):
        organization = actor.get("group") == "Organization"
        x, y = actor["arranged"] if view == "network" else (actor["x"], actor["y"])
        aside = actor.get("aside", (0, 0))
        marks[actor["id"]] = Mark(
            x + 6 * aside[0], y + 6 * aside[1], 0 if view == "network" else actor["around"], radius * _UNIT,
            actor["id"] if organization else actor["label"], "organization" if organization else "state",
            QUIET if organization else ACTOR,
        )  # fmt: skip
    colours = [kind.colour for kind in kinds().values()]
    for id, kind, _, _, _, hub, label, *_ in (row for row in data["facts"] if len(row) > 6 and row[5]):
        x, y = hub[3:] if view == "network" else hub[:2]
        marks[id] = Mark(
            x,
            y,
            0 if view == "network" else hub[2],
            2.0,
            "" if label.isdigit() else label,
            "pact",
            colours[kind],
        )
    return marks


def lines_of(picture: Picture, pacts: set[str]) -> Iterator[Line]:
    """A line for each two actors and layer; a pact has one to each of its parties."""
    best: dict[tuple[str, str, str, bool], tuple[int, set[str]]] = {}
    for tie in picture.history.ties:
        state = _state(tie, picture)
        if state is None or not tie.may_be_of(_asked_for(tie, picture)):
            continue
        pact = tie.fact in pacts
        ends = (
            [(tie.left, tie.fact), (tie.right, tie.fact)]
            if pact
            else [(min(tie.left, tie.right), max(tie.left, tie.right))]
        )
        for left, right in ends:
            key, rank = (tie.kind, left, right, pact), STATES.index(state)
            known, facts = best.get(key, (-1, set()))
            if rank > known:
                best[key] = (rank, {tie.fact})
            elif rank == known:
                facts.add(tie.fact)
    for (kind, left, right, pact), (rank, facts) in sorted(best.items()):
        yield Line(kind, STATES[rank], left, right, len(facts), pact or kind == "membership")


def _asked_for(tie: Tie, picture: Picture) -> tuple[str, ...]:
    """The type that alone is to be seen of the tie's kind, if one is."""
    return picture.only[1:] if picture.only is not None and tie.kind == picture.only[0] else ()


def _state(tie: Tie, picture: Picture) -> str | None:
    """The state of a tie on the picture's days; nothing where it is not to be seen."""
    first, last = picture.as_of.earliest_begin, picture.as_of.latest_end
    possibly = tie.when.possibly_within(first, last)
    if tie.status == "suspended":
        return CANCELLED if possibly else None
    if tie.status in ("cancelled", "ended"):
        return CANCELLED if possibly and (first - tie.when.latest_begin).days <= _LINGERS else None
    if not tie.in_effect:
        return PLANNED if possibly else None
    if tie.surely_within(first, last) and tie.surely_of(_asked_for(tie, picture)):
        return EFFECT
    if possibly:
        return POSSIBLE
    gone = (first - tie.when.latest_end).days
    return ENDED if 0 < gone <= _LINGERS else None
