"""How much work one request may be, so that no one keeps the service from the others."""

from collections.abc import Mapping, Sequence

from comity.graph.stores.base import Store
from comity.queries.doubt.ranges import SAMPLES
from comity.queries.library import warning_of
from comity.queries.measures import Measure
from comity.service.problems import TooMuch

MOST_YEARS = 1_000
"""Years of a yearly table."""

MOST_YEARS_OF_ALL_PAIRS = 30
"""Years of a yearly table that has a row for every pair of states."""

MOST_BALANCED = 50
"""Years whose balance one request may ask for."""

MOST_PERIODS = 3_000
"""Periods of a panel, each for one measure; some measures count as several."""

MOST_SIZES = 5
"""Measures that a map lets its reader choose from."""

MOST_SAMPLED = 400_000
"""Networks that may have to be computed for doubt: samples for each period and measure; some measures count as many."""


_BY_FACT, _SAMPLED_BY_FACT = 10, 2_000
"""How many times the work a measure is that looks at which facts tie a pair: of these no engine computes many networks together."""


def check_years_number(first: int, last: int, most: int = MOST_YEARS) -> None:
    """`TooMuch` where that is more years than one request may ask for."""
    if last - first >= most:
        raise TooMuch(f"the years {first} to {last} are more than {most}: ask for fewer by from= and to=")


def check_panel(
    first: int,
    last: int,
    every: str,
    measures: Sequence[Measure],
    samples: int | None = None,
    *,
    less: str = "ask for fewer years or measures",
) -> None:
    """`TooMuch` where a panel has more periods, or its doubt more networks, than one request may ask for; `less` is the remedy."""
    periods = (last - first + 1) * (1 if every == "year" else 12)  # a network changes about once a month
    work = periods * sum(_BY_FACT if measure.by_fact else 1 for measure in measures)
    if work > MOST_PERIODS:
        raise TooMuch(
            f"that is the work of {work} periods, and one request may ask for {MOST_PERIODS}: {less}"
        )
    if samples is not None:
        check_doubt(measures, samples, periods)


def check_doubt(
    measures: Sequence[Measure],
    samples: int,
    periods: int = 1,
    *,
    less: str = "ask for fewer years, measures or samples=",
) -> None:
    """`TooMuch` where doubt may take more networks than one request may ask for; `less` is the remedy where it was asked for."""
    work = periods * samples * _sampling(measures)
    if work > MOST_SAMPLED:
        raise TooMuch(
            f"doubt of that, from {samples} samples, is the work of {work} networks, and one request may ask for {MOST_SAMPLED}: {less}"
        )


def most_samples(measure: Measure) -> int:
    """Samples for the doubt of a ranking where nobody says how many: the usual number, or as many as one request may ask for."""
    return min(SAMPLES, MOST_SAMPLED // _sampling([measure]))


def check_question(store: Store, name: str, given: Mapping[str, str], *, instead: str) -> None:
    """`TooMuch` where a question of the library warns of the time that Cypher takes for it; `instead` is where to ask for the measure."""
    if warning := warning_of(store, name, given):
        raise TooMuch(f"{warning}: ask {instead}")


def _sampling(measures: Sequence[Measure]) -> int:
    """How many networks the work is that one sample takes."""
    return sum(_SAMPLED_BY_FACT if measure.by_fact else 1 for measure in measures)


def check_sizes(measures: Sequence[Measure], *, less: str) -> None:
    """`TooMuch` where a map is to show more measures than one request may ask for; `less` is the remedy."""
    if len(measures) > MOST_SIZES:
        raise TooMuch(f"a map shows {MOST_SIZES} measures at most, and these are {len(measures)}: {less}")


def check_balance(first: int, last: int) -> None:
    """`TooMuch` where that is more years than the balance of one request may be of: frustration of one takes up to seconds."""
    check_years_number(first, last, MOST_BALANCED)


def check_table(first: int, last: int, *, all_pairs: bool, pairs: bool) -> None:
    """`TooMuch` where a yearly table has more years than one request may ask for; with all pairs each has twenty thousand rows."""
    check_years_number(first, last, MOST_YEARS_OF_ALL_PAIRS if all_pairs and pairs else MOST_YEARS)
