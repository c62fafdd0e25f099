"""Which facts may be one: pairs proposed for review with what speaks for and against each, and a one-to-one choice among them.

A proposal is no judgement. `comity.queries.review` makes judgements of those that are accepted, and `comity.graph.curation.judge`
records them. docs/identity.md explains the whole in words.
"""

from comity.queries.matching.assigning import MARGIN, Assigned, LeftOver, assign
from comity.queries.matching.proposals import LEAST, Proposal, propose
from comity.queries.matching.weights import Evidence

__all__ = ["LEAST", "MARGIN", "Assigned", "Evidence", "LeftOver", "Proposal", "assign", "propose"]
