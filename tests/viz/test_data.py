import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from comity.graph.dates import When
from comity.graph.model import Party, Statement, Step
from comity.viz.data import page_data, short_title
from tests.viz.histories import history, picture, told
from tests.viz.reading import facts_of


def data(extra: Iterable[Statement] = (), **changes: Any) -> dict[str, Any]:
    return page_data(picture(extra, **changes))


def fact(page: dict[str, Any], key: str) -> dict[str, Any]:
    return facts_of(page)[f"t:{key}"]


def number_of(page: dict[str, Any], key: str) -> int:
    return [row[0] for row in page["facts"]].index(f"t:{key}")


def test_it_is_json_and_the_same_for_the_same_history() -> None:
    assert json.dumps(data(), allow_nan=False) == json.dumps(data())


def test_every_tie_and_phase_is_there() -> None:
    page = data()
    phases = sum(len(page["sets"][row[1]]) * len(row[4]) // 2 for row in page["ties"])
    assert phases == len(history().ties)


def test_phases_carry_the_four_bounds() -> None:
    page = data()
    number = number_of(page, "doubtful-treaty")
    [row] = [row for row in page["ties"] if row[0] == number]
    [phase] = [page["phases"][at] for at in page["sets"][row[1]]]
    when = When.parse("1990/")
    bounds = [day.toordinal() for day in (*when.begin, *when.end)]
    status, *days = phase
    assert page["statuses"][status] == ("in_force", True)
    assert days == bounds


def test_a_tie_that_may_not_be_at_all_is_certain_on_no_day() -> None:
    pact = told("maybe", "agreement", "", [("in_force", "1990-01/..")])
    parties = (Party("JPN", "party", None, When.parse("/[1990-01-10..1990-02]")), Party("USA", "party"))
    page = data([replace(pact, parties=parties)])
    number = number_of(page, "maybe")
    [row] = [row for row in page["ties"] if row[0] == number]
    [(_, _, latest_begin, earliest_end, _)] = [page["phases"][at] for at in page["sets"][row[1]]]
    assert earliest_end < latest_begin
    assert earliest_end == 1


def disputes(page: dict[str, Any], key: str) -> list[tuple[str, set[tuple[str, str]], list[str]]]:
    return [
        (
            name,
            {
                (value, page["evidence"]["sources"][source]["id"].removeprefix("t:"))
                for value, source in accounts
            },
            [page["actors"][actor]["id"] for parties in between for actor in parties],
        )
        for name, accounts, *between in fact(page, key)["disputes"]
    ]


def test_a_dispute_stands_once_with_every_account() -> None:
    accounts = {("2016-10-24/2016-11-06", "paper"), ("2016-10-22/2016-11-06", "treaty")}
    assert disputes(data(), "guardian-north-16") == [("begin", accounts, [])]


def test_a_day_that_is_both_begin_and_end_is_disputed_once() -> None:
    page = data(
        told("visit", "talks", "JPN USA", [("held", day)], source)
        for source, day in (("treaty", "2017-01-09"), ("paper", "2017-01-08"))
    )
    accounts = {("2017-01-09", "treaty"), ("2017-01-08", "paper")}
    assert disputes(page, "visit") == [("begin and end", accounts, [])]


def test_two_suspensions_do_not_mix_their_accounts() -> None:
    page = data(
        told("twice", "agreement", "JPN USA", [("in_force", "1950/.."), ("suspended", first), ("suspended", second)], source)
        for source, first, second in (("treaty", "1960/1963", "1970/1973"), ("paper", "1962/1963", "1972/1973"))
    )  # fmt: skip
    assert disputes(page, "twice") == [
        ("suspended", {("1960/1963", "treaty"), ("1962/1963", "paper")}, []),
        ("suspended", {("1970/1973", "treaty"), ("1972/1973", "paper")}, []),
    ]


@pytest.mark.parametrize("step", ["suspended", "in_force"])
def test_a_dispute_confined_to_parties_names_them(step: str) -> None:
    pact = told("three", "agreement", "AUS JPN USA", [("in_force", "1950/..")])
    own = [Step(step, When.parse(year), ("AUS", "USA")) for year in ("1986/1990", "1987/1990")]
    page = data(
        replace(pact, source=source, steps=(*pact.steps, confined))
        for source, confined in zip(("t:treaty", "t:paper"), own, strict=True)
    )
    assert disputes(page, "three") == [
        (step, {("1986/1990", "treaty"), ("1987/1990", "paper")}, ["AUS", "USA"])
    ]
    steps = fact(page, "three")["steps"]
    assert [(name, len(rest)) for name, _, *rest in steps if rest] == [(step, 2)]


def test_a_disputed_party_stands_with_every_account() -> None:
    page = data(
        told("roles", "drill", parties, [("held", "2016-05")], source)
        for source, parties in (("treaty", "JPN:host USA"), ("paper", "JPN USA"))
    )
    [(name, accounts, between)] = disputes(page, "roles")
    assert (name, between) == ("parties", [])
    assert accounts == {("JPN host", "treaty"), ("JPN participant", "paper")}


def test_a_statement_gives_its_own_names_types_and_parties_only_where_they_differ() -> None:
    shared = told("pact", "agreement", "JPN USA", [("in_force", "1950/..")])
    dated = Party("AUS", "party", ("consultation",), When.parse("1952/.."))
    own = replace(
        shared,
        source="t:paper",
        titles=("The pact",),
        types=("consultation",),
        parties=(*shared.parties, dated),
    )
    page = data([shared, replace(shared, source="t:bad"), own])
    shown = {
        page["evidence"]["sources"][told["source"]]["id"]: told for told in fact(page, "pact")["statements"]
    }
    assert "names" not in shown["t:treaty"]
    assert shown["t:treaty"]["types"] == ["defence"]
    assert [page["actors"][party[0]]["id"] for party in shown["t:treaty"]["parties"]] == ["JPN", "USA"]
    assert shown["t:paper"]["names"] == ["The pact"]
    assert shown["t:paper"]["types"] == ["consultation"]
    assert "parties" not in shown["t:paper"]
    assert all(not {"names", "types", "parties"} & set(one) for one in fact(page, "acsa")["statements"])


def test_the_filter_is_set_only_to_a_type_that_is_there() -> None:
    assert data()["only"] is None
    assert data(only=("agreement", "logistics"))["only"] == [0, "logistics"]
    assert data(only=("agreement", "offence"))["only"] is None


def test_a_statement_keeps_place_words_repairs_and_confidence() -> None:
    statements = fact(data(), "guardian-north-16")["statements"]
    paper = next(statement for statement in statements if "words" in statement)
    assert paper["place"] == "characters 10–36"
    assert paper["words"] == "The drill began on Monday."
    assert paper["repairs"] == [["held", "201610 October 24th", "joined-digits"]]
    assert paper["confidence"] == 0.9


def test_a_source_without_details_goes_by_its_id() -> None:
    page = data(source_details={})
    assert {source["title"] for source in page["evidence"]["sources"]} == {"t:treaty", "t:paper", "t:bad"}


def test_types_stand_on_the_tie_only_where_they_differ_from_the_facts() -> None:
    assert {row[3] for row in data()["ties"]} == {-1}


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("Rio Treaty", "Rio Treaty"),
        ("Inter-American Treaty of Reciprocal Assistance (Rio Treaty)", "Rio Treaty"),
        ("UKUSA Agreement (Five Eyes)", "UKUSA Agreement"),
        ("Treaty of Amity and Cooperation in Southeast Asia", "Treaty of Amity and Cooperation…"),
        ("x" * 50, "x" * 34 + "…"),
        ("", ""),
    ],
)
def test_titles_are_cut_to_fit_on_a_map(title: str, label: str) -> None:
    assert short_title(title) == label


def test_a_fact_of_two_with_other_names_is_no_pact() -> None:
    names = ("Planned pact", "The plan")
    page = data([told("named", "agreement", "FRA JPN", [("in_force", "1990/..")], titles=names)])
    assert (fact(page, "named")["hub"], fact(page, "named")["names"]) == (0, ["The plan"])
