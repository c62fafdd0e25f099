"""What each agreement or difference of two facts weighs: the one table that a proposal's score is made of.

Weights are in bits, as in the record linkage of Fellegi and Sunter: +1 makes it twice as likely that two facts are one, −1 half as
likely. They are added, so each stands for what a feature says beyond the others, and what nobody tells weighs nothing.
"""

from dataclasses import dataclass

START = -10.0
"""Before anything is compared: of the pairs that share a kind and a party, one in about a thousand is one fact.

In alliance data it is one in about a hundred (394 of 41,611 pairs of ATOP and COW); in dossiers, which rarely overlap, fewer.
"""


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: how alike the two are (0 to 1), its weight in bits, and how it is called."""

    likeness: float
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one feature of two facts says: how alike they are in it (0 to 1), what that weighs (bits), and why in plain words."""

    feature: str
    score: float
    weight: float
    text: str

    def __str__(self) -> str:
        return f"{self.text} ({self.weight:+g} bits)"


# Two states are parties to a few dozen facts of a kind at most, out of thousands: the same parties are much, and not enough.
# Of a large pact one source may miss a member. Half of the parties in common is what two pacts of one region have anyway. Two
# agreements that a state made with two partners have a third of their parties in common, and are two.
PARTIES = (
    (1.0, 5.0),
    (0.75, 4.0),
    (0.5, -2.0),
    (0.0, -8.0),
)
"""From which likeness of the parties on which weight holds."""

MANY = 5
PARTIES_OF_MANY = 2.0
"""What half of the parties weighs where so many are in common: a large pact grows, and a source that was closed earlier lacks its
later members."""

# Two facts between the same states hardly ever fall on one day by chance: the strongest evidence there is,
# if both tell the day. A month or a year that agrees is weaker by as much as it is longer. A few days are a printing error, a time
# zone, or signing against publishing; within a year it may be signing against ratifying. More is another fact: agreements are
# renewed, and drills repeated, by the same parties under the same name.
SAME_DAY = Level(1.0, 9.0, "the same day")
SAME_MONTH = Level(0.9, 6.0, "the same as far as told, which is to the month")
SAME_YEAR = Level(0.75, 3.0, "the same as far as told, which is to the year")
DAYS_APART = Level(0.8, 5.0, "a few days apart")
WEEKS_APART = Level(0.6, 2.0, "weeks apart")
MONTHS_APART = Level(0.3, -1.0, "months apart")
YEARS_APART = Level(0.0, -8.0, "more than a year apart")

# One source's signing is another's beginning, and only a day is precise enough to show it.
OTHER_STEP = 3.0
"""What agreement weighs less where one tells the one step and the other another."""

CONTRADICTED = 4.0
"""What agreement in one step weighs less where another that both tell is more than a year apart."""

# Ends are coded by rules that differ (a war, a lapse, a last day of data), so that they say little against.
END_SAME_DAY = Level(1.0, 3.0, "the same day")
END_OPEN = Level(0.7, 0.5, "both still going on")
END_NEAR = Level(0.8, 1.0, "at most a year apart")
END_APART = Level(0.0, -1.0, "more than a year apart")

# Types are broad, so agreement says little. No type in common says much: states sign an agreement on secrets and one on supplies
# on one day, and each has its own type.
TYPES_SAME = 2.0
TYPES_SHARED = 1.0
TYPES_APART = -5.0

AKIN = {"entente": "consultation", "offence": "defence"}
"""Types that count as another in comparing: the Correlates of War say entente for a duty to consult, and know no offence."""

# A name that is nearly the same is strong, though weaker than a day: names repeat from year to year and from partner to partner.
# Other names say hardly anything against: this is what the review is for.
NAMES = (
    (0.9, 5.0),
    (0.75, 3.0),
    (0.6, 1.0),
    (0.0, -1.0),
)
"""From which likeness of the most alike names on which weight holds."""

# Somebody has looked and written it down. Only other parties and other dates together outweigh it.
CROSS_REFERENCE = Level(1.0, 20.0, "names the other")
SAME_NUMBER = Level(1.0, 9.0, "the same number in a register")


_MOST_BITS = 60.0  # beyond it a score does not change


def weight_of(likeness: float, table: tuple[tuple[float, float], ...]) -> float:
    """The weight that holds for a likeness in a table of (from which likeness on, weight), best first."""
    return next(weight for least, weight in table if likeness >= least)


def score_of(bits: float) -> float:
    """The odds of so many bits as a score between 0 and 1, to four digits; never quite 1, which is a person's own word."""
    odds: float = 2.0 ** max(min(bits, _MOST_BITS), -_MOST_BITS)
    return min(round(odds / (1 + odds), 4), 0.9999)
