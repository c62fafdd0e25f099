"""A measure on many settlements of a network at once."""

from comity.queries.doubt.model import Choices, Settlements
from comity.queries.fast.engine import compute
from comity.queries.fast.networks import Values
from comity.queries.measures import Measure

__all__ = ["Values", "values"]


def values(measure: Measure, choices: Choices, settlements: Settlements) -> Values:
    """The measure of every actor in every settlement: settlements x actors.

    Values are those of the plain measure on the settlement's own network; an actor without a tie in it is not in that network and has
    the value 0.
    """
    return compute(choices.networks(settlements), [measure.name])[measure.name]
