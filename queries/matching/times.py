"""Comparing the dates of two facts, with what each is precise to: the best agreement of any of their accounts."""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.graph.dates import LAST_DAY, Bounds
from comity.queries.matching.profiles import EFFECT, Profile, shown
from comity.queries.matching.weights import (
    CONTRADICTED,
    DAYS_APART,
    END_APART,
    END_NEAR,
    END_OPEN,
    END_SAME_DAY,
    MONTHS_APART,
    OTHER_STEP,
    SAME_DAY,
    SAME_MONTH,
    SAME_YEAR,
    WEEKS_APART,
    YEARS_APART,
    Evidence,
    Level,
)

_FEW, _MONTH, _YEAR = 3, 31, 366  # days


@dataclass(frozen=True, slots=True)
class _Compared:
    level: Level
    weight: float
    text: str


def level_of(left: Bounds, right: Bounds) -> Level | None:
    """How two dates agree; None where one is too vague to say.

    Dates agree where some day satisfies both; that is worth what the vaguer of the two is precise to. Dates that do not are as far
    apart as their nearest days, or as the vaguer is long: 2016 and 2017-01-01 are months apart, not a day.
    """
    length = max((last - first).days + 1 for first, last in (left, right))
    gap = max((left[0] - right[1]).days, (right[0] - left[1]).days, 0)
    if gap == 0:
        if length > _YEAR:
            return None
        return SAME_DAY if length == 1 else SAME_MONTH if length <= _MONTH else SAME_YEAR
    if gap > _YEAR:
        return YEARS_APART
    apart = max(gap, length - 1)
    if apart > _YEAR:
        return None
    return DAYS_APART if apart <= _FEW else WEEKS_APART if apart <= _MONTH else MONTHS_APART


def compare_dates(left: Profile, right: Profile) -> Evidence | None:
    """The best agreement of the beginnings of steps; None where no two can be compared."""
    shared = list(_shared_steps(left, right))
    if not (found := shared + list(_other_steps(left, right))):
        return None
    best = max(found, key=lambda one: (one.weight, one.level.likeness, one.text))
    weight, text = best.weight, best.text
    against = next((one for one in shared if one.level is YEARS_APART), None)
    if weight > 0 and against:
        weight -= CONTRADICTED
        text += f"; but {against.text}"
    return Evidence("dates", best.level.likeness, weight, text)


def compare_ends(left: Profile, right: Profile) -> Evidence | None:
    """The best agreement of the ends of the time in effect; None where either tells none."""
    found = [
        _Compared(
            level, level.weight, END_OPEN.words if level is END_OPEN else _text("ended", one, other, level)
        )
        for one in left.ends
        for other in right.ends
        if (level := _end_level(one, other))
    ]
    if not found:
        return None
    best = max(found, key=lambda one: (one.weight, one.text))
    return Evidence("ends", best.level.likeness, best.weight, best.text)


def _shared_steps(left: Profile, right: Profile) -> Iterator[_Compared]:
    """The best agreement in each step that both tell."""
    for name in sorted(left.began.keys() & right.began.keys()):
        found = [
            _Compared(level, level.weight, _text(_verb(name), one, other, level))
            for one in left.began[name]
            for other in right.began[name]
            if (level := level_of(one, other))
        ]
        if found:
            yield max(found, key=lambda one: (one.weight, one.text))


def _other_steps(left: Profile, right: Profile) -> Iterator[_Compared]:
    """Days that are the same though the one tells one step and the other another."""
    for name, told in sorted(left.began.items()):
        for other_name, other_told in sorted(right.began.items()):
            if name != other_name:
                for day in sorted(set(told) & set(other_told)):
                    if day[0] == day[1] < LAST_DAY:
                        yield _Compared(
                            SAME_DAY,
                            SAME_DAY.weight - OTHER_STEP,
                            f"{_verb(name)} {shown(day)} and {_verb(other_name)} {shown(day)}: {SAME_DAY.words}",
                        )


def _end_level(left: Bounds, right: Bounds) -> Level | None:
    if left[1] == right[1] == LAST_DAY:
        return END_OPEN
    if LAST_DAY in (left[1], right[1]):
        # What ended may have done so after all that the other's source tells of.
        apart = (max(left[0], right[0]) - min(left[1], right[1])).days
        return END_APART if apart > _YEAR else None
    level = level_of(left, right)
    if level is None or level is YEARS_APART:
        return level and END_APART
    return END_SAME_DAY if level is SAME_DAY else END_NEAR


def _verb(step: str) -> str:
    return "in effect from" if step == EFFECT else step


def _text(what: str, left: Bounds, right: Bounds, level: Level) -> str:
    return f"{what} {shown(left)} and {shown(right)}: {level.words}"
