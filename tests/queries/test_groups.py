"""Groups as they are named: listed actors, and members of organizations on the day."""

from dataclasses import replace
from datetime import date

import pytest

from comity.graph.dates import When
from comity.graph.errors import ChooseSource, InputError, NoData, UnknownActor
from comity.graph.loading import load
from comity.graph.slices import Question
from comity.graph.stores import Store
from comity.queries.groups import Group, Groups, read_groups
from tests.graph.facts import reading, stated
from tests.queries.alliances import alliances_1914, day, nato


def asked(when: str, convention: str = "any-day") -> Question:
    return Question(as_of=When.parse(when), convention=convention)


def test_an_organization_is_itself_and_its_full_members_on_the_day(store: Store) -> None:
    load(store, reading(nato()))
    (before,) = read_groups(store, ["NATO"], asked("1950-01-01")).groups
    (after,) = read_groups(store, ["NATO"], asked("1995-06-01")).groups
    assert before == Group("NATO", ("GBR", "NATO", "USA"))
    assert after == Group("NATO", ("GBR", "NATO", "TUR", "USA"))  # Poland is a partner, no member
    # In 1952 Turkey joined: it counts on some day of the year, and not on its first.
    (year,) = read_groups(store, ["NATO"], asked("1952")).groups
    (first,) = read_groups(store, ["NATO"], asked("1952", convention="first-day")).groups
    assert ("TUR" in year.members, "TUR" in first.members) == (True, False)


def test_groups_are_listed_by_any_name_and_may_take_in_organizations(store: Store) -> None:
    load(store, reading(nato()))
    found = read_groups(store, ["east=Poland, cow:740", "west=NATO,JPN"], asked("1995-06-01"))
    east, west = found.groups
    assert east == Group("east", ("JPN", "POL"))
    assert west == Group("west", ("GBR", "JPN", "NATO", "TUR", "USA"))
    assert found.sources == ("test",)
    assert found.shared == ("JPN",)
    # Of several groups an actor has the one that was named first.
    assert found.places(["JPN", "CZE", "USA"]) == {"JPN": "east", "CZE": "others", "USA": "west"}
    assert found.within(["JPN", "CZE"]) == (Group("east", ("JPN",)), Group("west", ("JPN",)))
    assert found.others(["JPN", "CZE"]) == Group("others", ("CZE",))
    assert found.to_dict() == {"groups": {"east": ["JPN", "POL"], "west": ["GBR", "JPN", "NATO", "TUR", "USA"]}, "members_from": ["test"]}  # fmt: skip


def test_listed_countries_need_no_memberships(store: Store) -> None:
    load(store, alliances_1914())
    found = read_groups(store, ["ententes=GBR,FRA,RUS"], Question(as_of=day(date(1914, 7, 28))))
    assert found == Groups((Group("ententes", ("FRA", "GBR", "RUS")),))


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["JPN"], "--group JPN: write an organization, or NAME=ACTOR,ACTOR"),
        (["JPN,USA"], "--group JPN,USA: write an organization"),
        (["=JPN,USA"], "--group =JPN,USA: write an organization"),
        (["a="], "--group a=: write an organization"),
        (["a=JPN,,USA"], "--group a=JPN,,USA: write an organization"),
        (["a=JPN", "a=USA"], "there are two groups a"),
        (["others=JPN"], "others is what all the rest are called"),
        (["WTO"], r"nobody is certainly a full member of WTO in 1995-06-01 by test: .*WTO=GBR,FRA"),
    ],
)
def test_what_is_no_group_is_refused(store: Store, texts: list[str], message: str) -> None:
    load(store, reading(nato()))
    with pytest.raises(InputError, match=message):
        read_groups(store, texts, asked("1995-06-01"))


def test_a_source_of_members_needs_an_organization(store: Store) -> None:
    load(store, reading(nato()))
    with pytest.raises(InputError, match="leave --members-from out"):
        read_groups(store, ["a=JPN,USA"], asked("1995-06-01"), ["test"])


def test_an_unknown_actor_is_named(store: Store) -> None:
    with pytest.raises(UnknownActor, match="Atlantis"):
        read_groups(store, ["a=Atlantis"], asked("1995-06-01"))


def test_which_source_tells_of_members_is_chosen_apart_from_that_of_ties(store: Store) -> None:
    load(store, reading(nato()))
    member = stated("nato", "CAN:member NATO:organization", ["in_force 1949/.."], kind="membership", types=["full"],
                    method="table", collection="igo")  # fmt: skip
    load(store, reading([member], collection="igo"))
    with pytest.raises(ChooseSource, match="--members-from"):
        read_groups(store, ["NATO"], asked("1995-06-01"))
    (one,) = read_groups(store, ["NATO"], asked("1995-06-01"), ["igo"]).groups
    assert one.members == ("CAN", "NATO")
    (other,) = read_groups(store, ["NATO"], asked("1995-06-01"), ["dossiers"]).groups
    assert "CAN" not in other.members


def test_outside_the_time_that_a_source_tells_of_there_are_no_members_to_know(store: Store) -> None:
    told = reading(nato())
    load(store, replace(told, sources=tuple(replace(one, coverage="1949/2014") for one in told.sources)))
    with pytest.raises(NoData):
        read_groups(store, ["NATO"], asked("2020-01-01"))
