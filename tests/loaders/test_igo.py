"""Memberships by the Correlates of War: the whole files as published, and rows that are faulty."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.graph.crosswalk import crosswalk
from comity.graph.descriptions import own_actor_row
from comity.graph.errors import InputError, TableError
from comity.graph.lasting import as_covered, covered_until
from comity.graph.loading import load
from comity.graph.model import Party, Rejected, Skipped, Statement
from comity.graph.reading import Reading
from comity.graph.resolve import Fact, resolve_all
from comity.graph.revision import revision_of
from comity.graph.stores import Store
from comity.graph.ties import derive_ties
from comity.loaders.codes import Codes
from comity.loaders.igo import LOADER, SYSTEM

SPELLS = "cow_igo_v3_state_membership_spells.csv"
ORGANIZATIONS = "cow_igo_v3_organizations.csv"

HEADER = "ccode,state,igo,membership,start_year,end_year"
ROWS = """\
2,usa,acdt,full,1949,1956
2,usa,un,full,1945,2014
2,usa,oas,full,1890,2014
230,spn,eec,associate,1971,1985
230,spn,eec,full,1986,1992
260,gfr,nato,full,1955,1990
255,gmy,nato,full,1991,2014
2,usa,unesco,full,1945,1984
2,usa,unesco,full,2003,2014
"""
NAMES = """\
ioname,orgname,sdate,deaddate,longorgname
ACDT,Am Cmte Dependent Territories,1948,1956,American Committee on Dependent Territories (ACDT)
UN,United Nations,1945,,United Nations
GEO,Group on Earth Observations,2003,,Group on Earth Observations (GEO)
AALCO,Asian-African Legal Consultative Org,1956,,Asian Committee/Asian-African Legal Consultative Committee
"""


def opened(*paths: Path, codes: Codes | None = None) -> Reading:
    [only] = LOADER.open([str(path) for path in paths], codes or Codes())
    assert only.warnings == ()
    return only.reading


def written(folder: Path, rows: str = ROWS, header: str = HEADER) -> Path:
    path = folder / "spells.csv"
    path.write_text(f"{header}\n{rows}", encoding="utf-8")
    return path


def named(folder: Path) -> Path:
    path = folder / "organizations.csv"
    path.write_text(NAMES, encoding="utf-8")
    return path


def only(folder: Path, row: str, codes: Codes | None = None) -> object:
    [found] = opened(written(folder, row), codes=codes).records
    return found


def statements(reading: Reading) -> list[Statement]:
    return [record for record in reading.records if isinstance(record, Statement)]


def parties(statement: Statement) -> list[tuple[str, str, str]]:
    return [(party.actor, party.role, party.dates.text if party.dates else "") for party in statement.parties]


@pytest.fixture(scope="module")
def whole(data_folder: Path) -> Reading:
    reading = opened(data_folder / "igo" / SPELLS, data_folder / "igo" / ORGANIZATIONS)
    return Reading(
        reading.collection, reading.sources, list(reading.records), reading.actors, reading.whole,
        loader=reading.loader, files=reading.files,
    )  # fmt: skip


@pytest.fixture(scope="module")
def facts(whole: Reading) -> dict[str, Fact]:
    return {fact.id: fact for fact in resolve_all(statements(whole))}


def members(fact: Fact, first: date, last: date) -> set[str]:
    return {tie.left for tie in derive_ties([fact]) if tie.when.possibly_within(first, last)}


def test_every_row_of_the_published_files_is_accounted_for(whole: Reading) -> None:
    kinds = Counter(type(record) for record in whole.records)
    assert kinds == {Statement: 19_042, Skipped: 534}
    assert len({one.id for one in statements(whole)}) == 19_042
    assert Counter(one.types for one in statements(whole)) == {
        ("full",): 18_674,
        ("observer",): 280,
        ("associate",): 88,
    }


def test_what_the_published_files_tell(whole: Reading, facts: dict[str, Fact]) -> None:
    assert Counter(fact.types for fact in facts.values()) == {
        ("full",): 534,
        ("observer",): 27,
        ("associate",): 14,
    }
    assert all(fact.conflicts == () and fact.views == () for fact in facts.values())
    open_ends = [
        party
        for one in statements(whole)
        for party in one.parties
        if party.role == "member" and party.dates and party.dates.text.endswith("/..")
    ]
    assert len(open_ends) == 12_568
    years = sum(
        (2014 if until == ".." else int(until)) - int(since) + 1
        for one in statements(whole)
        for party in one.parties
        if party.role == "member" and party.dates
        for since, until in [party.dates.text.split("/")]
    )
    assert years == 538_965


@pytest.mark.parametrize(
    ("organization", "numbers"),
    [
        ("NATO", {1950: 12, 1960: 15, 1985: 16, 2000: 19, 2010: 28}),  # as by the treaties dossier
        ("UN", {2000: 189, 2014: 193}),
        ("EU", {1993: 12, 1995: 15, 2004: 25, 2014: 28}),
    ],
)
def test_members_by_the_year(facts: dict[str, Fact], organization: str, numbers: dict[int, int]) -> None:
    fact = facts[f"igo:{organization}"]
    found = {year: len(members(fact, date(year, 1, 1), date(year, 12, 31))) for year in numbers}
    assert found == numbers


def test_organizations_that_comity_has_are_those(whole: Reading) -> None:
    named = {
        party.actor for one in statements(whole) for party in one.parties if party.role == "organization"
    }
    own = {actor.id for actor in whole.actors}
    assert len(own) == 433
    assert own < named
    assert all(crosswalk().actor(id).label == "Organization" for id in named - own)
    # 101 of the 534 are comity's; four of those are two of its organizations, one after the other.
    assert len(named - own) == 101 + 4


def test_own_organizations_take_nobodys_id(whole: Reading) -> None:
    own = {actor.id: actor for actor in whole.actors}
    taken = sorted(id for id in own if id.startswith("IGO-"))
    assert taken == ["IGO-BC", "IGO-BS", "IGO-GEO", "IGO-PAP", "IGO-PC"]
    assert all(not crosswalk().lookup(id) for id in own)
    assert own["IGO-GEO"].name == "Group on Earth Observations"
    assert all(
        actor.label == "Organization" and actor.name and len(actor.spells) == 1 for actor in own.values()
    )
    assert own["ACDT"].code(SYSTEM) == "ACDT"
    assert own["LAFTA"].spells[0].span.text == "1961/1980"
    assert own["WMO"].spells[0].span.text == "1948/.."


def test_names_that_are_cut_off_or_several_give_way_to_the_short_one(whole: Reading) -> None:
    names = {actor.id: actor.name for actor in whole.actors}
    assert names["BONN"] == "Bonn Agreement"
    assert names["AALCO"] == "Asian-African Legal Consultative Committee"
    assert names["ACI"] == "Afr. Cultural Institute"


def test_a_spell_is_a_statement_with_its_member_and_the_organization(tmp_path: Path) -> None:
    told = {one.place.text: one for one in statements(opened(written(tmp_path)))}
    assert parties(told["ACDT, state 2, from 1949"]) == [
        ("ACDT", "organization", ""),
        ("USA", "member", "1949/1956"),
    ]
    un = told["UN, state 2, from 1945"]
    assert (un.fact, un.kind, un.types, un.source) == ("igo:UN", "membership", ("full",), "igo:members")
    assert parties(un) == [("UN", "organization", ""), ("USA", "member", "1945/..")]
    assert [(step.name, step.when.text) for step in un.steps] == [("in_force", "1945/..")]
    assert told["EEC, state 230, from 1971"].fact == "igo:EEC/associate"
    assert told["EEC, state 230, from 1986"].fact == "igo:EEC"
    assert parties(told["NATO, state 260, from 1955"])[0] == ("COW-GFR", "member", "1955/1990")


def test_states_that_leave_and_come_back_are_in_no_dispute(tmp_path: Path) -> None:
    facts = {fact.id: fact for fact in resolve_all(statements(opened(written(tmp_path))))}
    unesco = facts["igo:UNESCO"]
    assert unesco.conflicts == ()
    assert [party.dates.text for party in unesco.parties if party.dates] == ["1945/1984", "2003/.."]
    assert members(unesco, date(1990, 1, 1), date(1990, 12, 31)) == set()
    assert members(unesco, date(2010, 1, 1), date(2010, 12, 31)) == {"USA"}


def test_an_organization_under_two_names_is_each_in_its_time(tmp_path: Path) -> None:
    facts = {fact.id: fact for fact in resolve_all(statements(opened(written(tmp_path))))}
    oas = facts["igo:OAS"]
    when = {party.actor: party.dates.text for party in oas.parties if party.dates}
    assert when == {"OAS": "1948-04-30/..", "PAU": "1890-04-14/1948-04-29", "USA": "1890/.."}
    assert {tie.right for tie in derive_ties([oas]) if tie.when.certainly_on(date(1930, 1, 1))} == {"PAU"}
    assert {tie.right for tie in derive_ties([oas]) if tie.when.certainly_on(date(1960, 1, 1))} == {"OAS"}


def test_the_list_of_organizations_gives_names(tmp_path: Path) -> None:
    spells = written(tmp_path, f"{ROWS}2,usa,geo,full,2003,2014\n2,usa,xyz,full,2003,2014\n")
    alone = opened(spells)
    both = opened(named(tmp_path), spells)  # in either order
    assert both.files == (str(spells), str(tmp_path / "organizations.csv"))
    assert [source.id for source in both.sources] == ["igo:members", "igo:organizations"]
    assert Counter(type(record) for record in both.records) == {Statement: 11, Skipped: 4}
    assert {actor.id: actor.name for actor in alone.actors} == {
        "ACDT": "ACDT",
        "IGO-GEO": "GEO",
        "XYZ": "XYZ",
    }
    assert {actor.id: actor.name for actor in both.actors} == {
        "AALCO": "Asian-African Legal Consultative Org",
        "ACDT": "American Committee on Dependent Territories",
        "IGO-GEO": "Group on Earth Observations",
        "XYZ": "XYZ",
    }
    [titles] = {one.titles for one in statements(opened(named(tmp_path), spells)) if one.fact == "igo:ACDT"}
    assert titles == ("Membership of American Committee on Dependent Territories",)


def test_own_codes_can_be_mapped(tmp_path: Path) -> None:
    codes = Codes({(SYSTEM, "acdt"): "OAS"})
    found = only(tmp_path, "2,usa,acdt,full,1949,1956\n", codes)
    assert isinstance(found, Statement)
    assert Party("OAS", "organization") in found.parties


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9999,xxx,un,full,1945,2014", "nobody has the cow code '9999'"),
        (",usa,un,full,1945,2014", "no cow code is given"),
        ("2,usa,,full,1945,2014", "it names no organization"),
        ("2,usa,un,half,1945,2014", "'half' is no sort of membership: full, associate, observer are"),
        ("2,usa,un,full,2014,1945", "it begins in 2014 and ends before that, in 1945"),
        ("2,usa,un,full,,1945", "'' to '1945' are no years"),
        ("2,usa,un,full,1945", "it has 5 cells, and the table has 6 columns"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected(tmp_path: Path, row: str, reason: str) -> None:
    found = only(tmp_path, f"{row}\n")
    assert isinstance(found, Rejected)
    assert (found.place, found.reason, found.part, found.record) == ("members row 2", reason, False, row)


def test_the_order_of_columns_does_not_matter(tmp_path: Path) -> None:
    plain = only(tmp_path, "2,usa,un,full,1945,2014\n")
    path = written(tmp_path, "2014,1945,full,un,usa,2\n", ",".join(reversed(HEADER.split(","))))
    [shuffled] = opened(path).records
    assert shuffled == plain


@pytest.mark.parametrize("column", ["ccode", "igo", "membership", "start_year", "end_year"])
def test_a_missing_column_stores_nothing(tmp_path: Path, column: str) -> None:
    with pytest.raises(TableError, match=f"has no column {column}"):
        opened(written(tmp_path, ROWS, HEADER.replace(column, "x")))


def test_a_file_in_another_encoding_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(f"{HEADER}\n2,usa,un,füll,1945,2014\n".encode("latin-1"))
    with pytest.raises(TableError, match="not in the encoding UTF-8"):
        opened(path)


def test_the_spells_are_needed_and_nothing_twice(tmp_path: Path) -> None:
    spells, organizations = written(tmp_path), named(tmp_path)
    for paths in ([], [organizations], [spells, spells], [spells, organizations, organizations]):
        with pytest.raises(InputError, match="igo reads the state membership spells"):
            opened(*paths)


def test_loading_counts_every_row_and_a_second_load_changes_nothing(
    whole: Reading, embedded_store: Store
) -> None:
    revision = revision_of(
        [
            *(as_covered(one, covered_until(whole.sources)).id for one in statements(whole)),
            *(source.digest for source in whole.sources),
            *(own_actor_row(actor, whole.collection)["digest"] for actor in whole.actors),
        ]
    )
    first = load(embedded_store, whole)
    assert (first.read, first.stored, first.skipped, first.rejected) == (19_576, 19_042, 534, 0)
    assert first.read == first.stored + first.unchanged + first.skipped + first.rejected
    assert first.revision == revision
    second = load(embedded_store, whole)
    assert (second.read, second.unchanged, second.skipped, second.revision) == (19_576, 19_042, 534, revision)
