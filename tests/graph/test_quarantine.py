"""What loaders could not read: kept until it can be, counted beside what was stored."""

from dataclasses import replace

import pytest

from comity.graph.errors import InputError, UnknownName
from comity.graph.loading import load, plan
from comity.graph.log import read_log
from comity.graph.mappings import Mapping, add_mapping, read_mappings, remove_mapping
from comity.graph.model import Party, Rejected, Skipped, Source
from comity.graph.quarantine import files_behind, read_quarantine
from comity.graph.reading import Reading, Record
from comity.graph.retracting import restore, retract
from comity.graph.stores import Store
from tests.graph.facts import stated

GOOD = stated("pact", "FRA GBR", ["in_force 1904/.."])
OTHER = stated("pact-2", "FRA RUS", ["in_force 1894/1917"])
BROKEN = Rejected("row 3", "nobody has the name 'Atlantis'", "Atlantis", "", (), "Atlantis,FRA")
PART = replace(BROKEN, place="row 4", part=True)
LEFT_OUT = Skipped("left out by its mapping")


def table(*records: Record, partial: bool = False, source: str = "a") -> Reading:
    return Reading(
        "test", (Source(f"test:{source}", "A table"),), records, whole=False, partial=partial, loader="made", files=("/a.csv",)
    )  # fmt: skip


def test_every_record_is_counted_once(store: Store) -> None:
    records = (GOOD, GOOD, BROKEN, PART, LEFT_OUT, LEFT_OUT, OTHER)
    done = load(store, table(*records))
    assert (done.read, done.stored, done.unchanged, done.skipped, done.rejected) == (6, 2, 0, 3, 1)
    assert done.reasons == {LEFT_OUT.reason: 2, "says the same as another record at the same place": 1}
    again = load(store, table(*records))
    assert (again.read, again.stored, again.unchanged, again.skipped, again.rejected) == (6, 0, 2, 3, 1)
    assert again.revision == done.revision
    assert len(read_log(store)) == 1  # what changes nothing writes nothing


def test_only_the_rows_that_changed_are_stored(store: Store) -> None:
    one, other = stated("pact", "FRA", ["in_force 1904/.."]), stated("pact", "GBR", ["in_force 1904/.."])
    load(store, table(one, other))
    corrected = stated("pact", "GBR", ["in_force 1904-04/.."])
    done = load(store, table(one, corrected))
    assert (done.read, done.stored, done.unchanged) == (2, 1, 1)


def test_quarantine_holds_what_the_last_reading_left(store: Store) -> None:
    load(store, table(GOOD, BROKEN, PART))
    held = read_quarantine(store, "test")
    assert [one.rejected for one in held] == [BROKEN, PART]
    assert files_behind(store, {one.scope for one in held}) == [("made", ("/a.csv",))]
    load(store, table(GOOD, OTHER))
    assert read_quarantine(store) == []


def test_a_part_of_a_stream_leaves_the_other_parts_alone(store: Store) -> None:
    first = stated("one", "FRA GBR", ["in_force 1904/.."], source="a")
    second = stated("two", "FRA RUS", ["in_force 1894/.."], source="b")
    load(store, table(first, BROKEN, partial=True))
    load(store, table(second, partial=True, source="b"))
    assert [one.scope for one in read_quarantine(store)] == ["test:a"]
    done = load(store, table(stated("three", "FRA ITA", ["in_force 1902/.."], source="a"), partial=True))
    assert done.retracted == 1
    facts = store.read("MATCH (f:Fact) RETURN f.id AS id ORDER BY id")
    assert [row["id"] for row in facts] == ["test:three", "test:two"]
    assert read_quarantine(store) == []


def test_accounts_of_one_fact_in_two_parts_stand_beside_each_other(store: Store) -> None:
    load(store, table(stated("one", "FRA GBR", ["in_force 1904/.."], source="a"), partial=True))
    load(store, table(stated("one", "FRA GBR", ["in_force 1905/.."], source="b"), partial=True, source="b"))
    [row] = store.read(
        "MATCH (s:Statement)-[:ABOUT]->(f:Fact) RETURN count(s) AS n, f.conflicts AS conflicts"
    )
    assert row == {"n": 2, "conflicts": ["begin"]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(GOOD, kind="marriage"), "there is no kind 'marriage'"),
        (replace(GOOD, types=("love",)), "there is no type love of agreements"),
        (replace(GOOD, parties=(Party("FRA", "bride"), Party("GBR", "party"))), "there is no role 'bride' in agreements"),
        (replace(GOOD, parties=(Party("ATL", "party"), Party("GBR", "party"))), "there is no actor 'ATL'"),
        (replace(GOOD, source="test:z"), "its source 'test:z' is not among those of the reading"),
        (replace(GOOD, fact="other:pact"), "its fact 'other:pact' is not of the collection test"),
        (replace(GOOD, properties=(("dowry", ("none",)),)), "there is no property 'dowry' of agreements"),
    ],
    ids=["kind", "type", "role", "actor", "source", "collection", "property"],
)  # fmt: skip
def test_no_statement_enters_that_breaks_the_model(store: Store, wrong: Record, said: str) -> None:
    done = load(store, table(wrong, OTHER))
    assert (done.read, done.stored, done.rejected) == (2, 1, 1)
    assert done.rejections[0].reason == said
    with pytest.raises(InputError, match=said):
        load(store, replace(table(wrong), whole=True))


def test_a_plan_says_what_a_load_would_do_and_does_nothing(store: Store) -> None:
    load(store, table(GOOD, OTHER))
    before = store.revision()
    changed = stated("pact", "FRA GBR", ["in_force 1904-04/.."])
    found = plan(store, table(changed, stated("pact-3", "FRA ITA", ["in_force 1902/.."])))
    assert (found.added, found.changed, found.retracted, found.unchanged) == (
        ("test:pact-3",), ("test:pact",), ("test:pact-2",), 0,
    )  # fmt: skip
    assert store.revision() == before


def test_a_mapping_is_one_for_all_ways_of_writing_a_value(store: Store) -> None:
    load(store, table(GOOD))
    add_mapping(store, Mapping("test", "", "Atlantis", "JPN", "somebody", "a guess"))
    add_mapping(store, Mapping("test", "", "ATLANTIS", "KOR", "somebody", "a better one"))
    assert [(one.value, one.actor) for one in read_mappings(store, "test")] == [("ATLANTIS", "KOR")]
    assert [entry.action for entry in read_log(store)][:2] == ["map", "map"]
    remove_mapping(store, "test", "", "atlantis", by="somebody")
    assert read_mappings(store) == []
    with pytest.raises(UnknownName, match="there is no mapping in test 'atlantis'"):
        remove_mapping(store, "test", "", "atlantis")


def test_a_thousand_facts_go_and_come_back(store: Store) -> None:
    # Every fact has the same two actors: taking ties away must not depend on how many an actor has.
    many = [stated(f"pact-{n:05}", "FRA GBR", ["in_force 1904/1914"]) for n in range(1_000)]
    before = load(store, table(*many)).revision
    assert retract(store, "test").facts == 1_000
    assert store.read("MATCH ()-[t:AGREEMENT]->() RETURN count(t) AS n") == [{"n": 0}]
    assert restore(store, "test").revision == before
    assert load(store, table(*many[:10])).retracted == 990
    assert store.read("MATCH ()-[t:AGREEMENT]->() RETURN count(t) AS n") == [{"n": 10}]
