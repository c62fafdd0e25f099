"""Proposing pairs of facts that may be one, best first, each with its evidence."""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from comity.graph.resolve import Fact
from comity.queries.matching.features import compare
from comity.queries.matching.profiles import Profile, profile
from comity.queries.matching.weights import START, Evidence, score_of

LEAST = 0.1
"""The score below which a pair is not worth a person's time."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two facts of one kind that may be one: `left` < `right`, a score from 0 to 1, and the evidence it is made of.

    `bits` is the sum of the weights; scores of strong proposals are all close to 1, and bits still tell them apart.
    """

    left: str
    right: str
    kind: str
    score: float
    evidence: tuple[Evidence, ...]

    @property
    def pair(self) -> Pair:
        """The two facts."""
        return self.left, self.right

    @property
    def bits(self) -> float:
        """How strong the proposal is, in bits: 0 is as likely as not."""
        return START + sum(evidence.weight for evidence in self.evidence)


def propose(
    facts: Sequence[Fact],
    *,
    judged: Container[Pair] = (),
    across: bool = True,
    least: float = LEAST,
) -> list[Proposal]:
    """The pairs of these facts that may be one, best first; the same whatever the order of the facts.

    Compared are facts of one kind that share a party, or of which one's reference names the other; a reference that is another
    fact's id (`reference: cow:227`) is a cross-reference and weighs most. `across` leaves out pairs within a collection: a data set
    rarely says a thing twice. Pairs in `judged` (the smaller id first) and pairs with a score below `least` are left out as well.
    """
    profiles = sorted(map(profile, facts), key=lambda one: one.fact.id)
    found = []
    for left, right in _candidates(profiles, across=across):
        if any(tuple(sorted((one, other))) in judged for one in left.fact.ids for other in right.fact.ids):
            continue
        evidence = compare(left, right)
        bits = START + sum(one.weight for one in evidence)
        if (score := score_of(bits)) >= least:
            found.append(Proposal(left.fact.id, right.fact.id, left.fact.kind, score, evidence))
    return sorted(found, key=lambda one: (-one.bits, one.pair))


def _candidates(profiles: Sequence[Profile], *, across: bool) -> Iterator[tuple[Profile, Profile]]:
    """The pairs that are compared at all, each once, in the order of their ids: everything else shares nothing.

    With `across` pairs within a collection are never even listed: of a stream of events there would be billions.
    """
    blocks: defaultdict[tuple[str, str], defaultdict[frozenset[str], list[int]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for place, one in enumerate(profiles):
        for actor in one.parties:
            blocks[one.fact.kind, actor][frozenset(one.collections) if across else frozenset()].append(place)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        if not across:
            pairs.update(combinations(block[frozenset()], 2))
        for (here, ours), (there, theirs) in combinations(block.items(), 2):
            if not here & there:
                pairs.update((min(pair), max(pair)) for pair in product(ours, theirs))
    places = {id.casefold(): place for place, one in enumerate(profiles) for id in one.fact.ids}
    for place, one in enumerate(profiles):
        for reference in one.references:
            other = places.get(reference, place)
            if other == place or profiles[other].fact.kind != one.fact.kind:
                continue
            if not (across and one.collections & profiles[other].collections):
                pairs.add((min(place, other), max(place, other)))
    for first, second in sorted(pairs):
        yield profiles[first], profiles[second]
