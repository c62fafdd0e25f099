"""Which of a page's ties other rules would make too: rules that join some of every-pair's pairs can be chosen on its page."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.graph.slices import History
from comity.graph.ties import RULES, Tie, derive_ties

_WIDEST = "every-pair"

Pair = tuple[str, str, str]
"""A fact and two of its parties in the order of their ids: a rule that goes one way only joins the same two."""


@dataclass(frozen=True, slots=True)
class Narrower:
    """Rules that join some, and not all, of a history's pairs, and for each pair that any joins a bit mask of those: 1 is the first."""

    rules: tuple[str, ...] = ()
    masks: Mapping[Pair, int] = field(default_factory=dict)


def narrower_rules(history: History) -> Narrower:
    """The rules that can be shown by leaving out ties of the history; none where it was not made by every-pair.

    A rule that also joins two whom every-pair keeps apart (a country and an organization that are members of a third) is not among
    them: the page does not have these ties.
    """
    if history.rule != _WIDEST:
        return Narrower()
    organizations = {id for id, actor in history.actors.items() if actor.label == "Organization"}
    all_pairs = {pair_of(tie) for tie in history.ties}
    rules: list[str] = []
    masks: defaultdict[Pair, int] = defaultdict(int)
    for rule in (name for name in RULES if name != _WIDEST):
        joined = {pair_of(tie) for tie in derive_ties(history.facts, rule, organizations)}
        if joined and joined < all_pairs:
            for pair in joined:
                masks[pair] |= 1 << len(rules)
            rules.append(rule)
    return Narrower(tuple(rules), masks)


def pair_of(tie: Tie) -> Pair:
    """The tie's fact and its two actors, whichever way it goes."""
    return (tie.fact, min(tie.left, tie.right), max(tie.left, tie.right))
