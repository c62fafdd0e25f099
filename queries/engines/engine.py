"""What an engine is: a way of computing measures of a slice, which gives the values of the measure's own function."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Self

from comity.graph.errors import NotOffered
from comity.graph.slices import Slice
from comity.graph.stores.base import Store
from comity.queries.measures.measure import NOTHING, Measure


class Engine(ABC):
    """Computes measures of slices.

    `tolerances` names the measures that it offers: by how much, relative to their size, values may differ from those of the
    measure's own function, and are therefore not told apart in a ranking.
    """

    name: ClassVar[str]
    about: ClassVar[str]
    tolerances: ClassVar[Mapping[str, float]]

    @classmethod
    def of(cls, store: Store) -> Self:
        """The engine for slices of the store."""
        return cls()

    def values(self, measure: Measure, slice: Slice) -> dict[str, float]:
        """The value of each actor that has a tie in the slice, in order of ids.

        `NotOffered` says what the engine cannot compute, or cannot compute of this slice, and what can.
        """
        if measure.name not in self.tolerances:
            raise NotOffered(
                f"the engine {self.name} does not offer {measure.name}, only {', '.join(self.tolerances)}: "
                "use --engine networkx, which offers every measure"
            )
        if not slice.ties:
            return {}
        found = self._compute(measure, slice)
        return {actor: measure.number(found[actor]) for actor in slice.members}

    @abstractmethod
    def _compute(self, measure: Measure, slice: Slice) -> Mapping[str, float]:
        """The values of all members of a slice that has some."""

    def nothing(self, measure: Measure) -> float:
        """Below this a value is a rounding error of zero."""
        return NOTHING

    def warning(self, measure: Measure, slice: Slice) -> str:
        """What to know before the work begins; empty where there is nothing."""
        return ""
