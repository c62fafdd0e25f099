"""What a source tells as still going on, it tells of the time of which it tells at all.

A data set that ends with 2018 says of an alliance without an end that it was in force at the end of 2018 (`1951/[2018-12-31..]`), and
nothing of the years after: nobody tells that it ended, nor that it did not. A source that does not say of which time it tells is taken
at its word. As every statement comes by here on its way into a store, all that is made of statements (facts, ties in the database, slices,
panels, maps) has the same bounds, and where several sources tell that a fact lasts, they agree on the longest time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from comity.graph.dates import LAST_DAY, When
from comity.graph.model import Source, Statement

_OPEN = (LAST_DAY, LAST_DAY)


def covered_until(sources: Iterable[Source]) -> dict[str, date]:
    """The last day of which each source tells; a source that does not say, or whose time is open, is not among them."""
    told = {source.id: When.parse(source.coverage).latest_end for source in sources if source.coverage}
    return {id: day for id, day in told.items() if day < LAST_DAY}


def as_covered(statement: Statement, until: Mapping[str, date]) -> Statement:
    """The statement with what its source tells as lasting held to the last day of which the source tells (`covered_until`)."""
    day = until.get(statement.source)
    dates = [party.dates for party in statement.parties if party.dates]
    if day is None or not any(
        when.end == _OPEN for when in (*(step.when for step in statement.steps), *dates)
    ):
        return statement
    return replace(
        statement,
        steps=tuple(replace(step, when=_held(step.when, day)) for step in statement.steps),
        parties=tuple(
            replace(party, dates=party.dates and _held(party.dates, day)) for party in statement.parties
        ),
        known_id="",
    )


def _held(when: When, day: date) -> When:
    if when.end != _OPEN:
        return when
    begin = when.text.rpartition("/")[0]
    return When.parse(f"{begin}/[{day.isoformat()}..]")
