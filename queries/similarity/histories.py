"""How alike two states were year by year, from ties that are gone through once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.graph.dates import When
from comity.graph.model import Source, collection_of
from comity.graph.slices import History, Question, today
from comity.graph.ties import Tie
from comity.queries.periods import check_years
from comity.queries.plain import plain
from comity.queries.similarity.measures import SIMILARITY_MEASURES
from comity.queries.similarity.pairs import by_every_measure, check_two, described
from comity.queries.similarity.portfolios import Pledges, pledges_of
from comity.queries.similarity.weights import Weights


@dataclass(frozen=True, slots=True)
class Year:
    """How alike two states were in a year, by every measure.

    The values are missing, and `states` is 0, where no source tells of the year, no weight is known in it, or one of the two was no state of
    the system.
    """

    year: int
    states: int
    valued: Mapping[str, float | None]
    binary: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class SimilarityHistory:
    """How alike two states were in every year of which a data set (`collection`) tells, both states of the system, by its agreements."""

    collection: str
    question: Question
    years: tuple[Year, ...]

    def to_dict(self) -> dict[str, Any]:
        """The history as plain JSON values, with what counted in every year."""
        told = described(self.question)
        del told["as_of"]
        return {
            **told,
            "sources": [self.collection],
            "convention": self.question.convention,
            "years": plain(self.years),
        }


def liken_yearly(
    history: History,
    question: Question,
    left: str,
    right: str,
    first: int,
    last: int,
    *,
    weights: Weights | None = None,
) -> tuple[Year, ...]:
    """Two states by every measure in each of the years, by the question's types, convention and certainty.

    The ties of the history are gone through once, whatever the number of years.
    """
    check_two(left, right)
    check_years(first, last)
    pledges = _pledges_of_two(history.ties, question, left, right)
    years = range(first, last + 1)
    told = [year for year in years if history.tells(_in(question, year))]
    known = {year.year: year for year in _known(pledges, question, left, right, told, weights)}
    return tuple(known.get(year) or _untold(year) for year in years)


def similarity_histories(
    ties: Iterable[Tie], sources: Mapping[str, Source], question: Question, left: str, right: str
) -> tuple[SimilarityHistory, ...]:
    """The histories of two states by each data set that has commitments of either and says of which time it tells.

    A dossier does not say that: what it leaves out is not said to be none.
    """
    told: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        for collection in {collection_of(source) for source in tie.sources}:
            told[collection].append(tie)
    found = []
    for collection, theirs in sorted(told.items()):
        spans = [
            When.parse(source.coverage)
            for source in sources.values()
            if source.collection == collection and source.coverage
        ]
        pledges = _pledges_of_two(theirs, question, left, right)
        if spans and pledges.actors:
            first = min(span.earliest_begin.year for span in spans)
            last = min(max(span.latest_end.year for span in spans), today().earliest_begin.year)
            known = _known(pledges, question, left, right, range(first, last + 1))
            if known:
                found.append(SimilarityHistory(collection, question, tuple(known)))
    return tuple(found)


def _pledges_of_two(ties: Iterable[Tie], question: Question, left: str, right: str) -> Pledges:
    """What the two pledge; the portfolios of others do not enter into how alike they are."""
    return pledges_of((tie for tie in ties if {tie.left, tie.right} & {left, right}), question)


def _known(
    pledges: Pledges,
    question: Question,
    left: str,
    right: str,
    years: Iterable[int],
    weights: Weights | None = None,
) -> list[Year]:
    """Those of the years in which both are states of the system, and the weights are known: all are computed together."""
    known: list[tuple[int, int]] = []
    pairs, numbers = [], []
    for year in years:
        asked = _in(question, year)
        found = pledges.during(asked.first, asked.last)
        if {left, right} <= set(found.states) and (weights is None or weights.covers(year)):
            known.append((year, len(found.states)))
            pairs.append(found.of(left, right))
            numbers.append(weights.of(found.states, year)[0] if weights else None)
    if not known:
        return []
    valued, binary = by_every_measure(pairs, numbers), by_every_measure(pairs, numbers, binary=True)
    return [Year(*which, *values) for which, *values in zip(known, valued, binary, strict=True)]


def _in(question: Question, year: int) -> Question:
    return question.within(date(year, 1, 1), date(year, 12, 31))


def _untold(year: int) -> Year:
    missing = dict.fromkeys(SIMILARITY_MEASURES)
    return Year(year, 0, missing, missing)
