"""Claims against facts: each verdict for each of its reasons, in one store of each engine and on facts without one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.accounts import STRICT, Policy
from comity.graph.claims import Claim, ordinal
from comity.graph.crosswalk import crosswalk
from comity.graph.curation import decide, judge
from comity.graph.errors import InputError, UnknownName
from comity.graph.identity import Judgement
from comity.graph.identity import Verdict as Same
from comity.graph.loading import load
from comity.graph.model import Statement
from comity.graph.resolve import resolve_all
from comity.graph.slices import ActorNode
from comity.graph.stores import Store
from comity.loaders.dossier import open_bundled
from comity.queries.claims import Finding, Verdict, check
from comity.queries.stated_claims import check_claim, check_claims
from tests.graph.facts import reading, stated

ACTORS = {
    id: ActorNode(id, crosswalk().actor(id).label, id) for id in ("AUS", "FRA", "GBR", "JPN", "NATO", "USA")
}
WITH_OTHERS = "first drill of JPN with a country other than USA"
SUPPORTED, CONTRADICTED, UNTESTABLE = Finding.SUPPORTED, Finding.CONTRADICTED, Finding.UNTESTABLE


def drill(key: str, *when: str, parties: str = "JPN:host GBR:guest", types: Sequence[str] = ("field", "air"),
          source: str = "a") -> Statement:  # fmt: skip
    steps = [text if " " in text else f"held {text}" for text in when]
    return stated(key, parties, steps, kind="drill", types=types, source=source)


def pact(key: str, *steps: str, parties: str = "JPN GBR", source: str = "a") -> Statement:
    return stated(key, parties, steps, types=("logistics",), source=source)


def judged(claim: str, *told: Statement, of: str = "this", policy: Policy = STRICT) -> Verdict:
    """The verdict on the fact `of` among the facts that these statements make."""
    facts = list(resolve_all(told, policy))
    about = next(fact for fact in facts if fact.id == f"test:{of}")
    return check(about, Claim.parse(claim, lambda name: crosswalk().one(name).id), facts, ACTORS)


def by(verdict: Verdict) -> dict[str, str]:
    return {witness.fact.partition(":")[2]: witness.why for witness in verdict.by}


THIS = drill("this", "2016-10-24/2016-11-06")
LATER = drill("later", "2018-01-10", parties="JPN FRA")
WITH_USA = drill("keen", "2014-11-01", parties="JPN USA")


def test_the_first_with_another_country_is_supported_whatever_came_before_with_the_one_left_out() -> None:
    found = judged(WITH_OTHERS, THIS, LATER, WITH_USA)
    assert (found.finding, found.because) == (SUPPORTED, "none in the scope stood before it")
    assert (found.limits.in_scope, found.limits.perhaps, found.limits.known) == (1, 0, 3)
    assert str(found.limits) == (
        "others in the scope: 1, perhaps in it: 0; of drills of JPN the graph holds 3 (from test), "
        "the earliest by 2014-11-01; what it does not hold may change the answer"
    )


def test_an_earlier_one_contradicts_with_its_date_and_sources() -> None:
    found = judged(WITH_OTHERS, THIS, LATER, drill("earlier", "2015-03", parties="JPN AUS", source="b"))
    assert (found.finding, found.because) == (CONTRADICTED, "1 in the scope certainly stood before it")
    (witness,) = found.by
    assert (witness.fact, witness.when, witness.sources, witness.why) == (
        "test:earlier",
        "2015-03",
        ("test:b",),
        "certainly before it",
    )


@pytest.mark.parametrize(
    ("claim", "because"),
    [
        ("first drill of JPN with a country other than GBR", "(GBR) is no country other than GBR"),
        ("first drill of JPN with an organization", "(GBR) is no organization"),
        ("first drill of JPN with FRA", "FRA does not take part"),
        ("first drill of FRA", "FRA does not take part"),
        ("first drill of JPN hosted by GBR", "it is hosted by JPN, not by GBR"),
        ("first sea drill of JPN", "its type is air, not sea"),
        ("first command-post drill of JPN", "its type is field, not command-post"),
        ("first trilateral drill of JPN", "2 take part; trilateral: three take part"),
        ("first talks of JPN", "it is of the kind drill"),
        ("first drill of JPN since 2017", "its date is 2016-10-24, not since 2017"),
        ("first drill of JPN before 2016-10-24", "its date is 2016-10-24, not before 2016-10-24"),
    ],
)
def test_a_fact_outside_the_scope_contradicts_the_claim_itself(claim: str, because: str) -> None:
    found = judged(claim, THIS, LATER)
    assert found.finding is CONTRADICTED
    assert found.because.startswith("it is not in the scope: ")
    assert because in found.because
    assert by(found) == {"this": "the fact itself"}


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ([drill("this", "planned 2016-10-24")], "no source has it held: it is planned as far as they tell"),
        ([drill("this", "planned 2016-10-24", "cancelled 2016-10-01")], "it is called off"),
        (
            [drill("this", "2016-10-24"), drill("this", "cancelled 2016-10-01", source="b")],
            "one source has it held, another called off",
        ),
        ([drill("this", "2016-10-24", types=("field",))], "nobody tells whether its type is air"),
        ([drill("this", "2016-10-24", types=())], "nobody tells whether its type is air"),
        ([drill("this", "2016-10-24", parties="JPN GBR")], "nobody tells who hosts it"),
        (
            [
                drill("this", "2016-10-24"),
                drill("this", "2016-10-24", types=("field", "sea"), source="b"),
            ],
            "sources differ: by one of them its type is sea, not air",
        ),
        ([drill("this", "2015/2017")], "its date, 2015, is not surely since 2015-06"),
    ],
    ids=["planned", "cancelled", "cancelled by one", "no aspect", "no types", "no host", "types differ", "date"],
)  # fmt: skip
def test_what_is_not_told_of_the_fact_itself_is_untestable(told: list[Statement], because: str) -> None:
    found = judged("first air drill of JPN hosted by JPN since 2015-06", *told, LATER)
    assert found.finding is UNTESTABLE
    assert because in found.because
    assert by(found) == {"this": "the fact itself"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ([drill("other", "2016-10")], "2016-10 may be earlier or later than 2016-10-24"),
        ([drill("other", "2016-10-24")], "both on the same day"),
        (
            [drill("other", "2016-10-20"), drill("other", "2016-10-30", source="b")],
            "[2016-10-20..2016-10-30] may be earlier or later than 2016-10-24; sources disagree on its date",
        ),
        ([drill("other", "/2017")], "[..2017-12-31] may be earlier or later than 2016-10-24"),
        ([drill("other", "2015-10-20", types=("field",))], "nobody tells whether its type is air"),
        (
            [drill("other", "2015-10-20"), drill("other", "cancelled 2015-10-01", source="b")],
            "one source has it held, another called off",
        ),
        (
            [
                drill("other", "2015-10-20", parties="JPN AUS:observer"),
                drill("other", "2015-10-20", parties="JPN AUS", source="b"),
            ],
            "sources differ: by one of them among those it is with (nobody) is no country other than USA",
        ),
    ],
    ids=["month", "same day", "disputed", "unknown begin", "aspect", "cancelled by one", "role disputed"],
)
def test_one_that_may_have_come_before_makes_it_untestable(other: list[Statement], why: str) -> None:
    found = judged("first air drill of JPN with a country other than USA", THIS, LATER, *other)
    assert (found.finding, found.because) == (UNTESTABLE, "1 may have stood before it")
    assert by(found) == {"other": f"perhaps before it: {why}"}


def test_a_policy_settles_what_sources_leave_open() -> None:
    told = [
        THIS,
        LATER,
        drill("other", "2016-10-20", source="a"),
        drill("other", "2016-10-30", source="b"),
        drill("other", "2016-10-30", source="c"),
    ]
    assert judged(WITH_OTHERS, *told).finding is UNTESTABLE
    assert judged(WITH_OTHERS, *told, policy=Policy("earliest")).finding is CONTRADICTED
    assert judged(WITH_OTHERS, *told, policy=Policy("majority")).finding is SUPPORTED


def test_planned_ones_watchers_and_organizations_do_not_count_where_they_are_not_meant() -> None:
    told = [
        THIS,
        LATER,
        drill("planned", "planned 2012"),
        drill("watched", "2013-05", parties="JPN:observer AUS FRA"),
        drill("with-nato", "2014-09-25", parties="JPN NATO"),
        pact("pact", "signed 2010-01-01"),
    ]
    assert judged(WITH_OTHERS, *told).finding is SUPPORTED
    found = judged("first drill of JPN with anyone other than USA", *told)
    assert (found.finding, by(found)) == (CONTRADICTED, {"with-nato": "certainly before it"})
    assert judged("first drill of JPN with an organization", *told, of="with-nato").finding is UNTESTABLE


def test_a_third_party_is_a_partner_too_unless_the_number_is_claimed() -> None:
    told = [THIS, LATER, drill("cope", "2012-02-01", parties="JPN USA AUS")]
    assert by(judged(WITH_OTHERS, *told)) == {"cope": "certainly before it"}
    assert judged(WITH_OTHERS.replace("first", "first bilateral"), *told).finding is SUPPORTED
    assert judged("first multilateral drill of JPN", *told).finding is CONTRADICTED  # it is one of two


def test_nothing_to_compare_with_is_no_support() -> None:
    found = judged(WITH_OTHERS, THIS, WITH_USA)
    assert (found.finding, found.by) == (UNTESTABLE, ())
    assert found.because == "nothing else is surely in the scope: there is nothing to compare it with"


def test_the_third_has_exactly_two_before_it() -> None:
    told = [
        pact("one", "signed 1996-04"),
        pact("two", "signed 2010-05-19"),
        pact("this", "signed 2017-01-26"),
    ]
    third = "third logistics agreement of JPN with a country"
    found = judged(third, *told)
    assert (found.finding, found.because) == (SUPPORTED, "exactly 2 in the scope stood before it")
    assert list(by(found)) == ["one", "two"]
    assert judged(third, *told, pact("three", "signed 2016-09-26")).because == (
        "3 in the scope certainly stood before it, not 2"
    )
    few = judged(third, *told[1:])
    assert (few.finding, few.because) == (
        UNTESTABLE,
        "of the 2 that must have stood before it the graph holds 1",
    )
    assert judged(third, told[2]).because.endswith("the graph holds none")
    assert judged(third, told[0], pact("two", "signed 2017-01"), told[2]).finding is UNTESTABLE


def test_agreements_are_put_in_order_by_signing_or_by_entry_into_force() -> None:
    told = [
        pact("this", "signed 2015-01-01", "in_force 2018-01-01/.."),
        pact("other", "signed 2016-01-01", "in_force 2017-01-01/.."),
    ]
    assert judged("first agreement of JPN", *told).finding is SUPPORTED
    found = judged("first agreement of JPN by entry into force", *told)
    assert [witness.when for witness in found.by] == ["2017-01-01"]
    # What is in force was signed before that, nobody tells when.
    unsigned = judged("first agreement of JPN", told[0], pact("other", "in_force 2014-06/.."))
    assert (unsigned.finding, unsigned.by[0].when) == (CONTRADICTED, "[..2014-06-30]")
    unsigned = judged("first agreement of JPN", told[0], pact("other", "in_force 2016/.."))
    assert unsigned.finding is UNTESTABLE
    assert judged("first agreement of JPN", told[0], pact("other", "negotiating 2014-06")).because.startswith(
        "nothing else"
    )


def test_those_that_came_after_named_partners_count_each_partner_once() -> None:
    claim = "third logistics agreement of JPN with a country after USA, AUS"
    told = [
        pact("usa-old", "signed 1996-04", parties="JPN USA"),
        pact("usa-new", "signed 2016-09-26", parties="JPN USA"),
        pact("aus", "signed 2010-05-19", parties="JPN AUS"),
        pact("this", "signed 2017-01-26"),
    ]
    found = judged(claim, *told)
    assert (found.finding, list(by(found))) == (SUPPORTED, ["aus", "usa-old", "usa-new"])
    assert by(found)["aus"] == "with AUS, certainly before it"
    assert found.limits.in_scope == 3
    another = judged(claim, *told, pact("fra", "signed 2012", parties="JPN FRA"))
    assert (another.finding, list(by(another))) == (CONTRADICTED, ["fra"])
    assert another.because.startswith("with partners other than AUS, USA: 1 in the scope certainly")
    perhaps = judged(claim, *told, pact("fra", "signed 2017-01", parties="JPN FRA"))
    assert (perhaps.finding, list(by(perhaps))) == (UNTESTABLE, ["fra"])
    missing = judged(claim, told[0], told[3], pact("aus", "signed 2017-01", parties="JPN AUS"))
    assert (missing.finding, list(by(missing))) == (UNTESTABLE, ["aus"])
    assert missing.because == "the graph holds none with AUS that certainly stood before it"
    own = judged(claim, *told, of="aus")
    assert (own.finding, "no country other than AUS, USA" in own.because) == (CONTRADICTED, True)


def test_the_last_and_the_only() -> None:
    last, only = "last drill of JPN with a country", "only drill of JPN with a country"
    earlier = drill("earlier", "2010-01-01")
    assert judged(last, THIS, earlier).finding is SUPPORTED
    assert by(judged(last, THIS, LATER, earlier)) == {"later": "certainly after it"}
    assert judged(last, THIS, drill("other", "2016")).finding is UNTESTABLE
    assert judged(last, THIS).finding is UNTESTABLE
    assert by(judged(only, THIS, LATER, earlier)) == {
        "earlier": "certainly beside it",
        "later": "certainly beside it",
    }
    alone = judged(only, THIS, drill("with-nato", "2014-09-25", parties="JPN NATO"))
    assert (alone.finding, alone.because) == (
        UNTESTABLE,
        "the graph holds no other, but cannot show that there is none",
    )


def test_a_party_that_came_later_counts_from_when_it_came() -> None:
    told = [
        pact("this", "signed 1955-01-01", parties="JPN FRA"),
        pact("old", "signed 1949-04-04", "in_force 1949-08-24/..", parties="GBR USA JPN@1960-02-18/.."),
    ]
    claim = "first agreement of JPN with a country"
    assert judged(claim, *told).finding is SUPPORTED
    found = judged(claim, *told, of="old")
    assert (found.finding, by(found)) == (CONTRADICTED, {"this": "certainly before it"})
    founders = replace(told[1], parties=pact("x", parties="GBR USA JPN@1949-08-24/..").parties)
    assert [witness.when for witness in judged(claim, told[0], founders).by] == ["1949-04-04"]


AIR = "first air drill of JPN with a country other than USA"
BEFORE = st.dates(date(1950, 1, 1), date(2016, 10, 23)).map(str)
OUTSIDE = [
    ("JPN USA", ("air",)),
    ("AUS GBR", ("air",)),
    ("JPN NATO", ("air",)),
    ("JPN GBR", ("command-post", "sea")),
]
"""Parties and types of drills that the claim leaves out."""


@given(BEFORE)
def test_an_earlier_certain_one_in_the_scope_turns_support_into_contradiction(day: str) -> None:
    assert judged(AIR, THIS, LATER).finding is SUPPORTED
    found = judged(AIR, THIS, LATER, drill("earlier", day, parties="JPN AUS"))
    assert (found.finding, list(by(found))) == (CONTRADICTED, ["earlier"])


@given(
    st.lists(st.tuples(st.sampled_from(OUTSIDE), BEFORE), max_size=4),
    st.sampled_from([[], [LATER], [LATER, drill("earlier", "2012")], [LATER, drill("other", "2016")]]),
)
def test_facts_outside_the_scope_change_nothing(
    more: list[tuple[tuple[str, tuple[str, ...]], str]], told: list[Statement]
) -> None:
    others = [
        drill(f"outside-{place}", day, parties=parties, types=types)
        for place, ((parties, types), day) in enumerate(more)
    ]
    before, after = judged(AIR, THIS, *told), judged(AIR, THIS, *told, *others)
    assert (after.finding, after.because, after.by) == (before.finding, before.because, before.by)
    assert (after.limits.in_scope, after.limits.perhaps) == (before.limits.in_scope, before.limits.perhaps)
    assert after.limits.known >= before.limits.known


ANY = st.tuples(
    st.sampled_from(["JPN:host GBR:guest", "JPN USA", "JPN FRA AUS", "JPN NATO", "AUS GBR"]),
    st.sampled_from(["2010-01-01", "2016", "2016-10-24", "[..2017-01-01]", "2019-05"]),
    st.sampled_from([("air",), ("field",), ("sea",), ()]),
)


@given(st.lists(ANY, max_size=5), ANY, st.sampled_from(["first", "second", "third", "last", "only"]))
def test_more_facts_never_undo_a_contradiction(
    told: list[tuple[str, str, tuple[str, ...]]], more: tuple[str, str, tuple[str, ...]], rank: str
) -> None:
    facts = [
        drill(f"other-{place}", when, parties=parties, types=types)
        for place, (parties, when, types) in enumerate([*told, more])
    ]
    claim = AIR.replace("first", rank)
    if judged(claim, THIS, *facts[:-1]).finding is CONTRADICTED:
        assert judged(claim, THIS, *facts).finding is CONTRADICTED


DAYS = st.tuples(st.integers(1, 5), st.integers(0, 2)).map(lambda pair: (pair[0], sum(pair)))
"""The first and the last day of October 2016 on which a drill may have begun."""


@given(DAYS, st.lists(DAYS, min_size=1, max_size=3), st.integers(1, 4))
def test_a_verdict_holds_for_every_settlement_of_the_dates(
    mine: tuple[int, int], others: list[tuple[int, int]], rank: int
) -> None:
    told = [
        drill(key, f"[2016-10-{first:02}..2016-10-{last:02}]")
        for key, (first, last) in {
            "this": mine,
            **{f"other-{i}": days for i, days in enumerate(others)},
        }.items()
    ]
    fewest, most = len(others), 0
    for day, *settled in product(*(range(first, last + 1) for first, last in (mine, *others))):
        fewest = min(fewest, sum(other < day for other in settled))
        most = max(most, sum(other <= day for other in settled))  # on the same day either may be earlier
    finding = judged(f"{ordinal(rank)} drill of JPN", *told).finding
    if fewest > rank - 1:
        assert finding is CONTRADICTED
    else:
        assert finding is (SUPPORTED if fewest == most == rank - 1 else UNTESTABLE)


DRILL, PACT = "japan-europe:guardian-north-16", "japan-europe:acsa-united-kingdom"


@pytest.fixture
def japan(store: Store) -> Store:
    load(store, open_bundled("japan-europe").reading())
    return store


def test_the_drill_of_2016_was_not_the_first_with_a_country_other_than_the_united_states(
    japan: Store,
) -> None:
    found = check_claim(
        japan, DRILL, "first drill of Japan with a country other than the United States"
    )  # names are resolved
    (row,) = found.rows
    assert (row.finding, row.claim) == (CONTRADICTED, WITH_OTHERS)
    assert [(one.fact, one.when) for one in row.by] == [
        ("japan-europe:nato-crisis-management-2015", "2015-03")
    ]
    assert not found.all_supported
    # Three sources speak of it. One names the countries, another its month; the ministry names Japan and NATO alone.
    assert [(one.sources, one.dated_by) for one in row.by] == [
        (("japan-europe:nato-cmx-2015",), ("japan-europe:article",))
    ]
    assert set(found.to_dict()["sources"]) == {"japan-europe:article", "japan-europe:nato-cmx-2015"}
    # Only one source has countries take part in it: what the others say leaves no country beside Japan.
    without = check_claim(
        japan,
        DRILL,
        WITH_OTHERS,
        sources=["japan-europe:article", "japan-europe:mofa-cmx-2015"],
    )
    assert without.rows[0].finding is UNTESTABLE


def test_all_stated_claims_with_who_states_them(japan: Store) -> None:
    found = check_claims(japan)
    assert found.numbers == {"supported": 0, "contradicted": 0, "untestable": 7}
    hosted = next(row for row in found.rows if "hosted by" in row.claim)
    assert hosted.claim == "first drill of JPN with a country other than USA hosted by JPN"
    assert [said.source.partition(":")[2] for said in hosted.said_by] == [
        "aircosmos-2016",
        "bccj-2016",
        "jt-2016-10-16",
        "raf-2016",
    ]
    said = {said.claim for said in hosted.said_by}
    assert said == {"first exercise in Japan with the forces of a country other than the United States"}
    statements = {row["id"] for row in japan.read("MATCH (s:Statement) RETURN s.id AS id")}
    assert {said.statement for row in found.rows for said in row.said_by} <= statements
    worded = [row for row in found.rows if row.limits is None]
    assert {row.because for row in worded} == {"it is told in words only, with no scope that facts can test"}
    assert len(worded) == 3
    assert {row.fact for row in check_claims(japan, facts=[PACT]).rows} == {PACT}


def test_the_third_after_the_united_states_and_australia(japan: Store) -> None:
    load(japan, open_bundled("treaties").reading())
    (strict,) = check_claims(japan, facts=[PACT]).rows
    assert (strict.finding, strict.claim) == (
        UNTESTABLE,
        "third logistics agreement of JPN with a country after AUS, USA",
    )
    assert all("sources disagree on the date of the fact itself" in one.why for one in strict.by)
    (settled,) = check_claims(japan, facts=[PACT], policy=Policy("majority")).rows
    assert settled.finding is SUPPORTED
    counted = check_claim(
        japan, PACT, "third logistics agreement of JPN with a country", policy=Policy("majority")
    )
    assert (counted.rows[0].finding, len(counted.rows[0].by)) == (CONTRADICTED, 4)
    # A person's decision goes before every policy.
    decide(japan, PACT, {"signed": "2017-01-26"}, reason="the treaty itself is dated", by="A reader")
    assert check_claims(japan, facts=[PACT]).all_supported


def test_facts_judged_to_be_one_do_not_contradict_themselves(store: Store) -> None:
    load(store, reading([THIS, LATER, drill("double", "2016-10-01")]))
    assert check_claim(store, "test:this", WITH_OTHERS).rows[0].finding is CONTRADICTED
    judge(store, [Judgement("test:this", "test:double", Same.SAME, "A reader")])
    (row,) = check_claim(store, "test:this", WITH_OTHERS).rows
    assert (row.fact, row.finding) == ("test:double", SUPPORTED)


def test_a_scope_that_cannot_be_read_is_untestable_and_says_why(store: Store) -> None:
    bad = stated(
        "this", "JPN GBR", ["held 2016"], kind="drill", types=("air",), scope="greatest drill of JPN"
    )
    load(store, reading([bad]))
    (row,) = check_claims(store).rows
    assert (row.finding, row.limits) == (UNTESTABLE, None)
    assert row.because.startswith(
        "its scope cannot be read: there is no word to begin a claim with 'greatest'"
    )


def test_faults_of_what_is_asked(japan: Store) -> None:
    with pytest.raises(UnknownName, match=f"'japan-europe:guardian-nort'; choose from: {DRILL}"):
        check_claim(japan, "japan-europe:guardian-nort", WITH_OTHERS)
    with pytest.raises(InputError, match="there is no word to stand before 'drill' 'naval'"):
        check_claim(japan, DRILL, "first naval drill of JPN")
    with pytest.raises(UnknownName, match="data set or source 'nobody'; choose from: japan-europe"):
        check_claims(japan, sources=["nobody"])
