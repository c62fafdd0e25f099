"""A network of which some ties are open, in numbers: actors, the pairs that may be tied, and on which choices that depends."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from comity.queries.fast.networks import Networks

Settlements = NDArray[np.bool_]
"""One settlement a row, one choice a column: whether the choice is settled as yes."""


@dataclass(frozen=True, slots=True)
class Term:
    """One way in which a fact can tie a pair: every literal (choice, and how it has to be settled) must hold."""

    fact: int
    pair: int
    literals: tuple[tuple[int, bool], ...]


_Conditions = tuple[tuple[tuple[int, bool], ...], ...]


@dataclass(frozen=True)
class Choices:
    """All pairs of actors that can be tied, over `number` yes-or-no choices: what is `sure`, each (pair, fact), and the terms that can tie the others.

    Actors, pairs (places of two actors) and facts are named by number. Every choice stands in the terms with one sign only: settled
    one way it can only add ties, the other way only take them away.
    """

    actors: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    sure: frozenset[tuple[int, int]]
    terms: tuple[Term, ...]
    number: int

    @cached_property
    def adding(self) -> NDArray[np.bool_]:
        """For each choice the way of settling it that can only add ties."""
        signs = np.ones(self.number, dtype=np.bool_)
        for term in self.terms:
            for choice, inside in term.literals:
                signs[choice] = inside
        return signs

    @cached_property
    def open(self) -> dict[tuple[int, int], list[Term]]:
        """The terms of each (pair, fact) that is not certain."""
        found: dict[tuple[int, int], list[Term]] = {}
        for term in self.terms:
            if (term.pair, term.fact) not in self.sure:
                found.setdefault((term.pair, term.fact), []).append(term)
        return found

    @cached_property
    def conditions(self) -> tuple[list[_Conditions], NDArray[np.int64], NDArray[np.int64]]:
        """On what pairs depend (the literals of any of the terms must hold); and each open (pair, fact), in order of the pairs: its pair,
        and on which of the conditions it depends."""
        numbers: dict[_Conditions, int] = {}
        found = [
            (pair, numbers.setdefault(tuple(term.literals for term in terms), len(numbers)))
            for (pair, _), terms in self.open.items()
        ]
        pairs, which = np.array(sorted(found), dtype=np.int64).reshape(-1, 2).T
        return list(numbers), pairs, which

    @cached_property
    def certain(self) -> Networks:
        """The network of what is certain."""
        weights = np.bincount([pair for pair, _ in self.sure], minlength=len(self.pairs)).astype(np.int32)
        pairs = np.array(self.pairs, dtype=np.int64).reshape(-1, 2)
        return Networks(self.actors, pairs, weights[np.newaxis])

    def networks(self, settlements: Settlements) -> Networks:
        """The network of each settlement."""
        weights = np.tile(self.certain.weights, (len(settlements), 1)).astype(np.int32, copy=False)
        conditions, pairs, which = self.conditions
        if conditions:
            held = np.stack([_hold(each, settlements) for each in conditions], axis=1)
            places, begins = np.unique(pairs, return_index=True)
            weights[:, places] += np.add.reduceat(held[:, which], begins, axis=1, dtype=np.int32)

        def told(row: int) -> list[tuple[int, int]]:
            settled = settlements[row]
            open_ = [
                (term.pair, term.fact)
                for term in self.terms
                if all(settled[choice] == inside for choice, inside in term.literals)
            ]
            return [*self.sure, *open_]

        return Networks(self.actors, self.certain.pairs, weights, told)


def _hold(conditions: _Conditions, settlements: Settlements) -> NDArray[np.bool_]:
    """In which settlements all literals of any of the terms hold."""
    held = np.zeros(len(settlements), dtype=np.bool_)
    for literals in conditions:
        columns = [choice for choice, _ in literals]
        held |= (settlements[:, columns] == [inside for _, inside in literals]).all(axis=1)
    return held


def everything(number: int) -> Settlements:
    """All settlements of so many choices: 2 to the power of their number."""
    rows = np.arange(1 << number, dtype=np.int64)[:, np.newaxis]
    bits: Settlements = (rows >> np.arange(number)) % 2 == 1
    return bits


def extremes(choices: Choices) -> Settlements:
    """The settlement with the fewest ties and the one with the most. Every other lies between them, tie by tie."""
    return np.stack([~choices.adding, choices.adding])


def sampled(choices: Choices, number: int, seed: int) -> Settlements:
    """So many settlements drawn at random, each choice settled either way with probability one half, independently."""
    drawn = np.random.default_rng(seed).integers(0, 2, (number, choices.number), dtype=np.uint8)
    return drawn.astype(np.bool_)
