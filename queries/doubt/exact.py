"""Exact ranges where there are too many settlements to try them all: by extremes and by dominance.

**Values.** Adding a tie never lowers degree, strength, core or harmonic closeness: partners and facts only grow, a k-core stays one,
and distances only shrink. An actor that is not in the network has 0, the least of all. So the values in the settlement with the fewest
ties and in that with the most are the least and the greatest, and both are settlements.

**Ranks by degree and strength.** How an actor A ranks depends on how many others have more than A. For A's best rank:

1. A choice that stands in no term of A's pairs is settled the way that has fewest ties: A keeps its value, nobody else gains.
2. A choice all of whose terms are of A's pairs is settled the way that has most: a pair that appears (or another fact on it) gives A
   exactly what it gives the other end, so that nobody gains on A, whatever else is settled how.
3. By strength, a choice that stands in its terms alone, each the only term of its fact and pair, gives every actor a constant: where
   A's is the largest, it is settled the way that has most, too.
4. The other choices are tried in every combination.

For the worst rank the same holds the other way round. An actor for whom more than `TRIED` choices are left has no exact rank.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from comity.queries.doubt.model import Choices, Settlements, everything, extremes
from comity.queries.fast.measuring import measure_all
from comity.queries.fast.networks import Values
from comity.queries.measures import Measure
from comity.queries.ranks import Ranks, ranks

TRIED = 8
"""Choices that are tried in every combination for one actor, at most."""


def value_ranges(measure: Measure, choices: Choices) -> tuple[Values, Values]:
    """The least and the greatest value of every actor by a measure that grows with every tie."""
    least, most = _values(measure, choices, extremes(choices))
    return least, most


def _values(measure: Measure, choices: Choices, settlements: Settlements) -> Values:
    return measure_all([measure], choices.networks(settlements))[measure.name]


def rank_ranges(measure: Measure, choices: Choices) -> tuple[Ranks, Ranks, NDArray[np.bool_]]:
    """The best and the worst rank of every actor by degree or strength, and for whom they are exact."""
    number = len(choices.actors)
    best, worst = np.ones(number, dtype=np.int64), np.full(number, number, dtype=np.int64)
    favourable, tried = _effects(choices, by_facts=measure.counts == "facts")
    exact = tried.sum(axis=1) <= TRIED
    # Most choices do nothing for most actors, so that many have the same settlements to try.
    alike: dict[bytes, list[int]] = {}
    for actor in np.flatnonzero(exact).tolist():
        alike.setdefault(favourable[actor].tobytes() + tried[actor].tobytes(), []).append(actor)
    for some in _together(list(alike.values()), tried):
        settlements = [
            _combined(choices, many, tried[actors[0]])
            for actors in some
            for many in (favourable[actors[0]], ~favourable[actors[0]])
        ]
        placed = ranks(_values(measure, choices, np.concatenate(settlements)))
        parts = np.split(placed, np.cumsum([len(each) for each in settlements])[:-1])
        for actors, for_best, for_worst in zip(some, parts[::2], parts[1::2], strict=True):
            best[actors] = for_best[:, actors].min(axis=0)
            worst[actors] = for_worst[:, actors].max(axis=0)
    return best, worst, exact


_TOGETHER = 4_096
"""Settlements that are computed together: many actors' at once, but not so many that they fill the memory."""


def _together(alike: Sequence[list[int]], tried: NDArray[np.bool_]) -> Iterator[list[list[int]]]:
    """The groups of actors, some at a time, with some `_TOGETHER` settlements to try."""
    rows = np.cumsum([2 << int(tried[actors[0]].sum()) for actors in alike], dtype=np.int64)
    for block in np.unique(rows // _TOGETHER).tolist():
        yield [alike[at] for at in np.flatnonzero(rows // _TOGETHER == block).tolist()]


def _combined(choices: Choices, many: NDArray[np.bool_], tried: NDArray[np.bool_]) -> Settlements:
    """Settlements with most ties by the choices in `many`, fewest by the others, and every combination of the tried ones."""
    combinations = everything(int(tried.sum()))
    settlements: Settlements = np.tile(
        np.where(many, choices.adding, ~choices.adding), (len(combinations), 1)
    )
    settlements[:, tried] = combinations
    return settlements


def _effects(choices: Choices, *, by_facts: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which choices favour an actor by adding ties, and which have to be tried, actors x choices; the rest do nothing for it."""
    gains = np.zeros((len(choices.actors), choices.number), dtype=np.int64)
    constant = np.full(choices.number, by_facts)
    touched: set[tuple[int, int]] = set()  # choice, pair
    for (pair, _), terms in choices.open.items():
        for term in terms:
            for choice, _ in term.literals:
                touched.add((choice, pair))
                constant[choice] &= len(terms) == 1 and len(term.literals) == 1
                gains[choices.pairs[pair], choice] += 1
    own = np.zeros_like(gains)  # pairs of the actor's among those that stand in terms of the choice
    for choice, pair in touched:
        own[choices.pairs[pair], choice] += 1
    pairs = np.bincount([choice for choice, _ in touched], minlength=choices.number)
    favourable = (own == pairs) | (constant & (gains == gains.max(axis=0)))
    return favourable, (own > 0) & ~favourable
