"""The page's state in its address, and how a view is cited."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comity.viz.picture import Sizing
from tests.viz.browsing import click_actor, click_tie, drawn, opened_at

pytestmark = pytest.mark.browser


def address(page: Page) -> str:
    page.evaluate("writeAddress()")
    return str(page.evaluate("location.hash"))


def test_a_page_as_it_opens_has_no_state_to_keep(opened: Page) -> None:
    assert address(opened) == ""


def test_what_is_chosen_is_restored_by_the_link(page: Page, make_map: Callable[..., Path]) -> None:
    file = make_map(others=(Sizing("fame", {"JPN": 3.0, "USA": 1.0}),))
    with opened_at(page, file) as opened:
        opened.locator("#day").fill("2016-10-30")
        opened.locator("#day").dispatch_event("change")
        opened.get_by_label("Memberships").uncheck()
        opened.get_by_label("Possibly in effect").uncheck()
        opened.locator("#type").select_option(label="Only logistics")
        opened.locator("#size").select_option(label="Size: fame")
        opened.get_by_role("button", name="Network").click()
        click_tie(opened, "GBR", "JPN", "drill")
        opened.keyboard.press("Escape")
        opened.locator("#map").focus()
        opened.keyboard.press("+")
        link, lines = address(opened), drawn(opened)
        spots = opened.evaluate("['JPN', 'USA', 'BEL'].map(comity.positionOf)")
    with opened_at(page, file, link) as again:
        assert drawn(again) == lines
        for spot, found in zip(
            spots, again.evaluate("['JPN', 'USA', 'BEL'].map(comity.positionOf)"), strict=True
        ):
            assert found == {axis: pytest.approx(spot[axis], abs=4) for axis in "xy"}
        assert again.locator("#day").input_value() == "2016-10-30"
        assert not again.get_by_label("Memberships").is_checked()
        assert again.locator("#type option:checked").inner_text() == "Only logistics"
        assert again.locator("#size option:checked").inner_text() == "Size: fame"
        assert again.locator("#view-network").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize(
    ("look", "title"),
    [
        ("actor:JPN", "Japan"),
        ("tie:drill:GBR:JPN", "United Kingdom – Japan"),
        ("fact:t:acsa", "Acsa"),
        ("fact:t:north-atlantic-treaty", "North atlantic treaty"),
    ],
)
def test_what_is_looked_at_is_part_of_the_link(page: Page, map_file: Path, look: str, title: str) -> None:
    with opened_at(page, map_file, f"#look={look}") as opened:
        expect(opened.locator("#evidence-title")).to_have_text(title)
        assert opened.evaluate("new URLSearchParams(location.hash.slice(1)).get('look')") == look


def test_a_link_that_names_what_is_not_there_opens_the_page_as_it_is(
    page: Page, map_file: Path, opened: Page
) -> None:
    lines = drawn(opened)
    wrong = "#day=yesterday&view=globe&look=actor:XXX&size=fame&type=agreement.magic&at=a,b&source=none-such"
    with opened_at(page, map_file, wrong) as again:
        assert drawn(again) == lines
        expect(again.locator("#evidence")).to_be_hidden()


def test_another_link_in_the_open_page_is_followed(opened: Page) -> None:
    # What the page had still to write of the view before does not take the link's place.
    opened.evaluate("(() => { location.hash = 'day=1930-01-01&look=actor:FRA'; writeAddress(); })()")
    expect(opened.locator("#evidence-title")).to_have_text("France")
    assert drawn(opened) == {("agreement", "effect", "CZE–FRA")}


def test_a_view_is_cited_with_what_was_asked_and_its_sources(opened: Page) -> None:
    click_actor(opened, "JPN")
    opened.get_by_role("button", name="Cite this view").click()
    text = opened.locator("#cite-text").input_value()
    for part in (
        " Japan. Map made with comity; certain ties of 31 December 2016; ",
        "rule every-pair; data: t; policy strict; same from 0.9; latest record; revision abc123",
        "- NATO, The treaty's text, 1949-04-04. https://example.org/treaty",
        "- The Paper, A newspaper of the day, 2016-10-25.",
        "Link: file:///",
        "#look=actor%3AJPN",
    ):
        assert part in text
    opened.keyboard.press("Escape")
    expect(opened.locator("#cite-box")).to_be_hidden()
    assert opened.locator("#evidence-title").inner_text() == "Japan"


def test_only_the_facts_of_a_source_are_left_when_it_is_chosen(opened: Page) -> None:
    opened.locator("#source option").nth(1).wait_for(state="attached")
    opened.locator("#source").select_option("t:paper")
    assert {ends for _, _, ends in drawn(opened)} == {"GBR–JPN"}
    opened.locator("#source").select_option("")
    assert len(drawn(opened)) > 10
