"""Comparing two facts feature by feature: parties, types, names and references. Dates are compared in `times`."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from comity.queries.matching.profiles import Profile
from comity.queries.matching.times import compare_dates, compare_ends, level_of
from comity.queries.matching.weights import (
    CROSS_REFERENCE,
    MANY,
    NAMES,
    PARTIES,
    PARTIES_OF_MANY,
    SAME_NUMBER,
    TYPES_APART,
    TYPES_SAME,
    TYPES_SHARED,
    YEARS_APART,
    Evidence,
    weight_of,
)

_BILATERAL = 2
_MOST_NAMED = 4  # parties that a text names one by one
_LONGEST_NAME = 60


def compare(left: Profile, right: Profile) -> tuple[Evidence, ...]:
    """Everything that can be compared of two facts of one kind, what weighs most first."""
    found = [
        compare_parties(left, right),
        compare_dates(left, right),
        compare_ends(left, right),
        compare_types(left, right),
        compare_names(left, right),
        compare_references(left, right),
    ]
    return tuple(sorted(filter(None, found), key=lambda one: -abs(one.weight)))


def compare_parties(left: Profile, right: Profile) -> Evidence:
    """How many parties both have, of all that either has; in pacts of many, a party that came years apart counts half."""
    both = sorted(left.parties.keys() & right.parties.keys())
    every = left.parties.keys() | right.parties.keys()
    late = [actor for actor in both if len(every) > _BILATERAL and _came_apart(left, right, actor)]
    likeness = (len(both) - len(late) / 2) / len(every) if every else 0.0
    said = [f"both {_listed(both)}" if both else "none in common"]
    for side in (left, right):
        if only := sorted(side.parties.keys() - set(both)):
            said.append(f"only {side.fact.id} {_listed(only)}")
    if late:
        said.append(f"years apart in their own dates {_listed(late)}")
    weight = weight_of(likeness, PARTIES)
    if len(both) >= MANY and likeness >= 0.5:
        weight = max(weight, PARTIES_OF_MANY)
    return Evidence("parties", likeness, weight, f"parties: {'; '.join(said)}")


def compare_types(left: Profile, right: Profile) -> Evidence | None:
    """The types that both have; None where either has none that says anything."""
    if not (left.types and right.types):
        return None
    both, every = left.types & right.types, left.types | right.types
    weight = TYPES_SAME if both == every else TYPES_SHARED if both else TYPES_APART
    here, there = (", ".join(side.fact.types) for side in (left, right))
    text = f"types: both {here}" if here == there else f"types: {here}, and {there}"
    return Evidence("types", len(both) / len(every), weight, text)


def compare_names(left: Profile, right: Profile) -> Evidence | None:
    """The most alike of any two names; None where either has none."""
    found = [
        (fuzz.token_sort_ratio(plain, other_plain) / 100, name, other)
        for name, plain in left.names
        for other, other_plain in right.names
    ]
    if not found:
        return None
    likeness, name, other = max(found)
    text = f"names: {_quoted(name)} and {_quoted(other)}: {likeness:.2f} alike"
    return Evidence("names", likeness, weight_of(likeness, NAMES), text)


def compare_references(left: Profile, right: Profile) -> Evidence | None:
    """A reference of the one that is the other's id, or a number in a register that both have; None where there is neither.

    The property `reference` names a fact's number in a treaty series. Written `SET:KEY`, as the id of another fact (`cow:227`), it is
    a cross-reference: its author holds that fact to be this one.
    """
    for side, other in ((left, right), (right, left)):
        for id in other.fact.ids:
            if id.casefold() in side.references:
                level = CROSS_REFERENCE
                return Evidence(
                    "reference", level.likeness, level.weight, f"reference: {side.fact.id} names {id}"
                )
    if both := sorted(left.references.keys() & right.references.keys()):
        level = SAME_NUMBER
        return Evidence(
            "reference", level.likeness, level.weight, f"reference: both {left.references[both[0]]}"
        )
    return None


def _came_apart(left: Profile, right: Profile, actor: str) -> bool:
    levels = [level_of(one, other) for one in left.parties[actor] for other in right.parties[actor]]
    return bool(levels) and all(level is YEARS_APART for level in levels)


def _listed(actors: Iterable[str]) -> str:
    named = list(actors)
    more = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _quoted(name: str) -> str:
    return f"“{name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + '…'}”"
