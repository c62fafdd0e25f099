"""The pages in a browser: nothing from anywhere else, no fault for who cannot see or has no mouse, and no page wider than a phone."""

from collections.abc import Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from comity.graph.stores.base import Store
from comity.service.app import create_app
from comity.service.settings import ServiceSettings
from tests.servers.application import served
from tests.service.pages.conftest import AskedBy

pytestmark = pytest.mark.browser

DRILL = "/facts/japan-europe:guardian-north-16"

PAGES = (
    "/", "/search?q=japan", "/actors/JPN?as_of=2017-01-31", "/dyads/JPN/GBR?as_of=2017-01-31", DRILL,
    "/sources/japan-europe:article", "/sources", "/rankings", "/rankings/degree?as_of=2016-12-31", "/queries",
    "/queries/partners?actor=JPN", "/actors/Atlantis",
)  # fmt: skip


@pytest.fixture
def watched(page: Page, site: str) -> Iterator[Page]:
    """A page whose every request and complaint is watched: it may ask its own server only, and nothing may be said on the console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: said.append(f"request: {request.url}"))
    yield page
    own = urlsplit(site).netloc
    strange = [
        entry
        for entry in said
        if not (entry.startswith("request: ") and (own in entry or entry.startswith("request: data:")))
        # A page of an error is an answer with an error's status, of which the browser tells.
        and "404 (Not Found)" not in entry
    ]
    assert strange == []


def faults(page: Page) -> list[str]:
    """The rules that are broken seriously or worse, with where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1400, "dark")])
def test_no_serious_fault_and_nothing_too_wide(
    browser: Browser, site: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        for address in PAGES:
            page.goto(site + address)
            page.evaluate("for (const one of document.querySelectorAll('details')) { one.open = true; }")
            assert faults(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_fault_would_be_seen(page: Page, site: str) -> None:
    page.goto(site + "/rankings")
    page.evaluate("document.querySelector('main').innerHTML += '<input><a href=\"/\"></a>'")
    assert {fault.partition(":")[0] for fault in faults(page)} == {"label", "link-name"}


def test_nothing_is_asked_of_anybody_else(watched: Page, site: str) -> None:
    for address in (*PAGES, "/map?as_of=2016-12-31"):
        watched.goto(site + address)
        expect(watched.locator("h1").first).to_be_attached()


def test_it_all_works_without_a_script(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_label("State, organization or fact").fill("guardian")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("link", name="Guardian North 16").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Guardian North 16")
        page.get_by_role("link", name="Japan", exact=False).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Japan")
        page.get_by_label("As of").fill("1960-01-01")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_role("heading", name="Partners on 1 January 1960")).to_be_visible()
        page.get_by_role("link", name="United States").first.click()
        expect(page.get_by_role("heading", name="In force on 1 January 1960")).to_be_visible()


def test_the_keyboard_reaches_everything_and_sees_where_it_is(watched: Page, site: str) -> None:
    watched.goto(site + "/queries/partners?actor=JPN")
    watched.keyboard.press("Tab")
    expect(watched.get_by_role("link", name="Skip to the content")).to_be_focused()
    watched.keyboard.press("Enter")
    expect(watched.locator("main")).to_be_focused()
    for _ in range(9):
        watched.keyboard.press("Tab")
        shown = watched.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none", watched.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        if watched.evaluate("document.activeElement.textContent") == "Ask":
            break
    else:
        pytest.fail("the form's button was not reached")


def test_on_paper_there_is_what_is_to_be_read(watched: Page, site: str) -> None:
    watched.goto(site + DRILL)
    watched.emulate_media(media="print")
    expect(watched.locator("form.asked")).to_be_hidden()
    expect(watched.get_by_role("navigation").first).to_be_hidden()
    expect(watched.get_by_role("heading", name="What each source says")).to_be_visible()
    assert watched.pdf()[:4] == b"%PDF"


def test_an_editor_decides_in_the_browser(page: Page, own_store: Store) -> None:
    app = AskedBy(create_app(own_store, ServiceSettings(freshness=0)), "editor")
    with served(app) as site:
        page.goto(site + DRILL)
        page.get_by_role("link", name="settle it").click()
        page.get_by_role("radio", name="2016-10-24").check()
        page.get_by_label("Why").fill("two of three sources")
        assert faults(page) == []
        page.get_by_role("button", name="Decide").click()
        expect(page.get_by_role("row", name="in effect from")).to_contain_text("settled by decision")
        page.get_by_role("button", name="Take back").click()
        expect(page.get_by_role("row", name="in effect from")).not_to_contain_text("settled by")
