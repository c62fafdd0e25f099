from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.accounts import Policy
from comity.graph.curation import judge
from comity.graph.dates import LAST_DAY, When, day_after, parse_span
from comity.graph.errors import ChooseSource, DateError, UnknownName
from comity.graph.identity import Judgement, Verdict
from comity.graph.loading import load
from comity.graph.resolve import resolve
from comity.graph.slices import Question, read_history, take
from comity.graph.stores import Store, open_store
from comity.graph.ties import derive_ties
from tests.graph.facts import reading, stated

STATEMENTS = [
    stated("pact", "FRA GBR", ["signed 1904-04-08", "in_force 1904-04-08/1940"]),
    stated("vague", "FRA RUS", ["in_force 1892-08/1917"]),
    stated(
        "league",
        "AUT@1882/1914 DEU ITA@1882-05-20/1915-05-03",
        ["in_force 1882-05-20/1918"],
        types=["defence", "neutrality"],
    ),
    stated("hope", "DEU TUR", ["announced 1898"]),
    stated("visit", "DEU TUR", ["held 1898-10"], kind="talks", types=["visit"]),
]


@pytest.fixture(scope="module")
def europe(tmp_path_factory: pytest.TempPathFactory) -> "Store":
    store = open_store(str(tmp_path_factory.mktemp("europe") / "store"))
    load(store, reading(STATEMENTS))
    return store


def pairs(store: Store, as_of: str, **fields: object) -> list[str]:
    question = Question(as_of=When.parse(as_of), **fields)  # type: ignore[arg-type]
    return sorted(f"{tie.left}-{tie.right}" for tie in take(store, question).ties)


def test_certain_and_possible_differ_where_dates_leave_it_open(europe: Store) -> None:
    assert pairs(europe, "1892-08-15") == ["AUT-DEU", "AUT-ITA", "DEU-ITA"]
    assert pairs(europe, "1892-08-15", certainty="possible") == ["AUT-DEU", "AUT-ITA", "DEU-ITA", "FRA-RUS"]
    assert pairs(europe, "1905-01-01") == ["AUT-DEU", "AUT-ITA", "DEU-ITA", "FRA-GBR", "FRA-RUS"]


def test_a_year_asks_for_any_day_in_it(europe: Store) -> None:
    assert "FRA-GBR" in pairs(europe, "1904")
    assert "FRA-GBR" not in pairs(europe, "1904-01-01")
    assert "FRA-GBR" in pairs(europe, "1904-12-31")


def test_an_announcement_is_no_tie_in_effect(europe: Store) -> None:
    assert "DEU-TUR" not in pairs(europe, "1899", certainty="possible")
    assert pairs(europe, "1898", layers=("talks",)) == ["DEU-TUR"]


def test_types_choose_ties(europe: Store) -> None:
    assert pairs(europe, "1905-01-01", types=("neutrality",)) == ["AUT-DEU", "AUT-ITA", "DEU-ITA"]


def test_what_is_not_known_is_named(europe: Store) -> None:
    with pytest.raises(UnknownName, match="defence"):
        Question(types=("defense",))
    with pytest.raises(UnknownName, match="drill"):
        Question(layers=("exercise",))
    with pytest.raises(UnknownName, match="host-guest"):
        Question(rule="all")
    with pytest.raises(UnknownName, match="test"):
        take(europe, Question(sources=("atop",)))
    with pytest.raises(DateError, match="closed span"):
        Question(as_of=When.parse("1904/.."))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2016~", "not sure of its days"),
        ("2016-10?", "not sure of its days"),
        ("201X", "not sure of its days"),
        ("[2016..2017]", "not sure of its days"),
        ("0001", "no beginning"),
        ("../2016", "no beginning"),
        ("2016/..", "no end"),
        ("2016-02-30", "not in the calendar"),
        ("sometime", "no EDTF date"),
    ],
)
def test_what_cannot_be_asked_about_is_refused_with_what_can(text: str, told: str) -> None:
    with pytest.raises(DateError, match=told) as refused:
        parse_span(text)
    remedy = str(refused.value).partition("ask for ")[2]
    assert "2016-12-31" in remedy and "/.." not in remedy
    if told.startswith(("no b", "no en", "not sure")):
        with pytest.raises(DateError, match=told):
            Question(as_of=When.parse(text))


def test_the_same_thing_from_two_data_sets_is_never_counted_silently(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        first = [stated("1", "FRA RUS", ["in_force 1894/1917"], method="table", collection="one")]
        second = [stated("1", "FRA RUS", ["in_force 1892/1917"], method="table", collection="two")]
        load(store, reading(first, collection="one"))
        assert take(store, Question(as_of=When.parse("1900"))).question.sources == ("one",)
        load(store, reading(second, collection="two"))
        with pytest.raises(ChooseSource, match="one, two"):
            take(store, Question(as_of=When.parse("1900")))
        load(store, reading(STATEMENTS))
        with pytest.raises(ChooseSource, match=r"dossiers \(test\), one, two"):
            take(store, Question(as_of=When.parse("1900")))
        assert pairs(store, "1900", sources=("two",)) == ["FRA-RUS"]
        assert len(pairs(store, "1900", sources=("dossiers", "one"))) == 5
        assert take(store, Question(layers=("talks",), as_of=When.parse("1900"))).question.sources == (
            "test",
        )


def test_data_sets_of_different_kinds_are_read_together(tmp_path: Path) -> None:
    pacts = [stated("1", "FRA RUS", ["in_force 1894/1917"], method="table", collection="pacts")]
    members = [stated("2", "FRA NATO:organization", ["in_force 1890/.."], kind="membership", types=["full"],
                      method="table", collection="members")]  # fmt: skip
    others = [stated("1", "FRA RUS", ["in_force 1892/1917"], method="table", collection="others")]
    with open_store(str(tmp_path / "store")) as store:
        load(store, reading(pacts, collection="pacts"))
        load(store, reading(members, collection="members"))
        assert read_history(store).sources == ("members", "pacts")
        question = Question(layers=("agreement", "membership"), as_of=When.parse("1900"))
        assert {tie.fact for tie in take(store, question).ties} == {"pacts:1", "members:2"}
        load(store, reading(others, collection="others"))
        with pytest.raises(ChooseSource, match=r"cover agreement, .* one of others, pacts$"):
            read_history(store)


def test_other_policies_and_rules_are_derived_from_the_statements(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        accounts = {"a": "1893-01-01/1917", "b": "1894-01-04/1917", "c": "1894-01-04/1917"}
        load(
            store,
            reading(
                stated("dual", "FRA RUS", [f"in_force {when}"], source=name)
                for name, when in accounts.items()
            ),
        )
        assert pairs(store, "1893-06-01") == []
        assert pairs(store, "1893-06-01", certainty="possible") == ["FRA-RUS"]
        assert pairs(store, "1893-06-01", policy=Policy.parse("earliest")) == ["FRA-RUS"]
        assert pairs(store, "1893-06-01", policy=Policy.parse("majority"), certainty="possible") == []
        assert pairs(store, "1893-06-01", sources=("test:a",)) == ["FRA-RUS"]
        assert pairs(store, "1895-06-01", rule="host-guest") == []


def test_no_tie_is_left_out_because_of_what_other_accounts_say(store: Store) -> None:
    """Facts are looked up by dates that all accounts leave together; some accounts, or a policy, may leave other ones."""
    open_end = [stated("x", "NOR SWE", ["in_force 2010-01-01/"], collection="one")]
    ended = [
        stated("x", "NOR SWE", ["in_force 2010-01-01/2012-01-01"], collection="two"),
        stated("y", "DNK FIN", ["in_force 2010-01-01/"], collection="two"),
        stated("y", "DNK FIN", ["ended 2012-01-01"], source="b", collection="two"),
        # Whoever has it begin first has it end before another has it begin.
        stated("z", "EST LVA", ["ended 2005-01-01"], collection="two"),
        stated("z", "EST LVA", ["in_force 2010-01-01/2030"], source="b", collection="two"),
        stated("z", "EST LVA", ["in_force 2008-01-01/2030"], source="c", collection="two"),
    ]
    load(store, reading(open_end, collection="one"))
    load(store, reading(ended, collection="two"))
    judge(store, [Judgement("one:x", "two:x", Verdict.SAME, "somebody")])
    assert pairs(store, "2015-01-01", certainty="possible") == ["EST-LVA"]
    assert pairs(store, "2015-01-01", certainty="possible", sources=("one",)) == ["NOR-SWE"]
    assert pairs(store, "2015-01-01", certainty="possible", sources=("two:a",)) == ["DNK-FIN"]
    earliest = Policy.parse("earliest")
    assert pairs(store, "2006-01-01", certainty="possible", policy=earliest) == ["EST-LVA"]


def test_the_past_of_the_record_can_be_asked(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        load(store, reading(STATEMENTS))
        assert read_history(store, known_on=date(2000, 1, 1)).facts == ()
        assert len(read_history(store, known_on=date(2100, 1, 1)).facts) == len(STATEMENTS)


def test_slices_name_what_they_rest_on(europe: Store) -> None:
    answer = take(europe, Question(as_of=When.parse("1914-07-28")))
    assert answer.members == ["DEU", "FRA", "GBR", "ITA", "RUS"]
    assert answer.revision == europe.revision()
    assert answer.actors["FRA"].name == "France"
    assert answer.question.describe() == {
        "layer": "agreement",
        "types": [],
        "rule": "every-pair",
        "sources": ["test"],
        "as_of": "1914-07-28",
        "slice": "certain",
        "policy": "strict",
        "same_from": 0.9,
    }


DAYS = st.dates(date(1900, 1, 1), date(1930, 12, 31))
ENDS = st.one_of(
    DAYS.map(lambda day: f"{day:%Y}"),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(str),
    st.sampled_from(["", ".."]),
)


@given(DAYS, ENDS, DAYS, st.data())
def test_certain_within_every_settlement_within_possible(
    begin: date, end: str, day: date, data: st.DataObject
) -> None:
    try:
        when = When.parse(f"{begin:%Y-%m}/{end}")
    except DateError:
        return
    fact = resolve([stated("pact", "FRA RUS", [f"in_force {when.text}"])])
    tie = next(iter(derive_ties([fact])))
    settled_begin = data.draw(st.dates(when.earliest_begin, when.latest_begin))
    settled_end = data.draw(
        st.dates(max(when.earliest_end, settled_begin), max(when.latest_end, settled_begin))
    )
    settled = When.of((settled_begin, settled_begin), (settled_end, settled_end))
    certain, possible = (
        Question(as_of=When.parse(str(day))),
        Question(as_of=When.parse(str(day)), certainty="possible"),
    )
    assert not certain.counts(tie) or settled.certainly_on(day)
    assert not settled.certainly_on(day) or possible.counts(tie)
    assert day_after(LAST_DAY) == LAST_DAY


def test_actors_have_the_names_of_the_day(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store")) as store:
        load(store, reading([stated("pact", "SRB TUR", ["in_force 1953/.."])]))
        names = {
            year: [
                take(store, Question(as_of=When.parse(year))).actors[actor].name for actor in ("SRB", "TUR")
            ]
            for year in ("1960", "2004", "2025")
        }
    assert names["1960"] == ["Yugoslavia", "Turkey"]
    assert names["2004"] == ["Serbia and Montenegro", "Turkey"]
    assert names["2025"] == ["Serbia", "Türkiye"]
