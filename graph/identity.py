"""Which facts are one: judgements of people or rules on pairs of facts, and the groups that accepted ones make.

Sources name and date the same thing differently, so two accounts can become two facts. Only a stored judgement makes them one. It
is as reversible as a statement, and counts only from a declared confidence on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Self

from comity.graph.errors import InputError
from comity.graph.model import ID_LENGTH, digest_of

APPLIED_FROM = 0.9
"""The least confidence at which `same` makes two facts one, unless another is asked for. A person's own word has confidence 1."""


class Verdict(StrEnum):
    """What a judgement says of two facts."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody (`by`: a person or a rule) holds of two facts, how sure that is (0 to 1), why, and on what evidence.

    A pair has at most one live judgement. `left` < `right`; `id` hashes all of it.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    confidence: float = 1.0
    reason: str = ""
    evidence: tuple[str, ...] = ()
    id: str = field(init=False, default="")

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise InputError(f"{self.left} is given twice: a judgement is about two facts")
        if not 0 <= self.confidence <= 1:
            raise InputError(f"confidence {self.confidence} is not between 0 and 1")
        left, right = sorted((self.left, self.right))
        object.__setattr__(self, "left", left)
        object.__setattr__(self, "right", right)
        content = {name: value for name, value in asdict(self).items() if name != "id"}
        object.__setattr__(self, "id", digest_of({"judgement": content})[:ID_LENGTH])

    @property
    def pair(self) -> tuple[str, str]:
        """The two facts."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Identity:
    """The groups of facts that are one, from judgements that say `same` with enough confidence.

    `applied` are the judgements that were used, `held_back` those that say `same` with too little confidence, or would join facts
    that were judged different.
    """

    groups: Mapping[str, frozenset[str]]
    applied: tuple[Judgement, ...] = ()
    held_back: tuple[Judgement, ...] = ()

    @classmethod
    def of(cls, judgements: Iterable[Judgement], applied_from: float = APPLIED_FROM) -> Self:
        """The groups that these judgements make, the most confident first; `same` goes from pair to pair."""
        found = sorted(
            judgements, key=lambda judgement: (-judgement.confidence, judgement.pair, judgement.id)
        )
        different = [set(judgement.pair) for judgement in found if judgement.verdict is Verdict.DIFFERENT]
        groups: dict[str, frozenset[str]] = {}
        applied, held_back = [], []
        for judgement in found:
            if judgement.verdict is not Verdict.SAME:
                continue
            joined = frozenset(judgement.pair).union(
                *(groups.get(fact, frozenset()) for fact in judgement.pair)
            )
            if judgement.confidence < applied_from or any(pair <= joined for pair in different):
                held_back.append(judgement)
                continue
            applied.append(judgement)
            groups |= dict.fromkeys(joined, joined)
        return cls(groups, tuple(applied), tuple(held_back))

    def of_fact(self, fact: str) -> frozenset[str]:
        """The ids of all facts that are one with this one, its own among them."""
        return self.groups.get(fact, frozenset((fact,)))

    def widened(self, facts: Iterable[str]) -> set[str]:
        """These facts and all that are one with any of them."""
        return {same for fact in facts for same in self.of_fact(fact)}

    def named(self, facts: Iterable[str]) -> dict[str, str]:
        """For each of these facts the id that its group goes by among them: the first in alphabetical order."""
        members: defaultdict[frozenset[str], list[str]] = defaultdict(list)
        for fact in sorted(set(facts)):
            members[self.of_fact(fact)].append(fact)
        return {fact: group[0] for group in members.values() for fact in group}


APART = Identity({})
"""No two facts are one."""
