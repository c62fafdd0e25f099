import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from comity.graph.crosswalk import crosswalk
from comity.graph.errors import InputError, TableError
from comity.graph.facts import read_facts
from comity.graph.mappings import key_of
from comity.graph.model import Rejected, Statement
from comity.graph.resolve import Fact, resolve_all
from comity.graph.stores import Store
from comity.graph.ties import Tie, derive_ties
from comity.loaders.atop import PLEDGES, TOLD_BY_MEMBERS
from comity.loaders.codes import Codes
from comity.loaders.sources import loader_of
from tests.loaders.tables import loaded_twice, opened, records

MEMBERS = """\
atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit,phase,obvary,defense,offense,neutral,nonagg,consul,version
1085,211,1832,10,22,1833,5,21,0,0,0,0,0,0,0,5.1
1085,220,1832,10,22,1833,5,21,0,0,1,0,0,0,0,5.1
1115,200,1844,6,,1853,10,4,0,0,0,0,0,0,1,5.1
1115,365,1844,6,,1853,10,4,0,0,0,0,0,0,1,5.1
1320,220,1874,3,15,1883,8,25,0,0,1,0,0,0,1,5.1
1320,8152,1874,3,15,1883,8,25,0,0,0,0,0,0,1,5.1
1350,255,1882,5,20,1887,2,20,1,0,1,0,1,0,1,5.1
1350,325,1882,5,20,1887,2,20,1,0,1,0,1,0,1,5.1
1350,255,1887,2,20,1918,11,3,2,1,1,1,1,0,1,5.1
1350,325,1887,2,20,1915,5,23,2,0,1,0,1,0,1,5.1
4185,255,1992,2,27,1992,12,31,1,0,0,0,0,1,1,5.1
4185,315,1992,2,27,1992,12,31,1,0,0,0,0,1,1,5.1
4185,255,1993,1,1,0,0,0,2,0,0,0,0,1,1,5.1
4185,316,1993,1,1,0,0,0,2,0,0,0,0,1,1,5.1
4185,255,1993,1,1,0,0,0,3,0,0,0,0,1,1,5.1
4185,317,1993,1,1,0,0,0,3,0,0,0,0,1,1,5.1
"""

ALLIANCES = """\
atopid,begyr,begmo,begday,endyr,endmo,endday,defense,offense,neutral,nonagg,consul,version
4185,1992,2,27,0,0,0,0,0,0,1,1,5.1
1085,1832,10,22,1833,5,21,1,0,0,0,0,5.1
"""


@pytest.fixture
def members(tmp_path: Path) -> Path:
    file = tmp_path / "atop5_1m.csv"
    file.write_text(MEMBERS, encoding="utf-8")
    return file


@pytest.fixture
def alliances(tmp_path: Path) -> Path:
    file = tmp_path / "atop5_1a.csv"
    file.write_text(ALLIANCES, encoding="utf-8")
    return file


def facts(*files: Path | str) -> dict[str, Fact]:
    told = [record for record in records("atop", *files) if isinstance(record, Statement)]
    return {fact.id: fact for fact in resolve_all(told)}


def ties(fact: Fact) -> set[tuple[str, str, bool, tuple[str, ...], str]]:
    return {(tie.left, tie.right, tie.directed, tie.types, tie.when.text) for tie in derive_ties([fact])}


def test_an_obligation_of_one_side_goes_one_way(members: Path) -> None:
    assert ties(facts(members)["atop:1085"]) == {
        ("FRA", "BEL", True, ("defence",), "1832-10-22/1833-05-21"),
    }


def test_an_end_of_zero_is_still_in_effect_and_phases_side_by_side_have_their_own_partners(
    members: Path,
) -> None:
    fact = facts(members)["atop:4185"]
    assert ties(fact) == {
        ("CSK", "DEU", False, ("nonaggression", "consultation"), "1992-02-27/1992-12-31"),
        ("CZE", "DEU", False, ("nonaggression", "consultation"), "1993-01-01/.."),
        ("DEU", "SVK", False, ("nonaggression", "consultation"), "1993-01-01/.."),
    }
    assert fact.conflicts == ()


def test_a_day_that_is_not_given_is_no_day(members: Path) -> None:
    assert {tie[-1] for tie in ties(facts(members)["atop:1115"])} == {"1844-06/1853-10-04"}


def test_a_beginning_that_is_not_given_is_not_known(members: Path) -> None:
    members.write_text(MEMBERS.replace("1844,6,,", ".,,,"), encoding="utf-8")
    assert {tie[-1] for tie in ties(facts(members)["atop:1115"])} == {"/1853-10-04"}


def test_phases_change_on_a_day_and_pledges_that_vary_are_said_to(members: Path) -> None:
    fact = facts(members)["atop:1350"]
    before = ("defence", "neutrality", "consultation")
    after = ("defence", "offence", "neutrality", "consultation")
    assert ties(fact) == {
        ("DEU", "ITA", False, before, "1882-05-20/1887-02-20"),
        ("DEU", "ITA", True, after, "1887-02-20/1915-05-23"),
        ("ITA", "DEU", True, before, "1887-02-20/1915-05-23"),
    }
    assert fact.properties["varying"].values == ("DEU",)
    assert fact.types == after


def test_a_code_of_no_list_is_in_quarantine_until_somebody_says_whose_it_is(members: Path) -> None:
    (rejected,) = (record for record in records("atop", members) if isinstance(record, Rejected))
    assert (rejected.place, rejected.value, rejected.system) == ("members row 7", "8152", "cow")
    assert rejected.candidates == ("GW-VNM",)
    assert not rejected.part


def test_the_table_of_alliances_tells_of_the_whole_and_changes_nothing_else(
    members: Path, alliances: Path
) -> None:
    alone, both = facts(members), facts(members, alliances)
    assert alone.keys() == both.keys()
    for id, fact in both.items():
        assert (fact.span, fact.types, ties(fact)) == (alone[id].span, alone[id].types, ties(alone[id]))
    assert both["atop:4185"].sources == ("atop:alliances", "atop:members")


def test_a_folder_stands_for_the_tables_in_it(members: Path, alliances: Path) -> None:
    (members.parent / "readme.csv").write_text("something,else\n1,2\n", encoding="utf-8")
    assert records("atop", members.parent) == records("atop", members, alliances)


def test_columns_may_stand_in_any_order(members: Path, tmp_path: Path) -> None:
    rows = list(csv.reader(MEMBERS.splitlines()))
    shuffled = tmp_path / "shuffled.csv"
    with shuffled.open("w", newline="") as file:
        csv.writer(file).writerows(row[::-1] for row in rows)
    (ours,), (theirs,) = opened("atop", members), opened("atop", shuffled)
    assert [one.id for one in ours.reading.records if isinstance(one, Statement)] == [
        one.id for one in theirs.reading.records if isinstance(one, Statement)
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ("1832,10,22", "1832,13,22", "1832-13-22 is not in the calendar"),
        ("1832,10,22", "1835,10,22", "it ends (1833-05-21) before it begins (1835-10-22)"),
        ("1832,10,22", "1832,x,22", "'x' is no part of a date"),
        ("0,0,0,0,0,0,0,5.1", "0,0,2,0,0,0,0,5.1", "defense is '2', neither 0 nor 1"),
        ("1085,211", ",211", "no alliance is named"),
        ("1085,211", "211", "it has 15 cells, and the table has 16 columns"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_and_the_others_are_read(
    members: Path, was: str, becomes: str, reason: str
) -> None:
    members.write_text(MEMBERS.replace(was, becomes, 1), encoding="utf-8")
    found = records("atop", members)
    rejected = [record for record in found if isinstance(record, Rejected) and record.value != "8152"]
    (one,) = rejected
    assert one.place == "members row 2"
    assert one.reason.startswith(reason)
    assert len(found) == len(MEMBERS.splitlines()) - 1


def test_what_is_no_table_of_atop_ends_in_one_error(members: Path, alliances: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table of members"):
        opened("atop", alliances)
    with pytest.raises(InputError, match="both the table of members"):
        opened("atop", members, members)
    other = tmp_path / "other.csv"
    other.write_text(MEMBERS.replace("yrexit", "left"), encoding="utf-8")
    with pytest.raises(TableError, match="has no column"):
        opened("atop", other)
    other.write_text(MEMBERS, encoding="utf-16")
    with pytest.raises(TableError, match=r"encoding|no text"):
        opened("atop", other)
    other.write_text("", encoding="utf-8")
    with pytest.raises(TableError, match="empty"):
        opened("atop", other)
    with pytest.raises(FileNotFoundError):
        opened("atop", tmp_path / "nowhere.csv")


def test_a_file_cut_in_the_middle_gives_what_is_whole_in_it(members: Path) -> None:
    members.write_text(MEMBERS[: len(MEMBERS) // 2], encoding="utf-8")
    found = records("atop", members)
    assert all(isinstance(one, Statement) or "cells" in one.reason or "8152" in one.reason for one in found)


def test_another_version_is_read_with_a_warning(members: Path) -> None:
    members.write_text(MEMBERS.replace(",5.1", ",6.0"), encoding="utf-8")
    (each,) = opened("atop", members)
    assert each.warnings == ("version 6.0 of ATOP is not known: it is read like 5.1",)
    assert each.reading.sources[0].version == "6.0"


REVISIONS: dict[str, str] = {}


def test_all_of_atop(store: Store, data_folder: Path) -> None:
    (loaded,) = loaded_twice(store, "atop", data_folder / "atop")
    assert (loaded.read, loaded.stored, loaded.skipped, loaded.rejected) == (4148, 3298, 849, 1)
    assert loaded.reasons == {TOLD_BY_MEMBERS: 849}
    found = read_facts(store)
    assert len(found) == 789
    assert [fact.id for fact in found if fact.conflicts] == []
    types = {name: sum(name in fact.types for fact in found) for name in PLEDGES.values()}
    assert types == {
        "defence": 280, "offence": 82, "neutrality": 126, "nonaggression": 442, "consultation": 388,
    }  # fmt: skip
    # In effect when the data end, and nobody tells of them afterwards.
    assert sum(fact.end.bounds == (date(2018, 12, 31), date.max) for fact in found) == 372
    assert sum("varying" in fact.properties for fact in found) == 17
    parties = {(fact.id, party.actor) for fact in found for party in fact.parties}
    assert len(parties) == 2257 - 1  # 8152
    for other in REVISIONS.values():
        assert loaded.revision == other
    REVISIONS[store.engine] = loaded.revision


def test_a_mapping_brings_the_member_in_quarantine_in(members: Path) -> None:
    codes = Codes({key_of("cow", "8152"): "GW-VNM"})
    (each,) = loader_of("atop").open([str(members)], codes)
    found = list(each.reading.records)
    assert not any(isinstance(record, Rejected) for record in found)
    (one,) = (one for one in found if isinstance(one, Statement) and one.parties[0].actor == "GW-VNM")
    assert [(repair.was, repair.rule) for repair in one.repairs] == [("8152", "mapping")]


# The published dyad-years, reproduced from the ties.


DyadYears = dict[tuple[int, int, int], frozenset[str]]


@pytest.fixture(scope="module")
def published(data_folder: Path) -> DyadYears:
    path = data_folder / "atop" / "atop5.1_directed_dyad_year_pledges.csv"
    with path.open(newline="") as file:
        return {
            (int(row["ccode1"]), int(row["ccode2"]), int(row["year"])): frozenset(
                name
                for name, column in zip(PLEDGES.values(), PLEDGES, strict=True)
                if row[f"atop_{column}"] == "1"
            )
            for row in csv.DictReader(file)
        }


@dataclass(frozen=True, slots=True)
class Directed:
    """What one state pledges to another by a fact in a year: by all phases of it, and by the last of them."""

    fact: str
    pledger: str
    all: frozenset[str]
    last: frozenset[str]


def directed_dyad_years(found: list[Fact]) -> dict[tuple[int, int, int], list[Directed]]:
    """What each pledges to the other in every year in which the two are surely allied on some day."""
    numbers = {
        actor.id: int(code.code)
        for actor in crosswalk().actors()
        for code in actor.codes
        if code.system == "cow"
    }
    groups: defaultdict[tuple[str, str, str, int], list[Tie]] = defaultdict(list)
    for tie in derive_ties(found):
        for year in range(tie.when.latest_begin.year, min(tie.when.earliest_end.year, 2018) + 1):
            if tie.when.certainly_within(date(year, 1, 1), date(year, 12, 31)):
                groups[tie.fact, *sorted((tie.left, tie.right)), year].append(tie)  # type: ignore[index]
    dyads: defaultdict[tuple[int, int, int], list[Directed]] = defaultdict(list)
    for (fact, one, other, year), ties in groups.items():
        newest = max(tie.when.begin for tie in ties)
        for left, right in ((one, other), (other, one)):
            ours = [tie for tie in ties if tie.left == left or not tie.directed]
            pledged = Directed(
                fact, left, names_of(ours), names_of(tie for tie in ours if tie.when.begin == newest)
            )
            dyads[numbers[left], numbers[right], year].append(pledged)
    return dyads


def names_of(ties: Iterable[Tie]) -> frozenset[str]:
    return frozenset(name for tie in ties for name in tie.types)


def test_the_published_dyad_years_and_every_pledge_that_differs(
    data_folder: Path, published: DyadYears
) -> None:
    whole = facts(data_folder / "atop")
    found = directed_dyad_years(list(whole.values()))
    assert len(published) == 273_296
    assert found.keys() == published.keys()
    ours = {key: frozenset().union(*(one.all for one in pledged)) for key, pledged in found.items()}
    assert ours[220, 211, 1832] == frozenset({"defence"})
    assert ours[211, 220, 1832] == frozenset()
    differing = {key for key, names in published.items() if ours[key] != names}
    assert len(differing) == 360
    assert all(ours[key] > published[key] for key in differing)  # always more
    # In a year in which a new phase begins, ATOP counts what is pledged in that alone.
    by_last = {key: frozenset().union(*(one.last for one in found[key])) for key in differing}
    changed = {key for key in differing if by_last[key] == published[key]}
    central = {(left, right, 1888) for left in CENTRAL for right in CENTRAL if left != right}
    assert changed == {(140, 165, 1857), (740, 200, 1905), *central}
    # Of the others ATOP says that the pledges vary by partner: the table of members does not tell to whom each is made.
    rest = differing - changed
    assert len(rest) == 346
    for key in rest:
        varying = {
            name
            for one in found[key]
            if "varying" in whole[one.fact].properties
            and one.pledger in whole[one.fact].properties["varying"].values
            for name in one.last
        }
        assert by_last[key] - published[key] <= varying
        assert by_last[key] > published[key]


CENTRAL = (90, 91, 92, 94)
"""Guatemala, Honduras, El Salvador and Costa Rica, whose neutrality of 1887 ended with the new phase of 1888 (alliance 1362)."""
