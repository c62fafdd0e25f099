"""Ranges of slices against brute force over the days themselves."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.graph.accounts import Policy
from comity.graph.crosswalk import crosswalk
from comity.graph.curation import decide, withdraw
from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.log import read_log
from comity.graph.model import Party, Statement, Step
from comity.graph.resolve import resolve_all
from comity.graph.slices import ActorNode, Question, Slice, take
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
from comity.queries.conflicts import find_conflicts
from comity.queries.doubt.influence import explain, influences
from comity.queries.doubt.ranges import doubt, doubt_of
from comity.queries.measures import MEASURES, measure_of
from comity.queries.ranking import rank
from tests.graph.facts import reading, stated

FIRST = date(2000, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(4)]
ACTORS = ["FRA", "GBR", "JPN", "USA"]


def between(begin: tuple[date, date], end: tuple[date, date]) -> When:
    """A time whose end is told: of one date alone that it is in force nobody knows until when."""
    when = When.of(begin, end)
    return when if when.is_interval else replace(when, text=f"{when.text}/{when.text}")


def slice_of(statements: list[Statement], question: Question) -> Slice:
    """What `take` gives for these statements, without a store."""
    facts = {fact.id: fact for fact in resolve_all(statements)}
    ties = tuple(tie for tie in derive_ties(facts.values()) if question.counts(tie))
    return Slice(question, ties, facts, {id: ActorNode(id, "Country", id) for id in ACTORS})


@st.composite
def bounded(draw: st.DrawFn) -> When:
    """A time within a few days whose two ends are doubtful by up to a day or two."""
    begin = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2)))
    end = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2)))
    if end[1] < begin[0]:
        begin, end = end, begin
    return between((begin[0], begin[1]), (end[0], end[1]))


def settlements_of(when: When) -> list[When]:
    """Every way to settle the two ends."""
    days = [day for day in DAYS if when.earliest_begin <= day <= when.latest_begin]
    ends = [day for day in DAYS if when.earliest_end <= day <= when.latest_end]
    return [between((begin, begin), (end, end)) for begin in days for end in ends if begin <= end]


@st.composite
def statements(draw: st.DrawFn, least: int = 1, most: int = 2) -> list[Statement]:
    """Facts of two or three parties, one of whom may have joined at a doubtful time of its own."""
    made = []
    for number in range(draw(st.integers(least, most))):
        actors = draw(st.lists(st.sampled_from(ACTORS), min_size=2, max_size=3, unique=True))
        told = stated(f"fact{number}", " ".join(actors), [])
        parties = list(told.parties)
        if draw(st.booleans()):
            parties[0] = Party(parties[0].actor, "party", None, draw(bounded()))
        made.append(replace(told, parties=tuple(parties), steps=(Step("in_force", draw(bounded())),)))
    return made


def settled_in_every_way(told: list[Statement]) -> list[list[Statement]]:
    """The statements with every date settled, in every way there is."""
    choices = []
    for statement in told:
        (step,) = statement.steps
        joined = [party for party in statement.parties if party.dates]
        ways = []
        for when in settlements_of(step.when):
            for own in settlements_of(joined[0].dates) if joined and joined[0].dates else [None]:
                parties = tuple(
                    replace(party, dates=own) if party.dates else party for party in statement.parties
                )
                ways.append(replace(statement, steps=(Step("in_force", when),), parties=parties))
        choices.append(ways)
    return [list(way) for way in product(*choices)]


@given(told=statements(), day=st.sampled_from(DAYS))
@settings(max_examples=60)
def test_ranges_on_a_day_equal_brute_force_over_all_dates(told: list[Statement], day: date) -> None:
    asked = Question(as_of=When.parse(day.isoformat()))
    possible = slice_of(told, replace(asked, certainty="possible"))
    worlds = [slice_of(way, asked) for way in settled_in_every_way(told)]
    certain = {(tie.fact, tie.left, tie.right) for tie in possible.ties if asked.counts(tie)}
    for world in worlds:
        held = {(tie.fact, tie.left, tie.right) for tie in world.ties}
        assert certain <= held <= {(tie.fact, tie.left, tie.right) for tie in possible.ties}
    for name in ("degree", "betweenness"):
        measure = measure_of(name)
        found = doubt_of(possible, asked, measure)
        rankings = [{row.actor: row for row in rank(world, measure).rows} for world in worlds]
        for row in found.rows:
            assert (row.value_method, row.rank_method) == ("exact", "exact")
            seen = [ranking[row.actor].value if row.actor in ranking else 0 for ranking in rankings]
            assert row.value_least == pytest.approx(min(seen))
            assert row.value_most == pytest.approx(max(seen))
            places = [
                ranking[row.actor].rank
                if row.actor in ranking
                else 1 + sum(other.value > 0 for other in ranking.values())
                for ranking in rankings
            ]
            assert (row.rank_best, row.rank_worst) == (min(places), max(places))


@given(told=statements(), first=st.sampled_from(DAYS), days=st.integers(1, 3))
@settings(max_examples=60)
def test_ranges_over_a_span_take_in_brute_force(told: list[Statement], first: date, days: int) -> None:
    asked = Question(as_of=When.parse(f"{first}/{first + timedelta(days=days)}"))
    possible = slice_of(told, replace(asked, certainty="possible"))
    measure = measure_of("degree")
    found = doubt_of(possible, asked, measure)
    for way in settled_in_every_way(told):
        world = slice_of(way, asked)
        ranking = {row.actor: row for row in rank(world, measure).rows}
        for row in found.rows:
            value = ranking[row.actor].value if row.actor in ranking else 0
            assert row.value_least <= value <= row.value_most
            if row.actor in ranking:
                assert row.rank_best <= ranking[row.actor].rank <= row.rank_worst
        assert ranking.keys() <= {row.actor for row in found.rows}


PACTS = [
    stated("sure", "FRA GBR", ["in_force 1950/.."]),
    stated("begun", "JPN USA", ["in_force 1960/.."]),
    stated("joined", "FRA GBR USA@1960/..", ["in_force 1955/.."]),
    stated("paused", "GBR JPN", ["in_force 1950/..", "suspended 1960/1961"]),
    stated("disputed", "FRA JPN", ["in_force 1950/.."]),
    stated("disputed", "FRA JPN", ["in_force 1950/.."], types=["neutrality"], source="b"),
]
MIDYEAR = Question(types=("defence",), as_of=When.parse("1960-07-01"))


def test_every_sort_of_doubt_is_a_choice_of_its_own(store: Store) -> None:
    load(store, reading(PACTS))
    found = doubt(store, MIDYEAR, measure_of("degree"))
    assert [(choice.fact, choice.sort, choice.actors) for choice in sorted(found.choices)] == [
        ("test:begun", "time", ()),
        ("test:disputed", "dispute", ()),
        ("test:joined", "party", ("USA",)),
        ("test:paused", "suspension", ()),
    ]
    rows = {row.actor: row for row in found.rows}
    assert (rows["JPN"].value, rows["JPN"].value_least, rows["JPN"].value_most) == (None, 0, 3)
    assert (rows["FRA"].value_least, rows["FRA"].value_most) == (1, 3)
    assert (found.settlements, found.seed, found.error) == (16, None, 0.0)
    assert {row.rank_method for row in found.rows} == {"exact"}


def test_whether_it_was_held_or_called_off_is_a_choice_that_people_can_settle(store: Store) -> None:
    told = [
        stated("drill", "GBR JPN", ["held 1960-06/1960-08"], kind="drill", types=["air"]),
        stated("drill", "GBR JPN", ["cancelled 1960-05-01"], kind="drill", types=["air"], source="b"),
    ]
    load(store, reading(told))
    asked = replace(MIDYEAR, layers=("drill",), types=())
    found = doubt(store, asked, measure_of("degree"))
    assert [choice.sort for choice in found.choices] == ["outcome"]
    assert [(row.value_least, row.value_most) for row in found.rows] == [(0, 1), (0, 1)]
    [moving] = explain(store, asked, measure_of("degree"), "JPN")
    assert (moving.about, len(moving.accounts)) == ("whether it was held or called off", 2)
    assert store.read(
        "MATCH (f:Fact)-[:PARTY]->(a)-[t:DRILL]-() RETURN DISTINCT f.status AS f, t.disputed AS t"
    ) == [{"f": "conflict", "t": True}]
    for told_so, degree in (("held", 1), ("cancelled", 0)):
        [conflict] = find_conflicts(store).rows
        [said] = [account for account in conflict.accounts if account.value.startswith(told_so)]
        decide(store, "test:drill", dict([said.decide.split("=")]), reason="seen", by="somebody")
        assert find_conflicts(store).unsettled == 0
        assert len(rank(take(store, asked), measure_of("degree")).rows) == 2 * degree
        [withdrawn] = [e.id for e in read_log(store) if e.action == "decide" and not e.undone]
        withdraw(store, withdrawn)


@given(told=statements(least=3, most=5), day=st.sampled_from(DAYS), seed=st.integers(0, 99))
@settings(max_examples=40)
def test_every_sampled_value_lies_in_the_exact_range(told: list[Statement], day: date, seed: int) -> None:
    asked = Question(as_of=When.parse(day.isoformat()))
    possible = slice_of(told, replace(asked, certainty="possible"))
    for measure in MEASURES.values():
        whole = doubt_of(possible, asked, measure, samples=1 << 11)  # five facts leave ten choices at most
        drawn = doubt_of(possible, asked, measure, samples=5, seed=seed)
        assert {row.value_method for row in whole.rows} <= {"exact"}
        exact = {row.actor: row for row in whole.rows}
        assert exact.keys() == {row.actor for row in drawn.rows}
        for row in drawn.rows:
            sure = exact[row.actor]
            assert sure.value_least - 1e-9 <= row.value_least <= row.value_most <= sure.value_most + 1e-9
            assert sure.rank_best <= row.rank_best <= row.rank_worst <= sure.rank_worst
            if row.value_method == "exact":
                assert (row.value_least, row.value_most) == pytest.approx((sure.value_least, sure.value_most))
        if "sampled" in {row.value_method for row in drawn.rows}:
            assert (drawn.settlements, drawn.seed, drawn.error) == (5, seed, 2 / 6)
        assert drawn == doubt_of(possible, asked, measure, samples=5, seed=seed)


def test_ranges_that_may_be_wider_than_need_be_are_not_called_exact(store: Store) -> None:
    told = [
        stated("pact", "FRA GBR", ["in_force 1950/.."]),
        stated("disputed", "FRA JPN", ["in_force 1950/.."]),
        stated("disputed", "FRA JPN", ["in_force 1950/.."], types=["neutrality"], source="b"),
        stated("disputed", "FRA JPN USA", ["in_force 1950/.."], types=["consultation"], source="c"),
    ]
    told[1] = replace(told[1], parties=(*told[1].parties[:1], replace(told[1].parties[1], pledges=())))
    load(store, reading(told))
    asked = replace(MIDYEAR, types=())
    found = doubt(store, asked, measure_of("degree"))
    methods = {method for row in found.rows for method in (row.value_method, row.rank_method)}
    assert methods == ({"bound"} if found.widened else {"exact"})
    span = doubt(store, replace(MIDYEAR, as_of=When.parse("1959/1960"), types=()), measure_of("degree"))
    assert span.rows


def test_what_is_said_that_bears_on_a_choice_is_named_with_its_property(store: Store) -> None:
    told = [
        stated("drill", "JPN GBR", ["under_way 2016-10-23"], kind="drill", types=[], arrival="2016-10-20"),
        stated(
            "drill",
            "JPN GBR",
            ["under_way 2016-10-24", "planned 2016-10-24/2016-11-06", "announced 2016-09-16"],
            kind="drill",
            types=[],
            source="b",
            departure="2016-11-08",
            personnel="about 200",
        ),
    ]
    load(store, reading(told))

    def bearing(day: str) -> list[tuple[str, str, str]]:
        asked = Question(layers=("drill",), as_of=When.parse(day))
        (found,) = explain(store, asked, measure_of("degree"), "JPN")
        return [(one.property, one.value, one.source) for one in found.accounts]

    assert bearing("2016-10-23") == [
        ("begin", "2016-10-23", "test:a"),
        ("begin", "2016-10-24", "test:b"),
        ("planned", "2016-10-24/2016-11-06", "test:b"),
    ]
    assert bearing("2016-11-06") == [
        ("departure", "2016-11-08", "test:b"),
        ("planned", "2016-10-24/2016-11-06", "test:b"),
    ]


def test_what_moves_a_rank_most_is_named_with_its_sources(store: Store) -> None:
    load(store, reading(PACTS))
    asked = replace(MIDYEAR, as_of=When.parse("1960-07-01"))
    found = explain(store, asked, measure_of("degree"), "USA")
    assert [(one.fact, one.rank_without, one.rank_with) for one in found] == [
        ("test:joined", None, 1),
        ("test:begun", None, 1),
    ]
    joined, begun = found
    assert joined.about == "whether United States took part on 1960-07-01 (known: 1960/..)"
    assert begun.about == "whether it was in effect on 1960-07-01 (known: 1960/..)"
    assert joined.sources == ("test:a",)
    assert explain(store, asked, measure_of("degree"), "USA", shown=1) == found[:1]


def test_what_each_choice_does_is_what_a_plain_ranking_says(store: Store, tmp_path: Path) -> None:
    load(store, reading(PACTS))
    possible = doubt(store, MIDYEAR, measure_of("betweenness"))
    assert possible.rows
    facts = {fact.id: fact for fact in resolve_all(PACTS)}
    whole = slice_of(PACTS, replace(MIDYEAR, certainty="possible"))
    assert set(whole.facts) == set(facts)
    for one in influences(whole, replace(MIDYEAR, certainty="possible"), measure_of("strength"), "FRA"):
        left = tuple(tie for tie in whole.ties if tie.fact != one.fact)
        if one.choices[0].sort in ("time", "dispute"):
            without = {row.actor: row for row in rank(replace(whole, ties=left), measure_of("strength")).rows}
            assert without["FRA"].value == one.value_without
            assert without["FRA"].rank == one.rank_without


@st.composite
def rival_accounts(draw: st.DrawFn) -> list[Statement]:
    """Two facts, each told by two or three sources that differ on pledges, on who takes part when, or on types."""
    made = []
    for number in range(2):
        actors = draw(st.lists(st.sampled_from(ACTORS), min_size=2, max_size=3, unique=True))
        for source in "abc"[: draw(st.integers(2, 3))]:
            told = stated(f"fact{number}", "", [], source=source)
            parties = []
            for actor in actors:
                pledges = draw(st.sampled_from([None, (), ("defence",)]))
                dates = draw(st.lists(st.none() | bounded(), min_size=1, max_size=2, unique=True))
                parties += [Party(actor, "party", pledges, when) for when in dates]
            types = draw(st.sampled_from([("defence",), ("neutrality",), ("defence", "neutrality")]))
            step = Step("in_force", between((DAYS[0], DAYS[0]), (DAYS[-1], DAYS[-1])))
            made.append(replace(told, parties=tuple(parties), types=types, steps=(step,)))
    return made


@given(told=rival_accounts(), day=st.sampled_from(DAYS))
@settings(max_examples=80)
def test_whoever_is_right_lies_in_the_range(told: list[Statement], day: date) -> None:
    asked = Question(as_of=When.parse(day.isoformat()), types=("defence",))
    possible = slice_of(told, replace(asked, certainty="possible"))
    for name in ("degree", "strength", "betweenness"):
        measure = measure_of(name)
        found = doubt_of(possible, asked, measure)
        for source in "abc":
            for certainty in ("certain", "possible"):
                # Where the source is silent on a fact, that of another settles it.
                trusting = Policy.parse(f"trusted:test:{source},test:a")
                facts = {fact.id: fact for fact in resolve_all(told, trusting)}
                question = replace(asked, certainty=certainty)
                ties = tuple(tie for tie in derive_ties(facts.values()) if question.counts(tie))
                ranking = {
                    row.actor: row for row in rank(replace(possible, ties=ties, facts=facts), measure).rows
                }
                for row in found.rows:
                    value = ranking[row.actor].value if row.actor in ranking else 0
                    assert row.value_least - 1e-9 <= value <= row.value_most + 1e-9
                    if row.actor in ranking:
                        assert row.rank_best <= ranking[row.actor].rank <= row.rank_worst


def test_two_things_that_must_both_hold_are_named_together(store: Store) -> None:
    told = [
        stated("pact", "FRA GBR", ["in_force 1950/.."]),
        stated("other", "FRA JPN USA@1960/..", ["in_force 1960/.."]),
    ]
    load(store, reading(told))
    (found,) = explain(store, MIDYEAR, measure_of("degree"), "USA")
    assert [choice.sort for choice in found.choices] == ["time", "party"]
    assert (found.rank_without, found.rank_with) == (None, 2)
    assert found.about.count("whether") == 2


def test_the_same_question_has_the_same_answer_to_the_last_digit(store: Store) -> None:
    actors = [actor.id for actor in crosswalk().actors() if actor.label == "Country"][:70]
    told = [
        stated(f"pact{at}", f"{actors[at]} {actors[(at * 7 + 1 + at // 9) % 70]}", ["in_force 1950/.."])
        for at in range(70)
        if actors[at] != actors[(at * 7 + 1 + at // 9) % 70]
    ]
    load(store, reading(told))
    asked = Question(as_of=When.parse("1955-01-01"))
    for name in ("betweenness", "eigenvector", "harmonic"):
        assert doubt(store, asked, measure_of(name)) == doubt(store, asked, measure_of(name))
