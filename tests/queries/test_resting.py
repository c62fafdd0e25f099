"""What rests on one source alone: decisions are no source, and facts judged to be one are told of together."""

from comity.graph.curation import decide, judge
from comity.graph.identity import Judgement, Verdict
from comity.graph.loading import load
from comity.graph.stores import Store
from comity.queries.resting import told_by_others
from tests.graph.facts import reading, stated


def test_decisions_are_no_source_and_one_fact_has_the_sources_of_both(store: Store) -> None:
    for name in ("one", "two"):
        load(
            store,
            reading([stated("pact", "FRA GBR", ["in_force 1900/.."], collection=name)], collection=name),
        )
    rows = store.read("MATCH (s:Statement) RETURN s.fact AS fact, s.source AS source ORDER BY fact")
    (left, source), (right, _) = ((row["fact"], row["source"]) for row in rows)
    decide(store, left, {"in_force": "1901/.."}, reason="a test", by="test")
    assert told_by_others(store, source, [left]) == set()
    judge(store, [Judgement(left, right, Verdict.SAME, "a reader")])
    assert told_by_others(store, source, [left]) == {left}
