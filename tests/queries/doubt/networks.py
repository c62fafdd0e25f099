"""Small networks with open ties, drawn at random, and what one settlement makes of them, worked out plainly."""

from itertools import combinations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from comity.queries.doubt.model import Choices, Settlements, Term
from comity.queries.fast.measuring import measure_all
from comity.queries.fast.networks import Values
from comity.queries.measures import Measure
from comity.queries.networks import Network


@st.composite
def open_networks(draw: st.DrawFn, most_choices: int = 6) -> Choices:
    """Up to seven actors and a handful of facts, each tying some pairs on conditions of up to two choices."""
    actors = tuple("ABCDEFG"[: draw(st.integers(2, 7))])
    pairs = tuple(combinations(range(len(actors)), 2))
    number = draw(st.integers(0, most_choices))
    signs = draw(st.lists(st.booleans(), min_size=number, max_size=number))
    sure: set[tuple[int, int]] = set()
    terms: dict[Term, None] = {}
    for fact in range(draw(st.integers(1, 6))):
        for pair in draw(st.lists(st.integers(0, len(pairs) - 1), max_size=6)):
            limit = min(2, number)
            chosen = draw(st.lists(st.integers(0, number - 1), max_size=limit, unique=True)) if number else []
            if chosen:
                terms[Term(fact, pair, tuple((choice, signs[choice]) for choice in sorted(chosen)))] = None
            else:
                sure.add((pair, fact))
    return Choices(actors, pairs, frozenset(sure), tuple(terms), number)


def settled(choices: Choices, settlement: "np.typing.NDArray[np.bool_]") -> Network:
    """The network of one settlement, as a plain slice would give it."""
    facts: dict[tuple[str, str], set[int]] = {}
    tied = [
        (term.pair, term.fact)
        for term in choices.terms
        if all(settlement[choice] == inside for choice, inside in term.literals)
    ]
    for pair, fact in [*choices.sure, *tied]:
        left, right = (choices.actors[place] for place in choices.pairs[pair])
        facts.setdefault((left, right), set()).add(fact)
    graph: Network = nx.Graph()
    graph.add_nodes_from(sorted({actor for pair in facts for actor in pair}))
    for (left, right), numbers in sorted(facts.items()):
        graph.add_edge(left, right, weight=len(numbers), facts=tuple(sorted(numbers)))
    return graph


def rows(choices: Choices, settlements: Settlements) -> list[Network]:
    return [settled(choices, row) for row in settlements]


def values(measure: Measure, choices: Choices, settlements: Settlements) -> Values:
    """The measure of every actor in every settlement."""
    return measure_all([measure], choices.networks(settlements))[measure.name]
