"""A measure on many settlements of a network at once."""

from comity.queries.doubt.model import Choices, Settlements
from comity.queries.doubt.settled import one_by_one
from comity.queries.fast.measuring import measure_all
from comity.queries.fast.networks import Values
from comity.queries.measures import Measure

__all__ = ["Values", "values"]


def values(measure: Measure, choices: Choices, settlements: Settlements) -> Values:
    """The measure of every actor in every settlement: settlements x actors.

    Values are those of the plain measure on the settlement's own network; an actor without a tie in it is not in that network and has
    the value 0.
    """
    if measure.by_fact:
        return one_by_one(measure, choices, settlements)
    return measure_all([measure], choices.networks(settlements))[measure.name]
