"""Tie rules on the page: which of them join a pair, and the filter that leaves only those of one."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comity.graph.model import Party, Statement
from comity.graph.ties import RULES, derive_ties
from comity.viz.data import page_data
from comity.viz.rules import BEYOND
from tests.viz.browsing import click_actor, drawn, opened_at
from tests.viz.histories import DAY, history, picture, told
from tests.viz.test_address import address

Pairs = set[tuple[str, frozenset[str]]]

UNEVEN = replace(
    told("uneven", "agreement", "", [("in_force", "1950/..")]),
    parties=(Party("AUS", "party", ()), Party("JPN", "party"), Party("CAN", "party", ())),
)
"""One pledges, two do not: they have no tie with each other."""

CLUB_OF_CLUBS = told(
    "summit", "membership", "CLUB:organization EU:member JPN:member", [("in_force", "1990/..")]
)
"""An organization that is a member beside a country: only the rule `organization` joins them."""


def pairs_on_page(rule: str, extra: Iterable[Statement] = ()) -> Pairs:
    page = page_data(picture(extra))
    bit = 1 << page["rules"].index(rule)
    names = [actor["id"] for actor in page["actors"]]
    return {
        (page["facts"][number][0], frozenset((names[left], names[right])))
        for number, _, _, _, ends, *mask in page["ties"]
        for left, right in zip(ends[::2], ends[1::2], strict=True)
        if mask and mask[0] & bit
    }


def pairs_of(rule: str, extra: Iterable[Statement] = ()) -> Pairs:
    whole = history(extra)
    organizations = {name for name, actor in whole.actors.items() if actor.label == "Organization"}
    return {
        (tie.fact, frozenset((tie.left, tie.right))) for tie in derive_ties(whole.facts, rule, organizations)
    }


@pytest.mark.parametrize("rule", [name for name in RULES if name != "every-pair"])
@pytest.mark.parametrize("extra", [(), (UNEVEN, CLUB_OF_CLUBS)])
def test_a_rule_is_told_of_the_pairs_that_it_joins(rule: str, extra: tuple[Statement, ...]) -> None:
    assert pairs_on_page(rule, extra) == pairs_of(rule, extra)
    assert pairs_on_page(rule, extra)


def test_what_the_rules_join_in_the_small_history() -> None:
    assert pairs_on_page("host-guest") == {("t:guardian-north-16", frozenset({"GBR", "JPN"}))}
    assert ("t:talks", frozenset({"JPN", "NATO"})) in pairs_on_page("organization")
    assert {pair for pair in pairs_on_page("pledger-pledged", (UNEVEN,)) if pair[0] == "t:uneven"} == {
        ("t:uneven", frozenset({"AUS", "JPN"})), ("t:uneven", frozenset({"CAN", "JPN"})),
    }  # fmt: skip


def test_a_rule_that_joins_all_or_none_is_not_offered() -> None:
    whole = history()
    alliances = replace(
        whole,
        facts=tuple(fact for fact in whole.facts if fact.kind == "agreement"),
        ties=tuple(tie for tie in whole.ties if tie.kind == "agreement"),
    )
    page = page_data(picture(history=alliances))
    assert page["rules"] == []
    assert {len(row) for row in page["ties"]} == {5}


def test_a_history_of_another_rule_has_no_other_to_choose() -> None:
    whole = history()
    hosts = replace(whole, ties=tuple(derive_ties(whole.facts, "host-guest")), rule="host-guest")
    assert page_data(picture(history=hosts))["rules"] == []


def test_a_pair_that_every_pair_keeps_apart_is_marked() -> None:
    page = page_data(picture([CLUB_OF_CLUBS]))
    names = [actor["id"] for actor in page["actors"]]
    beyond = [row for row in page["ties"] if len(row) > 5 and row[5] & BEYOND]
    assert [(page["facts"][row[0]][0], [names[end] for end in row[4]]) for row in beyond] == [
        ("t:summit", ["JPN", "EU"])
    ]


def choose_rule(page: Page, rule: str) -> None:
    page.locator("#rule").select_option(rule)


@pytest.mark.browser
def test_host_guest_leaves_only_the_host_s_ties(opened: Page) -> None:
    opened.locator("#day").fill("2016-10-30")
    opened.locator("#day").dispatch_event("change")
    before = drawn(opened)
    choose_rule(opened, "host-guest")
    assert drawn(opened) == {("drill", "effect", "GBR–JPN")}
    expect(opened.locator("#as-of")).to_contain_text("1 tie in effect among 2 actors")
    expect(opened.locator("#layer-agreement-count")).to_have_text("0")
    expect(opened.locator("#layer-drill-count")).to_have_text("1")
    expect(opened.locator("#provenance")).to_contain_text("tie rule: host-guest")
    assert opened.locator("#rule").get_attribute("title") == "the host with each other party"
    choose_rule(opened, "")
    assert drawn(opened) == before


@pytest.mark.browser
def test_a_pact_has_lines_to_the_parties_that_the_rule_joins(
    page: Page, make_map: Callable[..., Path]
) -> None:
    exercise = told("exercise", "drill", "JPN:host AUS:guest CAN:guest GBR:guest", [("held", "2016/2017")])
    odd = replace(exercise, parties=(*exercise.parties[:3], Party("NATO", "guest"), Party("EU", "guest")))
    with opened_at(page, make_map(extra=[odd])) as opened:
        hub = {ends for _, _, ends in drawn(opened) if "t:exercise" in ends}
        assert len(hub) == 5
        choose_rule(opened, "organization")
        assert {ends for _, _, ends in drawn(opened) if "t:exercise" in ends} == hub
        choose_rule(opened, "pledger-pledged")
        assert not {ends for _, _, ends in drawn(opened) if "t:exercise" in ends}


@pytest.mark.browser
def test_two_whom_only_another_rule_joins_are_drawn_by_it_alone(
    page: Page, make_map: Callable[..., Path]
) -> None:
    with opened_at(page, make_map(extra=[CLUB_OF_CLUBS])) as opened:
        every = opened.evaluate("tally.ties")
        assert ("membership", "effect", "EU–JPN") not in drawn(opened)
        choose_rule(opened, "organization")
        assert ("membership", "effect", "EU–JPN") in drawn(opened)
        choose_rule(opened, "")
        assert ("membership", "effect", "EU–JPN") not in drawn(opened)
        assert opened.evaluate("tally.ties") == every == len(
            [tie for tie in history([CLUB_OF_CLUBS]).ties if tie.in_effect and tie.when.certainly_within(DAY.earliest_begin, DAY.latest_end)]
        )  # fmt: skip


@pytest.mark.browser
def test_the_rule_stands_in_link_citation_table_and_files(page: Page, map_file: Path) -> None:
    with opened_at(page, map_file) as opened:
        choose_rule(opened, "organization")
        link, lines = address(opened), drawn(opened)
        assert {kind for kind, _, _ in lines} == {"membership"}
    with opened_at(page, map_file, link) as again:
        assert link == "#rule=organization"
        assert drawn(again) == lines
        assert again.locator("#rule").input_value() == "organization"
        expect(again.locator("#provenance")).to_contain_text("tie rule: organization")
        rows = again.evaluate("csvText()").split("\r\n")[1:-1]
        assert rows and all(",organization,strict,0.9,,abc123" in row for row in rows)
        assert "rule organization;" in again.evaluate("graphmlText()")
        assert "rule organization;" in again.evaluate("gexfText()")
        assert again.evaluate("gexfText()").count("<edge ") < again.evaluate("tieNumber")
        again.locator("#table summary").click()
        expect(again.locator("#table caption")).to_contain_text("by the rule organization")
        click_actor(again, "GBR")
        again.get_by_role("button", name="Cite this view").click()
        assert "; rule organization; data: t;" in again.locator("#cite-text").input_value()
    with opened_at(page, map_file, "#rule=none-such") as opened:
        assert opened.locator("#rule").input_value() == ""
        assert len(drawn(opened)) > len(lines)


@pytest.mark.browser
def test_where_there_is_no_other_rule_there_is_no_choice(page: Page, make_map: Callable[..., Path]) -> None:
    whole = history()
    hosts = replace(whole, ties=tuple(derive_ties(whole.facts, "host-guest")), rule="host-guest")
    with opened_at(page, make_map(history=hosts)) as opened:
        expect(opened.locator("#rule")).to_be_hidden()
        expect(opened.locator("#rule-label")).to_be_hidden()
        expect(opened.locator("#source")).to_be_visible()
