"""What the tests of faults load, and how they know that a store holds it whole."""

from comity.graph.model import Statement
from comity.graph.revision import revision_of
from comity.graph.stores import Store
from tests.graph.facts import reading, stated


def pacts(number: int) -> list[Statement]:
    """So many facts of three parties, in force."""
    return [
        stated(f"pact-{n:04}", "FRA GBR RUS", ["in_force 1900/.."], summary="x" * 200) for n in range(number)
    ]


def check_whole(store: Store, statements: list[Statement]) -> None:
    """The store holds exactly these: nothing lost, nothing doubled, no half fact."""
    number = len(statements)
    [found] = store.read(COUNTS)
    assert found == {
        "statements": number, "said": number, "about": number, "facts": number, "parties": 3 * number, "ties": 3 * number,
    }  # fmt: skip
    items = [statement.id for statement in statements]
    assert store.revision() == revision_of([*items, *(one.digest for one in reading(statements).sources)])


COUNTS = (
    "MATCH (s:Statement) WHERE s.live WITH count(s) AS statements "
    "MATCH (s:Statement)-[f:FROM]->(:Source) WHERE s.live WITH statements, count(f) AS said "
    "MATCH (s:Statement)-[a:ABOUT]->(:Fact) WHERE s.live WITH statements, said, count(a) AS about "
    "MATCH (f:Fact) WITH statements, said, about, count(f) AS facts "
    "MATCH (:Fact)-[p:PARTY]->() WITH statements, said, about, facts, count(p) AS parties "
    "MATCH ()-[t:AGREEMENT]->() RETURN statements, said, about, facts, parties, count(t) AS ties"
)
