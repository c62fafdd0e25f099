"""Several passages about one thing: claims are gathered into facts, in the order of the text.

Two claims are of one fact where kind and parties are the same and nothing speaks against it: not their names, types, dates or steps.
A step alone may be told of twice ("signed in 2014", "in force since 2016"): that is one agreement, as long as the steps come in
the order of a life.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.graph.dates import When
from comity.graph.kinds import kind_of
from comity.graph.model import Party
from comity.loaders.reading.candidate import Assertion
from comity.loaders.reading.draft import INTENDED, Mention, ReadFact


@dataclass(frozen=True, slots=True)
class Claim:
    """One passage's relation, before it is known which fact it is of.

    `sentence` is the number of its sentence. It is `definite` where it speaks of something told before (`the exercise`), `another` where
    of something else than that, `similar` where it likens it to that, `general` where it tells of no one occasion (`many times`),
    `understood` where a party is not named.
    """

    kind: str
    types: tuple[str, ...]
    parties: tuple[Party, ...]
    mention: Mention
    sentence: int = 0
    definite: bool = False
    another: bool = False
    similar: bool = False
    general: bool = False
    understood: bool = False

    @property
    def actors(self) -> frozenset[str]:
        """Who takes part."""
        return frozenset(party.actor for party in self.parties)


def facts_of(claims: Iterable[Claim]) -> list[ReadFact]:
    """The facts that the claims are of, in the order in which they are first told."""
    groups: list[list[Claim]] = []
    for claim in claims:
        fitting = [group for group in groups if all(_same(other, claim) for other in group)]
        if fitting:
            fitting[-1].append(claim)
        else:
            groups.append([claim])
    return _named([_fact(group) for group in groups])


def _same(earlier: Claim, later: Claim) -> bool:
    """Whether the later claim can be of the fact that the earlier one is of."""
    one, other = earlier.mention, later.mention
    if earlier.kind != later.kind or earlier.actors != later.actors:
        return False
    if (one.assertion is Assertion.NEGATED) != (other.assertion is Assertion.NEGATED):
        return False
    if later.another or earlier.general or later.general:
        return False
    if one.name and other.name and one.name.casefold() != other.name.casefold():
        return False
    together = earlier.sentence == later.sentence
    if not together and not _types_agree(earlier.types, later.types, later.definite):
        return False
    return _steps_agree(earlier.kind, one, other, together, later.definite)


def _types_agree(earlier: tuple[str, ...], later: tuple[str, ...], definite: bool) -> bool:
    if definite and (not later or later == ("other",)):
        return True  # "the agreement" says nothing of its types
    if definite and "2+2" in earlier + later:
        return True  # "the meeting of ministers": those of foreign affairs and defence
    return not earlier or not later or bool(set(earlier) & set(later))


def _steps_agree(kind: str, one: Mention, other: Mention, together: bool, definite: bool) -> bool:
    if "cancelled" in (one.status, other.status) and not {one.status, other.status} <= INTENDED | {
        "cancelled"
    }:
        return False
    steps = list(kind_of(kind).steps)
    order = steps.index(other.status) - steps.index(one.status)
    begun, then = (When.parse(mention.date.edtf) if mention.date.edtf else None for mention in (one, other))
    if begun is None or then is None:
        # After talks were held, talks that are planned are others; and a plan need not be what came about.
        plans = (one.status in INTENDED) + (other.status in INTENDED)
        return plans != 1 or together or definite or "cancelled" in (one.status, other.status)
    if kind != "agreement" and "announced" in (one.status, other.status) and order:
        return together or definite
    if order == 0 or kind != "agreement":
        return begun.possibly_within(then.earliest_begin, then.latest_end)
    first, last = (begun, then) if order > 0 else (then, begun)
    return first.earliest_begin <= last.latest_end


def _fact(group: Sequence[Claim]) -> ReadFact:
    surest = max(group, key=lambda claim: claim.mention.confidence)
    types = list(dict.fromkeys(name for claim in group for name in claim.types))
    if len(types) > 1 and "other" in types:
        types.remove("other")
    known = kind_of(surest.kind).types
    mentions = {
        (claim.mention.start, claim.mention.end, claim.mention.status): claim.mention
        for claim in reversed(group)
    }
    return ReadFact(
        "",
        surest.kind,
        tuple(sorted(types, key=list(known).index)),
        surest.parties,
        tuple(reversed(mentions.values())),
    )


def _named(facts: Sequence[ReadFact]) -> list[ReadFact]:
    """The facts with readable ids: kind, parties, and the date as far as it is plain."""
    used: dict[str, int] = {}
    named = []
    for fact in facts:
        parts = [fact.kind, *sorted(party.actor.lower() for party in fact.parties)[:6]]
        plain = fact.date.rstrip("~?%").replace("?", "").replace("~", "")
        if plain[:1].isdigit():
            parts.append(plain.partition("/")[0])
        id = "-".join(parts)[:90]
        used[id] = used.get(id, 0) + 1
        named.append(
            ReadFact(
                id if used[id] == 1 else f"{id}-{used[id]}",
                fact.kind,
                fact.types,
                fact.parties,
                fact.mentions,
            )
        )
    return named
