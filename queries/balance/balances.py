"""How balanced a signed network of two slices is, which blocs divide it best, and which facts stand against them; and that by years."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import networkx as nx
import numpy as np

from comity.graph.errors import InputError, NoData
from comity.graph.slices import ActorNode, History, Question, Slice
from comity.queries.balance.degrees import Triangles, triangles, walk_balance
from comity.queries.balance.frustration import Frustration, frustration
from comity.queries.balance.signed import Pair, SignedNetwork, facts_by_pair, join
from comity.queries.fast.networks import Networks
from comity.queries.fast.times import networks_at
from comity.queries.periods import check_years
from comity.queries.plain import plain


@dataclass(frozen=True, slots=True)
class SignedTie:
    """A pair, how it is tied (1 or -1; 0 for an ambivalent one that was left out), and the facts behind either sign."""

    left: str
    right: str
    sign: int
    positive_facts: tuple[str, ...]
    negative_facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blocs:
    """The best division of a component into two blocs; the second may be empty."""

    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Degrees:
    """How balanced a signed network is: its size, triangles by sign, walk-based balance, frustration."""

    actors: int
    positive: int
    negative: int
    ambivalent: int
    triangles: Triangles
    walk: float | None
    frustration: Frustration = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain JSON values; what is not defined is None."""
        return {
            "actors": self.actors,
            "positive": self.positive,
            "negative": self.negative,
            "ambivalent": self.ambivalent,
            **self.triangles.by_sign(),
            "balance_triangles": self.triangles.balance,
            "balance_walks": self.walk,
            "balance_frustration": self.frustration.balance,
            "frustration_lower": self.frustration.lower,
            "frustration_upper": self.frustration.upper,
            "frustration_exact": self.frustration.exact,
        }


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of a signed network, with the questions that its positive and negative ties answer.

    `blocs` are of one best division, a component each, the largest first; `contradicting` are the ties against it, `ambivalent` those that were
    left out. Actors have the names of the positive slice.
    """

    positive: Question
    negative: Question
    both: str
    revision: str
    degrees: Degrees
    blocs: tuple[Blocs, ...]
    contradicting: tuple[SignedTie, ...]
    ambivalent: tuple[SignedTie, ...]
    actors: Mapping[str, ActorNode] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The balance as plain JSON values."""
        return {
            **described(self.positive, self.negative, self.both),
            "revision": self.revision,
            **self.degrees.to_dict(),
            "blocs": plain(self.blocs),
            "contradicting": plain(self.contradicting),
            "left_out": plain(self.ambivalent),
        }


@dataclass(frozen=True, slots=True)
class BalancedYear:
    """How balanced the network of a year is; None where of one sign no source tells of the year."""

    year: int
    degrees: Degrees | None


def described(positive: Question, negative: Question, both: str) -> dict[str, Any]:
    """What was asked."""
    return {"positive_ties": positive.describe(), "negative_ties": negative.describe(), "both": both}


def degrees_of(network: SignedNetwork) -> Degrees:
    """How balanced the network is by each measure."""
    return Degrees(
        actors=len(network.actors),
        positive=int((network.signs > 0).sum()),
        negative=int((network.signs < 0).sum()),
        ambivalent=len(network.ambivalent),
        triangles=triangles(network),
        walk=walk_balance(network),
        frustration=frustration(network),
    )


def balance(positive: Slice, negative: Slice, both: str = "drop") -> Balance:
    """The balance of the network that has the ties of the one slice as positive and those of the other as negative ones.

    What becomes of a pair among either says `both` (see `BOTH`). `NoData` where no source of either sign is loaded, `InputError` where the
    slices are of different states of the store.
    """
    if positive.revision != negative.revision:
        raise InputError("the two slices are not of the same state of the store: take both again")
    for slice in (positive, negative):
        _check_told(slice.question, slice.question.sources)
    friendly, hostile = facts_by_pair(positive), facts_by_pair(negative)
    network = join(_counted(friendly), _counted(hostile), both)
    found = degrees_of(network)

    def tie(pair: Pair, sign: int) -> SignedTie:
        return SignedTie(*pair, sign, friendly.get(pair, ()), hostile.get(pair, ()))

    return Balance(
        positive=positive.question,
        negative=negative.question,
        both=both,
        revision=positive.revision,
        degrees=found,
        blocs=_blocs(network, found.frustration),
        contradicting=tuple(
            tie(network.names(place), int(network.signs[place])) for place in found.frustration.frustrated
        ),
        ambivalent=tuple(tie(pair, 0) for pair in network.ambivalent),
        actors={**negative.actors, **positive.actors},
    )


def balance_yearly(
    positive: History, negative: History, questions: tuple[Question, Question], first: int, last: int, both: str = "drop"
) -> tuple[BalancedYear, ...]:  # fmt: skip
    """The balance in each of the years, by the types, convention and certainty of the questions of positive and of negative ties.

    Of years of which no source tells, for one of the signs, there is none. The histories are gone through once.
    """
    check_years(first, last)
    histories = (positive, negative)
    for history, question in zip(histories, questions, strict=True):
        _check_told(question, history.sources)
    years = range(first, last + 1)
    asked = [
        [question.within(date(year, 1, 1), date(year, 12, 31)) for year in years] for question in questions
    ]
    friendly, hostile = (
        networks_at(history.ties, yearly) for history, yearly in zip(histories, asked, strict=True)
    )
    return tuple(
        BalancedYear(
            year,
            degrees_of(join(_counts_in(friendly, row), _counts_in(hostile, row), both))
            if positive.tells(asked[0][row]) and negative.tells(asked[1][row])
            else None,
        )
        for row, year in enumerate(years)
    )


def _check_told(question: Question, sources: tuple[str, ...]) -> None:
    """`NoData` where nobody could have told of a tie: a network without the ties of one sign would be balanced for want of a source."""
    if not sources:
        layers = " and ".join(question.layers)
        raise NoData(f"no loaded source tells of {layers}: load one (`comity sources` lists data sets)")


def _counted(facts: Mapping[Pair, tuple[str, ...]]) -> dict[Pair, int]:
    return {pair: len(ids) for pair, ids in facts.items()}


def _counts_in(networks: Networks, row: int) -> dict[Pair, int]:
    """How many facts tie each pair in one of the networks."""
    tied = np.flatnonzero(networks.weights[row])
    return {
        (networks.actors[one], networks.actors[other]): weight
        for (one, other), weight in zip(
            networks.pairs[tied].tolist(), networks.weights[row, tied].tolist(), strict=True
        )
    }


def _blocs(network: SignedNetwork, found: Frustration) -> tuple[Blocs, ...]:
    """The division, component by component."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(network.pairs.tolist())
    blocs = []
    for members in nx.connected_components(graph):
        sides: dict[int, list[str]] = {1: [], -1: []}
        for place in sorted(members):
            sides[int(found.sides[place])].append(network.actors[place])
        blocs.append(Blocs(tuple(sides[1]), tuple(sides[-1])))
    return tuple(sorted(blocs, key=lambda one: (-len(one.first) - len(one.second), one.first)))
