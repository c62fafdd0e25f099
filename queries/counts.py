"""How large a slice is: actors, pairs, facts and ties, each from the least to the most that the doubtful leaves possible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from comity.graph.slices import CONVENTIONS, Question, Slice, history_of
from comity.graph.stores.base import Store
from comity.graph.ties import Tie


@dataclass(frozen=True, slots=True)
class Range:
    """A number that is settled between two: `least` counts what is certain, `most` what is possible."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True, slots=True)
class Counts:
    """The size of a slice: actors with a tie, pairs of actors that are tied (dyads), facts that tie some pair.

    `convention` is the one it was counted by; empty on a single day, which all conventions read alike.
    """

    convention: str
    actors: Range
    pairs: Range
    facts: Range


@dataclass(frozen=True, slots=True)
class Counted:
    """The size of a slice; of a span under each convention of the field, of a day under the one there is."""

    question: Question
    revision: str
    rows: tuple[Counts, ...]

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain JSON values; the rows name their conventions, and least and most stand for a certainty."""
        asked = self.question.describe()
        rows = [
            {
                "convention": row.convention,
                **{
                    f"{name}_{end}": getattr(getattr(row, name), end)
                    for name in ("actors", "pairs", "facts")
                    for end in ("least", "most")
                },
            }
            for row in self.rows
        ]
        left_out = ("slice", "convention")
        return {
            **{name: value for name, value in asked.items() if name not in left_out},
            "revision": self.revision,
            "rows": rows,
        }


def count(store: Store, question: Question, conventions: Sequence[str] = ()) -> Counted:
    """The size of the slice that answers the question, from what is certain to what is possible.

    A year or another span is counted by each of `conventions` (all where none is named), whatever the question's own, that asks of a
    day of which the sources tell.
    """
    whole = replace(question, certainty="possible", convention="any-day")
    history = history_of(store, whole, within=True)
    slice = history.at(whole)
    if whole.first == whole.last:
        rows = [replace(counts_of(slice, whole), convention="")]
    else:
        asked = [replace(whole, convention=name) for name in conventions or CONVENTIONS]
        rows = [counts_of(slice, each) for each in asked if history.tells(each)]
    return Counted(slice.question, slice.revision, tuple(rows))


def counts_of(slice: Slice, question: Question) -> Counts:
    """The counts under the question's convention, from a possible slice of any day."""
    most = [tie for tie in slice.ties if replace(question, certainty="possible").counts(tie)]
    least = [tie for tie in most if replace(question, certainty="certain").counts(tie)]
    return Counts(
        question.convention,
        Range(_actors(least), _actors(most)),
        Range(_pairs(least), _pairs(most)),
        Range(len({tie.fact for tie in least}), len({tie.fact for tie in most})),
    )


def _actors(ties: Iterable[Tie]) -> int:
    return len({end for tie in ties for end in (tie.left, tie.right)})


def _pairs(ties: Iterable[Tie]) -> int:
    return len({frozenset((tie.left, tie.right)) for tie in ties})
