"""The history of a few statements, as it is read from a store that holds nothing else, without one."""

from collections.abc import Iterable

from comity.graph.crosswalk import crosswalk
from comity.graph.model import Statement
from comity.graph.resolve import resolve_all
from comity.graph.slices import ActorNode, History
from comity.graph.ties import derive_ties


def history_of(statements: Iterable[Statement], **coverage: str) -> History:
    """The facts of these statements and their ties, every pair; `coverage` says of which time each source tells."""
    facts = tuple(resolve_all(list(statements)))
    actors = {party.actor for fact in facts for party in fact.parties}
    nodes = {actor: ActorNode(actor, "Country", crosswalk().actor(actor).name) for actor in sorted(actors)}
    return History(
        facts,
        tuple(derive_ties(facts)),
        nodes,
        ("test",),
        coverage={fact.kind: coverage for fact in facts} if coverage else {},
    )
