"""How many partners an actor had in every year, layer by layer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.graph.dates import FIRST_DAY
from comity.graph.kinds import kinds
from comity.graph.ties import Tie


@dataclass(frozen=True, slots=True)
class PartnersByYear:
    """Distinct partners by ties of one kind that were in effect on some day of the year, from the year `first` on.

    `certain` are those who were partners whatever the unknown dates are, `possible` those who may have been.
    """

    kind: str
    first: int
    certain: tuple[int, ...]
    possible: tuple[int, ...]


def partners_by_year(ties: Iterable[Tie], actor: str, last: date) -> tuple[PartnersByYear, ...]:
    """The partners of the actor in every year up to that of the day `last`, for each kind of which there is a tie.

    A layer begins with the first year of which a tie tells; what has no beginning is counted from there on.
    """
    held: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.in_effect and tie.when.earliest_begin <= last and actor in (tie.left, tie.right):
            held[tie.kind].append(tie)
    return tuple(_counted(kind, held[kind], actor, last.year) for kind in kinds() if kind in held)


def _counted(kind: str, ties: list[Tie], actor: str, last: int) -> PartnersByYear:
    told = [day for tie in ties for day in (*tie.when.begin, tie.when.earliest_end) if day != FIRST_DAY]
    first = min(last, min((day.year for day in told), default=last))
    certain: list[set[str]] = [set() for _ in range(first, last + 1)]
    possible: list[set[str]] = [set() for _ in range(first, last + 1)]
    for tie in ties:
        when, other = tie.when, tie.right if tie.left == actor else tie.left
        for year in range(max(first, when.earliest_begin.year), min(last, when.latest_end.year) + 1):
            possible[year - first].add(other)
            # As for a year that is asked about with the convention any-day.
            if tie.surely_within(date(year, 1, 1), date(year, 12, 31)):
                certain[year - first].add(other)
    return PartnersByYear(kind, first, tuple(map(len, certain)), tuple(map(len, possible)))
