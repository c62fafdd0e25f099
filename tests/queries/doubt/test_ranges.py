"""Ranges of slices against brute force over the days themselves."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.model import Party, Statement, Step
from comity.graph.resolve import resolve_all
from comity.graph.slices import ActorNode, Question, Slice
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
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
def statements(draw: st.DrawFn) -> list[Statement]:
    """Two or three facts of two or three parties, one of whom may have joined at a doubtful time of its own."""
    made = []
    for number in range(draw(st.integers(1, 2))):
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


@pytest.mark.parametrize("name", MEASURES)
def test_a_sampled_value_lies_in_the_exact_range(store: Store, name: str) -> None:
    load(store, reading(PACTS))
    whole = doubt(store, MIDYEAR, measure_of(name))
    drawn = doubt(store, MIDYEAR, measure_of(name), samples=9, seed=3)
    exact = {row.actor: row for row in whole.rows}
    for row in drawn.rows:
        sure = exact[row.actor]
        assert sure.value_least - 1e-9 <= row.value_least <= row.value_most <= sure.value_most + 1e-9
        assert sure.rank_best <= row.rank_best <= row.rank_worst <= sure.rank_worst
    if {row.value_method for row in drawn.rows} == {"sampled"}:
        assert (drawn.settlements, drawn.seed, drawn.error) == (9, 3, 0.2)
    assert drawn == doubt(store, MIDYEAR, measure_of(name), samples=9, seed=3)


def test_what_moves_a_rank_most_is_named_with_its_sources(store: Store) -> None:
    load(store, reading(PACTS))
    asked = replace(MIDYEAR, as_of=When.parse("1960-07-01"))
    found = explain(store, asked, measure_of("degree"), "USA")
    assert [(one.choice.fact, one.rank_without, one.rank_with) for one in found] == [
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
        left = tuple(tie for tie in whole.ties if tie.fact != one.choice.fact)
        if one.choice.sort in ("time", "dispute"):
            without = {row.actor: row for row in rank(replace(whole, ties=left), measure_of("strength")).rows}
            assert without["FRA"].value == one.value_without
            assert without["FRA"].rank == one.rank_without
