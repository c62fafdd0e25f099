"""What it costs to rank in doubt: 1,000 sampled settlements of an ATOP-sized slice against one plain ranking of the same slice.

ATOP gives nearly every date to the day. Here only its years are kept, as data sets of years have them, and the slice is taken in the
middle of the year in which most choices are open. Without COMITY_DATA a network of the same size is made up.

    python -m benchmarks.doubt
"""

import os
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import report, seconds
from comity.graph.dates import LAST_DAY, When
from comity.graph.loading import load
from comity.graph.model import Party, Place, Source, Statement, Step
from comity.graph.reading import Reading
from comity.graph.slices import Question, Slice, read_history, take
from comity.graph.stores import Store, open_store
from comity.queries.doubt.choices import choices_of
from comity.queries.doubt.ranges import SAMPLES, doubt, doubt_of
from comity.queries.measures import measure_of
from comity.queries.ranking import rank
from tests import published

TOGETHER = ("degree", "eigenvector")
ALONE = ("betweenness",)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/store") as store:
        load(store, _reading())
        question = _most_doubtful(store)
        possible = take(store, replace(question, certainty="possible"))
        choices, _ = choices_of(possible)
        peer = f"rank of the same slice ({len(choices.actors)} actors, {len(choices.pairs)} pairs)"
        report("doubt_open_choices", choices.number, "choices", peer)
        for names in (TOGETHER, ALONE):
            _from_the_store(store, question, names, peer)
            _without_reading(possible, question, names, peer)


def _from_the_store(store: Store, question: Question, names: tuple[str, ...], peer: str) -> None:
    """What a user waits for: the slice read from the store, and the measures on it."""
    ours = seconds(lambda: [doubt(store, question, measure_of(name)) for name in names])
    theirs = seconds(lambda: [rank(take(store, question), measure_of(name)) for name in names])
    label = "_".join(names)
    report(f"doubt_{label}_ratio_to_plain_ranking", ours / theirs, "ratio", peer)
    report(f"doubt_{label}_seconds", ours, "s", peer)


def _without_reading(possible: Slice, question: Question, names: Iterable[str], peer: str) -> None:
    """The same on slices that have been taken already: what is left is choices, settlements and measures."""
    own = possible.narrowed(question)
    ours = seconds(lambda: [doubt_of(possible, question, measure_of(name)) for name in names])
    theirs = seconds(lambda: [rank(own, measure_of(name)) for name in names])
    label = "_".join(names)
    report(f"doubt_{label}_on_a_slice_at_hand_ratio_to_plain_ranking", ours / theirs, "ratio", peer)


def _most_doubtful(store: Store) -> Question:
    """Defence on the first of July of the year in which most choices are open."""
    history = read_history(store, ("agreement",))
    asked = []
    for year in range(1920, 2019):
        question = Question(types=("defence",), as_of=When.parse(f"{year}-07-01"), certainty="possible")
        choices, _ = choices_of(history.at(question))
        asked.append((choices.number, replace(question, certainty="certain")))
    assert max(asked, key=lambda pair: pair[0])[0] > SAMPLES.bit_length(), (
        "too little is open to need samples"
    )
    return max(asked, key=lambda pair: pair[0])[1]


def _reading() -> Reading:
    folder = os.environ.get("COMITY_DATA")
    return by_year(published.atop(Path(folder)) if folder else _made_up())


def by_year(reading: Reading) -> Reading:
    """The reading with no more than the years of its dates."""
    return replace(reading, records=list(_by_year(list(published.statements(reading)))))


def _by_year(statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements with no more than the years of their dates."""
    whole = {told.fact: _year(step.when) for told in statements for step in told.steps}
    for statement in statements:
        dated = [
            replace(party, dates=_year(party.dates) if party.dates else None) for party in statement.parties
        ]
        # A member from beginning to end has no dates of its own: else its year would be open beside the pact's.
        parties = tuple(
            replace(party, dates=None) if party.dates == whole[statement.fact] else party for party in dated
        )
        steps = tuple(replace(step, when=_year(step.when)) for step in statement.steps)
        yield replace(statement, parties=parties, steps=steps)


def _year(when: When) -> When:
    end = ".." if when.latest_end == LAST_DAY else f"{when.latest_end:%Y}"
    return When.parse(f"{when.earliest_begin:%Y}/{end}")


def _made_up() -> Reading:
    """Pacts of 180 states between 1920 and 2018: many of two parties, some of many, most of them ending or beginning in 1992."""
    chance = random.Random(1815)
    from comity.graph.crosswalk import crosswalk

    states = [actor.id for actor in crosswalk().actors() if actor.label == "Country"][:180]
    made = []
    for number in range(700):
        size = 2 if number % 8 else chance.randint(8, 35)
        year = 1992 if number % 9 == 0 else chance.randint(1920, 2018)
        span = When.parse(
            f"{year}/{'..' if chance.random() < 0.6 else min(year + chance.randint(1, 30), 2018)}"
        )
        parties = tuple(Party(actor, "party", ("defence",)) for actor in sorted(chance.sample(states, size)))
        made.append(
            Statement(
                f"made:{number:03}", "agreement", "made:up", Place(f"row {number}"), types=("defence",), parties=parties,
                steps=(Step("in_force", span),), method="table",
            )
        )  # fmt: skip
    return Reading("made", (Source("made:up", "A made-up network"),), made, whole=False)


if __name__ == "__main__":
    main()
