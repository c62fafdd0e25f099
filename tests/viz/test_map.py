"""The page in a real browser, driven as a person does."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from comity.graph.dates import When
from comity.graph.model import Party
from comity.viz.map import write_map
from comity.viz.notebook.map import Map
from tests.viz.browsing import await_picture, click_actor, click_tie, drawn, opened_at
from tests.viz.histories import DAY, HOSTILE, history, picture, told

pytestmark = pytest.mark.browser


def test_it_opens_without_a_message_or_a_request(opened: Page) -> None:
    assert opened.evaluate("comity.firstPicture") > 0
    assert opened.locator("#as-of").inner_text().startswith("31 December 2016: ")


def test_the_page_counts_ties_as_a_slice_does(opened: Page) -> None:
    in_effect = {
        (tie.fact, tie.left, tie.right)
        for tie in history().ties
        if tie.in_effect and tie.when.certainly_within(DAY.earliest_begin, DAY.latest_end)
    }
    actors = {actor for _, left, right in in_effect for actor in (left, right)}
    expected = f"31 December 2016: {len(in_effect)} ties in effect among {len(actors)} actors"
    assert opened.locator("#as-of").inner_text() == expected


def test_pointing_at_an_actor_lights_its_ties_and_names_it(opened: Page) -> None:
    point = opened.evaluate("comity.positionOf('CAN')")
    opened.mouse.move(point["x"], point["y"])
    expect(opened.locator("#tip")).to_be_visible()
    assert opened.locator("#tip").inner_text().split("\n") == ["Canada", "Degree: 4"]
    assert ("agreement", "effect", "BEL–CAN") in drawn(opened)
    opened.mouse.move(700, 880)
    expect(opened.locator("#tip")).to_be_hidden()
    assert ("agreement", "effect", "BEL–CAN") not in drawn(opened)


def test_a_pact_that_is_clicked_shows_its_parties(opened: Page) -> None:
    point = opened.evaluate("onScreen(hubs[0])")
    opened.mouse.click(point["x"], point["y"])
    expect(opened.locator("#evidence-title")).to_have_text("North atlantic treaty")
    expect(opened.locator("#evidence .partners button")).to_have_count(5)


def test_something_is_painted(opened: Page) -> None:
    colours = opened.evaluate(
        """() => {
          const canvas = document.querySelector('#map canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const found = new Set();
          for (let at = 0; at < data.length; at += 4 * 37) found.add(data.slice(at, at + 3).join());
          return found.size;
        }"""
    )
    assert colours > 20


def test_the_lines_are_those_of_the_day(opened: Page) -> None:
    assert drawn(opened) == {
        ("agreement", "effect", "JPN–USA"),
        ("agreement", "effect", "AUS–USA"),
        ("agreement", "effect", "USA–XAA"),
        ("agreement", "planned", "FRA–JPN"),
        ("agreement", "possible", "CZE–GBR"),
        ("drill", "ended", "GBR–JPN"),
        *(
            ("agreement", "effect", f"{member}–t:north-atlantic-treaty")
            for member in ("BEL", "CAN", "FRA", "GBR", "USA")
        ),
        *(("membership", "effect", "–".join(sorted((member, "NATO")))) for member in ("BEL", "GBR", "USA")),
        *(("membership", "effect", tie) for tie in ("BEL–EU", "EU–FRA", "CAN–CLUB", "CLUB–GBR")),
    }


def test_a_tie_that_is_clicked_shows_its_facts_and_sources(opened: Page) -> None:
    click_tie(opened, "GBR", "JPN", "drill")
    panel = opened.locator("#evidence")
    assert opened.locator("#evidence-title").inner_text() == "United Kingdom – Japan"
    text = panel.inner_text()
    for expected in (
        "Guardian north 16",
        "Sources disagree: Begin",
        "2016-10-24/2016-11-06",
        "2016-10-22/2016-11-06",
        "A newspaper of the day",
        "The Paper, 2016-10-25",
        "characters 10–36",
        "The drill began on Monday.",
        "words not at hand",
        "201610 October 24th",
        "joined-digits",
        "confidence 0.9",
        "from 24 October 2016, to 6 November 2016",
    ):
        assert expected in text
    link = panel.locator("a", has_text="The treaty's text").first
    assert link.get_attribute("href") == "https://example.org/treaty"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_parallel_ties_are_both_in_the_evidence(opened: Page) -> None:
    click_actor(opened, "JPN")
    opened.locator("#evidence .partners button", has_text="United States").first.click()
    titles = opened.locator("#evidence .fact summary b").all_inner_texts()
    assert set(titles) == {"Security treaty", "Acsa"}


def test_escape_closes_the_panel_and_gives_the_focus_back(opened: Page) -> None:
    opened.locator("#find").fill("japan")
    opened.keyboard.press("Enter")
    assert opened.locator("#evidence").is_visible()
    opened.keyboard.press("Escape")
    assert opened.locator("#evidence").is_hidden()
    assert opened.evaluate("document.activeElement.id") == "find"


def test_an_actor_is_found_by_keyboard_and_centred(opened: Page) -> None:
    opened.locator("#find").focus()
    opened.keyboard.type("united")
    options = opened.locator("#found [role=option]").all_inner_texts()
    assert [option.split("\n")[0] for option in options] == ["United Kingdom", "United States"]
    opened.keyboard.press("ArrowDown")
    assert opened.locator("#find").get_attribute("aria-activedescendant") == "found-1"
    opened.keyboard.press("Enter")
    assert opened.locator("#evidence-title").inner_text() == "United States"
    assert "Degree: 7, as of 31 December 2016." in opened.locator("#evidence").inner_text()
    point = opened.evaluate("comity.positionOf('USA')")
    card, panel = opened.locator("#card").bounding_box(), opened.locator("#evidence").bounding_box()
    assert card is not None and panel is not None
    assert point["x"] == pytest.approx((card["x"] + card["width"] + panel["x"]) / 2, abs=30)


def test_a_code_finds_its_actor_first(opened: Page) -> None:
    opened.locator("#find").fill("eu")
    assert opened.locator("#found [role=option]").first.inner_text().startswith("European Union")


def test_all_ties_of_an_actor_are_drawn_when_it_is_looked_at(opened: Page) -> None:
    click_actor(opened, "CAN")
    partners = {ends for _, _, ends in drawn(opened)}
    assert partners == {"BEL–CAN", "CAN–FRA", "CAN–GBR", "CAN–USA", "CAN–CLUB"}


def test_a_layer_that_is_switched_off_is_not_drawn(opened: Page) -> None:
    opened.get_by_label("Memberships").uncheck()
    assert {kind for kind, _, _ in drawn(opened)} == {"agreement", "drill"}
    opened.get_by_label("Agreements").uncheck()
    assert {kind for kind, _, _ in drawn(opened)} == {"drill"}
    opened.get_by_label("Agreements").check()
    assert ("agreement", "effect", "AUS–USA") in drawn(opened)


def test_states_and_types_filter_too(opened: Page) -> None:
    for state in ("Possibly in effect", "Announced or planned", "Ended in the ten years before"):
        opened.get_by_label(state).uncheck()
    assert {state for _, state, _ in drawn(opened)} == {"effect"}
    opened.locator("#type").select_option(label="Only logistics")
    agreements = {ends for kind, _, ends in drawn(opened) if kind == "agreement"}
    assert agreements == {"JPN–USA"}


def test_what_is_of_a_type_by_some_accounts_alone_is_possible(page: Page, tmp_path: Path) -> None:
    path, since = tmp_path / "map.html", [("in_force", "1952-04-29/..")]
    otherwise = told("pacific-pact", "agreement", "AUS USA", since, "paper", types=("defence", "offence"))
    write_map(path, picture([otherwise]))
    with opened_at(page, path):
        assert ("agreement", "effect", "AUS–USA") in drawn(page)
        states = {}
        for name in ("defence", "offence"):
            page.locator("#type").select_option(label=f"Only {name}")
            states[name] = {state for kind, state, ends in drawn(page) if ends == "AUS–USA"}
        assert states == {"defence": {"effect"}, "offence": {"possible"}}
        # Nor is it counted, on the day or in the years: of these there are three memberships alone.
        assert page.locator("#as-of").inner_text() == "31 December 2016: 7 ties in effect among 8 actors"
        assert page.evaluate("yearCounts[1955 - yearOf(timeEnds[0])]") == 3


def test_a_map_of_one_type_opens_on_it(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    write_map(path, picture(only=("agreement", "logistics")))
    page.goto(path.as_uri())
    await_picture(page)
    assert {ends for kind, _, ends in drawn(page) if kind == "agreement"} == {"JPN–USA"}
    assert page.locator("#type option:checked").inner_text() == "Only logistics"
    page.locator("#type").select_option(label="All types")
    assert ("agreement", "effect", "AUS–USA") in drawn(page)


def test_what_one_source_says_otherwise_stands_with_it(page: Page, tmp_path: Path) -> None:
    shared = told("acsa", "agreement", "JPN USA", [("in_force", "1996-10-22")], "paper", types=("logistics",))
    other = replace(
        shared,
        source="t:bad",
        titles=("Supplies pact",),
        types=("logistics", "equipment"),
        parties=(*shared.parties, Party("GBR", "party", ("equipment",), When.parse("1997-02-03/.."))),
    )
    path = tmp_path / "map.html"
    write_map(path, picture([shared, other]))
    page.goto(path.as_uri())
    page.locator("#find").fill("supplies")
    page.keyboard.press("Enter")
    accounts = page.locator("#evidence .accounts > li")
    expect(accounts).to_have_count(3)
    texts = accounts.all_inner_texts()
    [own] = [text for text in texts if "Supplies pact" in text]
    assert "Calls it: Supplies pact" in own
    others = [text for text in texts if text != own]
    assert all("Types in this source: logistics" in text for text in others)
    assert all("Parties in this source: Japan; United States" in text for text in others)
    assert "in this source" not in own
    parties = page.locator("#evidence .partners").all_inner_texts()
    assert any(
        "United Kingdom pledges equipment from 3 February 1997, still going on" in text for text in parties
    )
    assert "22 October 1996" in own


def test_another_day_shows_other_ties(opened: Page) -> None:
    opened.locator("#day").fill("2016-10-30")
    opened.locator("#day").dispatch_event("change")
    assert ("drill", "effect", "GBR–JPN") in drawn(opened)
    assert not any(state == "planned" for _, state, _ in drawn(opened))
    opened.locator("#day").fill("1930-01-01")
    opened.locator("#day").dispatch_event("change")
    assert drawn(opened) == {("agreement", "effect", "CZE–FRA")}
    opened.get_by_role("button", name="Back to 2016-12-31").click()
    assert len(drawn(opened)) > 10


def test_the_doubtful_days_of_a_drill_are_possible(opened: Page) -> None:
    opened.locator("#day").fill("2016-10-23")
    opened.locator("#day").dispatch_event("change")
    assert ("drill", "possible", "GBR–JPN") in drawn(opened)


def test_hostile_names_are_shown_and_not_run(opened: Page) -> None:
    assert opened.locator("h1").inner_text() == HOSTILE
    assert opened.title() == HOSTILE
    opened.locator("#find").fill("xaa")
    opened.keyboard.press("Enter")
    opened.locator("#evidence .fact summary").first.click()
    # What a fact holds is made when it is opened; browsers tell the page of that a moment after the click.
    expect(opened.locator("#evidence .accounts q")).to_have_text(HOSTILE)
    text = opened.locator("#evidence").inner_text()
    assert text.count(HOSTILE) >= 3
    assert opened.locator("#evidence a").count() == 0
    assert opened.locator("script").count() == 4


def test_the_table_holds_the_same_ties(opened: Page) -> None:
    opened.locator("#table summary").click()
    shown, rows = "links.filter((link) => link.state !== NONE).length", opened.locator("#table tbody tr")
    ties = opened.evaluate(shown)
    # The rows are made when the table is opened; browsers tell the page of that a moment after the click.
    expect(rows).to_have_count(ties)
    assert any("Canada" in row and "North atlantic treaty" in row for row in rows.all_inner_texts())
    opened.get_by_label("Memberships").uncheck()
    assert opened.evaluate(shown) < ties
    expect(rows).to_have_count(opened.evaluate(shown))


def test_the_map_moves_by_keyboard(opened: Page) -> None:
    before = opened.evaluate("comity.positionOf('FRA')")
    opened.locator("#map").focus()
    opened.keyboard.press("ArrowRight")
    moved = opened.evaluate("comity.positionOf('FRA')")
    assert moved["x"] == pytest.approx(before["x"] - 60, abs=1)
    opened.keyboard.press("0")
    again = opened.evaluate("comity.positionOf('FRA')")
    assert again["x"] == pytest.approx(before["x"], abs=1)


def test_ties_over_the_pacific_go_round_the_page(opened: Page) -> None:
    pieces = [line["pieces"] for line in opened.evaluate("comity.drawn()") if "AUS" in line["ends"]]
    assert pieces == [2]


def test_the_provenance_stands_below(opened: Page) -> None:
    text = opened.locator("footer").inner_text()
    for expected in (
        "Sources: t",
        "every-pair",
        "certain ties as of 2016-12-31",
        "policy strict · same from 0.9 · latest record · revision abc123",
        "borders of today",
    ):
        assert expected in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_runs_over_the_side(opened: Page, width: int, scheme: str) -> None:
    opened.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened.set_viewport_size({"width": width, "height": 800})
    opened.locator("#find").fill("japan")
    opened.keyboard.press("Enter")
    expect(opened.locator("#evidence")).to_be_visible()
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("#card", "#time", "#evidence"):
        box = opened.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_one_key_goes_from_the_map_to_the_network_and_back(opened: Page) -> None:
    on_map = opened.evaluate("[comity.positionOf('JPN'), comity.positionOf('USA')]")
    opened.locator("#map").focus()
    opened.keyboard.press("v")
    assert opened.get_by_role("button", name="Network").get_attribute("aria-pressed") == "true"
    in_network = opened.evaluate("[comity.positionOf('JPN'), comity.positionOf('USA')]")
    assert in_network != on_map
    assert all(line["pieces"] == 1 for line in opened.evaluate("comity.drawn()"))
    click_actor(opened, "JPN")
    assert opened.locator("#evidence-title").inner_text() == "Japan"
    opened.keyboard.press("Escape")
    opened.get_by_role("button", name="Map", exact=True).click()
    again = opened.evaluate("[comity.positionOf('JPN'), comity.positionOf('USA')]")
    assert again == [{axis: pytest.approx(place[axis], abs=1) for axis in "xy"} for place in on_map]


def test_one_view_turns_into_the_other_step_by_step(opened: Page) -> None:
    opened.emulate_media(reduced_motion="no-preference")
    opened.locator("#map").focus()
    seen = opened.evaluate(
        """async () => {
          const shares = [];
          showView("network");
          while (view.share < 1) {
            shares.push(view.share);
            await new Promise(requestAnimationFrame);
          }
          return shares;
        }"""
    )
    assert seen == sorted(seen)
    assert any(0 < share < 1 for share in seen)


def test_a_picture_shows_itself_in_a_cell_of_a_notebook(page: Page, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(
        f"<!doctype html><title>Cell</title>{Map(picture(title=HOSTILE))._repr_html_()}", encoding="utf-8"
    )
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto(notebook.as_uri())
    cell = page.frame_locator("iframe")
    expect(cell.locator("h1")).to_have_text(HOSTILE)
    cell.locator("#find").fill("japan")
    page.keyboard.press("Enter")
    expect(cell.locator("#evidence-title")).to_have_text("Japan")
    page.wait_for_timeout(400)  # the address would be written after a quarter of a second
    assert seen == []
