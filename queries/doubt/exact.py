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

from collections import defaultdict

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
    exact = np.zeros(number, dtype=np.bool_)
    effects = _Effects(choices, by_facts=measure.counts == "facts")
    waiting: list[tuple[int, Settlements, Settlements]] = []
    rows = 0
    for actor in range(number):
        favourable, tried = effects.on(actor)
        if len(tried) <= TRIED:
            exact[actor] = True
            waiting.append(
                (actor, _combined(choices, favourable, tried), _combined(choices, ~favourable, tried))
            )
            rows += 2 << len(tried)
        if waiting and (rows >= _TOGETHER or actor == number - 1):
            # Many actors' settlements are computed at once, but not so many that they fill the memory.
            found = ranks(
                _values(measure, choices, np.concatenate([each for _, *both in waiting for each in both]))
            )
            at = 0
            for one, for_best, for_worst in waiting:
                between, end = at + len(for_best), at + len(for_best) + len(for_worst)
                best[one], worst[one] = found[at:between, one].min(), found[between:end, one].max()
                at = end
            waiting, rows = [], 0
    return best, worst, exact


_TOGETHER = 4_096
"""Settlements that are computed together, at least."""


def _combined(choices: Choices, many: NDArray[np.bool_], tried: list[int]) -> Settlements:
    """Settlements with most ties by the choices in `many`, fewest by the others, and every combination of the tried ones."""
    combinations = everything(len(tried))
    settlements: Settlements = np.tile(
        np.where(many, choices.adding, ~choices.adding), (len(combinations), 1)
    )
    settlements[:, tried] = combinations
    return settlements


class _Effects:
    """What each choice can do for an actor."""

    def __init__(self, choices: Choices, *, by_facts: bool) -> None:
        self.choices = choices
        self.pairs: list[set[int]] = [set() for _ in range(choices.number)]
        alone: list[bool] = [by_facts] * choices.number
        gains = [defaultdict[int, int](int) for _ in range(choices.number)]
        for (pair, _), terms in choices.open.items():
            for term in terms:
                for choice, _ in term.literals:
                    self.pairs[choice].add(pair)
                    alone[choice] &= len(terms) == 1 and len(term.literals) == 1
                    for actor in choices.pairs[pair]:
                        gains[choice][actor] += 1
        self.gains = [gain if constant else None for gain, constant in zip(gains, alone, strict=True)]

    def on(self, actor: int) -> tuple[NDArray[np.bool_], list[int]]:
        """Which choices favour the actor by adding ties, and which have to be tried; the rest do nothing for it."""
        favourable = np.zeros(self.choices.number, dtype=np.bool_)
        tried = []
        for choice, pairs in enumerate(self.pairs):
            own = [actor in self.choices.pairs[pair] for pair in pairs]
            gain = self.gains[choice]
            if all(own) or (gain is not None and gain[actor] == max(gain.values())):
                favourable[choice] = True
            elif any(own):
                tried.append(choice)
        return favourable, tried
