"""Choosing among proposals: each fact gets at most one partner in each collection, and none where two are nearly as good."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from comity.graph.identity import APPLIED_FROM
from comity.graph.model import collection_of
from comity.queries.matching.proposals import Proposal

MARGIN = 2.0
"""By how many bits a proposal must beat every rival: it must be four times as likely. The least is one feature's difference."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A proposal that was not accepted, and why."""

    proposal: Proposal
    why: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of proposals, each list best first."""

    accepted: tuple[Proposal, ...]
    left_over: tuple[LeftOver, ...]


def assign(
    proposals: Iterable[Proposal], accept_from: float = APPLIED_FROM, *, margin: float = MARGIN
) -> Assigned:
    """Accept pairs greedily, the best first: of a score of at least `accept_from`, one to one, and not ambiguous.

    A fact has at most one partner in each collection. A rival is a proposal for one of the two facts in the same collections whose
    other fact is not yet paired with a better one; where a rival comes within `margin` bits, nobody can tell which is
    meant, and the pair is left to a person.
    """
    ordered = sorted(proposals, key=lambda one: (-one.bits, one.pair))
    rivals: defaultdict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for one in ordered:
        for slot in _slots(one):
            rivals[slot].append(one)
    taken: dict[tuple[str, str], Proposal] = {}
    accepted, left_over = [], []
    for one in ordered:
        if one.score < accept_from:
            left_over.append(LeftOver(one, f"score {one.score:.2f} is below {accept_from:g}"))
            continue
        better = [taken[slot] for slot in _slots(one) if slot in taken]
        if better:
            left_over.append(LeftOver(one, f"{better[0].left} and {better[0].right} are a better pair"))
            continue
        close = [
            rival
            for slot in _slots(one)
            for rival in rivals[slot]
            if rival is not one and rival.bits > one.bits - margin and not _is_taken(rival, taken)
        ]
        if close:
            names = " and ".join(close[0].pair)
            left_over.append(LeftOver(one, f"ambiguous: {names} are within {margin:g} bits of it"))
            continue
        accepted.append(one)
        taken |= dict.fromkeys(_slots(one), one)
    return Assigned(tuple(accepted), tuple(left_over))


def _slots(one: Proposal) -> tuple[tuple[str, str], tuple[str, str]]:
    """Each fact with the collection that it gets a partner from."""
    return (one.left, collection_of(one.right)), (one.right, collection_of(one.left))


def _is_taken(one: Proposal, taken: dict[tuple[str, str], Proposal]) -> bool:
    return any(slot in taken for slot in _slots(one))
