"""What a measure is: a number per actor, and what holds of it whatever the network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from comity.queries.networks import Network

SAME_VALUE = 1e-12
"""Values that differ by less, relative to their size, share a rank: sums in another order differ in their last digits."""

NOTHING = 1e-15
"""Below this a value is the rounding error of zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number per actor: its name, what it says in one line, and the function that computes it on a network.

    What holds of it: its values are `whole` numbers; it `grows`, if a further tie never lowers it for anybody; it `counts` partners or
    facts, if it is nothing but a count of the actor's own ties; it rests on its `own` ties alone, if no tie of others counts; it is made
    of the shortest paths `through` the actor; it looks at which facts tie a pair (`by_fact`), not only at how many. `shares` says what
    each partner adds to an actor's value, where that is a sum over partners. Of many networks at once it may be computed less
    precisely: values that differ by less than `same`, relative to their size, or by less than `nothing`, are then one.
    """

    name: str
    about: str
    function: Callable[[Network], dict[str, float]]
    aliases: tuple[str, ...] = ()
    whole: bool = False
    grows: bool = False
    counts: Literal["", "partners", "facts"] = ""
    own: bool = False
    through: bool = False
    by_fact: bool = False
    shares: Callable[[Network, str], dict[str, float]] | None = None
    same: float = SAME_VALUE
    nothing: float = NOTHING

    def number(self, value: float) -> float:
        """The value as the measure has it: a whole number where its values are."""
        return int(value) if self.whole else float(value)
