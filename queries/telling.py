"""Who tells of a day, and how much: counts by each data set, and by all dossiers together.

Two data sets that both code an alliance tell of it twice, so what they count is never added up; and a data set counts nothing, not even
zero, on a day of which it does not tell.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.graph.coverage import Loaded, coverage_of, told_of, untold
from comity.graph.dates import LAST_DAY, When
from comity.graph.model import DOSSIERS
from comity.graph.resolve import Fact


@dataclass(frozen=True, slots=True)
class CountedBy:
    """What one data set, or all dossiers together (`dossiers`), tell of a day: how many for certain, how many possibly.

    `certain` is None where it does not tell of the day. `facts` are those of any time.
    """

    source: str
    certain: int | None
    possible: int
    facts: int


@dataclass(frozen=True, slots=True)
class Telling:
    """The sources that are loaded, and the day that is asked about."""

    loaded: Sequence[Loaded]
    day: date

    @property
    def untold(self) -> tuple[str, ...]:
        """The kinds of facts of which nobody who is loaded tells on the day."""
        coverage = coverage_of(self.loaded)
        return tuple(untold(coverage, coverage, self.day, self.day))

    @property
    def note(self) -> str:
        """That in words, and of which time there is somebody who tells; empty where somebody tells of all."""
        kinds = self.untold
        told = told_of(coverage_of(self.loaded), kinds)
        return f"nobody tells of {', '.join(kinds)} in {self.day}: {told}" if kinds else ""

    def until(self, kind: str) -> date:
        """The last day of which anybody tells of the kind; `LAST_DAY` where some source does not say of which time it tells."""
        spans = coverage_of(self.loaded).get(kind, {}).values()
        return max((When.parse(span).latest_end if span else LAST_DAY for span in spans), default=LAST_DAY)

    def counted(
        self, facts: Iterable[Fact], count: Callable[[Iterable[Fact]], tuple[int, int]], kind: str = ""
    ) -> tuple[CountedBy, ...]:
        """What each of the sources that tell of the kind (of any) counts, by its facts among these: `count` gives certain and possible."""
        known = list(facts)
        loaded = [one for one in self.loaded if kind in ("", one.kind)]
        names = {one.collection: one.collection if one.data_set else DOSSIERS for one in loaded}
        found = []
        for name in sorted(set(names.values())):
            theirs = [fact for fact in known if name in map(names.get, fact.collections)]
            coverage = coverage_of(one for one in loaded if names[one.collection] == name)
            told = len(untold(coverage, coverage, self.day, self.day)) < len(coverage)
            certain, possible = count(theirs)
            found.append(CountedBy(name, certain if told else None, possible, len(theirs)))
        return tuple(found)
