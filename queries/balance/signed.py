"""Signed networks: which pairs of actors are tied, and whether as friends or as foes."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.graph.errors import UnknownName
from comity.graph.slices import Slice

Pair: TypeAlias = tuple[str, str]

BOTH = {
    "drop": "a pair that is tied both ways is left out, and listed",
    "negative": "it is negative",
    "positive": "it is positive",
    "facts": "it is what more of its facts are; with as many of either it is left out, and listed",
}
"""What becomes of a pair that has positive and negative ties at once."""


@dataclass(frozen=True, slots=True)
class SignedNetwork:
    """An undirected network with one tie for each tied pair: `signs` has 1 or -1 for each of the `pairs`, places in `actors`.

    Actors and pairs stand in order; every actor has a tie. The `ambivalent` pairs are those that were left out.
    """

    actors: tuple[str, ...]
    pairs: NDArray[np.int64]
    signs: NDArray[np.int64]
    ambivalent: tuple[Pair, ...] = ()

    @classmethod
    def of(cls, signs: Mapping[Pair, int], ambivalent: tuple[Pair, ...] = ()) -> "SignedNetwork":
        """The network of pairs and their signs.

        >>> SignedNetwork.of({("FRA", "RUS"): 1, ("DEU", "FRA"): -1}).actors
        ('DEU', 'FRA', 'RUS')
        """
        actors = tuple(sorted({actor for pair in signs for actor in pair}))
        places = {actor: place for place, actor in enumerate(actors)}
        ties = sorted(
            (min(places[one], places[other]), max(places[one], places[other]), sign)
            for (one, other), sign in signs.items()
        )
        table = np.array(ties, dtype=np.int64).reshape(-1, 3)
        return cls(actors, table[:, :2], table[:, 2], ambivalent)

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The signed adjacency matrix: 1, -1 or 0."""
        found = np.zeros((len(self.actors), len(self.actors)))
        found[self.pairs[:, 0], self.pairs[:, 1]] = self.signs
        return found + found.T

    def names(self, tie: int) -> Pair:
        """The two actors of a tie."""
        one, other = self.pairs[tie].tolist()
        return self.actors[one], self.actors[other]


def join(positive: Mapping[Pair, int], negative: Mapping[Pair, int], both: str = "drop") -> SignedNetwork:
    """One network of the pairs that some facts tie positively and of those that some tie negatively (how many facts each).

    `both` says what becomes of pairs among either, see `BOTH`.
    """
    if both not in BOTH:
        raise UnknownName("way with pairs that are tied both ways", both, BOTH)
    signs, ambivalent = {}, []
    for pair in sorted(positive.keys() | negative.keys()):
        friendly, hostile = positive.get(pair, 0), negative.get(pair, 0)
        if friendly and hostile:
            balance = {"drop": 0, "negative": -1, "positive": 1, "facts": friendly - hostile}[both]
        else:
            balance = friendly - hostile
        if balance:
            signs[pair] = 1 if balance > 0 else -1
        else:
            ambivalent.append(pair)
    return SignedNetwork.of(signs, tuple(ambivalent))


def facts_by_pair(slice: Slice) -> dict[Pair, tuple[str, ...]]:
    """The facts that tie each pair of the slice, in either direction."""
    found: defaultdict[Pair, set[str]] = defaultdict(set)
    for tie in slice.ties:
        found[min(tie.left, tie.right), max(tie.left, tie.right)].add(tie.fact)
    return {pair: tuple(sorted(facts)) for pair, facts in sorted(found.items())}
