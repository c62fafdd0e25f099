from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.graph.errors import DateError, UnknownName
from comity.graph.model import Party, Statement
from comity.graph.resolve import resolve, resolve_all
from comity.graph.ties import RULES, Tie, derive_ties
from comity.loaders.dossier import open_bundled
from tests.graph.facts import stated


def ties_of(statement: Statement, rule: str = "every-pair", organizations: tuple[str, ...] = ()) -> list[str]:
    return [text(tie) for tie in derive_ties([resolve([statement])], rule, organizations)]


def text(tie: Tie) -> str:
    return f"{tie.left}{'>' if tie.directed else '-'}{tie.right} {tie.status} {tie.when}"


def test_every_phase_of_a_life_is_a_tie_of_its_own() -> None:
    access = stated(
        "access",
        "JPN GBR",
        [
            "negotiating 2021-09-28",
            "agreed [2022-05-04..2022-05-05]",
            "signed 2023-01-11",
            "in_force 2023-10-15/..",
        ],
        types=["visiting-forces"],
    )
    assert ties_of(access) == [
        "GBR-JPN negotiating 2021-09-28/[2022-05-03..2022-05-04]",
        "GBR-JPN agreed [2022-05-04..2022-05-05]/2023-01-10",
        "GBR-JPN signed 2023-01-11/2023-10-14",
        "GBR-JPN in_force 2023-10-15/..",
    ]


def test_a_suspension_between_two_parties_leaves_the_others_alone() -> None:
    anzus = stated("anzus", "AUS NZL USA", ["in_force 1952-04-29/..", "suspended 1986-08/.. NZL USA"])
    assert ties_of(anzus) == [
        "AUS-NZL in_force 1952-04-29/..",
        "AUS-USA in_force 1952-04-29/..",
        "NZL-USA in_force 1952-04-29/[1986-07-31..1986-08-30]",
        "NZL-USA suspended 1986-08/..",
    ]


def test_a_suspension_of_one_party_that_ends_is_a_gap_in_all_its_ties() -> None:
    league = stated("league", "EGY SYR", ["in_force 1945-05-10/..", "suspended 1979-03-31/1989-05-23 EGY"])
    assert ties_of(league) == [
        "EGY-SYR in_force 1945-05-10/1979-03-30",
        "EGY-SYR suspended 1979-03-31/1989-05-23",
        "EGY-SYR in_force 1989-05-24/..",
    ]


def test_the_parties_own_dates_bound_their_ties() -> None:
    nato = stated("nato", "USA TUR@1952-02-18/.. DDR@1949/1951", ["in_force 1949-08-24/.."])
    assert ties_of(nato) == [
        "DDR-USA in_force [1949-08-24..1949-12-31]/1951",
        "TUR-USA in_force 1952-02-18/..",
    ]


def test_a_cancelled_drill_was_announced_until_it_was_called_off() -> None:
    drill = stated("storm", "USA KOR", ["announced 2018-05-01", "cancelled 2018-06-18"], kind="drill")
    assert ties_of(drill) == ["KOR-USA announced 2018-05-01/2018-06-17", "KOR-USA cancelled 2018-06-18/.."]


def test_what_was_planned_and_held_is_drawn_once() -> None:
    drill = stated(
        "north",
        "JPN:host GBR:guest",
        ["planned 2016-10-24/2016-11-06", "held 2016-10-24/2016-11-04"],
        kind="drill",
    )
    assert ties_of(drill) == ["GBR-JPN held 2016-10-24/2016-11-04"]


def pledging(**pledges: list[str]) -> Statement:
    content = stated(
        "pact", " ".join(pledges), ["in_force 1832/1839"], types=["defence", "neutrality"]
    ).to_dict()
    parties = [{"actor": actor, "role": "party", "pledges": what} for actor, what in pledges.items()]
    return Statement.from_dict({**content, "parties": parties})


def test_unequal_pledges_make_directed_ties_of_the_pledgers_types() -> None:
    ties = list(derive_ties([resolve([pledging(FRA=["defence"], BEL=[])])]))
    assert [(tie.left, tie.right, tie.directed, tie.types) for tie in ties] == [
        ("FRA", "BEL", True, ("defence",))
    ]


def test_equal_pledges_make_one_undirected_tie() -> None:
    ties = list(
        derive_ties([resolve([pledging(FRA=["neutrality", "defence"], BEL=["defence", "neutrality"])])])
    )
    assert [(tie.left, tie.right, tie.directed) for tie in ties] == [("BEL", "FRA", False)]


def test_rules_join_different_parties() -> None:
    drill = stated("drill", "JPN:host GBR:guest USA:guest", ["held 2016"], kind="drill")
    assert len(ties_of(drill)) == 3
    assert ties_of(drill, "host-guest") == ["JPN>GBR held 2016", "JPN>USA held 2016"]
    assert ties_of(drill, "pledger-pledged") == []
    programme = stated("programme", "JPN NATO", ["signed 2014-05-06", "in_force 2014-05-06/.."])
    assert ties_of(programme, "organization", ("NATO",)) == ["JPN>NATO in_force 2014-05-06/.."]
    membership = stated(
        "members", "JPN:member FRA:member UN:organization", ["in_force 1956/.."], kind="membership"
    )
    assert ties_of(membership) == ["FRA>UN in_force 1956/..", "JPN>UN in_force 1956/.."]


def test_an_unknown_rule_lists_the_rules() -> None:
    with pytest.raises(UnknownName, match=", ".join(RULES)):
        list(derive_ties([], "hub-only"))


DAYS = st.dates(date(2010, 1, 1), date(2010, 1, 10))


def bounds(first: date, last: date) -> str:
    return f"[{min(first, last)}..{max(first, last)}]"


def inside(time: tuple[date, date], day: date) -> bool:
    return time[0] <= day <= time[1]


@given(st.lists(DAYS, min_size=12, max_size=12), DAYS)
def test_doubtful_lives_parties_and_suspensions_are_settled_as_by_hand(days: list[date], day: date) -> None:
    """What is certain holds for every settlement of every bound, what is possible for some, for four times at once."""
    starts = [tuple(sorted(days[n : n + 2])) for n in (0, 4, 8)]
    ends = [tuple(sorted(days[n : n + 2])) for n in (2, 6, 10)]
    try:
        fact, party, pause = (
            When.parse(f"{bounds(*start)}/{bounds(*end)}") for start, end in zip(starts, ends, strict=True)
        )
    except DateError:
        return  # one of them ends before it begins
    statement = stated("pact", f"A@{party.text} B", [f"in_force {fact.text}", f"suspended {pause.text} B"])
    ties = list(derive_ties([resolve([statement])]))

    def lives(when: When) -> list[tuple[date, date]]:
        window = [date(2010, 1, n) for n in range(1, 11)]
        return [
            (begin, end)
            for begin in window
            for end in window
            if when.earliest_begin <= begin <= when.latest_begin
            and when.earliest_end <= end <= when.latest_end
            and begin <= end
        ]

    in_fact, in_party, in_pause = (
        [inside(life, day) for life in lives(when)] for when in (fact, party, pause)
    )
    # The three are settled independently of each other.
    certain = all(in_fact) and all(in_party) and not any(in_pause)
    possible = any(in_fact) and any(in_party) and not all(in_pause)
    assert any(tie.in_effect and tie.when.certainly_on(day) for tie in ties) == certain
    assert any(tie.in_effect and tie.when.possibly_on(day) for tie in ties) == possible


@given(st.permutations([Party("A", "party"), Party("B", "party"), Party("C", "party")]))
def test_the_order_of_parties_does_not_matter(parties: list[Party]) -> None:
    statement = stated("pact", " ".join(party.actor for party in parties), ["in_force 1950/.."])
    assert sorted(ties_of(statement)) == [
        "A-B in_force 1950/..",
        "A-C in_force 1950/..",
        "B-C in_force 1950/..",
    ]


def test_two_suspensions_are_two_gaps() -> None:
    union = stated(
        "union",
        "MLI GHA",
        ["in_force 2002/..", "suspended 2012-03/2012-10 MLI", "suspended 2020-08/2020-10 MLI"],
    )
    assert [line.partition(" ")[2] for line in ties_of(union)] == [
        "in_force 2002/[2012-02-29..2012-03-30]",
        "suspended 2012-03/2012-10",
        "in_force [2012-10-02..2012-11-01]/[2020-07-31..2020-08-30]",
        "suspended 2020-08/2020-10",
        "in_force [2020-10-02..2020-11-01]/..",
    ]


def test_suspensions_that_overlap_leave_no_gap_between_them() -> None:
    union = stated(
        "union",
        "MLI GHA",
        ["in_force 2002/..", "suspended 2012-03-01/2012-10-31 MLI", "suspended 2012-06-01/2013-02-28 GHA"],
    )
    pieces = [(tie.status, tie.when.text) for tie in derive_ties([resolve([union])]) if tie.in_effect]
    assert pieces == [("in_force", "2002/2012-02-29"), ("in_force", "2013-03-01/..")]


@pytest.mark.parametrize("rule", RULES)
def test_the_ties_of_some_actors_are_those_of_all_that_have_one_of_them_at_an_end(rule: str) -> None:
    told = [
        *open_bundled("japan-europe").reading().records,
        *open_bundled("treaties").reading().records,
        stated("doubted", "JPN GBR FRA", ["in_force 2001-01-01/.."], source="a"),
        stated("doubted", "JPN:party GBR", ["in_force 2001-01-01/.."], source="b", types=["neutrality"]),
    ]
    facts = list(resolve_all(one for one in told if isinstance(one, Statement)))
    for some in ({"JPN"}, {"GBR", "NATO"}, {"nobody"}):
        every = [tie for tie in derive_ties(facts, rule, {"NATO", "EU"}) if {tie.left, tie.right} & some]
        assert list(derive_ties(facts, rule, {"NATO", "EU"}, of=some)) == every
