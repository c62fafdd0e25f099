"""Time on the page in a real browser: slider, span, brush, histogram, play."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comity.graph.dates import When
from tests.viz.browsing import drawn, opened_at
from tests.viz.histories import history, told

pytestmark = pytest.mark.browser


def lines(page: Page) -> set[tuple[str, str]]:
    return {(state, ends) for _, state, ends in drawn(page)}


def test_arrow_keys_go_from_change_to_change(opened: Page) -> None:
    opened.locator("#day").fill("1995-06-01")
    opened.locator("#day").dispatch_event("change")
    opened.locator("#days").focus()
    opened.keyboard.press("ArrowRight")
    assert opened.locator("#day").input_value() == "1996-10-22"
    opened.keyboard.press("ArrowLeft")
    assert opened.locator("#day").input_value() == "1993-11-01"
    opened.get_by_role("button", name="On to the next change").click()
    assert opened.locator("#day").input_value() == "1996-10-22"


def test_what_ends_is_still_there_on_its_last_day_and_gone_at_the_next_change(opened: Page) -> None:
    opened.locator("#day").fill("1939-03-15")
    opened.locator("#day").dispatch_event("change")
    assert ("effect", "CZE–FRA") in lines(opened)
    opened.get_by_role("button", name="On to the next change").click()
    assert opened.locator("#day").input_value() == "1939-03-16"
    assert ("ended", "CZE–FRA") in lines(opened)


def test_what_ended_long_ago_is_gone(opened: Page) -> None:
    opened.locator("#day").fill("1949-02-01")
    opened.locator("#day").dispatch_event("change")
    assert ("ended", "CZE–FRA") in lines(opened)
    opened.locator("#day").fill("1949-04-01")
    opened.locator("#day").dispatch_event("change")
    assert lines(opened) == set()


def test_a_span_shows_what_held_on_any_of_its_days(opened: Page) -> None:
    opened.get_by_role("button", name="Span").click()
    expect(opened.locator("#from-day")).to_be_visible()
    assert opened.locator("#from-day").input_value() == "2015-12-31"
    assert ("effect", "GBR–JPN") in lines(opened)
    assert (
        opened.locator("#as-of")
        .inner_text()
        .startswith("Any day from 31 December 2015 to 31 December 2016: ")
    )
    opened.locator("#from-day").fill("1930-01-01")
    opened.locator("#from-day").dispatch_event("change")
    assert ("effect", "CZE–FRA") in lines(opened)
    opened.get_by_role("button", name="Span").click()
    expect(opened.locator("#from-day")).to_be_hidden()
    assert ("ended", "GBR–JPN") in lines(opened)


def test_dragging_over_the_years_chooses_a_span_and_a_click_a_day(opened: Page) -> None:
    box = opened.locator("#histogram").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    opened.mouse.move(box["x"] + 0.2 * box["width"], middle)
    opened.mouse.down()
    opened.mouse.move(box["x"] + 0.6 * box["width"], middle, steps=4)
    opened.mouse.up()
    first, last = (opened.locator(f"#{id}").input_value() for id in ("from-day", "day"))
    assert "1941" < first < "1944" and "1979" < last < "1982"
    opened.mouse.click(box["x"] + 0.5 * box["width"], middle)
    expect(opened.locator("#from-day")).to_be_hidden()
    assert "1969" < opened.locator("#day").input_value() < "1972"


def test_the_histogram_counts_ties_by_year(opened: Page) -> None:
    opened.wait_for_timeout(50)
    first, counts = opened.evaluate("[yearOf(timeEnds[0]), yearCounts]")
    by_year = {first + at: count for at, count in enumerate(counts)}
    assert (by_year[1924], by_year[1939], by_year[1940]) == (1, 1, 0)
    # In 1949 the ten pairs of the pact of five and three memberships; two years later nothing more.
    assert (by_year[1949], by_year[1951], by_year[1952]) == (13, 13, 14)
    opened.get_by_label("Memberships").uncheck()
    assert opened.evaluate("yearCounts[1949 - yearOf(timeEnds[0])]") == 10


def test_playing_goes_on_until_the_end(page: Page, map_file: Path) -> None:
    with opened_at(page, map_file, "#day=2016-06-01", motion="no-preference") as opened:
        opened.locator("#speed").select_option("20")
        opened.get_by_role("button", name="Play").click()
        expect(opened.locator("#play")).to_have_attribute("aria-pressed", "false", timeout=20_000)
        assert opened.locator("#day").input_value() == opened.locator("#day").get_attribute("max")


def test_playing_can_be_halted(opened: Page) -> None:
    opened.locator("#day").fill("1930-01-01")
    opened.locator("#day").dispatch_event("change")
    opened.locator("#map").focus()
    opened.keyboard.press(" ")
    assert opened.locator("#play").get_attribute("aria-pressed") == "true"
    expect(opened.locator("#day")).not_to_have_value("1930-01-01")
    opened.keyboard.press(" ")
    assert opened.locator("#play").get_attribute("aria-pressed") == "false"


def test_a_map_of_a_year_opens_as_a_span(page: Page, make_map: Callable[..., Path]) -> None:
    file = make_map(as_of=When.parse("2016"))
    with opened_at(page, file) as opened:
        assert opened.locator("#from-day").input_value() == "2016-01-01"
        assert opened.locator("#as-of").inner_text().startswith("2016: ")
        assert ("effect", "GBR–JPN") in lines(opened)


def test_what_was_called_off_or_suspended_has_a_look_of_its_own(
    page: Page, make_map: Callable[..., Path]
) -> None:
    called_off = told(
        "exercise", "drill", "CAN JPN", [("planned", "2015-03-01/2015-03-10"), ("cancelled", "2015-06-01")]
    )
    suspended = told(
        "pact", "agreement", "AUS CAN", [("in_force", "1952/.."), ("suspended", "1986-08-11/2012-09-21")]
    )
    file = make_map(history=history([called_off, suspended]))
    with opened_at(page, file, "#day=2015-03-01") as opened:
        assert {("planned", "CAN–JPN"), ("effect", "AUS–CAN")} <= lines(opened)
        opened.evaluate("location.hash = 'day=2016-01-01'")
        expect(opened.locator("#day")).to_have_value("2016-01-01")
        assert ("cancelled", "CAN–JPN") in lines(opened)
        opened.evaluate("location.hash = 'day=2000-01-01'")
        expect(opened.locator("#day")).to_have_value("2000-01-01")
        assert ("cancelled", "AUS–CAN") in lines(opened)
