"""What other tie rules make of a history read with every-pair, so that one can choose among rules on its page."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.graph.slices import History
from comity.graph.ties import RULES, Tie, derive_ties

_PAGE_RULE = "every-pair"

BEYOND = 128
"""The bit of a pair that the page's own rule keeps apart."""

Pair = tuple[str, str, str]
"""A fact and two of its parties in the order of their ids: a rule that goes one way only joins the same two."""


@dataclass(frozen=True, slots=True)
class OtherRules:
    """Rules to choose, for each pair that any of them joins a bit mask of those (1 is the first), and ties that only they make."""

    rules: tuple[str, ...] = ()
    masks: Mapping[Pair, int] = field(default_factory=dict)
    beyond: tuple[Tie, ...] = ()


def other_rules(history: History) -> OtherRules:
    """The rules that join other pairs than the history has; none where it was not made by every-pair.

    Nearly always they join fewer. But `organization` also joins a country and an organization that are members of a third.
    """
    if history.rule != _PAGE_RULE:
        return OtherRules()
    organizations = {id for id, actor in history.actors.items() if actor.label == "Organization"}
    shown = {end for tie in history.ties for end in (tie.left, tie.right)}
    own = {pair_of(tie) for tie in history.ties}
    rules: list[str] = []
    masks: defaultdict[Pair, int] = defaultdict(int)
    beyond: list[Tie] = []
    for rule in (name for name in RULES if name != _PAGE_RULE):
        # Who has no tie by the page's rule has no place on the page.
        ties = [
            tie for tie in derive_ties(history.facts, rule, organizations) if {tie.left, tie.right} <= shown
        ]
        joined = {pair_of(tie) for tie in ties}
        if not joined or joined == own:
            continue
        beyond += [tie for tie in ties if pair_of(tie) not in own and pair_of(tie) not in masks]
        for pair in joined:
            masks[pair] |= 1 << len(rules) | (0 if pair in own else BEYOND)
        rules.append(rule)
    return OtherRules(tuple(rules), masks, tuple(beyond))


def pair_of(tie: Tie) -> Pair:
    """The tie's fact and its two actors, whichever way it goes."""
    return (tie.fact, min(tie.left, tie.right), max(tie.left, tie.right))
