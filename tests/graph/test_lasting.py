"""What lasts by a source that tells of a time only: no further for certain than that time, in slices as in the database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from comity.graph.dates import When
from comity.graph.errors import NoData
from comity.graph.lasting import as_covered, covered_until
from comity.graph.loading import Load, load
from comity.graph.model import Source, Statement
from comity.graph.reading import Reading
from comity.graph.slices import Question, take
from comity.graph.statements import read_sources
from comity.graph.stores import Store
from comity.queries.citing import live_sources
from tests.graph.facts import reading, stated

PACT = stated("pact", "FRA GBR@1905/..", ["in_force 1904-04/.."], method="table")


def brought(store: Store, coverage: str, *statements: Statement) -> Load:
    sources = tuple(
        Source(id, id, coverage=coverage if id == "test:a" else "")
        for id in sorted({one.source for one in statements})
    )
    return load(store, Reading("test", sources, statements, whole=False))


def ends(store: Store) -> list[tuple[date, date]]:
    rows = store.read("MATCH ()-[t:AGREEMENT]->() RETURN t.earliest_end AS first, t.latest_end AS last")
    return [(row["first"], row["last"]) for row in rows]


def tied(store: Store, day: str, certainty: str, **asked: object) -> int:
    question = Question(as_of=When.parse(day), certainty=certainty, **asked)  # type: ignore[arg-type]
    return len(take(store, question).ties)


def test_after_all_that_a_source_tells_of_what_lasts_is_possible(store: Store) -> None:
    brought(store, "1900/1914", PACT)
    load(
        store,
        reading([stated("other", "DEU ITA", ["in_force 1902/.."], collection="mine")], collection="mine"),
    )
    asked = {"sources": ("test", "mine")}
    assert [tied(store, day, "certain", **asked) for day in ("1914-12-31", "1915-01-01")] == [2, 1]
    assert tied(store, "1915-01-01", "possible", **asked) == 2
    # What Cypher asks is what slices are made of.
    assert sorted(ends(store)) == [(date(1914, 12, 31), date.max), (date.max, date.max)]


def test_another_coverage_of_the_same_rows_is_another_record(store: Store) -> None:
    brought(store, "1900/1914", PACT)
    again = brought(store, "1900/1914", PACT)
    later = brought(store, "1900/1918", PACT)
    assert (again.unchanged, later.stored) == (1, 1)
    assert ends(store) == [(date(1918, 12, 31), date.max)]
    assert brought(store, "1900/1914", PACT).revision == again.revision != later.revision


def test_a_day_of_record_knows_what_a_source_was_described_as(store: Store) -> None:
    brought(store, "1900/1914", PACT)
    before = datetime.now(UTC) - timedelta(days=2)
    store.write(
        lambda run: run(
            "MATCH (n:Statement|Source) SET n.opened = [$at]",
            {"at": before.isoformat(timespec="microseconds")},
        )
    )
    brought(store, "1900/1920", PACT)
    brought(store, "1900/1930", PACT)
    then = {"known_on": before.date()}
    coverages = [
        {source.coverage for source in read_sources(store, day).values()}
        for day in (before.date(), datetime.now(UTC).date(), None)
    ]
    assert coverages == [{"1900/1914"}, {"1900/1930"}, {"1900/1930"}]
    assert tied(store, "1925", "certain") == 1
    assert tied(store, "1914", "certain", **then) == 1
    with pytest.raises(NoData, match="test:a of 1900/1914"):
        tied(store, "1925", "certain", **then)
    [source] = live_sources(store).values()
    assert source.coverage == "1900/1930"


def test_of_several_who_tell_that_it_lasts_the_longest_time_counts(store: Store) -> None:
    whole = replace(PACT, parties=stated("pact", "FRA GBR", ["signed 1904"]).parties, known_id="")
    brought(store, "1900/1914", whole, replace(whole, source="test:b", known_id=""))
    # test:b does not say of which time it tells, and is taken at its word.
    assert ends(store) == [(date.max, date.max)]


def test_an_end_after_that_time_contradicts_nobody(store: Store) -> None:
    ended = stated("pact", "FRA GBR", ["in_force 1904-04/1940-07"], source="b", method="table")
    brought(store, "1900/1914", stated("pact", "FRA GBR", ["in_force 1904-04/.."], method="table"), ended)
    (fact,) = take(store, Question(as_of=When.parse("1939"))).facts.values()
    assert (str(fact.end.state), fact.end.text, fact.conflicts) == ("confirmed", "1940-07", ())


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ("1951/..", "1951/[1960-12-31..]"),
        ("1951~/..", "1951~/[1960-12-31..]"),
        ("[..1816-01-01]/..", "[..1816-01-01]/[1960-12-31..]"),
        ("../..", "../[1960-12-31..]"),
        ("1970/..", "1970/[1960-12-31..]"),
        ("1951/", "1951/"),
        ("1951/1980", "1951/1980"),
        ("1951", "1951"),
    ],
)
def test_only_an_open_end_is_held(told: str, held: str) -> None:
    until = covered_until(
        [Source("test:a", "", coverage="1815/1960"), Source("test:b", "", coverage="1815/..")]
    )
    (step,) = as_covered(stated("pact", "FRA GBR", [f"in_force {told}"]), until).steps
    assert (step.when.text, step.when.begin) == (held, When.parse(told).begin)
    untimed = stated("pact", "FRA GBR", [f"in_force {told}"], source="b")
    assert as_covered(untimed, until) is untimed
