"""The engine `fast`: the functions that compute a measure of many networks at once, asked for one."""

from collections import defaultdict
from collections.abc import Mapping
from typing import ClassVar

from comity.graph.slices import Slice
from comity.queries.doubt.model import Choices, Term, everything
from comity.queries.doubt.values import values
from comity.queries.engines.engine import Engine
from comity.queries.measures import MEASURES
from comity.queries.measures.measure import Measure


class FastEngine(Engine):
    """Arrays instead of graphs: every measure of every slice."""

    name = "fast"
    about = "numpy and rustworkx, on any slice"
    tolerances: ClassVar[Mapping[str, float]] = {name: measure.same for name, measure in MEASURES.items()}

    def _compute(self, measure: Measure, slice: Slice) -> Mapping[str, float]:
        (row,) = values(measure, _settled(slice), everything(0))
        return dict(zip(slice.members, row.tolist(), strict=True))

    def nothing(self, measure: Measure) -> float:
        return measure.nothing


def _settled(slice: Slice) -> Choices:
    """The network of the slice as one in which nothing is open."""
    places = {actor: place for place, actor in enumerate(slice.members)}
    facts: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for tie in slice.ties:
        left, right = sorted((places[tie.left], places[tie.right]))
        facts[left, right].add(tie.fact)
    pairs = tuple(sorted(facts))
    numbers = {fact: number for number, fact in enumerate(sorted(set[str]().union(*facts.values())))}
    terms = tuple(
        Term(numbers[fact], place, ()) for place, pair in enumerate(pairs) for fact in sorted(facts[pair])
    )
    return Choices(tuple(slice.members), pairs, terms, 0)
