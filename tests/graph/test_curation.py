"""Decisions, judgements and retractions: whatever the history, a store is what its live content makes of it."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.graph.accounts import Policy
from comity.graph.curation import decide, judge, withdraw
from comity.graph.errors import DateError, InputError, UnknownName
from comity.graph.facts import read_facts
from comity.graph.identity import Judgement, Verdict
from comity.graph.judgements import read_judgements
from comity.graph.loading import load
from comity.graph.log import read_log
from comity.graph.reading import Reading
from comity.graph.retracting import restore, retract
from comity.graph.slices import Question, read_history, take
from comity.graph.stores import Store, open_store
from tests.graph.facts import reading, stated

ONE = [
    stated("acsa", "JPN GBR", ["signed 2017-01-26"], types=["logistics"], collection="one"),
    stated("acsa", "JPN GBR", ["signed 2017-01-27"], types=["logistics"], collection="one", source="b"),
    stated("drill", "JPN GBR", ["held 2016-10-23"], kind="drill", types=["air"], collection="one"),
]
TWO = [
    stated(
        "treaty",
        "GBR JPN",
        ["signed 2017-01-26", "in_force 2017-08-18/.."],
        types=["logistics"],
        collection="two",
    ),
    stated("exercise", "JPN GBR", ["held 2016-10-24"], kind="drill", types=["air"], collection="two"),
]
EARLIER, LATER = date(2000, 1, 1), datetime.now(UTC).date() + timedelta(days=2)


def same(left: str, right: str, confidence: float = 1.0) -> Judgement:
    return Judgement(left, right, Verdict.SAME, "somebody", confidence, "the same thing")


def different(left: str, right: str) -> Judgement:
    return Judgement(left, right, Verdict.DIFFERENT, "somebody", 1.0, "other things")


def content(store: Store) -> dict[str, Any]:
    """All that is derived, as rows in an order of their own; record time left out."""
    rows = {
        "facts": store.read("MATCH (f:Fact) RETURN properties(f) AS row"),
        "parties": store.read("MATCH (f:Fact)-[p:PARTY]->(a) RETURN [f.id, a.id, p.role, p.when] AS row"),
        "ties": store.read(
            "MATCH (a)-[t:AGREEMENT|DRILL]->(b) RETURN [a.id, b.id, t.fact, t.status, t.when, t.types, t.sources] AS row"
        ),
        "about": store.read("MATCH (s:Statement)-[:ABOUT]->(f:Fact) RETURN [s.id, f.id] AS row"),
        "live": store.read("MATCH (n:Statement|Source|Judgement) WHERE n.live RETURN n.id AS row"),
    }
    return {
        "revision": store.revision(),
        **{name: sorted(_told(row["row"]) for row in found) for name, found in rows.items()},
    }


def _told(row: Any) -> str:
    return repr(sorted(row.items()) if isinstance(row, dict) else row)


def one() -> Reading:
    return reading(ONE, collection="one")


def two() -> Reading:
    return reading(TWO, collection="two")


@pytest.fixture
def loaded(store: Store) -> Store:
    load(store, one())
    load(store, two())
    return store


@contextmanager
def unchanged(store: Store) -> Iterator[None]:
    before, log = content(store), read_log(store)
    yield
    assert content(store) == before
    assert read_log(store) == log


def test_a_decision_is_a_statement_with_a_reason_and_can_be_withdrawn(loaded: Store) -> None:
    before = content(loaded)
    (statement,) = decide(
        loaded, "one:acsa", {"signed": "2017-01-26"}, reason="the text says so", by="Some Body"
    )
    assert (statement.source, statement.words, statement.method) == (
        "decisions:some-body",
        "the text says so",
        "decision",
    )
    (fact,) = read_facts(loaded, facts=["one:acsa"])
    (step,) = fact.steps
    assert (step.when.text, step.resolved.settled_by, fact.conflicts) == ("2017-01-26", "decision", ())
    with unchanged(loaded):
        assert decide(loaded, "one:acsa", {"signed": "2017-01-26"}, reason="the text says so", by="Some Body")
    (other,) = decide(loaded, "one:acsa", {"signed": "2017-01-27"}, reason="no, that", by="Another")
    (fact,) = read_facts(loaded, facts=["one:acsa"])
    assert fact.steps[0].when.text == "2017-01-27"
    with pytest.raises(InputError, match="no decision or judgement in force"):
        withdraw(loaded, statement.id)
    withdraw(loaded, other.id[:8], reason="cannot be known", by="Another")
    assert content(loaded) == before
    latest = read_log(loaded)[0]
    assert (latest.action, latest.subject, latest.property, latest.reason, latest.by) == (
        "withdraw",
        "one:acsa",
        "signed",
        "cannot be known",
        "Another",
    )


@pytest.mark.parametrize(
    ("fact", "says", "reason", "error", "told"),
    [
        ("one:acs", {"signed": "2017"}, "because", UnknownName, "one:acsa"),
        ("one:acsa", {"agrred": "2017"}, "because", UnknownName, "signed"),
        ("one:acsa", {"signed": "26.1.2017"}, "because", DateError, "EDTF"),
        ("one:acsa", {"types": "logistic"}, "because", UnknownName, "logistics"),
        ("one:acsa", {"signed": "2017"}, " ", InputError, "reason"),
        ("one:acsa", {"claim": "the first"}, "because", InputError, "nobody can decide"),
    ],
)
def test_a_decision_that_cannot_be_changes_nothing(
    loaded: Store, fact: str, says: dict[str, str], reason: str, error: type[Exception], told: str
) -> None:
    with unchanged(loaded), pytest.raises(error, match=told):
        decide(loaded, fact, says, reason=reason, by="somebody")


def test_whoever_decides_is_one_source_however_the_name_is_written(loaded: Store) -> None:
    def decided(*people: str) -> tuple[dict[str, str], str]:
        days = {"signed": "2017-01-26", "in_force": "2017-08"}
        made = [
            decide(loaded, "one:acsa", {step: day}, reason="seen", by=by)[0]
            for by, (step, day) in zip(people, days.items(), strict=True)
        ]
        sources, revision = {by: one.source for by, one in zip(people, made, strict=True)}, loaded.revision()
        for one in made:
            withdraw(loaded, one.id)
        return sources, revision

    assert decided("Mori", "MORI") == (
        {"Mori": "decisions:mori", "MORI": "decisions:mori"},
        decided("MORI", "Mori")[1],
    )
    assert decided("森", "林")[0] == {"森": "decisions:森", "林": "decisions:林"}
    assert len(set(decided("कि", "की")[0].values())) == 2
    assert decided("Zoe\u0308", "ZOË")[0] == {"Zoe\u0308": "decisions:zoë", "ZOË": "decisions:zoë"}
    for nobody in ("", " ", "?!"):
        with pytest.raises(InputError, match="name yourself"):
            decide(loaded, "one:acsa", {"signed": "2017-01-26"}, reason="seen", by=nobody)


def test_decisions_outlive_their_dossier(loaded: Store) -> None:
    decide(loaded, "one:acsa", {"signed": "2017-01-26"}, reason="the text", by="somebody")
    before = content(loaded)
    retract(loaded, "one")
    assert {fact.id for fact in read_history(loaded).facts} == {"two:treaty", "two:exercise"}
    load(loaded, one())
    assert content(loaded) == before
    load(loaded, reading(ONE[2:], collection="one"))
    load(loaded, one())
    assert content(loaded) == before


def test_facts_judged_the_same_are_one_until_the_judgement_is_withdrawn(loaded: Store) -> None:
    before = content(loaded)
    done = judge(loaded, [same("one:acsa", "two:treaty"), same("one:drill", "two:exercise", 0.5)])
    assert (done.recorded, done.unchanged, done.replaced) == (2, 0, 0)
    facts = {fact.id: fact for fact in read_history(loaded).facts}
    assert facts["one:acsa"].ids == ("one:acsa", "two:treaty")
    assert {statement.fact for statement in facts["one:acsa"].statements} == {"one:acsa", "two:treaty"}
    # Half sure is recorded, but not applied unless asked for.
    assert {"one:drill", "two:exercise"} <= facts.keys()
    asked = Question(layers=("drill",), applied_from=0.5, as_of=Question().as_of)
    assert set(take(loaded, asked).facts) == {"one:drill"}
    rows = loaded.read("MATCH (f:Fact) RETURN f.id AS id ORDER BY id")
    assert [row["id"] for row in rows] == ["one:acsa", "one:drill", "two:exercise"]
    assert read_facts(loaded, facts=["two:treaty"]) == read_facts(loaded, facts=["one:acsa"])
    for judgement in read_judgements(loaded.read):
        withdraw(loaded, judgement.id)
    assert content(loaded) == before


def test_contradictory_judgements_are_refused(loaded: Store) -> None:
    load(
        loaded, reading([stated("third", "JPN GBR", ["signed 2017"], collection="three")], collection="three")
    )
    judge(loaded, [same("one:acsa", "two:treaty"), different("two:treaty", "three:third")])
    with unchanged(loaded):
        with pytest.raises(InputError, match="withdraw one of the judgements first"):
            judge(loaded, [same("one:acsa", "three:third")])
        with pytest.raises(InputError, match="they cannot be the same"):
            judge(loaded, [same("one:acsa", "one:drill")])
        with pytest.raises(UnknownName, match="one:nothing"):
            judge(loaded, [same("one:acsa", "one:nothing")])
        assert judge(loaded, [same("two:treaty", "one:acsa")]).unchanged == 1
    done = judge(loaded, [different("one:acsa", "two:treaty")])
    assert done.replaced == 1
    assert {fact.id for fact in read_history(loaded, ["agreement"]).facts} == {
        "one:acsa",
        "two:treaty",
        "three:third",
    }


def test_one_statement_can_be_retracted_and_restored(loaded: Store) -> None:
    before = content(loaded)
    statement = ONE[1]
    done = retract(loaded, statement.id[:6], reason="misread", by="somebody")
    assert (done.name, done.statements, done.facts) == (statement.id, 1, 1)
    (fact,) = read_facts(loaded, facts=["one:acsa"])
    assert [told.source for told in fact.statements] == ["one:a"]
    with pytest.raises(UnknownName):
        retract(loaded, statement.id)
    restore(loaded, statement.id)
    assert content(loaded) == before
    with pytest.raises(InputError, match="restored already"):
        restore(loaded, statement.id)
    with pytest.raises(InputError, match="never retracted"):
        restore(loaded, "two")


def test_a_statement_does_not_come_back_without_its_source(loaded: Store) -> None:
    before = content(loaded)
    retract(loaded, ONE[1].id)
    retract(loaded, "one:b")
    restore(loaded, ONE[1].id)
    assert content(loaded) == before


NAMES = ["one", "two", "one:a", "one:b", "two:a", *(statement.id for statement in (*ONE, *TWO))]


@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
    day=st.integers(10, 28),
    fact=st.sampled_from(["one:acsa", "two:treaty"]),
    confidence=st.sampled_from([None, 0.5, 1.0]),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_retract_and_restore_is_the_identity(
    loaded: Store, names: list[str], day: int, fact: str, confidence: float | None
) -> None:
    """Whatever was decided and judged before and is there; retractions are taken back in the opposite order."""
    decide(loaded, fact, {"signed": f"2017-01-{day}"}, reason="drawn", by="somebody")
    decide(loaded, "one:drill", {"held": f"2016-10-{day}"}, reason="drawn", by="somebody")
    if confidence is not None:
        judge(loaded, [same("one:acsa", "two:treaty", confidence)])
    before = content(loaded)
    seen, done = [before], []
    for name in names:
        try:
            retract(loaded, name)
        except UnknownName:
            continue  # an earlier retraction has taken all of it
        done.append(name)
        assert content(loaded) not in seen
        seen.append(content(loaded))
    for name in reversed(done):
        assert content(loaded) == seen.pop()
        restore(loaded, name)
    assert content(loaded) == before


def test_what_was_loaded_since_is_not_mixed_with_what_was_there(loaded: Store) -> None:
    retract(loaded, "one")
    load(loaded, reading(ONE[:1], collection="one"))
    with unchanged(loaded), pytest.raises(InputError, match="was loaded since"):
        restore(loaded, "one")


def test_the_log_tells_every_change_the_latest_first(loaded: Store) -> None:
    decide(loaded, "one:acsa", {"signed": "2017-01-26"}, reason="the text", by="somebody")
    judge(loaded, [same("one:acsa", "two:treaty")])
    retract(loaded, "two", reason="doubtful", by="somebody")
    restore(loaded, "two", by="another")
    log = read_log(loaded)
    assert [(entry.action, entry.subject, entry.by, entry.reason) for entry in log] == [
        ("restore", "two", "another", ""),
        ("retract", "two", "somebody", "doubtful"),
        ("judge", "one:acsa and two:treaty", "somebody", "the same thing"),
        ("decide", "one:acsa", "somebody", "the text"),
        ("load", "two", "", ""),
        ("load", "one", "", ""),
    ]
    assert log[0].revision == loaded.revision() == log[2].revision
    assert log[1].undone == log[0].at
    assert [entry.action for entry in read_log(loaded, subject="one:acsa")] == ["judge", "decide", "load"]
    assert [entry.action for entry in read_log(loaded, subject="two", limit=1)] == ["restore"]


def test_the_log_of_a_fact_or_source_has_the_changes_of_its_statements(loaded: Store) -> None:
    retract(loaded, ONE[0].id)
    retract(loaded, "one")
    restore(loaded, "one")
    retract(loaded, "two:a")

    def actions(subject: str) -> list[tuple[str, str]]:
        return [(entry.action, entry.subject) for entry in read_log(loaded, subject=subject)]

    whole = [("restore", "one"), ("retract", "one")]
    assert actions("one:acsa") == [*whole, ("retract", ONE[0].id), ("load", "one")]
    assert actions("one:a") == [*whole, ("retract", ONE[0].id), ("load", "one")]
    assert actions("one:b") == [*whole, ("load", "one")]
    assert actions(ONE[0].id[:10]) == [("retract", ONE[0].id), ("load", "one")]
    assert actions("two:treaty") == [("retract", "two:a"), ("load", "two")]
    with pytest.raises(UnknownName, match=r"'nothing'; choose from: .*one:a"):
        read_log(loaded, subject="nothing")


def test_the_log_tells_what_was_replaced(loaded: Store) -> None:
    (first,) = decide(loaded, "one:acsa", {"signed": "2017-01-26"}, reason="the text", by="one")
    (second,) = decide(loaded, "one:acsa", {"signed": "2017-01-27"}, reason="no", by="another")
    judge(loaded, [same("one:drill", "two:exercise")])
    judge(loaded, [different("one:drill", "two:exercise")])
    standing = [(entry.action, bool(entry.undone)) for entry in read_log(loaded) if entry.id]
    assert standing == [("judge", False), ("judge", True), ("decide", False), ("decide", True)]
    assert {entry.id for entry in read_log(loaded, subject="decisions")} == {first.id, second.id}
    withdraw(loaded, second.id)
    assert [
        entry.undone != "" for entry in read_log(loaded, subject=second.id) if entry.action == "decide"
    ] == [True]
    (fact,) = read_facts(loaded, facts=["one:acsa"])
    assert fact.conflicts == ("signed",)


def test_decisions_are_withdrawn_and_not_retracted(loaded: Store) -> None:
    (decision,) = decide(loaded, "one:acsa", {"signed": "2017-01-26"}, reason="the text", by="judge")
    with unchanged(loaded):
        for name in ("decisions", "decisions:judge", decision.id, decision.id[:10]):
            with pytest.raises(InputError, match="comity withdraw"):
                retract(loaded, name)


def test_a_name_that_nothing_has_is_told(loaded: Store) -> None:
    with pytest.raises(UnknownName, match="one:acsa"):
        read_facts(loaded, facts=["one:acsa", "one:acs"])
    with pytest.raises(UnknownName, match="two:a"):
        read_facts(loaded, sources=["one", "tow"])
    with pytest.raises(UnknownName, match="agreement"):
        read_facts(loaded, kinds=["agreements"])
    with pytest.raises(UnknownName, match="one:b"):
        read_facts(loaded, policy=Policy.parse("trusted:one:c"))
    retract(loaded, "one")
    assert read_facts(loaded, facts=["one:acsa"]) == []  # it is known, though nothing is told of it now


def test_a_day_of_record_knows_what_had_been_decided(loaded: Store) -> None:
    (decision,) = decide(loaded, "one:acsa", {"signed": "2017-01-26"}, reason="the text", by="somebody")
    judge(loaded, [same("one:drill", "two:exercise")])

    def on(day: date) -> dict[str, tuple[str, ...]]:
        return {fact.id: fact.conflicts for fact in read_facts(loaded, known_on=day)}

    assert on(EARLIER) == {}
    assert on(LATER) == {"one:acsa": (), "one:drill": ("begin", "end"), "two:treaty": ()}
    # What happened is dated back by a day, so that the record has a yesterday.
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="microseconds")
    loaded.write(lambda run: run("MATCH (n:Statement|Judgement) SET n.opened = [$at]", {"at": yesterday}))
    withdraw(loaded, decision.id)
    retract(loaded, "two")
    assert on(date.fromisoformat(yesterday[:10])) == on(date.fromisoformat(yesterday[:10]))
    assert on(date.fromisoformat(yesterday[:10])) == {
        "one:acsa": (),
        "one:drill": ("begin", "end"),
        "two:treaty": (),
    }
    assert on(LATER) == {"one:acsa": ("signed",), "one:drill": ()}


def test_sources_count_from_the_day_they_speak(loaded: Store) -> None:
    history = read_history(loaded, known_on=EARLIER)
    assert (history.sources, history.facts) == ((), ())


def _changes(store: Store, chance: random.Random) -> list[Callable[[], object]]:
    """Everything that may be done to the store, with the pairs and dates drawn by chance."""
    facts = ["one:acsa", "one:drill", "two:treaty", "two:exercise"]
    day = f"2017-01-{chance.randint(10, 28)}"
    pair = chance.sample(facts, 2)
    verdict = chance.choice([Verdict.SAME, Verdict.SAME, Verdict.DIFFERENT])
    live = [judgement.id for judgement in read_judgements(store.read)]
    live += [
        row["id"]
        for row in store.read(
            "MATCH (s:Statement) WHERE s.live AND s.method = 'decision' RETURN s.id AS id ORDER BY id"
        )
    ]
    name = chance.choice(["one", "two", "one:a", "one:b", ONE[0].id, TWO[0].id])
    return [
        lambda: load(store, one()),
        lambda: load(store, two()),
        lambda: load(store, reading(ONE[: chance.randint(1, 2)], collection="one")),
        lambda: retract(store, name),
        lambda: restore(store, name),
        lambda: decide(store, "one:acsa", {"signed": day}, reason="by chance", by=chance.choice("ab")),
        lambda: decide(store, "two:exercise", {"held": day}, reason="by chance", by="a"),
        lambda: judge(store, [replace(same(pair[0], pair[1], chance.choice([1.0, 0.5])), verdict=verdict)]),
        lambda: withdraw(store, chance.choice(live)),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_history_equal_content_is_equal(store: Store, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    load(store, one())
    load(store, two())
    for _ in range(25):
        change = chance.choice(_changes(store, chance))
        try:
            change()
        except (InputError, IndexError):
            continue  # what is refused must have changed nothing, which the end shows
    live = [
        row["id"]
        for row in store.read("MATCH (s:Statement) WHERE s.live AND s.method <> 'decision' RETURN s.id AS id")
    ]
    rows = store.read("MATCH (s:Source) WHERE s.live AND s.collection <> 'decisions' RETURN s.id AS id")
    sources = {row["id"] for row in rows}
    with open_store(str(tmp_path / "other")) as other:
        load(other, one())
        load(other, two())
        judge(other, read_judgements(store.read))
        for told in store.read(
            "MATCH (s:Statement)-[:FROM]->(o:Source) WHERE s.live AND s.method = 'decision' "
            "RETURN s.fact AS fact, s.states AS states, s.words AS reason, o.title AS title"
        ):
            _decide_again(other, told)
        for statement in (*ONE, *TWO):
            if statement.id not in live:
                retract(other, statement.id)
        for source in {statement.source for statement in (*ONE, *TWO)} - sources:
            retract(other, source)
        assert content(other) == content(store)


def _decide_again(store: Store, told: dict[str, Any]) -> None:
    from comity.graph.statements import from_json

    (step,) = from_json(told["states"]).steps
    decide(
        store,
        told["fact"],
        {step.name: step.when.text},
        reason=told["reason"],
        by=told["title"].removeprefix("Decisions of "),
    )


def test_a_merged_fact_is_found_in_each_of_its_collections(loaded: Store) -> None:
    judge(loaded, [same("one:drill", "two:exercise")])
    for collection in ("one", "two"):
        rows = loaded.read(
            "MATCH (a:Country)-[t:DRILL]->(b) WHERE $name IN t.collections RETURN t.fact AS fact",
            {"name": collection},
        )
        assert rows == [{"fact": "one:drill"}]
    assert loaded.read("MATCH (f:Fact {id: 'one:drill'}) RETURN f.collections AS found") == [
        {"found": ["one", "two"]}
    ]
