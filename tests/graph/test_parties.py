from dataclasses import replace

import pytest

from comity.graph.accounts import Policy, State
from comity.graph.dates import When
from comity.graph.model import Party, Place, Statement
from comity.graph.resolve import resolve
from comity.graph.slices import Certainty, Question
from comity.graph.ties import Tie, derive_ties
from tests.graph.facts import stated

IN_FORCE = ["in_force 1936/.."]


def pledging(statement: Statement, **pledges: str) -> Statement:
    """The statement with the pledges of some parties told."""
    return replace(
        statement,
        parties=tuple(
            Party(party.actor, party.role, tuple(pledges[party.actor].split()), party.dates)
            if party.actor in pledges
            else party
            for party in statement.parties
        ),
    )


def ties(*statements: Statement, policy: str = "strict", rule: str = "every-pair") -> list[Tie]:
    return list(derive_ties([resolve(statements, Policy.parse(policy))], rule))


def test_types_that_all_accounts_give_are_sure_and_the_others_possible() -> None:
    one = stated("pact", "FRA RUS", IN_FORCE, types=["defence", "consultation"])
    other = stated("pact", "FRA RUS", IN_FORCE, types=["consultation"], source="b")
    (tie,) = ties(one, other)
    assert (tie.types, tie.sure_types, tie.disputed) == (
        ("defence", "consultation"),
        ("consultation",),
        False,
    )
    fact = resolve([one, other])
    assert fact.sure_types == ("consultation",)
    assert fact.properties["types"].state is State.CONFLICT
    assert fact.conflicts == ("types",)


@pytest.mark.parametrize(
    ("policy", "types"),
    [
        ("trusted:test:b", ("consultation",)),
        ("majority", ("consultation",)),
        ("strict", ("defence", "consultation")),
    ],
)
def test_a_policy_settles_types(policy: str, types: tuple[str, ...]) -> None:
    told = [
        stated("pact", "FRA RUS", IN_FORCE, types=["defence"]),
        stated("pact", "FRA RUS", IN_FORCE, types=["consultation"], source="b"),
        stated("pact", "FRA RUS", IN_FORCE, types=["consultation"], source="c"),
    ]
    (tie,) = ties(*told, policy=policy)
    assert tie.types == types
    assert tie.sure_types == (() if policy == "strict" else types)


@pytest.mark.parametrize(
    ("types", "certainty", "counts"),
    [
        (("defence", "offence"), "certain", True),
        (("defence",), "certain", False),
        (("defence",), "possible", True),
        (("defence", "neutrality"), "certain", False),
        ((), "certain", True),
    ],
)
def test_certain_is_what_has_a_wanted_type_by_every_account(
    types: tuple[str, ...], certainty: Certainty, counts: bool
) -> None:
    (tie,) = ties(
        stated("pact", "FRA RUS", IN_FORCE),
        stated("pact", "FRA RUS", IN_FORCE, types=["offence"], source="b"),
    )
    assert (tie.sure_types, tie.views) == ((), (("defence",), ("offence",)))
    asked = Question(types=types, certainty=certainty, as_of=When.parse(str(tie.when.latest_begin)))
    assert asked.counts(tie) is counts


def test_a_statement_without_types_denies_none() -> None:
    (tie,) = ties(
        stated("pact", "FRA RUS", IN_FORCE), stated("pact", "FRA RUS", IN_FORCE, types=[], source="b")
    )
    assert tie.sure_types == ("defence",)


def test_a_pledge_that_one_source_denies_makes_a_disputed_tie() -> None:
    whole = stated("pact", "BEL FRA", IN_FORCE)
    one_sided = pledging(stated("pact", "BEL FRA", IN_FORCE, source="b"), BEL="", FRA="defence")
    found = {(tie.left, tie.right, tie.directed): tie for tie in ties(whole, one_sided)}
    assert found.keys() == {("BEL", "FRA", False), ("FRA", "BEL", True)}
    assert found["BEL", "FRA", False].disputed
    # Both have France pledge it: that way the tie is sure.
    assert not found["FRA", "BEL", True].disputed
    assert found["FRA", "BEL", True].sure_types == ("defence",)


def test_a_disputed_tie_is_possible_and_not_certain() -> None:
    told = [
        stated("exercise", "JPN:host GBR:guest", ["held 2016-10"], kind="drill", types=[]),
        stated("exercise", "JPN:host GBR:observer", ["held 2016-10"], kind="drill", types=[], source="b"),
    ]
    (tie,) = ties(*told)
    assert tie.disputed
    month = When.parse("2016-10")
    assert not Question(layers=("drill",), as_of=month).counts(tie)
    assert Question(layers=("drill",), as_of=month, certainty="possible").counts(tie)
    assert ties(*told, policy="trusted:test:b") == []


def test_a_dispute_about_dates_alone_leaves_one_view() -> None:
    fact = resolve(
        [
            stated("pact", "FRA RUS@1937", IN_FORCE),
            stated("pact", "FRA RUS@1938", IN_FORCE, source="b"),
        ]
    )
    assert fact.views == ()
    assert [party.dates for party in fact.parties if party.actor == "RUS"] == [
        When.parse("[1937-01-01..1938-12-31]")
    ]


@pytest.mark.parametrize(
    ("dates", "other", "resolved"),
    [
        ("1955/..", "1955-05-06/..", "1955-05-06/.."),
        ("1955/1990~", "1955-05/1990", "1955-05/1990"),
        ("1955/", "1955-05-06/1990-07", "1955-05-06/1990-07"),
    ],
)
def test_party_dates_of_different_precision_agree(dates: str, other: str, resolved: str) -> None:
    told = [
        stated("pact", f"FRA ITA@{dates}", IN_FORCE),
        stated("pact", f"FRA ITA@{other}", IN_FORCE, source="b"),
    ]
    fact = resolve(told)
    assert (fact.conflicts, fact.views) == ((), ())
    assert [str(party.dates or "") for party in fact.parties] == ["", resolved]
    # Nor do they make a tie doubtful where something else of the parties is disputed.
    found = ties(*told, pledging(stated("pact", "FRA", IN_FORCE, source="c"), FRA=""))
    assert {tie.when.text for tie in found} == {resolved}


def test_party_dates_that_no_day_satisfies_are_a_conflict() -> None:
    for dates in ("1956", "1955-05-06/1990"):
        told = [
            stated("pact", "FRA ITA@1955/..", IN_FORCE),
            stated("pact", f"FRA ITA@{dates}", IN_FORCE, source="b"),
        ]
        assert resolve(told).conflicts == ("parties",)


def test_parties_that_only_one_statement_names_are_not_disputed() -> None:
    fact = resolve([stated("pact", "FRA RUS", IN_FORCE), stated("pact", "FRA RUS GBR", IN_FORCE, source="b")])
    assert fact.conflicts == ()
    assert [party.actor for party in fact.parties] == ["FRA", "GBR", "RUS"]


@pytest.mark.parametrize(
    ("policy", "values", "settled_by"),
    [
        ("strict", ("RUS party", "RUS party 1937/1938"), ""),
        ("trusted:test:b", ("RUS party 1937/1938",), "trusted:test:b"),
        ("trusted:other,test", ("RUS party",), "trusted:test"),
        ("majority", ("RUS party",), "majority"),
    ],
)
def test_what_parties_are_settled_to_is_what_was_chosen(
    policy: str, values: tuple[str, ...], settled_by: str
) -> None:
    told = [
        stated("pact", "FRA RUS", IN_FORCE),
        stated("pact", "FRA RUS@1937/1938", IN_FORCE, source="b"),
        stated("pact", "FRA RUS", IN_FORCE, source="c"),
    ]
    parties = resolve(told, Policy.parse(policy)).properties["parties"]
    assert (parties.values, parties.settled_by) == (values, settled_by)
    assert len(parties.accounts) == 3


def test_a_decision_chooses_one_account_of_one_party() -> None:
    told = [
        stated("pact", "FRA RUS ITA", IN_FORCE),
        stated("pact", "FRA RUS@1937/1938 ITA@1940/..", IN_FORCE, source="b"),
    ]
    decided = replace(
        stated("pact", "RUS@1937/1938", [], types=[], source="somebody", method="decision"), titles=()
    )
    fact = resolve([*told, decided])
    dates = {party.actor: str(party.dates or "") for party in fact.parties}
    assert (dates["RUS"], fact.conflicts) == ("1937/1938", ("parties",))  # Italy is open still
    whole = resolve([*told, decided], Policy.parse("trusted:test:a"))
    assert whole.properties["parties"].values == ("ITA party", "RUS party 1937/1938")
    assert whole.properties["parties"].settled_by == "decision, trusted:test:a"
    assert whole.conflicts == ()


def test_a_decision_on_a_role_leaves_one_view_of_it() -> None:
    told = [
        stated("exercise", "JPN:host GBR:guest", ["held 2016-10"], kind="drill", types=[]),
        stated("exercise", "JPN:host GBR:observer", ["held 2016-10"], kind="drill", types=[], source="b"),
    ]
    decided = stated("exercise", "GBR:observer", [], kind="drill", types=[], source="c", method="decision")
    assert ties(*told, decided) == []
    (tie,) = ties(*told, replace(decided, parties=told[0].parties[:1]))
    assert not tie.disputed


def in_phases(*entries: tuple[str, str, str]) -> list[Statement]:
    """One row of a source for each entry: an actor, the phase, and its time in it."""
    base = stated("pact", "ROU", ["in_force 1882-05-20/1994"])
    return [
        replace(
            base,
            place=Place(f"row {number}"),
            parties=(Party(actor, "party", ("defence",), When.parse(dates), phase),),
        )
        for number, (actor, phase, dates) in enumerate(entries)
    ]


def test_phases_that_run_side_by_side_are_no_dispute_and_have_nothing_between_them() -> None:
    told = in_phases(
        ("CZE", "2", "1993-01-01/1994-06-22"), ("ROU", "2", "1993-01-01/1994-06-22"),
        ("SVK", "3", "1993-01-01/1993-09-24"), ("ROU", "3", "1993-01-01/1993-09-24"),
    )  # fmt: skip
    assert resolve(told).conflicts == ()
    assert {(tie.left, tie.right) for tie in ties(*told)} == {("CZE", "ROU"), ("ROU", "SVK")}
    assert all(Statement.from_dict(one.to_dict()) == one for one in told)


def test_phases_that_follow_each_other_do_not_meet_on_the_day_of_change() -> None:
    told = in_phases(
        ("DEU", "1", "1882-05-20/1887-02-20"), ("ITA", "1", "1882-05-20/1887-02-20"),
        ("DEU", "2", "1887-02-20/1891-05-06"), ("ITA", "2", "1887-02-20/1891-05-06"),
    )  # fmt: skip
    assert [tie.when.text for tie in ties(*told)] == ["1882-05-20/1887-02-20", "1887-02-20/1891-05-06"]


def test_entries_of_one_phase_that_overlap_are_a_dispute() -> None:
    for phase in ("", "2"):
        told = in_phases(("ROU", phase, "1968/1990"), ("ROU", phase, "1970/1994"))
        assert resolve(told).conflicts == ("parties",)
    assert resolve(in_phases(("ROU", "", "1968/1990"), ("ROU", "2", "1970/1994"))).conflicts == ("parties",)


def test_a_state_and_its_successor_do_not_meet_on_the_day_of_change() -> None:
    told = stated("pact", "FRA COW-GFR@1954-10-23/1990-10-03 DEU@1990-10-03/..", ["in_force 1954-10-23/.."])
    assert {(tie.left, tie.right) for tie in ties(told)} == {("COW-GFR", "FRA"), ("DEU", "FRA")}
    # Others that come and go on one day do.
    told = stated("pact", "FRA ITA@1954-10-23/1990-10-03 DEU@1990-10-03/..", ["in_force 1954-10-23/.."])
    assert ("DEU", "ITA") in {(tie.left, tie.right) for tie in ties(told)}
